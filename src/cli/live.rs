//! Asking AWS for a subcommand: who, where, into which recording; Ctrl-C; what is said while it runs.

use std::path::{Path, PathBuf};

use super::args::TargetArgs;
use super::exit::Exit;
use super::failure::Failure;
use super::printer::{Printer, counted, inert, quoted};
use super::progress::Shown;
use super::settings::Settings;
use super::tool::tool;
use crate::aws::SessionError;
use crate::aws::accounts::AccountEntry;
use crate::aws::session::{LiveSettings, Session};
use crate::catalog::Selection;
use crate::collect::{self, kinds};
use crate::model::kind::Wanted;
use crate::recording::{Asked, Recording};

/// Writes the command that goes on with the recording in a folder.
pub type Again<'a> = &'a dyn Fn(&Path) -> String;

/// A recording that a run wrote to its end.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its folder.
    pub dir: PathBuf,
    /// Calls sent.
    pub sent: u64,
    /// Accounts that could not be entered.
    pub closed: Vec<String>,
}

/// Begins a new recording in `dir` and collects what the selection reads.
///
/// # Errors
/// When no account can be entered, credentials end, Ctrl-C breaks it off, or the disk refuses.
pub fn record(
    selection: &Selection,
    target: &TargetArgs,
    settings: &Settings,
    dir: &Path,
    again: Again<'_>,
    printer: &Printer,
) -> Result<Recorded, Failure> {
    let wanted = selection.wanted(kinds());
    let frameworks = selection.frameworks.iter().map(|framework| framework.id.clone()).collect();
    let asked = Asked { frameworks, wanted: wanted.0.clone(), named: wanted.all_named(), ..Asked::default() };
    let live = live_settings(target, settings, dir, asked);
    super::runtime()?.block_on(async {
        let session = Session::live(live).await.map_err(|error| session_failure(&error, None))?;
        gather(session, &wanted, again, printer).await
    })
}

/// Goes on with the broken-off recording in `dir`. `further` is collected beside what the recording was begun for.
///
/// # Errors
/// As [`record`]; and when the recording is complete or of other accounts.
pub fn resume(
    dir: &Path,
    target: &TargetArgs,
    settings: &Settings,
    further: Option<&Selection>,
    again: Again<'_>,
    printer: &Printer,
) -> Result<Recorded, Failure> {
    // Profiles and accounts are the recording's, unless typed; of the file only external ids count, which no recording holds.
    let live = live_settings(target, &Settings { profiles: Vec::new(), ..settings.clone() }, dir, Asked::default());
    let begun = Recording::open(dir).map_err(|error| session_failure(&SessionError::Recording(error), None))?;
    let mut wanted = begun.header().asked.wanted();
    drop(begun);
    super::runtime()?.block_on(async {
        let session = Session::resume(live).await.map_err(|error| session_failure(&error, Some(&again(dir))))?;
        wanted.merge(further.map(|selection| selection.wanted(kinds())).unwrap_or_default());
        gather(session, &wanted, again, printer).await
    })
}

/// Settings of a live session from the command line, before the settings file.
pub fn live_settings(target: &TargetArgs, settings: &Settings, dir: &Path, asked: Asked) -> LiveSettings {
    let mut live = LiveSettings::new(dir.to_owned(), tool(), asked);
    live.profiles = if target.profiles.is_empty() { settings.profiles.clone() } else { target.profiles.clone() };
    let narrowed = if target.regions.is_empty() { &settings.regions } else { &target.regions };
    live.regions = (!narrowed.is_empty()).then(|| narrowed.clone());
    if target.profiles.is_empty() {
        live.accounts = settings
            .account
            .iter()
            .map(|one| AccountEntry {
                name: one.name.clone(),
                role_arn: one.role_arn.clone(),
                external_id: one.external_id.clone(),
                profile: one.profile.clone(),
            })
            .collect();
    }
    live
}

async fn gather(session: Session, wanted: &Wanted, again: Again<'_>, printer: &Printer) -> Result<Recorded, Failure> {
    introduce(&session, printer);
    let dir = session.dir().cloned().unwrap_or_default();
    let again = again(&dir);
    let watch = tokio::spawn(watch(session.cancel_handle(), again.clone(), printer.clone()));
    let collected = collect::collect(&session, wanted, &Shown::new(printer)).await;
    watch.abort();
    end_on_interrupt(dir.clone(), printer.clone());
    let sent = session.sent();
    let closed = session.accounts().iter().filter(|account| !account.note.entered).map(|account| account.note.id.clone()).collect();
    let finished = session.finish().map_err(|error| session_failure(&error, Some(&again)))?;
    let dir = finished.dir.unwrap_or(dir);
    printer.note(&format!("{} recorded in {}", counted(sent, "call"), dir.display()));
    if finished.broken_off {
        return Err(Failure::failed("stopped before everything was read").hint(format!("run `{again}`")));
    }
    collected.map_err(|error| Failure::failed(error.to_string()))?;
    Ok(Recorded { dir, sent, closed })
}

/// The first Ctrl-C lets what is in flight end; the second ends at once, and the recording can be resumed all the same.
async fn watch(cancel: crate::aws::session::Cancel, again: String, printer: Printer) {
    if tokio::signal::ctrl_c().await.is_ok() {
        printer.error_line("stopping: calls in flight are finished and recorded; press Ctrl-C again to stop at once");
        cancel.cancel();
    }
    if tokio::signal::ctrl_c().await.is_ok() {
        end_at_once("stopped without waiting for calls in flight", &again, &printer);
    }
}

/// From here on Ctrl-C ends the process at once, which the listener of the collection would otherwise swallow. What follows leaves
/// nothing behind that looks finished.
fn end_on_interrupt(dir: PathBuf, printer: Printer) {
    std::thread::spawn(move || {
        let waited = super::runtime().map(|runtime| runtime.block_on(tokio::signal::ctrl_c()));
        if matches!(waited, Ok(Ok(()))) {
            let from = format!("evidence build --from {}", quoted(&dir.to_string_lossy()));
            end_at_once("stopped before the pack was finished; what was recorded is kept", &from, &printer);
        }
    });
}

fn end_at_once(why: &str, next: &str, printer: &Printer) -> ! {
    printer.error_line(&format!("hint: run `{next}`"));
    super::last_line(printer, Exit::Interrupted, why);
    std::process::exit(Exit::Interrupted.code().into());
}

/// Says who asks, in which accounts and Regions.
fn introduce(session: &Session, printer: &Printer) {
    for account in session.accounts() {
        let note = &account.note;
        let alias = note.alias.as_deref().map(|alias| format!(" ({})", inert(alias))).unwrap_or_default();
        match (&note.principal, &note.gap) {
            (Some(principal), None) => {
                let regions = account.regions.observed.join(", ");
                printer.note(&format!("account {}{alias} as {}", note.id, inert(principal)));
                printer.note(&format!("  regions: {}", if regions.is_empty() { "none" } else { &regions }));
            }
            (_, Some(gap)) => printer.warning(&format!("account {} could not be entered: {}", note.id, inert(&gap.detail))),
            (None, None) => printer.warning(&format!("account {} could not be entered", note.id)),
        }
        for excluded in &account.regions.excluded {
            printer.note(&format!("  left out by {}: {}", excluded.by, excluded.region));
        }
    }
}

/// A session's error with its hint. `again` is the command that goes on with a recording that was begun.
pub fn session_failure(error: &SessionError, again: Option<&str>) -> Failure {
    Failure::failed(error.to_string()).maybe_hint(error.hint(again))
}
