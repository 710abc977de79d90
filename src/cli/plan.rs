//! `evidence plan`: which controls, kinds and operations a build would run, the IAM policy for exactly these, and what the
//! present role would not be able to see.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::args::Plan;
use super::exit::Exit;
use super::failure::Failure;
use super::printer::{Format, Printer};
use super::settings::Settings;
use super::{catalogue, iam_policy, table};
use crate::aws::operation::{Effect, Operation};
use crate::aws::operations;
use crate::catalog::Selection;
use crate::catalog::select;
use crate::collect::kinds;

/// Operations that every run asks, whatever the framework: who am I, which Regions are there, what is the account called.
const ALWAYS: &[(&str, &str)] = &[("STS", "GetCallerIdentity"), ("EC2", "DescribeRegions"), ("IAM", "ListAccountAliases")];

/// Runs the subcommand.
///
/// # Errors
/// When the catalogue is faulty, the framework unknown, or AWS cannot be asked (`--check`).
pub fn run(args: &Plan, settings: &Settings, printer: &Printer) -> Result<(Exit, String), Failure> {
    let catalog = catalogue::load(catalogue::folder(&args.catalog, settings), printer)?;
    let selection = catalogue::select(&catalog, &catalogue::names(&args.catalog, settings)?, args.catalog.baseline.as_deref(), settings)?;
    let asked = asked(&selection);
    if args.check {
        return super::plan_check::run(&asked, &args.target, settings, printer);
    }
    if args.iam_policy {
        let rows: Vec<&Operation> = asked.iter().map(|one| one.operation).collect();
        printer.json(&iam_policy::document(&rows, &args.partition));
    } else if printer.format == Format::Json {
        printer.json(&summary(&selection, &asked));
    } else {
        printer.result(&text(&selection, &asked));
    }
    Ok((Exit::Done, String::new()))
}

/// An operation of the plan with what needs it.
pub struct Asked {
    /// Its row.
    pub operation: &'static Operation,
    /// Kinds it serves; empty for those every run asks.
    pub kinds: BTreeSet<&'static str>,
    /// Controls that judge one of these kinds.
    pub controls: BTreeSet<String>,
}

/// The operations that the selection asks, in the order of the table.
pub fn asked(selection: &Selection) -> Vec<Asked> {
    let wanted = select::operations(&selection.wanted(kinds()), kinds());
    let mut judging: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for run in &selection.runs {
        for judge in &run.control.judges {
            judging.entry(&judge.resource).or_default().insert(run.control.id.clone());
        }
    }
    let of_kinds = |kinds: &BTreeSet<&'static str>| kinds.iter().filter_map(|kind| judging.get(kind)).flatten().cloned().collect();
    operations::table()
        .filter_map(|operation| {
            let name = (operation.service, operation.name);
            let kinds = wanted.get(&name).cloned().unwrap_or_default();
            let asked = !kinds.is_empty() || ALWAYS.contains(&name);
            asked.then(|| Asked { operation, controls: of_kinds(&kinds), kinds })
        })
        .collect()
}

fn effect(operation: &Operation) -> &'static str {
    match operation.effect {
        Effect::Read => "reads",
        Effect::Declared => "declared exception",
    }
}

fn summary(selection: &Selection, asked: &[Asked]) -> serde_json::Value {
    let operations: Vec<_> = asked
        .iter()
        .map(|one| {
            json!({"service": one.operation.service, "operation": one.operation.name, "actions": one.operation.actions,
            "effect": effect(one.operation), "kinds": one.kinds, "controls": one.controls})
        })
        .collect();
    let controls: BTreeSet<&str> = selection.runs.iter().map(|run| run.control.id.as_str()).collect();
    json!({"frameworks": selection.frameworks.iter().map(|one| &one.id).collect::<Vec<_>>(), "controls": controls, "operations": operations})
}

fn text(selection: &Selection, asked: &[Asked]) -> String {
    let rows: Vec<Vec<String>> = asked
        .iter()
        .map(|one| {
            let kinds: Vec<&str> = one.kinds.iter().copied().collect();
            let serves = if kinds.is_empty() { "every run".to_owned() } else { kinds.join(", ") };
            vec![
                one.operation.service.into(),
                one.operation.name.into(),
                effect(one.operation).into(),
                one.controls.len().to_string(),
                serves,
            ]
        })
        .collect();
    let controls: BTreeSet<&str> = selection.runs.iter().map(|run| run.control.id.as_str()).collect();
    let table = table::render(&["SERVICE", "OPERATION", "EFFECT", "CONTROLS", "KINDS"], &rows);
    format!("{} controls read facts that {} operations fill.\n\n{table}", controls.len(), asked.len())
}
