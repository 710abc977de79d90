//! Security Hub (its part now called Security Hub CSPM).

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&DESCRIBE_HUB, &GET_ENABLED_STANDARDS];

/// `DescribeHub`.
pub static DESCRIBE_HUB: Operation = Operation {
    service: "SecurityHub",
    name: "DescribeHub",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["securityhub:DescribeHub"],
    resources: &["*"],
    root: "",
    required: &["HubArn:arn"],
    redact: &[],
    polled: false,
    cli: "securityhub describe-hub",
    reference: "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html",
};

/// `GetEnabledStandards`.
pub static GET_ENABLED_STANDARDS: Operation = Operation {
    service: "SecurityHub",
    name: "GetEnabledStandards",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["securityhub:GetEnabledStandards"],
    resources: &["*"],
    root: "",
    required: &[
        "StandardsSubscriptions[].StandardsSubscriptionArn:arn",
        "StandardsSubscriptions[].StandardsArn:arn",
        "StandardsSubscriptions[].StandardsStatus:text",
    ],
    redact: &[],
    polled: false,
    cli: "securityhub get-enabled-standards",
    reference: "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetEnabledStandards.html",
};
