//! Verdicts that stay decided although a call is gone that stood behind them: allowed where what else was read settles them, and
//! looked at by a person before it stands here.

use std::collections::BTreeSet;

/// Operation, controls, and what settles these without it.
const SETTLED: &[(&str, &[&str], &str)] = &[
    (
        "DescribeRegions",
        &["cloudtrail-cloudwatch-integration", "cloudtrail-kms-encryption", "cloudtrail-log-validation"],
        "the Region that is asked anyway shows trails of others too; which there are, its population leaves open",
    ),
    (
        "DescribeTrails",
        &[
            "cloudtrail-apigateway-management-events",
            "cloudtrail-cloudwatch-integration",
            "cloudtrail-delivery-healthy",
            "cloudtrail-kms-encryption",
            "cloudtrail-log-validation",
            "cloudtrail-multi-region",
            "cloudtrail-s3-read-data-events",
            "cloudtrail-s3-write-data-events",
            "lambda-data-events",
        ],
        "another Region shows the trail as well",
    ),
    (
        "GetAccountAuthorizationDetails",
        &[
            "iam-policy-cloudshell-restricted",
            "iam-policy-execute-api-wildcard",
            "iam-policy-no-privilege-escalation",
            "iam-policy-no-service-wildcard",
            "kms-decrypt-scope",
        ],
        "what the policy or role says decides alone; the page that is gone tells who else bears it",
    ),
    (
        "GetApiMappings",
        &["apigateway-inventory", "apigateway-mutual-tls"],
        "the domain is judged by its own settings; what is mapped to it is shown beside it",
    ),
    ("GetApis", &["apigateway-mutual-tls"], "the domain is judged by its own settings; the APIs behind it are shown beside it"),
    ("GetDomainNames", &["apigateway-inventory"], "the API is judged by its own settings; its domains are shown beside it"),
    (
        "GetResources",
        &["apigateway-rest-method-authorization"],
        "a deployed method is judged as it was deployed; the draft is shown beside it",
    ),
    (
        "GetRoutes",
        &[
            "apigateway-authorizer-cache-ttl",
            "apigateway-authorizer-identity-source",
            "apigateway-jwt-authorizer-trust",
            "apigateway-websocket-connect-authorization",
        ],
        "authorizers are judged by what they are; the routes that name them are shown beside it",
    ),
    (
        "GetTrailStatus",
        &[
            "cloudtrail-apigateway-management-events",
            "cloudtrail-cloudwatch-integration",
            "cloudtrail-log-validation",
            "cloudtrail-multi-region",
            "cloudtrail-s3-read-data-events",
            "cloudtrail-s3-write-data-events",
            "lambda-data-events",
        ],
        "what the trail selects, or that it is for one Region only, rules it out already",
    ),
];

/// The table as pairs of control and operation.
pub fn settled() -> BTreeSet<(String, String)> {
    SETTLED
        .iter()
        .flat_map(|(operation, controls, _)| controls.iter().map(|control| (control.to_string(), operation.to_string())))
        .collect()
}
