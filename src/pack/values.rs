//! Facts and parameters as people read them.

use serde_json::Value;

use super::text::cut;

/// The key under which a verdict's unreadable fact carries its reason.
const GAP: &str = "gap";

/// A value in words: text as it is, `null` as "not set", lists and maps as compact JSON, an unreadable one with its reason.
pub fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "not set".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        other => match gap(other) {
            Some(reason) => format!("could not be seen: {}", reason.replace('_', " ")),
            None => other.to_string(),
        },
    }
}

/// A value as it stands in expressions: text in quotes, `null`, `true`.
pub fn exact(value: &Value) -> String {
    match gap(value) {
        Some(reason) => format!("could not be seen: {}", reason.replace('_', " ")),
        None => value.to_string(),
    }
}

/// The reason of an unreadable fact.
pub fn gap(value: &Value) -> Option<&str> {
    let map = value.as_object().filter(|map| map.len() == 1)?;
    map.get(GAP)?.as_str()
}

/// A value in words, at most `limit` characters of it.
pub fn shown_cut(value: &Value, limit: usize) -> String {
    cut(&shown(value), limit).into_owned()
}

/// An expression broken before its outermost `&&` and `||`, so that it reads as a list of conditions.
pub fn readable(expression: &str) -> String {
    let text = expression.split_whitespace().collect::<Vec<_>>();
    if text.is_empty() || expression.contains('\n') || expression.chars().count() <= 72 {
        return expression.trim().to_owned();
    }
    let mut out = String::with_capacity(expression.len() + 16);
    let (mut depth, mut quote, mut escaped) = (0_i32, None, false);
    let chars = expression.trim().char_indices().peekable();
    let source = expression.trim();
    for (at, c) in chars {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '\'' || c == '"' => quote = Some(c),
            None if matches!(c, '(' | '[' | '{') => depth += 1,
            None if matches!(c, ')' | ']' | '}') => depth -= 1,
            None if depth == 0 && (source[at..].starts_with("&& ") || source[at..].starts_with("|| ")) => {
                out.truncate(out.trim_end_matches(' ').len());
                out.push_str("\n  ");
            }
            None => {}
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_read_as_words() {
        assert_eq!([shown(&json!(null)), shown(&json!(true)), shown(&json!("x")), shown(&json!(5))], ["not set", "yes", "x", "5"]);
        assert_eq!(shown(&json!({"gap": "not_recorded"})), "could not be seen: not recorded");
        assert_eq!(shown(&json!(["a", null])), r#"["a",null]"#);
        assert_eq!(exact(&json!("null")), r#""null""#);
    }

    #[test]
    fn long_expressions_break_at_their_outermost_operators_only() {
        let long = "resource.protocol_type == \"A && B\" && (resource.aaaaaaaaaaaaaa || resource.bbbbbbbbbbb) || resource.c";
        assert_eq!(
            readable(long),
            "resource.protocol_type == \"A && B\"\n  && (resource.aaaaaaaaaaaaaa || resource.bbbbbbbbbbb)\n  || resource.c"
        );
        assert_eq!(readable("a && b"), "a && b");
    }
}
