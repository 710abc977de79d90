//! `evidence verify PACK`: the sums, then a second performance from the pack's own recording and inputs.

use std::path::Path;
use std::sync::Arc;

use super::args::Verify;
use super::exit::Exit;
use super::failure::Failure;
use super::inputs::Inputs;
use super::perform::perform;
use super::printer::{Format, Printer, inert};
use crate::collect::progress::Silent;
use crate::pack::{self, Performance, VerifyReport};
use crate::recording::Recording;

/// Runs the subcommand: the exit status and why.
///
/// # Errors
/// When the folder is no pack.
pub fn run(args: &Verify, printer: &Printer) -> Result<(Exit, String), Failure> {
    let again = |pack: &Path, out: &Path| reperform(pack, out).map_err(|failure| Box::from(failure.to_string()));
    let report = pack::verify(&args.pack, &again)?;
    match printer.format {
        Format::Json => printer.json(&serde_json::to_value(&report).map_err(|error| Failure::failed(error.to_string()))?),
        Format::Text => printer.result(&text(&report)),
    }
    if report.holds() {
        return Ok((Exit::Done, "the pack is what its recording and inputs make".to_owned()));
    }
    Ok((Exit::Failed, format!("`{}` is not the pack that its recording and inputs make", args.pack.display())))
}

/// Performs again, from what lies in the pack and nothing else.
fn reperform(pack: &Path, out: &Path) -> Result<(), Failure> {
    let recording = Arc::new(Recording::open(&pack.join("recording"))?);
    let inputs = Inputs::read(&pack.join("inputs"))?;
    perform(&recording, &inputs, None, out, &Silent).map(|_| ())
}

fn text(report: &VerifyReport) -> String {
    let mut lines = Vec::new();
    for difference in report.sums.iter().chain(&report.differences) {
        let what = serde_json::json!(difference.what);
        lines.push(format!("{}: {}: {}", what.as_str().unwrap_or("difference"), inert(&difference.file), inert(&difference.detail)));
    }
    lines.push(format!("{} files, SHA-256 of SHA256SUMS {}", report.files, report.sums_digest));
    lines.push(match &report.performance {
        Performance::SameVersion { files } => format!("performed again by the same version: {files} files compared byte for byte"),
        Performance::OtherVersion { made_by, compared_by, verdicts } => {
            format!(
                "performed again by {}, made by {}: {verdicts} verdicts and the facts shown were compared; pages were not, since versions lay them out differently",
                inert(compared_by),
                inert(made_by)
            )
        }
        Performance::Failed { why } => format!("could not be performed again: {}", inert(why)),
    });
    lines.push(match report.signatures.len() {
        0 => "hashed, unsigned".to_owned(),
        count => format!("{count} files in signatures/, not judged here: see the pack's README"),
    });
    lines.push(if report.holds() { "holds: nothing differs" } else { "does not hold" }.to_owned());
    lines.join("\n")
}
