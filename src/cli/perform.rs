//! From a recording and inputs to a pack: what `build` does after collecting, and what `verify` does again. One function, so that
//! both run the same code; it opens no connection and reads nothing but its two arguments.

use std::path::Path;
use std::sync::Arc;

use super::catalogue;
use super::failure::Failure;
use super::inputs::{Folders, Inputs, RunSettings};
use super::tool::tool;
use crate::assess::{self, Exhibits, Judged, Statements, Waivers};
use crate::aws::operations;
use crate::aws::session::Session;
use crate::catalog::{Catalog, Files, Selection};
use crate::collect::{self, Inventory, kinds, progress::Progress};
use crate::model::assessment::{Assessment, Scope};
use crate::pack::{self, InputFile, Operations, PackSummary, StatementLine, WaiverLine};
use crate::recording::Recording;

/// What came out, beside the pack.
#[derive(Debug)]
pub struct Performed {
    /// The machine contract.
    pub assessment: Assessment,
    /// The pack.
    pub pack: PackSummary,
    /// Verdicts touched by gaps.
    pub touched: u64,
    /// Verdicts that failed for no gap's reason.
    pub control_errors: u64,
    /// Remarks for the user: waivers that expire or name nothing.
    pub remarks: Vec<String>,
}

/// Judges `recording` by `inputs` and writes the pack at `out`. `known` is a catalogue that was read before; where the inputs hold
/// files of it and no others, they are not read twice.
///
/// # Errors
/// When inputs are faulty, or a file cannot be written; nothing stands at `out` then.
pub fn perform(
    recording: &Arc<Recording>,
    inputs: &Inputs,
    known: Option<&Catalog>,
    out: &Path,
    progress: &dyn Progress,
) -> Result<Performed, Failure> {
    let work = tempfile::tempdir().map_err(|error| Failure::failed(format!("cannot make a temporary folder: {error}")))?;
    let settings = inputs.settings()?;
    let catalog = catalog(inputs, &settings, known)?;
    let selection = catalogue::select_with(&catalog, &settings.frameworks, settings.baseline.as_deref(), &settings.overrides())?;
    let (mut inventory, scope) = replay(recording, &selection, progress)?;
    let folder = |name: &str| inputs.write(name, work.path());
    let folders = Folders { waivers: folder("waivers")?, statements: folder("statements")?, templates: folder("templates")? };
    let (waivers, statements) = folders.documents(&catalog)?;
    let judged = judge(recording, inputs, &settings, &selection, &mut inventory, (&waivers, &statements), scope)?;
    // What was judged is not shown; only what was said of it.
    inventory.resources = collect::Store::default();
    let templates = folders.page_templates()?;
    let input = pack_input(recording, inputs, &catalog, &selection, &inventory, &judged, (&statements, &settings));
    let pack = pack::build(&input, templates, out)?;
    let remarks = remarks(&judged);
    Ok(Performed { assessment: judged.assessment, pack, touched: judged.touched, control_errors: judged.control_errors, remarks })
}

/// The catalogue that lies in the inputs, and nothing of the embedded one.
fn catalog(inputs: &Inputs, settings: &RunSettings, known: Option<&Catalog>) -> Result<Catalog, Failure> {
    let mut files = Files::default();
    for (path, bytes) in &inputs.0 {
        if let Some(relative) = path.strip_prefix("controls/") {
            let text = std::str::from_utf8(bytes).map_err(|_| Failure::failed(format!("`inputs/{path}` is not UTF-8 text")))?;
            files.add(relative, path, text, settings.own.contains(relative));
        }
    }
    if let Some(part) = known.and_then(|known| known.part(&files)) {
        return Ok(part);
    }
    let (catalog, _) = crate::catalog::load_files(&files, kinds()).map_err(|faults| catalogue::faulty(&faults, "the inputs"))?;
    Ok(catalog)
}

fn replay(recording: &Arc<Recording>, selection: &Selection, progress: &dyn Progress) -> Result<(Inventory, Scope), Failure> {
    let runtime = super::runtime()?;
    runtime.block_on(async {
        let session = Session::replay(recording.clone(), None).await.map_err(|error| super::live::session_failure(&error, None))?;
        let inventory = collect::collect(&session, &selection.wanted(kinds()), progress).await;
        let inventory = inventory.map_err(|error| Failure::failed(error.to_string()))?;
        Ok((inventory, session.scope()))
    })
}

