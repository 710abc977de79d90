//! No verdict from silence: every call of a golden recording is lost in every way there is, and what the controls of the whole
//! catalogue say then is held against what they say with all answers.
//!
//! Nothing here names a control, a service or a call: a control added to the catalogue is judged by itself, and one that no fault
//! touches fails the test until the golden recording holds something that it judges. How a service is added stands in
//! `tests/recordings/README.md`.

mod document;
mod faults;
mod golden;
mod ground;
mod laws;
mod members;
mod omitted;
mod pages;
mod perform;
mod selfcheck;
mod settled;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use faults::{Fault, What, faults};
use ground::{Ground, Job, ground, scratch};
use laws::{Lost, Spot, Violation};
use perform::Said;

/// Calls without which the run cannot know whom it asks.
const GATES: &[&str] = &["GetCallerIdentity"];
/// Operations whose loss touches no verdict, with the reason.
const HARMLESS: &[(&str, &str)] = &[
    ("ListAccountAliases", "the alias is shown and never judged"),
    ("ListAliases", "names of keys are shown and never judged"),
    ("DescribeNetworkInterfaces", "how much uses a group or a VPC is shown and never judged"),
    ("GetEbsDefaultKmsKeyId", "the default key is shown; any key will do"),
    ("GetDiscoveredResourceCounts", "a second count that is not there disputes nothing"),
    ("DescribePolicy", "what a policy of the organization denies is shown and never judged"),
    ("GetAutomatedDiscoveryConfiguration", "how Macie samples buckets is shown and never judged"),
    ("ListClassificationJobs", "jobs of Macie are shown and never judged"),
    ("ListProtections", "what Shield protects is shown; nothing is required unless an organization says so"),
    ("GenerateCredentialReport", "a report that somebody else had made is as good; its own time tells its age"),
];
/// Operations whose loss leads to questions that are not asked otherwise, with the reason.
const FURTHER: &[(&str, &str, &str)] = &[
    ("GetEventSelectors", "ListSubscriptionsByTopic", FOLLOWED),
    ("GetTrailStatus", "ListSubscriptionsByTopic", FOLLOWED),
    ("ListQueues", "ListQueues", "a listing without a list is asked a second time"),
];
const FOLLOWED: &str = "a trail that may be whole is followed to its end; one that is known to be broken is not";
/// Of the assessments, one in so many is also made from everything collected anew, and from a replay of that.
const SAMPLE: u64 = 240;
/// Of the faults that come to one refusal, the first is collected, and one in so many of the others.
const ALIKE: u64 = 25;

/// What came of all combinations.
#[derive(Default)]
struct Sum {
    combinations: usize,
    collected: usize,
    assessed: usize,
    sampled: usize,
    ended: usize,
    violations: Vec<(String, String, Violation)>,
    undecided: BTreeSet<String>,
    settled: BTreeSet<(String, String)>,
    reopened: BTreeMap<Spot, usize>,
    reopened_by_populations: BTreeMap<Spot, usize>,
    touching: BTreeSet<String>,
}

impl Sum {
    fn merge(&mut self, other: Sum) {
        self.combinations += other.combinations;
        self.collected += other.collected;
        self.assessed += other.assessed;
        self.sampled += other.sampled;
        self.ended += other.ended;
        self.violations.extend(other.violations);
        self.undecided.extend(other.undecided);
        self.touching.extend(other.touching);
        self.settled.extend(other.settled);
        other.reopened.into_iter().for_each(|(spot, number)| *self.reopened.entry(spot).or_default() += number);
        let populations = other.reopened_by_populations;
        populations.into_iter().for_each(|(spot, number)| *self.reopened_by_populations.entry(spot).or_default() += number);
    }

