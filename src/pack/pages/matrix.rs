//! APIs against the sections of a framework: one row for each API, one cell for each layer, at a glance.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{AllJudged, Part};
use crate::model::Verdict;
use crate::model::assessment::{Counts, FrameworkLine};
use crate::model::framework::{Framework, Relation};
use crate::pack::build::{Build, Crumb, List};
use crate::pack::error::PackError;
use crate::pack::links::Pair;
use crate::pack::text::{cut, title};

/// Tests named in a cell.
const NAMED: usize = 3;
/// Characters of an API's name.
const NAME: usize = 200;

/// What a verdict is about: an API, or (`api` empty) what APIs of an account and Region share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::pack) struct Place {
    account: String,
    region: String,
    api: String,
}

/// Verdicts by what they are about.
#[derive(Debug, Default)]
pub(in crate::pack) struct ByApi(BTreeMap<Place, (String, Counts)>);

impl ByApi {
    /// Counts a verdict.
    pub fn note(&mut self, verdict: &Verdict) {
        let api = verdict.resource.id.as_deref().and_then(api_of).unwrap_or_default();
        let place = Place { account: verdict.account.clone(), region: verdict.region.clone(), api: api.to_owned() };
        let named = verdict.resource.name.as_deref().and_then(|name| name.split(" / ").next()).filter(|_| !api.is_empty());
        let (name, counts) = self.0.entry(place).or_default();
        if let (true, Some(named)) = (name.is_empty(), named) {
            named.clone_into(name);
        }
        counts.add(verdict.verdict);
    }
}

/// The API to which a resource of API Gateway belongs, as the ARN that the ids of all its parts begin with:
/// `arn:aws:apigateway:eu-west-1::/restapis/ab12` (also `/apis/`).
fn api_of(id: &str) -> Option<&str> {
    if id.split(':').nth(2) != Some("apigateway") {
        return None;
    }
    let kind = ["::/restapis/", "::/apis/"].into_iter().find_map(|kind| id.find(kind).map(|at| at + kind.len()))?;
    let end = id[kind..].find('/').map_or(id.len(), |at| kind + at);
    Some(&id[..end]).filter(|_| end > kind)
}

/// One row of the table.
#[derive(Serialize)]
pub(super) struct Row {
    name: String,
    id: String,
    account: String,
    region: String,
    shared: bool,
    cells: Vec<Cell>,
}

/// What the tests of one section say about an API.
#[derive(Clone, Debug, Default, Serialize)]
struct Cell {
    key: &'static str,
    word: &'static str,
    fail: u64,
    indeterminate: u64,
    pass: u64,
    tests: Option<Part<TestLink>>,
}

/// A test that fails, or else that could not be decided.
#[derive(Clone, Debug, Serialize)]
struct TestLink {
    id: String,
    href: String,
    n: u64,
}

/// The table without its rows.
#[derive(Serialize)]
pub(super) struct Model {
    framework: String,
    sections: Vec<String>,
    apis: u64,
    failing: u64,
}

/// The page of a framework, where it has one.
pub(in crate::pack) fn href(build: &Build<'_>, framework: &Framework) -> Option<String> {
    framework.apis_by_section.then(|| build.links.framework(&framework.id).replace("/index.html", "/apis.html"))
}

/// The first rows of the table, for the report as Markdown.
#[derive(Serialize)]
pub(super) struct Extract {
    table: Model,
    rows: Part<Row>,
    page: String,
}

/// The first `limit` rows of each framework's table, where it has one.
pub(super) fn extracts(build: &Build<'_>, all: &AllJudged, limit: usize) -> Vec<Extract> {
    let asking = build.input.assessment.frameworks.iter().filter_map(|line| {
        let framework = build.frameworks.get(line.id.as_str()).copied()?;
        Some((line, framework, href(build, framework)?))
    });
    let extract = |(line, framework, page)| {
        let (table, rows) = table(build, all, line, framework);
        Extract { table, rows: Part::of(rows, limit), page }
    };
    asking.map(extract).collect()
}

/// Writes the page of each framework that asks for one.
pub(in crate::pack) fn write(build: &Build<'_>, all: &AllJudged) -> Result<(), PackError> {
    for line in &build.input.assessment.frameworks {
        let Some(framework) = build.frameworks.get(line.id.as_str()).copied() else { continue };
        if let Some(path) = href(build, framework) {
            write_one(build, all, (line, framework), &path)?;
        }
    }
    Ok(())
}

/// What fails most first; what APIs share comes last.
fn table(build: &Build<'_>, all: &AllJudged, line: &FrameworkLine, framework: &Framework) -> (Model, Vec<Row>) {
    let sections = sections(line, framework);
    let places: BTreeSet<&Place> =
        sections.iter().flat_map(|(_, pairs)| pairs).filter_map(|pair| all.get(pair)).flat_map(|judged| judged.apis.0.keys()).collect();
    let mut found: Vec<Row> = places.into_iter().map(|place| row(build, all, &sections, place)).collect();
    let worst = |row: &Row| {
        let sum = |of: fn(&Cell) -> u64| std::cmp::Reverse(row.cells.iter().map(of).sum::<u64>());
        (row.shared, sum(|cell| cell.fail), sum(|cell| cell.indeterminate))
    };
    found.sort_by_key(worst);
    let apis = || found.iter().filter(|row| !row.shared);
    let model = Model {
        framework: title(&framework.title),
        sections: sections.iter().map(|(name, _)| cut(name, NAME).into_owned()).collect(),
        apis: apis().count() as u64,
        failing: apis().filter(|row| row.cells.iter().any(|cell| cell.fail > 0)).count() as u64,
    };
    (model, found)
}

