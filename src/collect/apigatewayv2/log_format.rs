//! Which `$context` variables an access log format references.

use std::collections::BTreeSet;

/// All `$context` variables of a format, sorted and once each: `$context.identity.sourceIp`. Text that only begins like one
/// (`$context`, `$context.`) is none.
pub fn context_variables(format: &str) -> Vec<String> {
    const MARK: &str = "$context.";
    let mut found = BTreeSet::new();
    let mut rest = format;
    while let Some(start) = rest.find(MARK) {
        let after = &rest[start + MARK.len()..];
        let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))).unwrap_or(after.len());
        let name = after[..end].trim_end_matches(['.', '-']);
        if !name.is_empty() && !name.starts_with('.') {
            found.insert(format!("{MARK}{name}"));
        }
        rest = &after[end..];
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::context_variables;

    #[test]
    fn variables_are_found_in_every_documented_format() {
        let cases = [
            (r#"{"id":"$context.requestId","ip":"$context.identity.sourceIp"}"#, "$context.identity.sourceIp $context.requestId"),
            (
                "$context.identity.sourceIp - - [$context.requestTime] \"$context.httpMethod\"",
                "$context.httpMethod $context.identity.sourceIp $context.requestTime",
            ),
            ("<request id=\"$context.requestId\"/> $context.requestId", "$context.requestId"),
            ("$context.requestId,$context.status", "$context.requestId $context.status"),
            ("$context.authorizer.claims.custom_id.", "$context.authorizer.claims.custom_id"),
            ("$context.error.message-$context.integrationErrorMessage", "$context.error.message $context.integrationErrorMessage"),
            ("$context $context. $contextual.x $stageVariables.y $context..", ""),
            ("", ""),
        ];
        for (format, expected) in cases {
            assert_eq!(context_variables(format).join(" "), expected, "{format}");
        }
    }
}
