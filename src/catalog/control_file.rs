//! Reads control files: TOML between `+++` lines, Markdown below. Form only; whether the expressions make sense against the
//! kinds is the checker's question.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;
use toml::de::DeValue;

use super::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use super::prose;
use super::toml_table::{self, At, Table, json};
use crate::model::control::{Control, Empty, Evaluation, Example, Judge, Origin, Parameter, Per, Severity, Stricter, Test};
use crate::model::{Instant, Outcome};

/// Where the expressions of a judge stand in its file.
#[derive(Clone, Debug, Default)]
pub struct JudgeSpans {
    /// The kind.
    pub resource: Range<usize>,
    /// `when`.
    pub when: Range<usize>,
    /// `every` or `at_least_one`.
    pub test: Range<usize>,
    /// Column expressions, in order.
    pub columns: Vec<Range<usize>>,
}

/// A control with the places of its parts, so that later checks can point at them.
#[derive(Clone, Debug)]
pub struct ControlFile {
    /// What was read.
    pub control: Arc<Control>,
    /// The file.
    pub file: Arc<SourceFile>,
    /// For each judge.
    pub judges: Vec<JudgeSpans>,
    /// For each parameter, its table.
    pub params: BTreeMap<String, Range<usize>>,
    /// For each example, its table.
    pub examples: Vec<Range<usize>>,
}

/// The id of the control in `controls/<service>/<name>.md`, given the path below `controls/`.
pub fn id_of(relative: &str) -> Option<String> {
    let (service, name) = relative.strip_suffix(".md")?.split_once('/')?;
    let word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    (word(service) && word(name)).then(|| format!("{service}-{name}"))
}

/// Reads one control file, `relative` to `controls/`; `None` where an error leaves no control to speak of.
pub fn read(id: &str, relative: &str, file: &Arc<SourceFile>, local: bool, faults: &mut Diagnostics) -> Option<ControlFile> {
    let found = RefCell::new(Diagnostics::default());
    let control = read_into(id, &format!("controls/{relative}"), file, local, &found);
    let found = found.into_inner();
    let usable = found.errors() == 0;
    faults.extend(found);
    control.filter(|_| usable)
}

fn read_into(id: &str, relative: &str, file: &Arc<SourceFile>, local: bool, faults: &RefCell<Diagnostics>) -> Option<ControlFile> {
    let Some((front, prose)) = prose::split(&file.text) else {
        let message = "a control begins with TOML between two `+++` lines";
        faults.borrow_mut().push(Diagnostic::error(file, 0..0, message).hint("see `evidence controls new`"));
        return None;
    };
    let document = toml_table::parse(file, &file.text[front.clone()], front.start, faults)?;
    let root = Table::root(file, front.start, &document, "the control", faults);
    let title = root.need_string("title");
    if let Some(title) = title.as_ref().filter(|title| title.value.trim_end().ends_with('.')) {
        root.report(Diagnostic::warning(file, title.span.clone(), "a title has no full stop"));
    }
    let severity = choice_of(&root, "severity", &SEVERITIES);
    let evaluation = root.choice("evaluation", &[("automated", Evaluation::Automated), ("evidence", Evaluation::Evidence)]);
    let (judges, judge_spans) = judges(&root).into_iter().unzip();
    let (params, param_spans) = params(&root);
    let (examples, example_spans) = examples(&root).into_iter().unzip();
    root.finish();
    let (why, remediation, sections) = prose::read(file, prose, faults);
    let control = Control {
        id: id.to_owned(),
        title: title?.value,
        severity: severity?,
        evaluation: evaluation.unwrap_or_default(),
        judges,
        params,
        examples,
        why,
        remediation,
        sections,
        origin: Origin { path: relative.to_owned(), local },
        text: file.text.clone(),
    };
    Some(ControlFile { control: Arc::new(control), file: file.clone(), judges: judge_spans, params: param_spans, examples: example_spans })
}

const SEVERITIES: [(&str, Severity); 4] =
    [("low", Severity::Low), ("medium", Severity::Medium), ("high", Severity::High), ("critical", Severity::Critical)];

fn choice_of<T: Copy>(table: &Table<'_, '_>, key: &str, words: &[(&str, T)]) -> Option<T> {
    if !table.has(key) {
        table.missing(key);
        return None;
    }
    table.choice(key, words)
}

