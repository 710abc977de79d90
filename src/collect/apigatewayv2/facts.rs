//! Facts of API Gateway v2's kinds (HTTP and WebSocket APIs). Member names are the API's in snake case; named facts say how
//! they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant, OpenMap};

/// `AWS::ApiGatewayV2::Api`: an HTTP or WebSocket API.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Api {
    /// The members that children carry as well.
    #[serde(flatten)]
    pub core: ApiCore,
    /// `ApiEndpoint`, null where not given.
    pub api_endpoint: Fact<Option<String>>,
    /// `CorsConfiguration`, null where CORS is not configured.
    pub cors_configuration: Fact<Option<Cors>>,
    /// `RouteSelectionExpression`.
    pub route_selection_expression: Fact<Option<String>>,
    /// `CreatedDate`.
    pub created_date: Fact<Option<Instant>>,
    /// Names of custom domains in this Region with a mapping to this API, sorted (`GetDomainNames`, `GetApiMappings`).
    pub custom_domains: Fact<Vec<String>>,
    /// Route keys of all the API's routes, sorted (`GetRoutes`): a WebSocket API without `$connect` lets everybody connect.
    pub route_keys: Fact<Vec<String>>,
}

/// What every child of an API carries under `api`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ApiCore {
    /// `ApiId`.
    pub api_id: Fact<String>,
    /// `Name`.
    pub name: Fact<String>,
    /// `ProtocolType`: `HTTP` or `WEBSOCKET`.
    pub protocol_type: Fact<String>,
    /// `DisableExecuteApiEndpoint`; false where not given, as AWS documents.
    pub disable_execute_api_endpoint: Fact<bool>,
    /// `ApiGatewayManaged`: made by another AWS service; false where not given.
    pub api_gateway_managed: Fact<bool>,
    /// `Tags`.
    pub tags: Fact<OpenMap<String>>,
}

/// `CorsConfiguration`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Cors {
    /// `AllowOrigins`.
    pub allow_origins: Vec<String>,
    /// `AllowCredentials`; false where not given.
    pub allow_credentials: bool,
    /// `AllowMethods`.
    pub allow_methods: Vec<String>,
    /// `AllowHeaders`.
    pub allow_headers: Vec<String>,
    /// `ExposeHeaders`.
    pub expose_headers: Vec<String>,
    /// `MaxAge`, seconds.
    pub max_age: Option<i64>,
}

/// `AWS::ApiGatewayV2::Route`: a route of an API, as edited; a stage serves it once it is deployed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Route {
    /// The API.
    pub api: ApiCore,
    /// `RouteId`.
    pub route_id: Fact<String>,
    /// `RouteKey`: `GET /orders`, `$default`, `$connect`.
    pub route_key: Fact<String>,
    /// `AuthorizationType`: `NONE`, `AWS_IAM`, `JWT`, `CUSTOM`.
    pub authorization_type: Fact<String>,
    /// `AuthorizerId`, null where none (always so for `AWS_IAM`).
    pub authorizer_id: Fact<Option<String>>,
    /// `AuthorizationScopes`.
    pub authorization_scopes: Fact<Vec<String>>,
    /// `ApiKeyRequired`; false where not given.
    pub api_key_required: Fact<bool>,
    /// `Target`, null where none.
    pub target: Fact<Option<String>>,
}

/// `AWS::ApiGatewayV2::Authorizer`: an authorizer of an API, whether or not a route uses it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Authorizer {
    /// The API.
    pub api: ApiCore,
    /// `AuthorizerId`.
    pub authorizer_id: Fact<String>,
    /// `Name`.
    pub name: Fact<String>,
    /// `AuthorizerType`: `REQUEST` or `JWT`.
    pub authorizer_type: Fact<String>,
    /// `AuthorizerResultTtlInSeconds`, null where not given (no caching for HTTP APIs).
    pub authorizer_result_ttl_in_seconds: Fact<Option<i64>>,
    /// `IdentitySource`.
    pub identity_source: Fact<Vec<String>>,
    /// `JwtConfiguration`, null for other types.
    pub jwt_configuration: Fact<Option<Jwt>>,
    /// `AuthorizerPayloadFormatVersion`, null where not given.
    pub authorizer_payload_format_version: Fact<Option<String>>,
    /// Route keys of the API's routes that name this authorizer, sorted (`GetRoutes`).
    pub used_by_routes: Fact<Vec<String>>,
}

/// `JwtConfiguration`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Jwt {
    /// `Issuer`, null where not given.
    pub issuer: Option<String>,
    /// `Audience`.
    pub audience: Vec<String>,
}

/// `AWS::ApiGatewayV2::Integration`: what an API hands requests to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Integration {
    /// The API.
    pub api: ApiCore,
    /// `IntegrationId`.
    pub integration_id: Fact<String>,
    /// `IntegrationType`: `AWS_PROXY`, `HTTP_PROXY`, `MOCK`, `HTTP`, `AWS`.
    pub integration_type: Fact<Option<String>>,
    /// `IntegrationUri`, null where none; secrets in it are redacted.
    pub integration_uri: Fact<Option<String>>,
    /// `IntegrationMethod`, null where none.
    pub integration_method: Fact<Option<String>>,
    /// `ConnectionType`: `INTERNET` or `VPC_LINK`; `INTERNET` where not given.
    pub connection_type: Fact<String>,
    /// `TlsConfig.ServerNameToVerify`, null where not set.
    pub server_name_to_verify: Fact<Option<String>>,
}

