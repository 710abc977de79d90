//! Collects the queues of one Region: the listing, and the policy of each.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::operation::list_queues::ListQueuesOutput;
use aws_sdk_sqs::types::QueueAttributeName;
use futures::StreamExt as _;

use super::facts;
use super::kinds::{QUEUE, SERVICE};
use super::map::{self, Queue};
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::reading::answered;
use crate::collect::resource_policy::ResourcePolicy;
use crate::collect::scope::Run;
use crate::model::population::SecondPath;
use crate::model::{CallId, Fact, Population, Reason, Resource};

const LIST_QUEUES: Operation = (SERVICE, "ListQueues");
const GET_QUEUE_ATTRIBUTES: Operation = (SERVICE, "GetQueueAttributes");

/// Queues asked at the same time; the session's own limits decide how many calls are.
const AT_ONCE: usize = 32;
/// The largest pages that SQS gives. Without a size it gives one page and no token.
const PAGE: i32 = 1000;

/// Collects the queues of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(QUEUE) {
        return Vec::new();
    }
    let (queues, mut proof) = list(caller).await;
    let second = if queues.is_empty() && proof.gap.is_none() { again(caller, &mut proof).await } else { None };
    let one = |(call, queue): &'_ (CallId, Queue)| found(caller, run, *call, queue.clone());
    futures::stream::iter(&queues).for_each_concurrent(AT_ONCE, one).await;
    vec![proof.population(caller, QUEUE, queues.len() as u64, second)]
}

async fn list(caller: &Caller) -> (Vec<(CallId, Queue)>, Proof) {
    let client = caller.client(Client::new);
    let send =
        |token: Option<String>, tap| client.list_queues().max_results(PAGE).set_next_token(token).customize().interceptor(tap).send();
    let place = (caller.partition().id(), caller.endpoint_region(), caller.account());
    let mut bare = false;
    let page = |output: ListQueuesOutput| {
        bare = output.queue_urls.is_none();
        Page { items: output.queue_urls.unwrap_or_default(), token: output.next_token, truncated: false }
    };
    let listing = caller.list(LIST_QUEUES, send, page).await;
    let (urls, mut proof) = Proof::of(caller, LIST_QUEUES, listing, |url: &String| map::queue(url, place).map(|queue| queue.arn));
    if let (true, false, None, Some(last)) = (bare, urls.is_empty(), &proof.gap, proof.calls.last().copied()) {
        let why = "a page that others led to has no list: further queues may have stood on it";
        proof.fail(At::call(caller, LIST_QUEUES, last).gap(Reason::Failed, why));
    }
    (urls.into_iter().filter_map(|(call, url)| Some((call, map::queue(&url, place)?))).collect(), proof)
}

/// Asks a listing that shows nothing a second time, in other words. SQS says that there are no queues by an answer without a list, which an
/// answer that lost its list would look like as well.
async fn again(caller: &Caller, proof: &mut Proof) -> Option<SecondPath> {
    let client = caller.client(Client::new);
    let send = |tap| client.list_queues().max_results(1).customize().interceptor(tap).send();
    match caller.ask(LIST_QUEUES, send).await {
        Err(refusal) => {
            proof.fail(refusal.gap);
            None
        }
        Ok(answer) => {
            let count = answer.value.queue_urls.unwrap_or_default().len() as u64;
            let difference = "the listing shows no queue, but asked again SQS shows one";
            let differences = if count == 0 { Vec::new() } else { vec![difference.to_owned()] };
            if count > 0 {
                proof.fail(At::call(caller, LIST_QUEUES, answer.call).gap(Reason::Disputed, difference));
            }
            let what = "queues on a second question for one, since a listing without any has no list".to_owned();
            Some(SecondPath { what, count, call: answer.call, differences })
        }
    }
}

async fn found(caller: &Caller, run: &Run<'_>, listed: CallId, queue: Queue) {
    let (policy, calls) = policy(caller, run, &queue).await;
    let Queue { url, name, arn } = queue;
    let facts = facts::Queue { queue_url: url.into(), queue_name: name.clone().into(), queue_arn: arn.clone().into(), policy };
    let paths = [("", vec![listed]), ("policy", calls)];
    run.found(&Resource::new(caller.place(), QUEUE, arn, name, &facts, sources(paths)));
}

async fn policy(caller: &Caller, run: &Run<'_>, queue: &Queue) -> (Fact<Option<ResourcePolicy>>, Vec<CallId>) {
    if !run.wants_fact(QUEUE, "policy") {
        return (Fact::Absent(run.unasked(caller, QUEUE, "policy")), Vec::new());
    }
    let client = caller.client(Client::new);
    let send = |tap| {
        let request = client.get_queue_attributes().queue_url(&queue.url);
        let request = request.attribute_names(QueueAttributeName::QueueArn).attribute_names(QueueAttributeName::Policy);
        request.customize().interceptor(tap).send()
    };
    let reply = caller.ask(GET_QUEUE_ATTRIBUTES, send).await;
    answered(caller, GET_QUEUE_ATTRIBUTES, reply, |at, output| {
        map::policy(at, &output.attributes.unwrap_or_default(), queue, caller.account())
    })
}
