//! API Gateway (REST APIs). `item` is required: AWS sends it, empty, also where there is nothing. The IAM action of every read is
//! `apigateway:GET` on the path.
//!
//! The SDK makes `false` and `0` of numbers and booleans that are missing, so each of them that a fact reads is required where AWS
//! always sends it. Values of API keys are never asked for, and removed if they came all the same; values of stage variables and of an
//! integration's request parameters are removed as a whole: both are where people put passwords and keys. Page tokens (`position`)
//! stay as they are.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[
    &GET_REST_APIS,
    &GET_RESOURCES,
    &GET_STAGES,
    &GET_DEPLOYMENT,
    &GET_AUTHORIZERS,
    &GET_REQUEST_VALIDATORS,
    &GET_GATEWAY_RESPONSES,
    &GET_API_KEYS,
    &GET_USAGE_PLANS,
    &GET_USAGE_PLAN_KEYS,
    &GET_DOMAIN_NAMES,
    &GET_CLIENT_CERTIFICATES,
    &GET_VPC_LINKS,
    &GET_ACCOUNT,
];

/// `GetRestApis`.
pub static GET_REST_APIS: Operation = Operation {
    service: "API Gateway",
    name: "GetRestApis",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/restapis"],
    root: "",
    required: &[
        "item[].id:text",
        "item[].name:text",
        "item[].createdDate:date",
        "item[].endpointConfiguration.types:list",
        "item[].disableExecuteApiEndpoint:bool",
    ],
    redact: &[("item[].tags.*", Redact::Named), ("position", Redact::Keep)],
    polled: false,
    cli: "apigateway get-rest-apis",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html",
};

/// `GetResources`.
pub static GET_RESOURCES: Operation = Operation {
    service: "API Gateway",
    name: "GetResources",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/restapis/*/resources"],
    root: "",
    required: &[
        "item[].id:text",
        "item[].path:text",
        "item[].resourceMethods?.*.httpMethod:text",
        "item[].resourceMethods?.*.authorizationType:text",
        "item[].resourceMethods?.*.apiKeyRequired:bool",
        "item[].resourceMethods?.*.methodIntegration?.type:text",
        "item[].resourceMethods?.*.methodIntegration?.tlsConfig?.insecureSkipVerification:bool",
    ],
    redact: &[("item[].resourceMethods.*.methodIntegration.requestParameters.*", Redact::Value), ("position", Redact::Keep)],
    polled: false,
    cli: "apigateway get-resources",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetResources.html",
};

/// `GetStages`.
pub static GET_STAGES: Operation = Operation {
    service: "API Gateway",
    name: "GetStages",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/restapis/*/stages"],
    root: "",
    required: &[
        "item[].stageName:text",
        "item[].deploymentId:text",
        "item[].createdDate:date",
        "item[].cacheClusterEnabled:bool",
        "item[].tracingEnabled:bool",
        "item[].methodSettings?.*.metricsEnabled:bool",
        "item[].methodSettings?.*.dataTraceEnabled:bool",
        "item[].methodSettings?.*.throttlingBurstLimit:int",
        "item[].methodSettings?.*.throttlingRateLimit:number",
        "item[].methodSettings?.*.cachingEnabled:bool",
        "item[].methodSettings?.*.cacheTtlInSeconds:int",
        "item[].methodSettings?.*.cacheDataEncrypted:bool",
        "item[].methodSettings?.*.requireAuthorizationForCacheControl:bool",
        "item[].canarySettings?.deploymentId:text",
        "item[].canarySettings?.percentTraffic:number",
        "item[].canarySettings?.useStageCache:bool",
    ],
    redact: &[
        ("item[].variables.*", Redact::Value),
        ("item[].canarySettings.stageVariableOverrides.*", Redact::Value),
        ("item[].tags.*", Redact::Named),
    ],
    polled: false,
    cli: "apigateway get-stages",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetStages.html",
};

/// `GetDeployment`.
pub static GET_DEPLOYMENT: Operation = Operation {
    service: "API Gateway",
    name: "GetDeployment",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/restapis/*/deployments/*"],
    root: "",
    required: &["id:text", "apiSummary:object", "apiSummary.*.*.authorizationType:text", "apiSummary.*.*.apiKeyRequired:bool"],
    redact: &[],
    polled: false,
    cli: "apigateway get-deployment",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetDeployment.html",
};

/// `GetAuthorizers`.
pub static GET_AUTHORIZERS: Operation = Operation {
    service: "API Gateway",
    name: "GetAuthorizers",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/restapis/*/authorizers"],
    root: "",
    required: &["item[].id:text", "item[].name:text", "item[].type:text"],
    redact: &[("position", Redact::Keep)],
    polled: false,
    cli: "apigateway get-authorizers",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetAuthorizers.html",
};

