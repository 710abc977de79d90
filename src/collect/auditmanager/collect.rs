//! Collects Audit Manager in one Region.

use aws_sdk_auditmanager::Client;
use aws_sdk_auditmanager::types::AssessmentMetadataItem;

use super::facts::{Assessment, RegionSetting};
use super::kinds::{REGION, SERVICE};
use crate::aws::{Caller, Page};
use crate::collect::at::{Operation, sources};
use crate::collect::proof::{Proof, singleton};
use crate::collect::reading::Reading;
use crate::collect::scope::Run;
use crate::model::{Fact, Population, Resource};

const GET_ACCOUNT_STATUS: Operation = (SERVICE, "GetAccountStatus");
const LIST_ASSESSMENTS: Operation = (SERVICE, "ListAssessments");

/// Collects Audit Manager in one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(REGION) {
        return Vec::new();
    }
    let client = caller.client(Client::new);
    let reply = caller.ask(GET_ACCOUNT_STATUS, |tap| client.get_account_status().customize().interceptor(tap).send()).await;
    let word = |told: aws_sdk_auditmanager::operation::get_account_status::GetAccountStatusOutput| {
        told.status.map(|word| word.as_str().to_owned())
    };
    let status = Reading::of(caller, GET_ACCOUNT_STATUS, reply, |at, told| at.need(word(told), "status"));
    let assessments = assessments(caller, run, &status.fact).await;
    let paths = [("", status.calls.clone()), ("assessments", [status.calls.clone(), assessments.calls].concat())];
    let facts = RegionSetting { status: status.fact, assessments: assessments.fact };
    let id = format!("arn:{}:auditmanager:{}:{}:region-setting", caller.partition(), caller.endpoint_region(), caller.account());
    let name = format!("Audit Manager in {}", caller.endpoint_region());
    run.found(&Resource::new(caller.place(), REGION, id, name, &facts, sources(paths)));
    vec![singleton(caller, REGION, status.calls)]
}

/// The assessments. An account that is not set up has none, and AWS refuses to list them.
async fn assessments(caller: &Caller, run: &Run<'_>, status: &Fact<String>) -> Reading<Vec<Assessment>> {
    if !run.wants_fact(REGION, "assessments") {
        return Reading::unasked(caller, run, REGION, "assessments");
    }
    match status {
        Fact::Absent(gap) => return Reading::absent(gap.clone(), Vec::new()),
        Fact::Known(status) if status != "ACTIVE" => return Reading::known(Vec::new(), Vec::new()),
        Fact::Known(_) => {}
    }
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| client.list_assessments().set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_auditmanager::operation::list_assessments::ListAssessmentsOutput| Page {
        items: output.assessment_metadata.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(LIST_ASSESSMENTS, send, page).await;
    let id = |told: &AssessmentMetadataItem| told.id.clone();
    Reading::of_list(caller, Proof::of(caller, LIST_ASSESSMENTS, listing, id), |told| {
        let mut assessments: Vec<Assessment> = told.into_iter().map(assessment).collect();
        assessments.sort_by(|a, b| a.id.cmp(&b.id));
        assessments
    })
}

fn assessment(told: AssessmentMetadataItem) -> Assessment {
    Assessment {
        id: told.id.unwrap_or_default(),
        name: told.name.unwrap_or_default(),
        status: told.status.map(|word| word.as_str().to_owned()).unwrap_or_default(),
        compliance_type: told.compliance_type,
    }
}
