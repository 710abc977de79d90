//! IAM without the credential report: listings cut short, authorization details, account-wide settings.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::reports::{report, row, state};
use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, query_error, users, xml};

const USER: &str = "AWS::IAM::User";

/// Collects the listing of users over these answers to `ListUsers`.
async fn listed(answer: impl Fn(&Question) -> Reply + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| (question.operation == "ListUsers").then(|| answer(question)));
    let mut wanted = evidence::model::kind::Wanted::default();
    wanted.add(USER, 0);
    (gathered(&upstream, &wanted).await, upstream)
}

#[tokio::test]
async fn users_are_listed_over_all_pages() {
    let (found, upstream) = listed(|question| {
        let page = |names: &[&str], marker: Option<&str>| xml(users(names, marker, if marker.is_some() { "true" } else { "false" }));
        match question.body.split("Marker=").nth(1).map(|rest| rest.split('&').next().unwrap_or_default()) {
            None => page(&["a"], Some("one")),
            Some("one") => page(&["b", "c"], Some("two")),
            _ => page(&["d"], None),
        }
    })
    .await;
    assert_eq!((found.standing(USER, "global"), found.ids(USER).len()), ("complete".to_owned(), 4));
    let population = found.population(USER, "global");
    assert_eq!((population.count, population.pages, population.calls.len()), (4, 3, 3));
    assert_eq!(found.resource(USER, "user/d").sources[0].call, population.calls[2], "each user leads to its own page");
    assert_eq!(upstream.questions().len(), 6, "three pages, identity, Regions, alias: nothing that nobody wants");
    let a = found.facts(USER, "user/a");
    assert_eq!(found.why(&a["credential_report"]), "not_recorded: not asked for by the chosen controls");
    assert_eq!(found.why(&a["authorization"]), "not_recorded: not asked for by the chosen controls");
}

#[tokio::test]
async fn a_second_page_that_fails_keeps_the_first_and_its_reason() {
    let (found, _) = listed(|question| match question.body.contains("Marker=") {
        false => xml(users(&["a"], Some("one"), "true")),
        true => query_error(500, "ServiceFailure", "broken"),
    })
    .await;
    assert!(found.standing(USER, "global").starts_with("failed: "), "{:?}", found);
    assert_eq!((found.ids(USER).len(), found.population(USER, "global").pages), (1, 1));
    assert_eq!(found.facts(USER, "user/a")["path"], "/");
}

#[tokio::test]
async fn a_list_that_turns_in_a_circle_or_ends_without_end_is_truncated() {
    let (circle, _) = listed(|_| xml(users(&["a"], Some("one"), "true"))).await;
    assert!(circle.standing(USER, "global").starts_with("truncated: "));
    assert_eq!(circle.ids(USER).len(), 1, "a user on two pages is one");
    let (cut, _) = listed(|_| xml(users(&["a"], None, "true"))).await;
    assert!(cut.standing(USER, "global").starts_with("truncated: "));
}

const ADMIN: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const TRUST: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;

fn encoded(document: &str) -> String {
    utf8_percent_encode(document, NON_ALPHANUMERIC).to_string()
}

fn attached(policy: &str) -> String {
    format!(
        "<AttachedManagedPolicies><member><PolicyName>{policy}</PolicyName><PolicyArn>arn:aws:iam::{ACCOUNT}:policy/{policy}</PolicyArn></member></AttachedManagedPolicies>"
    )
}

fn user_detail(name: &str) -> String {
    format!(
        "<member><Path>/</Path><UserName>{name}</UserName><UserId>AIDA{name}</UserId><Arn>arn:aws:iam::{ACCOUNT}:user/{name}</Arn><CreateDate>2026-01-02T03:04:05Z</CreateDate><GroupList><member>staff</member></GroupList><UserPolicyList><member><PolicyName>inline</PolicyName><PolicyDocument>{}</PolicyDocument></member></UserPolicyList>{}</member>",
        encoded(ADMIN),
        attached("power")
    )
}

fn role_detail(name: &str, path: &str) -> String {
    format!(
        "<member><Path>{path}</Path><RoleName>{name}</RoleName><RoleId>AROA{name}</RoleId><Arn>arn:aws:iam::{ACCOUNT}:role{path}{name}</Arn><CreateDate>2026-01-02T03:04:05Z</CreateDate><AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument>{}<RoleLastUsed/></member>",
        encoded(TRUST),
        attached("power")
    )
}

