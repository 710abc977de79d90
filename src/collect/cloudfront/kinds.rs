//! CloudFront's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "CloudFront";
/// SDK service id of CloudWatch Logs, which tells of deliveries.
pub const LOGS: &str = "CloudWatch Logs";

/// Distributions.
pub const DISTRIBUTION: &str = "AWS::CloudFront::Distribution";

/// All kinds of CloudFront.
pub const KINDS: &[Kind] = &[Kind {
    name: DISTRIBUTION,
    scope: KindScope::Global,
    singleton: false,
    id_grammar: "arn:{partition}:cloudfront::{account}:distribution/{distribution id}",
    schema: schema_of::<facts::Distribution>,
    groups: &[
        FactGroup { facts: &[], operations: &[(SERVICE, "ListDistributions")] },
        FactGroup { facts: &["logging"], operations: &[(SERVICE, "GetDistributionConfig")] },
        FactGroup { facts: &["access_log_deliveries"], operations: &[(LOGS, "DescribeDeliverySources"), (LOGS, "DescribeDeliveries")] },
    ],
}];
