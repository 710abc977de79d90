//! Runs one control on facts given by hand: for examples, for authors, and for the tests that take facts away.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::engine::{AsOf, Engine};
use super::index::{Index, KnownAccount};
use super::log::{Document, Log};
use super::node::Node;
use super::ruling::{Compiled, Ground, rule, show};
use crate::catalog::shape::Shapes;
use crate::model::control::{Control, Example};
use crate::model::fact::GAP_KEY;
use crate::model::gap::Gaps;
use crate::model::verdict::Why;
use crate::model::{Gap, Instant, KindScope, Outcome, Partition, Place, Reason, Resource, ResourceKey};

/// The account in which trials play. An id that names another one is `other_account`.
pub const ACCOUNT: &str = "111122223333";

/// The instant of trials that give none.
const NOON: &str = "2026-01-31T12:00:00Z";

/// What a trial came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The verdict.
    pub outcome: Outcome,
    /// Why, where the expression alone does not say it.
    pub why: Option<Why>,
    /// The facts read.
    pub observed: BTreeMap<String, Value>,
    /// The columns' values.
    pub shown: Vec<Value>,
}

impl Tried {
    /// Whether the control itself failed.
    pub fn control_error(&self) -> Option<&str> {
        self.why.as_ref().filter(|why| why.code == Reason::ControlError.as_str()).map(|why| why.detail.as_str())
    }

    /// The first column that failed for no gap's reason.
    pub fn column_error(&self) -> Option<&str> {
        self.shown.iter().find_map(|value| value.get("error")).and_then(Value::as_str)
    }
}

/// The facts, parameters and surroundings of a trial.
#[derive(Clone, Debug)]
pub struct Trial<'a> {
    /// The control.
    pub control: &'a Control,
    /// Which of its judges.
    pub judge: usize,
    /// Facts; `{"$gap": "denied"}` stands for one that could not be read, with any of the reasons' words.
    pub facts: Value,
    /// Parameters other than the defaults.
    pub params: &'a BTreeMap<String, Value>,
    /// Resources that `find` reaches: kind, id, facts.
    pub others: &'a [(String, String, Value)],
    /// The as-of instant.
    pub as_of: Option<Instant>,
}

impl<'a> Trial<'a> {
    /// A trial of an example, with facts of the caller's making.
    pub fn of(control: &'a Control, judge: usize, example: &'a Example, facts: Value) -> Self {
        Trial { control, judge, facts, params: &example.params, others: &example.others, as_of: example.as_of }
    }

    /// Runs it.
    ///
    /// # Errors
    /// With the parser's words for an expression that does not compile.
    pub fn run(&self, shapes: &Arc<Shapes>) -> Result<Tried, String> {
        Ok(self.run_compiled(&self.compile()?, shapes))
    }

    /// Compiles the control's expressions, for several runs.
    pub(super) fn compile(&self) -> Result<Compiled, String> {
        let mut params: BTreeMap<String, Value> =
            self.control.params.iter().map(|(name, parameter)| (name.clone(), parameter.default.clone())).collect();
        params.extend(self.params.clone());
        Compiled::new(&self.control.judges[self.judge], &params)
    }

    /// Runs it with expressions compiled before.
    pub(super) fn run_compiled(&self, compiled: &Compiled, shapes: &Arc<Shapes>) -> Tried {
        let judge = &self.control.judges[self.judge];
        let mut gaps = Gaps::default();
        let facts = real_gaps(&self.facts, &mut gaps);
        let index = Arc::new(self.index(&mut gaps));
        let calls = BTreeMap::new();
        let ground = Ground { gaps: &gaps, index: index.clone(), calls: &calls, stale: None };
        let log = Arc::new(Log::default());
        let noon = || chrono::DateTime::parse_from_rfc3339(NOON).map_or_else(|_| Instant::default(), |noon| noon.to_utc());
        let as_of = AsOf::new(self.as_of.unwrap_or_else(noon), &log);
        let mut engine = Engine::new(&as_of, &index, shapes);
        let facts = serde_json::from_value(facts).unwrap_or(Node::Null);
        let document = Arc::new(Document { label: String::new(), facts, sources: Vec::new() });
        engine.resource(&judge.resource, &place(), document);
        let ruling = rule(&mut engine, compiled, &ground);
        let (shown, _) = show(&mut engine, compiled, &ground);
        Tried { outcome: ruling.outcome, why: ruling.why, observed: ruling.observed.values, shown }
    }

    fn index(&self, gaps: &mut Gaps) -> Index {
        let account = KnownAccount { partition: Partition::Aws, entered: true };
        let mut index = Index::for_examples([(ACCOUNT.to_owned(), account)].into());
        for (kind, id, facts) in self.others {
            index.open(kind, KindScope::Regional);
            let Place { account, region } = place();
            let key = ResourceKey { account, region, kind: kind.clone(), id: id.clone() };
            index.add(Resource { key, name: id.clone(), facts: real_gaps(facts, gaps).to_string(), sources: Vec::new() });
        }
        index
    }
}

fn place() -> Place {
    Place { account: ACCOUNT.to_owned(), region: "eu-west-1".to_owned() }
}

const REASONS: [Reason; 10] = [
    Reason::Denied,
    Reason::Throttled,
    Reason::Failed,
    Reason::Truncated,
    Reason::Stale,
    Reason::NotRecorded,
    Reason::OtherAccount,
    Reason::OutOfScope,
    Reason::Disputed,
    Reason::NotManagementAccount,
];

/// Facts with the reasons' words replaced by gaps that are noted.
fn real_gaps(facts: &Value, gaps: &mut Gaps) -> Value {
    match facts {
        Value::Object(object) => match object.get(GAP_KEY).and_then(Value::as_str) {
            Some(word) if object.len() == 1 => {
                let reason = REASONS.into_iter().find(|reason| reason.as_str() == word).unwrap_or(Reason::Failed);
                let Place { account, region } = place();
                let detail = "taken away by the example".to_owned();
                let gap = Gap { account, region, service: String::new(), operation: String::new(), reason, detail, call: None };
                serde_json::json!({ GAP_KEY: gaps.note(gap).0 })
            }
            _ => Value::Object(object.iter().map(|(key, value)| (key.clone(), real_gaps(value, gaps))).collect()),
        },
        Value::Array(list) => list.iter().map(|value| real_gaps(value, gaps)).collect(),
        other => other.clone(),
    }
}
