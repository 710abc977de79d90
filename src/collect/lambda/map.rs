//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use std::collections::BTreeMap;

use aws_sdk_lambda::types::{EnvironmentResponse, FunctionConfiguration, FunctionUrlConfig};

use super::facts::{self, ApiGatewayGrant, FunctionCore};
use super::runtimes::deprecation;
use crate::collect::at::{At, lacks};
use crate::collect::resource_policy::{self, ResourcePolicy};
use crate::model::{Fact, Reason};
use crate::policy::{Answer, Document, ServiceGrant};
use crate::recording::redact::Marker;

/// The principal under which API Gateway calls functions.
const API_GATEWAY: &str = "apigateway.amazonaws.com";
/// How people call the policy.
const POLICY: &str = "the function policy";

/// What the policy fills.
pub type Said = (Fact<Option<ResourcePolicy>>, Fact<Vec<ApiGatewayGrant>>);

/// The facts of a function.
pub fn function(at: At<'_>, told: &FunctionConfiguration, (policy, apigateway_grants): Said) -> facts::Function {
    let FunctionCore { function_name, function_arn } = core(at, told);
    let package_type = told.package_type.as_ref().map(|word| word.as_str().to_owned());
    let (runtime, runtime_deprecation) = runtime(at, told);
    let (environment_variable_names, secret_environment_variables) = environment(at, told);
    let kms_key_arn = told.kms_key_arn.clone().filter(|arn| !arn.is_empty());
    facts::Function {
        function_name,
        function_arn,
        package_type: at.need(package_type, "PackageType"),
        runtime,
        runtime_deprecation,
        role: told.role.clone().into(),
        vpc_id: told.vpc_config.as_ref().and_then(|vpc| vpc.vpc_id.clone()).filter(|id| !id.is_empty()).into(),
        key_arn: at.read(key(kms_key_arn.as_deref())),
        kms_key_arn: kms_key_arn.into(),
        environment_variable_names,
        secret_environment_variables,
        policy,
        apigateway_grants,
    }
}

/// Name and ARN of a function.
pub fn core(at: At<'_>, told: &FunctionConfiguration) -> FunctionCore {
    FunctionCore {
        function_name: at.need(told.function_name.clone(), "FunctionName"),
        function_arn: at.need(told.function_arn.clone(), "FunctionArn"),
    }
}

/// The runtime, and when AWS deprecates it.
fn runtime(at: At<'_>, told: &FunctionConfiguration) -> (Fact<Option<String>>, Fact<Option<crate::model::Instant>>) {
    let image = told.package_type.as_ref().is_some_and(|word| word.as_str() == "Image");
    match told.runtime.as_ref().map(|word| word.as_str().to_owned()) {
        None if image => (Fact::Known(None), Fact::Known(None)),
        None => (at.need(None, "Runtime"), at.need(None, "Runtime")),
        Some(name) => {
            let day = deprecation(&name).map_or_else(|why| at.absent(Reason::Stale, why), Fact::Known);
            (Fact::Known(Some(name)), day)
        }
    }
}

/// The key behind `KMSKeyArn`.
fn key(arn: Option<&str>) -> Result<Option<String>, String> {
    let Some(arn) = arn else { return Ok(None) };
    match arn.splitn(6, ':').nth(5) {
        Some(rest) if rest.starts_with("key/") => Ok(Some(arn.to_owned())),
        _ => Err(format!("`{arn}` is not the ARN of a key, and which key is behind it was not asked")),
    }
}

/// Names of the variables, and of those that look like secrets.
fn environment(at: At<'_>, told: &FunctionConfiguration) -> (Fact<Vec<String>>, Fact<Vec<String>>) {
    let Some(environment) = &told.environment else { return (Fact::Known(Vec::new()), Fact::Known(Vec::new())) };
    match variables(environment) {
        Err((reason, why)) => (at.absent(reason, why.clone()), at.absent(reason, why)),
        Ok(variables) => (Fact::Known(variables.keys().cloned().collect()), at.read(secrets(&variables))),
    }
}

