//! Facts of API Gateway's kinds (REST APIs). Member names are the API's in snake case; named facts say how they are computed.
//!
//! A stage serves a deployment, which is a snapshot; methods, integrations and policies can be read only as they are edited now (the
//! *draft*). Facts of [`DeployedMethod`] that come from the draft stand under `draft`, all others are as deployed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::collect::apigatewayv2::facts::{AccessLog, ApiMapping, MutualTls};
use crate::model::{Fact, Instant, OpenMap};

/// `AWS::ApiGateway::RestApi`: a REST API.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RestApi {
    /// The members that children carry as well.
    #[serde(flatten)]
    pub core: RestApiCore,
    /// `description`, null where not given.
    pub description: Fact<Option<String>>,
    /// `createdDate`.
    pub created_date: Fact<Instant>,
    /// `apiKeySource`: `HEADER` or `AUTHORIZER`.
    pub api_key_source: Fact<Option<String>>,
    /// `minimumCompressionSize`, bytes; null where answers are not compressed.
    pub minimum_compression_size: Fact<Option<i64>>,
    /// `securityPolicy` of the default endpoint; null where AWS gives none.
    pub security_policy: Fact<Option<String>>,
    /// Oldest version of TLS that the security policy agrees to, `1.0` to `1.3`, from the list that this tool carries; null where there is
    /// no policy, absent where the list does not know it.
    pub minimum_tls_version: Fact<Option<String>>,
    /// `endpointAccessMode`: `BASIC` or `STRICT`; null where AWS gives none.
    pub endpoint_access_mode: Fact<Option<String>>,
    /// What the resource policy says; null where there is none. Only the policy as edited now can be read: a stage serves the policy of
    /// its last deployment, which no operation shows.
    pub policy: Fact<Option<ResourcePolicy>>,
    /// Names of the API's stages, sorted (`GetStages`); empty where nothing is deployed.
    pub stage_names: Fact<Vec<String>>,
    /// Names of custom domains in this Region with a mapping to this API, sorted (`GetDomainNames` and `GetApiMappings` of API Gateway
    /// v2, which know the mappings of both; names of private domains are not among them).
    pub custom_domains: Fact<Vec<String>>,
    /// Values of `Access-Control-Allow-Origin` that gateway responses set (`GetGatewayResponses`), without quotes, sorted.
    pub gateway_response_allow_origins: Fact<Vec<String>>,
}

/// What every child of a REST API carries under `rest_api`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RestApiCore {
    /// `id`.
    pub id: Fact<String>,
    /// `name`.
    pub name: Fact<String>,
    /// `endpointConfiguration`.
    pub endpoint_configuration: Fact<EndpointConfiguration>,
    /// `disableExecuteApiEndpoint`.
    pub disable_execute_api_endpoint: Fact<bool>,
    /// `tags`.
    pub tags: Fact<OpenMap<String>>,
}

/// `endpointConfiguration`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EndpointConfiguration {
    /// `types`: `EDGE`, `REGIONAL`, `PRIVATE`.
    pub types: Vec<String>,
    /// `vpcEndpointIds` that private names are made for.
    pub vpc_endpoint_ids: Vec<String>,
    /// `ipAddressType`, null where not given.
    pub ip_address_type: Option<String>,
}

/// What a resource policy says, by `policy`. Each fact is absent where the analyser cannot tell.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ResourcePolicy {
    /// Whether it admits everyone: some `Allow` for everybody is limited by no condition on network, account, organization or source
    /// and taken back by no `Deny`.
    pub public: Fact<bool>,
    /// Accounts outside the API's own that it admits, sorted.
    pub external_accounts: Fact<Vec<String>>,
    /// Networks that callers must come from; null where they may come from anywhere.
    pub networks: Fact<Option<PolicyNetworks>>,
}

/// The networks that a resource policy keeps its callers to; any one of them suffices.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PolicyNetworks {
    /// CIDR blocks of `aws:SourceIp`, sorted.
    pub cidrs: Vec<String>,
    /// VPC ids of `aws:SourceVpc`, sorted.
    pub vpcs: Vec<String>,
    /// VPC endpoint ids of `aws:SourceVpce`, sorted.
    pub vpc_endpoints: Vec<String>,
}

