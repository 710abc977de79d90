//! Holds every file of a pack against `SHA256SUMS` and `manifest.json`, and both against themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{Difference, OnDisk, What};
use crate::pack::error::PackError;
use crate::pack::manifest::{MANIFEST, SUMS};
use crate::pack::names::check_path;

/// What the check found.
pub(super) struct Found {
    /// SHA-256 of the sums.
    pub sums_digest: String,
    /// Size and SHA-256 of every file, but the sums and the signatures.
    pub on_disk: OnDisk,
    /// Files outside the sums.
    pub signatures: Vec<String>,
    /// Everything that does not agree.
    pub differences: Vec<Difference>,
}

/// Checks a pack's files.
pub(super) fn check(folder: &Path) -> Result<Found, PackError> {
    let mut found = Found { sums_digest: String::new(), on_disk: BTreeMap::new(), signatures: Vec::new(), differences: Vec::new() };
    walk(folder, "", &mut found)?;
    let path = folder.join(SUMS);
    let bytes = fs::read(&path).map_err(PackError::io("read", &path))?;
    found.sums_digest = hex::encode(Sha256::digest(&bytes));
    let sums = parse(&bytes, &mut found.differences);
    compare(&sums, &mut found);
    check_manifest(folder, &mut found)?;
    found.differences.sort();
    found.differences.dedup();
    Ok(found)
}

/// Reads every file below a folder. Links and special files are named and never opened.
fn walk(folder: &Path, below: &str, found: &mut Found) -> Result<(), PackError> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(PackError::io("read", folder))? {
        let entry = entry.map_err(PackError::io("read", folder))?;
        entries.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    entries.sort();
    for (name, path) in entries {
        let inside = if below.is_empty() { name } else { format!("{below}/{name}") };
        let kind = fs::symlink_metadata(&path).map_err(PackError::io("read", &path))?.file_type();
        if kind.is_dir() {
            walk(&path, &inside, found)?;
        } else if !kind.is_file() {
            found.differences.push(Difference::new(What::Added, inside, "is a link or a special file; packs hold plain files only"));
        } else if inside.starts_with("signatures/") {
            found.signatures.push(inside);
        } else if inside != SUMS {
            let digest = digest(&path)?;
            found.on_disk.insert(inside, digest);
        }
    }
    Ok(())
}

fn digest(path: &Path) -> Result<(u64, String), PackError> {
    let mut file = File::open(path).map_err(PackError::io("read", path))?;
    let (mut hasher, mut size, mut buffer) = (Sha256::new(), 0, vec![0; 128 * 1024]);
    loop {
        let n = file.read(&mut buffer).map_err(PackError::io("read", path))?;
        if n == 0 {
            return Ok((size, hex::encode(hasher.finalize())));
        }
        hasher.update(&buffer[..n]);
        size += n as u64;
    }
}

/// Reads the sums as strictly as we write them.
fn parse(bytes: &[u8], differences: &mut Vec<Difference>) -> BTreeMap<String, String> {
    let mut sums = BTreeMap::new();
    let mut fault = |line: usize, why: &str| differences.push(Difference::new(What::Malformed, SUMS, format!("line {line}: {why}")));
    let Ok(text) = std::str::from_utf8(bytes) else {
        fault(1, "the file is not UTF-8 text");
        return sums;
    };
    let mut before = String::new();
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let number = at + 1;
        let Some(line) = line.strip_suffix('\n') else {
            fault(number, "the last line has no end");
            continue;
        };
        let Some((sum, path)) = line.split_once("  ").filter(|(sum, _)| is_sum(sum)) else {
            fault(number, "not a SHA-256, two spaces and a path");
            continue;
        };
        if check_path(path).is_err() {
            fault(number, &format!("`{path}` is not a path that a pack may hold"));
        } else if path == SUMS || path.starts_with("signatures/") {
            fault(number, &format!("`{path}` lies outside the sums"));
        } else if sums.insert(path.to_owned(), sum.to_owned()).is_some() {
            fault(number, &format!("`{path}` stands twice"));
        } else if path <= before.as_str() {
            fault(number, &format!("`{path}` is not in order"));
        }
        path.clone_into(&mut before);
    }
    sums
}

fn is_sum(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn compare(sums: &BTreeMap<String, String>, found: &mut Found) {
    let paths: BTreeSet<&String> = sums.keys().chain(found.on_disk.keys()).collect();
    for path in paths {
        let difference = match (sums.get(path), found.on_disk.get(path)) {
            (Some(sum), Some((_, real))) if sum == real => continue,
            (Some(sum), Some((_, real))) => {
                Difference::new(What::Changed, path, format!("was changed: `{SUMS}` says {sum}, the file has {real}"))
            }
            (Some(_), None) => Difference::new(What::Removed, path, format!("was removed: `{SUMS}` names it")),
            (None, _) => Difference::new(What::Added, path, format!("was added: `{SUMS}` does not name it")),
        };
        found.differences.push(difference);
    }
}

/// Holds the manifest against the files.
fn check_manifest(folder: &Path, found: &mut Found) -> Result<(), PackError> {
    if !found.on_disk.contains_key(MANIFEST) {
        return Ok(());
    }
    let path = folder.join(MANIFEST);
    let bytes = fs::read(&path).map_err(PackError::io("read", &path))?;
    let manifest: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
    let Some(files) = manifest.as_ref().and_then(|manifest| manifest.get("files")?.as_object()) else {
        found.differences.push(Difference::new(What::Malformed, MANIFEST, "is not a manifest"));
        return Ok(());
    };
    let expected: BTreeSet<&String> = found.on_disk.keys().filter(|path| *path != MANIFEST).collect();
    for path in files.keys().chain(expected).collect::<BTreeSet<_>>() {
        let says = files
            .get(path)
            .map(|entry| (entry.get("size").and_then(serde_json::Value::as_u64), entry.get("sha256").and_then(|sum| sum.as_str())));
        let detail = match (says, found.on_disk.get(path)) {
            (Some((Some(size), Some(sum))), Some((real_size, real_sum))) if size == *real_size && sum == real_sum => continue,
            (Some(_), Some((size, sum))) => format!("`{MANIFEST}` says something else than its {size} bytes with SHA-256 {sum}"),
            (Some(_), None) => format!("was removed: `{MANIFEST}` names it"),
            (None, _) => format!("was added: `{MANIFEST}` does not name it"),
        };
        let what = match (files.contains_key(path), found.on_disk.contains_key(path)) {
            (true, true) => What::Changed,
            (true, false) => What::Removed,
            _ => What::Added,
        };
        found.differences.push(Difference::new(what, path, detail));
    }
    Ok(())
}
