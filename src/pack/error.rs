//! What can go wrong while a pack is built or verified.

use std::path::{Path, PathBuf};

/// A pack could not be built or read.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// `--out` names something that is not an empty folder.
    #[error("`{}` exists and is not an empty folder", .0.display())]
    OutTaken(PathBuf),
    /// `--out` has no name of its own (`/`, `..`).
    #[error("`{}` does not name a folder that could be created", .0.display())]
    OutUnnamed(PathBuf),
    /// A file or folder could not be read or written.
    #[error("cannot {verb} `{}`: {source}", path.display())]
    Io {
        /// What was tried: `write`, `create`, `read`, `rename`.
        verb: &'static str,
        /// Where.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A template does not parse or does not fit the page model; the text has file, line and column.
    #[error("template error: {0}")]
    Template(String),
    /// A file name that would be unsafe in a pack.
    #[error("a pack cannot hold a file named `{}`", super::text::visible_line(.0))]
    FileName(String),
    /// Two files would have names that are the same on file systems that ignore case.
    #[error("two files of the pack would be named `{0}`")]
    SameName(String),
    /// A page is larger than its budget.
    #[error("page `{path}` has {size} bytes, more than its budget of {budget}")]
    TooLarge {
        /// The page.
        path: String,
        /// Its size.
        size: u64,
        /// What it may have.
        budget: u64,
    },
    /// What the pack is made of contradicts itself: an unknown control, a call that is not in the recording.
    #[error("the assessment does not fit together: {0}")]
    Inconsistent(String),
    /// A source of verdicts or calls failed.
    #[error("cannot read {what}: {source}")]
    Source {
        /// What was read: `verdicts`, `the recording`.
        what: &'static str,
        /// Why not.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The folder to verify is not a pack.
    #[error("`{}` is not an evidence pack: {why}", path.display())]
    NotAPack {
        /// The folder.
        path: PathBuf,
        /// What is missing.
        why: String,
    },
}

impl PackError {
    /// An I/O error with its place.
    pub fn io(verb: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> PackError {
        let path = path.to_owned();
        move |source| PackError::Io { verb, path, source }
    }

    /// A way out, where one is known. Begins with a verb.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            PackError::OutTaken(_) => Some("name a folder that does not exist, or empty this one"),
            PackError::FileName(_) => Some("rename the file: letters, digits, space and `._-()+,@` are safe everywhere"),
            PackError::Io { source, .. } => match source.kind() {
                std::io::ErrorKind::StorageFull => Some("free some space, or name a folder on another disk with `--out`"),
                std::io::ErrorKind::PermissionDenied => Some("name a folder that you may write with `--out`"),
                _ => None,
            },
            PackError::Template(_) => Some("mend the template in your `--templates` folder, or leave the option out"),
            _ => None,
        }
    }
}