/// Settings of a stage's default route or of one route.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RouteSettings {
    /// `DataTraceEnabled`; false where not given.
    pub data_trace_enabled: bool,
    /// `DetailedMetricsEnabled`; false where not given.
    pub detailed_metrics_enabled: bool,
    /// `LoggingLevel`: `ERROR`, `INFO`, `OFF`; null where not given.
    pub logging_level: Option<String>,
    /// `ThrottlingBurstLimit`, requests; null where only the account's limit applies.
    pub throttling_burst_limit: Option<i64>,
    /// `ThrottlingRateLimit`, requests a second; null where only the account's limit applies.
    pub throttling_rate_limit: Option<f64>,
}

/// `RouteSettings` of one route, as a list so that each can be judged.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RouteOverride {
    /// The route key.
    pub route_key: String,
    /// `DataTraceEnabled`; null where the override does not set it.
    pub data_trace_enabled: Option<bool>,
    /// `DetailedMetricsEnabled`; null where the override does not set it.
    pub detailed_metrics_enabled: Option<bool>,
    /// `LoggingLevel`; null where the override does not set it.
    pub logging_level: Option<String>,
    /// `ThrottlingBurstLimit`; null where the override does not set it.
    pub throttling_burst_limit: Option<i64>,
    /// `ThrottlingRateLimit`; null where the override does not set it.
    pub throttling_rate_limit: Option<f64>,
}

/// `AWS::ApiGatewayV2::Stage`: a stage of an API.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Stage {
    /// The API.
    pub api: ApiCore,
    /// Names of the alarms with an action that watch the errors of clients (`4xx`, of WebSocket APIs `ClientError`) of this stage or of its whole API.
    pub client_error_alarms: Fact<Vec<String>>,
    /// Names of the alarms with an action that watch the errors of the server (`5xx`, of WebSocket APIs `IntegrationError` or `ExecutionError`) of this stage or of its whole API.
    pub server_error_alarms: Fact<Vec<String>>,
    /// `StageName`.
    pub stage_name: Fact<String>,
    /// `AutoDeploy`; false where not given.
    pub auto_deploy: Fact<bool>,
    /// `DeploymentId`, null where nothing is deployed.
    pub deployment_id: Fact<Option<String>>,
    /// `AccessLogSettings`, null where access logs are off.
    pub access_log_settings: Fact<Option<AccessLog>>,
    /// `DefaultRouteSettings`; AWS's defaults where not given.
    pub default_route_settings: Fact<RouteSettings>,
    /// `RouteSettings` by route key, sorted.
    pub route_settings: Fact<Vec<RouteOverride>>,
    /// Names of stage variables, sorted. Values are redacted before anything reads them.
    pub stage_variable_names: Fact<Vec<String>>,
    /// Names of stage variables whose name or redacted value matched a secret pattern, sorted.
    pub secret_stage_variables: Fact<Vec<String>>,
    /// `Tags`.
    pub tags: Fact<OpenMap<String>>,
}

/// `AccessLogSettings`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AccessLog {
    /// `DestinationArn`, null where not given.
    pub destination_arn: Option<String>,
    /// `Format`, null where not given.
    pub format: Option<String>,
    /// `$context` variables that the format references, sorted: `$context.identity.sourceIp`.
    pub context_variables: Vec<String>,
}

/// `AWS::ApiGatewayV2::DomainName`: a custom domain name as API Gateway v2 shows it. `AWS::ApiGateway::DomainName` holds the same names, also
/// private ones, and the security policy in full; judge one of the two kinds, or names count twice.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DomainName {
    /// `DomainName`.
    pub domain_name: Fact<String>,
    /// `DomainNameConfigurations`.
    pub domain_name_configurations: Fact<Vec<DomainConfiguration>>,
    /// `MutualTlsAuthentication`, null where not configured.
    pub mutual_tls_authentication: Fact<Option<MutualTls>>,
    /// `GetApiMappings` of this domain.
    pub api_mappings: Fact<Vec<ApiMapping>>,
    /// Names of mapped APIs of this Region whose default endpoint is on, sorted.
    pub mapped_apis_with_default_endpoint: Fact<Vec<String>>,
    /// `Tags`.
    pub tags: Fact<OpenMap<String>>,
}

/// One of `DomainNameConfigurations`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DomainConfiguration {
    /// `SecurityPolicy`: `TLS_1_0`, `TLS_1_2`; null where not given.
    pub security_policy: Option<String>,
    /// `EndpointType`, null where not given.
    pub endpoint_type: Option<String>,
    /// `CertificateArn`, null where not given.
    pub certificate_arn: Option<String>,
    /// `DomainNameStatus`, null where not given.
    pub domain_name_status: Option<String>,
}

/// `MutualTlsAuthentication`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MutualTls {
    /// `TruststoreUri`, null where not given.
    pub truststore_uri: Option<String>,
    /// `TruststoreVersion`, null where not given.
    pub truststore_version: Option<String>,
    /// `TruststoreWarnings`.
    pub truststore_warnings: Vec<String>,
}

/// One API mapping.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ApiMapping {
    /// `ApiId`.
    pub api_id: String,
    /// `Stage`.
    pub stage: String,
    /// `ApiMappingKey`, empty for the root.
    pub api_mapping_key: String,
}
