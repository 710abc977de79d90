//! `evidence build`: collect or take a recording, judge it, render the pack, say what came out.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum as _;

use super::args::{Build, FailOn};
use super::exit::Exit;
use super::failure::Failure;
use super::inputs::{Folders, Inputs, RunSettings};
use super::perform::{Performed, perform};
use super::printer::{Printer, counted, quoted};
use super::settings::Settings;
use super::{catalogue, live, summary};
use crate::catalog::Selection;
use crate::collect::progress::Silent;
use crate::model::Instant;
use crate::model::assessment::Disposition;
use crate::recording::Recording;

/// Folder of the embedded files that holds the demonstration recording.
const DEMO: &str = "demo/";

/// Runs the subcommand: the exit status and why.
///
/// # Errors
/// When there is no pack.
pub fn run(args: &Build, settings: &Settings, printer: &Printer) -> Result<(Exit, String), Failure> {
    if let Some(out) = &args.out {
        refuse_unusable(out)?;
    }
    let mut catalog = catalogue::load(catalogue::folder(&args.catalog, settings), printer)?;
    let selection = catalogue::select(&catalog, &names(args, settings)?, args.catalog.baseline.as_deref(), settings)?;
    let folders = folders(args, settings);
    folders.check(&catalog)?;
    catalog.keep(&selection);
    let (recording, dir) = recording(args, settings, &selection, printer)?;
    warn(&recording, args.as_of, printer);
    let inputs = Inputs::gather(&catalog, &selection, &folders, run_settings(args, settings, &selection, &recording)?)?;
    let out = args.out.clone().unwrap_or_else(|| default_out(&recording, &selection, args.as_of));
    refuse_unusable(&out)?;
    printer.note(&format!("judging {} controls over {} calls", selection.runs.len(), recording.entries().len()));
    // From here on the inputs alone say what is judged.
    drop(selection);
    let performed = perform(&recording, &inputs, Some(&catalog), &out, &Silent)?;
    performed.remarks.iter().for_each(|remark| printer.warning(remark));
    summary::print(&performed, &catalog, dir.as_deref(), printer);
    Ok(exit(args.fail_on, &performed))
}

/// The status of a build, and why.
fn exit(fail_on: FailOn, performed: &Performed) -> (Exit, String) {
    let items = || performed.assessment.frameworks.iter().flat_map(|framework| &framework.items);
    let count = |wanted: Disposition| items().filter(|item| item.disposition == wanted).count();
    let (failed, unseen) = (count(Disposition::Fail), count(Disposition::Indeterminate));
    if performed.control_errors > 0 {
        let verdicts = counted(performed.control_errors, "verdict");
        return (Exit::Failed, format!("{verdicts} could not be computed; run `evidence controls check`"));
    }
    let reached = match fail_on {
        FailOn::Fail => failed > 0,
        FailOn::Indeterminate => failed + unseen > 0,
        FailOn::Never => false,
    };
    if reached {
        return (Exit::FailOn, format!("{} failed, {unseen} indeterminate", counted(failed, "item")));
    }
    match performed.touched {
        0 => (Exit::Done, "every verdict could be decided".to_owned()),
        touched => (Exit::Gaps, format!("{} could not be decided because of what could not be read", counted(touched, "verdict"))),
    }
}

/// Where the answers come from, and the folder in which a live run recorded them.
fn recording(
    args: &Build,
    settings: &Settings,
    selection: &Selection,
    printer: &Printer,
) -> Result<(Arc<Recording>, Option<PathBuf>), Failure> {
    if args.demo {
        return Ok((Arc::new(demo()?), None));
    }
    if let Some(path) = &args.from {
        return Ok((Arc::new(open(path)?), None));
    }
    let again = |dir: &Path| resume_command(args, settings, selection, dir);
    let recorded = match &args.resume {
        Some(dir) => live::resume(dir, &args.target, settings, Some(selection), &again, printer)?,
        None => live::record(selection, &args.target, settings, &new_dir(None)?, &again, printer)?,
    };
    Ok((Arc::new(open(&recorded.dir)?), Some(recorded.dir)))
}

/// The frameworks asked for; without any, those that the recording named was begun for.
fn names(args: &Build, settings: &Settings) -> Result<Vec<String>, Failure> {
    let typed = !args.catalog.frameworks.is_empty() || !settings.frameworks.is_empty();
    if let Some(path) = args.from.as_ref().or(args.resume.as_ref()).filter(|_| !typed) {
        let asked = open(path)?.header().asked.frameworks.clone();
        if !asked.is_empty() {
            return Ok(asked);
        }
    }
    catalogue::names(&args.catalog, settings)
}

/// The command that goes on with a broken-off recording and then builds what was asked for. Accounts and Regions are in the recording.
fn resume_command(args: &Build, settings: &Settings, selection: &Selection, dir: &Path) -> String {
    let mut words = vec!["evidence".to_owned(), "build".to_owned()];
    let mut option = |name: &str, value: &str| words.extend([name.to_owned(), quoted(value)]);
    selection.frameworks.iter().for_each(|framework| option("--framework", &framework.id));
    args.catalog.baseline.iter().for_each(|baseline| option("--baseline", baseline));
    option("--resume", &dir.to_string_lossy());
    let folders = [
        ("--config", &settings.named),
        ("--controls", &args.catalog.controls),
        ("--out", &args.out),
        ("--waivers", &args.waivers),
        ("--statements", &args.statements),
        ("--templates", &args.templates),
    ];
    for (name, folder) in folders {
        folder.iter().for_each(|folder| option(name, &folder.to_string_lossy()));
    }
    if let Some(as_of) = args.as_of {
        option("--as-of", &as_of.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true));
    }
    if let Some(when) = args.fail_on.to_possible_value().filter(|_| args.fail_on != FailOn::default()) {
        option("--fail-on", when.get_name());
    }
    words.extend(args.accept_stale.then(|| "--accept-stale".to_owned()));
    words.join(" ")
}

