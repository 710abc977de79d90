//! The items of CIS AWS Foundations that are called Automated, one by one: what each comes to in an account that fails it, in one that
//! passes, in one that was just made, and where what it rests on may not be asked. The framework's file says which items there are.
//!
//! What is asked and denied is taken from the controls themselves: the operations of the groups of facts that their expressions read.
//! An item has one covering control, as a rule; what holds for the item is asserted of every verdict of each.

use std::collections::{BTreeMap, BTreeSet};

use evidence::catalog::{Overrides, Run, Selection, select};
use evidence::collect::kinds;
use evidence::model::assessment::{Disposition, ItemResult};
use evidence::model::framework::{Coverage, Item, Method, Relation};
use evidence::model::{Outcome, Verdict};
use serde_json::json;

use super::embedded;
use crate::wrong_answers::{Story, Told};

const CIS: &str = "cis-aws-7.0.0";

/// One item.
struct Row {
    item: &'static str,
    /// What fails where everything does (`seeds/stories/items.py`), no more and no less: names of resources, without the ids that AWS makes
    /// up, and `global` or the Region of what is said of a place.
    fails: &'static [&'static str],
    /// What it comes to in an account that was just made.
    new: ItemResult,
    /// Why an auditor would say so.
    since: &'static str,
}

const fn row(item: &'static str, fails: &'static [&'static str], new: ItemResult, since: &'static str) -> Row {
    Row { item, fails, new, since }
}

use ItemResult::{Fail, Indeterminate, NothingToTest, Pass};

const ROWS: &[Row] = &[
    row("2.4", &["root"], Pass, "root begins without access keys"),
    row("2.5", &["root"], Fail, "root has a password and no second factor"),
    row("2.8", &["password policy"], Fail, "without a policy of one's own AWS's weaker one is in force"),
    row("2.9", &["password policy"], Fail, "without a policy of one's own no password is remembered"),
    row("2.10", &["ann"], NothingToTest, "there is no user"),
    row("2.11", &["ann"], NothingToTest, "there is no user"),
    row("2.12", &["ann / access key 1"], NothingToTest, "there is no user"),
    row("2.13", &["ann"], NothingToTest, "there is no user"),
    row(
        "2.14",
        &["admins / of-group", "ann / of-user", "attached", "deploy / of-role"],
        NothingToTest,
        "no policy is attached and none is inline",
    ),
    row("2.15", &["global"], Fail, "the item asks for an identity, and there is none"),
    row("2.16", &["web / i-…"], NothingToTest, "there is no instance"),
    row("2.17", &["expired"], NothingToTest, "there is no certificate"),
    row("2.18", &["us-east-1"], Fail, "no Region has an analyzer until somebody makes one"),
    row("3.1.1", &["example-open-{account}"], NothingToTest, "there is no bucket"),
    row("3.1.4", &["example-open-{account}"], NothingToTest, "there is no bucket that the missing block of the account would leave open"),
    row("3.2.1", &["legacy", "shop"], NothingToTest, "there is no database"),
    row("3.2.2", &["legacy"], NothingToTest, "there is no database"),
    row("3.2.3", &["legacy", "shop"], NothingToTest, "there is no database"),
    row("3.3.1", &["scratch (fs-…)"], NothingToTest, "there is no file system"),
    row("4.2", &["local"], Fail, "where there is no trail nothing proves what happened"),
    row("4.3", &["AWS Config in us-east-1", "global"], Fail, "nothing is recorded in any Region"),
    row("4.5", &["local"], Fail, "where there is no trail nothing is recorded under a key of the customer's"),
    row("4.6", &["alias/data"], NothingToTest, "there is no key"),
    row("4.7", &["vpc-…"], Fail, "the default VPC of every Region has no flow log"),
    row("4.8", &["global"], Fail, "nothing records data events"),
    row("4.9", &["global"], Fail, "nothing records data events"),
    row("5.16", &["Security Hub in us-east-1"], Fail, "Security Hub is off until somebody turns it on"),
    row("6.1.1", &["EC2 in us-east-1"], Fail, "the setting is off in a new account"),
    row("6.1.2", &["open / sg-…"], Pass, "the default groups let in nobody but their members"),
    row("6.2", &["acl-…"], Fail, "the default ACLs allow everything"),
    row("6.3", &["open / sg-…"], Pass, "the default groups let in nobody but their members"),
    row("6.4", &["open / sg-…"], Pass, "the default groups let in nobody but their members"),
    row("6.5", &["default / sg-…"], Fail, "the default groups come with rules"),
    row("6.7", &["web / i-…"], NothingToTest, "there is no instance"),
];

/// The items that the framework calls Automated, with the runs of the controls that cover each.
fn items() -> Vec<(Item, Vec<Run>)> {
    let catalog = embedded();
    let selection = catalog.select(&[CIS.to_owned()], &Overrides::default()).unwrap_or_else(|error| panic!("{error}"));
    let covering = |item: &Item| {
        let asks = |run: &&Run| run.asks.iter().any(|ask| ask.item == item.id && ask.relation == Relation::Covers);
        selection.runs.iter().filter(asks).cloned().collect()
    };
    let automated = selection.frameworks[0].items.iter().filter(|item| item.method == Method::Automated);
    automated.map(|item| (item.clone(), covering(item))).collect()
}

fn row_of(item: &Item) -> &'static Row {
    ROWS.iter().find(|row| row.item == item.id).unwrap_or_else(|| panic!("no row says what {} comes to", item.id))
}

