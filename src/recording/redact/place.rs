//! Where in a body a value stands, and what the operation's row says of it.

use std::fmt;

use crate::aws::operation::{Operation, Redact};

/// One step from the root towards a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Member of an object, or element.
    Name(String),
    /// Element of a list, from 0.
    Index(usize),
}

/// A path in a body: `items[3].stageVariables.DB_PASSWORD`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place(pub(super) Vec<Step>);

impl Place {
    /// The last name on the path.
    pub(super) fn name(&self) -> Option<&str> {
        self.0.iter().rev().find_map(|step| match step {
            Step::Name(name) => Some(name.as_str()),
            Step::Index(_) => None,
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Name(name) if at == 0 => f.write_str(name)?,
                Step::Name(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The redaction paths of an operation.
pub(super) struct Rows(Vec<(Vec<Wanted>, Redact)>);

/// One step of a row's path.
enum Wanted {
    Name(&'static str),
    AnyName,
    AnyIndex,
}

impl Rows {
    pub(super) fn of(operation: &Operation) -> Self {
        Rows(operation.redact.iter().map(|(path, redact)| (wanted(path), *redact)).collect())
    }

    /// No paths at all.
    pub(super) fn none() -> Self {
        Rows(Vec::new())
    }

    /// What is to be done with a value: the row whose path leads to it or to something around it.
    pub(super) fn at(&self, place: &Place) -> Option<Redact> {
        self.0.iter().find(|(path, _)| leads(path, &place.0)).map(|(_, redact)| *redact)
    }

    /// Whether some values go as a whole, whatever they hold.
    pub(super) fn any_value(&self) -> bool {
        self.0.iter().any(|(_, redact)| *redact == Redact::Value)
    }
}

fn wanted(path: &'static str) -> Vec<Wanted> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, list) = part.strip_suffix("[]").map_or((part, false), |name| (name, true));
        steps.push(if name == "*" { Wanted::AnyName } else { Wanted::Name(name) });
        if list {
            steps.push(Wanted::AnyIndex);
        }
    }
    steps
}

fn leads(path: &[Wanted], place: &[Step]) -> bool {
    path.len() <= place.len()
        && path.iter().zip(place).all(|pair| match pair {
            (Wanted::Name(wanted), Step::Name(name)) => wanted == name,
            (Wanted::AnyName, Step::Name(_)) | (Wanted::AnyIndex, Step::Index(_)) => true,
            _ => false,
        })
}
