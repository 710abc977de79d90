//! Verdicts that stay decided although a call is gone that stood behind them: allowed where what else was read settles them, and
//! looked at by a person before it stands here.

use std::collections::BTreeSet;

/// The controls about alerts on what trails record.
const ALERTS: &[&str] = &[
    "cloudwatch-alarm-apigateway-changes",
    "cloudwatch-alarm-cloudtrail-changes",
    "cloudwatch-alarm-config-changes",
    "cloudwatch-alarm-console-auth-failures",
    "cloudwatch-alarm-console-sign-in-without-mfa",
    "cloudwatch-alarm-iam-policy-changes",
    "cloudwatch-alarm-kms-key-removal",
    "cloudwatch-alarm-nacl-changes",
    "cloudwatch-alarm-network-gateway-changes",
    "cloudwatch-alarm-organizations-changes",
    "cloudwatch-alarm-root-usage",
    "cloudwatch-alarm-route-table-changes",
    "cloudwatch-alarm-s3-policy-changes",
    "cloudwatch-alarm-security-group-changes",
    "cloudwatch-alarm-unauthorized-api-calls",
    "cloudwatch-alarm-vpc-changes",
];

/// The control about what the management account carries.
const WORKLOADS: &[&str] = &["organizations-management-account-workloads"];
const SEEN: &str = "one workload that is seen decides, whatever else there is in other Regions or of other sorts";

