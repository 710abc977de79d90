//! One worker: takes resources of one kind, judges each by all controls of that kind, writes the verdicts away, keeps counts.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::engine::Engine;
use super::log::{Document, Observed};
use super::node::Node;
use super::ruling::{Compiled, Ground, Ruling, rule, show};
use super::store::{RunKey, Spill, encode};
use super::tally::{AccountTally, Unit, Witness};
use super::waiver::Waivers;
use super::{Exhibits, ORGANIZATION, Settings};
use crate::catalog::Run;
use crate::model::control::{Per, Test};
use crate::model::place::GLOBAL;
use crate::model::verdict::{Subject, Why, verdict_id};
use crate::model::{CallId, Outcome, Place, Resource, Verdict};

/// Bytes of verdicts, of all runs together, that a worker keeps before it writes them.
const BUFFER: usize = 1 << 20;

/// One judge of one run, for resources of one kind.
#[derive(Debug)]
pub struct Bench<'a> {
    /// The run.
    pub run: &'a Run,
    /// Index of the judge in the control.
    pub judge: usize,
    /// Its programs.
    pub compiled: Compiled,
}

impl Bench<'_> {
    /// The run's key.
    pub fn key(&self) -> RunKey {
        (self.run.control.id.clone(), self.run.params_id.clone())
    }

    /// For what the judge asks a witness, if it does.
    pub fn per(&self) -> Option<Per> {
        match self.run.control.judges[self.judge].test {
            Test::Every(_) => None,
            Test::AtLeastOne { per, .. } => Some(per),
        }
    }
}

/// What all workers share.
#[derive(Debug)]
pub struct Shared<'a> {
    /// The run's surroundings.
    pub settings: &'a Settings,
    /// Waivers.
    pub waivers: &'a Waivers,
    /// Gaps, calls, targets of `find`.
    pub ground: Ground<'a>,
    /// Spill files by run.
    pub spills: BTreeMap<RunKey, Mutex<Spill>>,
}

/// Everything counted.
#[derive(Debug, Default)]
pub struct Sums {
    /// By run and account.
    pub accounts: BTreeMap<RunKey, BTreeMap<String, AccountTally>>,
    /// By run, kind and place: units that need a witness.
    pub units: BTreeMap<(RunKey, String, Place), Unit>,
    /// Resources seen, by kind and place.
    pub seen: BTreeMap<String, BTreeMap<Place, u64>>,
    /// Failures named by each waiver.
    pub waived: BTreeMap<String, u64>,
}

impl Sums {
    /// Adds another's numbers.
    pub fn merge(&mut self, other: Sums) {
        for (run, accounts) in other.accounts {
            let all = self.accounts.entry(run).or_default();
            accounts.iter().for_each(|(account, tally)| all.entry(account.clone()).or_default().merge(tally));
        }
        for (key, unit) in other.units {
            self.units.entry(key).or_default().merge(unit);
        }
        for (kind, places) in other.seen {
            let all = self.seen.entry(kind).or_default();
            places.into_iter().for_each(|(place, number)| *all.entry(place).or_default() += number);
        }
        for (waiver, number) in other.waived {
            *self.waived.entry(waiver).or_default() += number;
        }
    }
}

/// What a verdict is about and says, before waiver, calls and id are added.
#[derive(Debug)]
pub struct Draft<'a> {
    /// The run.
    pub run: &'a Run,
    /// Where.
    pub place: Place,
    /// About what.
    pub subject: Subject,
    /// What it says.
    pub outcome: Outcome,
    /// Why.
    pub why: Option<Why>,
    /// What it rests on.
    pub observed: Observed,
}

/// Makes verdicts and writes them away.
#[derive(Debug)]
pub struct Writer<'a> {
    shared: &'a Shared<'a>,
    /// What was counted.
    pub sums: Sums,
    buffers: BTreeMap<RunKey, Vec<u8>>,
    buffered: usize,
}

impl<'a> Writer<'a> {
    /// A writer with nothing counted.
    pub fn new(shared: &'a Shared<'a>) -> Self {
        Writer { shared, sums: Sums::default(), buffers: BTreeMap::new(), buffered: 0 }
    }

    /// Gaps, calls, targets of `find`.
    pub fn ground(&self) -> &'a Ground<'a> {
        &self.shared.ground
    }

