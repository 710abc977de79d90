//! The rows of the operation table, one file per service, written from AWS's API reference.
//!
//! A member is required where AWS sends it in every answer; a row that asks for more would make everything behind it
//! indeterminate, one that asks for less would let a default of the SDK pass for an answer.

pub mod accessanalyzer;
pub mod account;
pub mod acm;
pub mod apigateway;
pub mod apigatewayv2;
pub mod auditmanager;
pub mod cloudfront;
pub mod cloudtrail;
pub mod cloudwatch;
pub mod cognito;
pub mod config;
pub mod dynamodb;
pub mod ec2;
pub mod efs;
pub mod elbv2;
pub mod guardduty;
pub mod iam;
pub mod inspector2;
pub mod kms;
pub mod lambda;
pub mod log_deliveries;
pub mod logs;
pub mod macie2;
pub mod organizations;
pub mod rds;
pub mod s3;
pub mod s3control;
pub mod secretsmanager;
pub mod securityhub;
pub mod shield;
pub mod sns;
pub mod sqs;
pub mod sts;
pub mod wafv2;

use super::operation::Operation;

/// The rows of every service.
static SERVICES: &[&[&Operation]] = &[
    accessanalyzer::ROWS,
    account::ROWS,
    acm::ROWS,
    apigateway::ROWS,
    apigatewayv2::ROWS,
    auditmanager::ROWS,
    cloudfront::ROWS,
    cloudtrail::ROWS,
    cloudwatch::ROWS,
    cognito::ROWS,
    config::ROWS,
    dynamodb::ROWS,
    ec2::ROWS,
    efs::ROWS,
    elbv2::ROWS,
    guardduty::ROWS,
    iam::ROWS,
    inspector2::ROWS,
    kms::ROWS,
    lambda::ROWS,
    log_deliveries::ROWS,
    logs::ROWS,
    macie2::ROWS,
    organizations::ROWS,
    rds::ROWS,
    s3::ROWS,
    s3control::ROWS,
    secretsmanager::ROWS,
    securityhub::ROWS,
    shield::ROWS,
    sns::ROWS,
    sqs::ROWS,
    sts::ROWS,
    wafv2::ROWS,
];

/// All rows.
pub fn table() -> impl Iterator<Item = &'static Operation> {
    SERVICES.iter().flat_map(|rows| rows.iter().copied())
}

