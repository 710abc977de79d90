//! Where values come from and where expressions stand: paths of facts, canonical texts, and places in the source.

use std::ops::Range;

use cel::common::ast::{Expr, IdedExpr, SourceInfo};

/// A path of facts in a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Kind.
    pub kind: String,
    /// Path; empty for the whole resource.
    pub path: String,
    /// Where the resource was reached by `find`, whose fact holds its id, where a fact does: kind and path. `None` for the judged
    /// resource itself.
    pub via: Option<Option<(String, String)>>,
}

impl Place {
    pub(super) fn root(kind: &str) -> Self {
        Place { kind: kind.to_owned(), path: String::new(), via: None }
    }

    pub(super) fn field(&self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Place { path, ..self.clone() }
    }

    pub(super) fn element(&self) -> Self {
        Place { path: format!("{}[]", self.path), ..self.clone() }
    }
}

/// A text that is the same for expressions that mean the same; `variable` gives each bound variable a name of its own.
pub(super) fn canonical(expression: &IdedExpr, variable: &dyn Fn(&str) -> String) -> String {
    let all = |list: &[IdedExpr]| list.iter().map(|one| canonical(one, variable)).collect::<Vec<_>>().join(",");
    match &expression.expr {
        Expr::Ident(name) => variable(name),
        Expr::Literal(literal) => format!("{literal:?}"),
        Expr::Select(select) => format!("{}.{}", canonical(&select.operand, variable), select.field),
        Expr::Call(call) => {
            let target = call.target.as_ref().map(|target| canonical(target, variable)).unwrap_or_default();
            format!("{target}.{}({})", call.func_name, all(&call.args))
        }
        Expr::List(list) => format!("[{}]", all(&list.elements)),
        _ => format!("?{}", expression.id),
    }
}

/// The bytes of an expression in the source.
pub(super) fn span(expression: &IdedExpr, source: &SourceInfo) -> Range<usize> {
    let text: Vec<char> = source.source.chars().collect();
    let range = characters(expression, source, &text).unwrap_or(0..0);
    byte_at(&source.source, range.start)..byte_at(&source.source, range.end)
}

/// The characters that an expression and all its parts cover. CEL notes the dot of a selection and the bracket of a call.
fn characters(expression: &IdedExpr, source: &SourceInfo, text: &[char]) -> Option<Range<usize>> {
    let own = source.offset_for(expression.id).map(|(start, stop)| start as usize..stop as usize + 1);
    let join = |one: Option<Range<usize>>, part: &IdedExpr| match (one, characters(part, source, text)) {
        (Some(one), Some(two)) => Some(one.start.min(two.start)..one.end.max(two.end)),
        (one, two) => one.or(two),
    };
    match &expression.expr {
        Expr::Select(select) if select.test => call(own, "has", &[&select.operand], text, &join),
        Expr::Select(select) => {
            let field = own.map(|own| own.start..own.start + 1 + select.field.chars().count());
            join(field, &select.operand)
        }
        Expr::Call(inner) if inner.func_name.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            let parts: Vec<&IdedExpr> = inner.target.as_deref().into_iter().chain(&inner.args).collect();
            let name = if inner.target.is_none() { inner.func_name.as_str() } else { "" };
            call(own, name, &parts, text, &join)
        }
        Expr::Call(inner) if inner.func_name == "_[_]" => call(own, "", &inner.args.iter().collect::<Vec<_>>(), text, &join),
        Expr::Call(inner) => inner.target.as_deref().into_iter().chain(&inner.args).fold(own, join),
        Expr::List(list) => call(own, "", &list.elements.iter().collect::<Vec<_>>(), text, &join),
        Expr::Comprehension(inner) => call(own, "", &[&inner.iter_range, &inner.loop_step], text, &join),
        _ => own,
    }
}

/// Widens a range by that of a part.
type Join<'a> = dyn Fn(Option<Range<usize>>, &IdedExpr) -> Option<Range<usize>> + 'a;

/// A call from its name, which stands before the bracket, to the closing bracket.
fn call(own: Option<Range<usize>>, name: &str, parts: &[&IdedExpr], text: &[char], join: &Join<'_>) -> Option<Range<usize>> {
    let own = own.map(|own| own.start.saturating_sub(name.chars().count())..own.end);
    let range = parts.iter().fold(own, |range, part| join(range, part))?;
    let after = text.get(range.end..).unwrap_or(&[]);
    let blanks = after.iter().take_while(|c| c.is_whitespace()).count();
    let closes = matches!(after.get(blanks), Some(')' | ']'));
    Some(range.start..if closes { range.end + blanks + 1 } else { range.end })
}

/// The byte at which a character begins.
pub(super) fn byte_at(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}
