//! The checker proper: walks an expression with the types of what it reads and reports what CEL would not.

use std::collections::{BTreeMap, BTreeSet};

use cel::common::ast::{ComprehensionExpr, Expr, IdedExpr, LiteralValue, SelectExpr, SourceInfo};
use serde_json::Value as Json;

use super::guard::{Loop, proven, recognise};
use super::place::{Place, byte_at, canonical, span};
use super::types::{Type, Value};
use super::{Checked, Fault, Purpose, Reads, parse};
use crate::catalog::diagnostic::suggestion;
use crate::catalog::shape::Shapes;
use crate::model::control::Parameter;

/// Names that a loop's variable must not take.
const ROOTS: [&str; 3] = ["resource", "params", "as_of"];

/// The walk.
pub(super) struct Checker<'a> {
    source: &'a SourceInfo,
    pub(super) shapes: &'a Shapes,
    params: &'a BTreeMap<String, Parameter>,
    kind: &'a str,
    /// Bound variables, innermost last: name, number, what it is.
    scope: Vec<(String, usize, Value)>,
    bound: usize,
    /// Canonical texts proven not to be null here.
    known: Vec<BTreeSet<String>>,
    /// Values of the parameters, where only what they leave alive is walked.
    pub(super) values: Option<&'a BTreeMap<String, Json>>,
    pub(super) found: Checked,
}

/// Holds an expression on resources of `kind` against the kinds and parameters there are.
pub fn check(text: &str, purpose: Purpose, kind: &str, shapes: &Shapes, params: &BTreeMap<String, Parameter>) -> Checked {
    walk(text, purpose, kind, shapes, params, None)
}

/// What an expression reads with these values of its parameters: what they switch off (`!params.strict || …`) is not read.
pub fn reads_with(text: &str, kind: &str, shapes: &Shapes, params: &BTreeMap<String, Parameter>, values: &BTreeMap<String, Json>) -> Reads {
    walk(text, Purpose::Test, kind, shapes, params, Some(values)).reads
}

fn walk(
    text: &str,
    purpose: Purpose,
    kind: &str,
    shapes: &Shapes,
    params: &BTreeMap<String, Parameter>,
    values: Option<&BTreeMap<String, Json>>,
) -> Checked {
    let program = match parse(text) {
        Ok(program) => program,
        Err(errors) => {
            let faults = errors.errors.iter().map(|error| parse_fault(text, error.pos, &error.msg)).collect();
            return Checked { faults, ..Checked::default() };
        }
    };
    let mut checker = Checker {
        source: program.source_info(),
        shapes,
        params,
        kind,
        scope: Vec::new(),
        bound: 0,
        known: Vec::new(),
        values,
        found: Checked::default(),
    };
    let root = program.expression();
    let value = checker.value(root);
    checker.result(root, &value, purpose);
    checker.found
}

/// A fault of the parser: line and column, both from 1, become a place.
fn parse_fault(text: &str, (line, column): (isize, isize), message: &str) -> Fault {
    let before: usize = text.split_inclusive('\n').take(usize::try_from(line - 1).unwrap_or(0)).map(str::len).sum();
    let line_text = text.get(before..).unwrap_or("");
    let at = before + byte_at(line_text, usize::try_from(column - 1).unwrap_or(0));
    let message = message.split('\n').next().unwrap_or("").trim();
    let hint =
        message.contains("unsupported syntax '?'").then(|| "read the fact without `?`; what may be null is compared with null".into());
    Fault { message: format!("this is not CEL: {message}"), span: at..at, hint }
}

