//! CloudTrail. `DescribeTrails` sends the name, the bucket and every flag of a trail, also where they are `false`, and
//! `trailList` also where it is empty; `GetEventSelectors` sends basic or advanced selectors.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&DESCRIBE_TRAILS, &GET_TRAIL_STATUS, &GET_EVENT_SELECTORS, &GET_INSIGHT_SELECTORS];

/// `DescribeTrails`.
pub static DESCRIBE_TRAILS: Operation = Operation {
    service: "CloudTrail",
    name: "DescribeTrails",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["cloudtrail:DescribeTrails"],
    resources: &["*"],
    root: "",
    required: &[
        "trailList[].Name:text",
        "trailList[].TrailARN:arn",
        "trailList[].HomeRegion:text",
        "trailList[].S3BucketName:text",
        "trailList[].IncludeGlobalServiceEvents:bool",
        "trailList[].IsMultiRegionTrail:bool",
        "trailList[].LogFileValidationEnabled:bool",
        "trailList[].IsOrganizationTrail:bool",
    ],
    redact: &[],
    polled: false,
    cli: "cloudtrail describe-trails",
    reference: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html",
};

/// `GetTrailStatus`.
pub static GET_TRAIL_STATUS: Operation = Operation {
    service: "CloudTrail",
    name: "GetTrailStatus",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["cloudtrail:GetTrailStatus"],
    resources: &["*"],
    root: "",
    required: &[
        "IsLogging:bool",
        "LatestDeliveryTime?:date",
        "LatestCloudWatchLogsDeliveryTime?:date",
        "StartLoggingTime?:date",
        "StopLoggingTime?:date",
    ],
    redact: &[],
    polled: false,
    cli: "cloudtrail get-trail-status",
    reference: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html",
};

/// `GetEventSelectors`.
pub static GET_EVENT_SELECTORS: Operation = Operation {
    service: "CloudTrail",
    name: "GetEventSelectors",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["cloudtrail:GetEventSelectors"],
    resources: &["*"],
    root: "",
    required: &[
        "TrailARN:arn",
        "EventSelectors|AdvancedEventSelectors:list",
        "EventSelectors?[].ReadWriteType:text",
        "EventSelectors?[].IncludeManagementEvents:bool",
        "AdvancedEventSelectors?[].FieldSelectors[].Field:text",
    ],
    redact: &[],
    polled: false,
    cli: "cloudtrail get-event-selectors",
    reference: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html",
};

/// `GetInsightSelectors`.
pub static GET_INSIGHT_SELECTORS: Operation = Operation {
    service: "CloudTrail",
    name: "GetInsightSelectors",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["cloudtrail:GetInsightSelectors"],
    resources: &["*"],
    root: "",
    required: &["TrailARN:arn", "InsightSelectors[].InsightType:text"],
    redact: &[],
    polled: false,
    cli: "cloudtrail get-insight-selectors",
    reference: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetInsightSelectors.html",
};
