//! The shape of a kind's facts, taken from its JSON Schema: what an expression may read, of which type, and whether it can be
//! null. The checker and the values bound at run time both go by it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::model::Kind;

/// What a known, non-null fact is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A number with a fraction.
    Double,
    /// Text.
    String,
    /// An instant.
    Timestamp,
    /// A list, known as a whole.
    List(Arc<Member>),
    /// A map whose keys come from AWS.
    Open(Arc<Member>),
    /// Named facts.
    Object(Arc<BTreeMap<String, Member>>),
    /// Something expressions cannot read.
    Opaque,
}

/// A shape in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// What it is.
    pub shape: Shape,
    /// Whether it can be null.
    pub nullable: bool,
    /// Whether it can be absent as a whole.
    pub fact: bool,
}

/// The shapes of all kinds by name.
#[derive(Clone, Debug, Default)]
pub struct Shapes(BTreeMap<String, Arc<BTreeMap<String, Member>>>);

impl Shapes {
    /// Reads the schema of every kind.
    pub fn of(kinds: &[Kind]) -> Self {
        Shapes(kinds.iter().map(|kind| (kind.name.to_owned(), facts_of(&(kind.schema)().to_value()))).collect())
    }

    /// The facts of a kind.
    pub fn kind(&self, name: &str) -> Option<&Arc<BTreeMap<String, Member>>> {
        self.0.get(name)
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Schemas nest no deeper than this; what lies below is opaque.
const DEPTH: usize = 12;

fn facts_of(schema: &Value) -> Arc<BTreeMap<String, Member>> {
    match member(schema, schema, DEPTH).shape {
        Shape::Object(facts) => facts,
        _ => Arc::default(),
    }
}

fn member(schema: &Value, root: &Value, depth: usize) -> Member {
    let fact = schema["x-fact"] == true;
    let (shape, nullable) = if depth == 0 { (Shape::Opaque, true) } else { shape(schema, root, depth) };
    Member { shape, nullable, fact }
}

/// The shape of a schema and whether it allows null.
fn shape(schema: &Value, root: &Value, depth: usize) -> (Shape, bool) {
    if let Some(target) = schema["$ref"].as_str() {
        let target = target.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
        return target.map_or((Shape::Opaque, true), |target| shape(target, root, depth - 1));
    }
    if let Some(choices) = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array()) {
        return choice(choices, root, depth);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ if schema["const"].is_string() || schema["enum"].is_array() => vec!["string"],
        _ => vec![],
    };
    let nullable = types.contains(&"null");
    let mut others = types.iter().filter(|one| **one != "null");
    let shape = match (others.next(), others.next()) {
        (Some(one), None) => simple(one, schema, root, depth),
        _ => Shape::Opaque,
    };
    (shape, nullable)
}

/// `anyOf` with `null`, or the documented variants of an enumeration of words.
fn choice(choices: &[Value], root: &Value, depth: usize) -> (Shape, bool) {
    let null = |one: &&Value| one["type"] == "null";
    let nullable = choices.iter().any(|one| null(&one));
    let others: Vec<(Shape, bool)> = choices.iter().filter(|one| !null(one)).map(|one| shape(one, root, depth)).collect();
    match others.split_first() {
        Some((first, rest)) if rest.iter().all(|one| one == first) => (first.0.clone(), nullable || first.1),
        _ => (Shape::Opaque, nullable),
    }
}

fn simple(word: &str, schema: &Value, root: &Value, depth: usize) -> Shape {
    match word {
        "boolean" => Shape::Bool,
        "integer" => Shape::Int,
        "number" => Shape::Double,
        "string" if schema["format"] == "date-time" => Shape::Timestamp,
        "string" => Shape::String,
        "array" => Shape::List(Arc::new(member(&schema["items"], root, depth - 1))),
        "object" if schema["x-open-map"] == true => Shape::Open(Arc::new(member(&schema["additionalProperties"], root, depth - 1))),
        "object" => {
            let properties = schema["properties"].as_object();
            let facts = properties.into_iter().flatten().map(|(name, schema)| (name.clone(), member(schema, root, depth - 1)));
            Shape::Object(Arc::new(facts.collect()))
        }
        _ => Shape::Opaque,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Fact, Instant, OpenMap};
    use schemars::JsonSchema;

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only the schema is looked at")]
    struct Core {
        name: Fact<String>,
    }

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only the schema is looked at")]
    struct Facts {
        #[schemars(flatten)]
        core: Core,
        parent: Core,
        size: Fact<Option<i64>>,
        made: Fact<Option<Instant>>,
        tags: Fact<OpenMap<String>>,
        parts: Fact<Vec<Core>>,
        detail: Fact<Option<Core>>,
        row: Fact<Core>,
    }

    #[test]
    fn every_shape_of_fact_is_read_from_its_schema() {
        let facts = facts_of(&schemars::schema_for!(Facts).to_value());
        let core = Shape::Object(Arc::new([("name".to_owned(), Member { shape: Shape::String, nullable: false, fact: true })].into()));
        let member = |shape: &Shape, nullable, fact| Member { shape: shape.clone(), nullable, fact };
        let text = Arc::new(member(&Shape::String, false, false));
        assert_eq!(facts["name"], member(&Shape::String, false, true), "flattened");
        assert_eq!(facts["parent"], member(&core, false, false));
        assert_eq!(facts["size"], member(&Shape::Int, true, true));
        assert_eq!(facts["made"], member(&Shape::Timestamp, true, true));
        assert_eq!(facts["tags"], member(&Shape::Open(text), false, true));
        assert_eq!(facts["parts"], member(&Shape::List(Arc::new(member(&core, false, false))), false, true));
        assert_eq!(facts["detail"], member(&core, true, true));
        assert_eq!(facts["row"], member(&core, false, true));
    }
}
