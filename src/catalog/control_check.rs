//! Holds a control against the kinds: its expressions through the checker, its parameters and its examples. Every fault points
//! into the control's file.

use std::collections::BTreeSet;
use std::ops::Range;

use super::control_file::{ControlFile, JudgeSpans};
use super::diagnostic::{Diagnostic, Diagnostics, suggestion};
use super::examples;
use super::expression::{self, Purpose, Reads};
use super::mapping::{same_type, type_word};
use super::shape::Shapes;
use crate::model::Outcome;
use crate::model::control::{Example, Judge};

/// Reports everything wrong with a control; returns what each of its judges reads.
pub fn check(file: &ControlFile, shapes: &Shapes, faults: &mut Diagnostics) -> Vec<Reads> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for (judge, spans) in file.control.judges.iter().zip(&file.judges) {
        if !seen.insert(&judge.resource) {
            let message = format!("kind `{}` is judged twice", judge.resource);
            faults.push(Diagnostic::error(&file.file, spans.resource.clone(), message).hint("join both tests in one judge"));
        }
        if shapes.kind(&judge.resource).is_none() {
            let message = format!("unknown kind `{}`", judge.resource);
            let hint = suggestion(&judge.resource, shapes.names());
            faults.push(Diagnostic::error(&file.file, spans.resource.clone(), message).maybe_hint(hint));
            all.push(Reads::default());
            continue;
        }
        all.push(check_judge(file, judge, spans, shapes, faults));
    }
    check_params(file, &all, faults);
    check_examples(file, &all, shapes, faults);
    all
}

fn check_judge(file: &ControlFile, judge: &Judge, spans: &JudgeSpans, shapes: &Shapes, faults: &mut Diagnostics) -> Reads {
    let mut reads = Reads::default();
    reads.facts.entry(judge.resource.clone()).or_default();
    let mut run = |text: &str, purpose: Purpose, span: &Range<usize>| {
        let checked = expression::check(text, purpose, &judge.resource, shapes, &file.control.params);
        for fault in checked.faults {
            let place = within(&file.file.text, text, span, &fault.span);
            faults.push(Diagnostic::error(&file.file, place, fault.message).maybe_hint(fault.hint));
        }
        reads.merge(checked.reads);
    };
    if let Some(when) = &judge.when {
        run(when, Purpose::Test, &spans.when);
    }
    run(judge.test.expression(), Purpose::Test, &spans.test);
    for ((_, column), span) in judge.columns.iter().zip(&spans.columns) {
        run(column, Purpose::Column, span);
    }
    reads
}

/// The place of a part of an expression in its file: exact where the file holds the expression letter for letter.
fn within(file: &str, expression: &str, at: &Range<usize>, part: &Range<usize>) -> Range<usize> {
    if file.get(at.clone()) == Some(expression) { at.start + part.start..at.start + part.end } else { at.clone() }
}

fn check_params(file: &ControlFile, reads: &[Reads], faults: &mut Diagnostics) {
    for name in file.control.params.keys() {
        let span = file.params.get(name).cloned().unwrap_or(0..0);
        let word = name.chars().enumerate().all(|(at, c)| c == '_' || c.is_ascii_lowercase() || (at > 0 && c.is_ascii_digit()));
        if !word {
            faults.push(Diagnostic::error(&file.file, span.clone(), format!("parameter `{name}` must be in snake case")));
        }
        if !reads.iter().any(|reads| reads.params.contains(name)) {
            faults.push(Diagnostic::error(&file.file, span, format!("no expression reads parameter `{name}`")));
        }
    }
}

fn check_examples(file: &ControlFile, reads: &[Reads], shapes: &Shapes, faults: &mut Diagnostics) {
    for (example, span) in file.control.examples.iter().zip(&file.examples) {
        for message in example_faults(file, example, reads, shapes) {
            faults.push(Diagnostic::error(&file.file, span.clone(), message));
        }
    }
    for (wanted, word) in [(Outcome::Pass, "passing"), (Outcome::Fail, "failing")] {
        if !file.control.examples.iter().any(|example| example.verdict == wanted) {
            let hint = format!("add an `[[example]]` with `verdict = \"{}\"`", wanted.as_str());
            faults.push(Diagnostic::error(&file.file, 0..0, format!("the control has no {word} example")).hint(hint));
        }
    }
}

fn example_faults(file: &ControlFile, example: &Example, reads: &[Reads], shapes: &Shapes) -> Vec<String> {
    let control = &file.control;
    let Some(index) = judge_of(&control.judges, example) else {
        let kinds: Vec<&str> = control.judges.iter().map(|judge| judge.resource.as_str()).collect();
        return vec![format!("the example needs `kind`, one of `{}`", kinds.join("`, `"))];
    };
    let mut found = examples::faults(shapes, &control.judges[index].resource, &example.resource);
    for (kind, id, facts) in &example.others {
        found.extend(examples::faults(shapes, kind, facts).into_iter().map(|fault| format!("in `{id}`: {fault}")));
    }
    for (name, value) in &example.params {
        match control.params.get(name) {
            None => found.push(format!("the control has no parameter `{name}`")),
            Some(parameter) if !same_type(&parameter.default, value) => {
                found.push(format!("parameter `{name}` is {}, not {}", type_word(&parameter.default), type_word(value)));
            }
            Some(_) => {}
        }
    }
    if reads[index].as_of && example.as_of.is_none() {
        found.push("the control reads `as_of`, so the example needs it".into());
    }
    found
}

/// The judge that an example is for.
pub fn judge_of(judges: &[Judge], example: &Example) -> Option<usize> {
    match (&example.kind, judges) {
        (None, [_]) => Some(0),
        (None, _) => None,
        (Some(kind), _) => judges.iter().position(|judge| judge.resource == *kind),
    }
}
