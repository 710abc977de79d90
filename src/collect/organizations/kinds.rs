//! Organizations' kinds: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::collect::{apigateway, apigatewayv2, ec2, lambda, rds, s3};
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "Organizations";

/// What an account knows of its organization.
pub const MEMBERSHIP: &str = "AWS::Organizations::Membership";
/// Units of the tree.
pub const UNIT: &str = "AWS::Organizations::OrganizationalUnit";
/// Accounts of the organization.
pub const ACCOUNT: &str = "AWS::Organizations::Account";
/// Service and resource control policies.
pub const POLICY: &str = "AWS::Organizations::Policy";
/// What the management account carries.
pub const MANAGEMENT_ACCOUNT: &str = "AWS::Organizations::ManagementAccount";

/// The kinds that the organization tells; [`MANAGEMENT_ACCOUNT`] is composed of what others find.
pub const TOLD: &[&str] = &[MEMBERSHIP, UNIT, ACCOUNT, POLICY];

type Operation = (&'static str, &'static str);
const DESCRIBE: Operation = (SERVICE, "DescribeOrganization");
const ROOTS: Operation = (SERVICE, "ListRoots");
const UNITS: Operation = (SERVICE, "ListOrganizationalUnitsForParent");
const ACCOUNTS: Operation = (SERVICE, "ListAccountsForParent");
const POLICIES: Operation = (SERVICE, "ListPolicies");
const TARGETS: Operation = (SERVICE, "ListTargetsForPolicy");
const TRUSTED: Operation = (SERVICE, "ListAWSServiceAccessForOrganization");
const ADMINISTRATORS: Operation = (SERVICE, "ListDelegatedAdministrators");
const SERVICES: Operation = (SERVICE, "ListDelegatedServicesForAccount");

/// All kinds of Organizations.
pub const KINDS: &[Kind] = &[
    Kind {
        name: MEMBERSHIP,
        scope: KindScope::Global,
        singleton: true,
        id_grammar: "arn:{partition}:organizations::{account}:membership",
        schema: schema_of::<facts::Membership>,
        groups: &[
            FactGroup { facts: &[], operations: &[DESCRIBE] },
            FactGroup { facts: &["enabled_policy_types"], operations: &[DESCRIBE, ROOTS] },
            FactGroup { facts: &["guardrail_types"], operations: &[DESCRIBE, ROOTS, UNITS, ACCOUNTS, POLICIES, TARGETS] },
            FactGroup { facts: &["resource_policy"], operations: &[DESCRIBE, (SERVICE, "DescribeResourcePolicy")] },
            FactGroup { facts: &["trusted_services"], operations: &[DESCRIBE, TRUSTED] },
            FactGroup { facts: &["delegated_administrators"], operations: &[DESCRIBE, ADMINISTRATORS, SERVICES] },
            FactGroup { facts: &["services_without_delegate"], operations: &[DESCRIBE, TRUSTED, ADMINISTRATORS, SERVICES] },
        ],
    },
    Kind {
        name: UNIT,
        scope: KindScope::Global,
        singleton: false,
        id_grammar: "arn:{partition}:organizations::{management account}:ou/{organization id}/{unit id}",
        schema: schema_of::<facts::OrganizationalUnit>,
        groups: &[
            FactGroup { facts: &[], operations: &[DESCRIBE, ROOTS, UNITS] },
            FactGroup { facts: &["account_count"], operations: &[ACCOUNTS] },
        ],
    },
    Kind {
        name: ACCOUNT,
        scope: KindScope::Global,
        singleton: false,
        id_grammar: "arn:{partition}:organizations::{management account}:account/{organization id}/{account}",
        schema: schema_of::<facts::Account>,
        groups: &[FactGroup { facts: &[], operations: &[DESCRIBE, ROOTS, UNITS, ACCOUNTS] }],
    },
    Kind {
        name: POLICY,
        scope: KindScope::Global,
        singleton: false,
        id_grammar: "arn:{partition}:organizations::{management account}:policy/{organization id}/{type}/{policy id}",
        schema: schema_of::<facts::Policy>,
        groups: &[
            FactGroup { facts: &[], operations: &[DESCRIBE, POLICIES] },
            FactGroup { facts: &["targets"], operations: &[TARGETS] },
            FactGroup { facts: &["statements", "denying_statements"], operations: &[(SERVICE, "DescribePolicy")] },
        ],
    },
    Kind {
        name: MANAGEMENT_ACCOUNT,
        scope: KindScope::Global,
        singleton: false,
        id_grammar: "arn:{partition}:organizations::{management account}:management-account",
        schema: schema_of::<facts::ManagementAccount>,
        groups: &[
            FactGroup { facts: &[], operations: &[DESCRIBE] },
            FactGroup { facts: &["ec2_instances"], operations: &[DESCRIBE, (ec2::kinds::SERVICE, "DescribeInstances")] },
            FactGroup { facts: &["lambda_functions"], operations: &[DESCRIBE, (lambda::kinds::SERVICE, "ListFunctions")] },
            FactGroup { facts: &["rest_apis"], operations: &[DESCRIBE, (apigateway::kinds::SERVICE, "GetRestApis")] },
            FactGroup { facts: &["http_and_websocket_apis"], operations: &[DESCRIBE, (apigatewayv2::kinds::SERVICE, "GetApis")] },
            FactGroup { facts: &["db_instances"], operations: &[DESCRIBE, (rds::kinds::SERVICE, "DescribeDBInstances")] },
            FactGroup { facts: &["db_clusters"], operations: &[DESCRIBE, (rds::kinds::SERVICE, "DescribeDBClusters")] },
            FactGroup { facts: &["s3_buckets"], operations: &[DESCRIBE, (s3::kinds::SERVICE, "ListBuckets")] },
        ],
    },
];