/// Operation, controls, and what settles these without it.
const SETTLED: &[(&str, &[&str], &str)] = &[
    ("DescribeDeliveryChannels", &["config-recorder-enabled"], "a recorder that is stopped fails whatever it would deliver to"),
    (
        "DescribeRegions",
        &[
            "cloudtrail-bucket-access-logging",
            "cloudtrail-bucket-not-public",
            "cloudtrail-bucket-retention",
            "cloudtrail-cloudwatch-integration",
            "cloudtrail-kms-encryption",
            "cloudtrail-log-validation",
        ],
        "the Region that is asked anyway shows trails of others too; which there are, its population leaves open",
    ),
    (
        "DescribeTrails",
        &[
            "cloudtrail-apigateway-management-events",
            "cloudtrail-bucket-access-logging",
            "cloudtrail-bucket-not-public",
            "cloudtrail-bucket-retention",
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
        "GetApiMappings",
        &["apigateway-inventory", "apigateway-mutual-tls"],
        "the domain is judged by its own settings; what is mapped to it is shown beside it",
    ),
    (
        "GetApiMappings",
        &["apigateway-default-endpoint-disabled"],
        "a private API has no default endpoint on the internet to switch off, whichever domains lead to it",
    ),
    ("GetApiMappings", &["apigateway-endpoint-type"], "the type is the API's own; the domains that lead to it are shown beside it"),
    ("GetAccount", &["apigateway-log-delivery-role"], "a stage that asks for no log needs no role to write it"),
    (
        "GetAuthorizers",
        &["apigateway-authorization-scopes"],
        "a method that demands no token is not spoken about, whatever authorizers there are",
    ),
    ("GetBucketAcl", &["s3-bucket-not-public"], "a policy that lets everybody in decides alone"),
    ("GetBucketLogging", &["s3-bucket-access-logging"], "a bucket that writes access logs passes, whoever writes into it"),
    ("ListBuckets", &["s3-bucket-access-logging"], "a bucket that writes access logs passes, whoever writes into it"),
    ("GetBucketPolicy", &["s3-bucket-not-public"], "an ACL that lets everybody in decides alone; AWS's word on the policy is asked for"),
    (
        "GetBucketPolicyStatus",
        &["cloudtrail-bucket-not-public", "s3-bucket-not-public"],
        "an ACL that lets everybody in, or a block that is off, decides alone",
    ),
    ("GetBucketVersioning", &["cloudtrail-bucket-retention"], "a rule that ends log files too early decides alone"),
    (
        "GetBucketVersioning",
        &["s3-bucket-object-lock"],
        "the lock is asked for all the same, and only a bucket that keeps versions can have one",
    ),
    ("GetDiscoveredResourceCounts", &["config-recorder-enabled"], "a recorder is judged by its settings; what it found is shown beside it"),
    (
        "GetPublicAccessBlock",
        &["cloudtrail-bucket-not-public", "s3-bucket-not-public"],
        "a policy that lets everybody in decides alone, and so does an ACL that was read",
    ),
    ("GetPublicAccessBlock", &["s3-bucket-public-access-block"], "of account and bucket the other one's setting decides alone"),
    ("GetRestApis", &["apigateway-mutual-tls"], "the domain is judged by its own settings; the APIs behind it are shown beside it"),
    (
        "GetStages",
        &[
            "apigateway-default-endpoint-disabled",
            "apigateway-endpoint-type",
            "apigateway-inventory",
            "apigateway-private-api-vpce-restriction",
            "apigateway-resource-policy-public-principal",
        ],
        "the API is judged by its own settings; its stages are shown beside it",
    ),
    (
        "GetStages",
        &["apigateway-integration-tls", "apigateway-request-validation"],
        "a method without a backend of its own, or without anything to validate, is not spoken about, deployed or not",
    ),
    ("GetUsagePlanKeys", &["apigateway-api-key-age"], "a key is judged by its age; which plans it belongs to is shown beside it"),
    ("GetUsagePlans", &["apigateway-api-key-age"], "a key is judged by its age; the plans there are stand beside it"),
    (
        "ListAliases",
        &["kms-key-not-pending-deletion", "kms-key-policy-not-public", "kms-key-rotation"],
        "a key is judged by its own settings; its aliases are names",
    ),
    ("GetApis", &["apigateway-mutual-tls"], "the domain is judged by its own settings; the APIs behind it are shown beside it"),
    (
        "GetDomainNames",
        &["apigateway-endpoint-type", "apigateway-inventory"],
        "the API is judged by its own settings; its domains are shown beside it",
    ),
    (
        "GetDomainNames",
        &["apigateway-default-endpoint-disabled"],
        "a private API has no default endpoint on the internet to switch off, whichever domains there are",
    ),
    (
        "GetResources",
        &["apigateway-api-key-not-sole-auth"],
        "a deployed method is judged as it was deployed; what the draft demands is shown beside it",
    ),
    (
        "GetResources",
        &["apigateway-authorizer-cache-ttl", "apigateway-authorizer-identity-source", "apigateway-jwt-authorizer-trust"],
        "an authorizer is judged by what it is; the methods that name it are shown beside it",
    ),
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
    (
        "DescribeDeliveries",
        &["cloudfront-access-logging"],
        "one way of logging that is seen is enough, and of a distribution without any other it is another page that tells",
    ),
    ("DescribeDeliverySources", &["cloudfront-access-logging"], "one way of logging that is seen is enough"),
    ("DescribeListeners", &["elbv2-access-logging"], "a balancer is judged by its own settings; its listeners are shown beside it"),
    ("DescribeMetricFilters", ALERTS, "a trail that records too little breaks the chain, whatever is filtered behind it"),
    (
        "DescribeNetworkInterfaces",
        &[
            "ec2-default-sg-closed",
            "ec2-sg-admin-ports-ipv4",
            "ec2-sg-admin-ports-ipv6",
            "ec2-sg-cifs-restricted",
            "vpc-endpoints-present",
            "vpc-flow-logs",
        ],
        "what uses a group or a VPC is shown and never judged",
    ),
    (
        "DescribePolicy",
        &["organizations-guardrails"],
        "what a policy of the organization says is shown; its type and what it is attached to are judged",
    ),
    (
        "DescribeRiskConfiguration",
        &["cognito-pool-threat-protection"],
        "threat protection that is switched off fails, whatever it would do",
    ),
    ("DescribeRouteTables", &["vpc-peering-routes"], "a route that is too wide stands on another page"),
    ("DescribeTrails", ALERTS, "another Region shows the trail as well"),
    ("DescribeUserPool", &["cognito-pool-mfa"], "the configuration of the second factor is a call of its own"),
    ("GetAutomatedDiscoveryConfiguration", &["macie-enabled"], "how Macie samples is shown and never judged"),
    ("GetDistributionConfig", &["cloudfront-access-logging"], "one way of logging that is seen is enough"),
    ("GetEbsDefaultKmsKeyId", &["ec2-ebs-default-encryption"], "the default key is shown; any key will do"),
    (
        "GetEventSelectors",
        &[
            "cloudwatch-alarm-apigateway-changes",
            "cloudwatch-alarm-cloudtrail-changes",
            "cloudwatch-alarm-config-changes",
            "cloudwatch-alarm-console-auth-failures",
            "cloudwatch-alarm-console-sign-in-without-mfa",
            "cloudwatch-alarm-iam-policy-changes",
            "cloudwatch-alarm-nacl-changes",
            "cloudwatch-alarm-network-gateway-changes",
            "cloudwatch-alarm-organizations-changes",
            "cloudwatch-alarm-route-table-changes",
            "cloudwatch-alarm-s3-policy-changes",
            "cloudwatch-alarm-security-group-changes",
            "cloudwatch-alarm-unauthorized-api-calls",
        ],
        "the log group, which another call tells, already breaks the chain",
    ),
    ("GetTrailStatus", ALERTS, "what the trail selects already breaks the chain"),
    (
        "ListAccountsForParent",
        &["organizations-ou-structure"],
        "a unit is judged by what lies in it, and another page shows something there",
    ),
    ("ListAnalyzers", &["accessanalyzer-no-active-findings"], "a finding is judged by itself, whatever other analyzers there are"),
    ("ListClassificationJobs", &["macie-enabled"], "jobs of Macie are shown and never judged"),
    (
        "ListOrganizationalUnitsForParent",
        &["organizations-ou-structure"],
        "a unit is judged by what lies in it, and another page shows something there",
    ),
    ("ListProtections", &["shield-advanced-protections"], "nothing has to be protected unless an organization says so"),
    ("DescribeDBClusters", WORKLOADS, SEEN),
    ("DescribeDBInstances", WORKLOADS, SEEN),
    ("DescribeInstances", WORKLOADS, SEEN),
    ("DescribeRegions", WORKLOADS, SEEN),
    ("GetApis", WORKLOADS, SEEN),
    ("GetRestApis", WORKLOADS, SEEN),
    ("ListBuckets", WORKLOADS, SEEN),
    ("ListFunctions", WORKLOADS, SEEN),
    ("GetApiMappings", &["apigateway-http-api-edge-waf"], "the default endpoint is the API's own; its domains are shown beside it"),
    ("GetDomainNames", &["apigateway-http-api-edge-waf"], "the default endpoint is the API's own; its domains are shown beside it"),
];

/// The table as pairs of control and operation.
pub fn settled() -> BTreeSet<(String, String)> {
    SETTLED
        .iter()
        .flat_map(|(operation, controls, _)| controls.iter().map(|control| (control.to_string(), operation.to_string())))
        .collect()
}
