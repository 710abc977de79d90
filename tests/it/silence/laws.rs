//! What must hold between the verdicts with all answers and those without one of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use evidence::catalog::Selection;
use evidence::collect::kind;
use evidence::model::assessment::ItemResult;
use evidence::model::control::{Per, Test};
use evidence::model::{CallId, KindScope, Outcome, Population, Verdict};
use evidence::recording::line::CallLine;

use super::faults::Fault;
use super::perform::{Found, Said};

/// A broken law.
#[derive(Debug)]
pub struct Violation {
    pub law: &'static str,
    pub control: String,
    pub about: String,
    pub before: String,
    pub after: String,
}

/// The verdicts with all answers.
pub struct Baseline {
    lines: HashMap<String, usize>,
    verdicts: Vec<Verdict>,
    by_id: HashMap<String, usize>,
    items: BTreeMap<String, ItemResult>,
    populations: Vec<Population>,
    /// What asks for a witness: control, params and kind.
    witnessed: BTreeMap<(String, String), Per>,
    /// Controls that look other resources up.
    finding: BTreeMap<String, BTreeSet<String>>,
    /// The runs behind each item.
    runs: BTreeMap<String, Vec<(String, String)>>,
    /// Calls that tell where to look.
    scouting: BTreeSet<CallId>,
    /// Calls of [`RESTS_ON_ALL`].
    named_by_none: BTreeSet<CallId>,
}

/// That a bucket receives no access logs rests on what all others answered, and on all being known: calls too many for each verdict to
/// name.
const RESTS_ON_ALL: (&str, [&str; 2]) = ("s3-bucket-access-logging", ["GetBucketLogging", "ListBuckets"]);

/// What a fault did.
#[derive(Default)]
pub struct Outcomes {
    pub violations: Vec<Violation>,
    /// Controls of which a decided verdict became indeterminate.
    pub undecided: BTreeSet<String>,
}

pub fn items(said: &Said) -> BTreeMap<String, ItemResult> {
    said.assessment.frameworks[0].items.iter().map(|item| (item.id.clone(), item.result)).collect()
}

fn decided(verdict: &Verdict) -> bool {
    verdict.verdict != Outcome::Indeterminate
}

impl Baseline {
    pub fn new(said: &Said, found: &Found, selection: &Selection, lines: &[CallLine]) -> Self {
        let verdicts: Vec<Verdict> = said.lines.iter().map(|line| Said::verdict(line)).collect();
        let mut witnessed = BTreeMap::new();
        let mut finding: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut runs: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for run in &selection.runs {
            for judge in &run.control.judges {
                if let Test::AtLeastOne { per, .. } = judge.test {
                    witnessed.insert((run.control.id.clone(), judge.resource.clone()), per);
                }
            }
            let finds = run.reads.iter().flat_map(|reads| reads.finds.iter().cloned());
            finding.entry(run.control.id.clone()).or_default().extend(finds);
            for ask in &run.asks {
                runs.entry(ask.item.clone()).or_default().push((run.control.id.clone(), run.params_id.clone()));
            }
        }
        let scouts = lines.iter().filter(|line| line.key.operation == "DescribeRegions" || line.key.operation == "GetCallerIdentity");
        Baseline {
            lines: said.lines.iter().cloned().enumerate().map(|(index, line)| (line, index)).collect(),
            by_id: verdicts.iter().enumerate().map(|(index, verdict)| (verdict.verdict_id.clone(), index)).collect(),
            verdicts,
            items: items(said),
            populations: found.rest.populations.clone(),
            witnessed,
            finding,
            runs,
            scouting: scouts.map(|line| line.key.id()).collect(),
            named_by_none: lines
                .iter()
                .filter(|line| RESTS_ON_ALL.1.contains(&line.key.operation.as_str()))
                .map(|line| line.key.id())
                .collect(),
        }
    }

    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// The populations that a verdict speaks of: for a place its own, for a unit those of all places in it.
    fn rests_on(&self, kind: &str, account: &str, region: Option<&str>, call: CallId) -> bool {
        let same = |population: &&Population| {
            population.kind == kind
                && (account == evidence::assess::ORGANIZATION || population.place.account == account)
                // What is listed once per account may lie in any Region.
                && region.is_none_or(|region| [region, "global"].contains(&population.place.region.as_str()))
        };
        self.populations.iter().filter(same).any(|population| population.calls.contains(&call))
    }