/// `AWS::ApiGateway::Method`: a method of a REST API as edited now. Nobody can call it before it is deployed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Method {
    /// The API.
    pub rest_api: RestApiCore,
    /// Id of the resource that it belongs to.
    pub resource_id: Fact<String>,
    /// `path` of the resource: `/orders/{id}`.
    pub path: Fact<String>,
    /// `httpMethod`: `GET`, `ANY`.
    pub http_method: Fact<String>,
    /// `authorizationType`: `NONE`, `AWS_IAM`, `CUSTOM`, `COGNITO_USER_POOLS`.
    pub authorization_type: Fact<String>,
    /// `apiKeyRequired`.
    pub api_key_required: Fact<bool>,
    /// `authorizerId`, null where none (always so for `AWS_IAM`).
    pub authorizer_id: Fact<Option<String>>,
    /// The authorizer of that id (`GetAuthorizers`); null where the method names none, or one that the API does not have.
    pub authorizer: Fact<Option<NamedAuthorizer>>,
    /// `authorizationScopes`.
    pub authorization_scopes: Fact<Vec<String>>,
    /// `requestValidatorId`, null where none.
    pub request_validator_id: Fact<Option<String>>,
    /// The validator of that id (`GetRequestValidators`); null where the method names none, or one that the API does not have.
    pub request_validator: Fact<Option<RequestValidator>>,
    /// `requestModels` by content type.
    pub request_models: Fact<OpenMap<String>>,
    /// Names in `requestParameters` that are required, sorted: `method.request.querystring.page`.
    pub required_request_parameters: Fact<Vec<String>>,
    /// `methodIntegration`, null where there is none yet.
    pub method_integration: Fact<Option<Integration>>,
    /// Values of `Access-Control-Allow-Origin` that the integration's responses set themselves, without quotes, sorted. An integration
    /// that hands the backend's answer through sets none here.
    pub allow_origins: Fact<Vec<String>>,
    /// Names of the API's stages, sorted (`GetStages`): where it is empty, nothing of the API can be called.
    pub stage_names: Fact<Vec<String>>,
}

/// An authorizer as a method shows it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NamedAuthorizer {
    /// `name`.
    pub name: String,
    /// `type`: `TOKEN`, `REQUEST`, `COGNITO_USER_POOLS`.
    pub r#type: String,
}

/// A request validator.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RequestValidator {
    /// `name`, null where not given.
    pub name: Option<String>,
    /// `validateRequestBody`.
    pub validate_request_body: bool,
    /// `validateRequestParameters`.
    pub validate_request_parameters: bool,
}

/// `methodIntegration`: what a method hands requests to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Integration {
    /// `type`: `HTTP`, `HTTP_PROXY`, `AWS`, `AWS_PROXY`, `MOCK`.
    pub r#type: String,
    /// `uri`, null where none; secrets in it are redacted.
    pub uri: Option<String>,
    /// `httpMethod` towards the backend, null where none.
    pub http_method: Option<String>,
    /// `connectionType`: `INTERNET` or `VPC_LINK`; `INTERNET` where not given.
    pub connection_type: String,
    /// `connectionId` of the VPC link, null where none.
    pub connection_id: Option<String>,
    /// `credentials`: the role assumed, null where none.
    pub credentials: Option<String>,
    /// `tlsConfig.insecureSkipVerification`; false where not given.
    pub insecure_skip_verification: bool,
}

/// `AWS::ApiGateway::DeployedMethod`: a method as a stage serves it: of the stage's deployment, or of its canary's.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeployedMethod {
    /// The API.
    pub rest_api: RestApiCore,
    /// `stageName`.
    pub stage_name: Fact<String>,
    /// `deploymentId` of the stage or of its canary.
    pub deployment_id: Fact<String>,
    /// Whether it is the canary's deployment.
    pub canary: Fact<bool>,
    /// Share of the stage's requests that this deployment answers, percent.
    pub percent_traffic: Fact<f64>,
    /// The path: `/orders/{id}`.
    pub path: Fact<String>,
    /// The verb: `GET`, `ANY`.
    pub http_method: Fact<String>,
    /// `authorizationType` as deployed: `NONE`, `AWS_IAM`, `CUSTOM`, `COGNITO_USER_POOLS`.
    pub authorization_type: Fact<String>,
    /// `apiKeyRequired` as deployed.
    pub api_key_required: Fact<bool>,
    /// The same path and verb as edited now (`GetResources`); null where the draft no longer has it.
    pub draft: Fact<Option<Draft>>,
    /// In what the draft differs from what is deployed, sorted: `authorization_type: NONE deployed, AWS_IAM in the draft`. Only what a
    /// deployment shows can be compared.
    pub draft_drift: Fact<Vec<String>>,
    /// Whether it is a preflight that API Gateway answers itself: verb `OPTIONS`, and the draft has the same method with a `MOCK`
    /// integration. Absent for an `OPTIONS` whose draft is gone or could not be read: a deployment does not show integrations.
    pub mock_preflight: Fact<bool>,
    /// The stage's settings for this method: its own entry in `methodSettings`, else that of `*/*`, else AWS's defaults.
    pub method_settings: Fact<MethodSettings>,
    /// Whether the stage has an entry in `methodSettings` for this method alone.
    pub own_method_settings: Fact<bool>,
}

