//! Cognito's kinds: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::collect::wafv2;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id of user pools.
pub const SERVICE: &str = "Cognito Identity Provider";
/// SDK service id of identity pools.
pub const IDENTITY: &str = "Cognito Identity";

/// User pools.
pub const USER_POOL: &str = "AWS::Cognito::UserPool";
/// App clients of user pools.
pub const CLIENT: &str = "AWS::Cognito::UserPoolClient";
/// Identity pools.
pub const IDENTITY_POOL: &str = "AWS::Cognito::IdentityPool";

const LIST: (&str, &str) = (SERVICE, "ListUserPools");
const DESCRIBE: (&str, &str) = (SERVICE, "DescribeUserPool");

/// All kinds of Cognito.
pub const KINDS: &[Kind] = &[
    Kind {
        name: USER_POOL,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:cognito-idp:{region}:{account}:userpool/{pool id}",
        schema: schema_of::<facts::UserPool>,
        groups: &[
            FactGroup { facts: &[], operations: &[LIST] },
            FactGroup {
                facts: &[
                    "creation_date",
                    "user_pool_tier",
                    "deletion_protection",
                    "password_policy",
                    "advanced_security_mode",
                    "allow_admin_create_user_only",
                    "allowed_first_auth_factors",
                    "tags",
                ],
                operations: &[DESCRIBE],
            },
            FactGroup {
                facts: &["mfa_configuration", "software_token_mfa_enabled", "sms_mfa_configured", "email_mfa_configured"],
                operations: &[(SERVICE, "GetUserPoolMfaConfig")],
            },
            FactGroup { facts: &["risk_configuration"], operations: &[DESCRIBE, (SERVICE, "DescribeRiskConfiguration")] },
            FactGroup { facts: &["web_acl_arn"], operations: &[wafv2::listing::LIST_WEB_ACLS, wafv2::listing::LIST_RESOURCES_FOR_WEB_ACL] },
        ],
    },
    Kind {
        name: CLIENT,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:cognito-idp:{region}:{account}:userpool/{pool id}/client/{client id}",
        schema: schema_of::<facts::UserPoolClient>,
        groups: &[
            FactGroup { facts: &[], operations: &[LIST, (SERVICE, "ListUserPoolClients")] },
            FactGroup {
                facts: &[
                    "creation_date",
                    "has_secret",
                    "access_token_seconds",
                    "id_token_seconds",
                    "refresh_token_seconds",
                    "enable_token_revocation",
                    "prevent_user_existence_errors",
                    "explicit_auth_flows",
                    "supported_identity_providers",
                    "allowed_o_auth_flows_user_pool_client",
                    "allowed_o_auth_flows",
                    "allowed_o_auth_scopes",
                    "callback_urls",
                    "plain_http_callback_urls",
                ],
                operations: &[(SERVICE, "DescribeUserPoolClient")],
            },
        ],
    },
    Kind {
        name: IDENTITY_POOL,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:cognito-identity:{region}:{account}:identitypool/{pool id}",
        schema: schema_of::<facts::IdentityPool>,
        groups: &[
            FactGroup { facts: &[], operations: &[(IDENTITY, "ListIdentityPools")] },
            FactGroup {
                facts: &["allow_unauthenticated_identities", "allow_classic_flow", "tags"],
                operations: &[(IDENTITY, "DescribeIdentityPool")],
            },
        ],
    },
];
