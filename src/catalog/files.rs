//! Where the catalogue's files come from: embedded in the binary, overlaid by a folder of the user's, or (for
//! re-performance) a folder alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::diagnostic::SourceFile;

/// The prefix under which the catalogue is embedded and shown.
const ROOT: &str = "controls/";

/// A file that could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// Reading failed.
    #[error("cannot read `{}`: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not text.
    #[error("`{}` is not UTF-8 text", path.display())]
    NotText {
        /// Which.
        path: PathBuf,
    },
}

/// A file of the catalogue.
#[derive(Clone, Debug)]
pub struct CatalogFile {
    /// Path and text, as messages show them.
    pub source: Arc<SourceFile>,
    /// True for a file of the user's folder.
    pub local: bool,
}

/// The catalogue's files by path below `controls/`: `iam/root-mfa.md`, `frameworks/cis-aws-7.0.0.toml`.
#[derive(Clone, Debug, Default)]
pub struct Files(BTreeMap<String, CatalogFile>);

impl Files {
    /// The files embedded in the binary.
    ///
    /// # Errors
    /// When one is not UTF-8, which the catalogue's tests exclude.
    pub fn embedded() -> Result<Self, FilesError> {
        let mut files = Files::default();
        for (path, bytes) in crate::embedded::files(ROOT) {
            let text = std::str::from_utf8(bytes).map_err(|_| FilesError::NotText { path: path.into() })?;
            files.add(path.strip_prefix(ROOT).unwrap_or(path), path, text, false);
        }
        Ok(files)
    }

    /// Adds one file; the same relative path replaces what was there.
    pub fn add(&mut self, relative: &str, shown: &str, text: impl Into<Arc<str>>, local: bool) {
        if relative.ends_with(".md") || relative.ends_with(".toml") {
            let source = Arc::new(SourceFile { path: shown.to_owned(), text: text.into() });
            self.0.insert(relative.to_owned(), CatalogFile { source, local });
        }
    }

    /// Lays a folder over what is there: the same relative path replaces, a new one adds. `local` says which relative paths
    /// are the user's own (all of them in `--controls DIR`; in a pack's inputs those that were).
    ///
    /// # Errors
    /// When the folder or one of its files cannot be read as text.
    pub fn overlay(&mut self, folder: &Path, local: &dyn Fn(&str) -> bool) -> Result<(), FilesError> {
        self.walk(folder, "", local)
    }

    fn walk(&mut self, folder: &Path, prefix: &str, local: &dyn Fn(&str) -> bool) -> Result<(), FilesError> {
        let unreadable = |path: &Path, source| FilesError::Unreadable { path: path.to_owned(), source };
        let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(folder, error))?;
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if name.starts_with('.') {
                continue;
            }
            let relative = format!("{prefix}{name}");
            if path.is_dir() {
                self.walk(&path, &format!("{relative}/"), local)?;
            } else if name.ends_with(".md") || name.ends_with(".toml") {
                let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, error))?;
                let text = String::from_utf8(bytes).map_err(|_| FilesError::NotText { path: path.clone() })?;
                self.add(&relative, &path.to_string_lossy(), text, local(&relative));
            }
        }
        Ok(())
    }

    /// All files by relative path, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &CatalogFile)> {
        self.0.iter().map(|(path, file)| (path.as_str(), file))
    }
}
