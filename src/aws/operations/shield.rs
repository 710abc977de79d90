//! Shield Advanced.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&GET_SUBSCRIPTION_STATE, &LIST_PROTECTIONS];

/// `GetSubscriptionState`.
pub static GET_SUBSCRIPTION_STATE: Operation = Operation {
    service: "Shield",
    name: "GetSubscriptionState",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["shield:GetSubscriptionState"],
    resources: &["*"],
    root: "",
    required: &["SubscriptionState:text"],
    redact: &[],
    polled: false,
    cli: "shield get-subscription-state",
    reference: "https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_GetSubscriptionState.html",
};

/// `ListProtections`.
pub static LIST_PROTECTIONS: Operation = Operation {
    service: "Shield",
    name: "ListProtections",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["shield:ListProtections"],
    resources: &["*"],
    root: "",
    required: &["Protections[].Id:text", "Protections[].Name:text", "Protections[].ResourceArn:arn"],
    redact: &[],
    polled: false,
    cli: "shield list-protections",
    reference: "https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_ListProtections.html",
};
