//! Facts of Lambda's kinds. Member names are the Lambda API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::collect::resource_policy::ResourcePolicy;
use crate::model::{Fact, Instant};

/// `AWS::Lambda::Function`: a function, as its unpublished version (`$LATEST`) is configured. Published versions keep the settings that
/// they were published with, and are not listed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Function {
    /// `FunctionName`.
    pub function_name: Fact<String>,
    /// `FunctionArn`, without a version.
    pub function_arn: Fact<String>,
    /// `PackageType`: `Zip` or `Image`.
    pub package_type: Fact<String>,
    /// `Runtime`; null for a container image, which brings its own.
    pub runtime: Fact<Option<String>>,
    /// When AWS deprecates, or has deprecated, the runtime: the beginning of that day in UTC, from the list that this tool carries. Null
    /// where AWS has announced no day, and for a container image; absent where the list does not know the runtime.
    pub runtime_deprecation: Fact<Option<Instant>>,
    /// `Role`: the ARN of the role that the function runs as.
    pub role: Fact<Option<String>>,
    /// `VpcConfig.VpcId`; null for a function outside of the account's networks.
    pub vpc_id: Fact<Option<String>>,
    /// `KMSKeyArn`; null where no key of the customer's is named.
    pub kms_key_arn: Fact<Option<String>>,
    /// The key that `KMSKeyArn` names; null where it names none, absent where it names an alias, since which key is behind it is not
    /// asked.
    pub key_arn: Fact<Option<String>>,
    /// Names of the environment's variables, sorted.
    pub environment_variable_names: Fact<Vec<String>>,
    /// Names of the variables whose name or redacted value matched a secret pattern, sorted.
    pub secret_environment_variables: Fact<Vec<String>>,
    /// What the resource policy says that `GetPolicy` shows without a qualifier; null where the function has none. Policies of versions
    /// and aliases are others.
    pub policy: Fact<Option<ResourcePolicy>>,
    /// The statements of that policy that name API Gateway's service principal, in order; none where there is no policy.
    pub apigateway_grants: Fact<Vec<ApiGatewayGrant>>,
}

/// A statement that lets API Gateway call the function.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct ApiGatewayGrant {
    /// Where it stands in the policy: ``statement 2 (`orders`)``.
    pub statement: String,
    /// Values of its conditions on `aws:SourceArn`, as written.
    pub source_arns: Vec<String>,
    /// Such a condition must hold, and each of its values fixes the account and the id of one API.
    pub bound_to_api: Fact<bool>,
}

/// The function that a URL calls.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FunctionCore {
    /// `FunctionName`.
    pub function_name: Fact<String>,
    /// `FunctionArn`, without a version.
    pub function_arn: Fact<String>,
}

/// `AWS::Lambda::Url`: the URL of a function or of one of its aliases.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Url {
    /// The function.
    pub function: FunctionCore,
    /// `FunctionArn`, with the alias if the URL is that of one.
    pub function_arn: Fact<String>,
    /// The alias; null for a URL of the unpublished version.
    pub alias: Fact<Option<String>>,
    /// `FunctionUrl`.
    pub function_url: Fact<String>,
    /// `AuthType`: `AWS_IAM`, or `NONE`.
    pub auth_type: Fact<String>,
    /// `Cors.AllowOrigins`; none where no cross-origin rules are set.
    pub allow_origins: Fact<Vec<String>>,
}
