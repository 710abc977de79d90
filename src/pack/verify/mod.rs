//! Verifies a pack: first the sums, then by doing all of it again from the pack's own `recording/` and `inputs/` and comparing.
//!
//! The second pack is built by the caller's [`Reperform`] into a fresh temporary folder, so a pack is never compared with
//! itself. Nothing in the pack is trusted: names are checked before they are followed, and links are not.

mod compare;
mod sources;
mod sums;
mod verdicts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::error::PackError;
use super::manifest::SUMS;
use crate::model::assessment::Tool;

/// Builds a pack at `out` from the `recording/` and `inputs/` of the pack at `pack` alone.
pub trait Reperform {
    /// Does it.
    ///
    /// # Errors
    /// Whatever keeps the recording from being judged again; the text is shown to the user.
    fn reperform(&self, pack: &Path, out: &Path) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

impl<F> Reperform for F
where
    F: Fn(&Path, &Path) -> Result<(), Box<dyn std::error::Error + Send + Sync>>,
{
    fn reperform(&self, pack: &Path, out: &Path) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self(pack, out)
    }
}

/// What verification found.
#[derive(Clone, Debug, Serialize)]
pub struct VerifyReport {
    /// The pack.
    pub folder: PathBuf,
    /// SHA-256 of `SHA256SUMS`, to compare with one received by another way.
    pub sums_digest: String,
    /// Files looked at, `SHA256SUMS` included, `signatures/` not.
    pub files: u64,
    /// Files below `signatures/`: they are outside the sums and are not judged here.
    pub signatures: Vec<String>,
    /// What the sums and the manifest say against the files.
    pub sums: Vec<Difference>,
    /// How the second performance went.
    pub performance: Performance,
    /// Where the second performance comes to something else, most telling first.
    pub differences: Vec<Difference>,
}

impl VerifyReport {
    /// Whether nothing was found.
    pub fn holds(&self) -> bool {
        let performed = matches!(self.performance, Performance::SameVersion { .. } | Performance::OtherVersion { .. });
        performed && self.sums.is_empty() && self.differences.is_empty()
    }
}

/// How the second performance went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Performance {
    /// By the very versions that made the pack: every byte was compared.
    SameVersion {
        /// Files compared.
        files: u64,
    },
    /// By other versions: verdicts, facts shown, results, populations and gaps were compared, pages were not.
    OtherVersion {
        /// Version that made the pack.
        made_by: String,
        /// Version that compared.
        compared_by: String,
        /// Verdicts compared.
        verdicts: u64,
    },
    /// It could not be done; why.
    Failed {
        /// Why not.
        why: String,
    },
}

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Difference {
    /// What kind of thing.
    pub what: What,
    /// File in the pack.
    pub file: String,
    /// One plain sentence, with the cause where it is known.
    pub detail: String,
}

/// Kinds of differences, most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// `recording/` or `inputs/`, or a file of them, are not those that the assessment names.
    Source,
    /// A verdict, or something it rests on, does not follow from recording and inputs.
    Verdict,
    /// A result, population or gap does not follow from them.
    Assessment,
    /// A fact shown in a population does not follow from them.
    Fact,
    /// A file's bytes differ.
    Changed,
    /// A file is missing.
    Removed,
    /// A file does not belong there.
    Added,
    /// `SHA256SUMS` or `manifest.json` themselves are not as they are written.
    Malformed,
}

impl Difference {
    fn new(what: What, file: impl Into<String>, detail: impl Into<String>) -> Self {
        Difference { what, file: file.into(), detail: super::text::visible_line(&detail.into()).into_owned() }
    }
}

/// Size and SHA-256 of every file of a pack, as read.
type OnDisk = BTreeMap<String, (u64, String)>;

/// Verifies the pack at `folder`.
///
/// # Errors
/// When the folder is no pack, or a file cannot be read for a reason that is not the pack's.
pub fn verify(folder: &Path, reperform: &dyn Reperform) -> Result<VerifyReport, PackError> {
    if !folder.join(SUMS).is_file() {
        let why = format!("it has no `{SUMS}`");
        return Err(PackError::NotAPack { path: folder.to_owned(), why });
    }
    let found = sums::check(folder)?;
    let named = sources::named(folder, &found.on_disk);
    let (performance, mut differences) = match perform(folder, reperform) {
        Ok(second) => compare::compare(folder, &found.on_disk, named, &second.path().join("pack"))?,
        Err(Failed::Pack(why)) => (Performance::Failed { why }, named.into_iter().filter_map(|one| one.files).flatten().collect()),
        Err(Failed::Ours(error)) => return Err(error),
    };
    differences.sort();
    differences.dedup();
    Ok(VerifyReport {
        folder: folder.to_owned(),
        sums_digest: found.sums_digest,
        files: found.on_disk.len() as u64 + 1,
        signatures: found.signatures,
        sums: found.differences,
        performance,
        differences,
    })
}

/// Why there is no second pack.
enum Failed {
    /// The pack does not allow it.
    Pack(String),
    /// Nothing can be written here.
    Ours(PackError),
}

/// Builds the second pack. The folder lives as long as the value.
fn perform(folder: &Path, reperform: &dyn Reperform) -> Result<tempfile::TempDir, Failed> {
    let temporary = std::env::temp_dir();
    let second = tempfile::tempdir().map_err(|error| Failed::Ours(PackError::io("write into", &temporary)(error)))?;
    let out = second.path().join("pack");
    reperform.reperform(folder, &out).map_err(|error| Failed::Pack(error.to_string()))?;
    if out.join(SUMS).is_file() { Ok(second) } else { Err(Failed::Pack("the second performance wrote no pack".to_owned())) }
}

/// The versions named in a pack's `assessment.json`.
fn tool_of(assessment: &serde_json::Value) -> Option<Tool> {
    serde_json::from_value(assessment.get("tool")?.clone()).ok()
}
