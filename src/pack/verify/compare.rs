//! Compares a pack with its second performance.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::sources::Named;
use super::{Difference, OnDisk, Performance, What, sums, tool_of, verdicts};
use crate::pack::error::PackError;
use crate::pack::manifest::MANIFEST;
use crate::pack::text::cut;

/// Compares; `on_disk` are the pack's files as read, `named` what its own lists say of recording and inputs.
pub(super) fn compare(
    pack: &Path,
    on_disk: &OnDisk,
    named: Vec<Named>,
    second: &Path,
) -> Result<(Performance, Vec<Difference>), PackError> {
    let expected = sums::check(second)?;
    if !expected.differences.is_empty() {
        return Err(PackError::Inconsistent("the second performance does not agree with its own sums".to_owned()));
    }
    let (theirs, ours) = (assessment(pack), assessment(second));
    let made_by = tool_of(&theirs);
    let compared_by = tool_of(&ours).ok_or_else(|| PackError::Inconsistent("the second performance names no versions".to_owned()))?;
    let (folders, sources) = sources(named, &ours);
    let same_version = made_by.as_ref() == Some(&compared_by);
    let cause = cause(&folders, same_version, made_by.as_ref().map_or("an unknown version", |tool| &tool.version), &compared_by.version);
    let mut differences = sources;
    let changed = |file: &str| on_disk.get(file) != expected.on_disk.get(file);
    let mut count = 0;
    if changed(verdicts::FILE) || !same_version {
        let (n, found) = verdicts::compare(pack, second, !same_version, &cause)?;
        count = n;
        differences.extend(found);
    }
    if changed("assessment.json") {
        differences.extend(assessments(&theirs, &ours, &cause));
    }
    for file in expected.on_disk.keys().filter(|file| file.starts_with("populations/") && file.ends_with(".csv") && changed(file)) {
        differences.extend(populations(pack, second, file, &cause)?);
    }
    let performance = if same_version {
        differences.extend(bytes(on_disk, &expected.on_disk, &cause));
        Performance::SameVersion { files: expected.on_disk.len() as u64 + 1 }
    } else {
        let made_by = made_by.map_or_else(|| "unknown".to_owned(), |tool| tool.version);
        Performance::OtherVersion { made_by, compared_by: compared_by.version, verdicts: count }
    };
    Ok((performance, differences))
}

pub(super) fn assessment(folder: &Path) -> Value {
    fs::read(folder.join("assessment.json")).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or(Value::Null)
}

/// Which of recording and inputs are not those the assessment was made of, and the very files where the pack's lists can tell.
fn sources(named: Vec<Named>, ours: &Value) -> (Vec<&'static str>, Vec<Difference>) {
    let (mut folders, mut differences) = (Vec::new(), Vec::new());
    for Named { folder, list, digest, pointer, files } in named {
        let real = ours.pointer(pointer).and_then(Value::as_str);
        let differs = digest.as_deref() != real;
        if differs {
            folders.push(folder);
        }
        if differs && files.as_ref().is_none_or(Vec::is_empty) {
            let (named, real) = (digest.as_deref().unwrap_or("nothing"), real.unwrap_or("nothing"));
            let list = if files.is_none() {
                format!("; which file cannot be told, since `{list}` is not the list it names")
            } else {
                String::new()
            };
            let detail = format!("is not what the assessment was made of: it names digest {named}, the files have {real}{list}");
            differences.push(Difference::new(What::Source, folder, detail));
        }
        differences.extend(files.into_iter().flatten());
    }
    (folders, differences)
}

/// Why the second performance may come to something else.
fn cause(changed: &[&str], same_version: bool, made_by: &str, compared_by: &str) -> String {
    match (changed.is_empty(), same_version) {
        (false, _) => format!("{} changed after the assessment was made", changed.join(" and ")),
        (true, true) => "recording, inputs and version are the same: edited by hand".to_owned(),
        (true, false) => format!("edited by hand, or judged otherwise by {made_by} than by {compared_by}"),
    }
}

