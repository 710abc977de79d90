//! What could not be seen, why, which verdicts and items it touched, and the permission that would close what was denied.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Serialize;

use super::AllJudged;
use crate::model::{Gap, Reason};
use crate::pack::build::{Build, Crumb, List};
use crate::pack::error::PackError;
use crate::pack::links::{Exhibits, Pair};
use crate::pack::population::{Unseen, UnseenCount, csv_error};
use crate::pack::text::{csv_cell, cut};
use crate::pack::words;

/// Tests and items listed beside a gap.
const LISTED: usize = 6;

/// What a gap touched.
#[derive(Debug, Default)]
struct Touched {
    verdicts: u64,
    pairs: BTreeSet<Pair>,
}

#[derive(Serialize)]
struct Row {
    account: String,
    region: String,
    service: String,
    operation: String,
    reason: &'static str,
    detail: String,
    exhibits: Exhibits,
    verdicts: u64,
    tests: Vec<Link>,
    tests_total: usize,
    items: Vec<Link>,
    items_total: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Link {
    href: String,
    text: String,
}

#[derive(Serialize)]
struct Model {
    total: u64,
    touching: u64,
    verdicts: u64,
    denied: u64,
    statement: String,
    unexplained: Vec<Unexplained>,
    unexplained_total: u64,
}

/// Why a verdict could not be seen, where no gap of the list says it (the test's own errors, a question too old).
#[derive(Serialize)]
struct Unexplained {
    account: String,
    reason: String,
    detail: String,
    verdicts: u64,
}

/// Writes `gaps.html` and `gaps.csv`.
pub(in crate::pack) fn write(build: &Build<'_>, all: &AllJudged) -> Result<(), PackError> {
    let gaps = &build.input.assessment.gaps;
    let (touched, unexplained) = touched(gaps, all);
    write_csv(build, gaps, &touched)?;
    let mut rows = build.rows("html/rows/gap.html", "gaps.html")?;
    let mut order: Vec<usize> = (0..gaps.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(touched[*at].verdicts), *at));
    for at in order {
        rows.push(&row(build, &gaps[at], &touched[at]))?;
    }
    let unexplained_total = unexplained.values().map(|count| count.verdicts).sum();
    let one = |(why, count): (&Unseen, &UnseenCount)| Unexplained {
        account: why.account.clone(),
        reason: why.reason.replace('_', " "),
        detail: cut(&why.detail, 400).into_owned(),
        verdicts: count.verdicts,
    };
    let model = Model {
        total: gaps.len() as u64,
        touching: touched.iter().filter(|touched| touched.verdicts > 0).count() as u64,
        verdicts: all.values().map(|judged| judged.counts.indeterminate).sum(),
        denied: gaps.iter().filter(|gap| gap.reason == Reason::Denied).count() as u64,
        statement: statement(build, gaps),
        unexplained: unexplained.iter().take(100).map(one).collect(),
        unexplained_total,
    };
    let list = List {
        stem: "gaps",
        template: "html/gaps.html",
        title: "What could not be seen",
        crumbs: &[Crumb::new("index.html", "Overview")],
        what: "everything that could not be observed, and what it touched",
        all: "gaps.csv",
    };
    build.list(list, vec![rows], &model).map(|_| ())
}

/// Finds, for each gap, the verdicts that carry its words, or else rest on its call. A verdict that several gaps touch counts for
/// each; one that none explains is returned apart.
fn touched(gaps: &[Gap], all: &AllJudged) -> (Vec<Touched>, BTreeMap<Unseen, UnseenCount>) {
    let mut by_call: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    let mut by_words: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, gap) in gaps.iter().enumerate() {
        if let Some(call) = gap.call {
            by_call.entry(call).or_default().push(at);
        }
        by_words.entry((gap.reason.as_str(), gap.detail.as_str())).or_default().push(at);
    }
    let mut touched: Vec<Touched> = gaps.iter().map(|_| Touched::default()).collect();
    let mut unexplained: BTreeMap<Unseen, UnseenCount> = BTreeMap::new();
    for (pair, judged) in all {
        for (why, count) in &judged.unseen_why {
            let fits = |at: &usize| gaps[*at].account == why.account && gaps[*at].reason.as_str() == why.reason;
            let words = by_words.get(&(why.reason.as_str(), why.detail.as_str())).into_iter().flatten();
            let mut mine: HashSet<usize> = words.copied().filter(fits).collect();
            if mine.is_empty() {
                mine.extend(count.calls.iter().filter_map(|call| by_call.get(call)).flatten().copied().filter(fits));
            }
            for at in &mine {
                touched[*at].verdicts += count.verdicts;
                touched[*at].pairs.insert(pair.clone());
            }
            if mine.is_empty() {
                unexplained.entry(why.clone()).or_default().verdicts += count.verdicts;
            }
        }
    }
    (touched, unexplained)
}

