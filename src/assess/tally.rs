//! What is counted while verdicts are made: by account for results, by unit for `at_least_one`. Workers count for themselves;
//! the sums do not depend on who judged what.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::log::Observed;
use super::ruling::Ruling;
use crate::model::assessment::Counts;
use crate::model::verdict::Why;
use crate::model::{Outcome, ResourceKey, Verdict};

/// Of the candidates of a unit without witness at most this many stand in `observed`.
const CANDIDATES: usize = 10;

/// Verdicts of one run in one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountTally {
    /// By outcome.
    pub counts: Counts,
    /// Indeterminate ones by reason.
    pub reasons: BTreeMap<String, u64>,
}

impl AccountTally {
    /// Counts one verdict.
    pub fn add(&mut self, outcome: Outcome, why: Option<&Why>) {
        self.counts.add(outcome);
        if outcome == Outcome::Indeterminate {
            *self.reasons.entry(why.map_or_else(String::new, |why| why.code.clone())).or_default() += 1;
        }
    }

    /// Adds another's numbers.
    pub fn merge(&mut self, other: &AccountTally) {
        self.counts.merge(&other.counts);
        for (reason, number) in &other.reasons {
            *self.reasons.entry(reason.clone()).or_default() += number;
        }
    }

    /// All verdicts.
    pub fn total(&self) -> u64 {
        self.counts.pass + self.counts.fail + self.counts.not_applicable + self.counts.indeterminate
    }
}

/// A satisfying resource with the verdict that names it.
#[derive(Clone, Debug)]
pub struct Witness {
    /// Which; the smallest one of all is taken.
    pub key: ResourceKey,
    /// The verdict.
    pub verdict: Verdict,
    /// The columns.
    pub shown: Vec<Value>,
}

/// What is known of a unit that needs a witness.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// The witness, if any.
    pub witness: Option<Witness>,
    /// Resources that the control speaks about, or may.
    pub candidates: u64,
    /// The first candidate that could not be decided, with the reason.
    pub undecided: Option<(ResourceKey, Why)>,
    /// Facts of the first candidates.
    seen: BTreeMap<ResourceKey, BTreeMap<String, Value>>,
    /// What all candidates rest on.
    pub ground: Observed,
}

impl Unit {
    /// Counts a resource that is no witness.
    pub fn add(&mut self, key: &ResourceKey, ruling: Ruling) {
        self.ground.add_calls(&ruling.observed);
        if ruling.outcome == Outcome::NotApplicable {
            return;
        }
        self.candidates += 1;
        if let (Outcome::Indeterminate, Some(why)) = (ruling.outcome, ruling.why)
            && self.undecided.as_ref().is_none_or(|(first, _)| key < first)
        {
            self.undecided = Some((key.clone(), why));
        }
        self.seen.insert(key.clone(), ruling.observed.values);
        self.cut();
    }

    /// Takes a witness if it is smaller than the one there is.
    pub fn offer(&mut self, witness: Witness) {
        if self.witness.as_ref().is_none_or(|known| witness.key < known.key) {
            self.witness = Some(witness);
        }
    }

    /// Whether this resource would be the witness.
    pub fn wants(&self, key: &ResourceKey) -> bool {
        self.witness.as_ref().is_none_or(|known| *key < known.key)
    }

    /// Adds what another worker found in the same unit.
    pub fn merge(&mut self, other: Unit) {
        if let Some(witness) = other.witness {
            self.offer(witness);
        }
        self.candidates += other.candidates;
        if let Some((key, why)) = other.undecided
            && self.undecided.as_ref().is_none_or(|(first, _)| key < *first)
        {
            self.undecided = Some((key, why));
        }
        self.seen.extend(other.seen);
        self.cut();
        self.ground.add_calls(&other.ground);
    }

    fn cut(&mut self) {
        while self.seen.len() > CANDIDATES {
            self.seen.pop_last();
        }
    }

    /// What stands beside a verdict without witness: the candidates' facts, by resource and path.
    pub fn observed(&self) -> BTreeMap<String, Value> {
        let mut observed = BTreeMap::new();
        if self.candidates > 0 {
            observed.insert("candidates".to_owned(), json!({ "elements": self.candidates, "shown": self.seen.len() }));
        }
        for (key, values) in &self.seen {
            observed.extend(values.iter().map(|(path, value)| (format!("{} {path}", key.id), value.clone())));
        }
        observed
    }
}
