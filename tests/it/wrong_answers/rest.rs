//! REST APIs: the wrong answers of tools that ask whether an authorizer exists, or look at the editable draft.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aws_credential_types::Credentials;
use evidence::assess::{self, Exhibits, Statements, Waivers};
use evidence::aws::{Given, LiveSettings, Session, Upstream};
use evidence::catalog::{self, Files, Overrides, Selection};
use evidence::collect::{Silent, collect, kinds};
use evidence::recording::{Asked, Recording};
use serde_json::{Value, json};

use crate::emulator::Emulator;
use crate::upstream::tool;

const AUTHORIZATION: &str = "apigateway-rest-method-authorization";
/// A control of this test's own, about the settings that hold for a method.
const THROTTLED: &str = "apigateway-w9-throttled";
const THROTTLED_FILE: &str = r#"+++
title = "Methods of the shop's test stage are throttled"
severity = "low"
resource = "AWS::ApiGateway::DeployedMethod"
when = 'resource.rest_api.name == "shop-rest" && resource.stage_name == "test"'
every = 'resource.method_settings.throttling_rate_limit != null && resource.method_settings.throttling_rate_limit <= 100.0'

[columns]
Path = "resource.path"

[[example]]
verdict = "pass"
resource = { rest_api = { name = "shop-rest" }, stage_name = "test", method_settings = { throttling_rate_limit = 100.0 } }

[[example]]
verdict = "fail"
resource = { rest_api = { name = "shop-rest" }, stage_name = "test", method_settings = { throttling_rate_limit = 100.5 } }
+++
For a test.

## Remediation
None.

## How it is judged
By the entry that holds for the method.

## References
- None
"#;

