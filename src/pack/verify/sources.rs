//! Names the files of `recording/` and `inputs/` that are not those the assessment was made of.
//!
//! The pack's own lists of their sums are believed only where their digest is the one that the assessment names, and only to give a name:
//! whether anything differs is for the second performance to say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{Difference, OnDisk, What};
use crate::pack::manifest::SOURCES;

/// What is known of one folder.
pub(super) struct Named {
    /// `recording/` or `inputs/`.
    pub folder: &'static str,
    /// The file that lists its sums.
    pub list: &'static str,
    /// The digest that the assessment names.
    pub digest: Option<String>,
    /// Where to find the digest in an assessment.
    pub pointer: &'static str,
    /// Files that differ from the list; none where the list is not the one that the assessment names.
    pub files: Option<Vec<Difference>>,
}

/// Holds the files of both folders against the lists that the assessment names.
pub(super) fn named(pack: &Path, on_disk: &OnDisk) -> Vec<Named> {
    let assessment = super::compare::assessment(pack);
    let of = |(folder, list, pointer): (&'static str, &'static str, &'static str)| {
        let digest = assessment.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        let text = fs::read(pack.join(list)).ok().filter(|_| on_disk.contains_key(list));
        let text = text.filter(|bytes| digest.as_deref() == Some(hex::encode(Sha256::digest(bytes)).as_str()));
        let files = text.and_then(|bytes| String::from_utf8(bytes).ok()).map(|text| differing(folder, list, &text, on_disk));
        Named { folder, list, digest, pointer, files }
    };
    SOURCES.map(of).into()
}

fn differing(folder: &str, list: &str, text: &str, on_disk: &OnDisk) -> Vec<Difference> {
    let listed: BTreeMap<&str, &str> = text.lines().filter_map(|line| line.split_once("  ")).map(|(sum, path)| (path, sum)).collect();
    let found: BTreeMap<&str, &str> =
        on_disk.iter().filter_map(|(path, (_, sum))| Some((path.strip_prefix(folder)?, sum.as_str()))).collect();
    let paths: BTreeSet<&str> = listed.keys().chain(found.keys()).copied().collect();
    let difference = |path: &str| {
        let detail = match (listed.get(path), found.get(path)) {
            (Some(sum), Some(real)) if sum == real => return None,
            (Some(sum), Some(real)) => format!("was changed after the assessment was made: `{list}` says {sum}, the file has {real}"),
            (Some(_), None) => format!("was removed after the assessment was made: `{list}` names it"),
            (None, _) => format!("was added after the assessment was made: `{list}` does not name it"),
        };
        Some(Difference::new(What::Source, format!("{folder}{path}"), detail))
    };
    paths.into_iter().filter_map(difference).collect()
}
