//! Functions that expressions may call. Few on purpose: what needs more than a line of CEL is a named fact of the collector.

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue};

use super::check::Checker;
use super::env;
use super::place::Place;
use super::types::{Type, Value};
use crate::catalog::diagnostic::suggestion;
use crate::catalog::shape::Member;

/// All functions, with the form in which they are called.
pub const FUNCTIONS: [(&str, &str); 17] = [
    ("size", "size(list or string)"),
    ("contains", "string.contains(string)"),
    ("startsWith", "string.startsWith(string)"),
    ("endsWith", "string.endsWith(string)"),
    ("matches", "string.matches(\"regular expression\")"),
    ("wildcard", "wildcard(pattern, string)"),
    ("cidr_within", "cidr_within(block, network)"),
    ("get", "get(open map, key)"),
    ("find", "find(\"Kind\", id)"),
    ("days", "days(integer)"),
    ("duration", "duration(\"36h\")"),
    ("timestamp", "timestamp(\"2026-01-31T08:00:00Z\")"),
    ("string", "string(value)"),
    ("double", "double(integer)"),
    ("getHours", "duration.getHours()"),
    ("getMinutes", "duration.getMinutes()"),
    ("getSeconds", "duration.getSeconds()"),
];

/// The loops that CEL unfolds, if they are called rightly.
const LOOPS: [&str; 6] = ["all", "exists", "exists_one", "existsOne", "filter", "map"];

