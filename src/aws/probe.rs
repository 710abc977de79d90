//! One cheap call per operation, to find out before a run what would be denied (`plan --check`): the smallest page, or something
//! that does not exist. AWS authorizes before it looks, so "not found" means "allowed".

use super::ask::{Caller, Refusal, Reply};
use super::operation::Operation;
use super::operations;
use super::session::{Account, Session};
use crate::model::Reason;

/// A name that no trail, API or domain has.
const NOBODY: &str = "evidence-probe";
/// Of the form that Organizations demands, and of nobody.
const NO_ROOT: &str = "r-0000";
const NO_POLICY: &str = "p-00000000";

/// What one operation came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probed {
    /// AWS let the principal ask.
    Allowed,
    /// AWS refused the principal the action; the gap of a run would be this.
    Denied(Refusal),
    /// No answer tells: throttled, failed, timed out.
    Unclear(Refusal),
    /// Not asked: it is not a question (`sts:AssumeRole`), or nobody wrote a cheap one.
    NotTried,
}

/// Asks one operation of an account; regional ones in the first Region observed.
pub async fn probe(session: &Session, account: &Account, service: &str, name: &str) -> Probed {
    let Some(row) = operations::find(service, name) else { return Probed::NotTried };
    let home = account.note.partition.home_region();
    let region = account.regions.observed.first().map_or(home, String::as_str);
    let caller = match service {
        "IAM" | "Account" | "CloudFront" | "Organizations" | "Shield" => session.global(account),
        "STS" | "EC2" => session.regional(account, home),
        _ => session.regional(account, region),
    };
    match question(&caller, row).await {
        None => Probed::NotTried,
        Some(Ok(_)) => Probed::Allowed,
        Some(Err(refusal)) => judge(refusal),
    }
}

fn judge(refusal: Refusal) -> Probed {
    match (refusal.gap.reason, refusal.status) {
        (Reason::Denied, _) => Probed::Denied(refusal),
        (Reason::NotManagementAccount, _) => Probed::Allowed,
        (Reason::Failed, Some(400..500)) if refusal.code.is_some() => Probed::Allowed,
        _ => Probed::Unclear(refusal),
    }
}

/// Sends a request of the SDK with the tap, and forgets the value.
macro_rules! send {
    ($caller:expr, $row:expr, $request:expr) => {
        forget($caller.ask(($row.service, $row.name), |tap| $request.customize().interceptor(tap).send()).await)
    };
}

fn forget<T>(reply: Reply<T>) -> Option<Reply<()>> {
    Some(reply.map(|answer| answer.map(|_| ())))
}

async fn question(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    match row.service {
        "IAM" => iam(caller, row).await,
        "CloudTrail" => cloudtrail(caller, row).await,
        "API Gateway" => apigateway(caller, row).await,
        "ApiGatewayV2" => apigatewayv2(caller, row).await,
        "S3" => s3(caller, row).await,
        "S3 Control" => {
            send!(caller, row, aws_sdk_s3control::Client::new(caller.sdk()).get_public_access_block().account_id(caller.account()))
        }
        "KMS" => kms(caller, row).await,
        "Lambda" => lambda(caller, row).await,
        "SQS" => sqs(caller, row).await,
        "Secrets Manager" => secretsmanager(caller, row).await,
        "RDS" => rds(caller, row).await,
        "EFS" if row.name == "DescribeFileSystems" => {
            send!(caller, row, aws_sdk_efs::Client::new(caller.sdk()).describe_file_systems().max_items(1))
        }
        "Config Service" => config(caller, row).await,
        "Organizations" => organizations(caller, row).await,
        "Account" | "AccessAnalyzer" | "AuditManager" | "GuardDuty" | "Inspector2" | "Macie2" | "SecurityHub" | "Shield" => {
            posture(caller, row).await
        }
        "DynamoDB" => dynamodb(caller, row).await,
        "Elastic Load Balancing v2" => elbv2(caller, row).await,
        "CloudFront" => cloudfront(caller, row).await,
        "CloudWatch" if row.name == "DescribeAlarms" => {
            send!(caller, row, aws_sdk_cloudwatch::Client::new(caller.sdk()).describe_alarms().max_records(1))
        }
        "CloudWatch Logs" => logs(caller, row).await,
        "SNS" => sns(caller, row).await,
        "EC2" => ec2(caller, row).await,
        "WAFV2" => wafv2(caller, row).await,
        "ACM" => acm(caller, row).await,
        "Cognito Identity Provider" => user_pools(caller, row).await,
        "Cognito Identity" => identity_pools(caller, row).await,
        "STS" if row.name == "GetCallerIdentity" => send!(caller, row, aws_sdk_sts::Client::new(caller.sdk()).get_caller_identity()),
        _ => None,
    }
}

