//! The policy document as written: elements, statements, principals. It judges nothing.
//!
//! What the policy grammar does not know (an unknown element, a duplicate key, a wrong type) is kept as the statement's
//! or the document's *trouble*. A troubled part may grant anything and may deny anything, so it can never produce `No`
//! for "is this open" nor `Yes` for "is this closed".

use super::answer::Shown;
use super::condition::{self, Condition};
use super::json::Node;
use super::source::{self, PolicyError};

/// A parsed policy document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Whether policy variables are substituted (`Version` 2012-10-17).
    pub variables: bool,
    /// The statements in order.
    pub statements: Vec<Statement>,
    /// What could not be understood outside the statements.
    pub trouble: Option<String>,
}

/// `Allow` or `Deny`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Lets in what no `Deny` forbids.
    Allow,
    /// Forbids, whatever an `Allow` says.
    Deny,
}

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Where it stands, for citing.
    pub shown: Shown,
    /// `None` where `Effect` is missing or neither word.
    pub effect: Option<Effect>,
    /// `Action` or `NotAction`.
    pub actions: Option<Listing>,
    /// `Resource` or `NotResource`; role trust policies have none.
    pub resources: Option<Listing>,
    /// `Principal` or `NotPrincipal`; identity policies have none.
    pub principals: Option<Principals>,
    /// All conditions; each must hold.
    pub conditions: Vec<Condition>,
    /// What could not be understood in this statement.
    pub trouble: Option<String>,
}

/// A list of patterns, or of the patterns left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Whether it was the `Not…` element.
    pub negated: bool,
    /// The patterns as written.
    pub values: Vec<String>,
}

/// The principals a statement names, or leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principals {
    /// Whether it was `NotPrincipal`.
    pub negated: bool,
    /// Kind and identifier of each.
    pub entries: Vec<(PrincipalKind, String)>,
}

/// The key under which a principal is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrincipalKind {
    /// The bare string `*`.
    Anyone,
    /// `AWS`.
    Aws,
    /// `Service`.
    Service,
    /// `Federated`.
    Federated,
    /// `CanonicalUser`.
    CanonicalUser,
}

impl Document {
    /// Reads a policy document: plain JSON, percent-encoded JSON, or JSON wrapped in a JSON string with or without its quotes.
    ///
    /// # Errors
    /// Only where there is no JSON object in the text; everything stranger inside it becomes `trouble`.
    pub fn parse(text: &str) -> Result<Document, PolicyError> {
        Ok(read_document(source::read(text)?))
    }
}

fn read_document(entries: Vec<(String, Node)>) -> Document {
    let mut document = Document { variables: false, statements: Vec::new(), trouble: duplicate(&entries) };
    let mut stated = false;
    for (key, node) in entries {
        match (key.as_str(), node) {
            ("Version", Node::Text(version)) if version == "2012-10-17" => document.variables = true,
            ("Version", Node::Text(version)) if version == "2008-10-17" => {}
            ("Id", Node::Text(_)) => {}
            ("Statement", node) => {
                stated = true;
                read_statements(node, &mut document);
            }
            (other, _) => note(&mut document.trouble, format!("element `{other}` is unknown or has an unknown value")),
        }
    }
    if !stated {
        note(&mut document.trouble, "the document has no `Statement`".to_owned());
    }
    document
}

fn read_statements(node: Node, document: &mut Document) {
    let nodes = match node {
        Node::List(nodes) => nodes,
        Node::Map(_) => vec![node],
        other => return note(&mut document.trouble, format!("`Statement` is {}", other.kind())),
    };
    for node in nodes {
        let index = document.statements.len();
        document.statements.push(read_statement(index, node));
    }
}