    /// What was looked at, and what was left out.
    pub fn scope(&self) -> &'a crate::model::assessment::Scope {
        &self.shared.settings.scope
    }

    /// The verdict of a draft.
    pub fn verdict(&self, draft: Draft<'_>) -> Verdict {
        let control = &draft.run.control;
        let (account, region) = (draft.place.account, draft.place.region);
        let id = draft.subject.id.as_deref();
        let (calls, exhibits) = in_order(draft.observed.calls.iter().copied(), &self.shared.settings.exhibits);
        let named = match draft.outcome {
            Outcome::Fail => self.shared.waivers.naming(&control.id, &account, &region, id, self.shared.settings.as_of),
            _ => Vec::new(),
        };
        Verdict {
            verdict_id: verdict_id(&control.id, &draft.run.params_id, &account, &region, &draft.subject.kind, id),
            control: control.id.clone(),
            params_id: draft.run.params_id.clone(),
            severity: control.severity,
            verdict: draft.outcome,
            reason: draft.why,
            observed: draft.observed.values,
            observed_at: draft.observed.at,
            waiver: named.first().map(|waiver| waiver.note(self.shared.settings.as_of)),
            calls,
            exhibits,
            account,
            region,
            resource: draft.subject,
        }
    }

    /// Counts a verdict and writes it away.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn write(&mut self, verdict: &Verdict, shown: &[serde_json::Value]) -> std::io::Result<()> {
        let run = (verdict.control.clone(), verdict.params_id.clone());
        let accounts = self.sums.accounts.entry(run.clone()).or_default();
        accounts.entry(verdict.account.clone()).or_default().add(verdict.verdict, verdict.reason.as_ref());
        if verdict.verdict == Outcome::Fail {
            let id = verdict.resource.id.as_deref();
            let named = self.shared.waivers.naming(&verdict.control, &verdict.account, &verdict.region, id, self.shared.settings.as_of);
            named.iter().for_each(|waiver| *self.sums.waived.entry(waiver.id.clone()).or_default() += 1);
        }
        let buffer = self.buffers.entry(run).or_default();
        let before = buffer.len();
        encode(verdict, shown, buffer)?;
        self.buffered += buffer.len() - before;
        if self.buffered > BUFFER { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.buffered = 0;
        for (run, buffer) in std::mem::take(&mut self.buffers) {
            if let Some(spill) = self.shared.spills.get(&run) {
                spill.lock().unwrap_or_else(PoisonError::into_inner).append(&buffer)?;
            }
        }
        Ok(())
    }

    /// Writes everything away; what was counted comes out.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn finish(mut self) -> std::io::Result<Sums> {
        self.flush()?;
        Ok(self.sums)
    }

    /// Judges one resource by all benches of its kind.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn judge(&mut self, engine: &mut Engine<'_>, benches: &[Bench<'_>], resource: Resource) -> std::io::Result<()> {
        let Resource { key, name, facts, sources } = resource;
        let facts: Node = serde_json::from_str(&facts)?;
        let place = Place { account: key.account.clone(), region: key.region.clone() };
        *self.sums.seen.entry(key.kind.clone()).or_default().entry(place.clone()).or_default() += 1;
        let document = Arc::new(Document { label: String::new(), facts, sources });
        engine.resource(&key.kind, &place, document);
        for bench in benches {
            let ruling = rule(engine, &bench.compiled, &self.shared.ground);
            let subject = Subject { kind: key.kind.clone(), id: Some(key.id.clone()), name: Some(name.clone()) };
            match bench.per() {
                None => self.judge_one(engine, bench, place.clone(), subject, ruling)?,
                Some(per) => self.judge_candidate(engine, bench, per, &key, subject, ruling),
            }
        }
        Ok(())
    }

    fn judge_one(
        &mut self,
        engine: &mut Engine<'_>,
        bench: &Bench<'_>,
        place: Place,
        subject: Subject,
        ruling: Ruling,
    ) -> std::io::Result<()> {
        let (shown, ground) = show(engine, &bench.compiled, &self.shared.ground);
        let mut observed = ruling.observed;
        observed.calls.extend(ground.calls);
        let draft = Draft { run: bench.run, place, subject, outcome: ruling.outcome, why: ruling.why, observed };
        let verdict = self.verdict(draft);
        self.write(&verdict, &shown)
    }

    fn judge_candidate(
        &mut self,
        engine: &mut Engine<'_>,
        bench: &Bench<'_>,
        per: Per,
        key: &crate::model::ResourceKey,
        subject: Subject,
        ruling: Ruling,
    ) {
        let place = unit_place(per, &key.account, &key.region);
        let unit_key = (bench.key(), key.kind.clone(), place.clone());
        if ruling.outcome != Outcome::Pass {
            self.sums.units.entry(unit_key).or_default().add(key, ruling);
            return;
        }
        if !self.sums.units.entry(unit_key.clone()).or_default().wants(key) {
            return;
        }
        let (shown, ground) = show(engine, &bench.compiled, &self.shared.ground);
        let mut observed = ruling.observed;
        observed.calls.extend(ground.calls);
        let detail = format!("`{}` in {} {} satisfies the control", subject.name.as_deref().unwrap_or(&key.id), key.account, key.region);
        let why = Some(Why { code: "witness".into(), detail });
        let verdict = self.verdict(Draft { run: bench.run, place, subject, outcome: Outcome::Pass, why, observed });
        self.sums.units.entry(unit_key).or_default().offer(Witness { key: key.clone(), verdict, shown });
    }
}

/// The place of a unit's verdict.
pub fn unit_place(per: Per, account: &str, region: &str) -> Place {
    let (account, region) = match per {
        Per::Account => (account, GLOBAL),
        Per::Region => (account, region),
        Per::Organization => (ORGANIZATION, GLOBAL),
    };
    Place { account: account.to_owned(), region: region.to_owned() }
}

/// Calls in the order of their exhibit numbers, and the numbers. Calls without a number come last.
fn in_order(calls: impl Iterator<Item = CallId>, exhibits: &Exhibits) -> (Vec<CallId>, Vec<String>) {
    let mut calls: Vec<CallId> = calls.collect();
    calls.sort_by_key(|call| (exhibits.number_of(*call).unwrap_or(usize::MAX), *call));
    let numbers = calls.iter().filter_map(|call| exhibits.of(*call)).collect();
    (calls, numbers)
}