async fn iam(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let iam = aws_sdk_iam::Client::new(caller.sdk());
    match row.name {
        "GenerateCredentialReport" => send!(caller, row, iam.generate_credential_report()),
        "GetCredentialReport" => send!(caller, row, iam.get_credential_report()),
        "ListUsers" => send!(caller, row, iam.list_users().max_items(1)),
        "GetAccountAuthorizationDetails" => send!(caller, row, iam.get_account_authorization_details().max_items(1)),
        "GetAccountSummary" => send!(caller, row, iam.get_account_summary()),
        "GetAccountPasswordPolicy" => send!(caller, row, iam.get_account_password_policy()),
        "ListVirtualMFADevices" => send!(caller, row, iam.list_virtual_mfa_devices().max_items(1)),
        "ListInstanceProfiles" => send!(caller, row, iam.list_instance_profiles().max_items(1)),
        "ListServerCertificates" => send!(caller, row, iam.list_server_certificates().max_items(1)),
        "ListSAMLProviders" => send!(caller, row, iam.list_saml_providers()),
        "ListOpenIDConnectProviders" => send!(caller, row, iam.list_open_id_connect_providers()),
        "ListAccountAliases" => send!(caller, row, iam.list_account_aliases().max_items(1)),
        "ListOrganizationsFeatures" => send!(caller, row, iam.list_organizations_features()),
        _ => None,
    }
}

async fn organizations(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_organizations::Client::new(caller.sdk());
    match row.name {
        "DescribeOrganization" => send!(caller, row, client.describe_organization()),
        "ListRoots" => send!(caller, row, client.list_roots().max_results(1)),
        "ListOrganizationalUnitsForParent" => send!(caller, row, client.list_organizational_units_for_parent().parent_id(NO_ROOT)),
        "ListAccountsForParent" => send!(caller, row, client.list_accounts_for_parent().parent_id(NO_ROOT)),
        "ListPolicies" => {
            send!(caller, row, client.list_policies().filter(aws_sdk_organizations::types::PolicyType::ServiceControlPolicy).max_results(1))
        }
        "ListTargetsForPolicy" => send!(caller, row, client.list_targets_for_policy().policy_id(NO_POLICY)),
        "DescribePolicy" => send!(caller, row, client.describe_policy().policy_id(NO_POLICY)),
        "DescribeResourcePolicy" => send!(caller, row, client.describe_resource_policy()),
        "ListAWSServiceAccessForOrganization" => send!(caller, row, client.list_aws_service_access_for_organization().max_results(1)),
        "ListDelegatedAdministrators" => send!(caller, row, client.list_delegated_administrators().max_results(1)),
        "ListDelegatedServicesForAccount" => {
            send!(caller, row, client.list_delegated_services_for_account().account_id(caller.account()).max_results(1))
        }
        _ => None,
    }
}

