//! Facts of Organizations' kinds. Member names are its API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant};

/// The organization's resource policy, by which the management account delegates.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct ResourcePolicy {
    /// `ResourcePolicySummary.Id`.
    pub id: Fact<String>,
    /// Accounts beside the management account that the policy lets create, change, delete, attach or detach policies, sorted; `*` for
    /// everybody.
    pub policy_administrators: Fact<Vec<String>>,
    /// Number of statements.
    pub statements: Fact<i64>,
}

/// An account that administers services for the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DelegatedAdministrator {
    /// `Id`.
    pub account_id: String,
    /// `ServicePrincipal` of each service it administers, sorted.
    pub services: Vec<String>,
}

/// `AWS::Organizations::Membership`: what an account knows of the organization it belongs to. Each account has one, also outside of
/// an organization.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Membership {
    /// The account belongs to an organization.
    pub in_organization: Fact<bool>,
    /// `Id`; null outside of an organization.
    pub organization_id: Fact<Option<String>>,
    /// `FeatureSet`: `ALL` or `CONSOLIDATED_BILLING`; null outside of an organization.
    pub feature_set: Fact<Option<String>>,
    /// `MasterAccountId`; null outside of an organization.
    pub management_account_id: Fact<Option<String>>,
    /// The account is the organization's management account.
    pub is_management_account: Fact<bool>,
    /// What this account can tell counts for the organization: it is the management account, or the management account is not part
    /// of the run, so that a delegated administrator may tell instead.
    pub speaks_for_organization: Fact<bool>,
    /// Types of policies that are `ENABLED` at every root, sorted; null outside of an organization.
    pub enabled_policy_types: Fact<Option<Vec<String>>>,
    /// Of the service and resource control policies: the types of which the organization's own policies bind every account outside
    /// of the management account, because one is attached at the root or at each unit directly below it; null outside of an
    /// organization. An account directly under the root keeps a type from the list unless a policy is attached at the root.
    pub guardrail_types: Fact<Option<Vec<String>>>,
    /// The resource policy; null where there is none and outside of an organization.
    pub resource_policy: Fact<Option<ResourcePolicy>>,
    /// `ServicePrincipal` of each service with trusted access, sorted; null outside of an organization.
    pub trusted_services: Fact<Option<Vec<String>>>,
    /// Accounts that administer services, ordered by account; null outside of an organization.
    pub delegated_administrators: Fact<Option<Vec<DelegatedAdministrator>>>,
    /// Those trusted services that AWS documents to support a delegated administrator and that have none beside the management
    /// account, sorted; null outside of an organization.
    pub services_without_delegate: Fact<Option<Vec<String>>>,
}

/// `AWS::Organizations::OrganizationalUnit`: a unit of the organization's tree.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OrganizationalUnit {
    /// `Id`.
    pub unit_id: Fact<String>,
    /// `Arn`.
    pub arn: Fact<String>,
    /// `Name`.
    pub name: Fact<String>,
    /// Id of the unit or root above it.
    pub parent_id: Fact<String>,
    /// Names from the root down, joined by ` / `.
    pub path: Fact<String>,
    /// Number of accounts directly in the unit.
    pub account_count: Fact<i64>,
}

/// `AWS::Organizations::Account`: an account of the organization.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Account {
    /// `Id`.
    pub account_id: Fact<String>,
    /// `Arn`.
    pub arn: Fact<String>,
    /// `Name`.
    pub name: Fact<String>,
    /// `State`, or `Status` where AWS gives no state: `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`; null where neither is given.
    pub state: Fact<Option<String>>,
    /// `JoinedMethod`: `INVITED` or `CREATED`; null where not given.
    pub joined_method: Fact<Option<String>>,
    /// `JoinedTimestamp`; null where not given.
    pub joined_timestamp: Fact<Option<Instant>>,
    /// Id of the unit or root that the account is in.
    pub parent_id: Fact<String>,
    /// The account lies directly under a root.
    pub under_root: Fact<bool>,
    /// Names of root and units down to the account's own unit, joined by ` / `.
    pub path: Fact<String>,
    /// The account is the organization's management account.
    pub is_management_account: Fact<bool>,
}

/// What a policy is attached to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Target {
    /// `TargetId`.
    pub target_id: String,
    /// `Name`.
    pub name: String,
    /// `Type`: `ROOT`, `ORGANIZATIONAL_UNIT`, `ACCOUNT`.
    pub r#type: String,
}

/// `AWS::Organizations::Policy`: a service or resource control policy.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Policy {
    /// `Id`.
    pub policy_id: Fact<String>,
    /// `Arn`.
    pub arn: Fact<String>,
    /// `Name`.
    pub name: Fact<String>,
    /// `Type`: `SERVICE_CONTROL_POLICY`, `RESOURCE_CONTROL_POLICY`.
    pub r#type: Fact<String>,
    /// `AwsManaged`: AWS's own, which allows everything.
    pub aws_managed: Fact<bool>,
    /// What the policy is attached to, ordered by id; null for AWS's own, of which it is not asked.
    pub targets: Fact<Option<Vec<Target>>>,
    /// Number of statements of its document.
    pub statements: Fact<i64>,
    /// Statements of its document that deny, by `Sid` or number.
    pub denying_statements: Fact<Vec<String>>,
}

/// What one Region holds of a sort of workload.
#[derive(Debug, Serialize, JsonSchema)]
pub struct InRegion {
    /// The Region; `unknown` where further ones may be enabled.
    pub region: String,
    /// ARNs, sorted.
    pub ids: Fact<Vec<String>>,
}

/// A sort of workload that is listed Region by Region.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Workloads {
    /// ARNs in all Regions, sorted; absent where any Region could not be read, or was left out of the run.
    pub ids: Fact<Vec<String>>,
    /// Every enabled Region, those that were left out of the run too, ordered by name.
    pub regions: Vec<InRegion>,
}

/// `AWS::Organizations::ManagementAccount`: what the organization's management account carries. Only that account has it, where it is
/// part of the run.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ManagementAccount {
    /// `MasterAccountId`.
    pub account_id: Fact<String>,
    /// `Id` of the organization.
    pub organization_id: Fact<String>,
    /// EC2 instances that are not terminated, stopped ones too.
    pub ec2_instances: Fact<Workloads>,
    /// Lambda functions.
    pub lambda_functions: Fact<Workloads>,
    /// REST APIs of API Gateway, deployed or not.
    pub rest_apis: Fact<Workloads>,
    /// HTTP and WebSocket APIs of API Gateway.
    pub http_and_websocket_apis: Fact<Workloads>,
    /// DB instances, those of clusters too.
    pub db_instances: Fact<Workloads>,
    /// DB clusters.
    pub db_clusters: Fact<Workloads>,
    /// ARNs of the buckets in all Regions, also in those that were left out of the run, sorted.
    pub s3_buckets: Fact<Vec<String>>,
}
