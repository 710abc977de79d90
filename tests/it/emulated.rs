//! Live sessions over real HTTP against the emulator: replay equals live, and no secret of a body gets past the transport.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use aws_credential_types::Credentials;
use evidence::aws::{Caller, Given, Listing, LiveSettings, Page, Session, Upstream};
use evidence::collect::{Silent, collect, kinds};
use evidence::model::Resource;
use evidence::model::assessment::RecordingOrigin;
use evidence::recording::{Asked, Recording};

use crate::emulator::{Emulator, Seeded};
use crate::upstream::tool;

/// Settings for all accounts of a seed.
fn settings(emulator: &Emulator, seeded: &Seeded, dir: &std::path::Path) -> LiveSettings {
    let of_account = |account: &crate::emulator::Credentials| {
        let (key, secret) = (&account.access_key_id, &account.secret_access_key);
        (account.account.clone(), Credentials::new(key, secret, Some(account.session_token.clone()), None, "test"))
    };
    let credentials = seeded.accounts.iter().map(of_account).collect();
    LiveSettings {
        upstream: Upstream::Network,
        given: Some(Given { endpoint_url: Some(emulator.endpoint()), region: "us-east-1".into(), credentials }),
        ..LiveSettings::new(dir.join("recording"), tool(), Asked::default())
    }
}

fn show<I: Debug>(name: &str, listing: Listing<I>) -> (Vec<I>, String) {
    let text = format!("{name} {:?} {:?} {:?} {:?}", listing.calls, listing.ended, listing.gap, listing.observed);
    let items: Vec<I> = listing.items.into_iter().map(|(_, item)| item).collect();
    let shown = format!("{text} {items:?}");
    (items, shown)
}

/// Asks all that the three services tell, and shows it as typed values.
async fn everything(session: &Session) -> Vec<String> {
    let mut all = Vec::new();
    for account in session.accounts() {
        all.extend(identities(&session.global(account)).await);
        for region in &account.regions.observed {
            let caller = session.regional(account, region);
            all.extend(trails(&caller).await);
            all.extend(apis(&caller).await);
        }
    }
    all
}

async fn identities(caller: &Caller) -> Vec<String> {
    let iam = aws_sdk_iam::Client::new(caller.sdk());
    let users = |token: Option<String>, tap| iam.list_users().max_items(3).set_marker(token).customize().interceptor(tap).send();
    let users =
        caller.list(("IAM", "ListUsers"), users, |page| Page { token: page.marker, truncated: page.is_truncated, items: page.users });
    let details = |token: Option<String>, tap| {
        iam.get_account_authorization_details().max_items(5).set_marker(token).customize().interceptor(tap).send()
    };
    let name = ("IAM", "GetAccountAuthorizationDetails");
    let details = caller.list(name, details, |page| Page {
        token: page.marker.clone(),
        truncated: page.is_truncated,
        items: vec![format!("{:?} {:?} {:?}", page.user_detail_list, page.role_detail_list, page.policies)],
    });
    let (users, details) = tokio::join!(users, details);
    vec![show("users", users).1, show("details", details).1]
}

async fn trails(caller: &Caller) -> Vec<String> {
    let client = aws_sdk_cloudtrail::Client::new(caller.sdk());
    let send = |tap| client.describe_trails().include_shadow_trails(true).customize().interceptor(tap).send();
    let listing = caller.list_whole(("CloudTrail", "DescribeTrails"), send, |output| output.trail_list.unwrap_or_default()).await;
    let (trails, shown) = show("trails", listing);
    let mut all = vec![shown];
    for trail in trails {
        let arn = trail.trail_arn.unwrap_or_default();
        let status = |tap| client.get_trail_status().name(&arn).customize().interceptor(tap).send();
        let status = caller.ask(("CloudTrail", "GetTrailStatus"), status).await;
        let selectors = |tap| client.get_insight_selectors().trail_name(&arn).customize().interceptor(tap).send();
        let selectors = caller.ask(("CloudTrail", "GetInsightSelectors"), selectors).await;
        all.push(format!("{status:?} {selectors:?}"));
    }
    all
}

