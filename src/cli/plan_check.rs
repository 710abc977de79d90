//! `evidence plan --check`: asks AWS one cheap call per operation and account, and says which controls would be indeterminate.

use std::collections::BTreeSet;

use serde_json::json;

use super::args::TargetArgs;
use super::exit::Exit;
use super::failure::Failure;
use super::live::{live_settings, session_failure};
use super::plan::Asked;
use super::printer::{Format, Printer, inert};
use super::settings::Settings;
use super::{iam_policy, table};
use crate::aws::operation::{Effect, Operation};
use crate::aws::session::Session;
use crate::aws::{Probed, probe};
use crate::recording;

/// What one operation came to in one account.
struct Finding<'a> {
    account: String,
    asked: &'a Asked,
    outcome: &'static str,
    detail: String,
}

/// Runs the check: status 4 where something would be lost.
///
/// # Errors
/// When no account can be entered.
pub fn run(asked: &[Asked], target: &TargetArgs, settings: &Settings, printer: &Printer) -> Result<(Exit, String), Failure> {
    let findings = probe_all(asked, target, settings)?;
    let lost: Vec<&Finding> = findings.iter().filter(|finding| finding.outcome != "allowed").collect();
    match printer.format {
        Format::Json => printer.json(&json!(findings.iter().map(as_json).collect::<Vec<_>>())),
        Format::Text => printer.result(&text(&findings)),
    }
    if lost.is_empty() {
        return Ok((Exit::Done, String::new()));
    }
    let controls: BTreeSet<&String> = lost.iter().flat_map(|finding| &finding.asked.controls).collect();
    let denied: Vec<&Operation> =
        lost.iter().filter(|finding| finding.outcome == "denied").map(|finding| finding.asked.operation).collect();
    if !denied.is_empty() {
        printer.note(&format!("this policy would allow what is denied:\n{:#}", iam_policy::document(&denied, "aws")));
    }
    Ok((Exit::Gaps, format!("{} operations would leave gaps, which {} controls read", lost.len(), controls.len())))
}

/// Asks in a recording of its own, which is thrown away.
fn probe_all<'a>(asked: &'a [Asked], target: &TargetArgs, settings: &Settings) -> Result<Vec<Finding<'a>>, Failure> {
    let work = tempfile::tempdir().map_err(|error| Failure::failed(format!("cannot make a temporary folder: {error}")))?;
    let live = live_settings(target, settings, &work.path().join("probe"), recording::Asked::default());
    super::runtime()?.block_on(async {
        let session = Session::live(live).await.map_err(|error| session_failure(&error, None))?;
        let mut findings = Vec::new();
        for account in session.accounts() {
            for one in asked.iter().filter(|one| one.operation.effect == Effect::Read) {
                let probed = probe(&session, account, one.operation.service, one.operation.name).await;
                let (outcome, detail) = outcome(probed);
                findings.push(Finding { account: account.note.id.clone(), asked: one, outcome, detail });
            }
        }
        session.finish().map_err(|error| session_failure(&error, None))?;
        Ok(findings)
    })
}

fn outcome(probed: Probed) -> (&'static str, String) {
    match probed {
        Probed::Allowed => ("allowed", String::new()),
        Probed::Denied(refusal) => ("denied", refusal.gap.detail),
        Probed::Unclear(refusal) => ("unclear", refusal.gap.detail),
        Probed::NotTried => ("not tried", String::new()),
    }
}

fn as_json(finding: &Finding) -> serde_json::Value {
    let operation = finding.asked.operation;
    json!({"account": finding.account, "service": operation.service, "operation": operation.name, "outcome": finding.outcome,
        "detail": finding.detail, "controls": finding.asked.controls})
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
                inert(&finding.detail),
            ]
        })
        .collect();
    table::render(&["ACCOUNT", "SERVICE", "OPERATION", "OUTCOME", "CONTROLS", "DETAIL"], &rows)
}
