//! Holds the examples of a control against the kinds: facts that do not exist or have another type prove nothing. Running them
//! is `assess`' part.

use serde_json::{Map, Value};

use super::diagnostic::nearest;
use super::shape::{Member, Shape, Shapes};
use crate::model::fact::GAP_KEY;

/// What is wrong with the facts of an example.
pub fn faults(shapes: &Shapes, kind: &str, facts: &Value) -> Vec<String> {
    let mut found = Vec::new();
    match (shapes.kind(kind), facts) {
        (Some(known), Value::Object(given)) => object(known, given, "", &mut found),
        (Some(_), _) => found.push("the resource is not a table of facts".into()),
        (None, _) => found.push(format!("unknown kind `{kind}`")),
    }
    found
}

fn object(known: &std::collections::BTreeMap<String, Member>, given: &Map<String, Value>, path: &str, found: &mut Vec<String>) {
    for (name, value) in given {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match known.get(name) {
            Some(member) => one(member, value, &path, found),
            None => {
                let hint = nearest(name, known.keys().map(String::as_str)).map(|near| format!("; did you mean `{near}`?"));
                found.push(format!("unknown fact `{path}`{}", hint.unwrap_or_default()));
            }
        }
    }
}

fn one(member: &Member, value: &Value, path: &str, found: &mut Vec<String>) {
    let gap = value.as_object().is_some_and(|object| object.len() == 1 && object.contains_key(GAP_KEY));
    if gap || (value.is_null() && member.nullable) {
        return;
    }
    let fine = match (&member.shape, value) {
        (Shape::Bool, Value::Bool(_)) | (Shape::String, Value::String(_)) | (Shape::Double, Value::Number(_)) | (Shape::Opaque, _) => true,
        (Shape::Int, Value::Number(number)) => number.is_i64(),
        (Shape::Timestamp, Value::String(text)) => chrono::DateTime::parse_from_rfc3339(text).is_ok(),
        (Shape::List(element), Value::Array(list)) => {
            list.iter().enumerate().for_each(|(index, value)| one(element, value, &format!("{path}[{index}]"), found));
            true
        }
        (Shape::Open(element), Value::Object(map)) => {
            map.iter().for_each(|(key, value)| one(element, value, &format!("{path}[{key:?}]"), found));
            true
        }
        (Shape::Object(known), Value::Object(given)) => {
            object(known, given, path, found);
            true
        }
        _ => false,
    };
    if !fine {
        let null = if member.nullable { ", or null" } else { "" };
        found.push(format!("fact `{path}` must be {}{null}", word(&member.shape)));
    }
}

fn word(shape: &Shape) -> &'static str {
    match shape {
        Shape::Bool => "a boolean",
        Shape::Int => "an integer",
        Shape::Double => "a number",
        Shape::String => "a string",
        Shape::Timestamp => "an instant like `2026-01-31T08:00:00Z`",
        Shape::List(_) => "a list",
        Shape::Open(_) | Shape::Object(_) => "a table",
        Shape::Opaque => "anything",
    }
}

/// An example's facts with every nullable fact that it leaves out as null, so that examples give only what matters. Facts that
/// are never null and left out stay out: reading one makes the example fail.
pub fn completed(shapes: &Shapes, kind: &str, facts: &Value) -> Value {
    match (shapes.kind(kind), facts) {
        (Some(known), Value::Object(given)) => Value::Object(complete(known, given)),
        _ => facts.clone(),
    }
}

fn complete(known: &std::collections::BTreeMap<String, Member>, given: &Map<String, Value>) -> Map<String, Value> {
    let mut all: Map<String, Value> =
        known.iter().filter(|(_, member)| member.nullable).map(|(name, _)| (name.clone(), Value::Null)).collect();
    for (name, value) in given {
        let value = known.get(name).map_or_else(|| value.clone(), |member| complete_one(member, value));
        all.insert(name.clone(), value);
    }
    all
}

fn complete_one(member: &Member, value: &Value) -> Value {
    match (&member.shape, value) {
        (Shape::Object(known), Value::Object(given)) if !given.contains_key(GAP_KEY) => Value::Object(complete(known, given)),
        (Shape::List(element), Value::Array(list)) => list.iter().map(|value| complete_one(element, value)).collect(),
        _ => value.clone(),
    }
}
