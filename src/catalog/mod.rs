//! The catalogue: controls and frameworks, read, checked and chosen. It gives `collect` the kinds and groups to read and
//! `assess` the expressions to judge by; it reads no AWS data.

pub mod control_check;
pub mod control_file;
pub mod diagnostic;
pub mod examples;
pub mod expression;
pub mod files;
pub mod framework_file;
pub mod mapping;
mod prose;
pub mod select;
pub mod shape;
pub mod skeleton;
pub mod toml_table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

pub use diagnostic::{Degree, Diagnostic, Diagnostics};
pub use files::{Files, FilesError};
pub use select::{Ask, Overrides, Run, SelectError, Selection};

use crate::model::Kind;
use crate::model::control::{Control, Origin};
use crate::model::framework::Framework;
use expression::Reads;
use shape::Shapes;

/// Why there is no catalogue.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file could not be read.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// Files hold errors; all of them are listed.
    #[error("{0}")]
    Faults(Diagnostics),
}

/// Controls and frameworks that hold together.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    controls: BTreeMap<String, Arc<Control>>,
    files: BTreeMap<String, Arc<control_file::ControlFile>>,
    reads: BTreeMap<String, Arc<Vec<Reads>>>,
    frameworks: BTreeMap<String, Arc<Framework>>,
    shapes: Shapes,
}

/// Reads the embedded catalogue, overlaid by `--controls DIR`. The diagnostics beside the catalogue are warnings.
///
/// # Errors
/// When a file cannot be read or holds an error.
pub fn load(overlay: Option<&Path>, kinds: &[Kind]) -> Result<(Catalog, Diagnostics), LoadError> {
    let mut files = Files::embedded()?;
    if let Some(folder) = overlay {
        files.overlay(folder, &|_| true)?;
    }
    load_files(&files, kinds).map_err(LoadError::Faults)
}

/// Reads a catalogue from the given files alone.
///
/// # Errors
/// All errors (and warnings) of all files, where there is at least one error.
pub fn load_files(files: &Files, kinds: &[Kind]) -> Result<(Catalog, Diagnostics), Diagnostics> {
    let mut faults = Diagnostics::default();
    let mut controls = BTreeMap::new();
    let mut broken = BTreeSet::new();
    let mut frameworks = BTreeMap::new();
    for (relative, file) in files.iter() {
        if let Some(name) = relative.strip_prefix("frameworks/") {
            read_framework(name, relative, file, &mut frameworks, &mut faults);
        } else {
            read_control(relative, file, &mut controls, &mut broken, &mut faults);
        }
    }
    let shapes = Shapes::of(kinds);
    let reads = controls.iter().map(|(id, file)| (id.clone(), Arc::new(control_check::check(file, &shapes, &mut faults)))).collect();
    mapping::check(&controls, &broken, &frameworks, &mut faults);
    faults.settle();
    if faults.errors() > 0 {
        return Err(faults);
    }
    let files = controls.into_iter().map(|(id, file)| (id, Arc::new(file))).collect::<BTreeMap<_, _>>();
    let controls = files.iter().map(|(id, file)| (id.clone(), file.control.clone())).collect();
    let frameworks = frameworks.into_iter().map(|(id, file)| (id, Arc::new(file.framework))).collect();
    Ok((Catalog { controls, files, reads, frameworks, shapes }, faults))
}

fn read_framework(
    name: &str,
    relative: &str,
    file: &files::CatalogFile,
    frameworks: &mut BTreeMap<String, framework_file::FrameworkFile>,
    faults: &mut Diagnostics,
) {
    let Some(id) = framework_file::id_of(name) else {
        let message = "this is not the path of a framework";
        faults.push(Diagnostic::warning(&file.source, 0..0, message).hint("name it `frameworks/<id>.toml`, lower case"));
        return;
    };
    if let Some(framework) = framework_file::read(id, relative, &file.source, file.local, faults) {
        frameworks.insert(id.to_owned(), framework);
    }
}

