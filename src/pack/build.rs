//! Builds a pack: first the controls (verdicts, populations, their pages), then all pages that sum them up, then exhibits,
//! copies and sums.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::error::PackError;
use super::input::Input;
use super::links::{Links, root_of};
use super::paging::{Pager, Rows, file_name, paginate};
use super::staging::Staging;
use super::templates::Templates;
use super::{exhibit, manifest, pages, population, schemas, words};
use crate::model::CallId;
use crate::model::assessment::RecordingOrigin;
use crate::model::control::Control;
use crate::model::framework::Framework;

/// The largest `index.html`.
pub const INDEX_BUDGET: u64 = 1_000_000;
/// The largest page.
pub const PAGE_BUDGET: u64 = 2_000_000;
/// The largest `ticket.md`.
pub const TICKET_BUDGET: u64 = 30_000;

/// What was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackSummary {
    /// The folder.
    pub folder: PathBuf,
    /// Files, `SHA256SUMS` included.
    pub files: u64,
    /// Bytes, `SHA256SUMS` excluded.
    pub bytes: u64,
    /// SHA-256 of `SHA256SUMS`: one line that stands for the whole pack.
    pub sums_digest: String,
}

/// Builds the pack at `out`, which must not exist or be empty. Nothing stands there unless all of it does.
///
/// # Errors
/// See [`PackError`]; the unfinished folder is removed.
pub fn build(input: &Input<'_>, mut templates: Templates, out: &Path) -> Result<PackSummary, PackError> {
    let staging = Staging::beside(out)?;
    let calls: Vec<CallId> = input.calls.keys().map(|(id, _)| id).collect();
    let links = Links::new(input.assessment, &calls);
    templates.share("site", &Site::new(input))?;
    let build = Build {
        input,
        templates: &templates,
        staging: &staging,
        links: &links,
        frameworks: input.frameworks.iter().map(|framework| (framework.id.as_str(), *framework)).collect(),
        controls: input.controls.iter().map(|control| (control.id.as_str(), *control)).collect(),
    };
    build.copy_sources()?;
    let sums = population::judge_all(&build)?;
    let pages = || {
        pages::write_all(&build, &sums)?;
        exhibit::write_all(&build, &sums)?;
        schemas::write_all(&build)
    };
    let (pages, verdicts) = rayon::join(pages, || population::write_verdicts(&build));
    pages.and(verdicts)?;
    let (files, bytes, sums_digest) = manifest::write_all(&build)?;
    staging.finish()?;
    Ok(PackSummary { folder: out.to_owned(), files, bytes, sums_digest })
}

/// What every step of the build sees.
pub(super) struct Build<'a> {
    pub input: &'a Input<'a>,
    pub templates: &'a Templates,
    pub staging: &'a Staging,
    pub links: &'a Links,
    pub frameworks: BTreeMap<&'a str, &'a Framework>,
    pub controls: BTreeMap<&'a str, &'a Control>,
}