/// A method as edited now, beside what is deployed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Draft {
    /// `authorizationType`.
    pub authorization_type: String,
    /// `apiKeyRequired`.
    pub api_key_required: bool,
    /// `authorizerId`, null where none.
    pub authorizer_id: Option<String>,
    /// `authorizationScopes`.
    pub authorization_scopes: Vec<String>,
    /// `requestValidatorId`, null where none.
    pub request_validator_id: Option<String>,
    /// `methodIntegration`, null where there is none.
    pub method_integration: Option<Integration>,
}

/// Settings of a stage for all its methods, or for one.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MethodSettings {
    /// `metricsEnabled`.
    pub metrics_enabled: bool,
    /// `loggingLevel`: `OFF`, `ERROR`, `INFO`; null where not given, which is off.
    pub logging_level: Option<String>,
    /// `dataTraceEnabled`.
    pub data_trace_enabled: bool,
    /// `throttlingBurstLimit`, requests; null where no entry sets it, so that only the account's limit applies.
    pub throttling_burst_limit: Option<i64>,
    /// `throttlingRateLimit`, requests a second; null where no entry sets it, so that only the account's limit applies.
    pub throttling_rate_limit: Option<f64>,
    /// `cachingEnabled`; answers are cached only where the stage has a cache cluster.
    pub caching_enabled: bool,
    /// `cacheTtlInSeconds`; null where no entry sets it.
    pub cache_ttl_in_seconds: Option<i64>,
    /// `cacheDataEncrypted`.
    pub cache_data_encrypted: bool,
    /// `requireAuthorizationForCacheControl`.
    pub require_authorization_for_cache_control: bool,
    /// `unauthorizedCacheControlHeaderStrategy`: `FAIL_WITH_403`, `SUCCEED_WITH_RESPONSE_HEADER`, `SUCCEED_WITHOUT_RESPONSE_HEADER`;
    /// null where no entry sets it.
    pub unauthorized_cache_control_header_strategy: Option<String>,
}

/// An entry of `methodSettings` for one method, as a list so that each can be judged.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MethodOverride {
    /// Its key with `~1` read as `/`: `/orders/{id}/GET`.
    pub method_path: String,
    /// The settings.
    #[serde(flatten)]
    pub settings: MethodSettings,
}

/// `AWS::ApiGateway::Stage`: a stage of a REST API.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Stage {
    /// The API.
    pub rest_api: RestApiCore,
    /// Names of the alarms with an action that watch the errors of clients (`4XXError`) of this stage or of its whole API.
    pub client_error_alarms: Fact<Vec<String>>,
    /// Names of the alarms with an action that watch the errors of the server (`5XXError`) of this stage or of its whole API.
    pub server_error_alarms: Fact<Vec<String>>,
    /// `stageName`.
    pub stage_name: Fact<String>,
    /// `deploymentId`.
    pub deployment_id: Fact<String>,
    /// `canarySettings`, null where the stage has no canary.
    pub canary_settings: Fact<Option<Canary>>,
    /// `accessLogSettings`, null where access logs are off.
    pub access_log_settings: Fact<Option<AccessLog>>,
    /// `methodSettings` of `*/*`; AWS's defaults where not given.
    pub default_method_settings: Fact<MethodSettings>,
    /// `methodSettings` of all other keys, sorted.
    pub method_settings: Fact<Vec<MethodOverride>>,
    /// `tracingEnabled`.
    pub tracing_enabled: Fact<bool>,
    /// `webAclArn`, null where none.
    pub web_acl_arn: Fact<Option<String>>,
    /// `clientCertificateId`, null where none.
    pub client_certificate_id: Fact<Option<String>>,
    /// `cacheClusterEnabled`.
    pub cache_cluster_enabled: Fact<bool>,
    /// `cacheClusterStatus`, null where not given.
    pub cache_cluster_status: Fact<Option<String>>,
    /// Names of stage variables, also of those that the canary sets, sorted. Values are redacted before anything reads them.
    pub variable_names: Fact<Vec<String>>,
    /// Names of stage variables whose name or redacted value matched a secret pattern, sorted.
    pub secret_variables: Fact<Vec<String>>,
    /// Methods of the draft with an `HTTP` or `HTTP_PROXY` integration (`GetResources`), sorted: `GET /orders`. A deployment does not show
    /// integrations.
    pub draft_http_integrations: Fact<Vec<String>>,
    /// `throttleSettings` of the account in this Region (`GetAccount`).
    pub account_throttle_settings: Fact<Throttle>,
    /// `cloudwatchRoleArn` of the account in this Region (`GetAccount`): the role that writes the logs of all its stages; null where
    /// none is set.
    pub account_cloudwatch_role_arn: Fact<Option<String>>,
    /// `createdDate`.
    pub created_date: Fact<Instant>,
    /// `lastUpdatedDate`.
    pub last_updated_date: Fact<Option<Instant>>,
    /// `tags`.
    pub tags: Fact<OpenMap<String>>,
}

