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
use crate::model::KindScope;

/// Operations that every run asks, whatever the framework: who am I, which Regions are there, what is the account called.
const ALWAYS: &[(&str, &str)] = &[IDENTITY, REGIONS, ("IAM", "ListAccountAliases")];
const IDENTITY: (&str, &str) = ("STS", "GetCallerIdentity");
const REGIONS: (&str, &str) = ("EC2", "DescribeRegions");

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
    /// Controls that lose something where it may not be called.
    pub controls: BTreeSet<String>,
}

/// The operations that the selection asks, in the order of the table.
pub fn asked(selection: &Selection) -> Vec<Asked> {
    let wanted = select::operations(&selection.wanted(kinds()), kinds());
    let readers = readers(selection);
    operations::table()
        .filter_map(|operation| {
            let name = (operation.service, operation.name);
            let kinds = wanted.get(&name).cloned().unwrap_or_default();
            let asked = !kinds.is_empty() || ALWAYS.contains(&name);
            asked.then(|| Asked { operation, controls: readers.get(&name).cloned().unwrap_or_default(), kinds })
        })
        .collect()
}

/// The controls that lose something where an operation may not be called. Without an identity no account is entered, and where it is not
/// known which Regions there are, nothing that is listed Region by Region is whole.
fn readers(selection: &Selection) -> BTreeMap<(&'static str, &'static str), BTreeSet<String>> {
    let mut readers = selection.readers(kinds());
    let regional = kinds().iter().filter(|kind| kind.scope == KindScope::Regional);
    let by_region: BTreeSet<_> = regional.flat_map(|kind| kind.groups).flat_map(|group| group.operations).collect();
    let in_regions = readers.iter().filter(|(operation, _)| by_region.contains(operation)).flat_map(|(_, controls)| controls.clone());
    let in_regions: BTreeSet<String> = in_regions.collect();
    readers.entry(REGIONS).or_default().extend(in_regions);
    readers.entry(IDENTITY).or_default().extend(selection.runs.iter().map(|run| run.control.id.clone()));
    readers
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
