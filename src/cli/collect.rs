//! `evidence collect`: record, without judging.

use std::path::Path;

use super::args::Collect;
use super::build::new_dir;
use super::exit::Exit;
use super::failure::Failure;
use super::printer::{Format, Printer, quoted};
use super::settings::Settings;
use super::{catalogue, live};

/// Runs the subcommand: the exit status and why.
///
/// # Errors
/// When no recording could be made, or Ctrl-C broke it off.
pub fn run(args: &Collect, settings: &Settings, printer: &Printer) -> Result<(Exit, String), Failure> {
    let again = |dir: &Path| {
        let config = settings.named.as_ref().map(|file| format!(" --config {}", quoted(&file.to_string_lossy()))).unwrap_or_default();
        format!("evidence collect --resume {}{config}", quoted(&dir.to_string_lossy()))
    };
    let recorded = match &args.resume {
        Some(dir) => live::resume(dir, &args.target, settings, None, &again, printer)?,
        None => {
            let catalog = catalogue::load(catalogue::folder(&args.catalog, settings), printer)?;
            let selection =
                catalogue::select(&catalog, &catalogue::names(&args.catalog, settings)?, args.catalog.baseline.as_deref(), settings)?;
            live::record(&selection, &args.target, settings, &new_dir(args.out.as_deref())?, &again, printer)?
        }
    };
    let dir = recorded.dir.display();
    match printer.format {
        Format::Json => printer.json(&serde_json::json!({"recording": recorded.dir, "calls": recorded.sent})),
        Format::Text => printer.result(&format!("recording: {dir}")),
    }
    Ok(match &recorded.closed[..] {
        [] => (Exit::Done, "everything was asked".to_owned()),
        closed => (Exit::Gaps, format!("these accounts could not be entered: {}", closed.join(", "))),
    })
}
