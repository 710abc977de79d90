//! Renders `docs/resources.md` from the kinds: nothing on that page is written by hand, so it cannot say what the code does not.

use std::fmt::Write as _;

use serde_json::Value;

use super::kinds;
use crate::model::{Kind, KindScope};

const HEAD: &str = "# Resources

Every kind of resource this tool reads, with its facts: what a control may name behind `resource.`. Made from the source by a test
(`UPDATE_DOCS=1 cargo test --test it resources_page`); do not edit.

A resource is identified by account, region, kind and id; ids never change their grammar. The region is `global` for IAM. Facts are
the AWS API's members in snake case; others say how they are computed. A fact that could not be read is absent: what needs it is
`indeterminate`. A fact that may be `null` is known to be unset then, and an expression must say what that means. An open map has the
account's own keys and is read with `get(map, key)`.
";

/// The page.
pub fn resources_page() -> String {
    let mut page = HEAD.to_owned();
    for kind in kinds() {
        // Writing to a string cannot fail.
        let _ = write!(page, "\n{}", section(kind));
    }
    page
}

fn section(kind: &Kind) -> String {
    let schema = serde_json::json!((kind.schema)());
    let place = match (kind.scope, kind.singleton) {
        (KindScope::Global, true) => "One per account.",
        (KindScope::Global, false) => "Listed once per account.",
        (KindScope::Regional, true) => "One per Region.",
        (KindScope::Regional, false) => "Listed in every Region in scope.",
    };
    let mut text = format!("## {}\n\n{}\n\n{place} Id: `{}`\n\n", kind.name, about(&schema), kind.id_grammar);
    text += "| fact | type | null | meaning | filled by |\n| --- | --- | --- | --- | --- |\n";
    for row in rows(&schema, "") {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} |",
            row.path,
            row.shape,
            if row.nullable { "yes" } else { "" },
            row.meaning,
            operations(kind, &row.path)
        );
    }
    text
}

/// The kind's own sentence, without its name, which is the heading already.
fn about(schema: &Value) -> String {
    let text = meaning(schema);
    let text = text.split_once("`: ").filter(|(name, _)| name.starts_with("`AWS::")).map_or(text.as_str(), |(_, rest)| rest).to_owned();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn operations(kind: &Kind, path: &str) -> String {
    let first = path.split(['.', '[']).next().unwrap_or_default();
    let operations = kind.groups.get(kind.group_of(first)).map(|group| group.operations).unwrap_or_default();
    operations.iter().map(|(_, operation)| format!("`{operation}`")).collect::<Vec<_>>().join(", ")
}

struct Row {
    path: String,
    shape: String,
    nullable: bool,
    meaning: String,
}

fn rows(schema: &Value, prefix: &str) -> Vec<Row> {
    let Some(facts) = schema["properties"].as_object() else { return Vec::new() };
    facts.iter().flat_map(|(name, fact)| fact_rows(fact, format!("{prefix}{name}"))).collect()
}

/// A fact and those within it.
fn fact_rows(fact: &Value, path: String) -> Vec<Row> {
    let (shape, nullable) = shape(fact);
    let inner = value(fact);
    let below = match inner.get("items") {
        Some(items) => rows(value(items), &format!("{path}[].")),
        None => rows(inner, &format!("{path}.")),
    };
    std::iter::once(Row { path, shape, nullable, meaning: meaning(fact) }).chain(below).collect()
}

/// The schema itself, or what is beside `null` in it.
fn value(schema: &Value) -> &Value {
    let options = schema["anyOf"].as_array();
    options.and_then(|options| options.iter().find(|option| option["type"] != "null")).unwrap_or(schema)
}

/// A type in words, and whether `null` is one of its values.
fn shape(schema: &Value) -> (String, bool) {
    let inner = value(schema);
    let names: Vec<&str> = match &inner["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let nullable = names.contains(&"null") || schema["anyOf"].is_array();
    let name = names.iter().find(|name| **name != "null").copied().unwrap_or("any");
    let word = match name {
        "string" if inner["format"] == "date-time" => "timestamp".to_owned(),
        "array" => format!("list of {}", shape(&inner["items"]).0),
        "object" if inner["x-open-map"] == true => format!("open map of {}", shape(&inner["additionalProperties"]).0),
        "integer" => "int".to_owned(),
        "number" => "double".to_owned(),
        "boolean" => "bool".to_owned(),
        other => other.to_owned(),
    };
    (word, nullable)
}

/// A description on one line, inert within a table.
fn meaning(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
