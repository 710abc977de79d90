//! Collects GuardDuty in one Region.

use aws_sdk_guardduty::Client;

use super::kinds::{DESCRIBED, DETECTOR, SERVICE};
use super::map;
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::{CallId, Population, Resource};

const LIST_DETECTORS: Operation = (SERVICE, "ListDetectors");
const GET_DETECTOR: Operation = (SERVICE, "GetDetector");

/// Collects the detectors of one Region; there is one at most.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(DETECTOR) {
        return Vec::new();
    }
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| client.list_detectors().set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_guardduty::operation::list_detectors::ListDetectorsOutput| Page {
        items: output.detector_ids.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(LIST_DETECTORS, send, page).await;
    let (ids, proof) = Proof::of(caller, LIST_DETECTORS, listing, |id: &String| Some(id.clone()));
    for (call, id) in &ids {
        hand_on(caller, run, *call, id).await;
    }
    vec![proof.population(caller, DETECTOR, ids.len() as u64, None)]
}

async fn hand_on(caller: &Caller, run: &Run<'_>, listed: CallId, id: &str) {
    let (facts, calls) = if DESCRIBED.iter().any(|fact| run.wants_fact(DETECTOR, fact)) {
        describe(caller, id).await
    } else {
        (map::undescribed(id, &run.unasked(caller, DETECTOR, "status")), Vec::new())
    };
    let arn = format!("arn:{}:guardduty:{}:{}:detector/{id}", caller.partition(), caller.endpoint_region(), caller.account());
    let name = format!("GuardDuty in {}", caller.endpoint_region());
    let paths = [("", [vec![listed], calls].concat()), ("detector_id", vec![listed])];
    run.found(&Resource::new(caller.place(), DETECTOR, arn, name, &facts, sources(paths)));
}

async fn describe(caller: &Caller, id: &str) -> (super::facts::Detector, Vec<CallId>) {
    let client = caller.client(Client::new);
    match caller.ask(GET_DETECTOR, |tap| client.get_detector().detector_id(id).customize().interceptor(tap).send()).await {
        Ok(answer) => (map::detector(At::call(caller, GET_DETECTOR, answer.call), id, &answer.value), vec![answer.call]),
        Err(refusal) => {
            let calls = refusal.gap.call.into_iter().collect();
            (map::undescribed(id, &caller.note(refusal.gap)), calls)
        }
    }
}