fn policy_detail(name: &str, account: &str, attachments: u32) -> String {
    format!(
        "<member><PolicyName>{name}</PolicyName><PolicyId>ANPA{name}</PolicyId><Arn>arn:aws:iam::{account}:policy/{name}</Arn><Path>/</Path><DefaultVersionId>v2</DefaultVersionId><AttachmentCount>{attachments}</AttachmentCount><PermissionsBoundaryUsageCount>0</PermissionsBoundaryUsageCount><IsAttachable>true</IsAttachable><CreateDate>2026-01-02T03:04:05Z</CreateDate><UpdateDate>2026-01-02T03:04:05Z</UpdateDate><PolicyVersionList><member><VersionId>v1</VersionId><IsDefaultVersion>false</IsDefaultVersion><Document>%7B%7D</Document><CreateDate>2026-01-02T03:04:05Z</CreateDate></member><member><VersionId>v2</VersionId><IsDefaultVersion>true</IsDefaultVersion><Document>{}</Document><CreateDate>2026-01-02T03:04:05Z</CreateDate></member></PolicyVersionList></member>",
        encoded(ADMIN)
    )
}

/// A page of the authorization details.
fn details(users: &str, groups: &str, roles: &str, policies: &str, marker: Option<&str>) -> Reply {
    let more = marker.map(|marker| format!("<Marker>{marker}</Marker>")).unwrap_or_default();
    xml(format!(
        "<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult><IsTruncated>{}</IsTruncated>{more}<UserDetailList>{users}</UserDetailList><GroupDetailList>{groups}</GroupDetailList><RoleDetailList>{roles}</RoleDetailList><Policies>{policies}</Policies></GetAccountAuthorizationDetailsResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetAccountAuthorizationDetailsResponse>",
        marker.is_some()
    ))
}

fn staff() -> String {
    format!(
        "<member><Path>/</Path><GroupName>staff</GroupName><GroupId>AGPA1</GroupId><Arn>arn:aws:iam::{ACCOUNT}:group/staff</Arn><CreateDate>2026-01-02T03:04:05Z</CreateDate><AttachedManagedPolicies/></member>"
    )
}

const DETAIL_KINDS: [&str; 7] = [
    USER,
    "AWS::IAM::Group",
    "AWS::IAM::Role",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::UserPolicy",
    "AWS::IAM::GroupPolicy",
    "AWS::IAM::RolePolicy",
];

async fn detailed(names: &'static [&'static str], answer: impl Fn(&Question) -> Reply + Send + Sync + 'static) -> Found {
    let upstream = Scripted::new(move |question| match question.operation.as_str() {
        "GetAccountAuthorizationDetails" => Some(answer(question)),
        "ListUsers" => Some(xml(users(names, None, "false"))),
        "GenerateCredentialReport" => Some(state("COMPLETE")),
        "GetCredentialReport" => {
            let none = "false,N/A,N/A,N/A,N/A";
            Some(report(&names.iter().map(|name| row(name, none, none)).collect::<Vec<_>>()))
        }
        _ => None,
    });
    gathered(&upstream, &all_of(&DETAIL_KINDS)).await
}

#[tokio::test]
async fn authorization_details_are_joined_over_all_pages() {
    let found = detailed(&["alice", "bob"], |question| match question.body.contains("Marker=") {
        false => details(&user_detail("alice"), &staff(), "", &policy_detail("power", ACCOUNT, 3), Some("next")),
        true => details(
            &user_detail("bob"),
            "",
            &[role_detail("app", "/"), role_detail("linked", "/aws-service-role/x/")].concat(),
            &[policy_detail("ReadOnlyAccess", "aws", 1), policy_detail("Unused", "aws", 0)].concat(),
            None,
        ),
    })
    .await;
    for kind in DETAIL_KINDS {
        assert_eq!(found.standing(kind, "global"), "complete", "{kind}");
    }
    let policy = found.facts("AWS::IAM::ManagedPolicy", "policy/power");
    let holders: Vec<String> = ["role/app", "role/aws-service-role/x/linked", "user/alice", "user/bob"]
        .map(|rest| format!("arn:aws:iam::{ACCOUNT}:{rest}"))
        .into();
    assert_eq!(policy["attached_to"], serde_json::json!(holders));
    assert_eq!((&policy["grants"]["full_admin"], &policy["aws_managed"]), (&true.into(), &false.into()), "the default version is v2");
    assert_eq!(found.ids("AWS::IAM::ManagedPolicy").len(), 2, "policies of AWS that nobody uses are not the account's");
    assert_eq!(found.facts("AWS::IAM::Group", "group/staff")["members"], serde_json::json!(["alice", "bob"]));
    let linked = found.facts("AWS::IAM::Role", "linked");
    assert_eq!((&linked["service_linked"], &linked["trust"]["services"]), (&true.into(), &serde_json::json!(["ec2.amazonaws.com"])));
    assert_eq!(found.facts(USER, "user/bob")["authorization"]["user_policy_list"], serde_json::json!(["inline"]));
    let inline = found.resource("AWS::IAM::UserPolicy", "user/alice/policy/inline");
    assert_eq!(inline.name, "alice / inline");
}