/// The row of an operation, by SDK service id and name.
pub fn find(service: &str, name: &str) -> Option<&'static Operation> {
    table().find(|operation| operation.service == service && operation.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::operation::{Effect, Wire};

    /// `(service, operation)` of every type of the SDK that a row stands for: a name that the SDK lacks does not compile.
    fn sdk_operations() -> Vec<(&'static str, &'static str)> {
        macro_rules! operations {
            ($($service:literal $krate:ident: $($module:ident::$name:ident)+;)+) => {
                vec![$($(($service, std::any::type_name::<$krate::operation::$module::$name>())),+),+]
            };
        }
        operations! {
            "API Gateway" aws_sdk_apigateway: get_rest_apis::GetRestApis get_resources::GetResources get_stages::GetStages
                get_deployment::GetDeployment get_authorizers::GetAuthorizers get_request_validators::GetRequestValidators
                get_gateway_responses::GetGatewayResponses get_api_keys::GetApiKeys get_usage_plans::GetUsagePlans
                get_usage_plan_keys::GetUsagePlanKeys get_domain_names::GetDomainNames
                get_client_certificates::GetClientCertificates get_vpc_links::GetVpcLinks get_account::GetAccount;
            "ApiGatewayV2" aws_sdk_apigatewayv2: get_apis::GetApis get_routes::GetRoutes get_authorizers::GetAuthorizers
                get_integrations::GetIntegrations get_stages::GetStages get_domain_names::GetDomainNames
                get_api_mappings::GetApiMappings;
            "CloudTrail" aws_sdk_cloudtrail: describe_trails::DescribeTrails get_trail_status::GetTrailStatus
                get_event_selectors::GetEventSelectors get_insight_selectors::GetInsightSelectors;
            "CloudWatch" aws_sdk_cloudwatch: describe_alarms::DescribeAlarms;
            "CloudWatch Logs" aws_sdk_cloudwatchlogs: describe_log_groups::DescribeLogGroups
                describe_metric_filters::DescribeMetricFilters;
            "SNS" aws_sdk_sns: list_topics::ListTopics get_topic_attributes::GetTopicAttributes
                list_subscriptions_by_topic::ListSubscriptionsByTopic;
            "Config Service" aws_sdk_config: describe_configuration_recorders::DescribeConfigurationRecorders
                describe_configuration_recorder_status::DescribeConfigurationRecorderStatus
                describe_delivery_channels::DescribeDeliveryChannels get_discovered_resource_counts::GetDiscoveredResourceCounts;
            "CloudFront" aws_sdk_cloudfront: list_distributions::ListDistributions get_distribution_config::GetDistributionConfig;
            "CloudWatch Logs" aws_sdk_cloudwatchlogs: describe_delivery_sources::DescribeDeliverySources
                describe_deliveries::DescribeDeliveries;
            "DynamoDB" aws_sdk_dynamodb: list_tables::ListTables describe_table::DescribeTable;
            "EFS" aws_sdk_efs: describe_file_systems::DescribeFileSystems;
            "Elastic Load Balancing v2" aws_sdk_elasticloadbalancingv2: describe_load_balancers::DescribeLoadBalancers
                describe_load_balancer_attributes::DescribeLoadBalancerAttributes describe_listeners::DescribeListeners;
            "RDS" aws_sdk_rds: describe_db_instances::DescribeDBInstances describe_db_clusters::DescribeDBClusters;
            "KMS" aws_sdk_kms: list_keys::ListKeys list_aliases::ListAliases describe_key::DescribeKey
                get_key_rotation_status::GetKeyRotationStatus get_key_policy::GetKeyPolicy;
            "Lambda" aws_sdk_lambda: list_functions::ListFunctions get_policy::GetPolicy
                list_function_url_configs::ListFunctionUrlConfigs;
            "S3" aws_sdk_s3: list_buckets::ListBuckets get_bucket_location::GetBucketLocation
                get_bucket_encryption::GetBucketEncryption get_public_access_block::GetPublicAccessBlock
                get_bucket_policy::GetBucketPolicy get_bucket_policy_status::GetBucketPolicyStatus get_bucket_acl::GetBucketAcl
                get_bucket_ownership_controls::GetBucketOwnershipControls get_bucket_versioning::GetBucketVersioning
                get_bucket_logging::GetBucketLogging get_object_lock_configuration::GetObjectLockConfiguration
                get_bucket_lifecycle_configuration::GetBucketLifecycleConfiguration get_bucket_tagging::GetBucketTagging;
            "S3 Control" aws_sdk_s3control: get_public_access_block::GetPublicAccessBlock;
            "EC2" aws_sdk_ec2: describe_regions::DescribeRegions describe_vpcs::DescribeVpcs describe_flow_logs::DescribeFlowLogs
                describe_security_groups::DescribeSecurityGroups describe_network_acls::DescribeNetworkAcls
                describe_instances::DescribeInstances describe_vpc_peering_connections::DescribeVpcPeeringConnections
                describe_route_tables::DescribeRouteTables describe_vpc_endpoints::DescribeVpcEndpoints
                describe_network_interfaces::DescribeNetworkInterfaces
                get_ebs_encryption_by_default::GetEbsEncryptionByDefault get_ebs_default_kms_key_id::GetEbsDefaultKmsKeyId;
            "Secrets Manager" aws_sdk_secretsmanager: list_secrets::ListSecrets get_resource_policy::GetResourcePolicy;
            "SQS" aws_sdk_sqs: list_queues::ListQueues get_queue_attributes::GetQueueAttributes;
            "IAM" aws_sdk_iam: generate_credential_report::GenerateCredentialReport get_credential_report::GetCredentialReport
                list_users::ListUsers get_account_authorization_details::GetAccountAuthorizationDetails
                list_instance_profiles::ListInstanceProfiles
                get_account_summary::GetAccountSummary get_account_password_policy::GetAccountPasswordPolicy
                list_virtual_mfa_devices::ListVirtualMFADevices list_server_certificates::ListServerCertificates
                list_saml_providers::ListSAMLProviders list_open_id_connect_providers::ListOpenIDConnectProviders
                list_account_aliases::ListAccountAliases list_organizations_features::ListOrganizationsFeatures;
            "Account" aws_sdk_account: get_alternate_contact::GetAlternateContact get_contact_information::GetContactInformation;
            "AccessAnalyzer" aws_sdk_accessanalyzer: list_analyzers::ListAnalyzers list_findings_v2::ListFindingsV2;
            "AuditManager" aws_sdk_auditmanager: get_account_status::GetAccountStatus list_assessments::ListAssessments;
            "GuardDuty" aws_sdk_guardduty: list_detectors::ListDetectors get_detector::GetDetector;
            "Inspector2" aws_sdk_inspector2: batch_get_account_status::BatchGetAccountStatus list_findings::ListFindings;
            "Macie2" aws_sdk_macie2: get_macie_session::GetMacieSession list_classification_jobs::ListClassificationJobs
                get_automated_discovery_configuration::GetAutomatedDiscoveryConfiguration;
            "Organizations" aws_sdk_organizations: describe_organization::DescribeOrganization list_roots::ListRoots
                list_organizational_units_for_parent::ListOrganizationalUnitsForParent list_accounts_for_parent::ListAccountsForParent
                list_policies::ListPolicies list_targets_for_policy::ListTargetsForPolicy describe_policy::DescribePolicy
                describe_resource_policy::DescribeResourcePolicy list_delegated_administrators::ListDelegatedAdministrators
                list_aws_service_access_for_organization::ListAWSServiceAccessForOrganization
                list_delegated_services_for_account::ListDelegatedServicesForAccount;
            "SecurityHub" aws_sdk_securityhub: describe_hub::DescribeHub get_enabled_standards::GetEnabledStandards;
            "Shield" aws_sdk_shield: get_subscription_state::GetSubscriptionState list_protections::ListProtections;
            "STS" aws_sdk_sts: get_caller_identity::GetCallerIdentity assume_role::AssumeRole;
            "ACM" aws_sdk_acm: list_certificates::ListCertificates describe_certificate::DescribeCertificate;
            "Cognito Identity Provider" aws_sdk_cognitoidentityprovider: list_user_pools::ListUserPools
                describe_user_pool::DescribeUserPool get_user_pool_mfa_config::GetUserPoolMfaConfig
                describe_risk_configuration::DescribeRiskConfiguration list_user_pool_clients::ListUserPoolClients
                describe_user_pool_client::DescribeUserPoolClient;
            "Cognito Identity" aws_sdk_cognitoidentity: list_identity_pools::ListIdentityPools
                describe_identity_pool::DescribeIdentityPool;
            "WAFV2" aws_sdk_wafv2: list_web_acls::ListWebACLs get_web_acl::GetWebACL get_rule_group::GetRuleGroup
                get_logging_configuration::GetLoggingConfiguration list_resources_for_web_acl::ListResourcesForWebACL;
        }
    }

    #[test]
    fn every_row_is_an_operation_of_the_sdk() {
        let mut ours: Vec<_> = table().map(|operation| (operation.service, operation.name)).collect();
        let mut sdk: Vec<_> =
            sdk_operations().into_iter().map(|(service, name)| (service, name.rsplit("::").next().unwrap_or(name))).collect();
        ours.sort_unstable();
        sdk.sort_unstable();
        assert_eq!(ours, sdk);
    }

    #[test]
    fn all_but_the_two_declared_operations_read() {
        let declared: Vec<_> = table().filter(|operation| operation.effect == Effect::Declared).map(|o| (o.service, o.name)).collect();
        assert_eq!(declared, [("IAM", "GenerateCredentialReport"), ("STS", "AssumeRole")]);
        for operation in table().filter(|operation| operation.effect == Effect::Read) {
            let verb = ["Get", "List", "Describe", "BatchGet"].iter().any(|verb| operation.name.starts_with(verb));
            assert!(verb, "{}", operation.name);
        }
    }

    /// Actions that are not named as their operation.
    const RENAMED: &[(&str, &str, &str)] = &[
        ("S3", "ListBuckets", "ListAllMyBuckets"),
        ("S3", "GetBucketEncryption", "GetEncryptionConfiguration"),
        ("S3", "GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
        ("S3", "GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
        ("S3", "GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
        ("S3 Control", "GetPublicAccessBlock", "GetAccountPublicAccessBlock"),
        ("AccessAnalyzer", "ListFindingsV2", "ListFindings"),
    ];

    #[test]
    fn every_action_has_the_form_of_iam_actions() {
        let prefixes = [
            "access-analyzer:",
            "account:",
            "acm:",
            "apigateway:",
            "auditmanager:",
            "cloudfront:",
            "cloudtrail:",
            "cloudwatch:",
            "cognito-identity:",
            "cognito-idp:",
            "config:",
            "dynamodb:",
            "ec2:",
            "elasticfilesystem:",
            "elasticloadbalancing:",
            "guardduty:",
            "iam:",
            "inspector2:",
            "kms:",
            "lambda:",
            "logs:",
            "macie2:",
            "organizations:",
            "rds:",
            "s3:",
            "secretsmanager:",
            "securityhub:",
            "shield:",
            "sns:",
            "sqs:",
            "sts:",
            "wafv2:",
        ];
        let patterns = [
            "arn:{partition}:acm:*:*:certificate/*",
            "arn:{partition}:apigateway:*::/",
            "arn:{partition}:cognito-identity:*:*:identitypool/*",
            "arn:{partition}:cognito-idp:*:*:userpool/*",
            "arn:{partition}:dynamodb:*:*:table/*",
            "arn:{partition}:kms:*:*:key/*",
            "arn:{partition}:lambda:*:*:function:*",
            "arn:{partition}:s3:::*",
            "arn:{partition}:secretsmanager:*:*:secret:*",
            "arn:{partition}:sns:*:*:*",
            "arn:{partition}:sqs:*:*:*",
        ];
        for operation in table() {
            assert_eq!(operation.actions.is_empty(), operation.name == "GetCallerIdentity", "{}", operation.name);
            assert_eq!(operation.actions.is_empty(), operation.resources.is_empty(), "{}", operation.name);
            for action in operation.actions {
                let prefix = prefixes.iter().find(|prefix| action.starts_with(**prefix)).copied();
                let name = prefix.map(|prefix| &action[prefix.len()..]);
                let renamed = RENAMED.iter().find(|(service, name, _)| (*service, *name) == (operation.service, operation.name));
                let own = renamed.map_or(operation.name, |(_, _, action)| action);
                let expected = if prefix == Some("apigateway:") { "GET" } else { own };
                assert_eq!(name, Some(expected), "{action}");
            }
            for resource in operation.resources {
                assert!(*resource == "*" || patterns.iter().any(|pattern| resource.starts_with(pattern)), "{resource}");
            }
        }
    }

    #[test]
    fn every_row_is_whole() {
        for operation in table() {
            let xml = matches!(operation.wire, Wire::Query | Wire::Ec2 | Wire::RestXml);
            let named = matches!(operation.wire, Wire::Query | Wire::Ec2);
            assert_eq!(operation.root.is_empty(), !xml || operation.name == "GetBucketPolicy", "{}", operation.name);
            assert!(!named || operation.root == format!("{}Response", operation.name), "{}", operation.root);
            assert!(!operation.required.is_empty(), "{}", operation.name);
            assert!(operation.reference.starts_with("https://docs.aws.amazon.com/"), "{}", operation.reference);
            let words = operation.cli.replace([' ', '-'], "").to_lowercase();
            assert!(words.ends_with(&operation.name.to_lowercase()), "{}", operation.cli);
            if operation.wire == Wire::Query {
                let result = format!("{}Result.", operation.name);
                let paths = operation.required.iter().chain(operation.redact.iter().map(|(path, _)| path));
                assert!(paths.clone().all(|path| path.starts_with(&result)), "{}", operation.name);
            }
        }
    }

    #[test]
    fn find_takes_service_and_name_together() {
        assert_eq!(find("IAM", "ListUsers").map(|row| row.cli), Some("iam list-users"));
        assert!(find("EC2", "ListUsers").is_none());
        assert!(find("IAM", "CreateUser").is_none());
    }
}
