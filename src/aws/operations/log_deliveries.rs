//! CloudWatch Logs, deliveries: which resources of other services send their logs where. Lists are there also where they are empty.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of this part of the service.
pub static ROWS: &[&Operation] = &[&DESCRIBE_DELIVERY_SOURCES, &DESCRIBE_DELIVERIES];

/// `DescribeDeliverySources`.
pub static DESCRIBE_DELIVERY_SOURCES: Operation = Operation {
    service: "CloudWatch Logs",
    name: "DescribeDeliverySources",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["logs:DescribeDeliverySources"],
    resources: &["*"],
    root: "",
    required: &[
        "deliverySources[].name:text",
        "deliverySources[].resourceArns[]:arn",
        "deliverySources[].service:text",
        "deliverySources[].logType:text",
    ],
    redact: &[("deliverySources[].tags.*", Redact::Named)],
    polled: false,
    cli: "logs describe-delivery-sources",
    reference: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeDeliverySources.html",
};

/// `DescribeDeliveries`.
pub static DESCRIBE_DELIVERIES: Operation = Operation {
    service: "CloudWatch Logs",
    name: "DescribeDeliveries",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["logs:DescribeDeliveries"],
    resources: &["*"],
    root: "",
    required: &["deliveries[].id:text", "deliveries[].deliverySourceName:text"],
    redact: &[("deliveries[].tags.*", Redact::Named)],
    polled: false,
    cli: "logs describe-deliveries",
    reference: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeDeliveries.html",
};
