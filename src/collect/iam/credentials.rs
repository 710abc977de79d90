//! Fetches the credential report: has AWS generate it, waits until it is there, reads it.

use std::time::Duration;

use aws_sdk_iam::Client;
use aws_sdk_iam::operation::get_credential_report::GetCredentialReportOutput;

use super::kinds::SERVICE;
use super::report::{Report, parse};
use crate::aws::{Answer, Caller, Refusal};
use crate::collect::at::{At, Operation, instant, lacks};
use crate::model::{CallId, Gap, Reason};

/// Asks AWS to generate the report.
pub const GENERATE_CREDENTIAL_REPORT: Operation = (SERVICE, "GenerateCredentialReport");
/// Reads it.
pub const GET_CREDENTIAL_REPORT: Operation = (SERVICE, "GetCredentialReport");

/// How often AWS is asked whether the report is there.
const POLLS: u32 = 40;
/// The first pause between two questions; it grows to ten times that.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// How often a report that is gone when it is read is generated anew.
const ROUNDS: u32 = 3;

/// A report with the call that returned it.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The report.
    pub report: Report,
    /// `GetCredentialReport`.
    pub call: CallId,
}

/// Fetches the report.
///
/// # Errors
/// The gap that all facts of the report share.
pub async fn fetch(caller: &Caller) -> Result<Fetched, Gap> {
    let client = caller.client(Client::new);
    let mut round = 1;
    loop {
        let generated = generate(caller, &client).await;
        let send = |tap| client.get_credential_report().customize().interceptor(tap).send();
        match (caller.ask(GET_CREDENTIAL_REPORT, send).await, generated) {
            (Ok(answer), _) => return read(caller, answer),
            // Without leave to generate, a report that someone else had generated would have done; there is none.
            (Err(refusal), Err(gap)) => return Err(if gone(&refusal) { gap } else { refusal.gap }),
            (Err(refusal), Ok(())) if gone(&refusal) && round < ROUNDS => round += 1,
            (Err(refusal), Ok(())) => return Err(refusal.gap),
        }
    }
}

/// Whether there is no report, as AWS says it: never made, being made, or older than four hours.
fn gone(refusal: &Refusal) -> bool {
    const CODES: &[&str] = &[
        "ReportNotPresent",
        "ReportExpired",
        "ReportInProgress",
        "CredentialReportNotPresentException",
        "CredentialReportExpiredException",
        "CredentialReportNotReadyException",
    ];
    refusal.code.as_deref().is_some_and(|code| CODES.contains(&code))
}

/// Asks until AWS says that the report is complete.
async fn generate(caller: &Caller, client: &Client) -> Result<(), Gap> {
    let mut pause = FIRST_PAUSE;
    let mut last = None;
    for _ in 0..POLLS {
        let send = |tap| client.generate_credential_report().customize().interceptor(tap).send();
        let answer = caller.ask(GENERATE_CREDENTIAL_REPORT, send).await.map_err(|refusal| refusal.gap)?;
        let at = At::call(caller, GENERATE_CREDENTIAL_REPORT, answer.call);
        match answer.value.state.as_ref().map(|state| state.as_str()) {
            Some("COMPLETE") => return Ok(()),
            Some("STARTED" | "INPROGRESS") => {}
            Some(other) => return Err(at.gap(Reason::Failed, format!("the credential report is in the unknown state `{other}`"))),
            None => return Err(at.gap(Reason::Failed, lacks("State"))),
        }
        last = Some(at.gap(Reason::Failed, format!("the credential report was not complete after {POLLS} questions")));
        caller.pause(pause).await;
        pause = (pause * 3 / 2).min(FIRST_PAUSE * 10);
    }
    last.map_or(Ok(()), Err)
}

fn read(caller: &Caller, answer: Answer<GetCredentialReportOutput>) -> Result<Fetched, Gap> {
    let at = At::call(caller, GET_CREDENTIAL_REPORT, answer.call);
    report(answer.value).map(|report| Fetched { report, call: answer.call }).map_err(|why| at.gap(Reason::Failed, why))
}

fn report(output: GetCredentialReportOutput) -> Result<Report, String> {
    match output.report_format.as_ref().map(|format| format.as_str()) {
        Some("text/csv") => {}
        Some(other) => return Err(format!("the credential report is in the unknown format `{other}`")),
        None => return Err(lacks("ReportFormat")),
    }
    let generated = output.generated_time.ok_or_else(|| lacks("GeneratedTime"))?;
    let content = output.content.ok_or_else(|| lacks("Content"))?;
    parse(content.as_ref(), instant(&generated, "GeneratedTime")?)
}
