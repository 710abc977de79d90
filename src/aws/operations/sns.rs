//! SNS. Where a subscription ends (an address, a URL with a key in it) opens something or is somebody's own, and goes; that it
//! exists, its protocol and whether it was confirmed stay.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&LIST_TOPICS, &GET_TOPIC_ATTRIBUTES, &LIST_SUBSCRIPTIONS_BY_TOPIC];

/// `ListTopics`.
pub static LIST_TOPICS: Operation = Operation {
    service: "SNS",
    name: "ListTopics",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["sns:ListTopics"],
    resources: &["*"],
    root: "ListTopicsResponse",
    required: &["ListTopicsResult.Topics.member[].TopicArn:arn"],
    redact: &[],
    polled: false,
    cli: "sns list-topics",
    reference: "https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html",
};

/// `GetTopicAttributes`.
pub static GET_TOPIC_ATTRIBUTES: Operation = Operation {
    service: "SNS",
    name: "GetTopicAttributes",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["sns:GetTopicAttributes"],
    resources: &["arn:{partition}:sns:*:*:*"],
    root: "GetTopicAttributesResponse",
    required: &["GetTopicAttributesResult.Attributes.entry[].key:text"],
    redact: &[],
    polled: false,
    cli: "sns get-topic-attributes",
    reference: "https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html",
};

/// `ListSubscriptionsByTopic`.
pub static LIST_SUBSCRIPTIONS_BY_TOPIC: Operation = Operation {
    service: "SNS",
    name: "ListSubscriptionsByTopic",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["sns:ListSubscriptionsByTopic"],
    resources: &["arn:{partition}:sns:*:*:*"],
    root: "ListSubscriptionsByTopicResponse",
    required: &[
        "ListSubscriptionsByTopicResult.Subscriptions.member[].SubscriptionArn:text",
        "ListSubscriptionsByTopicResult.Subscriptions.member[].Protocol:text",
        "ListSubscriptionsByTopicResult.Subscriptions.member[].TopicArn:arn",
    ],
    redact: &[("ListSubscriptionsByTopicResult.Subscriptions.member[].Endpoint", Redact::Value)],
    polled: false,
    cli: "sns list-subscriptions-by-topic",
    reference: "https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html",
};
