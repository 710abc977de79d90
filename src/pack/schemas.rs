//! The published JSON Schemas of the machine contract, and `assessment.json` itself.

use serde_json::Value;

use super::build::Build;
use super::error::PackError;
use super::json;
use crate::assess::contract;
use crate::model::assessment::ItemLine;

/// A schema with a title, so that it can stand alone.
fn titled(mut schema: schemars::Schema, title: &str) -> Value {
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}

/// Writes `assessment.json`, with the files that show each item filled in, and `schemas/`.
pub(super) fn write_all(build: &Build<'_>) -> Result<(), PackError> {
    let mut assessment = build.input.assessment.clone();
    for framework in &mut assessment.frameworks {
        for item in &mut framework.items {
            item.evidence = evidence(build, &framework.id, item);
        }
    }
    write(build, "assessment.json", "the assessment for machines", &assessment)?;
    write(
        build,
        "schemas/assessment.schema.json",
        "JSON Schema of assessment.json",
        &titled(contract::assessment_schema(), "assessment.json of an evidence pack"),
    )?;
    write(
        build,
        "schemas/verdict.schema.json",
        "JSON Schema of a line of verdicts.jsonl",
        &titled(contract::verdict_schema(), "A line of verdicts.jsonl of an evidence pack"),
    )
}

fn write(build: &Build<'_>, path: &str, what: &str, value: &impl serde::Serialize) -> Result<(), PackError> {
    let mut output = build.staging.file(path, what)?;
    json::write_pretty(&mut output, value).map_err(|source| PackError::Io { verb: "write", path: path.into(), source })?;
    output.close()
}

/// The files of the pack that show an item: its page, then page and population of each control that counts for it.
fn evidence(build: &Build<'_>, framework: &str, item: &ItemLine) -> Vec<String> {
    let mut files = vec![build.links.item(framework, &item.id)];
    for control in item.controls.iter().filter(|control| control.coverage.is_some()) {
        files.extend(build.links.control(&control.id, &control.params_id));
        files.extend(build.links.population(&control.id, &control.params_id));
    }
    files.dedup();
    files
}