fn read_statement(index: usize, node: Node) -> Statement {
    let mut statement = Statement {
        shown: Shown { statement: index, sid: None },
        effect: None,
        actions: None,
        resources: None,
        principals: None,
        conditions: Vec::new(),
        trouble: None,
    };
    let Node::Map(entries) = node else {
        statement.trouble = Some(format!("the statement is {}", node.kind()));
        return statement;
    };
    let twice = duplicate(&entries);
    for (key, node) in entries {
        if let Err(why) = read_element(&mut statement, &key, node) {
            note(&mut statement.trouble, why);
        }
    }
    if let Some(why) = twice {
        statement.effect = None;
        note(&mut statement.trouble, why);
    }
    if statement.effect.is_none() && statement.trouble.is_none() {
        note(&mut statement.trouble, "`Effect` is missing or neither `Allow` nor `Deny`".to_owned());
    }
    if statement.actions.is_none() {
        note(&mut statement.trouble, "the statement has neither `Action` nor `NotAction`".to_owned());
    }
    statement
}

fn read_element(statement: &mut Statement, key: &str, node: Node) -> Result<(), String> {
    match key {
        "Sid" => statement.shown.sid = Some(text(key, node)?),
        "Effect" => {
            statement.effect = match text(key, node)?.as_str() {
                "Allow" => Some(Effect::Allow),
                "Deny" => Some(Effect::Deny),
                other => return Err(format!("`Effect` is `{other}`")),
            }
        }
        "Action" | "NotAction" => set_once(&mut statement.actions, key, listing(key, node)?)?,
        "Resource" | "NotResource" => set_once(&mut statement.resources, key, listing(key, node)?)?,
        "Principal" | "NotPrincipal" => set_once(&mut statement.principals, key, principals(key, node)?)?,
        "Condition" => statement.conditions = condition::read(node)?,
        other => return Err(format!("element `{other}` is unknown")),
    }
    Ok(())
}

fn set_once<T>(slot: &mut Option<T>, key: &str, value: T) -> Result<(), String> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(format!("`{key}` stands beside its own negation or twice")),
    }
}

fn text(key: &str, node: Node) -> Result<String, String> {
    match node {
        Node::Text(text) => Ok(text),
        other => Err(format!("`{key}` is {}", other.kind())),
    }
}

fn texts(key: &str, node: Node) -> Result<Vec<String>, String> {
    match node {
        Node::List(nodes) => nodes.into_iter().map(|node| text(key, node)).collect(),
        node => Ok(vec![text(key, node)?]),
    }
}

fn listing(key: &str, node: Node) -> Result<Listing, String> {
    Ok(Listing { negated: key.starts_with("Not"), values: texts(key, node)? })
}

fn principals(key: &str, node: Node) -> Result<Principals, String> {
    let negated = key.starts_with("Not");
    let map = match node {
        Node::Text(star) if star == "*" => {
            return Ok(Principals { negated, entries: vec![(PrincipalKind::Anyone, star)] });
        }
        Node::Map(map) => map,
        Node::Text(other) => return Err(format!("`{key}` is the string `{other}`")),
        other => return Err(format!("`{key}` is {}", other.kind())),
    };
    if let Some(why) = duplicate(&map) {
        return Err(why);
    }
    let mut entries = Vec::new();
    for (name, node) in map {
        let kind = match name.as_str() {
            "AWS" => PrincipalKind::Aws,
            "Service" => PrincipalKind::Service,
            "Federated" => PrincipalKind::Federated,
            "CanonicalUser" => PrincipalKind::CanonicalUser,
            other => return Err(format!("principal kind `{other}` is unknown")),
        };
        entries.extend(texts(&name, node)?.into_iter().map(|id| (kind, id)));
    }
    match entries.is_empty() {
        true => Err(format!("`{key}` names nobody")),
        false => Ok(Principals { negated, entries }),
    }
}

/// Reports the first key that stands twice; which of the two counts is not defined.
pub(super) fn duplicate(entries: &[(String, Node)]) -> Option<String> {
    let mut seen = std::collections::BTreeSet::new();
    entries.iter().find(|(key, _)| !seen.insert(key)).map(|(key, _)| format!("key `{key}` stands twice"))
}

fn note(trouble: &mut Option<String>, why: String) {
    match trouble {
        None => *trouble = Some(why),
        Some(first) => {
            first.push_str("; ");
            first.push_str(&why);
        }
    }
}
