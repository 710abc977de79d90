//! API Gateway v2. `items` is required: an API, or account, without any sends `{"items": []}`. Members that one protocol
//! has and the other has not (CORS, selection expressions) are not required. The IAM action of every read is
//! `apigateway:GET` on the path.
//!
//! Values of stage variables and of an integration's request parameters are removed as a whole: both are where people put
//! passwords and keys.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] =
    &[&GET_APIS, &GET_ROUTES, &GET_AUTHORIZERS, &GET_INTEGRATIONS, &GET_STAGES, &GET_DOMAIN_NAMES, &GET_API_MAPPINGS];

/// `GetApis`.
pub static GET_APIS: Operation = Operation {
    service: "ApiGatewayV2",
    name: "GetApis",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/apis"],
    root: "",
    required: &[
        "items[].apiId:text",
        "items[].name:text",
        "items[].protocolType:text",
        "items[].routeSelectionExpression:text",
        "items[].createdDate:date",
    ],
    redact: &[("items[].tags.*", Redact::Named)],
    polled: false,
    cli: "apigatewayv2 get-apis",
    reference: "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html",
};

/// `GetRoutes`.
pub static GET_ROUTES: Operation = Operation {
    service: "ApiGatewayV2",
    name: "GetRoutes",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/apis/*/routes"],
    root: "",
    required: &["items[].routeId:text", "items[].routeKey:text", "items[].authorizationType:text"],
    redact: &[],
    polled: false,
    cli: "apigatewayv2 get-routes",
    reference: "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html",
};

/// `GetAuthorizers`.
pub static GET_AUTHORIZERS: Operation = Operation {
    service: "ApiGatewayV2",
    name: "GetAuthorizers",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/apis/*/authorizers"],
    root: "",
    required: &["items[].authorizerId:text", "items[].name:text", "items[].authorizerType:text"],
    redact: &[],
    polled: false,
    cli: "apigatewayv2 get-authorizers",
    reference: "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html",
};

/// `GetIntegrations`.
pub static GET_INTEGRATIONS: Operation = Operation {
    service: "ApiGatewayV2",
    name: "GetIntegrations",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/apis/*/integrations"],
    root: "",
    required: &["items[].integrationId:text", "items[].integrationType:text"],
    redact: &[("items[].requestParameters.*", Redact::Value)],
    polled: false,
    cli: "apigatewayv2 get-integrations",
    reference: "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html",
};

/// `GetStages`.
pub static GET_STAGES: Operation = Operation {
    service: "ApiGatewayV2",
    name: "GetStages",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/apis/*/stages"],
    root: "",
    required: &["items[].stageName:text", "items[].createdDate:date"],
    redact: &[("items[].stageVariables.*", Redact::Value), ("items[].tags.*", Redact::Named)],
    polled: false,
    cli: "apigatewayv2 get-stages",
    reference: "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html",
};

/// `GetDomainNames`.
pub static GET_DOMAIN_NAMES: Operation = Operation {
    service: "ApiGatewayV2",
    name: "GetDomainNames",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/domainnames"],
    root: "",
    required: &["items[].domainName:text", "items[].domainNameConfigurations:list"],
    redact: &[("items[].tags.*", Redact::Named)],
    polled: false,
    cli: "apigatewayv2 get-domain-names",
    reference: "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames.html",
};

/// `GetApiMappings`.
pub static GET_API_MAPPINGS: Operation = Operation {
    service: "ApiGatewayV2",
    name: "GetApiMappings",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/domainnames/*/apimappings"],
    root: "",
    required: &["items[].apiId:text", "items[].stage:text"],
    redact: &[],
    polled: false,
    cli: "apigatewayv2 get-api-mappings",
    reference: "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames-domainname-apimappings.html",
};