async fn posture(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    use aws_sdk_account::types::AlternateContactType::Security;
    let sdk = caller.sdk();
    match row.name {
        "GetAlternateContact" => {
            send!(caller, row, aws_sdk_account::Client::new(sdk).get_alternate_contact().alternate_contact_type(Security))
        }
        "GetContactInformation" => send!(caller, row, aws_sdk_account::Client::new(sdk).get_contact_information()),
        "ListAnalyzers" => send!(caller, row, aws_sdk_accessanalyzer::Client::new(sdk).list_analyzers().max_results(1)),
        "ListFindingsV2" => {
            send!(caller, row, aws_sdk_accessanalyzer::Client::new(sdk).list_findings_v2().analyzer_arn(no_analyzer(caller)))
        }
        "GetAccountStatus" => send!(caller, row, aws_sdk_auditmanager::Client::new(sdk).get_account_status()),
        "ListAssessments" => send!(caller, row, aws_sdk_auditmanager::Client::new(sdk).list_assessments().max_results(1)),
        "ListDetectors" => send!(caller, row, aws_sdk_guardduty::Client::new(sdk).list_detectors().max_results(1)),
        "GetDetector" => send!(caller, row, aws_sdk_guardduty::Client::new(sdk).get_detector().detector_id(NOBODY)),
        "BatchGetAccountStatus" => {
            send!(caller, row, aws_sdk_inspector2::Client::new(sdk).batch_get_account_status().account_ids(caller.account()))
        }
        "ListFindings" => send!(caller, row, aws_sdk_inspector2::Client::new(sdk).list_findings().max_results(1)),
        "GetMacieSession" => send!(caller, row, aws_sdk_macie2::Client::new(sdk).get_macie_session()),
        "GetAutomatedDiscoveryConfiguration" => {
            send!(caller, row, aws_sdk_macie2::Client::new(sdk).get_automated_discovery_configuration())
        }
        "ListClassificationJobs" => send!(caller, row, aws_sdk_macie2::Client::new(sdk).list_classification_jobs().max_results(1)),
        "DescribeHub" => send!(caller, row, aws_sdk_securityhub::Client::new(sdk).describe_hub()),
        "GetEnabledStandards" => send!(caller, row, aws_sdk_securityhub::Client::new(sdk).get_enabled_standards().max_results(1)),
        "GetSubscriptionState" => send!(caller, row, aws_sdk_shield::Client::new(sdk).get_subscription_state()),
        "ListProtections" => send!(caller, row, aws_sdk_shield::Client::new(sdk).list_protections().max_results(1)),
        _ => None,
    }
}

fn no_analyzer(caller: &Caller) -> String {
    format!("arn:{}:access-analyzer:{}:{}:analyzer/{NOBODY}", caller.partition(), caller.endpoint_region(), caller.account())
}

async fn cloudtrail(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_cloudtrail::Client::new(caller.sdk());
    match row.name {
        "DescribeTrails" => send!(caller, row, client.describe_trails().trail_name_list(NOBODY)),
        "GetTrailStatus" => send!(caller, row, client.get_trail_status().name(NOBODY)),
        "GetEventSelectors" => send!(caller, row, client.get_event_selectors().trail_name(NOBODY)),
        "GetInsightSelectors" => send!(caller, row, client.get_insight_selectors().trail_name(NOBODY)),
        _ => None,
    }
}

async fn apigateway(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_apigateway::Client::new(caller.sdk());
    match row.name {
        "GetRestApis" => send!(caller, row, client.get_rest_apis().limit(1)),
        "GetResources" => send!(caller, row, client.get_resources().rest_api_id(NOBODY)),
        "GetStages" => send!(caller, row, client.get_stages().rest_api_id(NOBODY)),
        "GetDeployment" => send!(caller, row, client.get_deployment().rest_api_id(NOBODY).deployment_id(NOBODY)),
        "GetAuthorizers" => send!(caller, row, client.get_authorizers().rest_api_id(NOBODY)),
        "GetRequestValidators" => send!(caller, row, client.get_request_validators().rest_api_id(NOBODY)),
        "GetGatewayResponses" => send!(caller, row, client.get_gateway_responses().rest_api_id(NOBODY)),
        "GetApiKeys" => send!(caller, row, client.get_api_keys().include_values(false).limit(1)),
        "GetUsagePlans" => send!(caller, row, client.get_usage_plans().limit(1)),
        "GetUsagePlanKeys" => send!(caller, row, client.get_usage_plan_keys().usage_plan_id(NOBODY)),
        "GetDomainNames" => send!(caller, row, client.get_domain_names().limit(1)),
        "GetClientCertificates" => send!(caller, row, client.get_client_certificates().limit(1)),
        "GetVpcLinks" => send!(caller, row, client.get_vpc_links().limit(1)),
        "GetAccount" => send!(caller, row, client.get_account()),
        _ => None,
    }
}

