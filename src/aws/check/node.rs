//! A body as a tree, JSON, CBOR or XML alike, parsed strictly to its end. Small and short-lived: it serves the body check only.

use std::collections::BTreeMap;
use std::fmt;

use crate::recording::cbor::{self, Cbor};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// Deepest nesting of elements; JSON has the same limit from `serde_json`.
const DEEPEST: usize = 128;

/// A value of a body.
#[derive(Debug, PartialEq)]
pub(super) enum Node {
    Null,
    Bool,
    /// A JSON number; whether it is whole.
    Number(bool),
    /// A JSON string.
    Text(String),
    /// The text of an element without elements.
    Leaf(String),
    List(Vec<Node>),
    /// A JSON object: each name has one value.
    Object(BTreeMap<String, Node>),
    /// An element with elements: a name may repeat.
    Element(BTreeMap<String, Vec<Node>>),
}

impl Node {
    /// What it is, for messages.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Bool => "a boolean",
            Node::Number(_) => "a number",
            Node::Text(text) | Node::Leaf(text) if text.is_empty() => "empty",
            Node::Text(_) | Node::Leaf(_) => "a text",
            Node::List(_) => "a list",
            Node::Object(_) => "an object",
            Node::Element(_) => "an element with elements",
        }
    }

    /// The member of this name, the first where it repeats.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        match self {
            Node::Object(members) => members.get(name),
            Node::Element(members) => members.get(name).and_then(|nodes| nodes.first()),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) | Node::Leaf(text) => Some(text),
            _ => None,
        }
    }

    /// Refuses elements that stand more than once beside each other, except those of lists.
    pub(super) fn refuse_repeated(&self, lists: &[&str]) -> Result<(), String> {
        let Node::Element(members) = self else { return Ok(()) };
        for (name, nodes) in members {
            if nodes.len() > 1 && !lists.contains(&name.as_str()) {
                return Err(format!("the element `{}` stands {} times in one place", super::short(name), nodes.len()));
            }
            nodes.iter().try_for_each(|node| node.refuse_repeated(lists))?;
        }
        Ok(())
    }
}

/// Parses JSON to its end; a name that repeats within an object is refused.
pub(super) fn json(body: &[u8]) -> Result<Node, String> {
    serde_json::from_slice(body).map_err(|error| format!("the body is not whole JSON: {error}"))
}

/// Parses CBOR to its end. An instant counts as the number it holds.
pub(super) fn cbor(body: &[u8]) -> Result<Node, String> {
    cbor::parse(body).map(of_cbor)
}

fn of_cbor(value: Cbor) -> Node {
    match value {
        Cbor::Null => Node::Null,
        Cbor::Bool(_) => Node::Bool,
        Cbor::Int(_) => Node::Number(true),
        Cbor::Float(_) => Node::Number(false),
        Cbor::Text(text) => Node::Text(text),
        Cbor::Bytes(bytes) => Node::Text(String::from_utf8_lossy(&bytes).into_owned()),
        Cbor::List(items) => Node::List(items.into_iter().map(of_cbor).collect()),
        Cbor::Map(members) => Node::Object(members.into_iter().map(|(name, value)| (name, of_cbor(value))).collect()),
        Cbor::Tag(_, inner) => of_cbor(*inner),
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Bool)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Number(true))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Number(true))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Number(false))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element()? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((name, node)) = map.next_entry::<String, Node>()? {
            if members.insert(name.clone(), node).is_some() {
                return Err(A::Error::custom(format!("the member `{}` stands twice in one object", super::short(&name))));
            }
        }
        Ok(Node::Object(members))
    }
}

/// An element whose end has not come yet.
#[derive(Default)]
struct Open {
    name: String,
    text: String,
    members: BTreeMap<String, Vec<Node>>,
}

impl Open {
    fn close(self) -> Result<(String, Node), String> {
        if self.members.is_empty() {
            return Ok((self.name, Node::Leaf(self.text)));
        }
        if !self.text.trim().is_empty() {
            return Err(format!("the element `{}` mixes text and elements", super::short(&self.name)));
        }
        Ok((self.name, Node::Element(self.members)))
    }
}

/// Parses XML to its end: the root's local name, and the root. Namespaces are ignored; a document type is refused.
pub(super) fn xml(body: &[u8]) -> Result<(String, Node), String> {
    let text = std::str::from_utf8(body).map_err(|_| "the body is not UTF-8")?;
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event().map_err(|error| format!("the body is not whole XML: {error}"))?;
        match event {
            Event::Start(start) => {
                well_formed_attributes(&start)?;
                begin(&mut open, root.is_some(), start.local_name().as_ref().to_owned())?;
            }
            Event::Empty(start) => {
                well_formed_attributes(&start)?;
                begin(&mut open, root.is_some(), start.local_name().as_ref().to_owned())?;
                end(&mut open, &mut root)?;
            }
            Event::End(_) => end(&mut open, &mut root)?,
            Event::Text(text) => append(&mut open, &text)?,
            Event::CData(data) => append(&mut open, &data)?,
            Event::GeneralRef(reference) => append(&mut open, &resolve(&reference)?)?,
            Event::DocType(_) => return Err("the body declares a document type, which AWS's answers do not".to_owned()),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if let Some(element) = open.last() {
        return Err(format!("the body ends within the element `{}`", super::short(&element.name)));
    }
    root.ok_or_else(|| "the body holds no element".to_owned())
}

fn well_formed_attributes(start: &quick_xml::events::BytesStart<'_>) -> Result<(), String> {
    start.attributes().try_for_each(|attribute| attribute.map(drop).map_err(|error| format!("the body is not whole XML: {error}")))
}

fn begin(open: &mut Vec<Open>, ended: bool, name: String) -> Result<(), String> {
    if ended {
        return Err(format!("after the root element comes another, `{}`", super::short(&name)));
    }
    if open.len() >= DEEPEST {
        return Err(format!("elements nest deeper than {DEEPEST}"));
    }
    open.push(Open { name, ..Open::default() });
    Ok(())
}

fn end(open: &mut Vec<Open>, root: &mut Option<(String, Node)>) -> Result<(), String> {
    // The reader checks that an end has its start; an end without one is its error, not a panic here.
    let Some(element) = open.pop() else { return Err("an element ends that did not begin".to_owned()) };
    let (name, node) = element.close()?;
    match open.last_mut() {
        Some(parent) => parent.members.entry(name).or_default().push(node),
        None => *root = Some((name, node)),
    }
    Ok(())
}

fn append(open: &mut [Open], text: &str) -> Result<(), String> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err("text stands outside the root element".to_owned()),
    }
    Ok(())
}

fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> Result<String, String> {
    if let Some(character) = reference.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(character.to_string());
    }
    let name: &str = reference;
    quick_xml::escape::resolve_predefined_entity(name)
        .map(str::to_owned)
        .ok_or_else(|| format!("the entity `&{};` is not one of XML's own", super::short(name)))
}
