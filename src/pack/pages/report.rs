//! The Markdown side: `report.md`, `ticket.md` that fits a ticket comment, and the pack's README.

use serde::Serialize;

use super::AllJudged;
use super::cover::{Cover, FailingModel};
use super::item::{ItemRow, item_rows};
use super::matrix;
use crate::model::assessment::{Disposition, FrameworkLine};
use crate::pack::build::{Build, Frame, TICKET_BUDGET};
use crate::pack::error::PackError;
use crate::pack::text::cut;
use crate::pack::words;

/// Gaps in the report.
const GAPS: usize = 100;
/// Failing tests with their resources in the report.
const FAILING: usize = 100;
/// Rows of the table of APIs in the report.
const APIS: usize = 50;

#[derive(Serialize)]
struct Report<'a> {
    cover: &'a Cover,
    apis: Vec<matrix::Extract>,
    items: Vec<FrameworkItems>,
    failing: &'a [FailingModel],
    failing_total: usize,
    gaps: Vec<GapLine>,
    gaps_total: usize,
    statement: String,
}

#[derive(Serialize)]
struct FrameworkItems {
    title: String,
    version: String,
    notice: String,
    reach: String,
    rows: Vec<ItemRow>,
}

#[derive(Serialize)]
struct GapLine {
    place: String,
    operation: String,
    reason: &'static str,
    detail: String,
}

#[derive(Serialize)]
struct Ticket<'a> {
    cover: &'a Cover,
    failing: Vec<TicketFailure<'a>>,
    failing_total: usize,
    waiting: Vec<TicketItem>,
    waiting_total: usize,
    gaps: Vec<&'a GapLine>,
    gaps_total: usize,
}

#[derive(Serialize)]
struct TicketFailure<'a> {
    id: &'a str,
    title: &'a str,
    severity: &'static str,
    csv: &'a str,
    /// Set where the same test is judged with several sets of parameters.
    params: &'a str,
    fail: u64,
    waived: u64,
    all: u64,
    resources: Vec<TicketResource>,
}

/// A failing resource; its account where the run has several, since names repeat between them.
#[derive(Serialize)]
struct TicketResource {
    name: String,
    account: Option<String>,
}

#[derive(Clone, Serialize)]
struct TicketItem {
    framework: String,
    id: String,
    title: String,
    label: String,
}

#[derive(Serialize)]
struct Readme<'a> {
    cover: &'a Cover,
    sdk: Vec<String>,
    first_exhibit: String,
}

/// Writes the Markdown files.
pub(in crate::pack) fn write(build: &Build<'_>, all: &AllJudged) -> Result<(), PackError> {
    let cover = Cover::new(build, all);
    let failing = super::cover::failing(build, all, usize::MAX);
    let gaps: Vec<GapLine> = build.input.assessment.gaps.iter().map(gap_line).collect();
    let report = Report {
        cover: &cover,
        apis: matrix::extracts(build, all, APIS),
        items: build.input.assessment.frameworks.iter().map(|framework| items(build, framework)).collect(),
        failing: &failing[..failing.len().min(FAILING)],
        failing_total: failing.len(),
        gaps_total: gaps.len(),
        gaps: build.input.assessment.gaps.iter().take(GAPS).map(gap_line).collect(),
        statement: super::gaps::statement(build, &build.input.assessment.gaps),
    };
    build.page("markdown/report.md", &Frame::new("report.md", &cover.title, &[]), "the report as Markdown", &report)?;
    write_ticket(build, &cover, &failing, &gaps)?;
    let tool = &build.input.assessment.tool;
    let readme = Readme {
        cover: &cover,
        sdk: tool.sdk.iter().map(|(name, version)| format!("{name} {version}")).collect(),
        first_exhibit: build.input.calls.keys().next().and_then(|(id, _)| build.links.exhibit(id)).unwrap_or_default(),
    };
    build.page("markdown/readme.md", &Frame::new("README.md", &cover.title, &[]), "how to read and verify this pack", &readme)
}

fn items(build: &Build<'_>, framework: &FrameworkLine) -> FrameworkItems {
    let read = build.frameworks.get(framework.id.as_str()).copied();
    FrameworkItems {
        title: super::cover::title(build, framework),
        version: framework.version.clone(),
        notice: read.map(|read| cut(&read.notice, 2_000).into_owned()).unwrap_or_default(),
        reach: read.map(|read| read.reaches().sentence()).unwrap_or_default(),
        rows: item_rows(build, framework),
    }
}

fn gap_line(gap: &crate::model::Gap) -> GapLine {
    GapLine {
        place: format!("{} / {}", gap.account, gap.region),
        operation: format!("{}:{}", gap.service, gap.operation),
        reason: words::reason(gap.reason),
        detail: cut(&gap.detail, 300).into_owned(),
    }
}

/// Writes `ticket.md` with as many lines as fit its budget; each list says how many there are.
fn write_ticket(build: &Build<'_>, cover: &Cover, failing: &[FailingModel], gaps: &[GapLine]) -> Result<(), PackError> {
    let frame = Frame::new("ticket.md", &cover.title, &[]);
    let waiting = waiting(build);
    let several = build.input.assessment.scope.accounts.len() > 1;
    for (lines, named) in [(40, 8), (30, 5), (20, 3), (12, 2), (6, 1), (2, 1), (0, 0)] {
        let resource = |row: &crate::pack::rows::RowModel| TicketResource {
            name: cut(&row.name, 80).into_owned(),
            account: several.then(|| row.account.clone()),
        };
        let ticket = Ticket {
            cover,
            failing: failing
                .iter()
                .take(lines)
                .map(|one| TicketFailure {
                    id: &one.id,
                    title: &one.title,
                    severity: one.severity,
                    csv: &one.csv,
                    params: if failing.iter().filter(|other| other.id == one.id).count() > 1 { &one.params } else { "" },
                    fail: one.fail,
                    waived: one.waived,
                    all: one.all,
                    resources: one.rows.iter().take(named).map(resource).collect(),
                })
                .collect(),
            failing_total: failing.len(),
            waiting: waiting.iter().take(lines).cloned().collect(),
            waiting_total: waiting.len(),
            gaps: gaps.iter().take(lines / 2).collect(),
            gaps_total: gaps.len(),
        };
        let size = build.templates.render("markdown/ticket.md", &frame, &ticket)?.len() as u64;
        if size <= TICKET_BUDGET || lines == 0 {
            return build.page("markdown/ticket.md", &frame, "summary that fits a ticket comment", &ticket);
        }
    }
    Ok(())
}

fn waiting(build: &Build<'_>) -> Vec<TicketItem> {
    let mut found = Vec::new();
    for framework in &build.input.assessment.frameworks {
        let read = build.frameworks.get(framework.id.as_str()).copied();
        let waits = |one: Disposition| matches!(one, Disposition::Manual | Disposition::Indeterminate);
        for item in framework.items.iter().filter(|item| waits(item.disposition)) {
            found.push(TicketItem {
                framework: super::cover::title(build, framework),
                id: item.id.clone(),
                title: cut(&item.title, 160).into_owned(),
                label: words::label(read, item.disposition),
            });
        }
    }
    found
}
