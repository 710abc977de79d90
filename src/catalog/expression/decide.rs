//! What parameters decide alone, before any fact is read: then what they switch off needs not be collected.

use cel::common::ast::{Expr, IdedExpr};
use cel::{Context, Value as Cel};
use serde_json::Value as Json;

use super::check::Checker;
use super::env;

impl Checker<'_> {
    /// What a condition on parameters alone comes to, where their values are known.
    pub(super) fn decided(&self, condition: &IdedExpr) -> Option<bool> {
        let values = self.values?;
        if !reads_parameters_alone(condition) {
            return None;
        }
        let mut context = Context::with_env(env());
        let params: std::collections::HashMap<String, Cel> = values.iter().map(|(name, value)| (name.clone(), cel_of(value))).collect();
        context.add_variable_from_value("params", params);
        match Cel::resolve(condition, &context) {
            Ok(Cel::Bool(truth)) => Some(truth),
            _ => None,
        }
    }
}

/// Whether an expression has no other name in it than `params`. One without any is none: nobody writes it to switch something.
fn reads_parameters_alone(expression: &IdedExpr) -> bool {
    fn alone(expression: &IdedExpr, named: &mut bool) -> bool {
        match &expression.expr {
            Expr::Ident(name) => {
                *named = true;
                name == "params"
            }
            Expr::Literal(_) => true,
            Expr::Select(select) => !select.test && alone(&select.operand, named),
            Expr::Call(call) => call.target.iter().map(|target| &**target).chain(&call.args).all(|part| alone(part, named)),
            Expr::List(list) => list.elements.iter().all(|part| alone(part, named)),
            _ => false,
        }
    }
    let mut named = false;
    alone(expression, &mut named) && named
}

fn cel_of(value: &Json) -> Cel {
    match value {
        Json::Null => Cel::Null,
        Json::Bool(truth) => Cel::Bool(*truth),
        Json::Number(number) => number.as_i64().map(Cel::Int).or_else(|| number.as_f64().map(Cel::Float)).unwrap_or(Cel::Null),
        Json::String(text) => Cel::String(text.clone().into()),
        Json::Array(list) => Cel::List(list.iter().map(cel_of).collect::<Vec<_>>().into()),
        Json::Object(_) => Cel::Null,
    }
}
