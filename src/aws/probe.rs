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
        "IAM" | "Account" | "Organizations" | "Shield" => session.global(account),
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
        "Config Service" => config(caller, row).await,
        "Organizations" => organizations(caller, row).await,
        "Account" | "AccessAnalyzer" | "AuditManager" | "GuardDuty" | "Inspector2" | "Macie2" | "SecurityHub" | "Shield" => {
            posture(caller, row).await
        }
        "EC2" if row.name == "DescribeRegions" => {
            send!(caller, row, aws_sdk_ec2::Client::new(caller.sdk()).describe_regions().all_regions(true))
        }
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