    fn add(&mut self, job: &Job, fault: &Fault, outcomes: laws::Outcomes) {
        if !outcomes.undecided.is_empty() {
            self.touching.insert(job.operation.clone());
        }
        self.undecided.extend(outcomes.undecided);
        self.settled.extend(outcomes.settled.into_iter().map(|control| (control, job.operation.clone())));
        for (spot, by_population) in outcomes.reopened {
            *self.reopened.entry(spot.clone()).or_default() += 1;
            if by_population {
                *self.reopened_by_populations.entry(spot).or_default() += 1;
            }
        }
        self.violations.extend(outcomes.violations.into_iter().map(|violation| (job.shown.clone(), fault.name.clone(), violation)));
    }
}

/// Whether this is one of so many, always the same ones.
fn chosen(job: &Job, fault: &Fault, one_in: u64) -> bool {
    let mut hasher = DefaultHasher::new();
    (&job.shown, &fault.name).hash(&mut hasher);
    hasher.finish().is_multiple_of(one_in)
}

impl Ground {
    /// Runs all faults of a call.
    fn run(&self, job: &Job) -> Sum {
        let mut sum = Sum::default();
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut classes: BTreeSet<String> = BTreeSet::new();
        let faults = faults(self.line(job));
        for fault in &faults {
            sum.combinations += 1;
            // A call of the session costs a run over everything; of its faults one for each reason will do.
            let costly = || job.kinds.is_empty().then(|| format!("{:?} {}", fault.reasons, fault.listed));
            let repeated = fault.alike.clone().or_else(costly).is_some_and(|class| !classes.insert(class));
            if repeated && !chosen(job, fault, ALIKE) {
                continue;
            }
            sum.collected += 1;
            let mut broken = |violation| sum.violations.push((job.shown.clone(), fault.name.clone(), violation));
            let dir = scratch();
            let found = match self.collect(job, fault, false, &dir.path().join("r")) {
                Ok(found) => found,
                Err(error) => {
                    sum.ended += 1;
                    if !GATES.contains(&job.operation.as_str()) {
                        broken(law("a call that no other depends on does not end the run", "", error));
                    }
                    continue;
                }
            };
            let further = |stray: &&String| {
                FURTHER.iter().any(|(lost, asked, _)| *lost == job.operation && stray.contains(&format!("operation: \"{asked}\"")))
            };
            for stray in found.strayed.iter().filter(|stray| !further(stray)) {
                broken(law("no other question is asked than with all answers", stray, String::new()));
            }
            // What decides verdicts being the same, they are.
            if !known.insert(found.essence()) {
                continue;
            }
            if repeated {
                broken(law("what the check of bodies refuses comes to one refusal", "", String::new()));
            }
            let view = self.view(&job.kinds);
            let found = self.completed(job, found);
            let open = found.open();
            let said = self.assess(found, &view.selection);
            if chosen(job, fault, SAMPLE) && !matches!(fault.what, What::TakenAway) {
                sum.sampled += 1;
                let whole = self.same_as_whole(job, fault, &said, &view.selection);
                whole.unwrap_or_else(|violation| sum.violations.push((job.shown.clone(), fault.name.clone(), violation)));
            }
            sum.assessed += 1;
            let outcomes = view.baseline.judge(&said, &Lost { call: job.call, fault, open: &open });
            sum.add(job, fault, outcomes);
        }
        sum
    }
}

fn same(name: &'static str, one: &Said, other: &Said) -> Result<(), Violation> {
    let differing = one.lines.iter().zip(&other.lines).find(|(one, other)| one != other);
    let (before, after) = differing.map_or((String::new(), String::new()), |(one, other)| (one.clone(), other.clone()));
    let violation = Violation { law: name, control: String::new(), about: String::new(), before, after };
    if one.lines == other.lines { Ok(()) } else { Err(violation) }
}

fn law(law: &'static str, about: &str, after: String) -> Violation {
    Violation { law, control: String::new(), about: about.to_owned(), before: String::new(), after }
}

