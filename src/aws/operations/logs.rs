//! CloudWatch Logs. The lists are there also where they are empty; a group whose events never expire has no `retentionInDays`.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&DESCRIBE_LOG_GROUPS, &DESCRIBE_METRIC_FILTERS];

/// `DescribeLogGroups`.
pub static DESCRIBE_LOG_GROUPS: Operation = Operation {
    service: "CloudWatch Logs",
    name: "DescribeLogGroups",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["logs:DescribeLogGroups"],
    resources: &["*"],
    root: "",
    required: &[
        "logGroups[].logGroupName:text",
        "logGroups[].arn:arn",
        "logGroups[].creationTime:int",
        "logGroups[].retentionInDays?:int",
        "logGroups[].kmsKeyId?:arn",
    ],
    redact: &[],
    polled: false,
    cli: "logs describe-log-groups",
    reference: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html",
};

/// `DescribeMetricFilters`.
pub static DESCRIBE_METRIC_FILTERS: Operation = Operation {
    service: "CloudWatch Logs",
    name: "DescribeMetricFilters",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["logs:DescribeMetricFilters"],
    resources: &["*"],
    root: "",
    required: &[
        "metricFilters[].filterName:text",
        "metricFilters[].filterPattern:string",
        "metricFilters[].logGroupName:text",
        "metricFilters[].metricTransformations[].metricName:text",
        "metricFilters[].metricTransformations[].metricNamespace:text",
        "metricFilters[].metricTransformations[].metricValue:text",
    ],
    redact: &[],
    polled: false,
    cli: "logs describe-metric-filters",
    reference: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html",
};