fn row(build: &Build<'_>, gap: &Gap, touched: &Touched) -> Row {
    let tests: Vec<Link> = touched
        .pairs
        .iter()
        .filter_map(|pair| Some(Link { href: build.links.control(&pair.control, &pair.params_id)?, text: pair.control.clone() }))
        .collect();
    let items = items(build, &touched.pairs);
    Row {
        account: gap.account.clone(),
        region: gap.region.clone(),
        service: gap.service.clone(),
        operation: gap.operation.clone(),
        reason: words::reason(gap.reason),
        detail: cut(&gap.detail, 600).into_owned(),
        exhibits: build.links.cell(gap.call.as_slice(), ""),
        verdicts: touched.verdicts,
        tests_total: tests.len(),
        tests: tests.into_iter().take(LISTED).collect(),
        items_total: items.len(),
        items: items.into_iter().take(LISTED).collect(),
    }
}

/// The items that any of these controls counts for.
fn items(build: &Build<'_>, pairs: &BTreeSet<Pair>) -> Vec<Link> {
    let mut links = Vec::new();
    if pairs.is_empty() {
        return links;
    }
    let several = build.input.assessment.frameworks.len() > 1;
    for framework in &build.input.assessment.frameworks {
        for item in &framework.items {
            let pair = |one: &crate::model::assessment::ItemControl| Pair { control: one.id.clone(), params_id: one.params_id.clone() };
            if item.controls.iter().any(|one| one.coverage.is_some() && pairs.contains(&pair(one))) {
                let text = if several { format!("{} {}", framework.id, item.id) } else { item.id.clone() };
                links.push(Link { href: build.links.item(&framework.id, &item.id), text });
            }
        }
    }
    links
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Policy<'a> {
    version: &'static str,
    statement: Vec<Allow<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Allow<'a> {
    effect: &'static str,
    action: &'a BTreeSet<String>,
    resource: &'a Vec<String>,
}

/// One IAM policy that allows what was denied; empty where nothing was.
pub(in crate::pack) fn statement(build: &Build<'_>, gaps: &[Gap]) -> String {
    let mut by_resources: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
    for gap in gaps.iter().filter(|gap| gap.reason == Reason::Denied) {
        let actions = build.input.operations.actions(&gap.service, &gap.operation);
        if actions.is_empty() {
            continue;
        }
        let partition =
            build.input.assessment.scope.accounts.iter().find(|one| one.id == gap.account).map_or("aws", |one| one.partition.id());
        let region = if gap.region == crate::model::place::GLOBAL { "*" } else { gap.region.as_str() };
        let fill = |pattern: String| pattern.replace("{partition}", partition).replace("{region}", region);
        let resources: Vec<String> = build.input.operations.resources(&gap.service, &gap.operation).into_iter().map(fill).collect();
        let resources = if resources.is_empty() { vec!["*".to_owned()] } else { resources };
        by_resources.entry(resources).or_default().extend(actions);
    }
    if by_resources.is_empty() {
        return String::new();
    }
    let allow = |(resource, action)| Allow { effect: "Allow", action, resource };
    let policy = Policy { version: "2012-10-17", statement: by_resources.iter().map(allow).collect() };
    // Cannot fail: all keys are strings and no serializer of these types returns an error.
    serde_json::to_string_pretty(&policy).unwrap_or_default()
}

fn write_csv(build: &Build<'_>, gaps: &[Gap], touched: &[Touched]) -> Result<(), PackError> {
    let path = "gaps.csv";
    let mut writer = csv::Writer::from_writer(build.staging.file(path, "everything that could not be observed")?);
    let titles = ["account", "region", "service", "operation", "reason", "detail", "exhibit", "verdicts touched", "tests touched"];
    writer.write_record(titles).map_err(|error| csv_error(path, error))?;
    for (gap, touched) in gaps.iter().zip(touched) {
        let tests: Vec<&str> = touched.pairs.iter().map(|pair| pair.control.as_str()).collect();
        let cells = [
            gap.account.clone(),
            gap.region.clone(),
            gap.service.clone(),
            gap.operation.clone(),
            gap.reason.as_str().to_owned(),
            gap.detail.clone(),
            gap.call.and_then(|call| build.links.number(call)).unwrap_or_default(),
            touched.verdicts.to_string(),
            tests.join(" "),
        ];
        writer.write_record(cells.iter().map(|cell| csv_cell(cell).into_owned())).map_err(|error| csv_error(path, error))?;
    }
    writer.into_inner().map_err(|error| csv_error(path, error.into_error().into()))?.close()
}
