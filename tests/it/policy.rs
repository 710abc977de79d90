//! Runs the policy corpus in `tests/policies/` and tells every answer that differs from the expected one.
//!
//! An expectation is written from AWS's documented semantics; where the code disagrees, the code is the suspect.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use evidence::policy::{Answer, Document, ResourceScope, Restricting, escalation_list};
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
        "admitted" => {
            let lines = document.admitted();
            lines.iter().map(|line| format!("{} {}", who(&line.who), external(line.external_id))).collect::<Vec<_>>().join(", ")
        }
        other => panic!("{}: the corpus asks the unknown question `{other}`", case.name),
    }
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

const LEAST: usize = 10;

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
