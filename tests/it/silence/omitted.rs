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
    ("GetAccount", "cloudwatchRoleArn", &[("apigateway-log-delivery-role", "pass -> fail")], "no role writes logs in this Region"),
    (
        "GetAuthorizers",
        "item[].identitySource",
        &[("apigateway-authorizer-identity-source", "pass -> fail")],
        "the authorizer asks for nothing that tells callers apart",
    ),
    (
        "GetBucketLogging",
        "LoggingEnabled",
        &[("cloudtrail-bucket-access-logging", "pass -> fail"), ("s3-bucket-access-logging", "pass -> fail")],
        "the bucket writes no access log",
    ),
    (
        "GetBucketPolicy",
        "Statement[].Principal",
        &[("s3-bucket-tls-only", "pass -> fail")],
        "a statement of the customer's that names nobody refuses nobody",
    ),
    ("GetBucketVersioning", "MfaDelete", &[("s3-bucket-mfa-delete", "pass -> fail")], "it was never set"),
    (
        "GetBucketVersioning",
        "Status",
        &[
            ("cloudtrail-bucket-retention", "pass -> fail"),
            ("s3-bucket-mfa-delete", "pass -> fail"),
            ("s3-bucket-object-lock", "pass -> fail"),
            ("s3-bucket-versioning", "pass -> fail"),
        ],
        "versions were never kept",
    ),
    ("GetDomainNames", "item[].mutualTlsAuthentication", &[("apigateway-mutual-tls", "pass -> fail")], "clients show no certificate"),
    (
        "GetDomainNames",
        "item[].mutualTlsAuthentication.truststoreUri",
        &[("apigateway-mutual-tls", "pass -> fail")],
        "there is no truststore",
    ),
    ("GetDomainNames", "item[].tags", &[("apigateway-inventory", "pass -> fail")], "there is no tag"),
    ("GetDomainNames", "item[].tags.owner", &[("apigateway-inventory", "pass -> fail")], "the tag is not there"),
    (
        "GetObjectLockConfiguration",
        "Rule",
        &[("s3-bucket-object-lock", "pass -> fail")],
        "objects are locked only one by one, by who puts them",
    ),
    (
        "GetResources",
        "item[].resourceMethods",
        &[
            ("apigateway-backend-client-certificate", "fail -> not_applicable"),
            ("apigateway-backend-client-certificate", "pass -> not_applicable"),
        ],
        "the resource has no method",
    ),
    (
        "GetResources",
        "item[].resourceMethods.ANY.methodIntegration",
        &[("apigateway-backend-client-certificate", "fail -> not_applicable"), ("apigateway-integration-tls", "fail -> not_applicable")],
        "nothing stands behind the method yet",
    ),
    (
        "GetResources",
        "item[].resourceMethods.GET",
        &[("apigateway-backend-client-certificate", "pass -> not_applicable")],
        "the resource has no such method",
    ),
    (
        "GetResources",
        "item[].resourceMethods.GET.methodIntegration",
        &[("apigateway-backend-client-certificate", "pass -> not_applicable"), ("apigateway-integration-tls", "pass -> not_applicable")],
        "nothing stands behind the method yet",
    ),
    (
        "GetResources",
        "item[].resourceMethods.GET.methodIntegration.uri",
        &[("apigateway-integration-tls", "pass -> fail")],
        "the integration leads nowhere",
    ),
    (
        "GetResources",
        "item[].resourceMethods.OPTIONS.methodIntegration",
        &[("apigateway-cors-origin", "pass -> not_applicable")],
        "nothing stands behind the method yet",
    ),
    (
        "GetResources",
        "item[].resourceMethods.OPTIONS.methodIntegration.integrationResponses",
        &[("apigateway-cors-origin", "pass -> not_applicable")],
        "the preflight is answered with nothing",
    ),
    (
        "GetResources",
        "item[].resourceMethods.POST.authorizationScopes",
        &[("apigateway-authorization-scopes", "pass -> fail")],
        "no scope is asked for",
    ),
    (
        "GetResources",
        "item[].resourceMethods.POST.requestModels",
        &[("apigateway-request-validation", "pass -> fail")],
        "bodies have no model",
    ),
    (
        "GetResources",
        "item[].resourceMethods.POST.requestValidatorId",
        &[("apigateway-request-validation", "pass -> fail")],
        "requests are not validated",
    ),
    ("GetResources", "position", &[("apigateway-backend-client-certificate", "pass -> not_applicable")], "this is the last page"),
    (
        "GetRestApis",
        "item[].policy",
        &[
            ("apigateway-resource-policy-cross-account", "pass -> not_applicable"),
            ("apigateway-resource-policy-network-restriction", "pass -> fail"),
            ("apigateway-resource-policy-public-principal", "fail -> not_applicable"),
            ("apigateway-resource-policy-public-principal", "pass -> not_applicable"),
        ],
        "the API has no resource policy",
    ),
    (
        "GetRestApis",
        "item[].securityPolicy",
        &[("apigateway-rest-api-tls-policy", "fail -> not_applicable"), ("apigateway-rest-api-tls-policy", "pass -> not_applicable")],
        "AWS names no policy for APIs that were made before it could be chosen",
    ),
    (
        "GetRestApis",
        "item[].tags",
        &[("apigateway-inventory", "pass -> fail"), ("apigateway-resource-policy-network-restriction", "pass -> not_applicable")],
        "there is no tag",
    ),
    (
        "GetRestApis",
        "item[].tags.exposure",
        &[("apigateway-resource-policy-network-restriction", "pass -> not_applicable")],
        "the tag is not there",
    ),
    ("GetRestApis", "item[].tags.owner", &[("apigateway-inventory", "pass -> fail")], "the tag is not there"),
    (
        "GetStages",
        "item[].accessLogSettings",
        &[("apigateway-access-log-fields", "pass -> not_applicable"), ("apigateway-rest-access-logging", "pass -> fail")],
        "nothing is logged",
    ),
    (
        "GetStages",
        "item[].accessLogSettings.destinationArn",
        &[("apigateway-rest-access-logging", "pass -> fail")],
        "there is nowhere to log to",
    ),
    (
        "GetStages",
        "item[].accessLogSettings.format",
        &[("apigateway-access-log-fields", "pass -> fail"), ("apigateway-rest-access-logging", "pass -> fail")],
        "there is nothing to log",
    ),
    (
        "GetStages",
        "item[].clientCertificateId",
        &[
            ("apigateway-backend-client-certificate", "pass -> fail"),
            ("apigateway-client-certificate-expiry", "fail -> not_applicable"),
            ("apigateway-client-certificate-expiry", "pass -> not_applicable"),
        ],
        "the stage shows its backends no certificate",
    ),
    (
        "GetStages",
        "item[].methodSettings",
        &[
            ("apigateway-cache-encryption", "fail -> not_applicable"),
            ("apigateway-cache-encryption", "pass -> not_applicable"),
            ("apigateway-cache-invalidation-auth", "fail -> not_applicable"),
            ("apigateway-cache-invalidation-auth", "pass -> not_applicable"),
            ("apigateway-detailed-metrics", "pass -> fail"),
            ("apigateway-execution-logging", "pass -> fail"),
            ("apigateway-method-throttling", "pass -> not_applicable"),
            ("apigateway-stage-throttling", "pass -> fail"),
        ],
        "no method has settings: nothing is logged, measured, cached or limited by the stage",
    ),
    (
        "GetStages",
        "item[].methodSettings.*/*",
        &[
            ("apigateway-detailed-metrics", "pass -> fail"),
            ("apigateway-execution-logging", "pass -> fail"),
            ("apigateway-stage-throttling", "pass -> fail"),
        ],
        "the stage has no settings for all methods",
    ),
    (
        "GetStages",
        "item[].methodSettings.*/*.loggingLevel",
        &[("apigateway-execution-logging", "pass -> fail")],
        "executions are not logged unless somebody says so",
    ),
    (
        "GetStages",
        "item[].methodSettings.*/*.unauthorizedCacheControlHeaderStrategy",
        &[("apigateway-cache-invalidation-auth", "pass -> fail")],
        "requests to clear the cache are let through with a warning, as by default",
    ),
    (
        "GetStages",
        "item[].methodSettings.~1invoices/POST",
        &[("apigateway-method-throttling", "pass -> not_applicable")],
        "the method has no settings of its own",
    ),
    (
        "GetStages",
        "item[].methodSettings.~1invoices/POST.loggingLevel",
        &[("apigateway-execution-logging", "pass -> fail")],
        "the method's executions are not logged unless somebody says so",
    ),
    ("GetStages", "item[].tags", &[("apigateway-inventory", "pass -> fail")], "there is no tag"),
    ("GetStages", "item[].tags.owner", &[("apigateway-inventory", "pass -> fail")], "the tag is not there"),
    ("GetUsagePlans", "item[].quota", &[("apigateway-usage-plan-limits", "pass -> fail")], "the plan counts nothing"),
    ("GetUsagePlans", "item[].throttle", &[("apigateway-usage-plan-limits", "pass -> fail")], "the plan slows nobody down"),
    ("ListBuckets", "Buckets.Bucket", &[("s3-bucket-access-logging", "pass -> fail")], "the account has no bucket on this page"),
    ("ListBuckets", "ContinuationToken", &[("s3-bucket-access-logging", "pass -> fail")], "this is the last page"),
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
    (
        "DescribeUserPool",
        "UserPool.UserPoolAddOns",
        &[("cognito-pool-threat-protection", "pass -> fail")],
        "the pool has no threat protection",
    ),
    (
        "DescribeRiskConfiguration",
        "RiskConfiguration.CompromisedCredentialsRiskConfiguration",
        &[("cognito-pool-threat-protection", "pass -> fail")],
        "nothing is done about compromised credentials",
    ),
    ("DescribeUserPoolClient", "UserPoolClient.AllowedOAuthFlows", &[("cognito-client-oauth-flows", "fail -> pass")], "no flow is allowed"),
    (
        "DescribeUserPoolClient",
        "UserPoolClient.AllowedOAuthFlowsUserPoolClient",
        &[("cognito-client-oauth-flows", "fail -> not_applicable"), ("cognito-client-oauth-flows", "pass -> not_applicable")],
        "flows are off unless somebody turns them on",
    ),
    (
        "DescribeUserPoolClient",
        "UserPoolClient.EnableTokenRevocation",
        &[("cognito-client-token-lifetime", "pass -> fail")],
        "tokens cannot be revoked",
    ),
    (
        "DescribeUserPoolClient",
        "UserPoolClient.PreventUserExistenceErrors",
        &[("cognito-client-user-enumeration", "pass -> fail")],
        "errors tell whether a user exists, as they did before there was a setting",
    ),
    (
        "DescribeUserPoolClient",
        "UserPoolClient.TokenValidityUnits",
        &[("cognito-client-token-lifetime", "pass -> fail")],
        "access and ID tokens are in hours",
    ),
    (
        "DescribeUserPoolClient",
        "UserPoolClient.TokenValidityUnits.AccessToken",
        &[("cognito-client-token-lifetime", "pass -> fail")],
        "access tokens are in hours",
    ),
    (
        "DescribeUserPoolClient",
        "UserPoolClient.TokenValidityUnits.IdToken",
        &[("cognito-client-token-lifetime", "pass -> fail")],
        "ID tokens are in hours",
    ),
    (
        "DescribeCertificate",
        "Certificate.NotAfter",
        &[("acm-certificate-expiry", "pass -> fail"), ("apigateway-domain-certificate-expiry", "pass -> fail")],
        "it was never issued",
    ),
    (
        "GetDomainNames",
        "item[].regionalCertificateArn",
        &[("apigateway-domain-certificate-expiry", "pass -> fail")],
        "no certificate of ACM is bound",
    ),
    ("GetStages", "item[].webAclArn", &[("apigateway-stage-waf", "pass -> fail")], "no web ACL is associated"),
    (
        "BatchGetAccountStatus",
        "accounts[].resourceState.lambda.status",
        &[("inspector-lambda-scanning", "pass -> fail")],
        "functions are not scanned",
    ),
    (
        "BatchGetAccountStatus",
        "accounts[].resourceState.lambdaCode.status",
        &[("inspector-lambda-scanning", "pass -> fail")],
        "the code of functions is not scanned",
    ),
    ("DescribeAlarms", "CompositeAlarms[].AlarmActions", &[("cloudwatch-alarm-actions-enabled", "pass -> fail")], "the alarm does nothing"),
    (
        "DescribeAlarms",
        "MetricAlarms[].AlarmActions",
        &[
            ("apigateway-alarm-4xx", "pass -> fail"),
            ("apigateway-alarm-5xx", "pass -> fail"),
            ("cloudwatch-alarm-actions-enabled", "pass -> fail"),
            ("cloudwatch-alarm-apigateway-changes", "pass -> fail"),
            ("cloudwatch-alarm-cloudtrail-changes", "pass -> fail"),
            ("cloudwatch-alarm-console-auth-failures", "pass -> fail"),
            ("cloudwatch-alarm-iam-policy-changes", "pass -> fail"),
            ("cloudwatch-alarm-organizations-changes", "pass -> fail"),
            ("cloudwatch-alarm-route-table-changes", "pass -> fail"),
            ("cloudwatch-alarm-security-group-changes", "pass -> fail"),
        ],
        "the alarm does nothing",
    ),
    (
        "DescribeAlarms",
        "MetricAlarms[].ComparisonOperator",
        &[
            ("cloudwatch-alarm-apigateway-changes", "pass -> fail"),
            ("cloudwatch-alarm-cloudtrail-changes", "pass -> fail"),
            ("cloudwatch-alarm-console-auth-failures", "pass -> fail"),
            ("cloudwatch-alarm-iam-policy-changes", "pass -> fail"),
            ("cloudwatch-alarm-organizations-changes", "pass -> fail"),
            ("cloudwatch-alarm-route-table-changes", "pass -> fail"),
            ("cloudwatch-alarm-security-group-changes", "pass -> fail"),
        ],
        "the alarm does not compare its metric with a threshold",
    ),
    (
        "DescribeAlarms",
        "MetricAlarms[].Dimensions",
        &[("apigateway-alarm-4xx", "pass -> fail"), ("apigateway-alarm-5xx", "pass -> fail")],
        "the alarm is on the metric without dimensions",
    ),
    (
        "DescribeAlarms",
        "MetricAlarms[].Dimensions[].Name",
        &[("apigateway-alarm-4xx", "pass -> fail"), ("apigateway-alarm-5xx", "pass -> fail")],
        "the dimension is not one of the stage",
    ),
    (
        "DescribeAlarms",
        "MetricAlarms[].Dimensions[].Value",
        &[("apigateway-alarm-4xx", "pass -> fail"), ("apigateway-alarm-5xx", "pass -> fail")],
        "the dimension is not one of the stage",
    ),
    (
        "DescribeAlarms",
        "MetricAlarms[].MetricName",
        &[
            ("apigateway-alarm-4xx", "pass -> fail"),
            ("apigateway-alarm-5xx", "pass -> fail"),
            ("cloudwatch-alarm-apigateway-changes", "pass -> fail"),
            ("cloudwatch-alarm-cloudtrail-changes", "pass -> fail"),
            ("cloudwatch-alarm-console-auth-failures", "pass -> fail"),
            ("cloudwatch-alarm-iam-policy-changes", "pass -> fail"),
            ("cloudwatch-alarm-nacl-changes", "pass -> fail"),
            ("cloudwatch-alarm-organizations-changes", "pass -> fail"),
            ("cloudwatch-alarm-route-table-changes", "pass -> fail"),
            ("cloudwatch-alarm-security-group-changes", "pass -> fail"),
            ("cloudwatch-alarm-vpc-changes", "pass -> fail"),
        ],
        "the alarm computes from several metrics",
    ),
    (
        "DescribeAlarms",
        "NextToken",
        &[
            ("apigateway-alarm-4xx", "pass -> fail"),
            ("apigateway-alarm-5xx", "pass -> fail"),
            ("cloudwatch-alarm-cloudtrail-changes", "pass -> fail"),
            ("cloudwatch-alarm-config-changes", "pass -> fail"),
            ("cloudwatch-alarm-console-auth-failures", "pass -> fail"),
            ("cloudwatch-alarm-console-sign-in-without-mfa", "pass -> fail"),
            ("cloudwatch-alarm-iam-policy-changes", "pass -> fail"),
            ("cloudwatch-alarm-kms-key-removal", "pass -> fail"),
            ("cloudwatch-alarm-nacl-changes", "pass -> fail"),
            ("cloudwatch-alarm-network-gateway-changes", "pass -> fail"),
            ("cloudwatch-alarm-organizations-changes", "pass -> fail"),
            ("cloudwatch-alarm-root-usage", "pass -> fail"),
            ("cloudwatch-alarm-route-table-changes", "pass -> fail"),
            ("cloudwatch-alarm-s3-policy-changes", "pass -> fail"),
            ("cloudwatch-alarm-security-group-changes", "pass -> fail"),
            ("cloudwatch-alarm-unauthorized-api-calls", "pass -> fail"),
            ("cloudwatch-alarm-vpc-changes", "pass -> fail"),
        ],
        "this is the last page",
    ),
    (
        "DescribeDBClusters",
        "DescribeDBClustersResult.DBClusters.DBCluster",
        &[
            ("rds-multi-az", "not_applicable -> fail"),
            ("rds-storage-encrypted", "not_applicable -> fail"),
            ("rds-storage-encrypted", "not_applicable -> pass"),
        ],
        "a list without elements is empty",
    ),
    (
        "DescribeDBClusters",
        "DescribeDBClustersResult.DBClusters.DBCluster.InternetAccessGatewayEnabled",
        &[("rds-not-public", "fail -> not_applicable")],
        "the cluster has no gateway to the internet of its own",
    ),
    (
        "DescribeDBClusters",
        "DescribeDBClustersResult.DBClusters.DBCluster.StorageEncryptionType",
        &[("rds-storage-encrypted", "pass -> fail")],
        "the storage has no kind of encryption",
    ),
    (
        "DescribeDBClusters",
        "DescribeDBClustersResult.Marker",
        &[("rds-multi-az", "not_applicable -> fail"), ("rds-storage-encrypted", "not_applicable -> pass")],
        "this is the last page",
    ),
    (
        "DescribeDBInstances",
        "DescribeDBInstancesResult.DBInstances.DBInstance.DBClusterIdentifier",
        &[
            ("rds-multi-az", "not_applicable -> fail"),
            ("rds-storage-encrypted", "not_applicable -> fail"),
            ("rds-storage-encrypted", "not_applicable -> pass"),
        ],
        "the instance belongs to no cluster",
    ),
    ("DescribeDeliveries", "nextToken", &[("cloudfront-access-logging", "pass -> fail")], "this is the last page"),
    ("DescribeDeliverySources", "nextToken", &[("cloudfront-access-logging", "pass -> fail")], "this is the last page"),
    ("DescribeFlowLogs", "nextToken", &[("vpc-flow-logs", "pass -> fail")], "this is the last page"),
    (
        "DescribeInstances",
        "reservationSet.item.instancesSet.item.iamInstanceProfile",
        &[("ec2-instance-role-attached", "pass -> fail")],
        "no profile is attached",
    ),
    (
        "DescribeListeners",
        "DescribeListenersResult.Listeners.member.Protocol",
        &[("elbv2-access-logging", "pass -> not_applicable")],
        "listeners of gateway load balancers have none",
    ),
    (
        "DescribeLoadBalancerAttributes",
        "DescribeLoadBalancerAttributesResult.Attributes.member.Value",
        &[("elbv2-access-logging", "pass -> fail")],
        "the attribute has no value",
    ),
    (
        "DescribeLogGroups",
        "logGroups[].kmsKeyId",
        &[("logs-group-kms-encryption", "pass -> fail")],
        "no key of the account's encrypts the group",
    ),
    ("DescribeLogGroups", "logGroups[].retentionInDays", &[("logs-group-retention", "fail -> pass")], "events are kept for ever"),
    (
        "DescribeMetricFilters",
        "nextToken",
        &[
            ("cloudwatch-alarm-config-changes", "pass -> fail"),
            ("cloudwatch-alarm-console-auth-failures", "pass -> fail"),
            ("cloudwatch-alarm-console-sign-in-without-mfa", "pass -> fail"),
            ("cloudwatch-alarm-iam-policy-changes", "pass -> fail"),
            ("cloudwatch-alarm-kms-key-removal", "pass -> fail"),
            ("cloudwatch-alarm-nacl-changes", "pass -> fail"),
            ("cloudwatch-alarm-network-gateway-changes", "pass -> fail"),
            ("cloudwatch-alarm-organizations-changes", "pass -> fail"),
            ("cloudwatch-alarm-root-usage", "pass -> fail"),
            ("cloudwatch-alarm-route-table-changes", "pass -> fail"),
            ("cloudwatch-alarm-s3-policy-changes", "pass -> fail"),
            ("cloudwatch-alarm-security-group-changes", "pass -> fail"),
            ("cloudwatch-alarm-unauthorized-api-calls", "pass -> fail"),
            ("cloudwatch-alarm-vpc-changes", "pass -> fail"),
        ],
        "this is the last page",
    ),
    ("DescribeRouteTables", "nextToken", &[("vpc-peering-routes", "fail -> pass")], "this is the last page"),
    (
        "DescribeRouteTables",
        "routeTableSet.item.routeSet.item.vpcPeeringConnectionId",
        &[("vpc-peering-routes", "fail -> pass")],
        "the route leads elsewhere",
    ),
    (
        "DescribeTable",
        "Table.SSEDescription",
        &[("dynamodb-table-encryption", "pass -> fail")],
        "a key of DynamoDB's own encrypts the table",
    ),
    ("DescribeVpcEndpoints", "nextToken", &[("vpc-endpoints-present", "pass -> fail")], "this is the last page"),
    (
        "DescribeVpcEndpoints",
        "vpcEndpointSet.item.serviceName",
        &[("vpc-endpoint-execute-api-policy", "fail -> not_applicable"), ("vpc-endpoints-present", "pass -> fail")],
        "the endpoint is one for a resource, not for a service",
    ),
    ("GetContactInformation", "ContactInformation.CompanyName", &[("account-contact-information", "pass -> fail")], "no company is given"),
    ("GetDistributionConfig", "Logging", &[("cloudfront-access-logging", "pass -> fail")], "the distribution has no standard logging"),
    ("GetEnabledStandards", "NextToken", &[("securityhub-enabled", "pass -> fail")], "this is the last page"),
    ("GetQueueAttributes", "Attributes.Policy", &[("sqs-queue-policy-not-public", "fail -> pass")], "the queue has no policy"),
    ("GetResourcePolicy", "ResourcePolicy", &[("secretsmanager-policy-not-public", "fail -> pass")], "the secret has no policy"),
    (
        "ListDistributions",
        "Items.DistributionSummary.DefaultCacheBehavior.RealtimeLogConfigArn",
        &[("cloudfront-access-logging", "pass -> fail")],
        "the behavior logs nothing in real time",
    ),
    (
        "ListFunctions",
        "Functions[].Environment",
        &[
            ("lambda-env-kms-key", "fail -> not_applicable"),
            ("lambda-env-kms-key", "pass -> not_applicable"),
            ("lambda-env-no-secrets", "fail -> pass"),
        ],
        "the function has no variables",
    ),
    (
        "ListFunctions",
        "Functions[].Environment.Variables.TABLE",
        &[("lambda-env-kms-key", "pass -> not_applicable")],
        "the function has no such variable",
    ),
    ("ListFunctions", "Functions[].KMSKeyArn", &[("lambda-env-kms-key", "pass -> fail")], "a key of AWS's own encrypts the variables"),
    ("ListSecrets", "SecretList[].LastRotatedDate", &[("secretsmanager-rotation-age", "pass -> fail")], "the secret was never rotated"),
    ("ListSecrets", "SecretList[].NextRotationDate", &[("secretsmanager-rotation-enabled", "pass -> fail")], "no rotation is planned"),
    (
        "ListSecrets",
        "SecretList[].PrimaryRegion",
        &[("secretsmanager-rotation-age", "not_applicable -> pass"), ("secretsmanager-rotation-enabled", "not_applicable -> pass")],
        "the secret is no replica",
    ),
    ("ListSecrets", "SecretList[].RotationEnabled", &[("secretsmanager-rotation-enabled", "pass -> fail")], "rotation was never set up"),
    ("GetApis", "items[].disableExecuteApiEndpoint", &[("apigateway-http-api-edge-waf", "pass -> fail")], "the default endpoint is open"),
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
