//! The last two files of a pack: `manifest.json` says what every file is, `SHA256SUMS` lets anybody check them all. And before
//! them the lists behind the digests of recording and inputs: what `sha256sum` says of their files.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::build::Build;
use super::error::PackError;
use super::json;
use crate::model::assessment::Tool;

/// The sums' file name.
pub const SUMS: &str = "SHA256SUMS";
/// The manifest's file name.
pub const MANIFEST: &str = "manifest.json";
/// The `schema` field of the manifest's first version.
pub const SCHEMA: &str = "evidence/manifest/1";

/// The folders that a pack is made of, each with the file that lists its sums and the place of that list's own digest in
/// `assessment.json`. While list and digest agree, a file that was changed later can be named.
pub const SOURCES: [(&str, &str, &str); 2] =
    [("recording/", "recording.sha256", "/recording/digest"), ("inputs/", "inputs.sha256", "/inputs_digest")];

#[derive(Serialize)]
struct Manifest<'a> {
    schema: &'static str,
    tool: &'a Tool,
    recording_digest: &'a str,
    inputs_digest: &'a str,
    files: BTreeMap<&'a str, Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    size: u64,
    sha256: &'a str,
    media_type: &'static str,
    what: &'a str,
}

/// Writes the lists behind the digests of recording and inputs, once their files stand there.
pub(super) fn write_lists(build: &Build<'_>) -> Result<(), PackError> {
    let files = build.staging.files();
    for (folder, list, _) in SOURCES {
        let inside = files.iter().filter_map(|(path, note)| Some((path.strip_prefix(folder)?, note)));
        let lines: String = inside.map(|(path, note)| format!("{}  {path}\n", note.sha256)).collect();
        build.staging.write(
            list,
            "SHA-256 of every file below its folder; its own is the digest that the assessment names",
            lines.as_bytes(),
        )?;
    }
    Ok(())
}

/// Writes both. Returns the number of files, their bytes, and the digest of the sums.
pub(super) fn write_all(build: &Build<'_>) -> Result<(u64, u64, String), PackError> {
    let files = build.staging.files();
    let entry = |note: &'_ super::staging::FileNote, path: &str| -> (u64, &'static str) { (note.size, media_type(path)) };
    let manifest = Manifest {
        schema: SCHEMA,
        tool: &build.input.assessment.tool,
        recording_digest: &build.input.assessment.recording.digest,
        inputs_digest: &build.input.assessment.inputs_digest,
        files: files
            .iter()
            .map(|(path, note)| {
                let (size, media_type) = entry(note, path);
                (path.as_str(), Entry { size, sha256: &note.sha256, media_type, what: &note.what })
            })
            .collect(),
    };
    let mut output = build.staging.file(MANIFEST, "what every file is")?;
    json::write_pretty(&mut output, &manifest).map_err(|source| PackError::Io { verb: "write", path: MANIFEST.into(), source })?;
    output.close()?;
    let files = build.staging.files();
    let mut sums = String::new();
    for (path, note) in &files {
        // Writing to a String cannot fail.
        let _ = writeln!(sums, "{}  {path}", note.sha256);
    }
    build.staging.write(SUMS, "SHA-256 of every other file", sums.as_bytes())?;
    let bytes = files.values().map(|note| note.size).sum();
    Ok((files.len() as u64 + 1, bytes, hex::encode(Sha256::digest(sums.as_bytes()))))
}

/// The media type of a file, by its name.
fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json",
        "jsonl" => "application/jsonl",
        "toml" => "application/toml",
        "zst" => "application/zstd",
        "txt" | "sha256" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    }
}
