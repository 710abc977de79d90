//! Files embedded by `build.rs`: the catalogue, the templates, the demonstration recording. Only bytes; who owns a folder
//! gives them meaning.

/// Relative path with `/` and bytes, sorted by path.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// All embedded files whose path begins with `prefix`, ordered by path.
pub fn files(prefix: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES.iter().copied().filter(move |(path, _)| path.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_files_are_sorted_and_lie_in_known_folders() {
        let paths: Vec<&str> = files("").map(|(path, _)| path).collect();
        assert!(paths.is_sorted());
        assert!(paths.iter().all(|path| ["controls/", "demo/", "templates/"].iter().any(|folder| path.starts_with(folder))));
    }
}
