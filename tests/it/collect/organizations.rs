//! Organizations: the management account tells all, a member tells that it may not ask, and a standalone account has nothing to tell.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error};

const MEMBERSHIP: &str = "AWS::Organizations::Membership";
const UNIT: &str = "AWS::Organizations::OrganizationalUnit";
const ACCOUNTS: &str = "AWS::Organizations::Account";
const POLICY: &str = "AWS::Organizations::Policy";
const ALL: [&str; 4] = [MEMBERSHIP, UNIT, ACCOUNTS, POLICY];
const OTHER: &str = "444455556666";

fn organization(manager: &str) -> Reply {
    let arn = |what: &str| format!("arn:aws:organizations::{manager}:{what}");
    reply(
        json!({"Organization": {"Id": "o-exampleorgid", "Arn": arn("organization/o-exampleorgid"), "FeatureSet": "ALL", "MasterAccountId": manager,
            "MasterAccountArn": arn("account"), "MasterAccountEmail": "root@example.org"}})
        .to_string(),
    )
}

fn unit(id: &str, name: &str) -> Value {
    json!({"Id": id, "Arn": format!("arn:aws:organizations::{ACCOUNT}:ou/o-exampleorgid/{id}"), "Name": name})
}

fn account(id: &str, name: &str) -> Value {
    json!({"Id": id, "Arn": format!("arn:aws:organizations::{ACCOUNT}:account/o-exampleorgid/{id}"), "Email": "owner@example.org", "Name": name, "State": "ACTIVE"})
}

fn policy(id: &str, kind: &str, aws: bool) -> Value {
    json!({"Id": id, "Arn": format!("arn:aws:organizations::{ACCOUNT}:policy/o-exampleorgid/{id}"), "Name": id, "Type": kind, "AwsManaged": aws})
}

const DOCUMENT: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Sid":"Stay","Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}]}"#;

