//! `evidence controls list|show|check|new`.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use serde_json::json;

use super::args::{CatalogArgs, Controls};
use super::failure::Failure;
use super::printer::{Format, Printer, counted, inert};
use super::settings::Settings;
use super::{catalogue, table};
use crate::assess::selftest;
use crate::catalog::shape::Shapes;
use crate::catalog::skeleton::{self, SkeletonError};
use crate::catalog::{Catalog, Diagnostics, LoadError};
use crate::collect::kinds;
use crate::model::control::{Control, Judge, Severity, Test};

/// Runs the subcommand.
///
/// # Errors
/// When the catalogue is faulty, or what is asked for does not exist.
pub fn run(args: &Controls, settings: &Settings, printer: &Printer) -> Result<(), Failure> {
    match args {
        Controls::List(catalog) => list(catalog, settings, printer),
        Controls::Show { id, catalog } => show(id, catalog, settings, printer),
        Controls::Check { dir } => check(dir.as_deref().or(settings.controls.as_deref()), printer),
        Controls::New { id, kind, dir } => new(id, kind, dir, printer),
    }
}

/// The word of a severity.
fn severity(control: &Control) -> &'static str {
    match control.severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}

fn list(args: &CatalogArgs, settings: &Settings, printer: &Printer) -> Result<(), Failure> {
    let catalog = catalogue::load(catalogue::folder(args, settings), printer)?;
    let chosen = chosen(&catalog, args, settings)?;
    let controls: Vec<&Control> =
        catalog.controls().map(AsRef::as_ref).filter(|control| chosen.as_ref().is_none_or(|ids| ids.contains(&control.id))).collect();
    if printer.format == Format::Json {
        printer.json(&json!(controls.iter().map(|control| summary(control)).collect::<Vec<_>>()));
        return Ok(());
    }
    let rows: Vec<Vec<String>> =
        controls.iter().map(|control| vec![control.id.clone(), severity(control).into(), control.title.clone()]).collect();
    printer.result(&table::render(&["ID", "SEVERITY", "TITLE"], &rows));
    Ok(())
}

/// The ids that the frameworks asked for cite; `None` where none was asked for.
fn chosen(catalog: &Catalog, args: &CatalogArgs, settings: &Settings) -> Result<Option<BTreeSet<String>>, Failure> {
    if args.frameworks.is_empty() {
        return Ok(None);
    }
    let selection = catalogue::select(catalog, &args.frameworks, args.baseline.as_deref(), settings)?;
    Ok(Some(selection.runs.iter().map(|run| run.control.id.clone()).collect()))
}

fn summary(control: &Control) -> serde_json::Value {
    let kinds: Vec<&str> = control.judges.iter().map(|judge| judge.resource.as_str()).collect();
    json!({"id": control.id, "title": control.title, "severity": severity(control), "kinds": kinds, "file": control.origin.path, "local": control.origin.local})
}

fn show(id: &str, args: &CatalogArgs, settings: &Settings, printer: &Printer) -> Result<(), Failure> {
    let catalog = catalogue::load(catalogue::folder(args, settings), printer)?;
    let Some(control) = catalog.control(id) else {
        let nearest = crate::catalog::diagnostic::suggestion(id, catalog.controls().map(|one| one.id.as_str()));
        return Err(Failure::usage(format!("unknown control `{id}`"))
            .hint(nearest.unwrap_or_else(|| "list them with `evidence controls list`".into())));
    };
    let cited = citations(&catalog, id);
    if printer.format == Format::Json {
        let mut value = summary(control);
        value["judges"] = control.judges.iter().map(judge_json).collect();
        value["params"] = control
            .params
            .iter()
            .map(|(name, param)| (name.clone(), json!({"default": param.default, "unit": param.unit})))
            .collect::<serde_json::Map<_, _>>()
            .into();
        value["why"] = control.why.clone().into();
        value["remediation"] = control.remediation.clone().into();
        value["cited_by"] = json!(cited);
        printer.json(&value);
    } else {
        printer.result(&text(control, &cited));
    }
    Ok(())
}

fn judge_json(judge: &Judge) -> serde_json::Value {
    let how = match &judge.test {
        Test::Every(_) => json!("every"),
        Test::AtLeastOne { per, .. } => json!({"at_least_one_per": per}),
    };
    json!({"resource": judge.resource, "when": judge.when, "how": how, "expression": judge.test.expression()})
}

