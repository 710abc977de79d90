//! Members that AWS may leave out: what their absence is taken for. An answer without them is whole, so it may decide verdicts, but
//! only those that rest on it; and each decision that it turns stands in a table here with AWS's word for it.

use std::collections::{BTreeMap, BTreeSet};

use evidence::recording::line::CallLine;

use super::document::Document;
use super::faults::{FAILED, Fault, spoiled};

/// Operation and member, the controls that decide otherwise without it, and what AWS means by leaving it out.
type Row = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static str);

/// The table.
const MEANT: &[Row] = &[
    (
        "BatchGetAccountStatus",
        "accounts[].resourceState.lambda",
        &[("inspector-lambda-scanning", "pass -> fail")],
        "functions are not scanned",
    ),
    (
        "BatchGetAccountStatus",
        "accounts[].resourceState.lambdaCode",
        &[("inspector-lambda-scanning", "pass -> fail")],
        "code is not scanned: not every Region offers it",
    ),
    (
        "DescribeTrails",
        "trailList[].CloudWatchLogsLogGroupArn",
        &[("cloudtrail-cloudwatch-integration", "pass -> fail")],
        "nothing is sent to CloudWatch Logs",
    ),
    ("DescribeTrails", "trailList[].KmsKeyId", &[("cloudtrail-kms-encryption", "pass -> fail")], "no key of the customer's is used"),
    (
        "GetAccountPasswordPolicy",
        "GetAccountPasswordPolicyResult.PasswordPolicy.MaxPasswordAge",
        &[("iam-password-expiry", "pass -> fail")],
        "passwords do not expire",
    ),
    (
        "GetAccountPasswordPolicy",
        "GetAccountPasswordPolicyResult.PasswordPolicy.PasswordReusePrevention",
        &[("iam-password-reuse", "pass -> fail")],
        "no former password is remembered",
    ),
    (
        "GetApis",
        "items[].corsConfiguration",
        &[("apigateway-cors-origin", "fail -> not_applicable"), ("apigateway-cors-origin", "pass -> not_applicable")],
        "no cross-origin rules are set",
    ),
    ("GetAlternateContact", "AlternateContact.EmailAddress", &[("account-security-contact", "pass -> fail")], "no address is recorded"),
    ("GetAlternateContact", "AlternateContact.Name", &[("account-security-contact", "pass -> fail")], "no name is recorded"),
    ("GetAlternateContact", "AlternateContact.PhoneNumber", &[("account-security-contact", "pass -> fail")], "no number is recorded"),
    ("GetApis", "items[].corsConfiguration.allowOrigins", &[("apigateway-cors-origin", "fail -> pass")], "no origin is let in"),
    (
        "GetApis",
        "items[].disableExecuteApiEndpoint",
        &[("apigateway-default-endpoint-disabled", "pass -> fail"), ("apigateway-mutual-tls", "pass -> fail")],
        "the default endpoint serves, as it does unless somebody disables it",
    ),
    ("GetApis", "items[].tags", &[("apigateway-inventory", "pass -> fail")], "there is no tag"),
    (
        "GetAuthorizers",
        "items[].authorizerResultTtlInSeconds",
        &[
            ("apigateway-authorizer-cache-ttl", "fail -> pass"),
            ("apigateway-authorizer-identity-source", "fail -> not_applicable"),
            ("apigateway-authorizer-identity-source", "pass -> not_applicable"),
        ],
        "answers are not cached",
    ),
    (
        "GetAuthorizers",
        "items[].jwtConfiguration.audience",
        &[("apigateway-jwt-authorizer-trust", "pass -> fail")],
        "a token for anybody will do",
    ),
    ("GetDomainNames", "items[].mutualTlsAuthentication", &[("apigateway-mutual-tls", "pass -> fail")], "clients show no certificate"),
    (
        "GetDomainNames",
        "items[].mutualTlsAuthentication.truststoreUri",
        &[("apigateway-mutual-tls", "pass -> fail")],
        "there is no truststore",
    ),
    ("GetRoutes", "items[].authorizationScopes", &[("apigateway-authorization-scopes", "pass -> fail")], "no scope is asked for"),
    (
        "GetStages",
        "items[].accessLogSettings",
        &[
            ("apigateway-access-log-fields", "fail -> not_applicable"),
            ("apigateway-access-log-fields", "pass -> not_applicable"),
            ("apigateway-v2-access-logging", "pass -> fail"),
        ],
        "nothing is logged",
    ),
    (
        "GetStages",
        "items[].accessLogSettings.destinationArn",
        &[("apigateway-v2-access-logging", "pass -> fail")],
        "there is nowhere to log to",
    ),
    (
        "GetStages",
        "items[].accessLogSettings.format",
        &[("apigateway-access-log-fields", "pass -> fail"), ("apigateway-v2-access-logging", "pass -> fail")],
        "there is nothing to log",
    ),
    (
        "GetStages",
        "items[].defaultRouteSettings.dataTraceEnabled",
        &[("apigateway-data-trace-disabled", "fail -> pass")],
        "data is not traced unless somebody says so",
    ),
    (
        "GetStages",
        "items[].defaultRouteSettings.detailedMetricsEnabled",
        &[("apigateway-detailed-metrics", "pass -> fail")],
        "routes are not measured unless somebody says so",
    ),
    (
        "GetStages",
        "items[].defaultRouteSettings.loggingLevel",
        &[("apigateway-execution-logging", "pass -> fail")],
        "executions are not logged unless somebody says so",
    ),
    (
        "GetStages",
        "items[].defaultRouteSettings.throttlingBurstLimit",
        &[("apigateway-stage-throttling", "pass -> fail")],
        "the stage has no limit of its own",
    ),
    (
        "GetStages",
        "items[].defaultRouteSettings.throttlingRateLimit",
        &[("apigateway-stage-throttling", "pass -> fail")],
        "the stage has no limit of its own",
    ),
    (
        "GetStages",
        "items[].routeSettings.GET /items",
        &[("apigateway-method-throttling", "fail -> not_applicable")],
        "the route has no settings of its own",
    ),
    (
        "GetStages",
        "items[].routeSettings.GET /orders",
        &[("apigateway-method-throttling", "pass -> not_applicable")],
        "the route has no settings of its own",
    ),
    (
        "GetStages",
        "items[].stageVariables.provider_password",
        &[("apigateway-stage-variables-no-secrets", "fail -> pass")],
        "the variable is not there",
    ),
    ("GetStages", "items[].tags", &[("apigateway-inventory", "pass -> fail")], "there is no tag"),
    ("GetDomainNames", "items[].tags.owner", &[("apigateway-inventory", "pass -> fail")], "the tag is not there"),
    (
        "GetResources",
        "item[].resourceMethods.OPTIONS.methodIntegration",
        &[("apigateway-rest-method-authorization", "pass -> fail")],
        "nothing answers, so it is no preflight answered by API Gateway itself",
    ),
    (
        "GetTrailStatus",
        "LatestCloudWatchLogsDeliveryTime",
        &[("cloudtrail-cloudwatch-integration", "pass -> fail")],
        "nothing was ever delivered",
    ),
    ("GetTrailStatus", "LatestDeliveryTime", &[("cloudtrail-delivery-healthy", "pass -> fail")], "nothing was ever delivered"),
];

/// The table, one row for each control.
pub fn meant() -> BTreeSet<(String, String, String, String)> {
    let row = |(operation, path, turns, _): &Row| -> Vec<(String, String, String, String)> {
        let whole = |(control, turn): &(&str, &str)| (operation.to_string(), path.to_string(), control.to_string(), turn.to_string());
        turns.iter().map(whole).collect()
    };
    MEANT.iter().flat_map(row).collect()
}

/// Of each member that an answer can do without, the first in each answer, taken out.
pub fn omissions(lines: &[CallLine]) -> BTreeMap<usize, Vec<(String, Fault)>> {
    let mut found: BTreeMap<usize, Vec<(String, Fault)>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        let answer = line.response.as_ref().filter(|response| response.status < 300).and_then(|response| response.body.bytes());
        let Some(document) = answer.and_then(|bytes| Document::parse(&bytes)) else { continue };
        let mut seen = BTreeSet::new();
        for (path, place, _) in document.members() {
            if !seen.insert(path.clone()) {
                continue;
            }
            let fault = spoiled(line, format!("without `{path}`"), document.without(&place).bytes(), FAILED);
            if fault.alike.is_none() {
                found.entry(index).or_default().push((path, fault));
            }
        }
    }
    found
}
