//! Collects Amazon Inspector in one Region.

use aws_sdk_inspector2::Client;
use aws_sdk_inspector2::types::{AccountState, FilterCriteria, Finding, StringComparison, StringFilter};

use super::facts::RegionSetting;
use super::kinds::{FINDING, REGION, SERVICE};
use super::map;
use crate::aws::{Caller, Listing, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::{Proof, singleton};
use crate::collect::reading::{Reading, part};
use crate::collect::scope::Run;
use crate::model::population::Ended;
use crate::model::{Fact, Gap, OpenMap, Population, Resource};

const BATCH_GET_ACCOUNT_STATUS: Operation = (SERVICE, "BatchGetAccountStatus");
const LIST_FINDINGS: Operation = (SERVICE, "ListFindings");
/// The largest page of findings.
const FINDINGS: i32 = 100;
/// Only these are asked for.
const SEVERITIES: [&str; 2] = ["CRITICAL", "HIGH"];

/// Collects the kinds of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let (state, gap) = state(caller).await;
    let mut populations = Vec::new();
    if run.wants(REGION) {
        populations.push(region(caller, run, &state));
    }
    if run.wants(FINDING) {
        populations.push(findings(caller, run, &state, gap).await);
    }
    populations
}

/// The account's own state, with the gap where it could not be read.
async fn state(caller: &Caller) -> (Reading<AccountState>, Option<Gap>) {
    let client = caller.client(Client::new);
    let send = |tap| client.batch_get_account_status().account_ids(caller.account()).customize().interceptor(tap).send();
    let reply = caller.ask(BATCH_GET_ACCOUNT_STATUS, send).await;
    let (calls, result) = match reply {
        Err(refusal) => (refusal.gap.call.into_iter().collect(), Err(refusal.gap)),
        Ok(answer) => {
            let at = At::call(caller, BATCH_GET_ACCOUNT_STATUS, answer.call);
            (vec![answer.call], map::own(at, caller.account(), &answer.value).cloned())
        }
    };
    match result {
        Ok(state) => (Reading::known(state, calls), None),
        Err(gap) => (Reading::absent(caller.note(gap.clone()), calls), Some(gap)),
    }
}

fn region(caller: &Caller, run: &Run<'_>, state: &Reading<AccountState>) -> Population {
    let status = part(&state.fact, |state| state.resource_state.as_ref().map(map::resource_status).unwrap_or_default());
    let facts = RegionSetting {
        status: part(&state.fact, |state| state.state.as_ref().map(|state| state.status.as_str().to_owned()).unwrap_or_default()),
        enabled_resource_types: part(&status, map::enabled),
        resource_status: status.map(OpenMap),
    };
    let id = format!("arn:{}:inspector2:{}:{}:region-setting", caller.partition(), caller.endpoint_region(), caller.account());
    let name = format!("Inspector in {}", caller.endpoint_region());
    run.found(&Resource::new(caller.place(), REGION, id, name, &facts, sources([("", state.calls.clone())])));
    singleton(caller, REGION, state.calls.clone())
}

/// The serious findings. Inspector keeps none where it is off: then AWS's word on that is the proof that there are none.
async fn findings(caller: &Caller, run: &Run<'_>, state: &Reading<AccountState>, gap: Option<Gap>) -> Population {
    let on = match &state.fact {
        Fact::Absent(_) => false,
        Fact::Known(state) => state.state.as_ref().is_none_or(|state| state.status.as_str() != "DISABLED"),
    };
    if !on {
        let ended = if gap.is_some() { Ended::NotProven } else { Ended::WholeAnswer };
        return Proof { calls: state.calls.clone(), pages: 1, ended, gap }.population(caller, FINDING, 0, None);
    }
    let listing = list(caller).await;
    let (found, mut proof) = Proof::of(caller, LIST_FINDINGS, listing, |finding: &Finding| Some(finding.finding_arn.clone()));
    // That Inspector is on is why its list was asked for.
    proof.calls.splice(0..0, state.calls.iter().copied());
    for (call, told) in &found {
        let facts = map::finding(At::call(caller, LIST_FINDINGS, *call), told);
        let shown = facts.title.known().cloned().flatten().unwrap_or_else(|| told.finding_arn.clone());
        run.found(&Resource::new(caller.place(), FINDING, told.finding_arn.clone(), shown, &facts, sources([("", vec![*call])])));
    }
    proof.population(caller, FINDING, found.len() as u64, None)
}

async fn list(caller: &Caller) -> Listing<Finding> {
    let client = caller.client(Client::new);
    let Ok(criteria) = criteria(caller.account()) else { return Listing::default() };
    let send = |token: Option<String>, tap| {
        let request = client.list_findings().filter_criteria(criteria.clone()).max_results(FINDINGS).set_next_token(token);
        request.customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_inspector2::operation::list_findings::ListFindingsOutput| Page {
        items: output.findings.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    caller.list(LIST_FINDINGS, send, page).await
}

/// Active, serious, and of the account itself: an administrator's account would also be told of its members'.
fn criteria(account: &str) -> Result<FilterCriteria, aws_smithy_types::error::operation::BuildError> {
    let is = |value: &str| StringFilter::builder().comparison(StringComparison::Equals).value(value).build();
    let mut criteria = FilterCriteria::builder().finding_status(is("ACTIVE")?).aws_account_id(is(account)?);
    for severity in SEVERITIES {
        criteria = criteria.severity(is(severity)?);
    }
    Ok(criteria.build())
}