    /// Whether a call stands behind a verdict: it read its answer, or lists what the verdict speaks of.
    fn touched(&self, verdict: &Verdict, call: CallId) -> bool {
        let (kind_name, account, region) = (&verdict.resource.kind, &verdict.account, &verdict.region);
        let regional = kind(kind_name).is_some_and(|kind| kind.scope == KindScope::Regional);
        let per = self.witnessed.get(&(verdict.control.clone(), kind_name.clone()));
        let whole_account = per.is_some_and(|per| *per != Per::Region) || (verdict.resource.id.is_none() && region == "global" && regional);
        let place = if whole_account { None } else { Some(region.as_str()) };
        let of_places = verdict.resource.id.is_none() || per.is_some();
        verdict.calls.contains(&call)
            || (of_places && self.rests_on(kind_name, account, place, call))
            || (regional && self.scouting.contains(&call))
            || (RESTS_ON_ALL.0 == verdict.control && self.named_by_none.contains(&call))
            || self.finding.get(&verdict.control).is_some_and(|kinds| kinds.iter().any(|kind| self.rests_on(kind, account, None, call)))
    }

    /// Whether a resource may go with a call: the call listed it, or told where to list.
    fn may_go(&self, verdict: &Verdict, call: CallId) -> bool {
        self.touched(verdict, call) || self.rests_on(&verdict.resource.kind, &verdict.account, Some(&verdict.region), call)
    }

    /// Holds what was said without a call against what was said with it.
    pub fn judge(&self, said: &Said, call: CallId, fault: &Fault) -> Outcomes {
        let mut outcomes = Outcomes::default();
        let mut met = vec![false; self.verdicts.len()];
        let mut new: Vec<Verdict> = Vec::new();
        for line in &said.lines {
            match self.lines.get(line) {
                Some(index) => met[*index] = true,
                None => new.push(Said::verdict(line)),
            }
        }
        let mut ids = BTreeSet::new();
        for after in &new {
            ids.insert(after.verdict_id.clone());
            match self.by_id.get(&after.verdict_id) {
                Some(index) => {
                    met[*index] = true;
                    self.changed(&self.verdicts[*index], after, call, fault, &mut outcomes);
                }
                None => self.appeared(after, call, fault, &mut outcomes),
            }
        }
        for (before, _) in self.verdicts.iter().zip(&met).filter(|(_, met)| !**met) {
            self.vanished(before, &new, call, &mut outcomes);
        }
        self.items(said, call, &mut outcomes);
        if said.control_errors > 0 {
            outcomes.violations.push(Violation {
                law: "no control errs",
                control: String::new(),
                about: String::new(),
                before: "0".into(),
                after: said.control_errors.to_string(),
            });
        }
        outcomes
    }

    fn changed(&self, before: &Verdict, after: &Verdict, call: CallId, fault: &Fault, outcomes: &mut Outcomes) {
        let mut broken = |law| outcomes.violations.push(violation(law, Some(before), Some(after)));
        if !self.touched(before, call) {
            broken("a verdict whose calls were untouched stays what it was");
        }
        match after.verdict {
            Outcome::Indeterminate if before.verdict == Outcome::Indeterminate => {}
            Outcome::Indeterminate => {
                if !reason_fits(after, fault) {
                    broken("the reason fits the fault");
                }
                outcomes.undecided.insert(before.control.clone());
            }
            same if same == before.verdict => {}
            _ => broken("no verdict turns"),
        }
    }

    fn appeared(&self, after: &Verdict, call: CallId, fault: &Fault, outcomes: &mut Outcomes) {
        let mut broken = |law| outcomes.violations.push(violation(law, None, Some(after)));
        if self.witnessed.contains_key(&(after.control.clone(), after.resource.kind.clone())) && after.verdict == Outcome::Pass {
            let same = |before: &&Verdict| unit(before) == unit(after) && before.verdict == Outcome::Pass;
            let proven = self.verdicts.iter().any(|before| same(&before));
            if !proven || (!fault.listed && after.calls.contains(&call)) {
                broken("a witness proves only what was proven before, and without the call");
            }
            return;
        }
        if decided(after) || after.resource.id.is_some() {
            broken("new lines are indeterminate and speak of populations");
        } else if !reason_fits(after, fault) {
            broken("the reason fits the fault");
        }
        let listed = self.scouting.contains(&call) || self.rests_on(&after.resource.kind, &after.account, Some(&after.region), call);
        let unproven = self
            .verdicts
            .iter()
            .any(|before| unit(before) == unit(after) && self.witnessed.contains_key(&judge(before)) && self.touched(before, call));
        if !listed && !unproven {
            broken("a population is incomplete only where one of its calls failed");
        }
    }