impl Checker<'_> {
    /// Reports a fault at an expression.
    pub(super) fn fault(&mut self, at: &IdedExpr, message: impl Into<String>, hint: Option<String>) -> Value {
        let fault = Fault { message: message.into(), span: span(at, self.source), hint };
        if !self.found.faults.contains(&fault) {
            self.found.faults.push(fault);
        }
        Value::any()
    }

    /// The canonical text of an expression here.
    pub(super) fn canonical(&self, expression: &IdedExpr) -> String {
        canonical(expression, &|name| self.unique(name))
    }

    fn unique(&self, name: &str) -> String {
        self.scope.iter().rev().find(|(bound, ..)| bound == name).map_or(name.to_owned(), |(_, number, _)| format!("{name}#{number}"))
    }

    /// Walks `then` under what `condition` proves if it is `truth`.
    pub(super) fn under(&mut self, condition: &IdedExpr, truth: bool, then: &IdedExpr) -> Value {
        let proven = proven(condition, truth, &|name| self.unique(name));
        self.known.push(proven);
        let value = self.value(then);
        self.known.pop();
        value
    }

    /// Drops the null of a value that is proven not to be null here.
    pub(super) fn settled(&self, expression: &IdedExpr, mut value: Value) -> Value {
        if value.nullable && value.ty != Type::Null {
            let text = self.canonical(expression);
            value.nullable = !self.known.iter().any(|known| known.contains(&text));
        }
        value
    }

    /// Reports a value that can be null where null has no meaning; returns its type.
    pub(super) fn need(&mut self, at: &IdedExpr, value: &Value) -> Type {
        if value.ty == Type::Null {
            return self.fault(at, "null has no meaning here", None).ty;
        }
        if value.nullable {
            let text = self.text(at);
            let hint = format!("guard it in the same expression: `{text} != null && …`, or `{text} == null || …`");
            self.fault(at, format!("`{text}` can be null here"), Some(hint));
        }
        value.ty.clone()
    }

    /// The expression as it stands in the source.
    pub(super) fn text(&self, at: &IdedExpr) -> String {
        self.source.source.get(span(at, self.source)).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Walks an expression.
    pub(super) fn value(&mut self, expression: &IdedExpr) -> Value {
        let value = match &expression.expr {
            Expr::Literal(literal) => self.literal(expression, literal),
            Expr::Ident(name) => self.identifier(expression, name),
            Expr::Select(select) => self.select(expression, select),
            Expr::Call(call) => self.call(expression, call),
            Expr::Comprehension(comprehension) => self.comprehension(expression, comprehension),
            Expr::List(list) => self.list(&list.elements),
            Expr::Map(_) | Expr::Struct(_) => self.fault(expression, "maps cannot be built in an expression", None),
            Expr::Unspecified => Value::any(),
        };
        self.settled(expression, value)
    }

    fn literal(&mut self, at: &IdedExpr, literal: &LiteralValue) -> Value {
        match literal {
            LiteralValue::Boolean(_) => Value::plain(Type::Bool),
            LiteralValue::Int(_) => Value::plain(Type::Int),
            LiteralValue::Double(_) => Value::plain(Type::Double),
            LiteralValue::String(_) => Value::plain(Type::String),
            LiteralValue::Null => Value { nullable: true, ..Value::plain(Type::Null) },
            LiteralValue::UInt(_) => self.fault(at, "unsigned numbers never meet facts", Some("write the number without `u`".into())),
            LiteralValue::Bytes(_) => self.fault(at, "bytes never meet facts", Some("write a string without `b`".into())),
        }
    }

    fn identifier(&mut self, at: &IdedExpr, name: &str) -> Value {
        if let Some((_, _, value)) = self.scope.iter().rev().find(|(bound, ..)| bound == name) {
            return value.clone();
        }
        match name {
            "resource" => match self.shapes.kind(self.kind) {
                Some(facts) => Value { place: Some(Place::root(self.kind)), ..Value::plain(Type::Object(facts.clone())) },
                None => Value::any(),
            },
            "as_of" => {
                self.found.reads.as_of = true;
                Value::plain(Type::Timestamp)
            }
            "params" => self.fault(at, "parameters are read by name", Some("write `params.<name>`".into())),
            _ => {
                let bound: Vec<String> = self.scope.iter().map(|(name, ..)| name.clone()).collect();
                let hint = suggestion(name, ROOTS.into_iter().chain(bound.iter().map(String::as_str)));
                self.fault(at, format!("unknown name `{name}`"), hint)
            }
        }
    }

    fn select(&mut self, at: &IdedExpr, select: &SelectExpr) -> Value {
        if select.test {
            let hint = "drop it: a fact known to be unset is null, one that could not be read makes the verdict indeterminate";
            return self.fault(at, "`has()` would turn what could not be read into a pass or a fail", Some(hint.into()));
        }
        if matches!(&select.operand.expr, Expr::Ident(name) if name == "params") {
            return self.parameter(at, &select.field);
        }
        let operand = self.value(&select.operand);
        match self.need(&select.operand, &operand) {
            Type::Object(facts) => match facts.get(&select.field) {
                Some(member) => {
                    let place = operand.place.map(|place| place.field(&select.field));
                    let value = Value::fact(member, place);
                    self.note(&value);
                    if value.ty == Type::Opaque {
                        return self.fault(at, format!("fact `{}` has no simple type", select.field), None);
                    }
                    value
                }
                None => {
                    let hint = suggestion(&select.field, facts.keys().map(String::as_str));
                    let of = operand.place.map_or_else(String::new, |place| place_words(&place));
                    self.fault(at, format!("unknown fact `{}`{of}", select.field), hint)
                }
            },
            Type::Open(_) => {
                let map = self.text(&select.operand);
                self.fault(at, "an open map is read by key", Some(format!("write `get({map}, \"{}\")`", select.field)))
            }
            Type::Any => Value::any(),
            other => self.fault(at, format!("{} has no facts", other.word()), None),
        }
    }

    fn parameter(&mut self, at: &IdedExpr, name: &str) -> Value {
        match self.params.get(name) {
            Some(parameter) => {
                self.found.reads.params.insert(name.to_owned());
                Value::plain(Type::of_json(&parameter.default))
            }
            None => {
                let hint = suggestion(name, self.params.keys().map(String::as_str));
                self.fault(at, format!("unknown parameter `{name}`"), hint.or(Some(format!("declare it under `[params.{name}]`"))))
            }
        }
    }

    /// Notes that a fact is read.
    pub(super) fn note(&mut self, value: &Value) {
        if let Some(place) = value.place.as_ref().filter(|place| !place.path.is_empty()) {
            self.found.reads.facts.entry(place.kind.clone()).or_default().insert(place.path.clone());
            let (kind, path) = (place.kind.clone(), place.path.clone());
            match &place.via {
                Some(Some(from)) => drop(self.found.reads.found.insert((kind, path, from.clone()))),
                Some(None) | None => drop(self.found.reads.direct.insert((kind, path))),
            }
        }
    }

    fn list(&mut self, elements: &[IdedExpr]) -> Value {
        let mut element = Type::Any;
        for one in elements {
            let value = self.value(one);
            let ty = self.need(one, &value);
            if !ty.scalar() {
                self.fault(one, format!("{} cannot stand in a list", ty.word()), None);
            } else if element == Type::Any {
                element = ty;
            } else if !element.meets(&ty) {
                self.fault(one, format!("{} stands in a list of which the first is {}", ty.word(), element.word()), None);
            }
        }
        Value::plain(Type::List(Box::new(element)))
    }

    fn comprehension(&mut self, at: &IdedExpr, comprehension: &ComprehensionExpr) -> Value {
        let range = self.value(&comprehension.iter_range);
        let ty = self.need(&comprehension.iter_range, &range);
        let element = match ty {
            Type::List(element) => *element,
            Type::Any => Type::Any,
            other => return self.fault(&comprehension.iter_range, format!("{} cannot be iterated, only a list can", other.word()), None),
        };
        let recognised = recognise(&comprehension.loop_step, &comprehension.accu_var, &comprehension.iter_var);
        let (Some(recognised), None) = (recognised, &comprehension.iter_var2) else {
            return self.fault(at, "this loop is not one of `all`, `exists`, `exists_one`, `filter`, `map`", None);
        };
        let name = comprehension.iter_var.clone();
        if ROOTS.contains(&name.as_str()) {
            return self.fault(at, format!("`{name}` cannot name an element"), Some("choose another name".into()));
        }
        self.bound += 1;
        let place = range.place.as_ref().map(Place::element);
        let variable = Value { ty: element, nullable: range.elements_nullable, elements_nullable: false, place };
        self.scope.push((name, self.bound, variable));
        let value = self.loop_value(&recognised, &range);
        self.scope.pop();
        value
    }

    fn loop_value(&mut self, recognised: &Loop<'_>, range: &Value) -> Value {
        match recognised {
            Loop::Test(condition) => {
                self.condition(condition);
                Value::plain(Type::Bool)
            }
            Loop::Filter(condition) => {
                self.condition(condition);
                Value { nullable: false, ..range.clone() }
            }
            Loop::Map(condition, body) => {
                let value = match condition {
                    Some(condition) => {
                        self.condition(condition);
                        self.under(condition, true, body)
                    }
                    None => self.value(body),
                };
                let elements_nullable = value.nullable;
                Value { elements_nullable, place: value.place, ..Value::plain(Type::List(Box::new(value.ty))) }
            }
        }
    }

    /// Walks what must be true or false.
    pub(super) fn condition(&mut self, at: &IdedExpr) {
        let value = self.value(at);
        self.need_bool(at, &value);
    }

    /// Reports what is not true or false.
    pub(super) fn need_bool(&mut self, at: &IdedExpr, value: &Value) {
        let ty = self.need(at, value);
        if !matches!(ty, Type::Bool | Type::Any) {
            self.fault(at, format!("this is {}, where true or false must stand", ty.word()), None);
        }
    }

    fn result(&mut self, at: &IdedExpr, value: &Value, purpose: Purpose) {
        if purpose == Purpose::Test {
            return self.need_bool(at, value);
        }
        let fine = match &value.ty {
            Type::List(element) => element.scalar(),
            ty => ty.scalar(),
        };
        if !fine && value.ty != Type::Null {
            let hint = "show one of its facts, or a list of simple values";
            self.fault(at, format!("a column cannot show {}", value.ty.word()), Some(hint.into()));
        }
    }
}

/// `of …` for messages about unknown facts.
fn place_words(place: &Place) -> String {
    if place.path.is_empty() { format!(" of `{}`", place.kind) } else { format!(" of `{}` in `{}`", place.path, place.kind) }
}