/// `canarySettings`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Canary {
    /// `deploymentId`.
    pub deployment_id: String,
    /// `percentTraffic`, percent of the stage's requests.
    pub percent_traffic: f64,
    /// `useStageCache`.
    pub use_stage_cache: bool,
}

/// `AWS::ApiGateway::Authorizer`: an authorizer of a REST API, whether or not a method uses it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Authorizer {
    /// The API.
    pub rest_api: RestApiCore,
    /// `id`.
    pub id: Fact<String>,
    /// `name`.
    pub name: Fact<String>,
    /// `type`: `TOKEN`, `REQUEST`, `COGNITO_USER_POOLS`, `JWT`.
    pub r#type: Fact<String>,
    /// `providerARNs` of user pools; empty for other types.
    pub provider_arns: Fact<Vec<String>>,
    /// `authorizerUri` of the function, null for other types.
    pub authorizer_uri: Fact<Option<String>>,
    /// `authorizerCredentials`: the role assumed to call the function, null where its own policy allows it.
    pub authorizer_credentials: Fact<Option<String>>,
    /// `identitySource`, which AWS writes with commas, as a list in its order: `method.request.header.Authorization`.
    pub identity_source: Fact<Vec<String>>,
    /// `identityValidationExpression`, null where none.
    pub identity_validation_expression: Fact<Option<String>>,
    /// `authorizerResultTtlInSeconds`, null where not given, which AWS documents as 300.
    pub authorizer_result_ttl_in_seconds: Fact<Option<i64>>,
    /// `jwtConfiguration`: null for other types, absent for `JWT`, of which this version reads no more than the type.
    pub jwt_configuration: Fact<Option<Jwt>>,
    /// Methods of the draft that name this authorizer (`GetResources`), sorted: `GET /orders`.
    pub used_by_methods: Fact<Vec<String>>,
}

/// `jwtConfiguration`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Jwt {
    /// `issuers`.
    pub issuers: Vec<String>,
    /// `defaultAlgorithms`.
    pub default_algorithms: Vec<String>,
}

/// `AWS::ApiGateway::ApiKey`: an API key, without its value, which is never asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ApiKey {
    /// `id`.
    pub id: Fact<String>,
    /// `name`, null where not given.
    pub name: Fact<Option<String>>,
    /// `enabled`.
    pub enabled: Fact<bool>,
    /// `createdDate`.
    pub created_date: Fact<Instant>,
    /// `lastUpdatedDate`, null where not given.
    pub last_updated_date: Fact<Option<Instant>>,
    /// `stageKeys` (`ab12/prod`), sorted; the form before usage plans.
    pub stage_keys: Fact<Vec<String>>,
    /// Names of usage plans that the key belongs to (`GetUsagePlans`, `GetUsagePlanKeys`), sorted.
    pub usage_plans: Fact<Vec<String>>,
    /// `tags`.
    pub tags: Fact<OpenMap<String>>,
}

