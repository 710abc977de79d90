//! Collects Security Hub in one Region.

use aws_sdk_securityhub::Client;
use aws_sdk_securityhub::types::StandardsSubscription;

use super::facts::{Hub, RegionSetting, Standard};
use super::kinds::{REGION, SERVICE};
use super::map;
use crate::aws::{Caller, OrWhen as _, Page};
use crate::collect::at::{Operation, sources};
use crate::collect::proof::{Proof, singleton};
use crate::collect::reading::{Reading, part};
use crate::collect::scope::Run;
use crate::model::{Fact, Population, Resource};

const DESCRIBE_HUB: Operation = (SERVICE, "DescribeHub");
const GET_ENABLED_STANDARDS: Operation = (SERVICE, "GetEnabledStandards");
/// With this code and these words AWS says that Security Hub is off; the code alone may also mean that the account may not ask.
const OFF: (&str, &str) = ("InvalidAccessException", "is not subscribed to AWS Security Hub");

/// Collects Security Hub in one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(REGION) {
        return Vec::new();
    }
    let hub = hub(caller).await;
    let standards = standards(caller, run, &hub).await;
    let paths = [("", hub.calls.clone()), ("enabled_standards", [hub.calls.clone(), standards.calls].concat())];
    let facts = RegionSetting { enabled: part(&hub.fact, Option::is_some), hub: hub.fact, enabled_standards: standards.fact };
    let id = format!("arn:{}:securityhub:{}:{}:region-setting", caller.partition(), caller.endpoint_region(), caller.account());
    let name = format!("Security Hub in {}", caller.endpoint_region());
    run.found(&Resource::new(caller.place(), REGION, id, name, &facts, sources(paths)));
    vec![singleton(caller, REGION, hub.calls)]
}

async fn hub(caller: &Caller) -> Reading<Option<Hub>> {
    let client = caller.client(Client::new);
    let reply = caller.ask(DESCRIBE_HUB, |tap| client.describe_hub().customize().interceptor(tap).send()).await;
    let reply = reply.map(|answer| answer.map(Some)).or_when_said(OFF.0, OFF.1, None);
    Reading::of(caller, DESCRIBE_HUB, reply, |at, told| Fact::Known(told.map(|told| map::hub(at, &told))))
}

/// The enabled standards; where there is no hub nobody is asked.
async fn standards(caller: &Caller, run: &Run<'_>, hub: &Reading<Option<Hub>>) -> Reading<Vec<Standard>> {
    if !run.wants_fact(REGION, "enabled_standards") {
        return Reading::unasked(caller, run, REGION, "enabled_standards");
    }
    match &hub.fact {
        Fact::Absent(gap) => return Reading::absent(gap.clone(), Vec::new()),
        Fact::Known(None) => return Reading::known(Vec::new(), Vec::new()),
        Fact::Known(Some(_)) => {}
    }
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| client.get_enabled_standards().set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_securityhub::operation::get_enabled_standards::GetEnabledStandardsOutput| Page {
        items: output.standards_subscriptions.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(GET_ENABLED_STANDARDS, send, page).await;
    let id = |standard: &StandardsSubscription| standard.standards_subscription_arn.clone();
    Reading::of_list(caller, Proof::of(caller, GET_ENABLED_STANDARDS, listing, id), map::standards)
}