#[tokio::test]
async fn details_cut_after_the_first_page_leave_what_needs_all_of_it_absent() {
    let found = detailed(&["alice", "bob"], |question| match question.body.contains("Marker=") {
        false => details(&user_detail("alice"), &staff(), "", &policy_detail("power", ACCOUNT, 3), Some("next")),
        true => query_error(403, "AccessDenied", "User: x is not authorized to perform: iam:GetAccountAuthorizationDetails on resource: *"),
    })
    .await;
    for kind in DETAIL_KINDS.into_iter().skip(1) {
        assert!(found.standing(kind, "global").starts_with("denied: "), "{kind}");
    }
    assert_eq!(found.standing(USER, "global"), "complete", "users are listed another way");
    let policy = found.facts("AWS::IAM::ManagedPolicy", "policy/power");
    assert!(found.why(&policy["attached_to"]).starts_with("denied: "));
    assert_eq!(policy["grants"]["full_admin"], true, "what the page says by itself stands");
    assert!(found.why(&found.facts("AWS::IAM::Group", "group/staff")["members"]).starts_with("denied: "));
    assert_eq!(found.facts(USER, "user/alice")["authorization"]["group_list"], serde_json::json!(["staff"]));
    assert!(found.why(&found.facts(USER, "user/bob")["authorization"]).starts_with("denied: "));
}

#[tokio::test]
async fn users_that_the_details_know_and_the_list_does_not_are_disputed() {
    let found = detailed(&["alice"], |_| details(&[user_detail("alice"), user_detail("bob")].concat(), "", "", "", None)).await;
    let expected = format!(
        "disputed: two lists of users differ: `arn:aws:iam::{ACCOUNT}:user/bob` is in the authorization details but was not listed"
    );
    assert_eq!(found.standing(USER, "global"), expected);
}

async fn one(kind: &str, answer: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> Found {
    gathered(&Scripted::new(answer), &all_of(&[kind])).await
}

#[tokio::test]
async fn no_password_policy_is_known_only_by_its_exact_code() {
    const KIND: &str = "AWS::IAM::AccountPasswordPolicy";
    let answer = |code: &'static str| {
        move |question: &Question| (question.operation == "GetAccountPasswordPolicy").then(|| query_error(404, code, "none"))
    };
    let none = one(KIND, answer("NoSuchEntity")).await;
    let facts = none.facts(KIND, "account-password-policy");
    assert_eq!((&facts["exists"], &facts["minimum_password_length"]), (&false.into(), &serde_json::Value::Null));
    let other = one(KIND, answer("NoSuchThing")).await;
    let facts = other.facts(KIND, "account-password-policy");
    assert!(other.why(&facts["exists"]).starts_with("failed: "));
    assert!(other.why(&facts["minimum_password_length"]).starts_with("failed: "));
    assert_eq!(other.standing(KIND, "global"), "complete", "there is exactly one, read or not");
}