fn write_one(build: &Build<'_>, all: &AllJudged, (line, framework): (&FrameworkLine, &Framework), path: &str) -> Result<(), PackError> {
    let (model, found) = table(build, all, line, framework);
    let mut rows = build.rows("html/rows/api.html", path)?;
    for row in &found {
        rows.push(row)?;
    }
    let list = List {
        stem: path.strip_suffix(".html").unwrap_or(path),
        template: "html/apis.html",
        title: "APIs, layer by layer",
        crumbs: &[Crumb::new("index.html", "Overview"), Crumb::new(build.links.framework(&framework.id), title(&framework.title))],
        what: "every API against the sections of a framework",
        all: "verdicts.jsonl",
    };
    build.list(list, vec![rows], &model).map(|_| ())
}

/// The sections in the framework's order, each with the tests that count for its items.
fn sections(line: &FrameworkLine, framework: &Framework) -> Vec<(String, BTreeSet<Pair>)> {
    let of: BTreeMap<&str, &str> = framework.items.iter().map(|item| (item.id.as_str(), item.section.as_str())).collect();
    let mut sections: Vec<(String, BTreeSet<Pair>)> = Vec::new();
    for item in &line.items {
        let name = of.get(item.id.as_str()).copied().unwrap_or_default();
        if sections.last().is_none_or(|(last, _)| last != name) {
            sections.push((name.to_owned(), BTreeSet::new()));
        }
        let counting = item.controls.iter().filter(|control| control.relation == Relation::Covers);
        let pairs = counting.map(|control| Pair { control: control.id.clone(), params_id: control.params_id.clone() });
        if let Some((_, all)) = sections.last_mut() {
            all.extend(pairs);
        }
    }
    sections.retain(|(_, pairs)| !pairs.is_empty());
    sections
}

fn row(build: &Build<'_>, all: &AllJudged, sections: &[(String, BTreeSet<Pair>)], place: &Place) -> Row {
    let mut pairs = sections.iter().flat_map(|(_, pairs)| pairs).filter_map(|pair| all.get(pair)?.apis.0.get(place));
    let name = pairs.find_map(|(name, _)| Some(name).filter(|name| !name.is_empty()));
    Row {
        name: cut(name.map_or("", String::as_str), NAME).into_owned(),
        id: place.api.clone(),
        account: place.account.clone(),
        region: place.region.clone(),
        shared: place.api.is_empty(),
        cells: sections.iter().map(|(_, pairs)| cell(build, all, pairs, place)).collect(),
    }
}

fn cell(build: &Build<'_>, all: &AllJudged, pairs: &BTreeSet<Pair>, place: &Place) -> Cell {
    let mut sum = Counts::default();
    let (mut failing, mut open) = (Vec::new(), Vec::new());
    for pair in pairs {
        let Some((_, counts)) = all.get(pair).and_then(|judged| judged.apis.0.get(place)) else { continue };
        sum.merge(counts);
        let link =
            |n| TestLink { id: pair.control.clone(), href: build.links.control(&pair.control, &pair.params_id).unwrap_or_default(), n };
        failing.extend((counts.fail > 0).then(|| link(counts.fail)));
        open.extend((counts.indeterminate > 0).then(|| link(counts.indeterminate)));
    }
    let (key, word) = match sum {
        Counts { fail: 1.., .. } => ("fail", "fail"),
        Counts { indeterminate: 1.., .. } => ("indeterminate", "not seen"),
        Counts { pass: 1.., .. } => ("pass", "pass"),
        Counts { not_applicable: 1.., .. } => ("not_applicable", "not applicable"),
        Counts { .. } => ("none", "no test"),
    };
    let named = if failing.is_empty() { open } else { failing };
    let tests = (!named.is_empty()).then(|| Part::of(named, NAMED));
    Cell { key, word, fail: sum.fail, indeterminate: sum.indeterminate, pass: sum.pass, tests }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_belong_to_their_api_and_nothing_else_does() {
        let rest = "arn:aws:apigateway:eu-west-1::/restapis/ab12";
        for part in [rest.to_owned(), format!("{rest}/stages/prod"), format!("{rest}/stages/prod/methods/GET/apis/x")] {
            assert_eq!(api_of(&part), Some(rest), "{part}");
        }
        assert_eq!(api_of("arn:aws:apigateway:eu-west-1::/apis/cd34/routes/r1"), Some("arn:aws:apigateway:eu-west-1::/apis/cd34"));
        for other in [
            "arn:aws:apigateway:eu-west-1::/domainnames/api.example.com",
            "arn:aws:lambda:eu-west-1:111122223333:function:a::/apis/x",
            "arn:aws:apigateway:eu-west-1::/apis/",
            "",
        ] {
            assert_eq!(api_of(other), None, "{other}");
        }
    }
}
