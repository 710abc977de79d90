//! `evidence frameworks list|show`: frameworks, their items, and how far this tool tests them.

use serde_json::json;

use super::args::{CatalogArgs, Frameworks};
use super::failure::Failure;
use super::printer::{Format, Printer, inert};
use super::settings::Settings;
use super::{catalogue, table};
use crate::model::framework::{Coverage, Framework, Item, Method, Relation};

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
    let counts = Tally::of(framework);
    if printer.format == Format::Json {
        printer.json(&json!({"id": framework.id, "title": framework.title, "version": framework.version, "coverage": counts.json(),
            "items": framework.items.iter().map(item_json).collect::<Vec<_>>()}));
    } else if coverage {
        printer.result(&counts.text(framework));
    } else {
        let rows: Vec<Vec<String>> = framework.items.iter().map(row).collect();
        let table = table::render(&["ITEM", "METHOD", "TESTED", "TITLE", "CONTROLS"], &rows);
        printer.result(&format!(
            "{} ({})\n{}\n\n{table}\n\n{}",
            inert(&framework.title),
            framework.id,
            inert(&framework.notice),
            counts.text(framework)
        ));
    }
    Ok(())
}

/// How far the tests of this tool reach into an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Full,
    Partial,
    Person,
    NoTest,
}

fn reach(item: &Item) -> Reach {
    let mut covering = item.mappings.iter().filter(|mapping| mapping.relation == Relation::Covers).peekable();
    match (covering.peek().is_some(), item.method) {
        (false, Method::Manual) => Reach::Person,
        (false, Method::Automated) => Reach::NoTest,
        (true, _) if covering.any(|mapping| mapping.coverage == Some(Coverage::Full)) => Reach::Full,
        (true, _) => Reach::Partial,
    }
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
    vec![item.id.clone(), method(item).into(), word(reach(item)).into(), item.title.clone(), covering(item).join(", ")]
}

fn item_json(item: &Item) -> serde_json::Value {
    let related: Vec<&str> =
        item.mappings.iter().filter(|mapping| mapping.relation == Relation::Related).map(|mapping| mapping.control.as_str()).collect();
    json!({"id": item.id, "title": item.title, "method": method(item), "tested": word(reach(item)), "covers": covering(item), "related": related})
}

struct Tally {
    full: usize,
    partial: usize,
    person: usize,
    none: usize,
}

impl Tally {
    fn of(framework: &Framework) -> Self {
        let count = |wanted| framework.items.iter().filter(|item| reach(item) == wanted).count();
        Tally { full: count(Reach::Full), partial: count(Reach::Partial), person: count(Reach::Person), none: count(Reach::NoTest) }
    }

    fn json(&self) -> serde_json::Value {
        json!({"in_full": self.full, "in_part": self.partial, "by_a_person": self.person, "no_test": self.none})
    }

    fn text(&self, framework: &Framework) -> String {
        format!(
            "{} of {} items are tested in full, {} in part; {} are left to a person without a test, {} have no test yet.",
            self.full,
            framework.items.len(),
            self.partial,
            self.person,
            self.none
        )
    }
}