#[test]
fn no_verdict_comes_from_a_call_that_was_lost() {
    let ground = ground();
    let jobs = ground.jobs();
    let mut sum = Sum::default();
    ground::in_parallel(&jobs, |job| ground.run(job)).into_iter().for_each(|found| sum.merge(found));
    let Sum { combinations, collected, assessed, sampled, ended, .. } = &sum;
    println!(
        "{} calls, {combinations} combinations: {collected} collected, {assessed} assessed, {sampled} sampled whole, {ended} ended",
        jobs.len()
    );
    let mut complaints = vec![every_control_is_touched(ground, &sum), every_operation_counts(&jobs, &sum)];
    complaints.extend([what_stays_decided_was_looked_at(&sum), every_passing_item_is_reopened(ground, &sum)]);
    complaints.push(if sum.violations.is_empty() { String::new() } else { table(&sum.violations) });
    complaints.retain(|complaint| !complaint.is_empty());
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
    assert!(*combinations > 5000 && *assessed > 400 && *sampled > 12, "too little was tried");
}

/// What is said where something is wrong; nothing where all is right.
fn complaint(wrong: bool, words: impl FnOnce() -> String) -> String {
    if wrong { words() } else { String::new() }
}

fn every_control_is_touched(ground: &Ground, sum: &Sum) -> String {
    let controls = ground.all.selection.runs.iter().map(|run| run.control.id.as_str());
    let untouched: BTreeSet<&str> = controls.filter(|control| !sum.undecided.contains(*control)).collect();
    let words = || format!("no fault touches these controls: let the golden recording hold what they judge: {untouched:#?}");
    complaint(!untouched.is_empty(), words)
}

fn every_operation_counts(jobs: &[Job], sum: &Sum) -> String {
    let operations: BTreeSet<&str> = jobs.iter().map(|job| job.operation.as_str()).filter(|name| !GATES.contains(name)).collect();
    let harmless: BTreeSet<&str> = operations.into_iter().filter(|operation| !sum.touching.contains(*operation)).collect();
    let expected: BTreeSet<&str> = HARMLESS.iter().map(|(operation, _)| *operation).collect();
    complaint(harmless != expected, || format!("operations whose loss touches no verdict: {harmless:?}, and not {expected:?}"))
}

fn what_stays_decided_was_looked_at(sum: &Sum) -> String {
    let table = settled::settled();
    let new: Vec<_> = sum.settled.difference(&table).collect();
    let idle: Vec<_> = table.difference(&sum.settled).collect();
    complaint(!new.is_empty() || !idle.is_empty(), || {
        format!("verdicts stay decided without a call of theirs: {new:#?}\nin the table for nothing: {idle:#?}")
    })
}

/// An item that passes is `indeterminate` as soon as one of its populations is open; here each of them has been.
fn every_passing_item_is_reopened(ground: &Ground, sum: &Sum) -> String {
    let passing = ground.all.baseline.listed_passes();
    let never: BTreeSet<&Spot> = passing.iter().filter(|spot| !sum.reopened_by_populations.contains_key(*spot)).collect();
    let times = |all: &BTreeMap<Spot, usize>| all.values().sum::<usize>();
    println!(
        "{} items pass over listed populations; reopened {} times, {} of them by a population",
        passing.len(),
        times(&sum.reopened),
        times(&sum.reopened_by_populations)
    );
    if !never.is_empty() {
        return format!("these items pass and no fault opens a population of theirs: {never:?}");
    }
    assert!(passing.len() > 40 && times(&sum.reopened_by_populations) > 400, "too few items pass: let the tidy account hold more");
    String::new()
}