async fn apigatewayv2(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_apigatewayv2::Client::new(caller.sdk());
    match row.name {
        "GetApis" => send!(caller, row, client.get_apis().max_results("1")),
        "GetRoutes" => send!(caller, row, client.get_routes().api_id(NOBODY)),
        "GetAuthorizers" => send!(caller, row, client.get_authorizers().api_id(NOBODY)),
        "GetIntegrations" => send!(caller, row, client.get_integrations().api_id(NOBODY)),
        "GetStages" => send!(caller, row, client.get_stages().api_id(NOBODY)),
        "GetDomainNames" => send!(caller, row, client.get_domain_names().max_results("1")),
        "GetApiMappings" => send!(caller, row, client.get_api_mappings().domain_name(NOBODY)),
        _ => None,
    }
}

/// S3 answers whoever lacks the permission to list buckets 403 for any name, so the first bucket of the account is asked about.
async fn s3(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = client(caller);
    if row.name == "ListBuckets" {
        return send!(caller, row, client.list_buckets().max_buckets(1));
    }
    let send = |tap| client.list_buckets().max_buckets(1).customize().interceptor(tap).send();
    let first = match caller.ask(("S3", "ListBuckets"), send).await {
        Ok(answer) => answer.value.buckets.unwrap_or_default().into_iter().next()?,
        Err(_) => return None,
    };
    let (name, caller) = (first.name?, first.bucket_region.map_or_else(|| caller.clone(), |region| caller.in_region(&region)));
    let s3 = self::client(&caller);
    match row.name {
        "GetBucketLocation" => send!(caller, row, s3.get_bucket_location().bucket(name)),
        "GetBucketEncryption" => send!(caller, row, s3.get_bucket_encryption().bucket(name)),
        "GetPublicAccessBlock" => send!(caller, row, s3.get_public_access_block().bucket(name)),
        "GetBucketPolicy" => send!(caller, row, s3.get_bucket_policy().bucket(name)),
        "GetBucketPolicyStatus" => send!(caller, row, s3.get_bucket_policy_status().bucket(name)),
        "GetBucketAcl" => send!(caller, row, s3.get_bucket_acl().bucket(name)),
        "GetBucketOwnershipControls" => send!(caller, row, s3.get_bucket_ownership_controls().bucket(name)),
        "GetBucketVersioning" => send!(caller, row, s3.get_bucket_versioning().bucket(name)),
        "GetBucketLogging" => send!(caller, row, s3.get_bucket_logging().bucket(name)),
        "GetObjectLockConfiguration" => send!(caller, row, s3.get_object_lock_configuration().bucket(name)),
        "GetBucketLifecycleConfiguration" => send!(caller, row, s3.get_bucket_lifecycle_configuration().bucket(name)),
        "GetBucketTagging" => send!(caller, row, s3.get_bucket_tagging().bucket(name)),
        _ => None,
    }
}

fn client(caller: &Caller) -> aws_sdk_s3::Client {
    aws_sdk_s3::Client::from_conf(aws_sdk_s3::config::Builder::from(caller.sdk()).force_path_style(true).build())
}

async fn kms(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    /// An id in the form of ids that no key has.
    const NO_KEY: &str = "00000000-0000-0000-0000-000000000000";
    let client = aws_sdk_kms::Client::new(caller.sdk());
    match row.name {
        "ListKeys" => send!(caller, row, client.list_keys().limit(1)),
        "ListAliases" => send!(caller, row, client.list_aliases().limit(1)),
        "DescribeKey" => send!(caller, row, client.describe_key().key_id(NO_KEY)),
        "GetKeyRotationStatus" => send!(caller, row, client.get_key_rotation_status().key_id(NO_KEY)),
        "GetKeyPolicy" => send!(caller, row, client.get_key_policy().key_id(NO_KEY)),
        _ => None,
    }
}

async fn lambda(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_lambda::Client::new(caller.sdk());
    match row.name {
        "ListFunctions" => send!(caller, row, client.list_functions().max_items(1)),
        "GetPolicy" => send!(caller, row, client.get_policy().function_name(NOBODY)),
        "ListFunctionUrlConfigs" => send!(caller, row, client.list_function_url_configs().function_name(NOBODY)),
        _ => None,
    }
}

async fn sqs(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_sqs::Client::new(caller.sdk());
    match row.name {
        "ListQueues" => send!(caller, row, client.list_queues().queue_name_prefix(NOBODY).max_results(1)),
        "GetQueueAttributes" => {
            let url = format!("https://sqs.{}.amazonaws.com/{}/{NOBODY}", caller.endpoint_region(), caller.account());
            send!(caller, row, client.get_queue_attributes().queue_url(url))
        }
        _ => None,
    }
}

