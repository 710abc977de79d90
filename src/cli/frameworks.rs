//! `evidence frameworks list|show`: frameworks, their items, and how far this tool tests them.

use serde_json::json;

use super::args::{CatalogArgs, Frameworks};
use super::failure::Failure;
use super::printer::{Format, Printer, inert};
use super::settings::Settings;
use super::{catalogue, table};
use crate::model::framework::{Item, Method, Reach, Relation};

/// Runs the subcommand.
///
/// # Errors
/// When the catalogue is faulty or the framework unknown.
pub fn run(args: &Frameworks, settings: &Settings, printer: &Printer) -> Result<(), Failure> {
    match args {
        Frameworks::List(catalog) => list(catalog, settings, printer),
        Frameworks::Show { id, coverage, catalog } => show(id, *coverage, catalog, settings, printer),
    }
}

fn list(args: &CatalogArgs, settings: &Settings, printer: &Printer) -> Result<(), Failure> {
    let catalog = catalogue::load(catalogue::folder(args, settings), printer)?;
    if printer.format == Format::Json {
        let all: Vec<_> = catalog
            .frameworks()
            .map(|one| json!({"id": one.id, "title": one.title, "version": one.version, "aliases": one.aliases, "items": one.items.len()}))
            .collect();
        printer.json(&json!(all));
        return Ok(());
    }
    let rows: Vec<Vec<String>> = catalog
        .frameworks()
        .map(|one| vec![one.id.clone(), one.aliases.join(", "), one.items.len().to_string(), one.title.clone()])
        .collect();
    printer.result(&table::render(&["ID", "ALIASES", "ITEMS", "TITLE"], &rows));
    Ok(())
}

fn show(id: &str, coverage: bool, args: &CatalogArgs, settings: &Settings, printer: &Printer) -> Result<(), Failure> {
    let catalog = catalogue::load(catalogue::folder(args, settings), printer)?;
    let selection = catalogue::select(&catalog, &[id.to_owned()], args.baseline.as_deref(), settings)?;
    let Some(framework) = selection.frameworks.first() else { return Ok(()) };
    let reaches = framework.reaches();
    if printer.format == Format::Json {
        printer.json(&json!({"id": framework.id, "title": framework.title, "version": framework.version, "coverage": reaches,
            "items": framework.items.iter().map(item_json).collect::<Vec<_>>()}));
    } else if coverage {
        printer.result(&reaches.sentence());
    } else {
        let rows: Vec<Vec<String>> = framework.items.iter().map(row).collect();
        let table = table::render(&["ITEM", "METHOD", "TESTED", "TITLE", "CONTROLS"], &rows);
        printer.result(&format!(
            "{} ({})\n{}\n\n{table}\n\n{}",
            inert(&framework.title),
            framework.id,
            inert(&framework.notice),
            reaches.sentence()
        ));
    }
    Ok(())
}

fn word(reach: Reach) -> &'static str {
    match reach {
        Reach::Full => "in full",
        Reach::Partial => "in part",
        Reach::Person => "by a person",
        Reach::NoTest => "no test",
    }
}

fn method(item: &Item) -> &'static str {
    match item.method {
        Method::Automated => "automated",
        Method::Manual => "manual",
    }
}

fn covering(item: &Item) -> Vec<&str> {
    item.mappings.iter().filter(|mapping| mapping.relation == Relation::Covers).map(|mapping| mapping.control.as_str()).collect()
}

fn row(item: &Item) -> Vec<String> {
    vec![item.id.clone(), method(item).into(), word(item.reach()).into(), item.title.clone(), covering(item).join(", ")]
}

fn item_json(item: &Item) -> serde_json::Value {
    let related: Vec<&str> =
        item.mappings.iter().filter(|mapping| mapping.relation == Relation::Related).map(|mapping| mapping.control.as_str()).collect();
    json!({"id": item.id, "title": item.title, "method": method(item), "tested": word(item.reach()), "covers": covering(item), "related": related})
}
