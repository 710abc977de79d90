//! Facts of CloudFront's kind. Member names are the CloudFront API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant};

/// `AWS::CloudFront::Distribution`: a distribution.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Distribution {
    /// `Id`.
    pub id: Fact<String>,
    /// `ARN`.
    pub arn: Fact<String>,
    /// `Status`: `Deployed`, `InProgress`.
    pub status: Fact<String>,
    /// `Enabled`: whether it answers at all.
    pub enabled: Fact<bool>,
    /// `Staging`: a distribution that only tries out changes of another.
    pub staging: Fact<bool>,
    /// `DomainName`.
    pub domain_name: Fact<String>,
    /// `Aliases`, sorted.
    pub aliases: Fact<Vec<String>>,
    /// `Comment`.
    pub comment: Fact<String>,
    /// `LastModifiedTime`.
    pub last_modified_time: Fact<Instant>,
    /// `WebACLId`: the ARN of a web ACL (an id, for WAF Classic); null without one.
    pub web_acl_id: Fact<Option<String>>,
    /// `ConnectionMode`: `direct`, or `tenant-only` for a distribution whose tenants have the domain names; null where not given.
    pub connection_mode: Fact<Option<String>>,
    /// `Origins`, in AWS's order.
    pub origins: Fact<Vec<Origin>>,
    /// `Logging` of the distribution's configuration: standard logging, legacy; null where the configuration has none.
    pub logging: Fact<Option<Logging>>,
    /// Standard logging (v2): deliveries of CloudWatch Logs whose active source is this distribution with the log type `ACCESS_LOGS`.
    pub access_log_deliveries: Fact<Vec<LogDelivery>>,
    /// `RealtimeLogConfigArn` of all cache behaviors, sorted.
    pub real_time_log_config_arns: Fact<Vec<String>>,
    /// The default cache behavior and every other one name a real-time log configuration. How many requests it samples is not read.
    pub every_behavior_logs_in_real_time: Fact<bool>,
}

/// An origin.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Origin {
    /// `Id`.
    pub id: String,
    /// `DomainName`.
    pub domain_name: String,
    /// `OriginPath`; null where empty.
    pub origin_path: Option<String>,
    /// The API whose own endpoint (`{id}.execute-api.{region}…`) the domain name is; null for any other name, also for an API's custom
    /// domain name.
    pub api_id: Option<String>,
}

/// Standard logging, legacy.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Logging {
    /// `Enabled`.
    pub enabled: bool,
    /// `Bucket`, a domain name; null where empty.
    pub bucket: Option<String>,
    /// `Prefix`; null where empty.
    pub prefix: Option<String>,
    /// `IncludeCookies`.
    pub include_cookies: bool,
}

/// A delivery of CloudWatch Logs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct LogDelivery {
    /// `id`.
    pub id: String,
    /// `deliveryDestinationType`: `S3`, `CWL`, `FH`; null where not given.
    pub destination_type: Option<String>,
    /// `deliveryDestinationArn`, a delivery destination of CloudWatch Logs; null where not given.
    pub destination_arn: Option<String>,
}