async fn sns(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_sns::Client::new(caller.sdk());
    let arn = format!("arn:{}:sns:{}:{}:{NOBODY}", caller.partition(), caller.endpoint_region(), caller.account());
    match row.name {
        "ListTopics" => send!(caller, row, client.list_topics()),
        "GetTopicAttributes" => send!(caller, row, client.get_topic_attributes().topic_arn(arn)),
        "ListSubscriptionsByTopic" => send!(caller, row, client.list_subscriptions_by_topic().topic_arn(arn)),
        _ => None,
    }
}

async fn secretsmanager(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_secretsmanager::Client::new(caller.sdk());
    match row.name {
        "ListSecrets" => send!(caller, row, client.list_secrets().max_results(1)),
        "GetResourcePolicy" => send!(caller, row, client.get_resource_policy().secret_id(NOBODY)),
        _ => None,
    }
}

async fn config(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_config::Client::new(caller.sdk());
    match row.name {
        "DescribeConfigurationRecorders" => send!(caller, row, client.describe_configuration_recorders()),
        "DescribeConfigurationRecorderStatus" => send!(caller, row, client.describe_configuration_recorder_status()),
        "DescribeDeliveryChannels" => send!(caller, row, client.describe_delivery_channels()),
        "GetDiscoveredResourceCounts" => send!(caller, row, client.get_discovered_resource_counts().limit(1)),
        _ => None,
    }
}

async fn ec2(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    /// The smallest page that EC2 gives.
    const FEW: i32 = 5;
    let client = aws_sdk_ec2::Client::new(caller.sdk());
    match row.name {
        "DescribeRegions" => send!(caller, row, client.describe_regions().all_regions(true)),
        "DescribeVpcs" => send!(caller, row, client.describe_vpcs().max_results(FEW)),
        "DescribeFlowLogs" => send!(caller, row, client.describe_flow_logs().max_results(FEW)),
        "DescribeSecurityGroups" => send!(caller, row, client.describe_security_groups().max_results(FEW)),
        "DescribeNetworkAcls" => send!(caller, row, client.describe_network_acls().max_results(FEW)),
        "DescribeInstances" => send!(caller, row, client.describe_instances().max_results(FEW)),
        "DescribeVpcPeeringConnections" => send!(caller, row, client.describe_vpc_peering_connections().max_results(FEW)),
        "DescribeRouteTables" => send!(caller, row, client.describe_route_tables().max_results(FEW)),
        "DescribeVpcEndpoints" => send!(caller, row, client.describe_vpc_endpoints().max_results(FEW)),
        "DescribeNetworkInterfaces" => send!(caller, row, client.describe_network_interfaces().max_results(FEW)),
        "GetEbsEncryptionByDefault" => send!(caller, row, client.get_ebs_encryption_by_default()),
        "GetEbsDefaultKmsKeyId" => send!(caller, row, client.get_ebs_default_kms_key_id()),
        _ => None,
    }
}

async fn rds(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    /// The fewest records that RDS lets one ask for.
    const FEWEST: i32 = 20;
    let client = aws_sdk_rds::Client::new(caller.sdk());
    match row.name {
        "DescribeDBInstances" => send!(caller, row, client.describe_db_instances().max_records(FEWEST)),
        "DescribeDBClusters" => send!(caller, row, client.describe_db_clusters().max_records(FEWEST)),
        _ => None,
    }
}

async fn wafv2(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    use aws_sdk_wafv2::types::{ResourceType, Scope};
    /// An id in the form of ids that nothing has.
    const NO_ID: &str = "00000000-0000-0000-0000-000000000000";
    let client = aws_sdk_wafv2::Client::new(caller.sdk());
    let (partition, region, account) = (caller.partition(), caller.endpoint_region(), caller.account());
    let arn = format!("arn:{partition}:wafv2:{region}:{account}:regional/webacl/{NOBODY}/{NO_ID}");
    match row.name {
        "ListWebACLs" => send!(caller, row, client.list_web_acls().scope(Scope::Regional).limit(1)),
        "GetWebACL" => send!(caller, row, client.get_web_acl().scope(Scope::Regional).name(NOBODY).id(NO_ID)),
        "GetRuleGroup" => send!(caller, row, client.get_rule_group().scope(Scope::Regional).name(NOBODY).id(NO_ID)),
        "GetLoggingConfiguration" => send!(caller, row, client.get_logging_configuration().resource_arn(arn)),
        "ListResourcesForWebACL" => {
            send!(caller, row, client.list_resources_for_web_acl().web_acl_arn(arn).resource_type(ResourceType::CognitioUserPool))
        }
        _ => None,
    }
}

