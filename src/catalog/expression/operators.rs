//! Operators: the types of both sides, and what comes out.

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators};

use super::check::Checker;
use super::guard::is_null;
use super::types::{Type, Value};

impl Checker<'_> {
    /// Walks an operator; `None` where the call is none.
    pub(super) fn operator(&mut self, at: &IdedExpr, call: &CallExpr) -> Option<Value> {
        let value = match (call.func_name.as_str(), call.args.as_slice()) {
            (operators::LOGICAL_AND, [first, second]) => self.logical(first, second, true),
            (operators::LOGICAL_OR, [first, second]) => self.logical(first, second, false),
            (operators::LOGICAL_NOT, [only]) => {
                self.condition(only);
                Value::plain(Type::Bool)
            }
            (operators::NEGATE, [only]) => self.negate(only),
            (operators::CONDITIONAL, [condition, yes, no]) => self.conditional(at, condition, yes, no),
            (operators::EQUALS | operators::NOT_EQUALS, [first, second]) => self.equality(at, first, second),
            (operators::LESS | operators::LESS_EQUALS | operators::GREATER | operators::GREATER_EQUALS, [first, second]) => {
                self.order(at, first, second)
            }
            (operators::IN, [first, second]) => self.within(at, first, second),
            (operators::ADD | operators::SUBSTRACT | operators::MULTIPLY | operators::DIVIDE | operators::MODULO, [first, second]) => {
                self.arithmetic(at, &call.func_name, first, second)
            }
            (operators::INDEX | operators::OPT_INDEX, [list, _]) => {
                let hint = match self.value(list).ty {
                    Type::Open(_) => format!("write `get({}, …)`", self.text(list)),
                    Type::Object(_) => "write the fact's name after a dot".to_owned(),
                    _ => "ask with `all` or `exists`: a list may be shorter than the index".to_owned(),
                };
                self.fault(at, "`[…]` cannot be read safely", Some(hint))
            }
            (name, _) if name.starts_with(['_', '!', '-', '@']) => self.fault(at, "this operator cannot be used", None),
            _ => return None,
        };
        Some(value)
    }

    fn logical(&mut self, first: &IdedExpr, second: &IdedExpr, and: bool) -> Value {
        if [first, second].into_iter().any(|one| self.decided(one) == Some(!and)) {
            return Value::plain(Type::Bool);
        }
        self.condition(first);
        let value = self.under(first, and, second);
        self.need_bool(second, &value);
        Value::plain(Type::Bool)
    }

    fn negate(&mut self, only: &IdedExpr) -> Value {
        let value = self.value(only);
        let ty = self.need(only, &value);
        if ty.number() { Value::plain(ty) } else { self.fault(only, format!("`-` cannot be used with {}", ty.word()), None) }
    }

    fn conditional(&mut self, at: &IdedExpr, condition: &IdedExpr, yes: &IdedExpr, no: &IdedExpr) -> Value {
        if let Some(truth) = self.decided(condition) {
            return self.value(if truth { yes } else { no });
        }
        self.condition(condition);
        let (one, two) = (self.under(condition, true, yes), self.under(condition, false, no));
        let nullable = one.nullable || two.nullable;
        let elements_nullable = one.elements_nullable || two.elements_nullable;
        let ty = match (one.ty, two.ty) {
            (Type::Null, ty) | (ty, Type::Null) | (Type::Any, ty) => ty,
            (ty, other) if ty == other || other == Type::Any => ty,
            (Type::List(first), Type::List(second)) if *first == Type::Any || *second == Type::Any => {
                Type::List(if *first == Type::Any { second } else { first })
            }
            (ty, other) => return self.fault(at, format!("one branch is {}, the other {}", ty.word(), other.word()), None),
        };
        Value { ty, nullable, elements_nullable, place: None }
    }

    fn equality(&mut self, at: &IdedExpr, first: &IdedExpr, second: &IdedExpr) -> Value {
        let (one, two) = (self.value(first), self.value(second));
        if !is_null(first) && !is_null(second) {
            let (one, two) = (self.need(first, &one), self.need(second, &two));
            self.meet(at, &one, &two);
        }
        Value::plain(Type::Bool)
    }

    /// Reports two types of which no values are ever equal.
    fn meet(&mut self, at: &IdedExpr, one: &Type, two: &Type) {
        if one.meets(two) {
            return;
        }
        let hint = match (one, two) {
            (Type::Timestamp, _) | (_, Type::Timestamp) => Some("write an instant as `timestamp(\"2026-01-31T08:00:00Z\")`".to_owned()),
            (Type::Object(_) | Type::Open(_), _) | (_, Type::Object(_) | Type::Open(_)) => Some("compare its facts one by one".to_owned()),
            _ => None,
        };
        self.fault(at, format!("{} is compared with {}", one.word(), two.word()), hint);
    }

    fn order(&mut self, at: &IdedExpr, first: &IdedExpr, second: &IdedExpr) -> Value {
        let (one, two) = (self.value(first), self.value(second));
        let (one, two) = (self.need(first, &one), self.need(second, &two));
        if !one.meets(&two) {
            self.meet(at, &one, &two);
        } else if matches!(one, Type::Bool | Type::List(_)) {
            self.fault(at, format!("{} has no order", one.word()), None);
        }
        Value::plain(Type::Bool)
    }

    fn within(&mut self, at: &IdedExpr, first: &IdedExpr, second: &IdedExpr) -> Value {
        let (one, two) = (self.value(first), self.value(second));
        let (one, list) = (self.need(first, &one), self.need(second, &two));
        match list {
            Type::List(element) => self.meet(at, &one, &element),
            Type::Open(_) => {
                let hint = format!("write `get({}, {}) != null`", self.text(second), self.text(first));
                self.fault(at, "an open map is read by key", Some(hint));
            }
            Type::Any => {}
            other => {
                let hint = (other == Type::String).then(|| "write `text.contains(part)`".to_owned());
                self.fault(second, format!("`in` needs a list, not {}", other.word()), hint);
            }
        }
        Value::plain(Type::Bool)
    }

    fn arithmetic(&mut self, at: &IdedExpr, operator: &str, first: &IdedExpr, second: &IdedExpr) -> Value {
        let (one, two) = (self.value(first), self.value(second));
        let (one, two) = (self.need(first, &one), self.need(second, &two));
        if matches!(operator, operators::DIVIDE | operators::MODULO) && !nonzero(second) {
            let hint = "write the divisor as a number";
            return self.fault(second, "this divisor may be zero", Some(hint.into()));
        }
        let ty = match (operator, &one, &two) {
            (_, Type::Any, _) | (_, _, Type::Any) => Type::Any,
            (operators::MODULO, Type::Int, Type::Int) => Type::Int,
            (_, Type::Int, Type::Int) => Type::Int,
            (operators::ADD | operators::SUBSTRACT | operators::MULTIPLY | operators::DIVIDE, Type::Double, Type::Double) => Type::Double,
            (operators::ADD, Type::String, Type::String) => Type::String,
            (operators::ADD, Type::List(a), Type::List(b)) if a.meets(b) => one.clone(),
            (operators::ADD, Type::Timestamp, Type::Duration) | (operators::ADD, Type::Duration, Type::Timestamp) => Type::Timestamp,
            (operators::SUBSTRACT, Type::Timestamp, Type::Duration) => Type::Timestamp,
            (operators::SUBSTRACT, Type::Timestamp, Type::Timestamp) => Type::Duration,
            (operators::ADD | operators::SUBSTRACT, Type::Duration, Type::Duration) => Type::Duration,
            _ => {
                let sign = operator.trim_matches('_');
                let hint = (one.number() && two.number()).then(|| "write both as integers or both as floats (`1.0`)".to_owned());
                return self.fault(at, format!("`{sign}` cannot be used between {} and {}", one.word(), two.word()), hint);
            }
        };
        Value::plain(ty)
    }
}

fn nonzero(divisor: &IdedExpr) -> bool {
    match &divisor.expr {
        Expr::Literal(LiteralValue::Int(number)) => *number.inner() != 0,
        Expr::Literal(LiteralValue::Double(number)) => *number.inner() != 0.0,
        _ => false,
    }
}
