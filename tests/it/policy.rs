//! Runs the policy corpus in `tests/policies/` and tells every answer that differs from the expected one.
//!
//! An expectation is written from AWS's documented semantics; where the code disagrees, the code is the suspect.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use evidence::policy::{Answer, Document, ResourceScope, Restricting, Trusted, escalation_list};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    policy: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    kind: String,
    why: String,
    document: String,
    account: Option<String>,
    expect: BTreeMap<String, toml::Value>,
}

fn cases() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let file: File = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        cases.extend(file.policy.into_iter().map(|case| (name.clone(), case)));
    }
    cases
}

/// Answers a question of the corpus as text.
fn ask(document: &Document, case: &Case, question: &str) -> String {
    let grants = document.grants();
    let word = |answer: Answer| answer.word().to_owned();
    let (name, argument) = question.split_once(' ').unwrap_or((question, ""));
    let account = case.account.as_deref();
    let scope = |scope: ResourceScope| match account {
        Some(account) => scope.in_account(account),
        None => scope,
    };
    match name {
        "full_admin" => word(grants.grants_full_admin()),
        "services" => grants.full_access_services().iter().map(|(s, a)| format!("{s} {}", a.word())).collect::<Vec<_>>().join(", "),
        "execute_api" => word(grants.broad_execute_api()),
        "apigateway_write" => word(grants.broad_apigateway_write()),
        "kms_decrypt" => word(grants.grants_any(&["kms:Decrypt", "kms:ReEncryptFrom"], &scope(ResourceScope::keys()))),
        "grants" => word(grants.grants(argument, &scope(ResourceScope::of_action(argument)))),
        "reaches" => word(grants.reaches(argument, &scope(ResourceScope::of_action(argument)))),
        "combination" => word(grants.allows_combination(&argument.split(' ').collect::<Vec<_>>())),
        "escalation" => {
            let held = document.escalations(account);
            let found = held.iter().find(|held| held.name == argument);
            assert!(escalation_list().combinations.iter().any(|c| c.name == argument), "no combination `{argument}`");
            match found {
                Some(held) if held.answer.is_no() => "limited".to_owned(),
                Some(held) => held.answer.word().to_owned(),
                None => "no".to_owned(),
            }
        }
        "escalations" => document.escalations(account).iter().filter(|held| !held.answer.is_no()).count().to_string(),
        "public" => word(document.public_access(&Restricting::default())),
        "public_with" => word(document.public_access(&Restricting::keys(&argument.split(' ').collect::<Vec<_>>()))),
        "outside" => document.outside_without_external_id(&trusted(account)).word().to_owned(),
        "outside_accounts" => document.outside_accounts(&trusted(account)).word().to_owned(),
        "oidc" => word(document.unbound_oidc()),
        "networks" => match document.networks() {
            Answer::Yes(found) => [found.cidrs, found.vpcs, found.vpc_endpoints].concat().join(" "),
            other => other.word().to_owned(),
        },
        "tls" => {
            let (service, resources) = argument.split_once(' ').unwrap_or((argument, ""));
            word(document.tls_only(service, &resources.split(' ').collect::<Vec<_>>()))
        }
        "admitted" => {
            let lines = document.admitted();
            lines.iter().map(|line| format!("{} {}", who(&line.who), external(line.external_id))).collect::<Vec<_>>().join(", ")
        }
        other => panic!("{}: the corpus asks the unknown question `{other}`", case.name),
    }
}

fn trusted(account: Option<&str>) -> Trusted {
    Trusted { accounts: account.into_iter().map(str::to_owned).collect(), organizations: vec!["o-a1b2c3d4e5".to_owned()] }
}

fn who(who: &evidence::policy::Who) -> String {
    use evidence::policy::Who;
    match who {
        Who::Everyone => "everyone".to_owned(),
        Who::EveryoneBut { names } => format!("everyone-but {}", names.join(" ")),
        Who::Account { account } => format!("account {account}"),
        Who::Principal { account, .. } => format!("principal {account}"),
        Who::Service { name } => format!("service {name}"),
        Who::Federated { provider } => format!("federated {provider}"),
        Who::CanonicalUser { .. } => "canonical".to_owned(),
        Who::Deleted { .. } => "deleted".to_owned(),
        Who::Unclear { .. } => "unclear".to_owned(),
    }
}

