//! The completeness sheet (auditors call it IPE): for each population, who listed it, how the listing ended, how many there
//! are, and what a second path through AWS counts.

use serde::Serialize;

use crate::model::population::Ended;
use crate::model::{GapId, Population};
use crate::pack::build::{Build, Crumb, List};
use crate::pack::error::PackError;
use crate::pack::links::Exhibits;
use crate::pack::population::csv_error;
use crate::pack::text::{csv_cell, cut};
use crate::pack::words;

#[derive(Serialize)]
struct Row {
    kind: String,
    account: String,
    region: String,
    count: u64,
    complete: bool,
    disputed: bool,
    key: &'static str,
    state: &'static str,
    ended: &'static str,
    pages: u32,
    operations: String,
    exhibits: Exhibits,
    second: String,
    second_count: String,
    second_exhibits: Exhibits,
    differences: Vec<String>,
    differences_total: usize,
    gap: String,
}

#[derive(Serialize)]
struct Model {
    total: u64,
    complete: u64,
    second: u64,
    disputed: u64,
}

/// Writes `completeness.html` and `completeness.csv`: what is not proven first.
pub(in crate::pack) fn write(build: &Build<'_>) -> Result<(), PackError> {
    let populations = build.input.populations;
    let operations: std::collections::HashMap<_, _> =
        build.input.calls.keys().map(|(id, key)| (id, format!("{}:{}", key.service, key.operation))).collect();
    let mut model = Model { total: 0, complete: 0, second: 0, disputed: 0 };
    let mut open = build.rows("html/rows/population.html", "completeness.html")?;
    let mut proven = build.rows("html/rows/population.html", "completeness.html")?;
    for population in populations {
        let mut names: Vec<&str> = population.calls.iter().filter_map(|call| operations.get(call)).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let row = row(build, population, names.join(", "));
        model.total += 1;
        model.complete += u64::from(row.complete);
        model.second += u64::from(population.second.is_some());
        model.disputed += u64::from(row.disputed);
        if row.complete { proven.push(&row)? } else { open.push(&row)? }
    }
    write_csv(build, &operations)?;
    let list = List {
        stem: "completeness",
        template: "html/completeness.html",
        title: "Completeness of the populations",
        crumbs: &[Crumb::new("index.html", "Overview")],
        what: "completeness sheet: how each population was listed and that it is whole",
        all: "completeness.csv",
    };
    build.list(list, vec![open, proven], &model).map(|_| ())
}

fn row(build: &Build<'_>, population: &Population, operations: String) -> Row {
    let second = population.second.as_ref();
    let complete = population.complete();
    let disputed = !complete && second.is_some_and(|second| !second.differences.is_empty());
    let (key, state) = match (complete, disputed) {
        (_, true) => ("indeterminate", "disputed"),
        (true, false) => ("pass", "proven complete"),
        (false, false) => ("indeterminate", "not proven complete"),
    };
    Row {
        kind: population.kind.clone(),
        account: population.place.account.clone(),
        region: population.place.region.clone(),
        count: population.count,
        complete,
        disputed,
        key,
        state,
        ended: words::ended(&population.ended),
        pages: population.pages,
        operations,
        exhibits: build.links.cell(&population.calls, ""),
        second: second.map(|second| cut(&second.what, 300).into_owned()).unwrap_or_default(),
        second_count: second.map(|second| words::count(second.count)).unwrap_or_default(),
        second_exhibits: build.links.cell(&second.iter().map(|second| second.call).collect::<Vec<_>>(), ""),
        differences: second
            .map(|second| second.differences.iter().take(5).map(|text| cut(text, 200).into_owned()).collect())
            .unwrap_or_default(),
        differences_total: second.map_or(0, |second| second.differences.len()),
        gap: cut(&gap_text(build, population.gap.as_ref()), 500).into_owned(),
    }
}

fn gap_text(build: &Build<'_>, gap: Option<&GapId>) -> String {
    let Some(gap) = gap.and_then(|id| build.input.gaps.get(id)) else { return String::new() };
    format!("{}: {}", words::reason(gap.reason), gap.detail)
}

fn write_csv(build: &Build<'_>, operations: &std::collections::HashMap<crate::model::CallId, String>) -> Result<(), PackError> {
    let path = "completeness.csv";
    let mut writer = csv::Writer::from_writer(build.staging.file(path, "completeness sheet: every population")?);
    let titles = [
        "kind",
        "account",
        "region",
        "count",
        "complete",
        "listing ended",
        "pages",
        "operations",
        "exhibits",
        "second path",
        "second count",
        "second exhibit",
        "differences",
        "gap",
    ];
    writer.write_record(titles).map_err(|error| csv_error(path, error))?;
    for population in build.input.populations {
        let second = population.second.as_ref();
        let mut names: Vec<&str> = population.calls.iter().filter_map(|call| operations.get(call)).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let cells = [
            population.kind.clone(),
            population.place.account.clone(),
            population.place.region.clone(),
            population.count.to_string(),
            if population.complete() { "yes" } else { "no" }.to_owned(),
            match population.ended {
                Ended::NotProven => "not proven".to_owned(),
                ref ended => words::ended(ended).to_owned(),
            },
            population.pages.to_string(),
            names.join(" "),
            build.links.numbers(&population.calls).join(" "),
            second.map(|second| second.what.clone()).unwrap_or_default(),
            second.map(|second| second.count.to_string()).unwrap_or_default(),
            second.and_then(|second| build.links.number(second.call)).unwrap_or_default(),
            second.map(|second| second.differences.join("; ")).unwrap_or_default(),
            gap_text(build, population.gap.as_ref()),
        ];
        writer.write_record(cells.iter().map(|cell| csv_cell(cell).into_owned())).map_err(|error| csv_error(path, error))?;
    }
    writer.into_inner().map_err(|error| csv_error(path, error.into_error().into()))?.close()
}
