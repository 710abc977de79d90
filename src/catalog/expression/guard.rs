//! Null guards: what a condition proves not to be null. `x != null && …`, `x == null || …` and `x == null ? … : …` guard `x`
//! for what follows.

use std::collections::BTreeSet;

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators};

use super::place::canonical;

/// Canonical texts of the expressions that are not null if `condition` is `truth`.
pub(super) fn proven(condition: &IdedExpr, truth: bool, variable: &dyn Fn(&str) -> String) -> BTreeSet<String> {
    let Expr::Call(call) = &condition.expr else { return BTreeSet::new() };
    let [first, rest @ ..] = call.args.as_slice() else { return BTreeSet::new() };
    match (call.func_name.as_str(), rest) {
        (operators::LOGICAL_NOT, []) => proven(first, !truth, variable),
        (operators::EQUALS, [second]) if !truth => null_operand(first, second, variable),
        (operators::NOT_EQUALS, [second]) if truth => null_operand(first, second, variable),
        (operators::LOGICAL_AND, [second]) => both(first, second, truth, true, variable),
        (operators::LOGICAL_OR, [second]) => both(first, second, truth, false, variable),
        _ => BTreeSet::new(),
    }
}

/// `&&` that is true and `||` that is false prove what either side does; otherwise only what both do.
fn both(first: &IdedExpr, second: &IdedExpr, truth: bool, all: bool, variable: &dyn Fn(&str) -> String) -> BTreeSet<String> {
    let (mut one, two) = (proven(first, truth, variable), proven(second, truth, variable));
    if truth == all {
        one.extend(two);
        one
    } else {
        one.intersection(&two).cloned().collect()
    }
}

fn null_operand(first: &IdedExpr, second: &IdedExpr, variable: &dyn Fn(&str) -> String) -> BTreeSet<String> {
    match (is_null(first), is_null(second)) {
        (false, true) => [canonical(first, variable)].into(),
        (true, false) => [canonical(second, variable)].into(),
        _ => BTreeSet::new(),
    }
}

/// Whether an expression is the literal `null`.
pub(super) fn is_null(expression: &IdedExpr) -> bool {
    matches!(expression.expr, Expr::Literal(LiteralValue::Null))
}

/// The loops that CEL's macros unfold to.
pub(super) enum Loop<'a> {
    /// `all`, `exists`, `exists_one`: the condition.
    Test(&'a IdedExpr),
    /// `filter`: the condition.
    Filter(&'a IdedExpr),
    /// `map`: the condition, if it has one, and the value.
    Map(Option<&'a IdedExpr>, &'a IdedExpr),
}

/// Recognises a loop by its step over the accumulator.
pub(super) fn recognise<'a>(step: &'a IdedExpr, accumulator: &str, variable: &str) -> Option<Loop<'a>> {
    let Expr::Call(call) = &step.expr else { return None };
    let accu = |one: &IdedExpr| matches!(&one.expr, Expr::Ident(name) if name == accumulator);
    match (call.func_name.as_str(), call.args.as_slice()) {
        (operators::LOGICAL_AND | operators::LOGICAL_OR, [first, body]) if accu(first) => Some(Loop::Test(body)),
        (operators::CONDITIONAL, [condition, add, last]) if accu(last) => {
            let Expr::Call(add) = &add.expr else { return None };
            Some(match added(add, &accu)? {
                None => Loop::Test(condition),
                Some(value) if matches!(&value.expr, Expr::Ident(name) if name == variable) => Loop::Filter(condition),
                Some(value) => Loop::Map(Some(condition), value),
            })
        }
        (operators::ADD, _) => added(call, &accu).flatten().map(|value| Loop::Map(None, value)),
        _ => None,
    }
}

/// The element of `accumulator + [element]`, or `None` inside for `accumulator + 1`.
fn added<'a>(add: &'a CallExpr, accu: &dyn Fn(&IdedExpr) -> bool) -> Option<Option<&'a IdedExpr>> {
    match add.args.as_slice() {
        [first, second] if accu(first) && add.func_name == operators::ADD => match &second.expr {
            Expr::List(list) => list.elements.first().map(Some),
            Expr::Literal(_) => Some(None),
            _ => None,
        },
        _ => None,
    }
}
