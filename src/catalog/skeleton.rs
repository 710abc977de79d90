//! The file that `controls new` writes: a control on a real fact of the chosen kind that passes every check as it stands, so
//! that its author changes a working thing step by step.

use std::fmt::Write as _;

use super::diagnostic::suggestion;
use super::shape::{Member, Shape, Shapes};

/// Of a kind's facts at most this many become columns.
const COLUMNS: usize = 3;

/// Why no file can be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SkeletonError {
    /// The kind does not exist.
    #[error("unknown kind `{kind}`")]
    UnknownKind {
        /// As asked for.
        kind: String,
        /// What may be meant.
        hint: Option<String>,
    },
    /// The id does not make a path.
    #[error("`{id}` is not the id of a control")]
    BadId {
        /// As asked for.
        id: String,
    },
}

impl SkeletonError {
    /// What to do.
    pub fn hint(&self) -> Option<&str> {
        match self {
            SkeletonError::UnknownKind { hint, .. } => hint.as_deref(),
            SkeletonError::BadId { .. } => Some("name it `<service>-<name>` in lower case, the subject first, then the good state"),
        }
    }
}

/// The path below the controls' folder at which a control of this id lies.
///
/// # Errors
/// When the id does not consist of a service and a name.
pub fn path_of(id: &str) -> Result<String, SkeletonError> {
    let bad = || SkeletonError::BadId { id: id.to_owned() };
    let (service, name) = id.split_once('-').ok_or_else(bad)?;
    let path = format!("{service}/{name}.md");
    if super::control_file::id_of(&path).as_deref() == Some(id) { Ok(path) } else { Err(bad()) }
}

/// The text of a new control on a kind.
///
/// # Errors
/// When there is no such kind.
pub fn text(kind: &str, shapes: &Shapes) -> Result<String, SkeletonError> {
    let Some(facts) = shapes.kind(kind) else {
        let hint = suggestion(kind, shapes.names()).or_else(|| Some("list the kinds in `docs/resources.md`".into()));
        return Err(SkeletonError::UnknownKind { kind: kind.to_owned(), hint });
    };
    let mut simple = Vec::new();
    collect(facts, "", &mut simple);
    let judged = simple.iter().find(|(_, shape)| *shape == Shape::Bool).or_else(|| simple.first());
    let (test, good, bad) = judged.map_or_else(|| ("true".to_owned(), "{}".to_owned(), "{}".to_owned()), tested);
    Ok(write(kind, &test, &good, &bad, &simple))
}

/// Facts that are never null, by path, outer ones first.
fn collect(facts: &std::collections::BTreeMap<String, Member>, prefix: &str, found: &mut Vec<(String, Shape)>) {
    for (name, member) in facts.iter().filter(|(_, member)| !member.nullable) {
        if matches!(member.shape, Shape::Bool | Shape::String | Shape::Int) {
            found.push((format!("{prefix}{name}"), member.shape.clone()));
        }
    }
    for (name, member) in facts.iter().filter(|(_, member)| !member.nullable) {
        if let Shape::Object(inner) = &member.shape {
            collect(inner, &format!("{prefix}{name}."), found);
        }
    }
}

/// A test on a fact, and facts that pass and fail it.
fn tested((path, shape): &(String, Shape)) -> (String, String, String) {
    let (test, good, bad) = match shape {
        Shape::Bool => (format!("resource.{path}"), "true", "false"),
        Shape::Int => (format!("resource.{path} <= 1"), "1", "2"),
        _ => (format!("resource.{path} == \"good\""), "\"good\"", "\"bad\""),
    };
    let facts = |value: &str| format!("{{ {path} = {value} }}");
    (test, facts(good), facts(bad))
}

fn write(kind: &str, test: &str, good: &str, bad: &str, simple: &[(String, Shape)]) -> String {
    let mut text = format!(
        "+++
# A statement an auditor can agree or disagree with, present tense, no full stop.
title = \"State what is good here\"
# low, medium, high or critical
severity = \"medium\"
resource = \"{kind}\"
# when = 'an expression that selects the resources this control speaks about; drop it where all are meant'
every = '{test}'
"
    );
    if !simple.is_empty() {
        text.push_str("\n# What tables show: title and expression.\n[columns]\n");
    }
    for (path, _) in simple.iter().take(COLUMNS) {
        let title = path.replace(['.', '_'], " ");
        let _ = writeln!(text, "\"{title}\" = \"resource.{path}\"");
    }
    let _ = write!(
        text,
        "
# Facts that the control reads are enough; one that is left out is null where it can be.
[[example]]
verdict = \"pass\"
resource = {good}

[[example]]
verdict = \"fail\"
resource = {bad}
+++
Say in two or three sentences why this matters for this kind of resource.

## Remediation

Give the CLI line and the CloudFormation or Terraform property.
"
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_make_paths() {
        assert_eq!(path_of("iam-root-mfa").as_deref(), Ok("iam/root-mfa.md"));
        for bad in ["iam", "Iam-root", "-x", "iam-", "iam-a/b", "../x-y"] {
            assert!(path_of(bad).is_err(), "{bad}");
        }
    }
}
