//! Who is subscribed to a topic, as those need it who follow an alarm to people.

use aws_sdk_sns::Client;
use aws_sdk_sns::types::Subscription;

use super::kinds::SERVICE;
use crate::aws::{Caller, Page};
use crate::collect::at::Operation;
use crate::collect::proof::Proof;
use crate::model::{CallId, GapId};

/// The listing.
pub const LIST_SUBSCRIPTIONS_BY_TOPIC: Operation = (SERVICE, "ListSubscriptionsByTopic");

/// Who hears of what is published to a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// So many confirmed subscriptions, and so many not confirmed yet.
    Known {
        /// With an ARN of their own.
        confirmed: usize,
        /// `PendingConfirmation`, or deleted.
        others: usize,
    },
    /// There is no such topic (`NotFound`).
    NoTopic,
    /// Not known.
    Unknown(GapId),
}

/// Asks for the subscriptions of a topic, with the calls.
pub async fn audience(caller: &Caller, topic: &str) -> (Audience, Vec<CallId>) {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.list_subscriptions_by_topic().topic_arn(topic).set_next_token(token).customize().interceptor(tap).send()
    };
    // The first page is asked by itself, because a listing does not tell the code of a refusal; the session answers it once.
    let first = caller.ask(LIST_SUBSCRIPTIONS_BY_TOPIC, |tap| send(None, tap)).await;
    if let Err(refusal) = &first
        && refusal.code.as_deref() == Some("NotFound")
        && refusal.status.is_some_and(|status| (400..500).contains(&status))
    {
        return (Audience::NoTopic, refusal.gap.call.into_iter().collect());
    }
    let page = |output: aws_sdk_sns::operation::list_subscriptions_by_topic::ListSubscriptionsByTopicOutput| Page {
        items: output.subscriptions.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(LIST_SUBSCRIPTIONS_BY_TOPIC, send, page).await;
    let confirmed: Vec<CallId> = listing.items.iter().filter(|(_, one)| is_confirmed(one)).map(|(call, _)| *call).collect();
    let others = listing.items.len() - confirmed.len();
    let (_, proof) = Proof::of(caller, LIST_SUBSCRIPTIONS_BY_TOPIC, listing, |one: &Subscription| one.subscription_arn.clone());
    match (confirmed.first(), proof.noted(caller)) {
        // One that is there is there, whatever the rest of the list says.
        (Some(call), _) => (Audience::Known { confirmed: confirmed.len(), others }, vec![*call]),
        (None, Some(gap)) => (Audience::Unknown(gap), proof.calls),
        (None, None) => (Audience::Known { confirmed: 0, others }, proof.calls),
    }
}

/// `PendingConfirmation` and `Deleted` stand where an ARN would.
fn is_confirmed(one: &Subscription) -> bool {
    one.subscription_arn.as_deref().is_some_and(|arn| arn.starts_with("arn:"))
}