/// `AWS::ApiGateway::UsagePlan`: a usage plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UsagePlan {
    /// `id`.
    pub id: Fact<String>,
    /// `name`.
    pub name: Fact<String>,
    /// `throttle`, null where not set.
    pub throttle: Fact<Option<Throttle>>,
    /// `quota`, null where not set.
    pub quota: Fact<Option<Quota>>,
    /// `apiStages`.
    pub api_stages: Fact<Vec<ApiStage>>,
    /// Ids of the plan's keys (`GetUsagePlanKeys`), sorted.
    pub key_ids: Fact<Vec<String>>,
    /// `tags`.
    pub tags: Fact<OpenMap<String>>,
}

/// Limits of rate and burst.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Throttle {
    /// `burstLimit`, requests.
    pub burst_limit: i64,
    /// `rateLimit`, requests a second.
    pub rate_limit: f64,
}

/// `quota`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Quota {
    /// `limit`, requests in a period.
    pub limit: i64,
    /// `period`: `DAY`, `WEEK`, `MONTH`; null where not given.
    pub period: Option<String>,
}

/// One of `apiStages`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ApiStage {
    /// `apiId`, null where not given.
    pub api_id: Option<String>,
    /// `stage`, null where not given.
    pub stage: Option<String>,
}

/// `AWS::ApiGateway::DomainName`: a custom domain name, of REST, HTTP and WebSocket APIs alike, public or private.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DomainName {
    /// `domainName`.
    pub domain_name: Fact<String>,
    /// `endpointConfiguration`.
    pub endpoint_configuration: Fact<EndpointConfiguration>,
    /// `securityPolicy`, in full: API Gateway v2 shows no more than `TLS_1_0` and `TLS_1_2`.
    pub security_policy: Fact<String>,
    /// Oldest version of TLS that the security policy agrees to, `1.0` to `1.3`, from the list that this tool carries; absent where the
    /// list does not know the policy.
    pub minimum_tls_version: Fact<String>,
    /// `endpointAccessMode`: `BASIC` or `STRICT`; null where not given.
    pub endpoint_access_mode: Fact<Option<String>>,
    /// `domainNameStatus`, null where not given.
    pub domain_name_status: Fact<Option<String>>,
    /// ARNs of the certificates that clients are shown: `certificateArn`, `regionalCertificateArn`, sorted.
    pub certificate_arns: Fact<Vec<String>>,
    /// `mutualTlsAuthentication`, null where not configured.
    pub mutual_tls_authentication: Fact<Option<MutualTls>>,
    /// `routingMode`, null where not given.
    pub routing_mode: Fact<Option<String>>,
    /// Mappings of the domain to stages of REST, HTTP and WebSocket APIs (`GetApiMappings` of API Gateway v2). Absent for a private name,
    /// whose mappings that operation does not know.
    pub api_mappings: Fact<Vec<ApiMapping>>,
    /// Names of mapped APIs of this Region, REST, HTTP and WebSocket, whose default endpoint is on, sorted.
    pub mapped_apis_with_default_endpoint: Fact<Vec<String>>,
    /// `tags`.
    pub tags: Fact<OpenMap<String>>,
}

/// `AWS::ApiGateway::ClientCertificate`: a certificate that stages show to their backends.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ClientCertificate {
    /// `clientCertificateId`.
    pub client_certificate_id: Fact<String>,
    /// `description`, null where not given.
    pub description: Fact<Option<String>>,
    /// `createdDate`.
    pub created_date: Fact<Instant>,
    /// `expirationDate`.
    pub expiration_date: Fact<Instant>,
    /// Stages that show it (`GetRestApis`, `GetStages`), sorted: `ab12/prod`.
    pub used_by_stages: Fact<Vec<String>>,
    /// `tags`.
    pub tags: Fact<OpenMap<String>>,
}

/// `AWS::ApiGateway::VpcLink`: a link from REST APIs into a VPC.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VpcLink {
    /// `id`.
    pub id: Fact<String>,
    /// `name`.
    pub name: Fact<String>,
    /// `targetArns`.
    pub target_arns: Fact<Vec<String>>,
    /// `status`, null where not given.
    pub status: Fact<Option<String>>,
    /// `tags`.
    pub tags: Fact<OpenMap<String>>,
}

/// `AWS::ApiGateway::Account`: API Gateway's settings of the account in a Region (one per Region).
#[derive(Debug, Serialize, JsonSchema)]
pub struct Account {
    /// `cloudwatchRoleArn`: the role that writes logs, null where none is set.
    pub cloudwatch_role_arn: Fact<Option<String>>,
    /// `throttleSettings`: the limits that all APIs share.
    pub throttle_settings: Fact<Throttle>,
}