/// `GetRequestValidators`.
pub static GET_REQUEST_VALIDATORS: Operation = Operation {
    service: "API Gateway",
    name: "GetRequestValidators",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/restapis/*/requestvalidators"],
    root: "",
    required: &["item[].id:text", "item[].validateRequestBody:bool", "item[].validateRequestParameters:bool"],
    redact: &[("position", Redact::Keep)],
    polled: false,
    cli: "apigateway get-request-validators",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetRequestValidators.html",
};

/// `GetGatewayResponses`.
pub static GET_GATEWAY_RESPONSES: Operation = Operation {
    service: "API Gateway",
    name: "GetGatewayResponses",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/restapis/*/gatewayresponses"],
    root: "",
    required: &["item[].responseType:text"],
    redact: &[("position", Redact::Keep)],
    polled: false,
    cli: "apigateway get-gateway-responses",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetGatewayResponses.html",
};

/// `GetApiKeys`.
pub static GET_API_KEYS: Operation = Operation {
    service: "API Gateway",
    name: "GetApiKeys",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/apikeys"],
    root: "",
    required: &["item[].id:text", "item[].enabled:bool", "item[].createdDate:date"],
    redact: &[("item[].value", Redact::Value), ("item[].tags.*", Redact::Named), ("position", Redact::Keep)],
    polled: false,
    cli: "apigateway get-api-keys",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKeys.html",
};

/// `GetUsagePlans`.
pub static GET_USAGE_PLANS: Operation = Operation {
    service: "API Gateway",
    name: "GetUsagePlans",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/usageplans"],
    root: "",
    required: &[
        "item[].id:text",
        "item[].name:text",
        "item[].throttle?.burstLimit:int",
        "item[].throttle?.rateLimit:number",
        "item[].quota?.limit:int",
    ],
    redact: &[("item[].tags.*", Redact::Named), ("position", Redact::Keep)],
    polled: false,
    cli: "apigateway get-usage-plans",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlans.html",
};

/// `GetUsagePlanKeys`.
pub static GET_USAGE_PLAN_KEYS: Operation = Operation {
    service: "API Gateway",
    name: "GetUsagePlanKeys",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/usageplans/*/keys"],
    root: "",
    required: &["item[].id:text"],
    redact: &[("item[].value", Redact::Value), ("position", Redact::Keep)],
    polled: false,
    cli: "apigateway get-usage-plan-keys",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlanKeys.html",
};

/// `GetDomainNames`.
pub static GET_DOMAIN_NAMES: Operation = Operation {
    service: "API Gateway",
    name: "GetDomainNames",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/domainnames"],
    root: "",
    required: &["item[].domainName:text", "item[].endpointConfiguration.types:list"],
    redact: &[("item[].tags.*", Redact::Named), ("position", Redact::Keep)],
    polled: false,
    cli: "apigateway get-domain-names",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetDomainNames.html",
};

/// `GetClientCertificates`.
pub static GET_CLIENT_CERTIFICATES: Operation = Operation {
    service: "API Gateway",
    name: "GetClientCertificates",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/clientcertificates"],
    root: "",
    required: &["item[].clientCertificateId:text", "item[].createdDate:date", "item[].expirationDate:date"],
    redact: &[("item[].pemEncodedCertificate", Redact::Keep), ("item[].tags.*", Redact::Named), ("position", Redact::Keep)],
    polled: false,
    cli: "apigateway get-client-certificates",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetClientCertificates.html",
};

/// `GetVpcLinks`.
pub static GET_VPC_LINKS: Operation = Operation {
    service: "API Gateway",
    name: "GetVpcLinks",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/vpclinks"],
    root: "",
    required: &["item[].id:text", "item[].name:text", "item[].targetArns:list"],
    redact: &[("item[].tags.*", Redact::Named), ("position", Redact::Keep)],
    polled: false,
    cli: "apigateway get-vpc-links",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetVpcLinks.html",
};

/// `GetAccount`.
pub static GET_ACCOUNT: Operation = Operation {
    service: "API Gateway",
    name: "GetAccount",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["apigateway:GET"],
    resources: &["arn:{partition}:apigateway:*::/account"],
    root: "",
    required: &["throttleSettings.burstLimit:int", "throttleSettings.rateLimit:number"],
    redact: &[],
    polled: false,
    cli: "apigateway get-account",
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_GetAccount.html",
};
