//! What must hold between the verdicts with all answers and those without one of them.

mod items;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use evidence::assess::{ORGANIZATION, RunKey};
use evidence::catalog::Selection;
use evidence::collect::kind;
use evidence::model::assessment::ItemResult;
use evidence::model::control::{Per, Test};
use evidence::model::{CallId, KindScope, Outcome, Population, Verdict};
use evidence::recording::line::CallLine;

use super::faults::Fault;
use super::perform::{Found, Said};
use items::items;

/// A broken law.
#[derive(Debug)]
pub struct Violation {
    pub law: &'static str,
    pub control: String,
    pub about: String,
    pub before: String,
    pub after: String,
}

/// An item in an account, or over all of them.
pub type Spot = (String, Option<String>);

/// The verdicts with all answers.
pub struct Baseline {
    lines: HashMap<String, usize>,
    verdicts: Vec<Verdict>,
    by_id: HashMap<String, usize>,
    items: BTreeMap<Spot, ItemResult>,
    populations: Vec<Population>,
    /// What asks for a witness: control and kind.
    witnessed: BTreeMap<(String, String), Per>,
    /// Controls that look other resources up, and of which kinds.
    finding: BTreeMap<String, BTreeSet<String>>,
    /// The runs behind each item.
    runs: BTreeMap<String, Vec<RunKey>>,
    /// The kinds that a run judges.
    judged: BTreeMap<RunKey, BTreeSet<String>>,
    /// Calls that tell where to look.
    scouting: BTreeSet<CallId>,
    /// Calls of [`RESTS_ON_ALL`].
    named_by_none: BTreeSet<CallId>,
    /// The account of each call.
    accounts: HashMap<CallId, String>,
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
    /// Items that passed and do not any more; the flag says that a population of theirs was open.
    pub reopened: BTreeSet<(Spot, bool)>,
    /// Controls of which a verdict stays decided although the call is gone that it rested on.
    pub settled: BTreeSet<String>,
    /// Control, before and after of verdicts that came to another decision.
    pub turned: BTreeSet<(String, String)>,
}

/// The one call that fares otherwise than in the baseline.
pub struct Lost<'a> {
    pub call: CallId,
    pub fault: &'a Fault,
    /// The populations that are not proven complete without it.
    pub open: &'a [Population],
}

/// What became of a verdict.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Met {
    Vanished,
    Changed,
    Same,
}

fn decided(verdict: &Verdict) -> bool {
    verdict.verdict != Outcome::Indeterminate
}

fn run_of(verdict: &Verdict) -> RunKey {
    (verdict.control.clone(), verdict.params_id.clone())
}

impl Baseline {
    pub fn new(said: &Said, found: &Found, selection: &Selection, lines: &[CallLine]) -> Self {
        let verdicts: Vec<Verdict> = said.lines.iter().map(|line| Said::verdict(line)).collect();
        let mut witnessed = BTreeMap::new();
        let mut finding: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut runs: BTreeMap<String, Vec<RunKey>> = BTreeMap::new();
        let mut judged: BTreeMap<RunKey, BTreeSet<String>> = BTreeMap::new();
        for run in &selection.runs {
            let key = (run.control.id.clone(), run.params_id.clone());
            for judge in &run.control.judges {
                judged.entry(key.clone()).or_default().insert(judge.resource.clone());
                if let Test::AtLeastOne { per, .. } = judge.test {
                    witnessed.insert((run.control.id.clone(), judge.resource.clone()), per);
                }
            }
            let finds = run.reads.iter().flat_map(|reads| reads.finds.iter().cloned());
            finding.entry(run.control.id.clone()).or_default().extend(finds);
            for ask in &run.asks {
                runs.entry(ask.item.clone()).or_default().push(key.clone());
            }
        }
        let scouts = lines.iter().filter(|line| line.key.operation == "DescribeRegions" || line.key.operation == "GetCallerIdentity");
        let resting = |line: &&CallLine| RESTS_ON_ALL.1.contains(&line.key.operation.as_str());
        Baseline {
            lines: said.lines.iter().cloned().enumerate().map(|(index, line)| (line, index)).collect(),
            by_id: verdicts.iter().enumerate().map(|(index, verdict)| (verdict.verdict_id.clone(), index)).collect(),
            verdicts,
            items: items(said),
            populations: found.rest.populations.clone(),
            witnessed,
            finding,
            runs,
            judged,
            scouting: scouts.map(|line| line.key.id()).collect(),
            named_by_none: lines.iter().filter(resting).map(|line| line.key.id()).collect(),
            accounts: lines.iter().map(|line| (line.key.id(), line.key.account.clone())).collect(),
        }
    }

    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// Whether a call listed a population, or counted it by another way: for a verdict on a place its own population, for a unit those
    /// of all places in it.
    fn rests_on(&self, kind: &str, account: Option<&str>, region: Option<&str>, call: CallId) -> bool {
        let same = |population: &&Population| {
            population.kind == kind
                && account.is_none_or(|account| account == ORGANIZATION || population.place.account == account)
                // What is listed once per account may lie in any Region.
                && region.is_none_or(|region| [region, "global"].contains(&population.place.region.as_str()))
        };
        let second = |population: &Population| population.second.as_ref().is_some_and(|second| second.call == call);
        self.populations.iter().filter(same).any(|population| population.calls.contains(&call) || second(population))
    }

