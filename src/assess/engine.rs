//! Runs one expression on one resource. The functions here are those that `catalog::expression` lets expressions call.

use std::sync::{Arc, Mutex, PoisonError};

use cel::common::types::{CelBool, CelDuration, CelInt, CelNull, CelString, CelTimestamp};
use cel::common::value::{CowVal, Val};
use cel::context::VariableResolver;
use cel::{Context, ExecutionError, FunctionContext, Program};

use super::facts::{Facts, gap_error, gap_of};
use super::index::{Found, Index};
use super::log::{Document, Log};
use super::node::Node;
use super::waiver::matches as wildcard;
use crate::catalog::expression;
use crate::catalog::shape::{Member, Shape, Shapes};
use crate::model::{GapId, Instant, Place};
use crate::policy::cidr_within;

/// The type that `cel` wants of functions that return values of our own.
type Function = Box<dyn for<'c, 'v> Fn(&mut FunctionContext<'c, 'v>) -> Result<CowVal<'c, 'v>, ExecutionError> + Send + Sync>;

/// Why an expression yielded nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A gap.
    Gap(GapId),
    /// Anything that no gap explains.
    Error(String),
}

/// `as_of`, handed out on demand so that reading it is noted.
pub struct AsOf {
    value: CelTimestamp,
    log: Arc<Log>,
}

impl AsOf {
    /// For a worker that writes to `log`.
    pub fn new(as_of: Instant, log: &Arc<Log>) -> Self {
        AsOf { value: CelTimestamp::from(as_of.fixed_offset()), log: log.clone() }
    }
}

impl VariableResolver for AsOf {
    fn resolve<'b>(&'b self, variable: &str) -> Option<CowVal<'b, 'b>> {
        (variable == "as_of").then(|| {
            self.log.as_of();
            CowVal::Borrowed(&self.value as &dyn Val)
        })
    }
}

/// What one worker evaluates with.
pub struct Engine<'r> {
    context: Context<'r, 'r>,
    shapes: Arc<Shapes>,
    asking: Arc<Mutex<Place>>,
    log: Arc<Log>,
}

impl<'r> Engine<'r> {
    /// An engine that notes what it reads in the log of `as_of`.
    pub fn new(as_of: &'r AsOf, index: &Arc<Index>, shapes: &Arc<Shapes>) -> Self {
        let mut context = Context::with_env(expression::env());
        context.set_variable_resolver(as_of);
        let log = as_of.log.clone();
        let asking = Arc::new(Mutex::new(Place { account: String::new(), region: String::new() }));
        let functions: [(&str, Function); 5] = [
            ("get", Box::new(get)),
            ("days", Box::new(days)),
            ("wildcard", Box::new(like)),
            ("cidr_within", Box::new(within)),
            ("find", find_function(index, shapes, &log, &asking)),
        ];
        for (name, function) in functions {
            // Fails only for a name of the standard library, which a test of every function excludes.
            let added = context.add_function(name, function);
            debug_assert!(added.is_ok(), "{name}");
        }
        Engine { context, shapes: shapes.clone(), asking, log }
    }

    /// The log.
    pub fn log(&self) -> &Arc<Log> {
        &self.log
    }

    /// Makes a resource the one that expressions speak about.
    pub fn resource(&mut self, kind: &str, place: &Place, document: Arc<Document>) {
        *self.asking.lock().unwrap_or_else(PoisonError::into_inner) = place.clone();
        let shape = self.shapes.kind(kind).cloned().unwrap_or_default();
        self.context.add_variable_as_val("resource", Box::new(Facts::root(document, shape, Some(self.log.clone()))));
    }

    /// Sets the parameters.
    pub fn params(&mut self, params: &Params) {
        self.context.add_variable_as_val("params", Box::new(params.0.clone()));
    }

    /// Evaluates a test.
    pub fn test(&self, program: &Program) -> Result<bool, Failure> {
        match cel::Value::resolve_val(program.expression(), &self.context) {
            Ok(value) => match value.downcast_ref::<CelBool>() {
                Some(flag) => Ok(*flag.inner()),
                None => Err(Failure::Error(format!("the expression yields {}, not a boolean", value.get_type().name()))),
            },
            Err(error) => Err(failure(&error)),
        }
    }

    /// Evaluates a column.
    pub fn column(&self, program: &Program) -> Result<serde_json::Value, Failure> {
        let value = program.execute(&self.context).map_err(|error| failure(&error))?;
        json(&value)
    }
}

fn failure(error: &ExecutionError) -> Failure {
    gap_of(error).map_or_else(|| Failure::Error(error.to_string()), Failure::Gap)
}

/// A column's value as JSON, with instants as AWS writes them.
fn json(value: &cel::Value) -> Result<serde_json::Value, Failure> {
    match value {
        cel::Value::Timestamp(instant) => Ok(instant.to_utc().to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true).into()),
        cel::Value::List(list) => list.iter().map(json).collect(),
        other => other.json().map_err(|error| Failure::Error(error.to_string())),
    }
}

