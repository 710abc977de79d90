//! A verdict as the tables of pages show it.

use serde::Serialize;
use serde_json::Value;

use super::columns::Columns;
use super::links::{Exhibits, Links};
use super::text::cut;
use super::values::{exact, gap, shown_cut};
use super::words;
use crate::model::Verdict;

/// Characters of a cell on a page; the CSV has all.
const CELL: usize = 240;
/// Facts listed in a row on a page; the CSV has all.
const FACTS: usize = 6;
/// Characters of a word that a narrow column must break.
const LONG: usize = 28;

/// A verdict as tables show it. Links begin at the pack's folder.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RowModel {
    pub row: u64,
    pub key: &'static str,
    pub verdict: &'static str,
    pub name: String,
    pub id: String,
    pub kind: String,
    pub account: String,
    pub region: String,
    pub cells: Vec<Cell>,
    pub facts: Vec<Fact>,
    pub facts_total: usize,
    pub reason: String,
    pub waiver: String,
    pub exhibits: Exhibits,
}

/// A column's value.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Cell {
    pub title: String,
    pub text: String,
    pub gap: bool,
    /// Holds a word so long that it must be broken.
    pub long: bool,
    /// One short word, such as an instant, that must not be broken.
    pub whole: bool,
    /// False where this resource's kind has no such column.
    pub there: bool,
}

/// A fact that the expression read.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Fact {
    pub path: String,
    pub value: String,
    pub gap: bool,
}

impl RowModel {
    /// A verdict as tables show it; `values` stand at the places of `columns`.
    pub fn new(links: &Links, row: u64, verdict: &Verdict, columns: &Columns<'_>, values: &[Option<&Value>]) -> RowModel {
        let cell = |(title, value): (&&str, &Option<&Value>)| {
            let text = value.map(|value| shown_cut(value, CELL)).unwrap_or_default();
            Cell {
                title: cut(title, CELL).into_owned(),
                gap: value.is_some_and(|value| gap(value).is_some()),
                long: is_long(&text),
                whole: !text.contains([' ', '\n']),
                there: value.is_some(),
                text,
            }
        };
        let fact = |(path, value): (&String, &Value)| Fact {
            path: cut(path, CELL).into_owned(),
            value: cut(&exact(value), CELL).into_owned(),
            gap: gap(value).is_some(),
        };
        let waiver = verdict.waiver.as_ref();
        RowModel {
            row,
            key: verdict.verdict.as_str(),
            verdict: words::outcome(verdict.verdict),
            name: cut(subject(verdict), CELL).into_owned(),
            id: cut(verdict.resource.id.as_deref().unwrap_or_default(), 2 * CELL).into_owned(),
            kind: verdict.resource.kind.clone(),
            account: verdict.account.clone(),
            region: verdict.region.clone(),
            cells: columns.titles.iter().zip(values).map(cell).collect(),
            facts: verdict.observed.iter().take(FACTS).map(fact).collect(),
            facts_total: verdict.observed.len(),
            reason: cut(&verdict.reason.as_ref().map_or_else(String::new, |why| why.detail.clone()), 2 * CELL).into_owned(),
            waiver: waiver.map_or_else(String::new, |waiver| {
                format!("waiver {} ({}), until {}", waiver.id, waiver.state.replace('_', " "), waiver.expires)
            }),
            exhibits: links.cell(&verdict.calls, ""),
        }
    }
}

/// Who a verdict is about, in words also where it is not one resource.
fn subject(verdict: &Verdict) -> &str {
    let resource = &verdict.resource;
    resource.name.as_deref().or(resource.id.as_deref()).unwrap_or(match verdict.reason.as_ref().map(|why| why.code.as_str()) {
        Some("empty_population") => "(none exist here)",
        Some("no_witness" | "witness") => "(this place as a whole)",
        _ => "(the population as a whole)",
    })
}

/// Whether a cell holds a word so long that a narrow column must break it.
fn is_long(text: &str) -> bool {
    text.split([' ', '\n']).any(|word| word.chars().count() > LONG)
}