#[tokio::test]
async fn root_features_follow_aws_s_exact_codes() {
    const KIND: &str = "AWS::IAM::OrganizationsFeatures";
    let cases = [
        ("OrganizationNotFoundException", "false null []"),
        ("ServiceAccessNotEnabledException", "true gap []"),
        ("OrganizationNotInAllFeaturesModeException", "true gap []"),
        ("AccountNotManagementOrDelegatedAdministratorException", "true gap gap"),
        ("AccessDenied", "gap gap gap"),
        ("OrganizationNotFound", "gap gap gap"),
    ];
    for (code, expected) in cases {
        let found =
            one(KIND, move |question| (question.operation == "ListOrganizationsFeatures").then(|| query_error(400, code, "m"))).await;
        let facts = found.facts(KIND, "organizations-features");
        let shown = |fact: &serde_json::Value| if fact["$gap"].is_string() { "gap".to_owned() } else { fact.to_string() };
        let all = ["in_organization", "organization_id", "enabled_features"].map(|name| shown(&facts[name])).join(" ");
        assert_eq!(all, expected, "{code}");
        if code.starts_with("AccountNot") {
            assert!(found.why(&facts["enabled_features"]).starts_with("not_management_account: "));
        }
    }
}

fn devices(users: &[&str], marker: Option<&str>) -> Reply {
    let device = |arn: &&str| {
        format!(
            "<member><SerialNumber>arn:aws:iam::{ACCOUNT}:mfa/{}</SerialNumber><EnableDate>2026-01-02T03:04:05Z</EnableDate><User><UserId>x</UserId><Arn>{arn}</Arn><CreateDate>2026-01-02T03:04:05Z</CreateDate></User></member>",
            arn.rsplit([':', '/']).next().unwrap_or_default()
        )
    };
    let members: String = users.iter().map(device).collect();
    let more = marker.map(|marker| format!("<Marker>{marker}</Marker>")).unwrap_or_default();
    xml(format!(
        "<ListVirtualMFADevicesResponse><ListVirtualMFADevicesResult><IsTruncated>{}</IsTruncated>{more}<VirtualMFADevices>{members}</VirtualMFADevices></ListVirtualMFADevicesResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></ListVirtualMFADevicesResponse>",
        marker.is_some()
    ))
}

const SUMMARY: &str = "<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>Users</key><value>1</value></entry><entry><key>AccountMFAEnabled</key><value>1</value></entry><entry><key>AccountAccessKeysPresent</key><value>0</value></entry></SummaryMap></GetAccountSummaryResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetAccountSummaryResponse>";

#[tokio::test]
async fn roots_device_is_known_to_be_none_only_where_all_devices_were_seen() {
    const ROOT: &str = "arn:aws:iam::111122223333:root";
    const BOB: &str = "arn:aws:iam::111122223333:user/bob";
    let cases: [(&'static [&'static str], Option<&str>, &str); 4] = [
        (&[BOB, ROOT], None, "\"arn:aws:iam::111122223333:mfa/root\""),
        (&[ROOT], Some("again"), "\"arn:aws:iam::111122223333:mfa/root\""),
        (&[BOB], None, "null"),
        (&[BOB], Some("again"), "gap"),
    ];
    for (users, marker, expected) in cases {
        let mut wanted = evidence::model::kind::Wanted::default();
        wanted.add("AWS::IAM::RootUser", 1);
        let upstream = Scripted::new(move |question| match question.operation.as_str() {
            "ListVirtualMFADevices" => Some(devices(users, marker)),
            "GetAccountSummary" => Some(xml(SUMMARY)),
            _ => None,
        });
        let found = gathered(&upstream, &wanted).await;
        let root = found.facts("AWS::IAM::RootUser", ":root");
        let fact = &root["virtual_mfa_device"];
        assert_eq!(if fact["$gap"].is_string() { "gap".to_owned() } else { fact.to_string() }, expected);
        assert_eq!((&root["account_mfa_enabled"], &root["account_password_present"]), (&true.into(), &serde_json::Value::Null));
    }
}

#[tokio::test]
async fn a_summary_that_is_denied_leaves_the_devices_known() {
    let denied = "User: x is not authorized to perform: iam:GetAccountSummary on resource: *";
    let mut wanted = evidence::model::kind::Wanted::default();
    wanted.add("AWS::IAM::RootUser", 1);
    let upstream = Scripted::new(move |question| match question.operation.as_str() {
        "ListVirtualMFADevices" => Some(devices(&[], None)),
        "GetAccountSummary" => Some(query_error(403, "AccessDenied", denied)),
        _ => None,
    });
    let found = gathered(&upstream, &wanted).await;
    let root = found.facts("AWS::IAM::RootUser", ":root");
    assert!(found.why(&root["account_mfa_enabled"]).starts_with("denied: "));
    assert_eq!(root["virtual_mfa_device"], serde_json::Value::Null);
}