/// The variables; Lambda says so where it could not decrypt them for who asks.
fn variables(environment: &EnvironmentResponse) -> Result<BTreeMap<String, String>, (Reason, String)> {
    match (&environment.error, &environment.variables) {
        (Some(error), _) => {
            let code = error.error_code.as_deref().unwrap_or("no code");
            let reason = if code.starts_with("AccessDenied") { Reason::Denied } else { Reason::Failed };
            Err((reason, format!("Lambda could not decrypt the environment for this principal (`{code}`): `kms:Decrypt` on its key")))
        }
        (None, Some(variables)) => Ok(variables.iter().map(|(name, value)| (name.clone(), value.clone())).collect()),
        (None, None) => Err((Reason::Failed, lacks("Environment.Variables"))),
    }
}

/// Names of variables whose marker says that a secret pattern matched the value, or the name that it goes by, or that hold a secret in
/// the name itself.
///
/// # Errors
/// When a value that is not blank is no marker: nobody has looked at it.
fn secrets(variables: &BTreeMap<String, String>) -> Result<Vec<String>, String> {
    let mut secret = Vec::new();
    for (name, value) in variables {
        let within_name = Marker::find_all(name).iter().any(|marker| !marker.patterns.is_empty());
        let matched = match Marker::parse(value) {
            Some(marker) => !marker.patterns.is_empty(),
            None if value.trim().is_empty() => false,
            None => return Err(format!("the value of the variable `{name}` was not searched for secrets")),
        };
        if within_name || matched {
            secret.push(name.clone());
        }
    }
    Ok(secret)
}

/// What the policy of a function of the account's says.
pub fn policy(at: At<'_>, text: &str, account: &str) -> Said {
    match resource_policy::parse(text, POLICY) {
        Err(why) => (at.absent(Reason::Failed, why.clone()), at.absent(Reason::Failed, why)),
        Ok(document) => {
            let policy = resource_policy::facts(at, &document, account, POLICY);
            (Fact::Known(Some(policy)), at.read(grants(&document)).map(|grants| grants.into_iter().map(|one| grant(at, one)).collect()))
        }
    }
}

fn grants(document: &Document) -> Result<Vec<ServiceGrant>, String> {
    document.service_grants(API_GATEWAY, is_one_api).map_err(|why| format!("{POLICY} does not settle it: {why}"))
}

fn grant(at: At<'_>, grant: ServiceGrant) -> ApiGatewayGrant {
    let bound = match grant.bound {
        Answer::Yes(()) => Ok(true),
        Answer::No => Ok(false),
        Answer::Unknown(why) => Err(format!("{POLICY} does not settle it: {why}")),
    };
    ApiGatewayGrant { statement: grant.shown.to_string(), source_arns: grant.source_arns, bound_to_api: at.read(bound) }
}

/// Whether all that a pattern matches belongs to one API: account and API id are written out. The Region may be a wildcard, since no
/// two APIs of an account share an id.
fn is_one_api(pattern: &str) -> bool {
    let parts: Vec<&str> = pattern.splitn(6, ':').collect();
    let ["arn", _, "execute-api", _, account, rest] = parts[..] else { return false };
    let api = rest.split('/').next().unwrap_or_default();
    let fixed_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    fixed_account && !api.is_empty() && api.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The facts of a URL.
pub fn url(at: At<'_>, function: FunctionCore, told: &FunctionUrlConfig) -> facts::Url {
    facts::Url {
        function,
        alias: alias(&told.function_arn).into(),
        function_arn: at.text(told.function_arn.clone(), "FunctionArn"),
        function_url: at.text(told.function_url.clone(), "FunctionUrl"),
        auth_type: at.text(told.auth_type.as_str().to_owned(), "AuthType"),
        allow_origins: told.cors.as_ref().and_then(|cors| cors.allow_origins.clone()).unwrap_or_default().into(),
    }
}

/// The qualifier at the end of a function's ARN.
pub fn alias(arn: &str) -> Option<String> {
    arn.split(':').nth(7).map(str::to_owned)
}

#[cfg(test)]
#[path = "map_tests.rs"]
mod tests;
