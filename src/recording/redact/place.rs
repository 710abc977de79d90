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
    AnyDepth,
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
        self.0.iter().any(|(_, redact)| matches!(redact, Redact::Value | Redact::Blob))
    }
}

fn wanted(path: &'static str) -> Vec<Wanted> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, list) = part.strip_suffix("[]").map_or((part, false), |name| (name, true));
        steps.push(match name {
            "*" => Wanted::AnyName,
            "**" => Wanted::AnyDepth,
            name => Wanted::Name(name),
        });
        if list {
            steps.push(Wanted::AnyIndex);
        }
    }
    steps
}

/// Whether a path leads to a place or to something around it. Elements of an XML list carry an index only under the names that all
/// services share, so an index that the path asks for may be missing.
fn leads(path: &[Wanted], place: &[Step]) -> bool {
    let Some((wanted, path)) = path.split_first() else { return true };
    match (wanted, place.split_first()) {
        (Wanted::AnyDepth, _) => (0..=place.len()).any(|skipped| leads(path, &place[skipped..])),
        (Wanted::AnyIndex, Some((Step::Index(_), place))) | (Wanted::AnyName, Some((Step::Name(_), place))) => leads(path, place),
        (Wanted::AnyIndex, _) => leads(path, place),
        (Wanted::Name(wanted), Some((Step::Name(name), rest))) => wanted == name && leads(path, rest),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str) -> Vec<Step> {
        let step = |part: &str| part.parse().map_or_else(|_| Step::Name(part.to_owned()), Step::Index);
        path.split('.').map(step).collect()
    }

    #[test]
    fn a_list_is_found_with_and_without_an_index() {
        let tag = wanted("TagSet.Tag[].Value");
        assert!(leads(&tag, &place("TagSet.Tag.Value")) && leads(&tag, &place("TagSet.Tag.3.Value")));
        assert!(!leads(&tag, &place("TagSet.Tag.Key")) && !leads(&tag, &place("TagSet.Value")) && !leads(&tag, &place("TagSet.Tag")));
        let all = wanted("item[].variables.*");
        assert!(leads(&all, &place("item.0.variables.DB_PASSWORD")) && !leads(&all, &place("item.0.variables")));
    }
}
