//! CloudFront. Lists say in `Quantity` how long they are and lack `Items` where they are empty. Headers that a distribution adds for
//! its origin are mostly shared secrets.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&LIST_DISTRIBUTIONS, &GET_DISTRIBUTION_CONFIG];

/// `ListDistributions`.
pub static LIST_DISTRIBUTIONS: Operation = Operation {
    service: "CloudFront",
    name: "ListDistributions",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["cloudfront:ListDistributions"],
    resources: &["*"],
    root: "DistributionList",
    required: &[
        "IsTruncated:bool",
        "Quantity:int",
        "Items?.DistributionSummary[].Id:text",
        "Items?.DistributionSummary[].ARN:arn",
        "Items?.DistributionSummary[].Status:text",
        "Items?.DistributionSummary[].DomainName:text",
        "Items?.DistributionSummary[].LastModifiedTime:date",
        "Items?.DistributionSummary[].Enabled:bool",
        "Items?.DistributionSummary[].Staging:bool",
        "Items?.DistributionSummary[].WebACLId:string",
        "Items?.DistributionSummary[].Origins.Items.Origin[].Id:text",
        "Items?.DistributionSummary[].Origins.Items.Origin[].DomainName:text",
        "Items?.DistributionSummary[].DefaultCacheBehavior.TargetOriginId:text",
        "Items?.DistributionSummary[].CacheBehaviors.Quantity:int",
    ],
    redact: &[("Items.DistributionSummary[].Origins.Items.Origin[].CustomHeaders.Items.OriginCustomHeader[].HeaderValue", Redact::Value)],
    polled: false,
    cli: "cloudfront list-distributions",
    reference: "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListDistributions.html",
};

/// `GetDistributionConfig`.
pub static GET_DISTRIBUTION_CONFIG: Operation = Operation {
    service: "CloudFront",
    name: "GetDistributionConfig",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["cloudfront:GetDistributionConfig"],
    resources: &["*"],
    root: "DistributionConfig",
    required: &[
        "CallerReference:text",
        "Enabled:bool",
        "DefaultCacheBehavior.TargetOriginId:text",
        "Logging?.Enabled:bool",
        "Logging?.IncludeCookies:bool",
        "Logging?.Bucket:string",
        "Logging?.Prefix:string",
    ],
    redact: &[("Origins.Items.Origin[].CustomHeaders.Items.OriginCustomHeader[].HeaderValue", Redact::Value)],
    polled: false,
    cli: "cloudfront get-distribution-config",
    reference: "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GetDistributionConfig.html",
};
