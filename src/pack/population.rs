//! Judged populations: `verdicts.jsonl`, one CSV with every resource for each control, and the control's pages. Controls are
//! independent, so they are shared out over the cores.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;
use serde_json::Value;

use super::build::Build;
use super::columns::Columns;
use super::error::PackError;
use super::links::Pair;
use super::pages::control::ControlPages;
use super::pages::matrix::ByApi;
use super::rows::RowModel;
use super::text::{csv_cell, is_hidden};
use super::values::{exact, shown};
use super::words;
use crate::model::assessment::{ControlLine, Counts};
use crate::model::{CallId, Outcome, Verdict};

/// Rows of a control that other pages show.
const EXTRACT: usize = 10;

/// What other pages need to know of a control's verdicts.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// Verdicts by outcome, over all accounts.
    pub counts: Counts,
    /// The first failures.
    pub failing: Vec<RowModel>,
    /// The first that could not be seen.
    pub unseen: Vec<RowModel>,
    /// Failures named by a waiver, by its id.
    pub waived: BTreeMap<String, u64>,
    /// Failures named by an active waiver.
    pub waived_fails: u64,
    /// Indeterminate verdicts by account, Region, reason and detail.
    pub unseen_why: BTreeMap<Unseen, UnseenCount>,
    /// Calls behind its verdicts.
    pub calls: HashSet<CallId>,
    /// Verdicts by API, where a framework shows APIs by section.
    pub apis: ByApi,
}

/// Why verdicts could not be seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unseen {
    pub account: String,
    pub reason: String,
    pub detail: String,
}

/// How many, and the calls behind them.
#[derive(Clone, Debug, Default)]
pub(super) struct UnseenCount {
    pub verdicts: u64,
    pub calls: HashSet<CallId>,
}

/// Writes all populations and all control pages. One entry for each of the assessment's controls.
pub(super) fn judge_all(build: &Build<'_>) -> Result<BTreeMap<Pair, Judged>, PackError> {
    let lines = build.input.assessment.controls.par_iter().with_max_len(1);
    lines.map(|line| Ok((Pair { control: line.id.clone(), params_id: line.params_id.clone() }, judge(build, line)?))).collect()
}

/// Writes `verdicts.jsonl`.
pub(super) fn write_verdicts(build: &Build<'_>) -> Result<(), PackError> {
    let path = "verdicts.jsonl";
    let mut output = build.staging.file(path, "every verdict, one JSON object a line, sorted")?;
    for line in &build.input.assessment.controls {
        build.input.verdicts.visit(&line.id, &line.params_id, &mut |text, _| {
            write_visible(&mut output, text).map_err(|source| PackError::Io { verb: "write", path: path.into(), source })
        })?;
    }
    output.close()
}

/// Streams one control's verdicts into its CSV and its pages.
fn judge(build: &Build<'_>, line: &ControlLine) -> Result<Judged, PackError> {
    let (id, params_id) = (line.id.as_str(), line.params_id.as_str());
    let control = *build.controls.get(id).ok_or_else(|| PackError::Inconsistent(format!("control `{id}` has verdicts but no file")))?;
    let path = build.links.population(id, params_id).unwrap_or_default();
    let columns = Columns::of(control);
    let mut csv = Population::begin(build, id, &columns, &path)?;
    let mut pages = ControlPages::begin(build, line, control, &columns)?;
    let mut judged = Judged::default();
    let by_api = build.frameworks.values().any(|framework| framework.apis_by_section);
    let mut row = 0;
    build.input.verdicts.visit(id, params_id, &mut |text, values| {
        row += 1;
        let verdict: Verdict = serde_json::from_str(text).map_err(|error| broken(id, &error))?;
        let values: Vec<Value> = serde_json::from_str(values).map_err(|error| broken(id, &error))?;
        let values = columns.aligned(&verdict.resource.kind, &values);
        csv.write(row, &verdict, &values)?;
        let model = RowModel::new(build.links, row, &verdict, &columns, &values);
        judged.note(&verdict, &model);
        if by_api {
            judged.apis.note(&verdict);
        }
        pages.push(verdict.verdict, &model)
    })?;
    csv.close()?;
    pages.finish(&judged)?;
    Ok(judged)
}

