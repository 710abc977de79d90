//! The catalogue's proof of itself: every example comes to its verdict, no fact taken away turns a pass into a fail or back,
//! and no null makes a control fail. `controls check` and the tests run the same.

use std::sync::Arc;

use serde_json::{Value, json};

use super::ruling::Compiled;
use super::trial::{Trial, Tried};
use crate::catalog::control_check::judge_of;
use crate::catalog::control_file::ControlFile;
use crate::catalog::diagnostic::{Diagnostic, Diagnostics};
use crate::catalog::shape::{Member, Shape, Shapes};
use crate::catalog::{Catalog, examples};
use crate::model::Outcome;
use crate::model::control::Example;
use crate::model::fact::GAP_KEY;

/// How much was run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Controls.
    pub controls: usize,
    /// Examples.
    pub examples: usize,
    /// Trials: examples, and examples with a fact absent or null.
    pub trials: usize,
}

/// Runs every control of a catalogue.
pub fn run(catalog: &Catalog) -> (Run, Diagnostics) {
    let mut total = Run::default();
    let mut faults = Diagnostics::default();
    for control in catalog.controls() {
        if let Some(file) = catalog.control_file(&control.id) {
            let shapes = Arc::new(catalog.shapes().clone());
            total.controls += 1;
            run_control(file, &shapes, &mut total, &mut faults);
        }
    }
    faults.settle();
    (total, faults)
}

fn run_control(file: &ControlFile, shapes: &Arc<Shapes>, total: &mut Run, faults: &mut Diagnostics) {
    for (example, span) in file.control.examples.iter().zip(&file.examples) {
        let Some(judge) = judge_of(&file.control.judges, example) else { continue };
        let mut session = Session { file, judge, example, shapes, compiled: None, trials: 0, found: Vec::new() };
        session.run();
        total.examples += 1;
        total.trials += session.trials;
        for (message, hint) in session.found {
            faults.push(Diagnostic::error(&file.file, span.clone(), message).maybe_hint(hint));
        }
    }
}

/// One example and what is done to it.
struct Session<'a> {
    file: &'a ControlFile,
    judge: usize,
    example: &'a Example,
    shapes: &'a Arc<Shapes>,
    compiled: Option<Compiled>,
    trials: usize,
    found: Vec<(String, Option<String>)>,
}

impl Session<'_> {
    fn run(&mut self) {
        if !self.compile() {
            return;
        }
        let kind = self.file.control.judges[self.judge].resource.clone();
        let given = examples::completed(self.shapes, &kind, &self.example.resource);
        let Some(tried) = self.attempt(&given) else { return };
        if !self.judge_example(&tried) {
            return;
        }
        let Some(shape) = self.shapes.kind(&kind).cloned() else { return };
        let whole = filled(&Member { shape: Shape::Object(shape.clone()), nullable: false, fact: false }, &given);
        let positions = positions(&shape, &whole);
        for position in &positions {
            let facts: Vec<&Position> = vec![position];
            self.take_away(&whole, &facts, tried.outcome);
            self.set_null(&whole, &facts);
        }
        let all: Vec<&Position> = positions.iter().collect();
        self.take_away(&whole, &all, tried.outcome);
        self.set_null(&whole, &all);
    }

    fn compile(&mut self) -> bool {
        match Trial::of(&self.file.control, self.judge, self.example, Value::Null).compile() {
            Ok(compiled) => self.compiled = Some(compiled),
            Err(error) => self.found.push((format!("the control cannot run: {error}"), None)),
        }
        self.compiled.is_some()
    }

    fn attempt(&mut self, facts: &Value) -> Option<Tried> {
        self.trials += 1;
        let trial = Trial::of(&self.file.control, self.judge, self.example, facts.clone());
        self.compiled.as_ref().map(|compiled| trial.run_compiled(compiled, self.shapes))
    }

    /// Whether the example comes to its verdict.
    fn judge_example(&mut self, tried: &Tried) -> bool {
        if let Some(error) = tried.control_error() {
            let missing = error.strip_prefix("No such key: ");
            let message = missing
                .map_or_else(|| format!("the control fails on this example: {error}"), |fact| format!("the example lacks fact `{fact}`"));
            self.found.push((message, None));
            return false;
        }
        if tried.outcome != self.example.verdict {
            let message = format!("this example comes to `{}`, not `{}`", tried.outcome.as_str(), self.example.verdict.as_str());
            let read: Vec<String> = tried.observed.iter().map(|(path, value)| format!("{path} = {value}")).collect();
            let why = tried.why.as_ref().map(|why| format!("; {}", why.detail)).unwrap_or_default();
            self.found.push((message, Some(format!("look at what was read: {}{why}", read.join(", ")))));
            return false;
        }
        true
    }

    fn take_away(&mut self, whole: &Value, positions: &[&Position], outcome: Outcome) {
        let facts: Vec<&&Position> = positions.iter().filter(|position| position.fact).collect();
        if facts.is_empty() {
            return;
        }
        let mut changed = whole.clone();
        facts.iter().for_each(|position| put(&mut changed, &position.pointer, json!({ GAP_KEY: "denied" })));
        let Some(tried) = self.attempt(&changed) else { return };
        let paths = paths(&facts);
        if let Some(error) = tried.control_error().or(tried.column_error()) {
            self.found.push((format!("without {paths} the control fails: {error}"), None));
        } else if tried.outcome != outcome && tried.outcome != Outcome::Indeterminate {
            let message = format!("without {paths} this example turns from `{}` to `{}`", outcome.as_str(), tried.outcome.as_str());
            self.found.push((message, None));
        }
    }

    fn set_null(&mut self, whole: &Value, positions: &[&Position]) {
        let nullable: Vec<&&Position> = positions.iter().filter(|position| position.nullable).collect();
        if nullable.is_empty() {
            return;
        }
        let mut changed = whole.clone();
        nullable.iter().for_each(|position| put(&mut changed, &position.pointer, Value::Null));
        let Some(tried) = self.attempt(&changed) else { return };
        if let Some(error) = tried.control_error().or(tried.column_error()) {
            self.found.push((format!("with {} null the control fails: {error}", paths(&nullable)), None));
        }
    }
}