impl Checker<'_> {
    /// Walks a call or an operator.
    pub(super) fn call(&mut self, at: &IdedExpr, call: &CallExpr) -> Value {
        if call.target.is_none()
            && let Some(value) = self.operator(at, call)
        {
            return value;
        }
        let name = call.func_name.as_str();
        match (name, call.target.as_deref(), call.args.as_slice()) {
            ("size", None, [of]) | ("size", Some(of), []) => self.size(at, of),
            ("contains" | "startsWith" | "endsWith", Some(text), [part]) => self.texts(&[text, part], Type::Bool),
            ("matches", Some(text), [pattern]) | ("matches", None, [text, pattern]) => self.matches(text, pattern),
            ("wildcard", None, [pattern, text]) => self.texts(&[pattern, text], Type::Bool),
            ("cidr_within", None, [block, network]) => self.texts(&[block, network], Type::Bool),
            ("get", None, [map, key]) => self.get(map, key),
            ("find", None, [kind, id]) => self.find(kind, id),
            ("days", None, [number]) => self.days(number),
            ("duration", None, [text]) => {
                self.literal_argument(at, text, Type::Duration, "write it like `duration(\"36h\")`, or `days(90)`")
            }
            ("timestamp", None, [text]) => {
                self.literal_argument(at, text, Type::Timestamp, "write it like `timestamp(\"2026-01-31T08:00:00Z\")`")
            }
            ("string", None, [value]) => self.convert(at, value, Type::String),
            ("double", None, [value]) => self.convert(at, value, Type::Double),
            ("getHours" | "getMinutes" | "getSeconds", Some(span), []) => self.parts(at, span),
            _ => self.unknown(at, call),
        }
    }

    fn unknown(&mut self, at: &IdedExpr, call: &CallExpr) -> Value {
        let name = call.func_name.as_str();
        if let Some((_, form)) = FUNCTIONS.iter().find(|(known, _)| *known == name) {
            return self.fault(at, format!("`{name}` is not called like this"), Some(format!("write `{form}`")));
        }
        if LOOPS.contains(&name) {
            let hint = format!("write `list.{name}(one, …)`");
            return self.fault(at, format!("`{name}` takes the name of an element and an expression"), Some(hint));
        }
        if matches!(name, "type" | "dyn") {
            return self.fault(at, format!("`{name}()` would hide a type from this check"), Some("drop it: facts have fixed types".into()));
        }
        let hint = suggestion(name, FUNCTIONS.iter().map(|(known, _)| *known).chain(LOOPS));
        self.fault(at, format!("unknown function `{name}`"), hint)
    }

    fn typed(&mut self, at: &IdedExpr, wanted: &[Type], word: &str) -> Type {
        let value = self.value(at);
        let ty = self.need(at, &value);
        if ty != Type::Any && !wanted.contains(&ty) {
            return self.fault(at, format!("this is {}, where {word} must stand", ty.word()), None).ty;
        }
        ty
    }

    fn size(&mut self, at: &IdedExpr, of: &IdedExpr) -> Value {
        let value = self.value(of);
        match self.need(of, &value) {
            Type::List(_) | Type::String | Type::Any => Value::plain(Type::Int),
            other => self.fault(at, format!("{} has no size here", other.word()), None),
        }
    }

    fn texts(&mut self, all: &[&IdedExpr], result: Type) -> Value {
        for one in all {
            self.typed(one, &[Type::String], "a string");
        }
        Value::plain(result)
    }

    fn matches(&mut self, text: &IdedExpr, pattern: &IdedExpr) -> Value {
        self.texts(&[text], Type::Bool);
        match literal(pattern) {
            Some(pattern_text) => {
                if let Err(error) = regex::Regex::new(&pattern_text) {
                    let last = error.to_string().lines().last().unwrap_or("").trim_start_matches("error: ").to_owned();
                    self.fault(pattern, format!("this is not a regular expression: {last}"), None);
                }
            }
            None => drop(self.fault(
                pattern,
                "a regular expression must be written out",
                Some("use `wildcard` for patterns from parameters".into()),
            )),
        }
        Value::plain(Type::Bool)
    }

    fn get(&mut self, map: &IdedExpr, key: &IdedExpr) -> Value {
        self.typed(key, &[Type::String], "a string");
        let value = self.value(map);
        match self.need(map, &value) {
            Type::Open(member) => Value { nullable: true, ..Value::fact(&member, value.place) },
            Type::Any => Value::any(),
            other => {
                self.fault(map, format!("`get` reads open maps, not {}", other.word()), Some("write the fact's name after a dot".into()))
            }
        }
    }

    fn find(&mut self, kind: &IdedExpr, id: &IdedExpr) -> Value {
        self.typed(id, &[Type::String], "a string");
        let from = self.value(id).place.filter(|place| place.via.is_none()).map(|place| (place.kind, place.path));
        let Some(name) = literal(kind) else {
            return self.fault(kind, "the kind must be written out", Some("write it in quotes".into()));
        };
        let Some(facts) = self.shapes.kind(&name).cloned() else {
            let hint = suggestion(&name, self.shapes.names());
            return self.fault(kind, format!("unknown kind `{name}`"), hint);
        };
        self.found.reads.finds.insert(name.clone());
        self.found.reads.facts.entry(name.clone()).or_default();
        let whole = Member { shape: crate::catalog::shape::Shape::Object(facts), nullable: true, fact: false };
        Value::fact(&whole, Some(Place { via: Some(from), ..Place::root(&name) }))
    }

    fn days(&mut self, number: &IdedExpr) -> Value {
        self.typed(number, &[Type::Int], "an integer");
        Value::plain(Type::Duration)
    }

    /// A literal argument is evaluated here and now.
    fn literal_argument(&mut self, at: &IdedExpr, text: &IdedExpr, ty: Type, hint: &str) -> Value {
        let Some(value) = literal(text) else {
            let value = self.value(text);
            let already = value.ty == ty;
            let words = if already { format!("this is {} already", ty.word()) } else { format!("{} must be written out", ty.word()) };
            return self.fault(text, words, Some(if already { "use it as it is".into() } else { hint.to_owned() }));
        };
        let name = if ty == Type::Duration { "duration" } else { "timestamp" };
        let quoted = serde_json::Value::String(value).to_string();
        let valid =
            env().compile(&format!("{name}({quoted})")).is_ok_and(|program| program.execute(&cel::Context::with_env(env())).is_ok());
        if !valid {
            return self.fault(at, format!("this is not {}", ty.word()), Some(hint.to_owned()));
        }
        Value::plain(ty)
    }

    fn convert(&mut self, at: &IdedExpr, value: &IdedExpr, ty: Type) -> Value {
        let found = self.value(value);
        let from = self.need(value, &found);
        let fine = match ty {
            Type::Double => from.number(),
            _ => matches!(from, Type::Bool | Type::Int | Type::Double | Type::String | Type::Timestamp | Type::Any),
        };
        if fine { Value::plain(ty) } else { self.fault(at, format!("{} cannot become {}", from.word(), ty.word()), None) }
    }

    fn parts(&mut self, at: &IdedExpr, span: &IdedExpr) -> Value {
        let value = self.value(span);
        match self.need(span, &value) {
            Type::Duration | Type::Any => Value::plain(Type::Int),
            other => {
                let hint = "subtract one instant from another first";
                self.fault(at, format!("this asks {} for its length", other.word()), Some(hint.into()))
            }
        }
    }
}

/// The text of a string literal.
fn literal(expression: &IdedExpr) -> Option<String> {
    match &expression.expr {
        Expr::Literal(LiteralValue::String(text)) => Some(text.inner().to_owned()),
        _ => None,
    }
}