    /// Whether a call stands behind a verdict: it read its answer, or lists what the verdict speaks of.
    fn touched(&self, verdict: &Verdict, call: CallId) -> bool {
        let (kind_name, account, region) = (&verdict.resource.kind, &verdict.account, &verdict.region);
        let regional = kind(kind_name).is_some_and(|kind| kind.scope == KindScope::Regional);
        let per = self.witnessed.get(&judge(verdict));
        let whole_account = per.is_some_and(|per| *per != Per::Region) || (verdict.resource.id.is_none() && region == "global" && regional);
        let place = if whole_account { None } else { Some(region.as_str()) };
        let of_places = verdict.resource.id.is_none() || per.is_some();
        verdict.calls.contains(&call)
            || (of_places && self.rests_on(kind_name, Some(account), place, call))
            || (self.scouting.contains(&call) && self.at_home(verdict, call) && (regional || self.identifies(call)))
            || (RESTS_ON_ALL.0 == verdict.control && self.named_by_none.contains(&call) && self.at_home(verdict, call))
            || self.finding.get(&verdict.control).is_some_and(|kinds| kinds.iter().any(|kind| self.rests_on(kind, None, None, call)))
    }

    fn identifies(&self, call: CallId) -> bool {
        self.scouting.contains(&call) && !self.verdicts.iter().any(|verdict| verdict.calls.contains(&call))
    }

    /// Whether a verdict speaks of the account that the call was made in.
    fn at_home(&self, verdict: &Verdict, call: CallId) -> bool {
        verdict.account == ORGANIZATION || self.accounts.get(&call).is_none_or(|account| *account == verdict.account)
    }

    /// Whether a resource may go with a call: the call listed it, or told where to list.
    fn may_go(&self, verdict: &Verdict, call: CallId) -> bool {
        self.touched(verdict, call) || self.rests_on(&verdict.resource.kind, Some(&verdict.account), Some(&verdict.region), call)
    }

    /// Holds what was said without a call against what was said with it.
    pub fn judge(&self, said: &Said, lost: &Lost<'_>) -> Outcomes {
        let mut outcomes = Outcomes::default();
        let (met, new) = self.compare(said);
        for after in &new {
            self.stays_at_home(after, lost, &mut outcomes);
            match self.by_id.get(&after.verdict_id) {
                Some(index) => self.changed(&self.verdicts[*index], after, lost, &mut outcomes),
                None => self.appeared(after, lost, &mut outcomes),
            }
        }
        for (before, met) in self.verdicts.iter().zip(&met) {
            match met {
                Met::Vanished => self.vanished(before, &new, lost, &mut outcomes),
                Met::Same if decided(before) && lost.fault.gone && before.calls.contains(&lost.call) => {
                    outcomes.settled.insert(before.control.clone());
                }
                Met::Same | Met::Changed => {}
            }
        }
        self.judge_items(said, lost, &mut outcomes);
        self.lines_of_populations(said, lost.open, &mut outcomes);
        no_control_errors(said, &mut outcomes);
        outcomes
    }

    /// Holds what was said with another whole answer against what was said before: only what rests on the call may differ.
    pub fn local(&self, said: &Said, call: CallId) -> Outcomes {
        let mut outcomes = Outcomes::default();
        let (met, new) = self.compare(said);
        for after in &new {
            let before = self.by_id.get(&after.verdict_id).map(|index| &self.verdicts[*index]);
            if !self.may_go(before.unwrap_or(after), call) && !self.unit_is_touched(after, call) {
                outcomes.violations.push(violation("a verdict whose calls were untouched stays what it was", before, Some(after)));
            }
            if let Some(before) = before.filter(|before| decided(after) && before.verdict != after.verdict) {
                let turn = format!("{} -> {}", before.verdict.as_str(), after.verdict.as_str());
                outcomes.turned.insert((before.control.clone(), turn));
            }
        }
        for (before, _) in self.verdicts.iter().zip(&met).filter(|(before, met)| **met == Met::Vanished && !self.may_go(before, call)) {
            outcomes.violations.push(violation("a verdict vanishes only with the listing of its resource", Some(before), None));
        }
        no_control_errors(said, &mut outcomes);
        outcomes
    }