async fn dynamodb(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_dynamodb::Client::new(caller.sdk());
    match row.name {
        "ListTables" => send!(caller, row, client.list_tables().limit(1)),
        "DescribeTable" => send!(caller, row, client.describe_table().table_name(NOBODY)),
        _ => None,
    }
}

async fn acm(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_acm::Client::new(caller.sdk());
    let (partition, region, account) = (caller.partition(), caller.endpoint_region(), caller.account());
    match row.name {
        "ListCertificates" => send!(caller, row, client.list_certificates().max_items(1)),
        "DescribeCertificate" => {
            let arn = format!("arn:{partition}:acm:{region}:{account}:certificate/00000000-0000-0000-0000-000000000000");
            send!(caller, row, client.describe_certificate().certificate_arn(arn))
        }
        _ => None,
    }
}

async fn elbv2(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_elasticloadbalancingv2::Client::new(caller.sdk());
    let nobody = format!(
        "arn:{}:elasticloadbalancing:{}:{}:loadbalancer/app/{NOBODY}/0123456789abcdef",
        caller.partition(),
        caller.endpoint_region(),
        caller.account()
    );
    match row.name {
        "DescribeLoadBalancers" => send!(caller, row, client.describe_load_balancers().page_size(1)),
        "DescribeLoadBalancerAttributes" => send!(caller, row, client.describe_load_balancer_attributes().load_balancer_arn(nobody)),
        "DescribeListeners" => send!(caller, row, client.describe_listeners().load_balancer_arn(nobody)),
        _ => None,
    }
}

async fn user_pools(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_cognitoidentityprovider::Client::new(caller.sdk());
    let pool = format!("{}_000000000", caller.endpoint_region());
    match row.name {
        "ListUserPools" => send!(caller, row, client.list_user_pools().max_results(1)),
        "DescribeUserPool" => send!(caller, row, client.describe_user_pool().user_pool_id(pool)),
        "GetUserPoolMfaConfig" => send!(caller, row, client.get_user_pool_mfa_config().user_pool_id(pool)),
        "DescribeRiskConfiguration" => send!(caller, row, client.describe_risk_configuration().user_pool_id(pool)),
        "ListUserPoolClients" => send!(caller, row, client.list_user_pool_clients().user_pool_id(pool).max_results(1)),
        "DescribeUserPoolClient" => send!(caller, row, client.describe_user_pool_client().user_pool_id(pool).client_id("0")),
        _ => None,
    }
}

async fn cloudfront(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_cloudfront::Client::new(caller.sdk());
    match row.name {
        "ListDistributions" => send!(caller, row, client.list_distributions().max_items(1)),
        "GetDistributionConfig" => send!(caller, row, client.get_distribution_config().id("E0000000000000")),
        _ => None,
    }
}

async fn identity_pools(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_cognitoidentity::Client::new(caller.sdk());
    match row.name {
        "ListIdentityPools" => send!(caller, row, client.list_identity_pools().max_results(1)),
        "DescribeIdentityPool" => {
            let pool = format!("{}:00000000-0000-0000-0000-000000000000", caller.endpoint_region());
            send!(caller, row, client.describe_identity_pool().identity_pool_id(pool))
        }
        _ => None,
    }
}

async fn logs(caller: &Caller, row: &Operation) -> Option<Reply<()>> {
    let client = aws_sdk_cloudwatchlogs::Client::new(caller.sdk());
    match row.name {
        "DescribeLogGroups" => send!(caller, row, client.describe_log_groups().limit(1)),
        "DescribeMetricFilters" => send!(caller, row, client.describe_metric_filters().limit(1)),
        "DescribeDeliverySources" => send!(caller, row, client.describe_delivery_sources().limit(1)),
        "DescribeDeliveries" => send!(caller, row, client.describe_deliveries().limit(1)),
        _ => None,
    }
}