#[test]
fn a_member_that_is_left_out_decides_only_what_rests_on_its_call() {
    let ground = ground();
    let omissions = omitted::omissions(&ground.golden.lines);
    let jobs = ground.jobs();
    let jobs: Vec<(&Job, &Vec<(String, Fault)>)> = omissions.iter().map(|(index, faults)| (&jobs[*index], faults)).collect();
    let found = ground::in_parallel(&jobs, |(job, faults)| left_out(ground, job, faults));
    let mut violations = Vec::new();
    let mut turned: BTreeSet<(String, String, String, String)> = BTreeSet::new();
    let mut tried = 0;
    for (job, path, outcomes) in found.into_iter().flatten() {
        tried += 1;
        violations.extend(outcomes.violations.into_iter().map(|violation| (job.shown.clone(), format!("without `{path}`"), violation)));
        turned.extend(outcomes.turned.into_iter().map(|(control, turn)| (job.operation.clone(), path.clone(), control, turn)));
    }
    println!("{tried} members left out that something rests on");
    assert!(violations.is_empty(), "{}", table(&violations));
    let meant: BTreeSet<(String, String, String, String)> = omitted::meant();
    let unmeant: Vec<_> = turned.difference(&meant).collect();
    let idle: Vec<_> = meant.difference(&turned).collect();
    assert!(unmeant.is_empty() && idle.is_empty(), "not in the table: {unmeant:#?}\nin the table for nothing: {idle:#?}");
}

/// What comes of an answer without each of some members, where it is not the same as with it.
fn left_out<'a>(ground: &Ground, job: &'a Job, faults: &'a [(String, Fault)]) -> Vec<(&'a Job, &'a String, laws::Outcomes)> {
    let view = ground.view(&job.kinds);
    let collect = |fault: &Fault| {
        let dir = scratch();
        ground.collect(job, fault, false, &dir.path().join("r")).unwrap_or_else(|error| panic!("{} {}: {error}", job.shown, fault.name))
    };
    let mut known = BTreeSet::from([collect(&faults::nothing(ground.line(job))).essence()]);
    let mut outcomes = Vec::new();
    for (path, fault) in faults {
        let found = collect(fault);
        if known.insert(found.essence()) {
            let said = ground.assess(ground.completed(job, found), &view.selection);
            outcomes.push((job, path, view.baseline.local(&said, job.call)));
        }
    }
    outcomes
}

/// Violations by law, the first of each with control, call, fault, before and after.
fn table(violations: &[(String, String, Violation)]) -> String {
    let mut by_law: BTreeMap<(&str, &str), Vec<&(String, String, Violation)>> = BTreeMap::new();
    for one in violations {
        by_law.entry((one.2.law, &one.2.control)).or_default().push(one);
    }
    let mut text = format!("{} violations:\n", violations.len());
    for ((law, control), all) in by_law {
        text += &format!("\n{law}: {control} ({} times)\n", all.len());
        for (call, fault, violation) in all.iter().take(4) {
            let call: String = call.chars().take(110).collect();
            text += &format!(
                "  {call}\n    {fault} | {}\n    before: {}\n    after:  {}\n",
                violation.about, violation.before, violation.after
            );
        }
    }
    text
}

/// Controls that find only one of pass and fail in the golden recording: the first account's root has a virtual device, which another
/// control needs, and the second one a better; an organization is judged once; and nobody has to subscribe to Shield Advanced.
const ONE_SIDED: &[&str] =
    &["iam-root-mfa", "organizations-delegated-administrators", "organizations-policy-delegation", "shield-advanced-protections"];

#[test]
fn the_golden_recording_holds_what_controls_tell_apart() {
    let ground = ground();
    let mut outcomes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for verdict in ground.all.baseline.verdicts() {
        outcomes.entry(&verdict.control).or_default().insert(verdict.verdict.as_str());
    }
    let both = |control: &str| ["pass", "fail"].iter().all(|word| outcomes.get(control).is_some_and(|found| found.contains(word)));
    let controls: BTreeSet<&str> = ground.all.selection.runs.iter().map(|run| run.control.id.as_str()).collect();
    let one_sided: Vec<&str> = controls.into_iter().filter(|control| !both(control)).collect();
    assert_eq!(one_sided, ONE_SIDED, "let the seed `silence` hold both, or say here why it cannot");
}
