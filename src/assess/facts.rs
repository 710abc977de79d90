//! Facts as CEL sees them: a value that looks a fact up when an expression touches it. A gap comes out as an error that CEL
//! passes on unchanged, also through `in`, `all` and `exists`; `true || error` is `true`, as promised.

use std::collections::BTreeMap;
use std::sync::Arc;

use cel::ExecutionError;
use cel::common::traits::Indexer;
use cel::common::types::{CelBool, CelDouble, CelInt, CelList, CelNull, CelString, CelTimestamp, DYN_TYPE, Type};
use cel::common::value::{CowVal, StaticVal, Val};

use super::log::{Document, Log};
use super::node::Node;
use crate::catalog::shape::{Member, Shape};
use crate::model::GapId;
use crate::model::fact::escape_key;

/// The name under which a gap travels through CEL as an error.
const GAP: &str = "gap";

/// The error that carries a gap.
pub fn gap_error(gap: &GapId) -> ExecutionError {
    ExecutionError::function_error(GAP, &gap.0)
}

/// The gap that an error carries, if it carries one.
pub fn gap_of(error: &ExecutionError) -> Option<GapId> {
    match error {
        ExecutionError::FunctionError { function, message } if function == GAP => Some(GapId(message.clone())),
        _ => None,
    }
}

/// Whether the keys are facts' names or come from AWS.
#[derive(Clone, Debug)]
enum Keys {
    Facts(Arc<BTreeMap<String, Member>>),
    Open(Arc<Member>),
}

/// A group of facts, or an open map.
#[derive(Clone, Debug)]
pub struct Facts {
    map: Arc<BTreeMap<String, Node>>,
    keys: Keys,
    document: Arc<Document>,
    path: Arc<str>,
    /// Parameters are values too, but not observations.
    log: Option<Arc<Log>>,
}

impl Facts {
    /// The whole of a document. Facts that are not an object have no facts.
    pub fn root(document: Arc<Document>, shape: Arc<BTreeMap<String, Member>>, log: Option<Arc<Log>>) -> Self {
        let map = match &document.facts {
            Node::Map(map) => map.clone(),
            _ => Arc::default(),
        };
        Facts { map, keys: Keys::Facts(shape), document, path: "".into(), log }
    }

    fn path_of(&self, name: &str) -> Arc<str> {
        if self.path.is_empty() { name.into() } else { format!("{}.{name}", self.path).into() }
    }

    fn fact(&self, name: &str) -> Result<Box<dyn Val>, ExecutionError> {
        let path = self.path_of(name);
        let missing = || ExecutionError::no_such_key(&path);
        let Keys::Facts(shape) = &self.keys else { return Err(missing()) };
        let (Some(member), Some(node)) = (shape.get(name), self.map.get(name)) else { return Err(missing()) };
        self.bind(node, &member.shape, &path)
    }

    /// The value of an open map's key; null where the known map lacks it.
    pub fn open(&self, key: &str) -> Result<Box<dyn Val>, ExecutionError> {
        let Keys::Open(member) = &self.keys else {
            return Err(ExecutionError::function_error("get", "this is not an open map"));
        };
        let path: Arc<str> = format!("{}[{key:?}]", self.path).into();
        let node = self.map.get(escape_key(key).as_ref()).unwrap_or(&Node::Null);
        self.bind(node, &member.shape, &path)
    }

    fn note(&self, path: &Arc<str>, node: &Node) {
        if let Some(log) = &self.log {
            log.read(&self.document, path, node);
        }
    }

    fn gap(&self, path: &Arc<str>, gap: &GapId) -> ExecutionError {
        if let Some(log) = &self.log {
            log.gap(&self.document, path, gap);
        }
        gap_error(gap)
    }