/// Both controls, each covering an item of its own name.
fn selection() -> Selection {
    let mut files = Files::embedded().unwrap_or_else(|error| panic!("{error}"));
    let item = |control: &str| {
        format!(
            "[[item]]\nid = \"{control}\"\ntitle = \"{control}\"\nsection = \"all\"\nmethod = \"automated\"\n\
             [[item.covers]]\ncontrol = \"{control}\"\npart = \"all of it\"\ncoverage = \"full\"\n"
        )
    };
    let head = "title = \"Wrong answers\"\nversion = \"1\"\nnotice = \"For tests\"\nfull_coverage_allowed = true\n";
    files.add("apigateway/w9-throttled.md", "w9-throttled.md", THROTTLED_FILE.to_owned(), true);
    files.add("frameworks/rest-answers.toml", "rest-answers.toml", format!("{head}{}{}", item(AUTHORIZATION), item(THROTTLED)), true);
    let (catalog, _) = catalog::load_files(&files, kinds()).unwrap_or_else(|faults| panic!("{}", faults.errors()));
    catalog.select(&["rest-answers".to_owned()], &Overrides::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// What came of a seed.
struct Judged {
    /// As the machine contract writes them, with the columns under `shown`.
    verdicts: Vec<Value>,
    items: Vec<Value>,
}

/// Records a seed over HTTP, with a fault if there is one, and judges it.
fn judged(seed: &str, fault: Option<Value>) -> Judged {
    let emulator = Emulator::start();
    let seeded = emulator.seed(seed);
    if let Some(fault) = fault {
        emulator.fault(fault);
    }
    let of_account = |account: &crate::emulator::Credentials| {
        let (key, secret) = (&account.access_key_id, &account.secret_access_key);
        (account.account.clone(), Credentials::new(key, secret, Some(account.session_token.clone()), None, "test"))
    };
    let dir = tempfile::tempdir().expect("a temporary folder");
    let settings = LiveSettings {
        upstream: Upstream::Network,
        given: Some(Given {
            endpoint_url: Some(emulator.endpoint()),
            region: "us-east-1".into(),
            credentials: seeded.accounts.iter().map(of_account).collect(),
        }),
        ..LiveSettings::new(dir.path().join("recording"), tool(), Asked::default())
    };
    let selection = selection();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let (mut inventory, scope) = runtime.block_on(async {
        let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
        let inventory = collect(&session, &selection.wanted(kinds()), &Silent).await.unwrap_or_else(|error| panic!("{error}"));
        let scope = session.scope();
        session.finish().unwrap_or_else(|error| panic!("{error}"));
        (inventory, scope)
    });
    let recording = Recording::open(&dir.path().join("recording")).unwrap_or_else(|error| panic!("{error}"));
    let settings = assess::Settings {
        as_of: recording.note().ended,
        accept_stale: false,
        tool: tool(),
        inputs_digest: String::new(),
        recording: recording.note(),
        scope,
        exhibits: Exhibits::number(recording.entries().iter().map(|entry| &entry.key)),
    };
    let (waivers, statements) = (Waivers::default(), Statements::default());
    let said = assess::assess(&selection, kinds(), &mut inventory, &waivers, &statements, &settings);
    let said = said.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(said.control_errors, 0);
    let mut verdicts = Vec::new();
    let keep = |line: assess::Line| {
        let mut verdict = json!(line.verdict);
        let run = selection.runs.iter().find(|run| verdict["control"] == run.control.id.as_str()).expect("a control of the selection");
        let names = run.control.judges[0].columns.iter().map(|(name, _)| name.clone());
        verdict["shown"] = names.zip(line.shown).collect::<serde_json::Map<_, _>>().into();
        verdicts.push(verdict);
        Ok::<(), std::io::Error>(())
    };
    said.verdicts.for_each(keep).unwrap_or_else(|error| panic!("{error}"));
    let items = said.assessment.frameworks[0].items.iter().map(|item| json!({"id": item.id, "result": item.result})).collect();
    Judged { verdicts, items }
}

/// The demonstration's accounts.
static DEMO: LazyLock<Judged> = LazyLock::new(|| judged("demo", None));

impl Judged {
    fn of(&self, control: &str) -> Vec<&Value> {
        self.verdicts.iter().filter(|verdict| verdict["control"] == control).collect()
    }

    /// The verdict on the method of this name: `shop-rest / prod / GET /orders`.
    fn one(&self, control: &str, name: &str) -> &Value {
        let all: Vec<&Value> = self.of(control).into_iter().filter(|verdict| verdict["resource"]["name"] == name).collect();
        assert_eq!(all.len(), 1, "{name}: {:#?}", self.of(control));
        all[0]
    }

    fn verdict(&self, name: &str) -> &str {
        self.one(AUTHORIZATION, name)["verdict"].as_str().unwrap_or_default()
    }

    /// What the column shows beside the verdict.
    fn drift(&self, name: &str) -> &Value {
        &self.one(AUTHORIZATION, name)["shown"]["Draft differs"]
    }

    fn item(&self, control: &str) -> &Value {
        self.items.iter().find(|item| item["id"] == control).map_or(&Value::Null, |item| &item["result"])
    }
}

#[test]
fn w1_an_authorizer_that_no_method_uses_saves_none() {
    for path in ["/", "/{proxy+}"] {
        assert_eq!(DEMO.verdict(&format!("legacy-rest / v1 / ANY {path}")), "fail");
    }
    assert_eq!(DEMO.item(AUTHORIZATION), "fail");
}

#[test]
fn w2_and_w6_methods_pass_by_the_kind_of_their_authorization_and_not_by_what_objects_exist() {
    for name in ["GET /invoices", "POST /invoices", "GET /invoices/{id}"] {
        assert_eq!(DEMO.verdict(&format!("billing-rest / prod / {name}")), "pass", "signed by IAM, without any authorizer");
    }
    assert_eq!(DEMO.verdict("shop-rest / prod / GET /orders"), "pass", "a Lambda authorizer, which has no provider");
    assert_eq!(DEMO.verdict("shop-rest / prod / POST /orders"), "pass", "a user pool");
}

#[test]
fn w7_an_open_method_that_is_deployed_fails_though_its_draft_is_closed_and_says_so() {
    let name = "tickets-rest / prod / GET /tickets";
    assert_eq!(DEMO.verdict(name), "fail");
    assert_eq!(DEMO.drift(name), &json!(["authorization_type: NONE deployed, CUSTOM in the draft"]));
    let gone = "tickets-rest / prod / GET /tickets/export";
    assert_eq!((DEMO.verdict(gone), DEMO.drift(gone)), ("fail", &json!(["deployed, but gone from the draft"])));
}

#[test]
fn w7_a_closed_method_that_is_deployed_passes_though_its_draft_is_open_and_shows_it() {
    let name = "events-rest / prod / POST /events";
    assert_eq!(DEMO.verdict(name), "pass");
    assert_eq!(DEMO.drift(name), &json!(["authorization_type: AWS_IAM deployed, NONE in the draft"]));
    assert_eq!(DEMO.drift("events-rest / prod / GET /events"), &json!([]));
}

#[test]
fn w7_a_canary_is_judged_beside_the_stage_that_it_belongs_to() {
    let canary = DEMO.one(AUTHORIZATION, "billing-rest / prod canary / POST /refunds");
    assert_eq!((&canary["verdict"], &canary["shown"]["Percent of requests"]), (&json!("fail"), &json!(12.5)));
    assert!(canary["resource"]["id"].as_str().is_some_and(|id| id.ends_with("/stages/prod/canary/methods/POST/refunds")), "{canary}");
    assert_eq!(DEMO.verdict("billing-rest / prod canary / GET /invoices"), "pass");
}

#[test]
fn w8_options_is_exempt_as_a_mock_alone_and_unclear_where_the_draft_lost_it() {
    assert_eq!(DEMO.verdict("shop-rest / prod / OPTIONS /orders"), "pass");
    assert_eq!(DEMO.verdict("portal-rest / prod / OPTIONS /reports"), "fail", "it runs code");
    assert_eq!(DEMO.verdict("portal-rest / prod / GET /"), "fail", "a mock, but no preflight");
    let gone = DEMO.one(AUTHORIZATION, "tickets-rest / prod / OPTIONS /tickets/export");
    assert_eq!((&gone["verdict"], &gone["reason"]["code"]), (&json!("indeterminate"), &json!("disputed")));
}

/// Without the draft no `OPTIONS` can be told from a method like any other, and everything else stays what it was.
#[test]
fn w8_a_denied_draft_exempts_and_fails_no_preflight() {
    let fault = json!({"service": "apigateway", "operation": "GetResources", "answer": {"kind": "access_denied"}});
    let judged = judged("demo", Some(fault));
    assert_eq!(judged.verdict("shop-rest / prod / GET /orders"), "pass");
    assert_eq!(judged.verdict("tickets-rest / prod / GET /tickets"), "fail");
    for name in ["shop-rest / prod / OPTIONS /orders", "portal-rest / prod / OPTIONS /reports"] {
        let unclear = judged.one(AUTHORIZATION, name);
        assert_eq!((&unclear["verdict"], &unclear["reason"]["code"]), (&json!("indeterminate"), &json!("denied")), "{name}");
    }
}

#[test]
fn w9_settings_of_a_method_win_over_those_of_its_stage() {
    let of = |name: &str| DEMO.one(THROTTLED, name)["verdict"].clone();
    assert_eq!(of("shop-rest / test / POST /orders"), "fail", "its own entry allows fifty times as much");
    assert_eq!(of("shop-rest / test / GET /orders"), "pass");
    assert_eq!(of("shop-rest / prod / POST /orders"), "not_applicable");
}

#[test]
fn w11_two_apis_of_one_name_and_two_stages_of_one_method_are_four_resources() {
    let verdicts = DEMO.of(AUTHORIZATION);
    let resources = verdicts.iter().filter(|verdict| !verdict["resource"]["id"].is_null());
    let ids: Vec<String> = resources.map(|one| format!("{} {} {}", one["account"], one["region"], one["resource"]["id"])).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    let named = |name: &str| verdicts.iter().filter(|verdict| verdict["resource"]["name"] == name).count();
    assert_eq!(named("sandbox-rest / dev / ANY /{proxy+}"), 2, "two APIs of the same name, one of them open");
    assert_eq!((named("shop-rest / prod / GET /orders"), named("shop-rest / test / GET /orders")), (1, 1));
}

/// What may not be read is a line of the population, and no item passes over it; what could be read is judged.
#[test]
fn w10_a_deployment_that_is_denied_leaves_its_line_and_all_others_judged() {
    let lines = DEMO.of(AUTHORIZATION).into_iter().filter(|verdict| verdict["resource"]["id"].is_null());
    let denied: Vec<&Value> = lines.filter(|verdict| verdict["verdict"] == "indeterminate").collect();
    assert_eq!((denied.len(), &denied[0]["region"]), (1, &json!("eu-central-1")));
    let fault = json!({"service": "apigateway", "operation": "GetDeployment", "answer": {"kind": "access_denied"}});
    assert_eq!(judged("clean", Some(fault)).item(AUTHORIZATION), "indeterminate");
}

#[test]
fn a_clean_account_passes_and_an_api_without_stage_has_nothing_to_judge() {
    let clean = judged("clean", None);
    assert_eq!(clean.item(AUTHORIZATION), "pass", "{:#?}", clean.of(AUTHORIZATION));
    let undeployed = |verdict: &&Value| verdict["resource"]["name"].as_str().is_some_and(|name| name.starts_with("plans-rest"));
    assert_eq!(DEMO.of(AUTHORIZATION).into_iter().filter(undeployed).count(), 0);
}
