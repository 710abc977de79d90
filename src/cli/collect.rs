//! `evidence collect`: record, without judging.

use super::args::Collect;
use super::build::{new_dir, quoted};
use super::exit::Exit;
use super::failure::Failure;
use super::printer::{Format, Printer};
use super::settings::Settings;
use super::{catalogue, live};

/// Runs the subcommand: the exit status and why.
///
/// # Errors
/// When no recording could be made, or Ctrl-C broke it off.
pub fn run(args: &Collect, settings: &Settings, printer: &Printer) -> Result<(Exit, String), Failure> {
    let recorded = match &args.resume {
        Some(dir) => live::resume(dir, &args.target, settings, None, printer)?,
        None => {
            let catalog = catalogue::load(catalogue::folder(&args.catalog, settings), printer)?;
            let selection =
                catalogue::select(&catalog, &catalogue::names(&args.catalog, settings)?, args.catalog.baseline.as_deref(), settings)?;
            live::record(&selection, &args.target, settings, &new_dir(args.out.as_deref())?, printer)?
        }
    };
    let dir = recorded.dir.display();
    if recorded.broken_off {
        let config = settings.named.as_ref().map(|file| format!(" --config {}", quoted(&file.to_string_lossy()))).unwrap_or_default();
        let again = format!("evidence collect --resume {}{config}", quoted(&dir.to_string()));
        return Err(Failure::failed("stopped before everything was read").hint(format!("run `{again}`")));
    }
    match printer.format {
        Format::Json => printer.json(&serde_json::json!({"recording": recorded.dir, "calls": recorded.sent})),
        Format::Text => printer.result(&format!("recording: {dir}")),
    }
    Ok((Exit::Done, "everything was asked".to_owned()))
}