/// Operations by name.
type Operations = BTreeSet<&'static str>;

/// What verdicts of the controls of an item rest on, and of that what goes beyond listing the kinds that they judge. What is asked only to
/// be shown beside a verdict is left out.
fn operations(runs: &[Run]) -> (Operations, Operations) {
    let (mut all, mut beyond) = (Operations::new(), Operations::new());
    for run in runs {
        let mut control = (*run.control).clone();
        control.judges.iter_mut().for_each(|judge| judge.columns.clear());
        let judged: BTreeSet<&str> = run.control.judges.iter().map(|judge| judge.resource.as_str()).collect();
        let alone = Run { control: control.into(), ..run.clone() };
        let wanted = Selection { frameworks: Vec::new(), runs: vec![alone] }.wanted(kinds());
        all.extend(select::operations(&wanted, kinds()).keys().map(|(_, operation)| *operation));
        for kind in kinds() {
            let further = |(index, _): &(usize, _)| *index > 0 || !judged.contains(kind.name);
            let asked = |(index, _): &(usize, _)| wanted.group(kind.name, *index) || wanted.named(kind.name, *index).next().is_some();
            let groups = kind.groups.iter().enumerate().filter(further).filter(asked);
            beyond.extend(groups.flat_map(|(_, group)| group.operations).map(|(_, operation)| *operation));
        }
    }
    (all, beyond)
}

/// An account, refusing these operations.
fn refusing(story: Story, operations: &Operations) -> Story {
    let rule = |operation: &&str| json!({"operation": operation, "answer": {"kind": "access_denied"}});
    operations.iter().fold(story, |story, operation| story.fault(rule(operation)))
}

/// The verdicts of the controls that cover an item, with its parameters, in one account.
fn covering<'a>(told: &'a Told, item: &Item, account: &str) -> Vec<&'a Verdict> {
    let line = told.line(CIS, &item.id);
    let covers = |verdict: &&Verdict| {
        let mut controls = line.controls.iter().filter(|control| control.relation == Relation::Covers);
        verdict.account == account && controls.any(|control| control.id == verdict.control && control.params_id == verdict.params_id)
    };
    told.verdicts().iter().filter(covers).collect()
}