/// Differences of results, populations and gaps.
fn assessments(theirs: &Value, ours: &Value, cause: &str) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut say = |text: String| differences.push(Difference::new(What::Assessment, "assessment.json", format!("{text} ({cause})")));
    let (items, expected) = (items(theirs), items(ours));
    for name in items.keys().chain(expected.keys()).collect::<BTreeSet<_>>() {
        match (items.get(name), expected.get(name)) {
            (Some(pack), Some(second)) => {
                for field in ["result", "disposition", "method", "title", "controls", "accounts"] {
                    if pack.get(field) != second.get(field) {
                        say(format!(
                            "item {name}: {field}: the pack says {}, recording and inputs give {}",
                            short(pack.get(field)),
                            short(second.get(field))
                        ));
                    }
                }
            }
            (Some(_), None) => say(format!("item {name} is in no framework of the inputs")),
            (None, _) => say(format!("item {name} is missing")),
        }
    }
    for field in ["as_of", "scope", "populations", "gaps", "controls"] {
        if theirs.get(field) != ours.get(field) {
            say(format!("`{field}` is not what recording and inputs give"));
        }
    }
    differences
}

/// Items by framework and id.
fn items(assessment: &Value) -> BTreeMap<String, &Value> {
    fn list(value: Option<&Value>) -> &[Value] {
        value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }
    let text = |value: &Value, field: &str| value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut found = BTreeMap::new();
    for framework in list(assessment.get("frameworks")) {
        for item in list(framework.get("items")) {
            found.insert(format!("{} {}", text(framework, "id"), text(item, "id")), item);
        }
    }
    found
}

fn short(value: Option<&Value>) -> String {
    cut(&value.map_or_else(|| "nothing".to_owned(), Value::to_string), 160).into_owned()
}

/// Compares the facts that a population shows, by the verdict each row stands for and by column title.
fn populations(pack: &Path, second: &Path, file: &str, cause: &str) -> Result<Vec<Difference>, PackError> {
    let Ok(theirs) = table(&pack.join(file)) else {
        return Ok(vec![Difference::new(What::Fact, file, "cannot be read as a table")]);
    };
    let ours = table(&second.join(file)).map_err(|error| PackError::Inconsistent(format!("the second `{file}`: {error}")))?;
    let mut differences = Vec::new();
    for (id, expected) in &ours {
        let Some(row) = theirs.get(id) else {
            differences.push(Difference::new(What::Fact, file, format!("the row of verdict {id} is missing ({cause})")));
            continue;
        };
        for (title, value) in expected {
            let shown = row.get(title);
            if let Some(shown) = shown.filter(|shown| *shown != value) {
                let row = row.get("row").map_or("?", String::as_str);
                let text = format!(
                    "row {row}, column `{title}`: the pack says `{}`, recording and inputs give `{}`",
                    cut(shown, 120),
                    cut(value, 120)
                );
                differences.push(Difference::new(What::Fact, file, format!("{text} ({cause})")));
            }
        }
    }
    for id in theirs.keys().filter(|id| !ours.contains_key(*id)) {
        differences.push(Difference::new(What::Fact, file, format!("the row of verdict {id} follows from nothing ({cause})")));
    }
    Ok(differences)
}

type Row = BTreeMap<String, String>;

/// Rows by verdict id.
fn table(path: &Path) -> Result<BTreeMap<String, Row>, csv::Error> {
    let mut reader = csv::Reader::from_path(path)?;
    let titles = reader.headers()?.clone();
    let mut rows = BTreeMap::new();
    for record in reader.records() {
        let record = record?;
        let row: Row = titles.iter().zip(record.iter()).map(|(title, cell)| (title.to_owned(), cell.to_owned())).collect();
        let id = row.get("verdict id").cloned().unwrap_or_default();
        rows.insert(id, row);
    }
    Ok(rows)
}

/// Every file that is not, byte for byte, what the second performance wrote. `SHA256SUMS` follows from the others: where they
/// agree it can only be malformed, which the first step names.
fn bytes(pack: &OnDisk, second: &OnDisk, cause: &str) -> Vec<Difference> {
    let mut differences = Vec::new();
    for file in pack.keys().chain(second.keys()).collect::<BTreeSet<_>>() {
        let difference = match (pack.get(file), second.get(file)) {
            (Some(pack), Some(second)) if pack == second => continue,
            (Some(_), Some(_)) if file == MANIFEST => {
                Difference::new(What::Changed, file, format!("names files that are not those of the second performance ({cause})"))
            }
            (Some(_), Some(_)) => Difference::new(What::Changed, file, format!("is not what recording and inputs give ({cause})")),
            (Some(_), None) => Difference::new(What::Added, file, "recording and inputs give no such file"),
            (None, _) => Difference::new(What::Removed, file, format!("recording and inputs give this file, but it is missing ({cause})")),
        };
        differences.push(difference);
    }
    differences
}
