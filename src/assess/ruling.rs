//! One control on one resource: the verdict, why, and what it rests on.

use std::collections::BTreeMap;
use std::sync::Arc;

use cel::Program;
use serde_json::{Value, json};

use super::engine::{Engine, Failure, Params};
use super::index::Index;
use super::log::{Observed, Touched};
use crate::catalog::expression;
use crate::collect::CallNote;
use crate::model::control::Judge;
use crate::model::gap::Gaps;
use crate::model::verdict::Why;
use crate::model::{CallId, Gap, GapId, Instant, Outcome, Reason};

/// Of more gaps than this the reason names how many there are.
const NAMED_GAPS: usize = 5;

/// A judge, ready to run.
#[derive(Debug)]
pub struct Compiled {
    when: Option<Arc<Program>>,
    test: Arc<Program>,
    columns: Vec<Arc<Program>>,
    params: Params,
}

impl Compiled {
    /// Compiles a judge of a checked catalogue.
    ///
    /// # Errors
    /// With the parser's words for an expression that the catalogue should have refused.
    pub fn new(judge: &Judge, params: &BTreeMap<String, Value>) -> Result<Self, String> {
        let compile = |text: &str| expression::parse(text).map_err(|error| format!("`{text}`: {error}"));
        Ok(Compiled {
            when: judge.when.as_deref().map(compile).transpose()?,
            test: compile(judge.test.expression())?,
            columns: judge.columns.iter().map(|(_, text)| compile(text)).collect::<Result<_, _>>()?,
            params: Params::new(params),
        })
    }
}

/// What rulings need to know of the run.
#[derive(Debug)]
pub struct Ground<'a> {
    /// Gaps of the collection.
    pub gaps: &'a Gaps,
    /// Gaps of searches.
    pub index: Arc<Index>,
    /// Calls of the collection.
    pub calls: &'a BTreeMap<CallId, CallNote>,
    /// Why a verdict that read `as_of` cannot stand, where that is so.
    pub stale: Option<String>,
}

impl Ground<'_> {
    /// The gap behind an id.
    pub fn gap(&self, id: &GapId) -> Option<Gap> {
        self.gaps.get(id).cloned().or_else(|| self.index.noted(id))
    }

    /// When a call was answered.
    pub fn answered(&self, call: CallId) -> Option<Instant> {
        self.calls.get(&call).map(|note| note.received)
    }

    fn observed(&self, touched: &Touched) -> Observed {
        touched.observed(&|id| self.gap(id), &|call| self.answered(call))
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// The verdict.
    pub outcome: Outcome,
    /// Why, where the expression alone does not say it.
    pub why: Option<Why>,
    /// What it rests on.
    pub observed: Observed,
}

/// Judges the engine's resource.
pub fn rule(engine: &mut Engine<'_>, judge: &Compiled, ground: &Ground<'_>) -> Ruling {
    engine.params(&judge.params);
    drop(engine.log().take());
    let selected = judge.when.as_ref().map_or(Ok(true), |when| engine.test(when));
    let tested = match selected {
        Ok(true) => engine.test(&judge.test).map(Some),
        Ok(false) => Ok(None),
        Err(failure) => Err(failure),
    };
    let touched = engine.log().take();
    let observed = ground.observed(&touched);
    let (outcome, why) = match tested {
        Ok(_) if touched.as_of && ground.stale.is_some() => {
            (Outcome::Indeterminate, ground.stale.as_ref().map(|detail| Why::gap(Reason::Stale, detail)))
        }
        Ok(Some(true)) => (Outcome::Pass, None),
        Ok(Some(false)) => (Outcome::Fail, None),
        Ok(None) => (Outcome::NotApplicable, Some(not_selected(&observed))),
        Err(Failure::Gap(gap)) => (Outcome::Indeterminate, Some(gap_reason(&gap, &touched, ground))),
        Err(Failure::Error(error)) => (Outcome::Indeterminate, Some(Why::gap(Reason::ControlError, error))),
    };
    Ruling { outcome, why, observed }
}

/// The columns' values of the engine's resource, and what they rest on. An unreadable one is `{"gap": reason}`.
pub fn show(engine: &mut Engine<'_>, judge: &Compiled, ground: &Ground<'_>) -> (Vec<Value>, Observed) {
    drop(engine.log().take());
    let columns = judge.columns.iter().map(|column| match engine.column(column) {
        Ok(value) => value,
        Err(Failure::Gap(gap)) => json!({ "gap": ground.gap(&gap).map_or(Reason::Failed, |gap| gap.reason).as_str() }),
        Err(Failure::Error(error)) => json!({ "error": error }),
    });
    let columns = columns.collect();
    (columns, ground.observed(&engine.log().take()))
}

/// A resource that another account owns says so by the fact `inherited_from`, and one that no stage serves by an empty `stage_names`, if
/// the control asked for it.
fn not_selected(observed: &Observed) -> Why {
    let seen = |fact: &str| observed.values.get(fact);
    match (seen("inherited_from"), seen("stage_names")) {
        (Some(Value::String(account)), _) => {
            Why { code: "inherited".into(), detail: format!("inherited from {account}, where it is judged") }
        }
        (_, Some(Value::Array(stages))) if stages.is_empty() => {
            Why { code: "not_deployed".into(), detail: "not deployed: the API has no stage that would serve it".into() }
        }
        _ => Why { code: "not_selected".into(), detail: "the control does not speak about this resource".into() },
    }
}

/// The reason of an indeterminate verdict: all gaps met, the gravest first.
fn gap_reason(final_gap: &GapId, touched: &Touched, ground: &Ground<'_>) -> Why {
    let mut met: Vec<(Gap, String)> = touched.gaps().into_iter().filter_map(|(id, path)| Some((ground.gap(id)?, path))).collect();
    met.sort_by(|a, b| (a.0.reason, &a.0, &a.1).cmp(&(b.0.reason, &b.0, &b.1)));
    let Some((first, _)) = met.first() else {
        return Why::gap(Reason::Failed, format!("gap `{}` was met that nothing noted", final_gap.0));
    };
    let reason = first.reason;
    let mut words: Vec<String> = met
        .iter()
        .take(NAMED_GAPS)
        .map(|(gap, path)| format!("`{path}` could not be read: {}", gap.detail.trim_end_matches('.')))
        .collect();
    if met.len() > NAMED_GAPS {
        words.push(format!("{NAMED_GAPS} of {} gaps named", met.len()));
    }
    Why::gap(reason, words.join("; "))
}
