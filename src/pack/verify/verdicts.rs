//! Compares two `verdicts.jsonl` by what each verdict is about, wherever it stands in the file.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use super::{Difference, What};
use crate::model::verdict::verdict_id;
use crate::model::{Outcome, Verdict};
use crate::pack::error::PackError;

/// The file.
pub(super) const FILE: &str = "verdicts.jsonl";

/// Differences between the pack's verdicts and those of the second performance, and how many of the latter there are.
/// Parameters' digests are part of what a verdict is about; with `facts_only`, exhibits and calls are not compared.
pub(super) fn compare(pack: &Path, second: &Path, facts_only: bool, cause: &str) -> Result<(u64, Vec<Difference>), PackError> {
    let mut expected: HashMap<String, Verdict> = HashMap::new();
    let mut count = 0;
    let mut differences = Vec::new();
    // Lines that are the same in both files need no reading: only the others are kept.
    let theirs = lines(&pack.join(FILE))?;
    let ours = lines(&second.join(FILE))?;
    let mut same: HashMap<&[u8], i64> = HashMap::with_capacity(ours.len());
    for line in &ours {
        count += 1;
        *same.entry(line).or_default() += 1;
    }
    let mut changed = Vec::new();
    for (at, line) in theirs.iter().enumerate() {
        match same.get_mut(line.as_slice()) {
            Some(n) if *n > 0 => *n -= 1,
            _ => changed.push((at, line)),
        }
    }
    for line in &ours {
        if let Some(n) = same.get_mut(line.as_slice()).filter(|n| **n > 0) {
            *n -= 1;
            let verdict: Verdict = read(line).map_err(|why| PackError::Inconsistent(format!("the second `{FILE}`: {why}")))?;
            expected.insert(key(&verdict), verdict);
        }
    }
    for (at, line) in changed {
        match read(line) {
            Err(why) => differences.push(Difference::new(What::Verdict, FILE, format!("line {}: {why}", at + 1))),
            Ok(verdict) => {
                let detail = match expected.remove(&key(&verdict)) {
                    None => {
                        Some(format!("line {}: {}: no such verdict follows from recording and inputs ({cause})", at + 1, about(&verdict)))
                    }
                    Some(expected) => difference(&verdict, &expected, facts_only)
                        .map(|what| format!("line {}: {}: {what} ({cause})", at + 1, about(&verdict))),
                };
                differences.extend(detail.map(|detail| Difference::new(What::Verdict, FILE, detail)));
            }
        }
    }
    let mut missing: Vec<&Verdict> = expected.values().collect();
    missing.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    for verdict in missing {
        let detail =
            format!("{}: {} follows from recording and inputs, but is missing ({cause})", about(verdict), verdict.verdict.as_str());
        differences.push(Difference::new(What::Verdict, FILE, detail));
    }
    Ok((count, differences))
}

fn lines(path: &Path) -> Result<Vec<Vec<u8>>, PackError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(PackError::io("read", path)(error)),
    };
    BufReader::with_capacity(1 << 16, file).split(b'\n').collect::<Result<_, _>>().map_err(PackError::io("read", path))
}

fn read(line: &[u8]) -> Result<Verdict, String> {
    serde_json::from_slice(line).map_err(|error| format!("not a verdict: {error}"))
}

/// What a verdict is about, from its fields and not from the id that stands beside them.
fn key(verdict: &Verdict) -> String {
    let (control, params_id, account, region, kind, id) = verdict.sort_key();
    verdict_id(control, params_id, account, region, kind, Some(id))
}

fn about(verdict: &Verdict) -> String {
    let resource = verdict.resource.name.as_deref().or(verdict.resource.id.as_deref()).unwrap_or("the population");
    format!("`{}` on `{resource}` in {} {}", verdict.control, verdict.account, verdict.region)
}

/// How two verdicts about the same thing differ.
fn difference(pack: &Verdict, second: &Verdict, facts_only: bool) -> Option<String> {
    let word = |outcome: Outcome| outcome.as_str();
    if pack.verdict != second.verdict {
        return Some(format!("the pack says `{}`, recording and inputs give `{}`", word(pack.verdict), word(second.verdict)));
    }
    let shown = |value: Option<&serde_json::Value>| {
        value.map_or_else(|| "nothing".to_owned(), |value| super::super::text::cut(&value.to_string(), 120).into_owned())
    };
    for path in second.observed.keys().chain(pack.observed.keys()) {
        let (theirs, ours) = (pack.observed.get(path), second.observed.get(path));
        if theirs != ours {
            return Some(format!("fact `{path}`: the pack says {}, the recording gives {}", shown(theirs), shown(ours)));
        }
    }
    if facts_only {
        return None;
    }
    let fields = [
        ("verdict_id", pack.verdict_id != second.verdict_id),
        ("severity", pack.severity != second.severity),
        ("resource", pack.resource != second.resource),
        ("reason", pack.reason != second.reason),
        ("observed_at", pack.observed_at != second.observed_at),
        ("waiver", pack.waiver != second.waiver),
        ("calls", pack.calls != second.calls),
        ("exhibits", pack.exhibits != second.exhibits),
    ];
    let differing: Vec<&str> = fields.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name).collect();
    Some(if differing.is_empty() { "the line is written differently".to_owned() } else { format!("{} differ", differing.join(", ")) })
}
