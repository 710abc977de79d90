//! The test of the test: where a collector, a population or a verdict lies, the laws have to say so.

use std::collections::{BTreeMap, BTreeSet};

use evidence::model::assessment::ItemResult;
use evidence::model::{Outcome, Verdict};

use super::faults::{Fault, faults};
use super::ground::{self, Ground, Job, ground, scratch};
use super::laws::Lost;
use super::perform::Said;
use super::{GATES, HARMLESS};

/// Calls of the session, of which no collector makes anything.
const SESSION: &[&str] = &["DescribeRegions"];

/// Calls of which the golden recording holds whole chains alone: a collector that says that nothing is missing says what is true there.
const WHOLE: &[&str] = &["DescribeMetricFilters", "ListSubscriptionsByTopic"];

/// At most about so many verdicts of each call are turned, evenly over all.
const PLANTED: usize = 16;

/// All calls that verdicts rest on.
fn calls(ground: &Ground) -> Vec<Job> {
    let mut jobs = ground.jobs();
    jobs.retain(|job| {
        let ruled_out = GATES.contains(&job.operation.as_str()) || SESSION.contains(&job.operation.as_str());
        !ruled_out && HARMLESS.iter().all(|(name, _)| *name != job.operation)
    });
    jobs
}

/// One call of each operation in each account.
fn some_calls(ground: &Ground) -> Vec<Job> {
    let mut seen = BTreeSet::new();
    let mut jobs = calls(ground);
    jobs.retain(|job| seen.insert((job.account.clone(), job.operation.clone())));
    jobs
}

#[test]
fn a_collector_that_takes_a_refusal_for_nothing_is_found_out() {
    let ground = ground();
    let jobs = calls(ground);
    let caught = ground::in_parallel(&jobs, |job| {
        let (fault, dir) = (&Fault::denied(ground.line(job)), scratch());
        let found = ground.collect(job, fault, false, &dir.path().join("r")).unwrap_or_else(|error| panic!("{error}"));
        let view = ground.view(&job.kinds);
        let found = ground.completed(job, found);
        let honest = ground.assess(found.copy(), &view.selection);
        let open = found.open();
        let honest = view.baseline.judge(&honest, &Lost { call: job.call, fault, open: &open });
        assert!(honest.violations.is_empty(), "{}: {:#?}", job.shown, honest.violations);
        let said = ground.assess(found.gullible(), &view.selection);
        let lied = view.baseline.judge(&said, &Lost { call: job.call, fault, open: &[] });
        (job.operation.clone(), !lied.violations.is_empty())
    });
    let mut operations: BTreeMap<String, bool> = BTreeMap::new();
    caught.into_iter().for_each(|(operation, caught)| *operations.entry(operation).or_default() |= caught);
    let unseen: Vec<&String> = operations.iter().filter(|(_, caught)| !**caught).map(|(operation, _)| operation).collect();
    assert!(operations.len() > 15, "{operations:?}");
    assert_eq!(unseen, WHOLE, "a refusal of these could be taken for an empty answer");
}

#[test]
fn a_verdict_that_turns_without_its_call_is_found_out() {
    let ground = ground();
    let mut planted = 0;
    for job in &some_calls(ground) {
        let (fault, dir) = (&Fault::denied(ground.line(job)), scratch());
        let found = ground.collect(job, fault, false, &dir.path().join("r")).unwrap_or_else(|error| panic!("{error}"));
        let view = ground.view(&job.kinds);
        let found = ground.completed(job, found);
        let open = found.open();
        let said = ground.assess(found, &view.selection);
        let lost = Lost { call: job.call, fault, open: &open };
        let laws_broken = |said: &Said| !view.baseline.judge(said, &lost).violations.is_empty();
        assert!(!laws_broken(&said));
        let before = |id: &str| view.baseline.verdicts().iter().find(|verdict| verdict.verdict_id == id).map(|verdict| verdict.verdict);
        for at in (0..said.lines.len()).step_by(5.max(said.lines.len() / PLANTED)) {
            let verdict = Said::verdict(&said.lines[at]);
            for other in [Outcome::Pass, Outcome::Fail, Outcome::NotApplicable] {
                // One that was so with all answers may be so without the call.
                if verdict.verdict == other || before(&verdict.verdict_id) == Some(other) {
                    continue;
                }
                planted += 1;
                let mut lying = said.clone();
                lying.lines[at] = line(&Verdict { verdict: other, ..verdict.clone() });
                assert!(laws_broken(&lying), "{} as {}: {}", job.shown, other.as_str(), said.lines[at]);
            }
        }
        let mut short = said.clone();
        if let Some(at) = short.lines.iter().position(|line| Said::verdict(line).resource.id.is_none() && line.contains("indeterminate")) {
            planted += 1;
            short.lines.remove(at);
            assert!(laws_broken(&short), "{}: an open population without its line", job.shown);
        }
    }
    assert!(planted > 300, "{planted}");
}

#[test]
fn an_item_that_passes_over_an_open_population_is_found_out() {
    let ground = ground();
    let mut planted = 0;
    for job in &some_calls(ground) {
        let (fault, dir) = (&Fault::denied(ground.line(job)), scratch());
        let found = ground.collect(job, fault, false, &dir.path().join("r")).unwrap_or_else(|error| panic!("{error}"));
        let view = ground.view(&job.kinds);
        let found = ground.completed(job, found);
        let open = found.open();
        let said = ground.assess(found, &view.selection);
        let lost = Lost { call: job.call, fault, open: &open };
        let reopened = view.baseline.judge(&said, &lost).reopened;
        for ((item, account), _) in reopened {
            let mut lying = said.clone();
            let lines = &mut lying.assessment.frameworks[0].items;
            let line = lines.iter_mut().find(|line| line.id == item).expect("it was judged");
            match &account {
                None => line.result = ItemResult::Pass,
                Some(account) => line.accounts.get_mut(account).expect("it was judged").result = ItemResult::Pass,
            }
            planted += 1;
            assert!(!view.baseline.judge(&lying, &lost).violations.is_empty(), "{}: {item} {account:?}", job.shown);
        }
    }
    assert!(planted > 30, "{planted}");
}

#[test]
fn every_way_to_lose_a_call_is_tried() {
    let ground = ground();
    let names: BTreeSet<String> = ground.golden.lines.iter().flat_map(faults).map(|fault| fault.name).collect();
    for way in [
        "taken away",
        "denied",
        "denied by an SCP",
        "throttled",
        "500",
        "timeout",
        "empty body",
        "nothing in the body",
        "HTML",
        "wrong root",
        "a page that leads to itself",
        "a page that leads back to where it was asked",
        "cut without a token",
        "cut with an empty token",
        "a next page that is denied",
        "a next page that is throttled",
        "a next page that breaks",
        "a next page that is empty",
    ] {
        assert!(names.contains(way), "{way}");
    }
    let starting = |text: &str| names.iter().filter(|name| name.starts_with(text)).count();
    assert!(starting("cut at byte") > 500 && starting("without `") > 150, "{} {}", starting("cut at byte"), starting("without `"));
}

fn line(verdict: &Verdict) -> String {
    serde_json::to_string(verdict).expect("serializes")
}
