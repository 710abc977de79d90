//! API Gateway's kinds (REST APIs): ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::apigatewayv2::kinds::SERVICE as V2;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "API Gateway";

/// REST APIs.
pub const REST_API: &str = "AWS::ApiGateway::RestApi";
/// Methods as edited now.
pub const METHOD: &str = "AWS::ApiGateway::Method";
/// Methods as deployed. CloudFormation has no such type.
pub const DEPLOYED_METHOD: &str = "AWS::ApiGateway::DeployedMethod";
/// Stages.
pub const STAGE: &str = "AWS::ApiGateway::Stage";
/// Authorizers.
pub const AUTHORIZER: &str = "AWS::ApiGateway::Authorizer";
/// API keys.
pub const API_KEY: &str = "AWS::ApiGateway::ApiKey";
/// Usage plans.
pub const USAGE_PLAN: &str = "AWS::ApiGateway::UsagePlan";
/// Custom domain names.
pub const DOMAIN_NAME: &str = "AWS::ApiGateway::DomainName";
/// Client certificates.
pub const CLIENT_CERTIFICATE: &str = "AWS::ApiGateway::ClientCertificate";
/// VPC links.
pub const VPC_LINK: &str = "AWS::ApiGateway::VpcLink";
/// Settings of the account in a Region.
pub const ACCOUNT: &str = "AWS::ApiGateway::Account";

type Operations = &'static [(&'static str, &'static str)];

const fn listing(operations: Operations) -> FactGroup {
    FactGroup { facts: &[], operations }
}

const fn more(facts: &'static [&'static str], operations: Operations) -> FactGroup {
    FactGroup { facts, operations }
}

const fn kind(name: &'static str, id_grammar: &'static str, schema: fn() -> schemars::Schema, groups: &'static [FactGroup]) -> Kind {
    Kind { name, scope: KindScope::Regional, singleton: false, id_grammar, schema, groups }
}

/// All kinds of API Gateway.
pub const KINDS: &[Kind] = &[
    kind(
        REST_API,
        "arn:{partition}:apigateway:{region}::/restapis/{api id}",
        schema_of::<facts::RestApi>,
        &[
            listing(&[(SERVICE, "GetRestApis")]),
            more(&["stage_names"], &[(SERVICE, "GetStages")]),
            more(&["custom_domains"], &[(V2, "GetDomainNames"), (V2, "GetApiMappings")]),
            more(&["gateway_response_allow_origins"], &[(SERVICE, "GetGatewayResponses")]),
        ],
    ),
    kind(
        METHOD,
        "arn:{partition}:apigateway:{region}::/restapis/{api id}/resources/{resource id}/methods/{verb}",
        schema_of::<facts::Method>,
        &[
            listing(&[(SERVICE, "GetRestApis"), (SERVICE, "GetResources")]),
            more(&["authorizer"], &[(SERVICE, "GetAuthorizers")]),
            more(&["request_validator"], &[(SERVICE, "GetRequestValidators")]),
            more(&["stage_names"], &[(SERVICE, "GetStages")]),
        ],
    ),
    kind(
        DEPLOYED_METHOD,
        "arn:{partition}:apigateway:{region}::/restapis/{api id}/stages/{stage name}/methods/{verb}{path}; of a canary, \
         `/canary` stands before `/methods`",
        schema_of::<facts::DeployedMethod>,
        &[
            listing(&[(SERVICE, "GetRestApis"), (SERVICE, "GetStages"), (SERVICE, "GetDeployment")]),
            more(&["draft", "draft_drift", "mock_preflight"], &[(SERVICE, "GetResources")]),
        ],
    ),
    kind(
        STAGE,
        "arn:{partition}:apigateway:{region}::/restapis/{api id}/stages/{stage name}",
        schema_of::<facts::Stage>,
        &[
            listing(&[(SERVICE, "GetRestApis"), (SERVICE, "GetStages")]),
            more(&["draft_http_integrations"], &[(SERVICE, "GetResources")]),
            more(&["account_throttle_settings", "account_cloudwatch_role_arn"], &[(SERVICE, "GetAccount")]),
            more(&["client_error_alarms", "server_error_alarms"], &[("CloudWatch", "DescribeAlarms")]),
        ],
    ),
    kind(
        AUTHORIZER,
        "arn:{partition}:apigateway:{region}::/restapis/{api id}/authorizers/{authorizer id}",
        schema_of::<facts::Authorizer>,
        &[listing(&[(SERVICE, "GetRestApis"), (SERVICE, "GetAuthorizers")]), more(&["used_by_methods"], &[(SERVICE, "GetResources")])],
    ),
    kind(
        API_KEY,
        "arn:{partition}:apigateway:{region}::/apikeys/{key id}",
        schema_of::<facts::ApiKey>,
        &[listing(&[(SERVICE, "GetApiKeys")]), more(&["usage_plans"], &[(SERVICE, "GetUsagePlans"), (SERVICE, "GetUsagePlanKeys")])],
    ),
    kind(
        USAGE_PLAN,
        "arn:{partition}:apigateway:{region}::/usageplans/{plan id}",
        schema_of::<facts::UsagePlan>,
        &[listing(&[(SERVICE, "GetUsagePlans")]), more(&["key_ids"], &[(SERVICE, "GetUsagePlanKeys")])],
    ),
    kind(
        DOMAIN_NAME,
        "arn:{partition}:apigateway:{region}::/domainnames/{domain name}; of a private name, \
         arn:{partition}:apigateway:{region}:{account}:/domainnames/{domain name}+{domain name id}",
        schema_of::<facts::DomainName>,
        &[
            listing(&[(SERVICE, "GetDomainNames")]),
            more(&["api_mappings"], &[(V2, "GetApiMappings")]),
            more(&["mapped_apis_with_default_endpoint"], &[(V2, "GetApiMappings"), (V2, "GetApis"), (SERVICE, "GetRestApis")]),
        ],
    ),
    kind(
        CLIENT_CERTIFICATE,
        "arn:{partition}:apigateway:{region}::/clientcertificates/{certificate id}",
        schema_of::<facts::ClientCertificate>,
        &[listing(&[(SERVICE, "GetClientCertificates")]), more(&["used_by_stages"], &[(SERVICE, "GetRestApis"), (SERVICE, "GetStages")])],
    ),
    kind(
        VPC_LINK,
        "arn:{partition}:apigateway:{region}::/vpclinks/{link id}",
        schema_of::<facts::VpcLink>,
        &[listing(&[(SERVICE, "GetVpcLinks")])],
    ),
    Kind {
        name: ACCOUNT,
        scope: KindScope::Regional,
        singleton: true,
        id_grammar: "arn:{partition}:apigateway:{region}::/account",
        schema: schema_of::<facts::Account>,
        groups: &[listing(&[(SERVICE, "GetAccount")])],
    },
];
