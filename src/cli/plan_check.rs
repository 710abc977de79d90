//! `evidence plan --check`: asks AWS one cheap call per operation and account, and says which controls would lack facts.

use std::collections::BTreeSet;

use serde_json::json;

use super::args::TargetArgs;
use super::exit::Exit;
use super::failure::Failure;
use super::live::{live_settings, session_failure};
use super::plan::Asked;
use super::printer::{Format, Printer, counted, inert};
use super::settings::Settings;
use super::{iam_policy, table};
use crate::aws::operation::Effect;
use crate::aws::session::Session;
use crate::aws::{Probed, probe};
use crate::model::{Gap, Partition};
use crate::recording;

/// What one operation came to in one account.
struct Finding<'a> {
    account: String,
    asked: &'a Asked,
    outcome: &'static str,
    /// What a run could not observe.
    gap: Option<Gap>,
}

impl Finding<'_> {
    fn detail(&self) -> &str {
        self.gap.as_ref().map_or("", |gap| &gap.detail)
    }
}

/// Runs the check: status 4 where something would be lost.
///
/// # Errors
/// When no account can be entered.
pub fn run(asked: &[Asked], target: &TargetArgs, settings: &Settings, printer: &Printer) -> Result<(Exit, String), Failure> {
    let (findings, partition) = probe_all(asked, target, settings)?;
    let lost: Vec<&Finding> = findings.iter().filter(|finding| finding.outcome != "allowed").collect();
    match printer.format {
        Format::Json => printer.json(&json!(findings.iter().map(as_json).collect::<Vec<_>>())),
        Format::Text => printer.result(&text(&findings)),
    }
    if lost.is_empty() {
        return Ok((Exit::Done, "every read is allowed".to_owned()));
    }
    let controls: BTreeSet<&String> = lost.iter().flat_map(|finding| &finding.asked.controls).collect();
    let gaps = lost.iter().filter_map(|finding| finding.gap.as_ref());
    iam_policy::opening(gaps, partition.id()).iter().for_each(|note| printer.note(note));
    let (lost, controls) = (counted(lost.len(), "operation"), counted(controls.len(), "control"));
    Ok((Exit::Gaps, format!("{lost} would leave gaps in what {controls} need")))
}

/// Asks in a recording of its own, which is thrown away. Also tells the partition.
fn probe_all<'a>(asked: &'a [Asked], target: &TargetArgs, settings: &Settings) -> Result<(Vec<Finding<'a>>, Partition), Failure> {
    let work = tempfile::tempdir().map_err(|error| Failure::failed(format!("cannot make a temporary folder: {error}")))?;
    let live = live_settings(target, settings, &work.path().join("probe"), recording::Asked::default());
    super::runtime()?.block_on(async {
        let session = Session::live(live).await.map_err(|error| session_failure(&error, None))?;
        let partition = session.accounts().first().map_or(Partition::Aws, |account| account.note.partition);
        let mut findings = Vec::new();
        for account in session.accounts() {
            for one in asked.iter().filter(|one| one.operation.effect == Effect::Read) {
                let probed = probe(&session, account, one.operation.service, one.operation.name).await;
                let (outcome, gap) = outcome(probed);
                findings.push(Finding { account: account.note.id.clone(), asked: one, outcome, gap });
            }
        }
        session.finish().map_err(|error| session_failure(&error, None))?;
        Ok((findings, partition))
    })
}

fn outcome(probed: Probed) -> (&'static str, Option<Gap>) {
    match probed {
        Probed::Allowed => ("allowed", None),
        Probed::Denied(refusal) => ("denied", Some(refusal.gap)),
        Probed::Unclear(refusal) => ("unclear", Some(refusal.gap)),
        Probed::NotTried => ("not tried", None),
    }
}

fn as_json(finding: &Finding) -> serde_json::Value {
    let operation = finding.asked.operation;
    json!({"account": finding.account, "service": operation.service, "operation": operation.name, "outcome": finding.outcome,
        "detail": finding.detail(), "controls": finding.asked.controls})
}

fn text(findings: &[Finding]) -> String {
    let rows: Vec<Vec<String>> = findings
        .iter()
        .map(|finding| {
            let operation = finding.asked.operation;
            let controls = finding.asked.controls.len().to_string();
            vec![
                finding.account.clone(),
                operation.service.into(),
                operation.name.into(),
                finding.outcome.into(),
                controls,
                inert(finding.detail()),
            ]
        })
        .collect();
    table::render(&["ACCOUNT", "SERVICE", "OPERATION", "OUTCOME", "CONTROLS", "DETAIL"], &rows)
}