/// What a result leaves to people: nothing, unless the item is tested in part.
fn disposition(item: &Item, result: ItemResult) -> Disposition {
    let full = item.mappings.iter().any(|mapping| mapping.coverage == Some(Coverage::Full));
    match result {
        Fail => Disposition::Fail,
        Indeterminate => Disposition::Indeterminate,
        _ if !full => Disposition::Manual,
        Pass => Disposition::Pass,
        NothingToTest => Disposition::NothingToTest,
        ItemResult::None => Disposition::NotTested,
    }
}

/// What the verdicts of one control must look like where its item came to this.
fn fits(result: ItemResult, verdicts: &[&Verdict]) -> bool {
    let any = |outcome| verdicts.iter().any(|verdict| verdict.verdict == outcome);
    match result {
        Pass => any(Outcome::Pass) && !any(Outcome::Fail) && !any(Outcome::Indeterminate),
        Fail => any(Outcome::Fail),
        Indeterminate => any(Outcome::Indeterminate) && !any(Outcome::Fail),
        NothingToTest => !verdicts.is_empty() && verdicts.iter().all(|verdict| verdict.verdict == Outcome::NotApplicable),
        ItemResult::None => false,
    }
}

/// Holds every item of one account against what it should come to, and all of them at once.
fn expect(told: &Told, account: &str, expected: impl Fn(&Item) -> ItemResult) {
    let mut wrong = Vec::new();
    for (item, runs) in items() {
        let (expected, found) = (expected(&item), told.line(CIS, &item.id).accounts[account]);
        if (found.result, found.disposition) != (expected, disposition(&item, expected)) {
            wrong.push(format!("{}: {:?}, {:?}, not {expected:?}", item.id, found.result, found.disposition));
        }
        let verdicts = covering(told, &item, account);
        for run in &runs {
            let of_control: Vec<&Verdict> = verdicts.iter().copied().filter(|verdict| verdict.control == run.control.id).collect();
            if !fits(expected, &of_control) {
                let said: Vec<String> = of_control.iter().map(|verdict| said(verdict)).collect();
                wrong.push(format!("{}: {}: {said:?} does not make {expected:?}", item.id, run.control.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{account}:\n{}", wrong.join("\n"));
}

/// What a verdict is about, by name, else by Region; what it is; and the code of its reason.
fn said(verdict: &Verdict) -> String {
    let code = verdict.reason.as_ref().map(|why| format!(" ({})", why.code)).unwrap_or_default();
    format!("{}: {}{code}", about(verdict), verdict.verdict.as_str())
}

fn about(verdict: &Verdict) -> &str {
    verdict.resource.name.as_deref().unwrap_or(&verdict.region)
}

/// What came of one account alone is what came of the items.
fn told_of_one(story: Story, expected: impl Fn(&Item) -> ItemResult) -> (Told, String) {
    let account = story.account().to_owned();
    let told = story.for_framework(CIS).tell();
    expect(&told, &account, &expected);
    for (item, _) in items() {
        let line = told.line(CIS, &item.id);
        assert_eq!((line.result, line.disposition), (expected(&item), disposition(&item, expected(&item))), "{}: {}", item.id, line.why);
    }
    (told, account)
}

#[test]
fn every_automated_item_has_a_row_and_all_but_one_are_tested_in_full() {
    let items = items();
    let ids: Vec<&str> = items.iter().map(|(item, _)| item.id.as_str()).collect();
    assert_eq!(ids, ROWS.iter().map(|row| row.item).collect::<Vec<_>>(), "rows in the framework's order, none too many");
    assert_eq!(ids.len(), 34);
    assert!(ROWS.iter().all(|row| !row.fails.is_empty() && !row.since.is_empty()));
    let in_part = |(item, _): &&(Item, Vec<Run>)| item.mappings.iter().all(|mapping| mapping.coverage != Some(Coverage::Full));
    let in_part: Vec<&str> = items.iter().filter(in_part).map(|(item, _)| item.id.as_str()).collect();
    assert_eq!(in_part, ["2.16"], "no API shows whether a key lies on a disk: a person decides unless the test fails");
}

#[test]
fn an_account_in_order_passes_every_item() {
    let (told, account) = told_of_one(Story::seed("clean"), |_| Pass);
    for (item, _) in items() {
        let passed = covering(&told, &item, &account).iter().filter(|verdict| verdict.verdict == Outcome::Pass).count();
        assert!(passed > 0 && told.line(CIS, &item.id).why.contains("all populations are complete"), "{}", item.id);
    }
}

#[test]
fn an_account_in_which_everything_is_wrong_fails_every_item_over_what_is_wrong() {
    let (told, account) = told_of_one(Story::of("items.failing"), |_| Fail);
    let made_up = regex::Regex::new(r"\b(acl|fs|i|sg|vpc)-[0-9a-f]{8,}").expect("a sound expression");
    let mut wrong = BTreeMap::new();
    for (item, _) in items() {
        let failed = covering(&told, &item, &account).into_iter().filter(|verdict| verdict.verdict == Outcome::Fail);
        let name = |verdict: &Verdict| made_up.replace_all(&about(verdict).replace(&account, "{account}"), "$1-…").into_owned();
        let mut failed: Vec<String> = failed.map(name).collect();
        failed.sort();
        if failed != row_of(&item).fails {
            wrong.insert(item.id, failed);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_new_account_comes_to_what_an_auditor_would_say() {
    let (told, _) = told_of_one(Story::seed("empty"), |item| row_of(item).new);
    assert!(told.verdicts().iter().all(|verdict| verdict.verdict != Outcome::Indeterminate), "all of it was seen");
}

/// Whether an account fails everything or passes everything, nobody can tell where nothing may be asked.
#[test]
fn an_item_whose_calls_are_all_denied_is_indeterminate() {
    let denied: Operations = items().iter().flat_map(|(_, runs)| operations(runs).0).collect();
    let story = refusing(Story::of("items.both"), &denied);
    let accounts = story.accounts();
    let told = story.for_framework(CIS).tell();
    for account in &accounts {
        expect(&told, account, |_| Indeterminate);
        for (item, _) in items() {
            assert_eq!(told.item(CIS, &item.id), (Indeterminate, Disposition::Indeterminate), "{}", item.id);
            let verdicts = covering(&told, &item, account);
            let other: Vec<String> =
                verdicts.iter().map(|verdict| said(verdict)).filter(|said| !said.ends_with(": indeterminate (denied)")).collect();
            assert!(other.is_empty(), "{}: {other:?}", item.id);
        }
    }
}

/// The resources are listed, and what an item needs to know beyond that is denied: of the account in order nothing more is known to pass
/// and nothing fails; of the other one nothing passes.
#[test]
fn an_item_of_which_only_the_listings_are_allowed_is_indeterminate_too() {
    let items = items();
    let denied: Operations = items.iter().flat_map(|(_, runs)| operations(runs).1).collect();
    let rests: BTreeSet<&str> =
        items.iter().filter(|(_, runs)| !operations(runs).0.is_disjoint(&denied)).map(|(item, _)| item.id.as_str()).collect();
    assert!(rests.len() > 12, "{rests:?}");
    let story = refusing(Story::of("items.both"), &denied);
    let accounts = story.accounts();
    let told = story.for_framework(CIS).tell();
    let clean = |item: &Item| if rests.contains(item.id.as_str()) { Indeterminate } else { Pass };
    expect(&told, &accounts[1], clean);
    for (item, _) in &items {
        let found = told.line(CIS, &item.id).accounts[&accounts[0]].result;
        assert!(found == Fail || (found == Indeterminate && rests.contains(item.id.as_str())), "{}: {found:?}", item.id);
        for verdict in accounts.iter().flat_map(|account| covering(&told, item, account)) {
            let code = verdict.reason.as_ref().map(|why| why.code.as_str());
            assert!(verdict.verdict != Outcome::Indeterminate || code == Some("denied"), "{}: {}", item.id, said(verdict));
        }
    }
}
