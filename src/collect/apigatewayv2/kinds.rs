//! API Gateway v2's kinds: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "ApiGatewayV2";

/// HTTP and WebSocket APIs.
pub const API: &str = "AWS::ApiGatewayV2::Api";
/// Routes.
pub const ROUTE: &str = "AWS::ApiGatewayV2::Route";
/// Authorizers.
pub const AUTHORIZER: &str = "AWS::ApiGatewayV2::Authorizer";
/// Integrations.
pub const INTEGRATION: &str = "AWS::ApiGatewayV2::Integration";
/// Stages.
pub const STAGE: &str = "AWS::ApiGatewayV2::Stage";
/// Custom domain names.
pub const DOMAIN_NAME: &str = "AWS::ApiGatewayV2::DomainName";

const fn listing(operations: &'static [(&'static str, &'static str)]) -> FactGroup {
    FactGroup { facts: &[], operations }
}

const fn kind(name: &'static str, id_grammar: &'static str, schema: fn() -> schemars::Schema, groups: &'static [FactGroup]) -> Kind {
    Kind { name, scope: KindScope::Regional, singleton: false, id_grammar, schema, groups }
}

/// All kinds of API Gateway v2.
pub const KINDS: &[Kind] = &[
    kind(
        API,
        "arn:{partition}:apigateway:{region}::/apis/{api id}",
        schema_of::<facts::Api>,
        &[
            listing(&[(SERVICE, "GetApis")]),
            FactGroup { facts: &["custom_domains"], operations: &[(SERVICE, "GetDomainNames"), (SERVICE, "GetApiMappings")] },
            FactGroup { facts: &["route_keys"], operations: &[(SERVICE, "GetRoutes")] },
        ],
    ),
    kind(
        ROUTE,
        "arn:{partition}:apigateway:{region}::/apis/{api id}/routes/{route id}",
        schema_of::<facts::Route>,
        &[listing(&[(SERVICE, "GetApis"), (SERVICE, "GetRoutes")])],
    ),
    kind(
        AUTHORIZER,
        "arn:{partition}:apigateway:{region}::/apis/{api id}/authorizers/{authorizer id}",
        schema_of::<facts::Authorizer>,
        &[
            listing(&[(SERVICE, "GetApis"), (SERVICE, "GetAuthorizers")]),
            FactGroup { facts: &["used_by_routes"], operations: &[(SERVICE, "GetRoutes")] },
        ],
    ),
    kind(
        INTEGRATION,
        "arn:{partition}:apigateway:{region}::/apis/{api id}/integrations/{integration id}",
        schema_of::<facts::Integration>,
        &[listing(&[(SERVICE, "GetApis"), (SERVICE, "GetIntegrations")])],
    ),
    kind(
        STAGE,
        "arn:{partition}:apigateway:{region}::/apis/{api id}/stages/{stage name}",
        schema_of::<facts::Stage>,
        &[
            listing(&[(SERVICE, "GetApis"), (SERVICE, "GetStages")]),
            FactGroup { facts: &["client_error_alarms", "server_error_alarms"], operations: &[("CloudWatch", "DescribeAlarms")] },
        ],
    ),
    kind(
        DOMAIN_NAME,
        "arn:{partition}:apigateway:{region}::/domainnames/{domain name}",
        schema_of::<facts::DomainName>,
        &[
            listing(&[(SERVICE, "GetDomainNames")]),
            FactGroup { facts: &["api_mappings"], operations: &[(SERVICE, "GetApiMappings")] },
            FactGroup { facts: &["mapped_apis_with_default_endpoint"], operations: &[(SERVICE, "GetApiMappings"), (SERVICE, "GetApis")] },
        ],
    ),
];
