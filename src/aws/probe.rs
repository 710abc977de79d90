//! One cheap call per operation, to find out before a run what would be denied (`plan --check`): the smallest page, or something
//! that does not exist. AWS authorizes before it looks, so "not found" means "allowed".

use super::ask::{Caller, Refusal, Reply};
use super::operation::Operation;
use super::operations;
use super::session::{Account, Session};
use crate::model::Reason;

/// A name that no trail, API or domain has.
const NOBODY: &str = "evidence-probe";

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
        "IAM" => session.global(account),
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