    fn vanished(&self, before: &Verdict, new: &[Verdict], call: CallId, outcomes: &mut Outcomes) {
        let mut broken = |law| outcomes.violations.push(violation(law, Some(before), None));
        if !self.may_go(before, call) {
            broken("a verdict vanishes only with the listing of its resource");
        }
        let speaks = |line: &&Verdict| {
            line.control == before.control && line.params_id == before.params_id && line.resource.kind == before.resource.kind
        };
        let stands_for = |line: &Verdict| {
            let population = line.resource.id.is_none() && line.verdict == Outcome::Indeterminate;
            population || (unit(line) == unit(before) && line.verdict == before.verdict)
        };
        if !new.iter().filter(speaks).any(stands_for) {
            broken("for a verdict that vanishes its population is indeterminate");
        }
        if decided(before) {
            outcomes.undecided.insert(before.control.clone());
        }
    }

    fn items(&self, said: &Said, call: CallId, outcomes: &mut Outcomes) {
        let open: BTreeSet<(String, String)> = said
            .lines
            .iter()
            .filter(|line| line.contains("\"verdict\":\"indeterminate\""))
            .map(|line| Said::verdict(line))
            .map(|verdict| (verdict.control, verdict.params_id))
            .collect();
        for (item, after) in items(said) {
            let before = self.items[&item];
            let empty = Vec::new();
            let runs = self.runs.get(&item).unwrap_or(&empty);
            let mut broken = |law| {
                let words = |result: ItemResult| format!("{result:?}");
                outcomes.violations.push(Violation {
                    law,
                    control: item.clone(),
                    about: "item".into(),
                    before: words(before),
                    after: words(after),
                });
            };
            let settled = matches!(after, ItemResult::Pass | ItemResult::NothingToTest);
            if settled && runs.iter().any(|run| open.contains(run)) {
                broken("no item passes over what could not be seen");
            }
            if after != before && after != ItemResult::Indeterminate {
                broken("no item turns");
            }
            let touches = |run: &(String, String)| {
                let of_run = self.verdicts.iter().filter(|verdict| verdict.control == run.0 && verdict.params_id == run.1);
                of_run.into_iter().any(|verdict| self.may_go(verdict, call))
            };
            if after != before && !runs.iter().any(touches) {
                broken("an item whose calls were untouched stays what it was");
            }
        }
    }
}

fn judge(verdict: &Verdict) -> (String, String) {
    (verdict.control.clone(), verdict.resource.kind.clone())
}

/// What a verdict with a witness speaks of, whoever the witness is.
fn unit(verdict: &Verdict) -> (&str, &str, &str, &str, &str) {
    (&verdict.control, &verdict.params_id, &verdict.account, &verdict.region, &verdict.resource.kind)
}

fn reason_fits(verdict: &Verdict, fault: &Fault) -> bool {
    verdict.reason.as_ref().is_some_and(|why| fault.reasons.contains(&why.code.as_str()))
}

fn violation(law: &'static str, before: Option<&Verdict>, after: Option<&Verdict>) -> Violation {
    let any = before.or(after).expect("one of them");
    let word = |verdict: Option<&Verdict>| {
        verdict.map_or("-".to_owned(), |verdict| {
            let why = verdict.reason.as_ref().map(|why| format!(" ({}: {})", why.code, why.detail)).unwrap_or_default();
            format!("{}{why}", verdict.verdict.as_str())
        })
    };
    let about = format!("{} {} {}", any.region, any.resource.kind, any.resource.id.as_deref().unwrap_or("-"));
    Violation { law, control: any.control.clone(), about, before: word(before), after: word(after) }
}