async fn apis(caller: &Caller) -> Vec<String> {
    let client = aws_sdk_apigatewayv2::Client::new(caller.sdk());
    let send = |token: Option<String>, tap| client.get_apis().max_results("2").set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_apigatewayv2::operation::get_apis::GetApisOutput| Page {
        token: output.next_token,
        truncated: false,
        items: output.items.unwrap_or_default(),
    };
    let mut listing = caller.list(("ApiGatewayV2", "GetApis"), send, page).await;
    // Maps have no order of their own to be shown in.
    let tags: Vec<_> = listing.items.iter_mut().map(|(_, api)| in_order(api.tags.take())).collect();
    let (apis, shown) = show("apis", listing);
    let mut all = vec![format!("{shown} {tags:?}")];
    for api in apis {
        let id = api.api_id.unwrap_or_default();
        let stages = |tap| client.get_stages().api_id(&id).customize().interceptor(tap).send();
        let stages = caller.ask(("ApiGatewayV2", "GetStages"), stages).await.map(|answer| {
            let stages = answer.value.items.unwrap_or_default();
            let variables =
                |stage: aws_sdk_apigatewayv2::types::Stage| (stage.stage_name, stage.description, in_order(stage.stage_variables));
            stages.into_iter().map(variables).collect::<Vec<_>>()
        });
        let authorizers = |tap| client.get_authorizers().api_id(&id).customize().interceptor(tap).send();
        let authorizers = caller.ask(("ApiGatewayV2", "GetAuthorizers"), authorizers).await;
        let integrations = |tap| client.get_integrations().api_id(&id).customize().interceptor(tap).send();
        let integrations = caller.ask(("ApiGatewayV2", "GetIntegrations"), integrations).await.map(|answer| {
            let items = answer.value.items.unwrap_or_default();
            let shown = |item: aws_sdk_apigatewayv2::types::Integration| {
                (
                    item.integration_id,
                    item.integration_uri,
                    item.description,
                    in_order(item.request_parameters),
                    in_order(item.request_templates),
                )
            };
            items.into_iter().map(shown).collect::<Vec<_>>()
        });
        all.push(format!("{stages:?} {authorizers:?} {integrations:?}"));
    }
    all
}

/// All facts that the collectors make of what they are told.
async fn facts(session: &Session) -> String {
    let wanted = crate::collect::everything();
    let mut inventory = collect(session, &wanted, &Silent).await.unwrap_or_else(|error| panic!("{error}"));
    let mut text = String::new();
    for kind in kinds() {
        let keep = |resource: Resource| {
            text += &format!("{} {} {}\n", resource.key.id, resource.name, resource.facts);
            Ok::<_, std::io::Error>(())
        };
        inventory.resources.for_each(kind.name, keep).expect("the temporary file can be read");
    }
    text
}

fn in_order(map: Option<HashMap<String, String>>) -> BTreeMap<String, String> {
    map.unwrap_or_default().into_iter().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_emulated_demo_replays_as_it_was_recorded() {
    let emulator = Emulator::start();
    let seeded = emulator.seed("demo");
    let dir = tempfile::tempdir().expect("a temporary folder");
    let session = Session::live(settings(&emulator, &seeded, dir.path())).await.unwrap_or_else(|error| panic!("{error}"));
    let live = everything(&session).await;
    assert!(live.len() > 20, "{}", live.len());
    let (asked, scope) = (session.asked(), session.scope());
    session.finish().unwrap_or_else(|error| panic!("{error}"));
    emulator.forget_calls();
    let recording = Recording::open(&dir.path().join("recording")).unwrap_or_else(|error| panic!("{error}"));
    assert!(recording.complete());
    assert_eq!(recording.header().origin, RecordingOrigin::Emulated);
    let replayed = Session::replay(recording.into(), None).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(everything(&replayed).await, live);
    assert_eq!((replayed.asked(), replayed.scope()), (asked, scope));
    assert!(emulator.calls().is_empty(), "replay asks nobody");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seeded_secrets_reach_neither_the_collectors_nor_the_disk() {
    let emulator = Emulator::start();
    let seeded = emulator.seed("secrets");
    let secrets: Vec<String> = serde_json::from_value(seeded.said["strings"].clone()).expect("the seed names its secrets");
    let dir = tempfile::tempdir().expect("a temporary folder");
    let session = Session::live(settings(&emulator, &seeded, dir.path())).await.unwrap_or_else(|error| panic!("{error}"));
    let typed = everything(&session).await.join("\n") + &facts(&session).await;
    for read in ["leaky-api", "[redacted:", "example-pasted-0", "alias/pasted-password"] {
        assert!(typed.contains(read), "the seed was read: {read}");
    }
    session.finish().unwrap_or_else(|error| panic!("{error}"));
    let recording = Recording::open(&dir.path().join("recording")).unwrap_or_else(|error| panic!("{error}"));
    let mut stored = String::from_utf8_lossy(&recording.header().to_bytes()).into_owned();
    for entry in recording.entries() {
        stored += &serde_json::to_string(&recording.call(&entry.key).expect("readable")).expect("serializes");
    }
    let account = &seeded.accounts[0];
    let mut leaks = Vec::new();
    for secret in secrets.iter().chain([&account.secret_access_key, &account.session_token]) {
        let encoded = percent_encoding::utf8_percent_encode(secret, percent_encoding::NON_ALPHANUMERIC).to_string();
        for form in [secret.as_str(), encoded.as_str()] {
            leaks.extend(at(&typed, form).map(|around| format!("a collector saw {around}")));
            leaks.extend(at(&stored, form).map(|around| format!("the disk holds {around}")));
        }
    }
    assert_eq!(leaks, Vec::<String>::new());
}

/// The text around a place where `form` stands.
fn at(text: &str, form: &str) -> Option<String> {
    let found = text.find(form)?;
    let around = |from: usize, to: usize| text.as_bytes()[from..to.min(text.len())].to_vec();
    Some(String::from_utf8_lossy(&around(found.saturating_sub(60), found + form.len() + 20)).into_owned())
}
