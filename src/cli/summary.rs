//! What a build says at its end: results at a glance, where the pack lies, and how to close what could not be read.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use super::iam_policy;
use super::perform::Performed;
use super::printer::{Format, Printer, inert};
use crate::catalog::Catalog;
use crate::model::assessment::{Disposition, FrameworkLine, RecordingOrigin};

/// Dispositions in the order in which a reader wants them.
const ORDER: [(Disposition, &str); 7] = [
    (Disposition::Fail, "fail"),
    (Disposition::Indeterminate, "indeterminate"),
    (Disposition::Manual, "manual"),
    (Disposition::Stated, "stated"),
    (Disposition::NotTested, "not tested"),
    (Disposition::NothingToTest, "nothing to test"),
    (Disposition::Pass, "pass"),
];

/// Prints the results on stdout and what follows from them on stderr.
pub fn print(performed: &Performed, catalog: &Catalog, recorded: Option<&Path>, printer: &Printer) {
    let assessment = &performed.assessment;
    if printer.format == Format::Json {
        printer.json(&json(performed, recorded));
    } else {
        printer.result(&text(performed, catalog));
    }
    if assessment.recording.origin == RecordingOrigin::Emulated {
        printer.note("DEMONSTRATION, not evidence: the recording does not come from AWS");
    }
    if let Some(dir) = recorded {
        printer.note(&format!("recording: {}", dir.display()));
    }
    let partition = assessment.scope.accounts.first().map_or("aws", |account| account.partition.id());
    iam_policy::opening(assessment.gaps.iter(), partition).iter().for_each(|note| printer.note(note));
}

fn counts(framework: &FrameworkLine) -> BTreeMap<Disposition, usize> {
    let mut counts = BTreeMap::new();
    for item in &framework.items {
        *counts.entry(item.disposition).or_default() += 1;
    }
    counts
}

fn text(performed: &Performed, catalog: &Catalog) -> String {
    let mut lines = Vec::new();
    for framework in &performed.assessment.frameworks {
        let title = catalog.framework(&framework.id).map_or(framework.id.as_str(), |known| known.title.as_str());
        lines.push(format!("{} {} ({} items)", inert(title), framework.version, framework.items.len()));
        let counts = counts(framework);
        for (disposition, word) in ORDER {
            if let Some(count) = counts.get(&disposition) {
                lines.push(format!("  {count:>4}  {word}"));
            }
        }
        for (disposition, word) in [(Disposition::Fail, "fail"), (Disposition::Indeterminate, "indeterminate")] {
            for item in framework.items.iter().filter(|item| item.disposition == disposition) {
                lines.push(format!("  {word} {}  {}: {}", item.id, inert(&item.title), inert(&item.why)));
            }
        }
    }
    lines.push(format!("pack: {}", performed.pack.folder.display()));
    lines.join("\n")
}

fn json(performed: &Performed, recorded: Option<&Path>) -> serde_json::Value {
    let frameworks: Vec<_> = performed
        .assessment
        .frameworks
        .iter()
        .map(|framework| json!({"id": framework.id, "version": framework.version, "items": framework.items.len(), "dispositions": words(framework)}))
        .collect();
    json!({
        "pack": performed.pack.folder, "files": performed.pack.files, "sums_digest": performed.pack.sums_digest,
        "as_of": performed.assessment.as_of, "recording": recorded, "frameworks": frameworks,
        "verdicts_touched_by_gaps": performed.touched, "gaps": performed.assessment.gaps.len(),
    })
}

fn words(framework: &FrameworkLine) -> serde_json::Map<String, serde_json::Value> {
    counts(framework)
        .into_iter()
        .map(|(disposition, count)| (json!(disposition).as_str().unwrap_or_default().to_owned(), count.into()))
        .collect()
}