fn external(demanded: Option<bool>) -> &'static str {
    match demanded {
        Some(true) => "external-id",
        Some(false) => "plain",
        None => "unclear-id",
    }
}

fn text(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[test]
fn every_policy_of_the_corpus_gets_its_expected_answers() {
    let mut report = String::new();
    for (file, case) in cases() {
        let document = match (Document::parse(&case.document), case.expect.get("parse").map(text).as_deref()) {
            (Ok(document), None) => document,
            (Err(_), Some("error")) => continue,
            (outcome, expected) => {
                let _ = writeln!(report, "{file}: {}: parse: expected {expected:?}, got {outcome:?}", case.name);
                continue;
            }
        };
        for (question, expected) in &case.expect {
            let (expected, got) = (text(expected), ask(&document, &case, question));
            if expected != got {
                let _ = writeln!(report, "{file}: {}: {question}: expected `{expected}`, got `{got}` ({})", case.name, case.why);
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn corpus_is_large_and_each_policy_is_its_own_idea() {
    let cases = cases();
    let mut names = BTreeMap::new();
    let mut documents = BTreeMap::new();
    for (file, case) in &cases {
        assert!(["identity", "resource", "trust"].contains(&case.kind.as_str()), "{file}: {}: kind", case.name);
        assert!(case.why.len() >= 10 && !case.expect.is_empty(), "{file}: {}: why and expect", case.name);
        assert!(names.insert(case.name.clone(), file).is_none(), "{file}: {} stands twice", case.name);
        let first = documents.insert((case.kind.clone(), case.document.split_whitespace().collect::<String>()), &case.name);
        assert!(first.is_none(), "{file}: {} repeats the document of {}", case.name, first.unwrap());
    }
    assert!(cases.len() >= LEAST, "only {} policies", cases.len());
}

const LEAST: usize = 300;

/// In the form of the managed policies for auditors: hundreds of reads on everything, and a list of paths of one service.
#[test]
fn a_document_that_names_many_services_is_judged() {
    let verbs = ["Describe*", "Get*", "List*", "BatchGetItems", "LookupEvents"];
    let actions: Vec<String> = (0..130).flat_map(|n| verbs.map(|verb| format!("service{n}:{verb}"))).collect();
    let own = [
        "iam:Get*",
        "iam:List*",
        "iam:GenerateCredentialReport",
        "iam:SimulatePrincipalPolicy",
        "lambda:ListFunctions",
        "sts:GetCallerIdentity",
    ];
    let actions: Vec<&str> = actions.iter().map(String::as_str).chain(own).collect();
    let paths: Vec<String> = (0..30).map(|n| format!("arn:aws:apigateway:*::/path{n}/*/part{n}")).collect();
    let document = serde_json::json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": actions, "Resource": "*"},
        {"Effect": "Allow", "Action": ["apigateway:GET"], "Resource": paths},
    ]});
    let document = Document::parse(&document.to_string()).unwrap_or_else(|error| panic!("{error}"));
    let grants = document.grants();
    assert!(grants.grants_full_admin().is_no(), "{:?}", grants.grants_full_admin());
    assert!(grants.broad_execute_api().is_no() && grants.broad_apigateway_write().is_no());
    for action in ["iam:CreateUser", "cloudshell:CreateEnvironment", "execute-api:Invoke"] {
        let answer = grants.grants(action, &ResourceScope::of_action(action));
        assert!(answer.is_no(), "{action}: {answer:?}");
    }
    let held = document.escalations(Some("111122223333"));
    let unclear: Vec<_> = held.iter().filter(|held| !held.answer.is_no()).map(|held| &held.name).collect();
    assert!(unclear.is_empty(), "{unclear:?}");
}

#[test]
fn escalation_list_is_whole() {
    let list = escalation_list();
    let mut names: Vec<_> = list.combinations.iter().map(|c| &c.name).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), list.combinations.len());
    assert!(names.len() >= 25);
    for combination in &list.combinations {
        assert!(list.sources.contains_key(&combination.source), "{}", combination.name);
        assert!(!combination.note.is_empty() && combination.wide.len() + combination.means.len() > 0, "{}", combination.name);
    }
}

mod properties {
    //! Nothing panics, and answers move only the way they must.