fn judge(
    recording: &Recording,
    inputs: &Inputs,
    settings: &RunSettings,
    selection: &Selection,
    inventory: &mut Inventory,
    (waivers, statements): (&Waivers, &Statements),
    scope: Scope,
) -> Result<Judged, Failure> {
    let settings = assess::Settings {
        as_of: settings.as_of,
        accept_stale: settings.accept_stale,
        tool: tool(),
        inputs_digest: inputs.digest(),
        recording: recording.note(),
        scope,
        exhibits: Exhibits::number(recording.entries().iter().map(|entry| &entry.key)),
    };
    assess::assess(selection, kinds(), inventory, waivers, statements, &settings).map_err(|error| Failure::failed(error.to_string()))
}

/// The operation table as packs see it.
struct Table;

impl Operations for Table {
    fn cli(&self, service: &str, operation: &str) -> Option<String> {
        operations::find(service, operation).map(|row| row.cli.to_owned())
    }

    fn actions(&self, service: &str, operation: &str) -> Vec<String> {
        operations::find(service, operation).map_or_else(Vec::new, |row| row.actions.iter().map(ToString::to_string).collect())
    }

    fn resources(&self, service: &str, operation: &str) -> Vec<String> {
        operations::find(service, operation).map_or_else(Vec::new, |row| row.resources.iter().map(ToString::to_string).collect())
    }
}

fn pack_input<'a>(
    recording: &'a Arc<Recording>,
    inputs: &'a Inputs,
    catalog: &'a Catalog,
    selection: &'a Selection,
    inventory: &'a Inventory,
    judged: &'a Judged,
    (statements, settings): (&Statements, &RunSettings),
) -> pack::Input<'a> {
    pack::Input {
        assessment: &judged.assessment,
        frameworks: selection.frameworks.iter().map(AsRef::as_ref).collect(),
        controls: catalog.controls().map(AsRef::as_ref).collect(),
        populations: &inventory.populations,
        gaps: &inventory.gaps,
        verdicts: &judged.verdicts,
        calls: recording.as_ref(),
        recording: pack::sources::recording_files(recording),
        inputs: inputs.0.iter().map(|(path, bytes)| InputFile { path: path.clone(), bytes: bytes.into() }).collect(),
        waivers: judged.waivers.iter().map(waiver_line).collect(),
        statements: statements.iter().map(|one| statement_line(one, settings)).collect(),
        operations: &Table,
    }
}

fn waiver_line(used: &assess::WaiverUse) -> WaiverLine {
    let waiver = &used.waiver;
    let place = waiver
        .region
        .as_ref()
        .map_or_else(|| format!("account {}", waiver.account), |region| format!("account {}, {region}", waiver.account));
    let accepts = match &waiver.accepts {
        assess::waiver::Accepts::Resources(ids) => ids.join(", "),
        assess::waiver::Accepts::Pattern(pattern) => format!("every resource that matches {pattern}"),
        assess::waiver::Accepts::Place => "the verdict on the account or Region itself".to_owned(),
    };
    WaiverLine {
        id: waiver.id.clone(),
        control: waiver.control.clone(),
        scope: format!("{place}: {accepts}"),
        state: used.state.to_owned(),
        owner: waiver.owner.clone(),
        reason: waiver.reason.clone(),
        approved_by: waiver.approved_by.clone(),
        expires: waiver.expires.to_string(),
    }
}

fn statement_line(statement: &assess::Statement, settings: &RunSettings) -> StatementLine {
    let today = settings.as_of.date_naive();
    let state = if today < statement.dated {
        "not_yet_valid"
    } else if today > statement.expires {
        "expired"
    } else {
        "active"
    };
    StatementLine {
        id: statement.id.clone(),
        framework: statement.framework.clone(),
        item: statement.item.clone(),
        account: statement.account.clone(),
        state: state.to_owned(),
        role: statement.role.clone(),
        text: statement.statement.clone(),
        made: statement.dated.to_string(),
        expires: statement.expires.to_string(),
        files: statement.files.iter().map(|file| format!("statements/{}", file.path)).collect(),
    }
}

fn remarks(judged: &Judged) -> Vec<String> {
    let mut remarks = Vec::new();
    for used in &judged.waivers {
        let id = &used.waiver.id;
        match (used.state, used.failures) {
            ("expired", _) => remarks.push(format!("waiver `{id}` expired on {}", used.waiver.expires)),
            (_, 0) => remarks.push(format!("waiver `{id}` names no failure")),
            _ if used.ends_soon => remarks.push(format!("waiver `{id}` expires on {}", used.waiver.expires)),
            _ => {}
        }
    }
    remarks
}