/// A root with two units, one of which has a unit below; a policy on both units; one account directly under the root: ourselves.
fn told(question: &Question) -> Option<Reply> {
    let body: Value = serde_json::from_str(&question.body).unwrap_or_default();
    let parent = body["ParentId"].as_str().unwrap_or_default();
    let answer = match question.operation.as_str() {
        "DescribeOrganization" => return Some(organization(ACCOUNT)),
        "ListRoots" => json!({"Roots": [{"Id": "r-exam", "Arn": "arn:aws:organizations::1:root/o/r-exam", "Name": "Root",
            "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}, {"Type": "TAG_POLICY", "Status": "PENDING_ENABLE"}]}]}),
        "ListOrganizationalUnitsForParent" => {
            let units = match parent {
                "r-exam" => vec![unit("ou-1", "Security"), unit("ou-2", "Workloads")],
                "ou-2" => vec![unit("ou-3", "Production")],
                _ => vec![],
            };
            json!({ "OrganizationalUnits": units })
        }
        "ListAccountsForParent" => {
            let accounts = match parent {
                "r-exam" => vec![account(ACCOUNT, "management")],
                "ou-3" => vec![account(OTHER, "orders")],
                _ => vec![],
            };
            json!({ "Accounts": accounts })
        }
        "ListPolicies" if body["Filter"] == "SERVICE_CONTROL_POLICY" => {
            json!({"Policies": [policy("p-full", "SERVICE_CONTROL_POLICY", true), policy("p-stay", "SERVICE_CONTROL_POLICY", false)]})
        }
        "ListPolicies" => json!({"Policies": []}),
        "ListTargetsForPolicy" => {
            let target =
                |id: &str| json!({"TargetId": id, "Arn": "arn:aws:organizations::1:ou/o/x", "Name": id, "Type": "ORGANIZATIONAL_UNIT"});
            json!({"Targets": [target("ou-2"), target("ou-1")]})
        }
        "DescribePolicy" => json!({"Policy": {"PolicySummary": policy("p-stay", "SERVICE_CONTROL_POLICY", false), "Content": DOCUMENT}}),
        "DescribeResourcePolicy" => return Some(json_error(400, "ResourcePolicyNotFoundException", "none")),
        "ListAWSServiceAccessForOrganization" => {
            json!({"EnabledServicePrincipals": [{"ServicePrincipal": "securityhub.amazonaws.com"}, {"ServicePrincipal": "guardduty.amazonaws.com"}]})
        }
        "ListDelegatedAdministrators" => json!({"DelegatedAdministrators": [account(OTHER, "orders")]}),
        "ListDelegatedServicesForAccount" => json!({"DelegatedServices": [{"ServicePrincipal": "guardduty.amazonaws.com"}]}),
        _ => return None,
    };
    Some(reply(answer.to_string()))
}

async fn found(script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| if question.service == "organizations" { script(question) } else { None });
    (gathered(&upstream, &all_of(&ALL)).await, upstream)
}

#[tokio::test]
async fn the_management_account_tells_tree_policies_and_delegates() {
    let (found, upstream) = found(told).await;
    let facts = found.facts(MEMBERSHIP, "organizations::111122223333:membership");
    assert_eq!((&facts["is_management_account"], &facts["speaks_for_organization"]), (&json!(true), &json!(true)));
    assert_eq!(facts["enabled_policy_types"], json!(["SERVICE_CONTROL_POLICY"]));
    assert_eq!(facts["guardrail_types"], json!(["SERVICE_CONTROL_POLICY"]));
    assert_eq!(facts["resource_policy"], Value::Null);
    assert_eq!(facts["services_without_delegate"], json!(["securityhub.amazonaws.com"]));
    assert_eq!(facts["delegated_administrators"], json!([{"account_id": OTHER, "services": ["guardduty.amazonaws.com"]}]));
    assert_eq!(found.resource(UNIT, "ou-3").name, "Root / Workloads / Production");
    let orders = found.facts(ACCOUNTS, OTHER);
    assert_eq!((&orders["path"], &orders["under_root"]), (&json!("Root / Workloads / Production"), &json!(false)));
    assert_eq!(found.facts(UNIT, "ou-3")["account_count"], json!(1));
    let (own, aws) = (found.facts(POLICY, "p-stay"), found.facts(POLICY, "p-full"));
    assert_eq!((own["targets"].as_array().map(Vec::len), &aws["targets"]), (Some(2), &Value::Null));
    assert!(own["denying_statements"][0].as_str().is_some_and(|text| text.contains("Stay")), "{own}");
    assert_eq!(upstream.count("ListTargetsForPolicy"), 1, "AWS's own policy hangs everywhere, which nobody has to list");
    assert_eq!(found.gaps, []);
}

#[tokio::test]
async fn a_standalone_account_has_nothing_and_no_gap() {
    let (found, upstream) = found(|question| {
        (question.operation == "DescribeOrganization")
            .then(|| json_error(400, "AWSOrganizationsNotInUseException", "Your account is not a member of an organization."))
    })
    .await;
    let facts = found.facts(MEMBERSHIP, "membership");
    assert_eq!(
        (&facts["in_organization"], &facts["guardrail_types"], &facts["organization_id"]),
        (&json!(false), &Value::Null, &Value::Null)
    );
    for kind in [UNIT, ACCOUNTS, POLICY] {
        assert_eq!((found.ids(kind).len(), found.standing(kind, "global")), (0, "complete".to_owned()));
    }
    assert_eq!((found.gaps.len(), upstream.count("ListRoots")), (0, 0));
}

#[tokio::test]
async fn a_member_that_is_refused_is_not_the_management_account_and_nothing_is_empty() {
    let (found, _) = found(|question| match question.operation.as_str() {
        "DescribeOrganization" => Some(organization(OTHER)),
        _ => Some(json_error(400, "AccessDeniedException", "You don't have permissions to access this resource.")),
    })
    .await;
    let facts = found.facts(MEMBERSHIP, "membership");
    assert_eq!((&facts["is_management_account"], &facts["speaks_for_organization"]), (&json!(false), &json!(true)));
    for fact in [
        "enabled_policy_types",
        "guardrail_types",
        "resource_policy",
        "trusted_services",
        "delegated_administrators",
        "services_without_delegate",
    ] {
        let why = found.why(&facts[fact]);
        assert!(why.starts_with(&format!("not_management_account: only the management account {OTHER}")), "{fact}: {why}");
    }
    for kind in [UNIT, ACCOUNTS, POLICY] {
        assert!(found.standing(kind, "global").starts_with("not_management_account"), "{}", found.standing(kind, "global"));
    }
}

#[tokio::test]
async fn a_member_that_a_policy_denies_is_denied_and_so_is_a_management_account() {
    let implicit = "User: arn:aws:sts::111122223333:assumed-role/audit/s is not authorized to perform: organizations:ListRoots because no identity-based policy allows the organizations:ListRoots action";
    let (member, _) = found(move |question| match question.operation.as_str() {
        "DescribeOrganization" => Some(organization(OTHER)),
        _ => Some(json_error(400, "AccessDeniedException", implicit)),
    })
    .await;
    assert!(member.standing(UNIT, "global").starts_with("denied"), "{}", member.standing(UNIT, "global"));
    let (manager, _) = found(|question| match question.operation.as_str() {
        "DescribeOrganization" => Some(organization(ACCOUNT)),
        _ => Some(json_error(400, "AccessDeniedException", "You don't have permissions to access this resource.")),
    })
    .await;
    assert!(manager.standing(UNIT, "global").starts_with("denied"), "the management account may ask: it is its principal that may not");
    let (closed, _) =
        found(|_| Some(json_error(400, "AccessDeniedException", "You don't have permissions to access this resource."))).await;
    assert!(closed.why(&closed.facts(MEMBERSHIP, "membership")["in_organization"]).starts_with("denied"));
    assert!(closed.standing(POLICY, "global").starts_with("denied"));
}

#[tokio::test]
async fn a_branch_of_the_tree_that_is_refused_leaves_accounts_and_guardrails_open() {
    let (found, _) = found(|question| {
        let below = question.operation == "ListOrganizationalUnitsForParent" && question.body.contains("ou-2");
        if below { Some(json_error(400, "TooManyRequestsException", "slower")) } else { told(question) }
    })
    .await;
    assert_eq!(found.ids(UNIT).len(), 2, "what was seen is kept");
    for kind in [UNIT, ACCOUNTS] {
        assert!(found.standing(kind, "global").starts_with("throttled"), "{kind}: {}", found.standing(kind, "global"));
    }
    let facts = found.facts(MEMBERSHIP, "membership");
    assert!(found.why(&facts["guardrail_types"]).starts_with("throttled"));
    assert_eq!(facts["enabled_policy_types"], json!(["SERVICE_CONTROL_POLICY"]));
    assert_eq!(found.standing(POLICY, "global"), "complete");
}
