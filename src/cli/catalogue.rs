//! Loading the catalogue for a subcommand: embedded, overlaid by `--controls`, warnings shown.

use std::path::Path;

use super::args::CatalogArgs;
use super::failure::Failure;
use super::printer::Printer;
use super::settings::Settings;
use crate::catalog::{Catalog, Diagnostics, LoadError, Overrides, SelectError, Selection};
use crate::collect::kinds;

/// The catalogue, with warnings about the user's own files printed.
///
/// # Errors
/// When a file cannot be read or is faulty.
pub fn load(folder: Option<&Path>, printer: &Printer) -> Result<Catalog, Failure> {
    let (catalog, warnings) = crate::catalog::load(folder, kinds()).map_err(|error| load_failure(error, folder))?;
    if folder.is_some() {
        for warning in warnings.iter() {
            printer.note(&warning.render(false));
        }
    }
    Ok(catalog)
}

/// What went wrong with the catalogue's files.
pub fn load_failure(error: LoadError, folder: Option<&Path>) -> Failure {
    let what = folder.map_or_else(|| "the built-in catalogue".to_owned(), |folder| format!("`{}`", folder.display()));
    match error {
        LoadError::Files(error) => Failure::failed(error.to_string()).hint("check the folder given with `--controls`"),
        LoadError::Faults(faults) => faulty(&faults, &what),
    }
}

/// Faults found in files of the catalogue.
pub fn faulty(faults: &Diagnostics, what: &str) -> Failure {
    Failure::faults(faults, what)
}

/// The folder of own controls: the command line before the settings file.
pub fn folder<'a>(args: &'a CatalogArgs, settings: &'a Settings) -> Option<&'a Path> {
    args.controls.as_deref().or(settings.controls.as_deref())
}

/// The frameworks asked for: the command line before the settings file.
///
/// # Errors
/// When neither names one.
pub fn names(args: &CatalogArgs, settings: &Settings) -> Result<Vec<String>, Failure> {
    let names = if args.frameworks.is_empty() { &settings.frameworks } else { &args.frameworks };
    if names.is_empty() {
        return Err(Failure::usage("no framework given").hint("pass `--framework cis`, or list them with `evidence frameworks list`"));
    }
    Ok(names.clone())
}

/// The controls to run.
///
/// # Errors
/// When a framework or parameter is unknown.
pub fn select(catalog: &Catalog, names: &[String], baseline: Option<&str>, settings: &Settings) -> Result<Selection, Failure> {
    select_with(catalog, names, baseline, &settings.overrides()?)
}

/// As [`select`], with parameters already read.
///
/// # Errors
/// When a framework or parameter is unknown.
pub fn select_with(catalog: &Catalog, names: &[String], baseline: Option<&str>, overrides: &Overrides) -> Result<Selection, Failure> {
    catalog
        .select_baseline(names, baseline, overrides)
        .map_err(|error: SelectError| Failure::usage(error.to_string()).maybe_hint(error.hint()))
}