fn judges(root: &Table<'_, '_>) -> Vec<(Judge, JudgeSpans)> {
    if !root.has("judge") {
        return judge(root).into_iter().collect();
    }
    if root.has("resource") {
        let span = root.raw("resource").map_or(root.span(), |at| at.span);
        root.report(
            Diagnostic::error(root.file(), span, "`resource` stands beside `[[judge]]`")
                .hint("move it into the `[[judge]]` table it belongs to"),
        );
    }
    let tables = root.tables("judge", "the judge");
    if tables.is_empty() {
        root.error(root.span(), "the control judges nothing");
    }
    tables
        .iter()
        .filter_map(|table| {
            let judge = judge(table);
            table.finish();
            judge
        })
        .collect()
}

fn judge(table: &Table<'_, '_>) -> Option<(Judge, JudgeSpans)> {
    let mut spans = JudgeSpans::default();
    let mut expression = |key: &str, place: fn(&mut JudgeSpans) -> &mut Range<usize>| {
        let At { value, span } = table.string(key)?;
        *place(&mut spans) = inner(table.file(), &value, span);
        Some(value)
    };
    let when = expression("when", |spans| &mut spans.when);
    let every = expression("every", |spans| &mut spans.test);
    let witness = expression("at_least_one", |spans| &mut spans.test);
    let per = table.choice("per", &[("account", Per::Account), ("region", Per::Region), ("organization", Per::Organization)]);
    let empty = table.choice("empty", &[("not_applicable", Empty::NotApplicable), ("fail", Empty::Fail)]);
    if let (Some(_), Some(Empty::NotApplicable)) = (&witness, empty) {
        let span = table.raw("empty").map_or(table.span(), |at| at.span);
        table.error(span, "`at_least_one` without a witness is always a fail, also where nothing exists");
    }
    let empty = empty.unwrap_or_default();
    let columns = columns(table, &mut spans);
    let resource = table.need_string("resource");
    let test = test(table, every, witness, per);
    let resource = resource?;
    spans.resource = resource.span;
    Some((Judge { resource: resource.value, when, test: test?, empty, columns }, spans))
}

fn test(table: &Table<'_, '_>, every: Option<String>, witness: Option<String>, per: Option<Per>) -> Option<Test> {
    let place = |key: &str| table.raw(key).map_or(table.span(), |at| at.span);
    match (every, witness, per) {
        (Some(every), None, None) => Some(Test::Every(every)),
        (None, Some(expression), Some(per)) => Some(Test::AtLeastOne { expression, per }),
        (None, Some(_), None) => {
            let message = "`at_least_one` needs `per`";
            let hint = "add `per = \"account\"`, `\"region\"` or `\"organization\"`";
            table.report(Diagnostic::error(table.file(), place("at_least_one"), message).hint(hint));
            None
        }
        (Some(_), Some(_), _) => {
            table.error(place("at_least_one"), "`every` and `at_least_one` cannot stand in one judge");
            None
        }
        (Some(_), None, Some(_)) => {
            table.error(place("per"), "`per` belongs to `at_least_one`, not to `every`");
            None
        }
        (None, None, _) => {
            let message = "the judgement lacks its test";
            table.report(Diagnostic::error(table.file(), table.span(), message).hint("add `every = '…'` or `at_least_one = '…'`"));
            None
        }
    }
}

fn columns(table: &Table<'_, '_>, spans: &mut JudgeSpans) -> Vec<(String, String)> {
    let Some(columns) = table.table("columns", "the columns") else { return Vec::new() };
    let mut found = Vec::new();
    for (title, value) in columns.entries() {
        let DeValue::String(expression) = value.value else {
            columns.error(value.span, format!("column `{}` must be an expression in quotes", title.value));
            continue;
        };
        spans.columns.push(inner(table.file(), expression, value.span));
        found.push((title.value, expression.to_string()));
    }
    found
}

/// The place of a string's content within its quotes, where the file holds it letter for letter; else the whole string.
fn inner(file: &SourceFile, content: &str, span: Range<usize>) -> Range<usize> {
    match file.text.get(span.clone()).and_then(|raw| raw.find(content)) {
        Some(at) if !content.is_empty() => span.start + at..span.start + at + content.len(),
        _ => span,
    }
}

const STRICTER: [(&str, Stricter); 6] = [
    ("lower", Stricter::Lower),
    ("higher", Stricter::Higher),
    ("subset", Stricter::Subset),
    ("superset", Stricter::Superset),
    ("true", Stricter::True),
    ("none", Stricter::None),
];

fn params(root: &Table<'_, '_>) -> (BTreeMap<String, Parameter>, BTreeMap<String, Range<usize>>) {
    let mut params = BTreeMap::new();
    let mut spans = BTreeMap::new();
    let Some(table) = root.table("params", "the parameters") else { return (params, spans) };
    for (name, table) in table.each_table("the parameter") {
        spans.insert(name.value.clone(), name.span.clone());
        if let Some(parameter) = parameter(&table) {
            params.insert(name.value, parameter);
        }
        table.finish();
    }
    (params, spans)
}

