//! The inputs of a pack: the very controls, frameworks, waivers, statements, templates and settings that a build used, as files.
//!
//! A build first gathers them and then works from them alone, so that `verify`, which finds the same files in the pack, runs the
//! same code on the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use super::failure::Failure;
use crate::assess::{DocumentError, Statements, Waivers};
use crate::catalog::{Catalog, Overrides, Selection};
use crate::model::Instant;
use crate::pack::Templates;

/// The settings' file within the inputs.
pub const SETTINGS: &str = "settings.json";

/// What was decided outside the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunSettings {
    /// Framework ids in the order asked for.
    pub frameworks: Vec<String>,
    /// The baseline asked for, where one was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub baseline: Option<String>,
    /// The instant at which ages are judged.
    pub as_of: Instant,
    /// `--accept-stale`.
    pub accept_stale: bool,
    /// Parameters set for this run, by control and name.
    pub params: Params,
    /// Parameters set for the organization, by control and name.
    pub organization_params: Params,
    /// Catalogue files that are the user's own, below `controls/`.
    pub own: BTreeSet<String>,
    /// The command that builds this pack again from its recording.
    pub command: String,
}

/// Parameters by control and name.
pub type Params = BTreeMap<String, BTreeMap<String, serde_json::Value>>;

impl RunSettings {
    /// The parameters as the catalogue takes them.
    pub fn overrides(&self) -> Overrides {
        Overrides { organization: self.organization_params.clone(), local: self.params.clone() }
    }
}

/// The folders of the user's that a build reads.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    /// Waivers.
    pub waivers: Option<PathBuf>,
    /// Statements, with the files that they name.
    pub statements: Option<PathBuf>,
    /// Templates.
    pub templates: Option<PathBuf>,
}

impl Folders {
    /// Waivers and statements, read and held against the catalogue.
    ///
    /// # Errors
    /// When one is faulty, with its file and line.
    pub fn documents(&self, catalog: &Catalog) -> Result<(Waivers, Statements), Failure> {
        let faulty = |error: DocumentError| Failure::failed(error.to_string());
        let waivers = self.waivers.as_ref().map(|folder| Waivers::load(folder, catalog)).transpose().map_err(faulty)?;
        let statements = self.statements.as_ref().map(|folder| Statements::load(folder, catalog)).transpose().map_err(faulty)?;
        Ok((waivers.unwrap_or_default(), statements.unwrap_or_default()))
    }

    /// The built-in templates, with the user's over them.
    ///
    /// # Errors
    /// When one of the user's is faulty, with its file and line.
    pub fn page_templates(&self) -> Result<Templates, Failure> {
        Ok(self.templates.as_ref().map_or_else(Templates::built_in, |folder| Templates::load(folder))?)
    }

    /// Refuses what is faulty before AWS is asked for anything.
    ///
    /// # Errors
    /// As [`Folders::documents`] and [`Folders::page_templates`].
    pub fn check(&self, catalog: &Catalog) -> Result<(), Failure> {
        self.documents(catalog)?;
        // The built-in ones have no faults.
        self.templates.as_ref().map_or(Ok(()), |_| self.page_templates().map(drop))
    }
}

/// Input files by path below `inputs/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs(pub BTreeMap<String, Vec<u8>>);

impl Inputs {
    /// Gathers what a selection used.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn gather(catalog: &Catalog, selection: &Selection, folders: &Folders, settings: RunSettings) -> Result<Self, Failure> {
        let mut settings = settings;
        let mut inputs = Inputs::default();
        let mut controls = BTreeSet::new();
        for framework in &selection.frameworks {
            inputs.own(&mut settings, &framework.origin, format!("frameworks/{}.toml", framework.id), &framework.text);
            controls.extend(framework.items.iter().flat_map(|item| &item.mappings).map(|mapping| mapping.control.as_str()));
        }
        for control in controls.into_iter().filter_map(|id| catalog.control(id)) {
            let (service, name) = control.id.split_once('-').unwrap_or((&control.id, ""));
            inputs.own(&mut settings, &control.origin, format!("{service}/{name}.md"), &control.text);
        }
        for (name, folder) in [("waivers", &folders.waivers), ("statements", &folders.statements), ("templates", &folders.templates)] {
            if let Some(folder) = folder {
                inputs.copy(name, folder)?;
            }
        }
        let text = serde_json::to_vec_pretty(&settings).map_err(|error| Failure::failed(format!("cannot write the settings: {error}")))?;
        inputs.0.insert(SETTINGS.to_owned(), text);
        Ok(inputs)
    }

    fn own(&mut self, settings: &mut RunSettings, origin: &crate::model::control::Origin, path: String, text: &str) {
        self.0.insert(format!("controls/{path}"), text.as_bytes().to_vec());
        if origin.local {
            settings.own.insert(path);
        }
    }

    fn copy(&mut self, prefix: &str, folder: &Path) -> Result<(), Failure> {
        let unreadable = |path: &Path, error: std::io::Error| Failure::failed(format!("cannot read `{}`: {error}", path.display()));
        for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
            let entry = entry.map_err(|error| unreadable(folder, error))?;
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if name.starts_with('.') {
                continue;
            }
            let inner = format!("{prefix}/{name}");
            if path.is_dir() {
                self.copy(&inner, &path)?;
            } else {
                self.0.insert(inner, std::fs::read(&path).map_err(|error| unreadable(&path, error))?);
            }
        }
        Ok(())
    }

    /// Reads the inputs of a pack.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        let mut inputs = Inputs::default();
        for name in ["controls", "waivers", "statements", "templates"] {
            let inner = folder.join(name);
            if inner.is_dir() {
                inputs.copy(name, &inner)?;
            }
        }
        let path = folder.join(SETTINGS);
        let text = std::fs::read(&path).map_err(|error| Failure::failed(format!("cannot read `{}`: {error}", path.display())))?;
        inputs.0.insert(SETTINGS.to_owned(), text);
        Ok(inputs)
    }

    /// The settings among them.
    ///
    /// # Errors
    /// When the file is missing or is none of ours.
    pub fn settings(&self) -> Result<RunSettings, Failure> {
        let text = self.0.get(SETTINGS).ok_or_else(|| Failure::failed(format!("`inputs/{SETTINGS}` is missing")))?;
        serde_json::from_slice(text).map_err(|error| Failure::failed(format!("`inputs/{SETTINGS}` cannot be read: {error}")))
    }

    /// SHA-256, in hex, over the output of `sha256sum` on all files in bytewise order of their paths.
    pub fn digest(&self) -> String {
        let mut all = sha2::Sha256::new();
        for (path, bytes) in &self.0 {
            all.update(format!("{}  {path}\n", hex::encode(sha2::Sha256::digest(bytes))));
        }
        hex::encode(all.finalize())
    }

    /// Writes what lies below `name` into `folder/name`, for readers that want a folder; `None` where there is nothing.
    ///
    /// # Errors
    /// When the temporary folder cannot be written.
    pub fn write(&self, name: &str, folder: &Path) -> Result<Option<PathBuf>, Failure> {
        let failed = |path: &Path, error: std::io::Error| Failure::failed(format!("cannot write `{}`: {error}", path.display()));
        let mut written = None;
        let prefix = format!("{name}/");
        for (path, bytes) in self.0.iter().filter(|(path, _)| path.starts_with(&prefix)) {
            let to = folder.join(path);
            if let Some(parent) = to.parent() {
                std::fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
            }
            std::fs::write(&to, bytes).map_err(|error| failed(&to, error))?;
            written = Some(folder.join(name));
        }
        Ok(written)
    }
}