/// Parameters, ready to be bound.
#[derive(Clone, Debug)]
pub struct Params(Facts);

impl Params {
    /// From resolved values.
    pub fn new(values: &std::collections::BTreeMap<String, serde_json::Value>) -> Self {
        let shape = values.iter().map(|(name, value)| (name.clone(), member(value))).collect();
        let facts = serde_json::from_value(values.iter().map(|(name, value)| (name.clone(), value.clone())).collect());
        let document = Document { label: "params".into(), facts: facts.unwrap_or(Node::Null), sources: Vec::new() };
        Params(Facts::root(Arc::new(document), Arc::new(shape), None))
    }
}

fn member(value: &serde_json::Value) -> Member {
    let shape = match value {
        serde_json::Value::Bool(_) => Shape::Bool,
        serde_json::Value::Number(number) if number.is_f64() => Shape::Double,
        serde_json::Value::Number(_) => Shape::Int,
        serde_json::Value::Array(list) => Shape::List(Arc::new(list.first().map_or_else(|| member(&"".into()), member))),
        _ => Shape::String,
    };
    Member { shape, nullable: false, fact: false }
}

fn text<'b>(value: Option<&'b CowVal<'_, '_>>) -> Result<&'b str, ExecutionError> {
    let value = value.ok_or_else(ExecutionError::missing_argument_or_target)?;
    let text = value.downcast_ref::<CelString<'_>>();
    text.map(CelString::inner).ok_or_else(|| ExecutionError::function_error("argument", "this is not a string"))
}

/// `get(map, key)`.
fn get<'c, 'v>(call: &mut FunctionContext<'c, 'v>) -> Result<CowVal<'c, 'v>, ExecutionError> {
    let key = text(call.args.get(1))?;
    let map = call.args.first().and_then(|map| map.downcast_ref::<Facts>());
    let map = map.ok_or_else(|| ExecutionError::function_error("get", "this is not an open map"))?;
    let value: Box<dyn Val> = map.open(key)?;
    Ok(CowVal::Owned(value))
}

/// `days(n)`.
fn days<'c, 'v>(call: &mut FunctionContext<'c, 'v>) -> Result<CowVal<'c, 'v>, ExecutionError> {
    let number = call.args.first().and_then(|number| number.downcast_ref::<CelInt>());
    let number = *number.ok_or_else(|| ExecutionError::function_error("days", "this is not an integer"))?.inner();
    let span = chrono::Duration::try_days(number).filter(|span| span.num_days().abs() <= expression::LONGEST_DAYS);
    let span = span.ok_or_else(|| ExecutionError::function_error("days", "that is too long"))?;
    Ok(CowVal::owned(CelDuration::from(span)))
}

/// `wildcard(pattern, text)`.
fn like<'c, 'v>(call: &mut FunctionContext<'c, 'v>) -> Result<CowVal<'c, 'v>, ExecutionError> {
    let found = wildcard(text(call.args.first())?, text(call.args.get(1))?);
    Ok(CowVal::owned(CelBool::from(found)))
}

/// `cidr_within(block, network)`.
fn within<'c, 'v>(call: &mut FunctionContext<'c, 'v>) -> Result<CowVal<'c, 'v>, ExecutionError> {
    let (block, network) = (text(call.args.first())?, text(call.args.get(1))?);
    let wrong = || ExecutionError::function_error("cidr_within", format!("`{block}` or `{network}` is no CIDR block"));
    cidr_within(block, network).map(|found| CowVal::owned(CelBool::from(found))).ok_or_else(wrong)
}

/// `find(kind, id)`.
fn find_function(index: &Arc<Index>, shapes: &Arc<Shapes>, log: &Arc<Log>, asking: &Arc<Mutex<Place>>) -> Function {
    let (index, shapes, log, asking) = (index.clone(), shapes.clone(), log.clone(), asking.clone());
    Box::new(move |call| {
        let (kind, id) = (text(call.args.first())?, text(call.args.get(1))?);
        let place = asking.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let label = || format!("find({kind}, {id})");
        match index.find(kind, id, &place) {
            Found::Resource(document) => {
                let shape = shapes.kind(kind).cloned().unwrap_or_default();
                Ok(CowVal::owned(Facts::root(document, shape, Some(log.clone()))))
            }
            Found::Nothing(calls) => {
                log.nothing(label(), calls);
                Ok(CowVal::owned(CelNull))
            }
            Found::Gap(gap) => {
                let document = Document { label: label(), facts: Node::Null, sources: Vec::new() };
                log.gap(&Arc::new(document), &"".into(), &gap);
                Err(gap_error(&gap))
            }
        }
    })
}