    /// What became of each verdict, and all that are not as they were.
    fn compare(&self, said: &Said) -> (Vec<Met>, Vec<Verdict>) {
        let mut met = vec![Met::Vanished; self.verdicts.len()];
        let mut new: Vec<Verdict> = Vec::new();
        for line in &said.lines {
            match self.lines.get(line) {
                Some(index) => met[*index] = Met::Same,
                None => new.push(Said::verdict(line)),
            }
        }
        for after in &new {
            if let Some(index) = self.by_id.get(&after.verdict_id) {
                met[*index] = Met::Changed;
            }
        }
        (met, new)
    }

    fn stays_at_home(&self, after: &Verdict, lost: &Lost<'_>, outcomes: &mut Outcomes) {
        let finds = self.finding.get(&after.control).is_some_and(|kinds| !kinds.is_empty());
        if !self.at_home(after, lost.call) && !finds {
            outcomes.violations.push(violation("a fault in one account leaves the verdicts of the others", None, Some(after)));
        }
    }

    fn changed(&self, before: &Verdict, after: &Verdict, lost: &Lost<'_>, outcomes: &mut Outcomes) {
        let mut broken = |law| outcomes.violations.push(violation(law, Some(before), Some(after)));
        if !self.touched(before, lost.call) {
            broken("a verdict whose calls were untouched stays what it was");
        }
        match after.verdict {
            Outcome::Indeterminate => {
                if decided(before) && !reason_fits(after, lost.fault) {
                    broken("the reason fits the fault");
                }
                if decided(before) {
                    outcomes.undecided.insert(before.control.clone());
                }
            }
            same if same == before.verdict => {
                if lost.fault.gone {
                    outcomes.settled.insert(before.control.clone());
                }
            }
            _ => broken("no verdict turns"),
        }
    }

    fn appeared(&self, after: &Verdict, lost: &Lost<'_>, outcomes: &mut Outcomes) {
        let mut broken = |law| outcomes.violations.push(violation(law, None, Some(after)));
        if self.witnessed.contains_key(&judge(after)) && after.verdict == Outcome::Pass {
            let same = |before: &&Verdict| unit(before) == unit(after) && before.verdict == Outcome::Pass;
            let proven = self.verdicts.iter().any(|before| same(&before));
            if !proven || (!lost.fault.listed && after.calls.contains(&lost.call)) {
                broken("a witness proves only what was proven before, and without the call");
            }
            return;
        }
        if decided(after) || after.resource.id.is_some() {
            broken("new lines are indeterminate and speak of populations");
        } else if !reason_fits(after, lost.fault) {
            broken("the reason fits the fault");
        }
        let listed = (self.scouting.contains(&lost.call) && self.at_home(after, lost.call))
            || self.rests_on(&after.resource.kind, Some(&after.account), Some(&after.region), lost.call);
        if !listed && !self.unit_is_touched(after, lost.call) {
            broken("a population is incomplete only where one of its calls failed");
        }
    }

    /// Whether a call stands behind the verdict on the unit that this one speaks of, whoever was the witness.
    fn unit_is_touched(&self, after: &Verdict, call: CallId) -> bool {
        let same = |before: &&Verdict| unit(before) == unit(after) && self.witnessed.contains_key(&judge(before));
        self.verdicts.iter().filter(same).any(|before| self.touched(before, call))
    }

    fn vanished(&self, before: &Verdict, new: &[Verdict], lost: &Lost<'_>, outcomes: &mut Outcomes) {
        let mut broken = |law| outcomes.violations.push(violation(law, Some(before), None));
        if !self.may_go(before, lost.call) {
            broken("a verdict vanishes only with the listing of its resource");
        }
        let speaks = |line: &&Verdict| {
            run_of(line) == run_of(before) && line.resource.kind == before.resource.kind && line.account == before.account
        };
        let stands_for = |line: &Verdict| {
            let population = line.resource.id.is_none() && line.verdict == Outcome::Indeterminate;
            // The line of a unit bears the witness's name, so another witness is another line.
            let unit_line = self.witnessed.contains_key(&judge(before)) && unit(line) == unit(before);
            population || (unit_line && line.verdict == before.verdict)
        };
        if !new.iter().filter(speaks).any(stands_for) {
            broken("for a verdict that vanishes its population is indeterminate");
        }
        if decided(before) {
            outcomes.undecided.insert(before.control.clone());
        }
    }
}

fn no_control_errors(said: &Said, outcomes: &mut Outcomes) {
    if said.control_errors > 0 {
        let law = "a missing answer is no error of a control";
        let after = said.control_errors.to_string();
        outcomes.violations.push(Violation { law, control: String::new(), about: String::new(), before: "0".into(), after });
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
    let about = format!("{} {} {} {}", any.account, any.region, any.resource.kind, any.resource.id.as_deref().unwrap_or("-"));
    Violation { law, control: any.control.clone(), about, before: word(before), after: word(after) }
}
