//! The language of [`Operation::required`](crate::aws::operation::Operation::required): paths to members, with the form of
//! what stands there.

use super::node::Node;

/// Requires that a member is there, in its form, wherever the lists on its path have an element.
pub(super) fn require(root: &Node, path: &str) -> Result<(), String> {
    let (steps, form) = path.split_once(':').unwrap_or((path, ""));
    walk(root, steps, form, path)
}

/// One step of a path.
struct Step<'p> {
    name: &'p str,
    optional: bool,
    list: bool,
}

impl<'p> Step<'p> {
    fn parse(step: &'p str) -> Self {
        let (name, list) = step.strip_suffix("[]").map_or((step, false), |name| (name, true));
        let (name, optional) = name.strip_suffix('?').map_or((name, false), |name| (name, true));
        Step { name, optional, list }
    }
}

fn walk(node: &Node, steps: &str, form: &str, path: &str) -> Result<(), String> {
    if steps.is_empty() {
        return if has_form(node, form) { Ok(()) } else { Err(format!("`{path}` is {}", node.word())) };
    }
    let (step, rest) = steps.split_once('.').unwrap_or((steps, ""));
    let step = Step::parse(step);
    if let Node::Element(members) = node
        && step.list
    {
        // An XML list is its elements; that the list is there was the step before.
        let Some(nodes) = members.get(step.name) else { return Err(format!("`{path}` stands among other elements")) };
        return nodes.iter().try_for_each(|node| walk(node, rest, form, path));
    }
    if step.name == "*" {
        let Node::Object(members) = node else { return Err(format!("`{path}` stands in {}, not in a map", node.word())) };
        return members.values().try_for_each(|node| walk(node, rest, form, path));
    }
    if step.list && is_empty_element(node) {
        return Ok(());
    }
    let mut found = step.name.split('|').filter_map(|name| node.child(name)).filter(|node| **node != Node::Null).peekable();
    if found.peek().is_none() {
        return if step.optional { Ok(()) } else { Err(format!("`{path}` is missing")) };
    }
    found.try_for_each(|node| match node {
        Node::List(nodes) if step.list => nodes.iter().try_for_each(|node| walk(node, rest, form, path)),
        _ if step.list => Err(format!("`{}` is {}, not a list", step.name, node.word())),
        _ => walk(node, rest, form, path),
    })
}

/// `<Users/>`, or one with nothing but white space: an empty list.
fn is_empty_element(node: &Node) -> bool {
    matches!(node, Node::Leaf(text) if text.trim().is_empty())
}

fn has_form(node: &Node, form: &str) -> bool {
    let text = node.text();
    let leaf = if let Node::Leaf(text) = node { Some(text.as_str()) } else { None };
    match form {
        "" => *node != Node::Null,
        "string" => text.is_some(),
        "text" => text.is_some_and(|text| !text.trim().is_empty()),
        "arn" => text.is_some_and(is_arn),
        "date" => matches!(node, Node::Number(_)) || text.is_some_and(is_date),
        "int" => matches!(node, Node::Number(true)) || leaf.is_some_and(|text| text.parse::<i64>().is_ok()),
        "number" => matches!(node, Node::Number(_)),
        "bool" => matches!(node, Node::Bool) || matches!(leaf, Some("true" | "false")),
        "list" => matches!(node, Node::List(_)),
        "object" => matches!(node, Node::Object(_) | Node::Element(_)),
        _ => false,
    }
}

/// `arn:partition:service:region:account:resource`, of which Region and account may be empty.
fn is_arn(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    matches!(parts[..], ["arn", partition, service, _, _, resource] if ![partition, service, resource].contains(&""))
}

fn is_date(text: &str) -> bool {
    chrono::DateTime::parse_from_rfc3339(text).is_ok()
}