impl Judged {
    fn note(&mut self, verdict: &Verdict, model: &RowModel) {
        self.counts.add(verdict.verdict);
        let extract = match verdict.verdict {
            Outcome::Fail => Some(&mut self.failing),
            Outcome::Indeterminate => Some(&mut self.unseen),
            Outcome::Pass | Outcome::NotApplicable => None,
        };
        if let Some(extract) = extract.filter(|extract| extract.len() < EXTRACT) {
            extract.push(model.clone());
        }
        self.calls.extend(&verdict.calls);
        if let Some(waiver) = verdict.waiver.as_ref().filter(|_| verdict.verdict == Outcome::Fail) {
            *self.waived.entry(waiver.id.clone()).or_default() += 1;
            self.waived_fails += u64::from(waiver.state == "active");
        }
        if let (Outcome::Indeterminate, Some(why)) = (verdict.verdict, &verdict.reason) {
            let why = Unseen { account: verdict.account.clone(), reason: why.code.clone(), detail: why.detail.clone() };
            let unseen = self.unseen_why.entry(why).or_default();
            unseen.verdicts += 1;
            unseen.calls.extend(&verdict.calls);
        }
    }
}

/// One control's CSV.
struct Population<'a> {
    writer: csv::Writer<super::staging::Output<'a>>,
    path: String,
}

impl<'a> Population<'a> {
    fn begin(build: &'a Build<'_>, control: &str, columns: &Columns<'_>, path: &str) -> Result<Self, PackError> {
        let what = format!("every resource judged by `{control}`, pass and fail");
        let writer = csv::WriterBuilder::new().flexible(false).from_writer(build.staging.file(path, what)?);
        let mut population = Population { writer, path: path.to_owned() };
        let before = ["row", "verdict", "account", "region", "kind", "id", "name"];
        let after = ["facts read", "reason", "detail", "waiver", "observed at", "exhibits", "verdict id"];
        population.record(before.iter().chain(&columns.titles).chain(&after).map(ToString::to_string))?;
        Ok(population)
    }

    fn record(&mut self, cells: impl Iterator<Item = String>) -> Result<(), PackError> {
        for cell in cells {
            self.writer.write_field(csv_cell(&cell).as_bytes()).map_err(|error| csv_error(&self.path, error))?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(|error| csv_error(&self.path, error))
    }

    fn write(&mut self, row: u64, verdict: &Verdict, values: &[Option<&Value>]) -> Result<(), PackError> {
        let values = values.iter().map(|value| value.map(shown).unwrap_or_default());
        let resource = &verdict.resource;
        let facts: Vec<String> = verdict.observed.iter().map(|(path, value)| format!("{path} = {}", exact(value))).collect();
        let (code, detail) = verdict.reason.as_ref().map_or(("", ""), |why| (&why.code, &why.detail));
        let waiver = verdict.waiver.as_ref().map_or_else(String::new, |waiver| format!("{} ({})", waiver.id, waiver.state));
        let before = [
            row.to_string(),
            verdict.verdict.as_str().to_owned(),
            verdict.account.clone(),
            verdict.region.clone(),
            resource.kind.clone(),
            resource.id.clone().unwrap_or_default(),
            resource.name.clone().unwrap_or_default(),
        ];
        let after = [
            facts.join("; "),
            code.to_owned(),
            detail.to_owned(),
            waiver,
            verdict.observed_at.map(words::time).unwrap_or_default(),
            verdict.exhibits.join(" "),
            verdict.verdict_id.clone(),
        ];
        self.record(before.into_iter().chain(values).chain(after))
    }

    fn close(self) -> Result<(), PackError> {
        let path = self.path;
        self.writer.into_inner().map_err(|error| csv_error(&path, error.into_error().into()))?.close()
    }
}

pub(super) fn csv_error(path: &str, error: csv::Error) -> PackError {
    PackError::Io { verb: "write", path: path.into(), source: error.into() }
}

/// Writes a line of JSON; hidden characters, which can only stand within strings, become escapes.
fn write_visible(out: &mut impl std::io::Write, json: &str) -> std::io::Result<()> {
    let mut rest = json;
    if json.bytes().any(|byte| byte >= 0x7f) {
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
    }
    out.write_all(rest.as_bytes())?;
    out.write_all(b"\n")
}

fn broken(control: &str, error: &serde_json::Error) -> PackError {
    PackError::Inconsistent(format!("a verdict of `{control}` cannot be read: {error}"))
}