    /// A node as a value of the shape it must have.
    fn bind(&self, node: &Node, shape: &Shape, path: &Arc<str>) -> Result<Box<dyn Val>, ExecutionError> {
        let value: Box<dyn Val> = match (node, shape) {
            (Node::Gap(gap), _) => return Err(self.gap(path, gap)),
            (Node::Null, _) => Box::new(CelNull),
            (Node::Map(map), Shape::Object(facts)) => return Ok(self.inner(map, Keys::Facts(facts.clone()), path)),
            (Node::Map(map), Shape::Open(member)) => return Ok(self.inner(map, Keys::Open(member.clone()), path)),
            (Node::List(list), Shape::List(member)) => self.list(list, member, path)?,
            (Node::Bool(flag), Shape::Bool) => Box::new(CelBool::from(*flag)),
            (Node::Int(number), Shape::Int) => Box::new(CelInt::from(*number)),
            (Node::Int(number), Shape::Double) => Box::new(CelDouble::from(*number as f64)),
            (Node::Double(number), Shape::Double) => Box::new(CelDouble::from(*number)),
            (Node::Text(text), Shape::String) => Box::new(CelString::from(text.to_string())),
            (Node::Text(text), Shape::Timestamp) => match chrono::DateTime::parse_from_rfc3339(text) {
                Ok(instant) => Box::new(CelTimestamp::from(instant)),
                Err(_) => return Err(unexpected(path)),
            },
            _ => return Err(unexpected(path)),
        };
        self.note(path, node);
        Ok(value)
    }

    fn inner(&self, map: &Arc<BTreeMap<String, Node>>, keys: Keys, path: &Arc<str>) -> Box<dyn Val> {
        Box::new(Facts { map: map.clone(), keys, document: self.document.clone(), path: path.clone(), log: self.log.clone() })
    }

    /// A list is known as a whole or not at all: an element that is a gap makes the list one.
    fn list(&self, list: &[Node], member: &Member, path: &Arc<str>) -> Result<Box<dyn Val>, ExecutionError> {
        let mut values: Vec<Box<dyn Val>> = Vec::with_capacity(list.len());
        for (index, node) in list.iter().enumerate() {
            values.push(match (node, &member.shape) {
                (Node::Gap(gap), _) => return Err(self.gap(path, gap)),
                (Node::Map(map), Shape::Object(facts)) => self.inner(map, Keys::Facts(facts.clone()), &format!("{path}[{index}]").into()),
                (Node::List(_), shape) => self.bind(node, shape, &format!("{path}[{index}]").into())?,
                (node, shape) => {
                    let silent = Facts { log: None, ..self.clone() };
                    silent.bind(node, shape, path)?
                }
            });
        }
        Ok(Box::new(CelList::from(values)))
    }
}

/// A fact that is not what its schema says: a fault of ours, never a verdict.
fn unexpected(path: &str) -> ExecutionError {
    ExecutionError::function_error("facts", format!("fact `{path}` is not what its schema says"))
}

impl Val for Facts {
    fn get_type(&self) -> &Type {
        &DYN_TYPE
    }

    fn cel_type() -> &'static Type {
        &DYN_TYPE
    }

    fn as_indexer<'b, 'v>(&'b self) -> Option<&'b (dyn Indexer + 'v)>
    where
        Self: 'v,
    {
        Some(self)
    }

    fn into_indexer<'v>(self: Box<Self>) -> Option<Box<dyn Indexer + 'v>>
    where
        Self: 'v,
    {
        Some(self)
    }

    fn clone_as_boxed<'v>(&self) -> Box<dyn Val + 'v>
    where
        Self: 'v,
    {
        Box::new(self.clone())
    }

    fn as_any(&self) -> Option<&dyn std::any::Any> {
        Some(self)
    }
}

impl StaticVal for Facts {}

impl Indexer for Facts {
    fn get<'b, 'v>(&'b self, index: &dyn Val) -> Result<CowVal<'b, 'v>, ExecutionError>
    where
        Self: 'v,
    {
        let name = index.downcast_ref::<CelString<'_>>().ok_or_else(|| ExecutionError::no_such_key("a key that is no string"))?;
        self.fact(name.inner()).map(CowVal::Owned)
    }

    fn steal<'v>(self: Box<Self>, index: &dyn Val) -> Result<Box<dyn Val + 'v>, ExecutionError>
    where
        Self: 'v,
    {
        let name = index.downcast_ref::<CelString<'_>>().ok_or_else(|| ExecutionError::no_such_key("a key that is no string"))?;
        let value: Box<dyn Val> = self.fact(name.inner())?;
        Ok(value)
    }
}