fn paths(positions: &[&&Position]) -> String {
    match positions {
        [one] => format!("`{}`", one.pointer.trim_start_matches('/').replace('/', ".")),
        many => format!("all {} facts", many.len()),
    }
}

/// Puts a value where a pointer leads; a place that an earlier change removed stays removed.
fn put(facts: &mut Value, pointer: &str, value: Value) {
    if let Some(place) = facts.pointer_mut(pointer) {
        *place = value;
    }
}

/// A fact in given facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// JSON pointer.
    pub pointer: String,
    /// Whether it can be absent.
    pub fact: bool,
    /// Whether it can be null.
    pub nullable: bool,
}

/// All facts in given facts, outer ones last, so that changing all of them leaves the outermost.
pub fn positions(shape: &std::collections::BTreeMap<String, Member>, facts: &Value) -> Vec<Position> {
    let mut found = Vec::new();
    object_positions(shape, facts, "", &mut found);
    found
}

fn object_positions(shape: &std::collections::BTreeMap<String, Member>, facts: &Value, prefix: &str, found: &mut Vec<Position>) {
    for (name, member) in shape {
        if let Some(value) = facts.get(name) {
            let pointer = format!("{prefix}/{name}");
            inner_positions(&member.shape, value, &pointer, found);
            found.push(Position { pointer, fact: member.fact, nullable: member.nullable });
        }
    }
}

fn inner_positions(shape: &Shape, value: &Value, pointer: &str, found: &mut Vec<Position>) {
    match (shape, value) {
        (Shape::Object(facts), Value::Object(_)) => object_positions(facts, value, pointer, found),
        (Shape::List(element), Value::Array(list)) => {
            for (index, value) in list.iter().enumerate() {
                inner_positions(&element.shape, value, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Facts with everything that they leave out filled in with something harmless, so that columns find what they show.
pub fn filled(member: &Member, given: &Value) -> Value {
    match (&member.shape, given) {
        (Shape::Object(facts), Value::Object(object)) if !object.contains_key(GAP_KEY) => {
            let one = |(name, member): (&String, &Member)| {
                let value = object.get(name).map_or_else(|| filler(member), |value| filled(member, value));
                (name.clone(), value)
            };
            Value::Object(facts.iter().map(one).collect())
        }
        (Shape::List(element), Value::Array(list)) => list.iter().map(|value| filled(element, value)).collect(),
        _ => given.clone(),
    }
}

fn filler(member: &Member) -> Value {
    if member.nullable {
        return Value::Null;
    }
    match &member.shape {
        Shape::Bool => false.into(),
        Shape::Int => 0.into(),
        Shape::Double => 0.5.into(),
        Shape::String => "x".into(),
        Shape::Timestamp => "2020-01-01T00:00:00Z".into(),
        Shape::List(_) => json!([]),
        Shape::Open(_) => json!({}),
        Shape::Object(_) => filled(member, &json!({})),
        Shape::Opaque => Value::Null,
    }
}