fn read_control(
    relative: &str,
    file: &files::CatalogFile,
    controls: &mut BTreeMap<String, control_file::ControlFile>,
    broken: &mut BTreeSet<String>,
    faults: &mut Diagnostics,
) {
    if relative == "README.md" {
        return;
    }
    let Some(id) = control_file::id_of(relative) else {
        let message = "this is not the path of a control";
        faults.push(Diagnostic::warning(&file.source, 0..0, message).hint("name it `<service>/<name>.md`, lower case"));
        return;
    };
    match control_file::read(&id, relative, &file.source, file.local, faults) {
        Some(control) => drop(controls.insert(id, control)),
        None => drop(broken.insert(id)),
    }
}

impl Catalog {
    /// The catalogue that these files make, taken from this one; `None` where one of them is not a file of this catalogue, or is
    /// the user's own (which the inputs of a pack name by another path).
    pub fn part(&self, files: &Files) -> Option<Self> {
        let mut part = Catalog { shapes: self.shapes.clone(), ..Catalog::default() };
        for (relative, file) in files.iter() {
            let same =
                |origin: &Origin, text: &str| !file.local && !origin.local && origin.path == file.source.path && *text == *file.source.text;
            if let Some(name) = relative.strip_prefix("frameworks/") {
                let (id, framework) = self.frameworks.get_key_value(framework_file::id_of(name)?)?;
                same(&framework.origin, &framework.text).then_some(())?;
                part.frameworks.insert(id.clone(), framework.clone());
            } else {
                let id = control_file::id_of(relative)?;
                let control = self.controls.get(&id)?;
                same(&control.origin, &control.text).then_some(())?;
                part.controls.insert(id.clone(), control.clone());
                part.files.insert(id.clone(), self.files.get(&id)?.clone());
                part.reads.insert(id.clone(), self.reads.get(&id)?.clone());
            }
        }
        Some(part)
    }

    /// Drops what a selection does not use: frameworks that were not chosen, and controls that those chosen do not name.
    pub fn keep(&mut self, selection: &Selection) {
        let items = || selection.frameworks.iter().flat_map(|framework| &framework.items);
        let named: BTreeSet<&str> = items().flat_map(|item| &item.mappings).map(|mapping| mapping.control.as_str()).collect();
        self.frameworks.retain(|id, _| selection.frameworks.iter().any(|framework| framework.id == *id));
        self.controls.retain(|id, _| named.contains(id.as_str()));
        self.files.retain(|id, _| named.contains(id.as_str()));
        self.reads.retain(|id, _| named.contains(id.as_str()));
    }

    /// All controls by id.
    pub fn controls(&self) -> impl Iterator<Item = &Arc<Control>> {
        self.controls.values()
    }

    /// One control.
    pub fn control(&self, id: &str) -> Option<&Arc<Control>> {
        self.controls.get(id)
    }

    /// A control with the places of its parts in its file.
    pub fn control_file(&self, id: &str) -> Option<&Arc<control_file::ControlFile>> {
        self.files.get(id)
    }

    /// What each judge of a control reads, in the order of its judges.
    pub fn reads(&self, control: &str) -> Option<&Arc<Vec<Reads>>> {
        self.reads.get(control)
    }

    /// The shapes of all kinds.
    pub fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// All frameworks by id.
    pub fn frameworks(&self) -> impl Iterator<Item = &Arc<Framework>> {
        self.frameworks.values()
    }

    /// The framework of this id or alias.
    pub fn framework(&self, name: &str) -> Option<&Arc<Framework>> {
        let aliased = || self.frameworks.values().find(|framework| framework.aliases.iter().any(|alias| alias == name));
        self.frameworks.get(name).or_else(aliased)
    }

    /// All ids and aliases of frameworks.
    pub fn framework_names(&self) -> impl Iterator<Item = &str> {
        self.frameworks.values().flat_map(|framework| std::iter::once(&framework.id).chain(&framework.aliases)).map(String::as_str)
    }
}
