//! Facts as a tree that many values share: parsed once for each resource, with gaps as nodes of their own so that nothing can
//! take one for data.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::model::GapId;
use crate::model::fact::GAP_KEY;

/// A fact, a group of facts, or the gap that stands in its place.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Known to be unset.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Double(f64),
    /// Text, also that of an instant.
    Text(Arc<str>),
    /// A list.
    List(Arc<[Node]>),
    /// Named facts, or an open map with its keys as they stand in facts.
    Map(Arc<BTreeMap<String, Node>>),
    /// Could not be read.
    Gap(GapId),
}

impl Node {
    /// The node as JSON; a gap as its marker.
    pub fn json(&self) -> Value {
        match self {
            Node::Null => Value::Null,
            Node::Bool(flag) => (*flag).into(),
            Node::Int(number) => (*number).into(),
            Node::Double(number) => (*number).into(),
            Node::Text(text) => Value::String(text.to_string()),
            Node::List(list) => list.iter().map(Node::json).collect(),
            Node::Map(map) => Value::Object(map.iter().map(|(key, node)| (key.clone(), node.json())).collect()),
            Node::Gap(gap) => serde_json::json!({ GAP_KEY: gap.0 }),
        }
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
        f.write_str("facts")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Int(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(i64::try_from(number).map_or(Node::Double(number as f64), Node::Int))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Double(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut list = Vec::with_capacity(access.size_hint().unwrap_or(0));
        while let Some(node) = access.next_element()? {
            list.push(node);
        }
        Ok(Node::List(list.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((key, node)) = access.next_entry::<String, Node>()? {
            map.insert(key, node);
        }
        match map.get(GAP_KEY) {
            Some(Node::Text(gap)) if map.len() == 1 => Ok(Node::Gap(GapId(gap.to_string()))),
            _ => Ok(Node::Map(Arc::new(map))),
        }
    }
}
