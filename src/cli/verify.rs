//! `evidence verify PACK`: the sums, then a second performance from the pack's own recording and inputs.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::args::Verify;
use super::exit::Exit;
use super::failure::Failure;
use super::inputs::Inputs;
use super::perform::perform;
use super::printer::{Format, Printer, inert};
use crate::collect::progress::Silent;
use crate::embedded;
use crate::pack::{self, Difference, Performance, VerifyReport, What};
use crate::recording::Recording;

/// Folder of the catalogue among the inputs and among the embedded files.
const CONTROLS: &str = "controls/";

/// Runs the subcommand: the exit status and why.
///
/// # Errors
/// When the folder is no pack.
pub fn run(args: &Verify, printer: &Printer) -> Result<(Exit, String), Failure> {
    let again = |pack: &Path, out: &Path| reperform(pack, out).map_err(|failure| Box::from(failure.to_string()));
    let mut report = pack::verify(&args.pack, &again)?;
    if matches!(report.performance, Performance::SameVersion { .. }) {
        report.differences.extend(not_built_in(&Inputs::read(&args.pack.join("inputs"))?)?);
    }
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

/// Controls and frameworks that pass for built in and are not what this version carries. The second performance works from the pack's
/// own files, so it comes to the same; whoever trusts the tool's controls has to know that these are others.
fn not_built_in(inputs: &Inputs) -> Result<Vec<Difference>, Failure> {
    let own = inputs.settings()?.own;
    let carried: BTreeMap<&str, &[u8]> = embedded::files(CONTROLS).collect();
    let said = inputs.0.iter().filter(|(path, _)| path.strip_prefix(CONTROLS).is_some_and(|path| !own.contains(path)));
    let other = said.filter(|(path, bytes)| carried.get(path.as_str()) != Some(&bytes.as_slice()));
    let difference = |(path, _): (&String, &Vec<u8>)| Difference {
        what: What::Source,
        file: format!("inputs/{path}"),
        detail: "passes for built in, and is not what this version of the tool carries".to_owned(),
    };
    Ok(other.map(difference).collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT_IN: &str = "controls/iam/root-mfa.md";

    fn inputs(path: &str, text: &str, own: &[&str]) -> Inputs {
        let settings = serde_json::json!({
            "frameworks": ["cis-aws-7.0.0"], "as_of": "2026-01-31T12:00:00Z", "accept_stale": false, "params": {}, "organization_params": {},
            "own": own, "command": "evidence build",
        });
        let files = [(path, text.to_owned()), (crate::cli::inputs::SETTINGS, settings.to_string())];
        Inputs(files.map(|(path, text)| (path.to_owned(), text.into_bytes())).into())
    }

    fn named(path: &str, text: &str, own: &[&str]) -> Vec<String> {
        let found = not_built_in(&inputs(path, text, own)).expect("settings that can be read");
        found.into_iter().map(|difference| difference.file).collect()
    }

    #[test]
    fn a_control_that_passes_for_built_in_has_to_be_the_one_that_this_version_carries() {
        let carried = embedded::files(BUILT_IN).next().expect("a control").1;
        let carried = std::str::from_utf8(carried).expect("text");
        let edited = carried.replace("critical", "low");
        assert_ne!(edited, carried);
        assert!(named(BUILT_IN, carried, &[]).is_empty());
        assert_eq!(named(BUILT_IN, &edited, &[]), [format!("inputs/{BUILT_IN}")]);
        assert!(named(BUILT_IN, &edited, &["iam/root-mfa.md"]).is_empty(), "the pack says that this one is the user's own");
        assert_eq!(named("controls/house/rule.md", carried, &[]), ["inputs/controls/house/rule.md"], "there is no such control built in");
    }
}