fn parameter(table: &Table<'_, '_>) -> Option<Parameter> {
    let default = table.raw("default");
    if default.is_none() {
        table.missing("default");
    }
    let stricter = choice_of(table, "stricter", &STRICTER);
    let unit = table.string("unit").map(|at| at.value);
    let description = table.string("description").map(|at| at.value);
    let (default, stricter) = (default?, stricter?);
    let value = json(default.value);
    if !fits(stricter, &value) {
        let words = STRICTER.iter().find(|(_, one)| *one == stricter).map_or("", |(word, _)| *word);
        table.error(default.span, format!("`stricter = \"{words}\"` does not fit this default"));
        return None;
    }
    Some(Parameter { default: value, stricter, unit, description })
}

/// Whether a direction of strictness makes sense for values like this one.
fn fits(stricter: Stricter, value: &Value) -> bool {
    let list = value.as_array().is_some_and(|list| list.iter().all(|one| one.is_string() || one.is_i64()));
    match stricter {
        Stricter::Lower | Stricter::Higher => value.is_number(),
        Stricter::Subset | Stricter::Superset => list,
        Stricter::True => value.is_boolean(),
        Stricter::None => list || value.is_number() || value.is_boolean() || value.is_string(),
    }
}

const VERDICTS: [(&str, Outcome); 4] = [
    ("pass", Outcome::Pass),
    ("fail", Outcome::Fail),
    ("not_applicable", Outcome::NotApplicable),
    ("indeterminate", Outcome::Indeterminate),
];

fn examples(root: &Table<'_, '_>) -> Vec<(Example, Range<usize>)> {
    let tables = root.tables("example", "the example");
    tables
        .iter()
        .filter_map(|table| {
            let example = example(table);
            table.finish();
            Some((example?, table.span()))
        })
        .collect()
}

fn example(table: &Table<'_, '_>) -> Option<Example> {
    let verdict = choice_of(table, "verdict", &VERDICTS);
    let kind = table.string("kind").map(|at| at.value);
    let resource = facts(table, "resource");
    if !table.has("resource") {
        table.missing("resource");
    }
    let params = table.table("params", "the example's parameters").map(|params| {
        let entries = params.entries();
        entries.into_iter().map(|(name, value)| (name.value, json(value.value))).collect()
    });
    let others = table.tables("others", "the other resource").iter().filter_map(other).collect();
    let as_of = table.raw("as_of").and_then(|at| instant(table, &at));
    Some(Example { verdict: verdict?, kind, resource: resource?, params: params.unwrap_or_default(), others, as_of })
}

fn other(table: &Table<'_, '_>) -> Option<(String, String, Value)> {
    let kind = table.need_string("kind");
    let id = table.need_string("id");
    let facts = facts(table, "resource");
    if !table.has("resource") {
        table.missing("resource");
    }
    table.finish();
    Some((kind?.value, id?.value, facts?))
}

/// Facts as a TOML table, or as JSON in a string where `null` must be written.
fn facts(table: &Table<'_, '_>, key: &str) -> Option<Value> {
    let At { value, span } = table.raw(key)?;
    match value {
        DeValue::Table(_) => Some(json(value)),
        DeValue::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(facts) if facts.is_object() => Some(facts),
            Ok(_) => {
                table.error(span, format!("`{key}` must hold a JSON object"));
                None
            }
            Err(error) => {
                table.error(span, format!("`{key}` is not JSON: {error}"));
                None
            }
        },
        _ => {
            table.error(span, format!("`{key}` must be a table of facts, or a JSON object in quotes"));
            None
        }
    }
}

/// An instant written as a TOML date-time or in quotes.
pub fn instant(table: &Table<'_, '_>, at: &At<&DeValue<'_>>) -> Option<Instant> {
    let text = match at.value {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(instant) => instant.to_string(),
        _ => String::new(),
    };
    match chrono::DateTime::parse_from_rfc3339(&text) {
        Ok(instant) => Some(instant.to_utc()),
        Err(_) => {
            table.report(
                Diagnostic::error(table.file(), at.span.clone(), "this is not an instant with its offset")
                    .hint("write it like `2026-01-31T08:00:00Z`"),
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_service_and_name_of_the_path() {
        assert_eq!(id_of("iam/root-mfa.md").as_deref(), Some("iam-root-mfa"));
        for bad in ["iam/Root.md", "iam/a/b.md", "root.md", "iam/.md", "iam/root.toml"] {
            assert_eq!(id_of(bad), None, "{bad}");
        }
    }
}
