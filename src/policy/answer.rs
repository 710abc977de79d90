//! The three-valued answer every question about a policy gets, and the statements it points to.
//!
//! There is no conversion to `bool`: whoever asks must say what `Unknown` means for him.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

/// One statement of a policy document, as an answer cites it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Shown {
    /// Position in the `Statement` list, from 0.
    pub statement: usize,
    /// The statement's `Sid`, if it has one.
    pub sid: Option<String>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement {}", self.statement + 1)?;
        match &self.sid {
            Some(sid) => write!(f, " (`{sid}`)"),
            None => Ok(()),
        }
    }
}

/// The answer to a question about a policy: shown by `T`, excluded, or not decidable from the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer<T = Vec<Shown>> {
    /// It is so, and `T` shows it.
    Yes(T),
    /// It is certainly not so.
    No,
    /// The document does not settle it; the text says why, in plain words.
    Unknown(String),
}

impl<T> Answer<T> {
    /// Tells whether the answer is `Yes`.
    pub fn is_yes(&self) -> bool {
        matches!(self, Answer::Yes(_))
    }

    /// Tells whether the answer is `No`.
    pub fn is_no(&self) -> bool {
        matches!(self, Answer::No)
    }

    /// Tells whether the answer is `Unknown`.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Answer::Unknown(_))
    }

    /// Names the answer: `yes`, `no` or `unknown`.
    pub fn word(&self) -> &'static str {
        match self {
            Answer::Yes(_) => "yes",
            Answer::No => "no",
            Answer::Unknown(_) => "unknown",
        }
    }

    /// Returns `Some(true)`, `Some(false)`, or `None` with `Unknown`, for facts that are absent when not known.
    pub fn settled(&self) -> Option<bool> {
        match self {
            Answer::Yes(_) => Some(true),
            Answer::No => Some(false),
            Answer::Unknown(_) => None,
        }
    }

    /// Returns the reason of `Unknown`.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Answer::Unknown(why) => Some(why),
            _ => None,
        }
    }
}

/// `Yes` only where all are, `No` where one is.
pub(super) fn all(answers: impl Iterator<Item = Answer>) -> Answer {
    let (mut shown, mut unknown) = (Vec::new(), None);
    for answer in answers {
        match answer {
            Answer::No => return Answer::No,
            Answer::Yes(more) => shown.extend(more),
            Answer::Unknown(why) => unknown = unknown.or(Some(why)),
        }
    }
    unknown.map_or(Answer::Yes(merged(shown.iter())), Answer::Unknown)
}

/// `Yes` where one is, `No` only where all are.
pub(super) fn any(answers: impl Iterator<Item = Answer>) -> Answer {
    let (mut shown, mut unknown) = (Vec::new(), None);
    for answer in answers {
        match answer {
            Answer::No => {}
            Answer::Yes(more) => shown.extend(more),
            Answer::Unknown(why) => unknown = unknown.or(Some(why)),
        }
    }
    match (shown.is_empty(), unknown) {
        (false, _) => Answer::Yes(merged(shown.iter())),
        (true, Some(why)) => Answer::Unknown(why),
        (true, None) => Answer::No,
    }
}

/// Sorts and removes repetition.
pub(super) fn merged<'a>(shown: impl Iterator<Item = &'a Shown>) -> Vec<Shown> {
    shown.cloned().collect::<BTreeSet<_>>().into_iter().collect()
}
