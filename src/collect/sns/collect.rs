//! Collects the topics of one Region, each with its attributes.

use aws_sdk_sns::Client;
use aws_sdk_sns::types::Topic;
use futures::StreamExt as _;

use super::facts;
use super::kinds::{SERVICE, TOPIC};
use super::map::{self, Attributes};
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::reading::answered;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Resource};

const LIST_TOPICS: Operation = (SERVICE, "ListTopics");
const GET_TOPIC_ATTRIBUTES: Operation = (SERVICE, "GetTopicAttributes");
/// Topics asked at the same time; the session's own limits decide how many calls are.
const AT_ONCE: usize = 32;

/// Collects the topics of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(TOPIC) {
        return Vec::new();
    }
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| client.list_topics().set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_sns::operation::list_topics::ListTopicsOutput| Page {
        items: output.topics.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(LIST_TOPICS, send, page).await;
    let (topics, proof) = Proof::of(caller, LIST_TOPICS, listing, |topic: &Topic| topic.topic_arn.clone());
    futures::stream::iter(&topics).for_each_concurrent(AT_ONCE, |(call, topic)| one(caller, run, *call, topic)).await;
    vec![proof.population(caller, TOPIC, topics.len() as u64, None)]
}

async fn one(caller: &Caller, run: &Run<'_>, listed: CallId, topic: &Topic) {
    // The listing has left out what has no ARN.
    let arn = topic.topic_arn.clone().unwrap_or_default();
    let name = arn.rsplit(':').next().unwrap_or_default().to_owned();
    let (told, calls) = attributes(caller, run, &arn).await;
    let at = At::call(caller, GET_TOPIC_ATTRIBUTES, calls.first().copied().unwrap_or(listed));
    let facts = facts_of(at, &arn, &name, &told, caller.account());
    let asked = ["owner", "policy", "kms_master_key_id", "subscriptions_confirmed", "subscriptions_pending"];
    let paths = std::iter::once(("", vec![listed])).chain(asked.map(|fact| (fact, calls.clone())));
    run.found(&Resource::new(caller.place(), TOPIC, arn, name, &facts, sources(paths)));
}

async fn attributes(caller: &Caller, run: &Run<'_>, arn: &str) -> (Fact<Attributes>, Vec<CallId>) {
    if !run.wants_fact(TOPIC, "policy") {
        return (Fact::Absent(run.unasked(caller, TOPIC, "policy")), Vec::new());
    }
    let client = caller.client(Client::new);
    let send = |tap| client.get_topic_attributes().topic_arn(arn).customize().interceptor(tap).send();
    let reply = caller.ask(GET_TOPIC_ATTRIBUTES, send).await;
    answered(caller, GET_TOPIC_ATTRIBUTES, reply, |_, output| Fact::Known(output.attributes.unwrap_or_default()))
}

fn facts_of(at: At<'_>, arn: &str, name: &str, told: &Fact<Attributes>, account: &str) -> facts::Topic {
    facts::Topic {
        topic_arn: arn.to_owned().into(),
        topic_name: name.to_owned().into(),
        owner: of(told, |told| map::needed(at, told, "Owner")),
        policy: of(told, |told| map::policy(at, told, account)),
        kms_master_key_id: of(told, |told| Fact::Known(told.get("KmsMasterKeyId").cloned().filter(|key| !key.is_empty()))),
        subscriptions_confirmed: of(told, |told| map::number(at, told, "SubscriptionsConfirmed")),
        subscriptions_pending: of(told, |told| map::number(at, told, "SubscriptionsPending")),
    }
}

fn of<T>(told: &Fact<Attributes>, read: impl FnOnce(&Attributes) -> Fact<T>) -> Fact<T> {
    match told {
        Fact::Known(told) => read(told),
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
    }
}
