//! CloudWatch. Alarms of the types that were asked for; a metric alarm has its metric by name, or computes it from several.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&DESCRIBE_ALARMS];

/// `DescribeAlarms`.
pub static DESCRIBE_ALARMS: Operation = Operation {
    service: "CloudWatch",
    name: "DescribeAlarms",
    wire: Wire::Cbor,
    effect: Effect::Read,
    actions: &["cloudwatch:DescribeAlarms"],
    resources: &["*"],
    root: "",
    required: &[
        "MetricAlarms:list",
        "MetricAlarms[].AlarmName:text",
        "MetricAlarms[].AlarmArn:arn",
        "MetricAlarms[].ActionsEnabled:bool",
        "MetricAlarms[].StateValue:text",
        "CompositeAlarms:list",
        "CompositeAlarms[].AlarmName:text",
        "CompositeAlarms[].AlarmArn:arn",
        "CompositeAlarms[].AlarmRule:text",
        "CompositeAlarms[].ActionsEnabled:bool",
        "CompositeAlarms[].StateValue:text",
    ],
    redact: &[],
    polled: false,
    cli: "cloudwatch describe-alarms",
    reference: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html",
};
