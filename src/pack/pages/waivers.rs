//! Waivers and statements: who accepted or stated what, until when, and how many failures each waiver names. Neither changes
//! a verdict.

use serde::Serialize;

use super::item::StatementModel;
use super::{AllJudged, Part};
use crate::pack::build::{Build, Crumb, List};
use crate::pack::error::PackError;
use crate::pack::text::cut;

#[derive(Serialize)]
struct Row {
    id: String,
    control: String,
    page: String,
    scope: String,
    state: String,
    key: &'static str,
    owner: String,
    reason: String,
    approved_by: String,
    expires: String,
    failures: u64,
}

#[derive(Serialize)]
struct Model {
    waivers: u64,
    unused: u64,
    expired: u64,
    statements: Part<Statement>,
}

#[derive(Serialize)]
struct Statement {
    item: String,
    href: String,
    statement: StatementModel,
}

/// Writes `waivers.html`.
pub(in crate::pack) fn write(build: &Build<'_>, all: &AllJudged) -> Result<(), PackError> {
    let mut rows = build.rows("html/rows/waiver.html", "waivers.html")?;
    let (mut unused, mut expired) = (0, 0);
    for waiver in &build.input.waivers {
        let failures =
            all.iter().filter(|(pair, _)| pair.control == waiver.control).filter_map(|(_, judged)| judged.waived.get(&waiver.id)).sum();
        unused += u64::from(failures == 0);
        expired += u64::from(waiver.state == "expired");
        let page = build.input.assessment.controls.iter().find(|line| line.id == waiver.control);
        rows.push(&Row {
            id: waiver.id.clone(),
            control: waiver.control.clone(),
            page: page.and_then(|line| build.links.control(&line.id, &line.params_id)).unwrap_or_default(),
            scope: cut(&waiver.scope, 600).into_owned(),
            state: waiver.state.replace('_', " "),
            key: if waiver.state == "active" { "stated" } else { "indeterminate" },
            owner: cut(&waiver.owner, 200).into_owned(),
            reason: cut(&waiver.reason, 800).into_owned(),
            approved_by: cut(&waiver.approved_by, 200).into_owned(),
            expires: waiver.expires.clone(),
            failures,
        })?;
    }
    let statement = |line: &crate::pack::input::StatementLine| Statement {
        item: format!("{} {}", line.framework, line.item),
        href: if build.input.assessment.frameworks.iter().any(|one| one.id == line.framework) {
            build.links.item(&line.framework, &line.item)
        } else {
            String::new()
        },
        statement: StatementModel::new(line),
    };
    let model = Model { waivers: rows.count(), unused, expired, statements: Part::of(build.input.statements.iter().map(statement), 60) };
    let list = List {
        stem: "waivers",
        template: "html/waivers.html",
        title: "Waivers and statements",
        crumbs: &[Crumb::new("index.html", "Overview")],
        what: "waivers and statements that were read",
        all: "",
    };
    build.list(list, vec![rows], &model).map(|_| ())
}
