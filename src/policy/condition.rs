//! Conditions as written: operator, key, values. What they achieve is judged in `stranger.rs` and `identity.rs`.

use super::document::duplicate;
use super::json::Node;

/// One operator on one key with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The operator, taken apart.
    pub operator: Operator,
    /// The key in lower case: condition keys are not case-sensitive.
    pub key: String,
    /// The values as written; for a positive operator one match suffices.
    pub values: Vec<String>,
    /// How it stood in the document, for people.
    pub written: String,
}

/// A condition operator, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    /// `ForAnyValue:` or `ForAllValues:`.
    pub quantifier: Quantifier,
    /// What is compared, and how.
    pub test: Test,
    /// Whether it is a `…Not…` operator: true where nothing matches, and where the key is absent.
    pub negated: bool,
    /// The `…IfExists` suffix: true where the key is absent.
    pub if_exists: bool,
}

/// The set prefix of an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// No prefix.
    Plain,
    /// `ForAnyValue:`, false where the key is absent.
    Any,
    /// `ForAllValues:`, true where the key is absent.
    All,
}

/// The comparison behind an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// `StringEquals`, `StringEqualsIgnoreCase`: wildcards are plain characters.
    Equals,
    /// `StringLike`: `*` and `?` are wildcards.
    Like,
    /// `ArnEquals`, `ArnLike`: both know wildcards.
    Arn,
    /// `IpAddress`.
    Ip,
    /// `Bool`.
    Bool,
    /// `Null`.
    Null,
    /// `Numeric…`.
    Numeric,
    /// `Date…`.
    Date,
    /// `BinaryEquals`.
    Binary,
    /// Anything else.
    Unknown,
}

impl Operator {
    /// Takes an operator's name apart.
    pub fn parse(name: &str) -> Operator {
        let (quantifier, rest) = if let Some(rest) = name.strip_prefix("ForAnyValue:") {
            (Quantifier::Any, rest)
        } else if let Some(rest) = name.strip_prefix("ForAllValues:") {
            (Quantifier::All, rest)
        } else {
            (Quantifier::Plain, name)
        };
        let (base, if_exists) = match rest.strip_suffix("IfExists") {
            Some("Null") | None => (rest, false),
            Some(base) => (base, true),
        };
        let (test, negated) = test(base);
        Operator { quantifier, test, negated, if_exists }
    }

    /// Tells whether the condition holds where the request does not bear the key.
    pub fn holds_when_absent(self) -> bool {
        match self.quantifier {
            Quantifier::All => true,
            Quantifier::Any => self.if_exists,
            Quantifier::Plain => self.if_exists || self.negated,
        }
    }
}

fn test(base: &str) -> (Test, bool) {
    match base {
        "StringEquals" | "StringEqualsIgnoreCase" => (Test::Equals, false),
        "StringNotEquals" | "StringNotEqualsIgnoreCase" => (Test::Equals, true),
        "StringLike" => (Test::Like, false),
        "StringNotLike" => (Test::Like, true),
        "ArnEquals" | "ArnLike" => (Test::Arn, false),
        "ArnNotEquals" | "ArnNotLike" => (Test::Arn, true),
        "IpAddress" => (Test::Ip, false),
        "NotIpAddress" => (Test::Ip, true),
        "Bool" => (Test::Bool, false),
        "Null" => (Test::Null, false),
        "BinaryEquals" => (Test::Binary, false),
        "NumericEquals" | "NumericLessThan" | "NumericLessThanEquals" | "NumericGreaterThan" | "NumericGreaterThanEquals" => {
            (Test::Numeric, false)
        }
        "NumericNotEquals" => (Test::Numeric, true),
        "DateEquals" | "DateLessThan" | "DateLessThanEquals" | "DateGreaterThan" | "DateGreaterThanEquals" => (Test::Date, false),
        "DateNotEquals" => (Test::Date, true),
        _ => (Test::Unknown, false),
    }
}

/// Reads a `Condition` element.
pub(super) fn read(node: Node) -> Result<Vec<Condition>, String> {
    let Node::Map(operators) = node else {
        return Err(format!("`Condition` is {}", node.kind()));
    };
    refuse_duplicate(&operators)?;
    let mut conditions = Vec::new();
    for (name, node) in operators {
        let Node::Map(keys) = node else {
            return Err(format!("condition operator `{name}` holds {}", node.kind()));
        };
        let folded: Vec<_> = keys.iter().map(|(key, _)| (key.to_lowercase(), Node::Null)).collect();
        refuse_duplicate(&folded)?;
        for (key, node) in keys {
            conditions.push(read_one(&name, &key, node)?);
        }
    }
    Ok(conditions)
}

fn refuse_duplicate(entries: &[(String, Node)]) -> Result<(), String> {
    duplicate(entries).map_or(Ok(()), Err)
}

fn read_one(name: &str, key: &str, node: Node) -> Result<Condition, String> {
    let values = match node {
        Node::List(nodes) => nodes.into_iter().map(|node| value(key, node)).collect::<Result<Vec<_>, _>>()?,
        node => vec![value(key, node)?],
    };
    let written = format!("{name} {key} {}", values.join(", "));
    Ok(Condition { operator: Operator::parse(name), key: key.to_lowercase(), values, written })
}

fn value(key: &str, node: Node) -> Result<String, String> {
    match node {
        Node::Text(text) | Node::Number(text) => Ok(text),
        Node::Bool(truth) => Ok(truth.to_string()),
        other => Err(format!("condition key `{key}` has {} as value", other.kind())),
    }
}