impl Build<'_> {
    /// Renders and writes one page.
    pub fn page(&self, template: &str, frame: &Frame, what: &str, model: &impl Serialize) -> Result<(), PackError> {
        let bytes = self.templates.render(template, frame, model)?;
        let budget = match frame.here.as_str() {
            "index.html" => INDEX_BUDGET,
            "ticket.md" => TICKET_BUDGET,
            _ if frame.here.ends_with(".html") => PAGE_BUDGET,
            _ => u64::MAX,
        };
        if bytes.len() as u64 > budget {
            return Err(PackError::TooLarge { path: frame.here.clone(), size: bytes.len() as u64, budget });
        }
        self.staging.write(&frame.here, what, &bytes)
    }

    /// Begins a list of rows for pages in the folder of `path`.
    pub fn rows(&self, template: &'static str, path: &str) -> Result<Rows<'_>, PackError> {
        self.rows_with(template, path, &[])
    }

    /// As [`Build::rows`], for rows with columns of their own.
    pub fn rows_with(&self, template: &'static str, path: &str, columns: &[&str]) -> Result<Rows<'_>, PackError> {
        let columns = columns.iter().map(|title| super::text::title(title)).collect();
        Rows::new(self.templates, template, &ListModel { root: root_of(path), several_accounts: self.several_accounts(), columns })
    }

    /// Writes a list over as many pages as it needs. The template sees `rows` (rendered), `pager`, and the model.
    pub fn list(&self, list: List<'_>, lists: Vec<Rows<'_>>, model: &impl Serialize) -> Result<u64, PackError> {
        let model = self.templates.value(model)?;
        let stem = list.stem.rsplit('/').next().unwrap_or(list.stem);
        paginate(stem, lists, |pager, rows| {
            let here = file_name(list.stem, pager.page);
            let title = if pager.page > 1 { format!("{}, page {}", list.title, pager.page) } else { list.title.to_owned() };
            let frame = Frame::new(&here, &title, list.crumbs);
            self.page(list.template, &frame, list.what, &ListPage { rows, pager, all: list.all.to_owned(), m: model.clone() })
        })
    }

    /// Whether pages need to say which account a resource is in.
    pub fn several_accounts(&self) -> bool {
        self.input.assessment.scope.accounts.len() > 1
    }

    fn copy_sources(&self) -> Result<(), PackError> {
        for file in &self.input.recording {
            self.staging.write(&format!("recording/{}", file.path), "file of the recording, byte for byte", &file.bytes)?;
        }
        for file in &self.input.inputs {
            self.staging.write(&format!("inputs/{}", file.path), "input of the assessment, byte for byte", &file.bytes)?;
        }
        manifest::write_lists(self)?;
        self.staging.write("assets/style.css", "style sheet of the pages", self.templates.style().as_bytes())
    }
}

/// What stands around every page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Frame {
    /// Path of the page.
    pub here: String,
    /// What leads to the pack's folder.
    pub root: String,
    /// Title.
    pub title: String,
    /// Pages above it.
    pub crumbs: Vec<Crumb>,
}

impl Frame {
    /// The frame of the page at `here`.
    pub fn new(here: &str, title: &str, crumbs: &[Crumb]) -> Self {
        Frame { here: here.to_owned(), root: root_of(here), title: title.to_owned(), crumbs: crumbs.to_vec() }
    }
}

/// A page above.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Crumb {
    /// From the pack's folder.
    pub href: String,
    /// Its short title.
    pub text: String,
}

impl Crumb {
    /// A page above.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Crumb { href: href.into(), text: text.into() }
    }
}

/// A list over several pages.
pub(super) struct List<'a> {
    /// Path of the first page without its ending.
    pub stem: &'a str,
    /// Template of the pages.
    pub template: &'a str,
    /// Title of the first page.
    pub title: &'a str,
    /// Pages above.
    pub crumbs: &'a [Crumb],
    /// For the manifest.
    pub what: &'a str,
    /// File that holds the whole list, from the pack's folder; empty for none.
    pub all: &'a str,
}

#[derive(Serialize)]
struct ListModel {
    root: String,
    several_accounts: bool,
    columns: Vec<String>,
}

#[derive(Serialize)]
struct ListPage {
    rows: String,
    pager: Pager,
    all: String,
    m: tera::Value,
}

/// What all pages share.
#[derive(Serialize)]
struct Site {
    emulated: bool,
    observed: String,
    as_of: String,
    version: String,
    nav: Vec<Crumb>,
}

impl Site {
    fn new(input: &Input<'_>) -> Self {
        let recording = &input.assessment.recording;
        let nav = [
            ("index.html", "Overview"),
            ("controls/index.html", "Tests"),
            ("gaps.html", "Gaps"),
            ("people.html", "For people"),
            ("waivers.html", "Waivers and statements"),
            ("completeness.html", "Completeness"),
            ("scope.html", "Scope"),
            ("exhibits/index.html", "Exhibits"),
        ];
        Site {
            emulated: recording.origin == RecordingOrigin::Emulated,
            observed: words::span(recording.started, recording.ended),
            as_of: words::time(input.assessment.as_of),
            version: input.assessment.tool.version.clone(),
            nav: nav.iter().map(|(href, text)| Crumb::new(*href, *text)).collect(),
        }
    }
}
