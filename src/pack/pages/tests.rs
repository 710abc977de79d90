//! The list of all tests that ran, with their counts.

use serde::Serialize;

use super::control::{judged, params_line};
use super::{AllJudged, Bar, CountsModel};
use crate::pack::build::{Build, Crumb, List};
use crate::pack::error::PackError;
use crate::pack::text::cut;
use crate::pack::words;

#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    severity: &'static str,
    params: String,
    page: String,
    csv: String,
    counts: CountsModel,
    bar: Bar,
}

/// Writes `controls/index.html`: failures first, the most severe first.
pub(in crate::pack) fn write(build: &Build<'_>, all: &AllJudged) -> Result<(), PackError> {
    let mut found = Vec::new();
    for line in &build.input.assessment.controls {
        let Some(control) = build.controls.get(line.id.as_str()).copied() else { continue };
        let counts = judged(all, &line.id, &line.params_id).map(|judged| judged.counts).unwrap_or_default();
        let order =
            (counts.fail == 0, counts.indeterminate == 0, std::cmp::Reverse(control.severity), line.id.clone(), line.params_id.clone());
        let row = Row {
            id: line.id.clone(),
            title: cut(&control.title, 300).into_owned(),
            severity: words::severity(control.severity),
            params: cut(&params_line(line), 300).into_owned(),
            page: build.links.control(&line.id, &line.params_id).unwrap_or_default(),
            csv: build.links.population(&line.id, &line.params_id).unwrap_or_default(),
            counts: (&counts).into(),
            bar: Bar::of_counts(&counts),
        };
        found.push((order, row));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let mut rows = build.rows("html/rows/control.html", "controls/index.html")?;
    for (_, row) in &found {
        rows.push(row)?;
    }
    let list = List {
        stem: "controls/index",
        template: "html/controls.html",
        title: "Tests",
        crumbs: &[Crumb::new("index.html", "Overview")],
        what: "all tests that ran, with counts",
        all: "assessment.json",
    };
    build.list(list, vec![rows], &()).map(|_| ())
}