    use evidence::policy::{Document, ResourceScope, Restricting, Trusted};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// Asks every question there is.
    fn ask_everything(text: &str) {
        let Ok(document) = Document::parse(text) else { return };
        let grants = document.grants();
        let _ = (grants.grants_full_admin(), grants.full_access_services(), grants.broad_execute_api());
        let _ = (grants.broad_apigateway_write(), grants.grants_any(&["kms:Decrypt"], &ResourceScope::keys()));
        let _ = (document.escalations(Some("111122223333")), document.public_access(&Restricting::default()));
        let trusted = Trusted::default();
        let _ = (document.outside_accounts(&trusted), document.outside_without_external_id(&trusted), document.unbound_oidc());
        let _ = (document.networks(), document.tls_only("s3", &["arn:aws:s3:::b", "arn:aws:s3:::b/*"]), document.admitted());
    }

    fn pick(words: &'static [&'static str]) -> impl Strategy<Value = String> + Clone {
        proptest::sample::select(words).prop_map(str::to_owned)
    }

    fn action() -> impl Strategy<Value = String> {
        pick(&[
            "*",
            "*:*",
            "iam:*",
            "iam:PassRole",
            "s3:*",
            "s3:Get*",
            "sts:AssumeRole",
            "execute-api:Invoke",
            "a*:*",
            "Foo",
            "",
            "kms:Dec?ypt",
        ])
    }

    fn resource() -> impl Strategy<Value = String> {
        pick(&[
            "*",
            "arn:aws:s3:::b/*",
            "arn:aws:*:*:*:*",
            "arn:aws:iam::*:role/*",
            "arn:aws:iam::111122223333:user/${aws:username}",
            "",
            "${x",
        ])
    }

    fn condition() -> impl Strategy<Value = Value> {
        let operator = pick(&[
            "StringEquals",
            "StringLike",
            "StringNotEquals",
            "IpAddress",
            "NotIpAddress",
            "Bool",
            "Null",
            "ArnLikeIfExists",
            "ForAllValues:StringLike",
            "ForAnyValue:StringNotLike",
            "Madeup",
            "DateLessThan",
        ]);
        let key = pick(&[
            "aws:SourceIp",
            "aws:SourceVpce",
            "aws:PrincipalOrgID",
            "aws:SecureTransport",
            "aws:SourceArn",
            "sts:ExternalId",
            "x:y",
        ]);
        let value = pick(&["*", "0.0.0.0/0", "203.0.113.0/24", "o-a1b2c3d4e5", "true", "false", "arn:aws:s3:::b", "vpce-1", ""]);
        (operator, key, value).prop_map(|(operator, key, value)| json!({ operator: { key: value } }))
    }

    fn principal() -> impl Strategy<Value = Value> {
        proptest::sample::select(vec![
            json!("*"),
            json!({"AWS": "*"}),
            json!({"AWS": "111122223333"}),
            json!({"AWS": ["arn:aws:iam::444455556666:root", "AIDAEXAMPLEID1234567X"]}),
            json!({"Service": "lambda.amazonaws.com"}),
            json!({"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}),
        ])
    }

    /// A statement without trouble; `resource_policy` decides whether it names a principal.
    fn statement(resource_policy: bool) -> impl Strategy<Value = Value> {
        let flags = (any::<bool>(), prop::bool::weighted(0.15), prop::bool::weighted(0.15));
        let parts =
            (prop::collection::vec(action(), 1..3), prop::collection::vec(resource(), 1..3), principal(), prop::option::of(condition()));
        (flags, parts).prop_map(move |((allow, not_action, not_resource), (actions, resources, principal, condition))| {
            let mut map = serde_json::Map::new();
            map.insert("Effect".into(), json!(if allow { "Allow" } else { "Deny" }));
            map.insert(if not_action { "NotAction" } else { "Action" }.into(), json!(actions));
            map.insert(if not_resource { "NotResource" } else { "Resource" }.into(), json!(resources));
            if resource_policy {
                map.insert("Principal".into(), principal);
            }
            if let Some(condition) = condition {
                map.insert("Condition".into(), condition);
            }
            Value::Object(map)
        })
    }

    fn read(statements: &[Value]) -> Document {
        Document::parse(&json!({"Version": "2012-10-17", "Statement": statements}).to_string()).unwrap()
    }

    fn with_effect(mut statement: Value, effect: &str) -> Value {
        statement["Effect"] = json!(effect);
        statement
    }

    fn arbitrary_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
            action().prop_map(Value::from),
            Just(json!("Allow"))
        ];
        let key = pick(&[
            "Version",
            "Statement",
            "Effect",
            "Action",
            "NotAction",
            "Resource",
            "Principal",
            "NotPrincipal",
            "Condition",
            "AWS",
            "StringLike",
            "aws:SourceIp",
            "Sid",
            "é",
        ]);
        leaf.prop_recursive(5, 40, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((key.clone(), inner), 0..6).prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_makes_it_panic(text in ".{0,80}") {
            ask_everything(&text);
            ask_everything(&format!("{{\"Statement\":[{{\"Effect\":\"Allow\",\"Action\":{},\"Resource\":\"*\"}}]}}", json!(text)));
        }

        #[test]
        fn no_json_makes_it_panic(value in arbitrary_json()) {
            ask_everything(&value.to_string());
            ask_everything(&json!({"Version": "2012-10-17", "Statement": value}).to_string());
        }

        #[test]
        fn no_mutation_of_a_policy_makes_it_panic(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), with in any::<char>(), cut in 0usize..6) {
            let cases = super::cases();
            let mut text: Vec<char> = cases[which.index(cases.len())].1.document.chars().collect();
            if !text.is_empty() && text.len() < 3000 {
                let at = at.index(text.len());
                text.splice(at..(at + cut).min(text.len()), [with]);
                ask_everything(&text.into_iter().collect::<String>());
            }
        }

        #[test]
        fn another_allow_never_turns_full_admin_into_no(statements in prop::collection::vec(statement(false), 1..4), more in statement(false)) {
            let before = read(&statements).grants().grants_full_admin();
            let mut all = statements.clone();
            all.push(with_effect(more, "Allow"));
            let after = read(&all).grants().grants_full_admin();
            prop_assert!(!before.is_yes() || after.is_yes(), "{before:?} became {after:?}");
        }

        #[test]
        fn another_deny_never_grants(statements in prop::collection::vec(statement(true), 1..4), more in statement(true)) {
            let deny = with_effect(more, "Deny");
            let mut all = statements.clone();
            all.push(deny.clone());
            let (before, after) = (read(&statements), read(&all));
            let restricting = Restricting::default();
            prop_assert!(!before.public_access(&restricting).is_no() || after.public_access(&restricting).is_no());
            let strip = |list: &[Value]| read(&list.iter().cloned().map(|mut s| { s.as_object_mut().unwrap().remove("Principal"); s }).collect::<Vec<_>>());
            let (before, after) = (strip(&statements).grants().grants_full_admin(), strip(&all).grants().grants_full_admin());
            prop_assert!(!before.is_no() || after.is_no(), "{before:?} became {after:?}");
        }

        #[test]
        fn a_star_as_principal_never_closes(statements in prop::collection::vec(statement(true), 1..4), which in any::<prop::sample::Index>()) {
            let mut open = statements.clone();
            let chosen = which.index(open.len());
            open[chosen] = with_effect(open[chosen].clone(), "Allow");
            let before = read(&open).public_access(&Restricting::default());
            open[chosen]["Principal"] = json!("*");
            let after = read(&open).public_access(&Restricting::default());
            prop_assert!(!(before.is_yes() && after.is_no()));
        }

        #[test]
        fn an_unknown_operator_never_closes_and_never_opens(statement in statement(true)) {
            let mut plain = with_effect(statement, "Allow");
            plain.as_object_mut().unwrap().remove("Condition");
            plain["Principal"] = json!("*");
            let open = read(std::slice::from_ref(&plain)).public_access(&Restricting::default());
            plain["Condition"] = json!({"Madeup": {"aws:SourceIp": "203.0.113.0/24"}});
            let with = read(&[plain]).public_access(&Restricting::default());
            prop_assert!(!with.is_yes() && (with.is_unknown() || open.is_no()));
        }

        #[test]
        fn an_unknown_element_leaves_nothing_excluded(statements in prop::collection::vec(statement(true), 1..3)) {
            let mut strange = statements;
            strange[0] = with_effect(strange[0].clone(), "Allow");
            strange[0]["Surprise"] = json!(true);
            let answer = read(&strange).public_access(&Restricting::default());
            let closed = strange.iter().skip(1).any(|s| s["Effect"] == "Deny");
            prop_assert!(!answer.is_no() || closed);
        }
    }
}
