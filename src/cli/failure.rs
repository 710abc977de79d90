//! The table of failures: every error of the library becomes one kind of user error here, with its hint and exit status.

use std::fmt::Write as _;

use super::exit::Exit;
use super::printer::counted;
use crate::catalog::diagnostic::{Degree, Diagnostic, Diagnostics};
use crate::pack::PackError;
use crate::recording::RecordingError;

/// What a user is told when a command cannot do its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    exit: Exit,
    message: String,
    hints: Vec<String>,
    /// Already rendered spans in the user's files; printed before the message.
    faults: Option<String>,
}

impl Failure {
    /// The command was right, the work failed: status 1.
    pub fn failed(message: impl Into<String>) -> Self {
        Failure { exit: Exit::Failed, message: message.into(), hints: Vec::new(), faults: None }
    }

    /// The command line or a settings file is wrong: status 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Failure { exit: Exit::Usage, ..Failure::failed(message) }
    }

    /// A settings file holds a fault: status 2.
    pub fn faulty_file(fault: Diagnostic) -> Self {
        let message = format!("1 error in `{}`", fault.file.path);
        Failure { faults: Some(fault.render(false)), ..Failure::usage(message) }
    }

    /// Files of the catalogue hold faults: status 1. Warnings beside them are left to `evidence controls check`.
    pub fn faults(faults: &Diagnostics, what: &str) -> Self {
        let errors = faults.iter().filter(|fault| fault.degree == Degree::Error);
        let text: Vec<String> = errors.map(|fault| fault.render(false)).collect();
        let message = format!("{} in {what}", counted(faults.errors(), "error"));
        Failure { faults: Some(text.join("\n\n")), ..Failure::failed(message) }
    }

    /// Adds a hint; it begins with a verb.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds a hint where there is one.
    pub fn maybe_hint(self, hint: Option<impl Into<String>>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    /// The exit status.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// The message alone, for the last line on stderr.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl From<PackError> for Failure {
    fn from(error: PackError) -> Self {
        Failure::failed(error.to_string()).maybe_hint(error.hint())
    }
}

impl From<RecordingError> for Failure {
    fn from(error: RecordingError) -> Self {
        Failure::failed(error.to_string()).maybe_hint(error.hint())
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        if let Some(faults) = &self.faults {
            writeln!(text, "{faults}\n")?;
        }
        write!(text, "error: {}", self.message)?;
        for hint in &self.hints {
            write!(text, "\nhint: {hint}")?;
        }
        f.write_str(&text)
    }
}

impl std::error::Error for Failure {}
