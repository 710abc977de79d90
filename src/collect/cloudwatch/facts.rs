//! Facts of CloudWatch's kinds. Member names are the CloudWatch API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Fact;

/// `AWS::CloudWatch::Alarm`: an alarm on one metric, or on what is computed from several.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Alarm {
    /// `AlarmName`.
    pub alarm_name: Fact<String>,
    /// `AlarmArn`.
    pub alarm_arn: Fact<String>,
    /// `ActionsEnabled`.
    pub actions_enabled: Fact<bool>,
    /// `AlarmActions`: what happens when it goes off. Empty where not given.
    pub alarm_actions: Fact<Vec<String>>,
    /// `StateValue`: `OK`, `ALARM`, `INSUFFICIENT_DATA`.
    pub state_value: Fact<String>,
    /// `Namespace`; null for an alarm on what is computed from several metrics.
    pub namespace: Fact<Option<String>>,
    /// `MetricName`; null for an alarm on what is computed from several metrics.
    pub metric_name: Fact<Option<String>>,
    /// `Dimensions`, each as `Name=Value`, sorted.
    pub dimensions: Fact<Vec<String>>,
    /// `ComparisonOperator`; null where not given.
    pub comparison_operator: Fact<Option<String>>,
    /// `Threshold`; null for anomaly detection.
    pub threshold: Fact<Option<f64>>,
    /// The metrics from which `Metrics` computes, each as `Namespace/MetricName`, sorted; empty for an alarm on one metric.
    pub computed_from: Fact<Vec<String>>,
}

/// `AWS::CloudWatch::CompositeAlarm`: an alarm on other alarms.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CompositeAlarm {
    /// `AlarmName`.
    pub alarm_name: Fact<String>,
    /// `AlarmArn`.
    pub alarm_arn: Fact<String>,
    /// `AlarmRule`.
    pub alarm_rule: Fact<String>,
    /// `ActionsEnabled`.
    pub actions_enabled: Fact<bool>,
    /// `AlarmActions`: what happens when it goes off. Empty where not given.
    pub alarm_actions: Fact<Vec<String>>,
    /// `ActionsSuppressor`: the alarm that keeps its actions back; null where none does.
    pub actions_suppressor: Fact<Option<String>>,
    /// `StateValue`: `OK`, `ALARM`, `INSUFFICIENT_DATA`.
    pub state_value: Fact<String>,
}

/// `AWS::CloudWatch::TrailAlerting`: whether somebody is told of what an account's trails record, for each thing that one wants to be
/// told of. Each account has one, also without any trail.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TrailAlerting {
    /// Calls that AWS refused.
    pub unauthorized_api_calls: Alert,
    /// Sign-ins of IAM users to the console without a second factor.
    pub console_sign_in_without_mfa: Alert,
    /// Whatever root does itself.
    pub root_usage: Alert,
    /// Sign-ins to the console that failed.
    pub console_auth_failures: Alert,
    /// Changes to IAM policies and to what they are attached to.
    pub iam_policy_changes: Alert,
    /// Changes to trails, and their stop and start.
    pub cloudtrail_changes: Alert,
    /// KMS keys switched off or scheduled for deletion.
    pub kms_key_removal: Alert,
    /// Changes to bucket policies and the settings beside them.
    pub s3_policy_changes: Alert,
    /// AWS Config stopped or sent elsewhere.
    pub config_changes: Alert,
    /// Changes to security groups.
    pub security_group_changes: Alert,
    /// Changes to network ACLs.
    pub nacl_changes: Alert,
    /// Changes to gateways between networks.
    pub network_gateway_changes: Alert,
    /// Changes to routes.
    pub route_table_changes: Alert,
    /// Changes to VPCs and their peerings.
    pub vpc_changes: Alert,
    /// Changes to the organization.
    pub organizations_changes: Alert,
    /// Changes to what API Gateway serves and to whom.
    pub apigateway_changes: Alert,
}

/// Whether every event of one sort reaches somebody, over a trail of all Regions that logs, the log group it streams to, metric filters
/// that match every such event, alarms on their metrics whose actions are on, and a topic with a confirmed subscriber. Where that is not
/// known, everything but the events is absent.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct Alert {
    /// Each sort of event reaches somebody, over one whole chain each.
    pub alerted: Fact<bool>,
    /// Which link is missing: `trail`, `filter`, `alarm`, `action`, `subscriber`; null where none is.
    pub broken_at: Fact<Option<String>>,
    /// The missing link in a sentence, of the chain that comes farthest; null where none is missing.
    pub missing_link: Fact<Option<String>>,
    /// The events, as the embedded data names them.
    pub events: Vec<String>,
    /// The day on which the sources of that data were last read.
    pub events_as_of: String,
    /// Events that the metric filters shown do not match.
    pub uncovered_events: Fact<Vec<String>>,
    /// ARN of the trail, of the chain that is whole or comes farthest; null where there is none.
    pub trail_arn: Fact<Option<String>>,
    /// Name of the log group to which it streams; null where none.
    pub log_group: Fact<Option<String>>,
    /// Names of the metric filters that count into the metric.
    pub metric_filters: Fact<Vec<String>>,
    /// The metric, as `Namespace/MetricName`; null where there is none.
    pub metric: Fact<Option<String>>,
    /// Names of the alarms on it.
    pub alarms: Fact<Vec<String>>,
    /// ARNs of the topics that those alarms notify.
    pub topics: Fact<Vec<String>>,
}

/// The alerts of an account, each made by its purpose.
pub(super) fn trail_alerting(mut alert: impl FnMut(&str) -> Alert) -> TrailAlerting {
    TrailAlerting {
        unauthorized_api_calls: alert("unauthorized-api-calls"),
        console_sign_in_without_mfa: alert("console-sign-in-without-mfa"),
        root_usage: alert("root-usage"),
        console_auth_failures: alert("console-auth-failures"),
        iam_policy_changes: alert("iam-policy-changes"),
        cloudtrail_changes: alert("cloudtrail-changes"),
        kms_key_removal: alert("kms-key-removal"),
        s3_policy_changes: alert("s3-policy-changes"),
        config_changes: alert("config-changes"),
        security_group_changes: alert("security-group-changes"),
        nacl_changes: alert("nacl-changes"),
        network_gateway_changes: alert("network-gateway-changes"),
        route_table_changes: alert("route-table-changes"),
        vpc_changes: alert("vpc-changes"),
        organizations_changes: alert("organizations-changes"),
        apigateway_changes: alert("apigateway-changes"),
    }
}
