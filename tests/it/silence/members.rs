//! Members of an answer, taken out or given a form that they cannot have, and documents within members, cut.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use evidence::aws::operations;
use evidence::recording::line::CallLine;
use serde_json::{Value, json};

use super::document::{Document, Place};

/// Each member that the operation's row requires, taken out or given a form that it cannot have: the first, the middle and the last one
/// of each path.
pub fn broken(line: &CallLine, document: &Document) -> Vec<(String, Vec<u8>)> {
    let Some(row) = operations::find(&line.key.service, &line.key.operation) else { return Vec::new() };
    let mut changed = Vec::new();
    let mut seen = BTreeSet::new();
    for path in row.required {
        let (path, form) = path.split_once(':').unwrap_or((path, ""));
        let steps: Vec<&str> = path.split('.').collect();
        for length in 1..=steps.len() {
            changed.extend(missing(document, &steps[..length], &mut seen));
        }
        changed.extend(misfits(document, path, &steps, form));
    }
    changed
}

fn missing(document: &Document, steps: &[&str], seen: &mut BTreeSet<String>) -> Vec<(String, Vec<u8>)> {
    let last = steps[steps.len() - 1];
    // An XML list without members, or one member less, is a whole answer; so is a map with one less, and one without what may be left
    // out.
    let optional = last.contains('?') || last == "*" || (last.ends_with("[]") && matches!(document, Document::Xml(_)));
    let places = document.places(&[&steps[..steps.len() - 1], &[last.trim_end_matches("[]")]].concat());
    // Of two alternatives, one that remains would do.
    let needed = !optional && (!last.contains('|') || places.len() == 1);
    let name = steps.join(".");
    if !needed || !seen.insert(name.clone()) {
        return Vec::new();
    }
    spread(&places).map(|(at, place)| (format!("without `{name}` {at}"), document.without(place).bytes())).collect()
}

fn misfits(document: &Document, path: &str, steps: &[&str], form: &str) -> Vec<(String, Vec<u8>)> {
    let (xml, places) = (matches!(document, Document::Xml(_)), document.places(steps));
    let mut changed = Vec::new();
    let any_will_do = form.is_empty() || (form == "string" && xml);
    if !any_will_do {
        let (text, value) = misfit(form);
        let with = |(at, place)| (format!("`{path}` {at} is `{text}`"), document.with(place, text, value.clone()).bytes());
        changed.extend(spread(&places).map(with));
    }
    if !xml && !path.contains('?') {
        let with = |(at, place)| (format!("`{path}` {at} is null"), document.with(place, "", Value::Null).bytes());
        changed.extend(spread(&places).map(with));
    }
    changed
}

/// The first, the one in the middle and the last.
fn spread(places: &[Place]) -> impl Iterator<Item = (&'static str, &Place)> {
    let count = places.len();
    let at = |least, index: usize| if count > least { places.get(index) } else { None };
    let found = [("first", at(0, 0)), ("in the middle", at(2, count / 2)), ("last", at(1, count.saturating_sub(1)))];
    found.into_iter().filter_map(|(name, place)| Some((name, place?)))
}

/// What a member of a form cannot be, as text and as JSON.
fn misfit(form: &str) -> (&'static str, Value) {
    match form {
        "date" => ("soon", json!("soon")),
        "bool" => ("maybe", json!("maybe")),
        "int" => ("many", json!("many")),
        "arn" => ("somewhere", json!("somewhere")),
        "list" => ("", json!({})),
        "object" => ("", json!([])),
        _ => ("", json!({"a": 1})),
    }
}

/// Documents within members (policies, the credential report), of which a part is missing while the answer around them is whole: the
/// first of each path, and for the report all that can happen to a table.
pub fn embedded(document: &Document) -> Vec<(String, Vec<u8>)> {
    let mut changed = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, place, text) in document.leaves() {
        let versions = match path.ends_with("CredentialReportResult.Content") {
            true => tables(&text),
            false if is_policy(&path) => policies(&text),
            false => Vec::new(),
        };
        if versions.is_empty() || !seen.insert(path.clone()) {
            continue;
        }
        let with =
            |(name, text): (String, String)| (format!("`{path}` {name}"), document.with(&place, &text, Value::from(text.as_str())).bytes());
        changed.extend(versions.into_iter().map(with));
    }
    changed
}

/// Whether a member holds a policy. Other texts in JSON, such as formats of logs, are what somebody wrote and may be anything.
fn is_policy(path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or(path);
    name.ends_with("Document") || name.to_lowercase().ends_with("policy")
}

/// A JSON document, also one in percent-encoding or escaped once more, cut at several places.
fn policies(text: &str) -> Vec<(String, String)> {
    let encoded = text.starts_with('%');
    let plain = percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let json = if encoded { plain } else { text.to_owned() };
    let is_json = |text: &str| serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_object());
    if !is_json(&json) && !is_json(&json.replace("\\\"", "\"")) {
        return Vec::new();
    }
    let written = |text: &str| match encoded {
        true => percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string(),
        false => text.to_owned(),
    };
    let cuts = [1, json.len() / 3, json.len() / 2, json.len() - 1];
    let cut = |at: usize| Some((format!("cut at byte {at}"), written(json.get(..at)?)));
    cuts.into_iter().filter_map(cut).collect()
}

/// A base64 CSV, cut within a row and between rows, without a column, with a row twice.
fn tables(text: &str) -> Vec<(String, String)> {
    let csv = STANDARD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let rows: Vec<&str> = csv.lines().collect();
    let without = |at: usize| [&rows[..at], &rows[at + 1..]].concat().join("\n");
    let narrow: Vec<String> =
        rows.iter().map(|row| row.rsplit_once("mfa_active").map_or_else(|| (*row).to_owned(), |(a, b)| a.to_owned() + b)).collect();
    let last = rows.len() - 1;
    let versions = [
        ("cut within a row", csv[..csv.len() / 2].to_owned()),
        ("cut after the header", rows[0].to_owned()),
        ("cut before the last row", without(last)),
        ("without root's row", without(1)),
        ("without a row", without(rows.len() / 2)),
        ("with a row twice", [rows.clone(), vec![rows[last]]].concat().join("\n")),
        ("with a column named otherwise", narrow.join("\n")),
        ("with states that are none", csv.replace("true", "perhaps")),
        ("empty", String::new()),
    ];
    versions.into_iter().map(|(name, csv)| (name.to_owned(), STANDARD.encode(csv))).collect()
}