/// Items that cite a control: `cis-aws-7.0.0 2.12`.
fn citations(catalog: &Catalog, id: &str) -> Vec<String> {
    let cites = |item: &crate::model::framework::Item| item.mappings.iter().any(|mapping| mapping.control == id);
    catalog
        .frameworks()
        .flat_map(|framework| framework.items.iter().filter(|item| cites(item)).map(|item| format!("{} {}", framework.id, item.id)))
        .collect()
}

fn text(control: &Control, cited: &[String]) -> String {
    let mut lines = vec![
        format!("{} ({})", control.title, control.id),
        format!("severity {} · {}", severity(control), control.origin.path),
        String::new(),
    ];
    for judge in &control.judges {
        lines.push(format!("{}:", judge.resource));
        lines.extend(judge.when.iter().map(|when| format!("  when  {when}")));
        lines.push(match &judge.test {
            Test::Every(expression) => format!("  every {expression}"),
            Test::AtLeastOne { expression, per } => format!("  at least one per {} {expression}", json!(per).as_str().unwrap_or("account")),
        });
    }
    for (name, param) in &control.params {
        lines.push(format!("{name} = {} {}", param.default, param.unit.as_deref().unwrap_or("")));
    }
    lines.push(format!("\n{}\n\nRemediation\n\n{}", control.why.trim(), control.remediation.trim()));
    if !cited.is_empty() {
        lines.push(format!("\nCited by: {}", cited.join(", ")));
    }
    lines.iter().map(|line| line.split('\n').map(inert).collect::<Vec<_>>().join("\n")).collect::<Vec<_>>().join("\n")
}

/// Checks the catalogue with the user's folder laid over it: spelling, types, null guards, then the examples, each run again
/// with every fact taken away or null.
fn check(dir: Option<&Path>, printer: &Printer) -> Result<(), Failure> {
    let (catalog, mut faults) = match crate::catalog::load(dir, kinds()) {
        Ok(loaded) => loaded,
        Err(LoadError::Faults(faults)) => {
            show_faults(&faults, printer);
            return Err(faulty(&faults, dir));
        }
        Err(error) => return Err(catalogue::load_failure(error, dir)),
    };
    let (tried, found) = selftest::run(&catalog);
    faults.extend(found);
    faults.settle();
    show_faults(&faults, printer);
    if faults.errors() > 0 {
        return Err(faulty(&faults, dir));
    }
    let warnings = faults.warnings();
    match printer.format {
        Format::Json => printer.json(&json!({"controls": catalog.controls().count(), "frameworks": catalog.frameworks().count(), "trials": tried.trials, "examples": tried.examples, "warnings": warnings})),
        Format::Text => printer.result(&format!(
            "{} controls and {} frameworks are right; {} examples gave their verdict, {} trials without or with null facts invented none; {}",
            catalog.controls().count(),
            catalog.frameworks().count(),
            tried.examples,
            tried.trials,
            counted(warnings, "warning")
        )),
    }
    Ok(())
}

fn show_faults(faults: &Diagnostics, printer: &Printer) {
    for fault in faults.iter() {
        printer.error_line(&format!("{}\n", fault.render(false)));
    }
}

fn faulty(faults: &Diagnostics, dir: Option<&Path>) -> Failure {
    let what = dir.map_or_else(|| "the built-in catalogue".to_owned(), |dir| format!("`{}`", dir.display()));
    Failure::failed(format!("{} in {what}", counted(faults.errors(), "error")))
}

/// Writes the file of a new control; never over an existing one.
fn new(id: &str, kind: &str, dir: &Path, printer: &Printer) -> Result<(), Failure> {
    let refused = |error: SkeletonError| Failure::usage(error.to_string()).maybe_hint(error.hint());
    let path = dir.join(skeleton::path_of(id).map_err(refused)?);
    let text = skeleton::text(kind, &Shapes::of(kinds())).map_err(refused)?;
    let cannot = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::failed(format!("`{}` exists already", path.display())).hint("choose another id, or remove the file first")
        }
        _ => Failure::failed(format!("cannot write `{}`: {error}", path.display())),
    };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(cannot)?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&path).map_err(cannot)?;
    file.write_all(text.as_bytes()).map_err(cannot)?;
    printer.result(&path.display().to_string());
    printer.note(&format!("it passes as it stands; change it, then run `evidence controls check {}`", dir.display()));
    Ok(())
}
