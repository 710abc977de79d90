//! What can go wrong with a recording on disk, each with the file it concerns and, where there is one, a way out.

use std::path::{Path, PathBuf};

use super::line::FORMAT;

/// An error about a recording.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// The operating system refused.
    #[error("cannot {action} `{path}`: {cause}", path = path.display())]
    Io {
        /// What was tried: `create`, `write`, `read`.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Another run writes into the folder.
    #[error("another run is writing into `{path}`", path = .0.display())]
    Locked(PathBuf),
    /// The folder for a new recording holds something already.
    #[error("`{path}` exists and is not empty", path = .0.display())]
    NotEmpty(PathBuf),
    /// The folder to read holds no `recording.json`.
    #[error("`{path}` is not a recording: it holds no `recording.json`", path = .0.display())]
    NotARecording(PathBuf),
    /// A newer version wrote it.
    #[error(
        "the recording is in format {found}, written by `evidence` {tool}; this version reads formats up to {FORMAT}",
        tool = tool.as_deref().unwrap_or("of an unknown version")
    )]
    NewerFormat {
        /// The format found.
        found: u64,
        /// The version that wrote it, where the header says.
        tool: Option<String>,
    },
    /// The recording is complete, so there is nothing to resume.
    #[error("the recording in `{path}` is complete", path = .0.display())]
    Complete(PathBuf),
    /// The bytes are not what a writer of ours wrote.
    #[error("the recording is damaged: `{file}`{at}: {what}", at = line.map(|line| format!(" line {line}")).unwrap_or_default())]
    Damaged {
        /// Path within the recording.
        file: String,
        /// Line of the decompressed file, from 1.
        line: Option<u64>,
        /// What is wrong.
        what: String,
    },
    /// The writer has stopped after an earlier error, which was reported then.
    #[error("the recording stopped: {0}")]
    Stopped(String),
}

impl RecordingError {
    /// An [`RecordingError::Io`], for `map_err`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |cause| RecordingError::Io { action, path, cause }
    }

    /// A [`RecordingError::Damaged`].
    pub(super) fn damaged(file: &str, line: Option<u64>, what: impl Into<String>) -> Self {
        RecordingError::Damaged { file: file.to_owned(), line, what: what.into() }
    }

    /// What the user can do, beginning with a verb.
    pub fn hint(&self) -> Option<&'static str> {
        use std::io::ErrorKind;
        match self {
            RecordingError::Io { cause, .. } => match cause.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                    Some("free some space, then continue with `evidence collect --resume` and the folder of the recording")
                }
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Some("choose a folder you may write to"),
                ErrorKind::NotFound => Some("check the path of the recording"),
                _ => None,
            },
            RecordingError::Locked(_) => Some("wait for the other run to end, or choose another folder"),
            RecordingError::NotEmpty(_) => Some("choose a folder that does not exist yet"),
            RecordingError::NotARecording(_) => Some("name the folder that holds `recording.json`"),
            RecordingError::NewerFormat { .. } => Some("use the version of `evidence` that wrote it, or a newer one"),
            RecordingError::Complete(_) => Some("build from it with `evidence build --from` and the folder of the recording"),
            RecordingError::Damaged { .. } => Some("restore the recording from a copy, or collect again"),
            RecordingError::Stopped(_) => None,
        }
    }
}
