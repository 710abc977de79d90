//! Where a resource lies: partition, account, Region.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The region word for IAM, Organizations, CloudFront and account-wide settings.
pub const GLOBAL: &str = "global";

/// The region word of populations whose Regions could not be found out.
pub const UNKNOWN: &str = "unknown";

/// An AWS partition: its id stands in every ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Partition {
    /// The commercial Regions.
    #[serde(rename = "aws")]
    Aws,
    /// The Regions in China.
    #[serde(rename = "aws-cn")]
    AwsCn,
    /// AWS GovCloud (US).
    #[serde(rename = "aws-us-gov")]
    AwsUsGov,
}

impl Partition {
    /// The id as it stands in ARNs.
    pub fn id(self) -> &'static str {
        match self {
            Partition::Aws => "aws",
            Partition::AwsCn => "aws-cn",
            Partition::AwsUsGov => "aws-us-gov",
        }
    }

    /// The partition of an ARN, if it is one of those known.
    pub fn of_arn(arn: &str) -> Option<Self> {
        match arn.strip_prefix("arn:")?.split(':').next()? {
            "aws" => Some(Partition::Aws),
            "aws-cn" => Some(Partition::AwsCn),
            "aws-us-gov" => Some(Partition::AwsUsGov),
            _ => None,
        }
    }

    /// The partition a Region belongs to, by its name's prefix.
    pub fn of_region(region: &str) -> Self {
        if region.starts_with("cn-") {
            Partition::AwsCn
        } else if region.starts_with("us-gov-") {
            Partition::AwsUsGov
        } else {
            Partition::Aws
        }
    }

    /// The Region whose endpoint serves IAM and the first question about Regions.
    pub fn home_region(self) -> &'static str {
        match self {
            Partition::Aws => "us-east-1",
            Partition::AwsCn => "cn-north-1",
            Partition::AwsUsGov => "us-gov-west-1",
        }
    }
}

impl std::fmt::Display for Partition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

/// An account and Region (`global` for global services). Ordered bytewise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Twelve-digit account id.
    pub account: String,
    /// Region name or `global`.
    pub region: String,
}
