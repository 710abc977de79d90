//! Holds frameworks against the controls they name, and against each other. The mapping stands in framework files and nowhere
//! else; this is where every id in it must resolve.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::Value;

use super::control_file::ControlFile;
use super::diagnostic::{Diagnostic, Diagnostics, suggestion};
use super::framework_file::{FrameworkFile, MappingSpans};
use crate::model::control::Control;
use crate::model::framework::{Coverage, Mapping, Method, Relation};

/// A reason given for more pairs than this says nothing about any of them.
const REASONS: usize = 3;

/// Reports everything in `frameworks` that does not resolve, and the controls that no framework cites. `broken` are the ids of
/// controls whose files hold errors already reported.
pub fn check(
    controls: &BTreeMap<String, ControlFile>,
    broken: &BTreeSet<String>,
    frameworks: &BTreeMap<String, FrameworkFile>,
    faults: &mut Diagnostics,
) {
    for file in frameworks.values() {
        check_items(file, faults);
        check_mappings(controls, broken, file, faults);
        check_reasons(file, faults);
    }
    check_aliases(frameworks, faults);
    report_uncited(controls, frameworks, faults);
}

fn check_items(file: &FrameworkFile, faults: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for (item, (span, _)) in file.framework.items.iter().zip(&file.items) {
        if !seen.insert(&item.id) {
            faults.push(Diagnostic::error(&file.file, span.clone(), format!("item `{}` stands twice", item.id)));
        }
        let names = &file.framework.baselines.names;
        let levels = item.level.iter().filter(|_| !names.is_empty()).flat_map(|level| level.split(';')).map(str::trim);
        for unknown in levels.filter(|level| !names.iter().any(|name| name == level)) {
            let message = format!("item `{}` is in baseline `{unknown}`, which the framework does not have", item.id);
            let hint = suggestion(unknown, names.iter().map(String::as_str));
            faults.push(Diagnostic::error(&file.file, span.clone(), message).maybe_hint(hint));
        }
    }
}

/// All pairs of a framework: item, mapping and places.
fn pairs(file: &FrameworkFile) -> impl Iterator<Item = (Method, &Mapping, &MappingSpans)> {
    let items = file.framework.items.iter().zip(&file.items);
    items.flat_map(|(item, (_, spans))| item.mappings.iter().zip(spans).map(|(mapping, spans)| (item.method, mapping, spans)))
}

fn check_mappings(controls: &BTreeMap<String, ControlFile>, broken: &BTreeSet<String>, file: &FrameworkFile, faults: &mut Diagnostics) {
    let framework = &file.framework;
    for (method, mapping, spans) in pairs(file) {
        let full = mapping.coverage == Some(Coverage::Full);
        if full && !framework.full_coverage_allowed {
            let message = format!("framework `{}` does not allow `coverage = \"full\"`", framework.id);
            let hint = "write `partial` and say in `why` what the test leaves open";
            faults.push(Diagnostic::error(&file.file, spans.coverage.clone(), message).hint(hint));
        } else if full && method == Method::Manual && !framework.origin.local {
            let message = "a manual item cannot be covered in full";
            faults.push(Diagnostic::error(&file.file, spans.coverage.clone(), message).hint("write `partial` and say why"));
        }
        match controls.get(&mapping.control) {
            None if broken.contains(&mapping.control) => {}
            None => {
                let message = format!("framework `{}` names unknown control `{}`", framework.id, mapping.control);
                let hint = suggestion(&mapping.control, controls.keys().chain(broken).map(String::as_str));
                faults.push(Diagnostic::error(&file.file, spans.control.clone(), message).maybe_hint(hint));
            }
            Some(control) => check_params(&control.control, file, mapping, spans, faults),
        }
    }
}

fn check_params(control: &Control, file: &FrameworkFile, mapping: &Mapping, spans: &MappingSpans, faults: &mut Diagnostics) {
    for (name, value) in &mapping.params {
        let span = spans.params.get(name).cloned().unwrap_or(spans.control.clone());
        match control.params.get(name) {
            None => {
                let message = format!("control `{}` has no parameter `{name}`", control.id);
                let hint = suggestion(name, control.params.keys().map(String::as_str));
                faults.push(Diagnostic::error(&file.file, span, message).maybe_hint(hint));
            }
            Some(parameter) if !same_type(&parameter.default, value) => {
                let message =
                    format!("parameter `{name}` of `{}` is {}, not {}", control.id, type_word(&parameter.default), type_word(value));
                faults.push(Diagnostic::error(&file.file, span, message));
            }
            Some(_) => {}
        }
    }
}

/// Whether a value can stand where `default` stands. An empty default list is one of strings.
pub fn same_type(default: &Value, value: &Value) -> bool {
    match (default, value) {
        (Value::Array(one), Value::Array(two)) => match (one.first(), two.as_slice()) {
            (Some(first), all) => all.iter().all(|other| same_type(first, other)),
            (None, all) => all.iter().all(Value::is_string),
        },
        (one, two) => type_word(one) == type_word(two),
    }
}

/// What a parameter's value is, for messages.
pub fn type_word(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a float",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Null | Value::Object(_) => "a table",
    }
}

fn check_reasons(file: &FrameworkFile, faults: &mut Diagnostics) {
    let mut reasons: BTreeMap<String, Vec<&Range<usize>>> = BTreeMap::new();
    for (_, mapping, spans) in pairs(file).filter(|(_, mapping, _)| !mapping.why.is_empty()) {
        reasons.entry(normal(&mapping.why)).or_default().push(&spans.why);
    }
    for places in reasons.values().filter(|places| places.len() > REASONS) {
        for span in &places[REASONS..] {
            let message = format!("the same reason stands at {} pairs", places.len());
            let hint = "say what this control answers of this item, or drop the pair";
            faults.push(Diagnostic::error(&file.file, (*span).clone(), message).hint(hint));
        }
    }
}

/// A reason without what does not make it another reason.
fn normal(reason: &str) -> String {
    let words: Vec<String> = reason.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}

fn check_aliases(frameworks: &BTreeMap<String, FrameworkFile>, faults: &mut Diagnostics) {
    let mut owners: BTreeMap<&str, &str> = frameworks.keys().map(|id| (id.as_str(), id.as_str())).collect();
    for file in frameworks.values() {
        for (alias, span) in file.framework.aliases.iter().zip(&file.aliases) {
            if let Some(owner) = owners.insert(alias, &file.framework.id) {
                let message = format!("alias `{alias}` already leads to `{owner}`");
                let hint = "leave the alias to the newest version alone";
                faults.push(Diagnostic::error(&file.file, span.clone(), message).hint(hint));
            }
        }
    }
}

fn report_uncited(controls: &BTreeMap<String, ControlFile>, frameworks: &BTreeMap<String, FrameworkFile>, faults: &mut Diagnostics) {
    let cited: BTreeSet<&str> = frameworks.values().flat_map(pairs).map(|(_, mapping, _)| mapping.control.as_str()).collect();
    for control in controls.values().filter(|control| !cited.contains(control.control.id.as_str())) {
        let message = format!("no framework cites control `{}`", control.control.id);
        faults.push(Diagnostic::warning(&control.file, 0..0, message));
    }
}

/// All items of a framework that a control answers or is related to.
pub fn citations<'a>(framework: &'a crate::model::framework::Framework, control: &'a str) -> impl Iterator<Item = (&'a str, Relation)> {
    let items = framework.items.iter();
    items.flat_map(move |item| {
        item.mappings.iter().filter(move |mapping| mapping.control == control).map(|mapping| (item.id.as_str(), mapping.relation))
    })
}
