//! Facts of Elastic Load Balancing v2's kind. Member names are the API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant, OpenMap};

/// `AWS::ElasticLoadBalancingV2::LoadBalancer`: an application, network or gateway load balancer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LoadBalancer {
    /// `LoadBalancerArn`.
    pub load_balancer_arn: Fact<String>,
    /// `LoadBalancerName`.
    pub load_balancer_name: Fact<String>,
    /// `Type`: `application`, `network`, `gateway`.
    pub load_balancer_type: Fact<String>,
    /// `Scheme`: `internet-facing`, `internal`; null for gateway load balancers.
    pub scheme: Fact<Option<String>>,
    /// `State.Code`: `active`, `provisioning`, `active_impaired`, `failed`; null where not given.
    pub state: Fact<Option<String>>,
    /// `DNSName`; null for gateway load balancers.
    pub dns_name: Fact<Option<String>>,
    /// `VpcId`; null where not given.
    pub vpc_id: Fact<Option<String>>,
    /// `SecurityGroups`, sorted; empty for load balancers without.
    pub security_groups: Fact<Vec<String>>,
    /// `CreatedTime`.
    pub created_time: Fact<Instant>,
    /// `DescribeLoadBalancerAttributes`: all attributes as AWS names them, with their values as texts.
    pub attributes: Fact<OpenMap<String>>,
    /// The attributes `access_logs.s3.…`; null for gateway load balancers, which have none.
    pub access_logs: Fact<Option<AccessLogs>>,
    /// Listeners, by port.
    pub listeners: Fact<Vec<Listener>>,
}

/// Where access logs go.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AccessLogs {
    /// `access_logs.s3.enabled`.
    pub enabled: bool,
    /// `access_logs.s3.bucket`; null where none is named.
    pub bucket: Option<String>,
    /// `access_logs.s3.prefix`; null where none is named.
    pub prefix: Option<String>,
}

/// A listener.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Listener {
    /// `Port`; null for gateway load balancers.
    pub port: Option<i64>,
    /// `Protocol`: `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, …; null for gateway load balancers.
    pub protocol: Option<String>,
    /// `SslPolicy`; null without TLS.
    pub ssl_policy: Option<String>,
}