/// The folder of a new recording.
///
/// # Errors
/// When it exists and holds something.
pub fn new_dir(named: Option<&Path>) -> Result<PathBuf, Failure> {
    let dir = match named {
        Some(dir) => dir.to_owned(),
        None => unused(&format!("recordings/{}", chrono::Utc::now().format("%Y-%m-%dT%H%M%SZ"))),
    };
    refuse_unusable(&dir)?;
    Ok(dir)
}

/// The name, with a number where another run of the same second has it already.
fn unused(name: &str) -> PathBuf {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered).map(PathBuf::from);
    names.find(|dir| dir.symlink_metadata().is_err()).unwrap_or_else(|| PathBuf::from(name))
}

/// Refuses a folder that holds something or could not be made, before AWS is asked for anything.
fn refuse_unusable(dir: &Path) -> Result<(), Failure> {
    let occupied = match std::fs::symlink_metadata(dir) {
        Ok(_) => std::fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_some()),
        Err(_) => false,
    };
    if occupied {
        return Err(Failure::failed(format!("`{}` exists and is not an empty folder", dir.display()))
            .hint("name another folder with `--out`, or remove it first"));
    }
    let above = dir.ancestors().skip(1).find(|above| above.as_os_str().is_empty() || above.symlink_metadata().is_ok());
    let above = above.filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A file without a name, gone at once: permissions alone do not tell what a file system allows.
    tempfile::tempfile_in(above).map(drop).map_err(|error| {
        Failure::failed(format!("`{}` cannot be made: nothing can be written into `{}`: {error}", dir.display(), above.display()))
            .hint("name a folder that you may write to with `--out`")
    })
}

/// The embedded demonstration.
fn demo() -> Result<Recording, Failure> {
    let files = crate::embedded::files(DEMO).map(|(path, bytes)| (path.trim_start_matches(DEMO).to_owned(), Cow::Borrowed(bytes)));
    Recording::from_files(files).map_err(|error| Failure::failed(format!("the built-in demonstration cannot be read: {error}")))
}

/// A recording in a folder, or in a pack.
///
/// # Errors
/// When the folder holds none, or a damaged one.
pub fn open(path: &Path) -> Result<Recording, Failure> {
    let inner = path.join("recording");
    let dir = if inner.join("recording.json").is_file() { &inner } else { path };
    Ok(Recording::open(dir)?)
}

fn warn(recording: &Recording, as_of: Option<Instant>, printer: &Printer) {
    for loss in recording.losses() {
        printer.warning(&format!("{}: {}", loss.file, loss.what));
    }
    if !recording.complete() {
        printer.warning("the recording is not complete; what it lacks is `not_recorded`");
    }
    let ended = recording.note().ended;
    if as_of.is_some_and(|as_of| as_of < ended) {
        let ended = ended.format("%Y-%m-%d %H:%M:%S UTC");
        printer.warning(&format!("--as-of lies before the recording's end ({ended}): later events are judged as if they were known"));
    }
}

fn folders(args: &Build, settings: &Settings) -> Folders {
    let choose = |typed: &Option<PathBuf>, set: &Option<PathBuf>| typed.clone().or_else(|| set.clone());
    Folders {
        waivers: choose(&args.waivers, &settings.waivers),
        statements: choose(&args.statements, &settings.statements),
        templates: choose(&args.templates, &settings.templates),
    }
}

fn run_settings(args: &Build, settings: &Settings, selection: &Selection, recording: &Recording) -> Result<RunSettings, Failure> {
    let overrides = settings.overrides()?;
    let as_of = args.as_of.unwrap_or(recording.note().ended);
    let frameworks: Vec<String> = selection.frameworks.iter().map(|framework| framework.id.clone()).collect();
    let names: Vec<String> = frameworks.iter().map(|name| format!(" --framework {name}")).collect();
    let stale = if args.accept_stale { " --accept-stale" } else { "" };
    let baseline = args.catalog.baseline.clone();
    let narrowed = baseline.as_ref().map(|name| format!(" --baseline {name}")).unwrap_or_default();
    let instant = as_of.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    let command = format!("evidence build{}{narrowed} --from recording --as-of {instant}{stale}", names.concat());
    Ok(RunSettings {
        frameworks,
        baseline,
        as_of,
        accept_stale: args.accept_stale,
        params: overrides.local,
        organization_params: overrides.organization,
        own: Default::default(),
        command,
    })
}

/// `packs/<as-of>_<account or name>_<frameworks>`.
fn default_out(recording: &Recording, selection: &Selection, as_of: Option<Instant>) -> PathBuf {
    let day = as_of.unwrap_or(recording.note().ended).format("%Y-%m-%dT%H%M%SZ");
    let accounts = &recording.header().accounts;
    let who = match &accounts[..] {
        [one] => one.note.id.clone(),
        several => format!("{}-accounts", several.len()),
    };
    let names: Vec<&str> = selection.frameworks.iter().map(|framework| framework.id.as_str()).collect();
    PathBuf::from("packs").join(format!("{day}_{who}_{}", names.join("+")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn runs_of_the_same_second_get_folders_of_their_own() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let name = folder.path().join("2026-11-20T080000Z").display().to_string();
        for wanted in ["", "-2", "-3"] {
            let dir = super::unused(&name);
            assert_eq!(dir.display().to_string(), format!("{name}{wanted}"));
            std::fs::create_dir(dir).expect("a folder");
        }
    }
}
