//! File names within a pack: safe on every file system, never colliding where case is ignored, and the same for the same
//! input.

use std::collections::BTreeMap;

use super::error::PackError;
use crate::model::short_digest;

/// Names Windows reserves, whatever follows the first dot.
const RESERVED: &[&str] = &[
    "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt0", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "index",
];

/// Longest slug; a name has its page number and ending after it.
const LONGEST: usize = 80;

/// File names for a set of ids, one to one.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// Names for all ids. An id whose plain slug would be ambiguous gets a digest behind it.
    pub fn new<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let slugs: BTreeMap<&str, String> = ids.into_iter().map(|id| (id, slug(id))).collect();
        let mut uses: BTreeMap<&str, u32> = BTreeMap::new();
        for name in slugs.values() {
            *uses.entry(name).or_default() += 1;
        }
        let unique = |id: &str, name: &str| {
            if uses.get(name) == Some(&1) { name.to_owned() } else { format!("{name}-{}", short_digest(id, 6)) }
        };
        Names(slugs.iter().map(|(id, name)| ((*id).to_owned(), unique(id, name))).collect())
    }

    /// The name for an id; for one that was not in the set, a name that no other has.
    pub fn of(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| format!("{}-{}", slug(id), short_digest(id, 6)))
    }
}

/// Lower-case letters, digits, `.`, `-` and `_` of an id; all else is `_`. Not one to one.
fn slug(id: &str) -> String {
    let mut out: String = id
        .chars()
        .take(LONGEST)
        .map(|c| match c {
            'a'..='z' | '0'..='9' | '-' | '.' => c,
            'A'..='Z' => c.to_ascii_lowercase(),
            _ => '_',
        })
        .collect();
    while out.contains("..") {
        out = out.replace("..", "._");
    }
    let trimmed = out.trim_matches(['.', '_', '-']);
    if trimmed.is_empty() || is_reserved(trimmed) { format!("x-{trimmed}") } else { trimmed.to_owned() }
}

fn is_reserved(name: &str) -> bool {
    name.split('.').next().is_some_and(|stem| RESERVED.contains(&stem))
}

/// Holds a relative path, from us or from a pack that somebody handed over, against what a pack may hold.
///
/// # Errors
/// When the path is absolute, climbs, or has a part that some file system would refuse or read differently.
pub fn check_path(path: &str) -> Result<(), PackError> {
    let unsafe_char = |c: char| super::text::is_hidden(c) || matches!(c, '\n' | '\t' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let bad_part = |part: &str| {
        part.is_empty() || part.starts_with(' ') || part.ends_with(['.', ' ']) || part.len() > 240 || part.contains(unsafe_char)
    };
    if path.is_empty() || path.split('/').any(bad_part) { Err(PackError::FileName(path.to_owned())) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_safe_distinct_names() {
        let ids = ["AC-2(3)", "AC-2[3]", "ac-2.1", "../../etc/passwd", "con", "\u{202e}x", "2.12", "", "aux.html", "INDEX"];
        let names = Names::new(ids);
        let made: std::collections::BTreeSet<String> = ids.iter().map(|id| names.of(id)).collect();
        assert_eq!(made.len(), ids.len());
        for name in &made {
            assert!(check_path(name).is_ok() && !name.contains("..") && !is_reserved(name), "{name}");
        }
        assert_eq!(names.of("2.12"), "2.12");
        assert_eq!(names.of("ac-2.1"), "ac-2.1");
    }

    #[test]
    fn paths_that_climb_or_trick_are_refused() {
        for path in ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/./b", "a\\b", "c:x", "a\nb", "x.", "x ", "a\u{202e}b"] {
            assert!(check_path(path).is_err(), "{path:?}");
        }
        for path in ["index.html", "recording/calls/111122223333/us-east-1/iam.jsonl.zst", "inputs/statements/Bild 1 (neu).png"] {
            assert!(check_path(path).is_ok(), "{path:?}");
        }
    }
}
