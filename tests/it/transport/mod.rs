//! The transport beneath the SDK clients: nothing becomes an answer that AWS did not give, nothing is sent that may not be, and a
//! recording answers as AWS did.

mod gate;
mod limits;
mod listings;
mod replay;
mod silence;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use evidence::aws::{Caller, Limits, Listing, LiveSettings, OrWhen as _, Page, Reply as Asked, Session, SessionError, Upstream};
use evidence::model::assessment::RecordingOrigin;
use evidence::model::population::Ended;
use evidence::model::{Gap, Reason};
use evidence::recording::line::CallLine;
use evidence::recording::{Recording, State};
use futures::StreamExt as _;

use crate::server::{Server, Wire};
use crate::upstream::{
    ACCOUNT, Question, Reply, SECRET, Scripted, TOKEN, json, json_error, live, query_error, settings, short, users, xml,
};

pub const REGION: &str = "eu-west-1";
pub const SUMMARY: &str = "<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>Users</key><value>1</value></entry><entry><key>AccountMFAEnabled</key><value>1</value></entry></SummaryMap></GetAccountSummaryResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetAccountSummaryResponse>";
pub const TRAILS: &str = r#"{"trailList":[{"Name":"main","TrailARN":"arn:aws:cloudtrail:eu-west-1:111122223333:trail/main","HomeRegion":"eu-west-1","S3BucketName":"logs","IncludeGlobalServiceEvents":true,"IsMultiRegionTrail":true,"LogFileValidationEnabled":true,"IsOrganizationTrail":false,"HasCustomEventSelectors":false,"HasInsightSelectors":false}]}"#;
pub const APIS: &str = r#"{"items":[{"apiId":"a1","name":"orders","protocolType":"HTTP","routeSelectionExpression":"$request.method $request.path","createdDate":"2026-01-02T03:04:05Z"}]}"#;
pub const STATUS: &str = r#"{"IsLogging":true,"LatestDeliveryTime":1.7635968E9,"StartLoggingTime":1.7E9}"#;

/// The four calls most tests make: one of each protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    Users,
    Summary,
    Trails,
    Status,
    Apis,
}

impl Call {
    pub const ALL: [Call; 5] = [Call::Users, Call::Summary, Call::Trails, Call::Status, Call::Apis];

    pub fn operation(self) -> &'static str {
        match self {
            Call::Users => "ListUsers",
            Call::Summary => "GetAccountSummary",
            Call::Trails => "DescribeTrails",
            Call::Status => "GetTrailStatus",
            Call::Apis => "GET /v2/apis",
        }
    }

    pub fn whole(self) -> String {
        match self {
            Call::Users => users(&["alice", "bob"], None, "false"),
            Call::Summary => SUMMARY.to_owned(),
            Call::Trails => TRAILS.to_owned(),
            Call::Status => STATUS.to_owned(),
            Call::Apis => APIS.to_owned(),
        }
    }

    pub fn is_xml(self) -> bool {
        matches!(self, Call::Users | Call::Summary)
    }

    pub fn reply(self, body: impl Into<String>) -> Reply {
        if self.is_xml() { xml(body) } else { json(body) }
    }

    /// Makes the call and shows what came of it.
    pub async fn ask(self, session: &Session) -> Result<String, Gap> {
        let account = &session.accounts()[0];
        let (global, regional) = (session.global(account), session.regional(account, REGION));
        match self {
            Call::Users => shown(list_users(&global).await),
            Call::Summary => {
                let iam = aws_sdk_iam::Client::new(global.sdk());
                let send = |tap| iam.get_account_summary().customize().interceptor(tap).send();
                let reply = global.ask(("IAM", "GetAccountSummary"), send).await;
                told(reply.map(|answer| {
                    answer.map(|output| output.summary_map.map(|map| map.into_iter().collect::<std::collections::BTreeMap<_, _>>()))
                }))
            }
            Call::Trails => {
                let client = aws_sdk_cloudtrail::Client::new(regional.sdk());
                let send = |tap| client.describe_trails().include_shadow_trails(true).customize().interceptor(tap).send();
                shown(regional.list_whole(("CloudTrail", "DescribeTrails"), send, |output| output.trail_list.unwrap_or_default()).await)
            }
            Call::Status => {
                let client = aws_sdk_cloudtrail::Client::new(regional.sdk());
                let send = |tap| client.get_trail_status().name("main").customize().interceptor(tap).send();
                told(regional.ask(("CloudTrail", "GetTrailStatus"), send).await)
            }
            Call::Apis => shown(list_apis(&regional).await),
        }
    }
}

pub async fn list_users(caller: &Caller) -> Listing<aws_sdk_iam::types::User> {
    let client = aws_sdk_iam::Client::new(caller.sdk());
    let send = |token: Option<String>, tap| client.list_users().set_marker(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_iam::operation::list_users::ListUsersOutput| Page {
        token: output.marker,
        truncated: output.is_truncated,
        items: output.users,
    };
    caller.list(("IAM", "ListUsers"), send, page).await
}

pub async fn list_apis(caller: &Caller) -> Listing<aws_sdk_apigatewayv2::types::Api> {
    let client = aws_sdk_apigatewayv2::Client::new(caller.sdk());
    let send = |token: Option<String>, tap| client.get_apis().set_next_token(token).customize().interceptor(tap).send();
    caller
        .list(("ApiGatewayV2", "GetApis"), send, |output| Page {
            token: output.next_token,
            truncated: false,
            items: output.items.unwrap_or_default(),
        })
        .await
}

pub fn shown<I: std::fmt::Debug>(listing: Listing<I>) -> Result<String, Gap> {
    match listing.gap {
        None => {
            assert_ne!(listing.ended, Ended::NotProven);
            Ok(format!("{:?} {:?} {:?}", listing.pages, listing.ended, listing.items))
        }
        Some(gap) => {
            assert_eq!(listing.ended, Ended::NotProven);
            Err(gap)
        }
    }
}

pub fn told<T: std::fmt::Debug>(reply: Asked<T>) -> Result<String, Gap> {
    reply.map(|answer| format!("{:?}", answer.value)).map_err(|refusal| refusal.gap)
}

/// An upstream that answers one call with `reply` and all others as AWS would.
pub fn spoiling(call: Call, reply: Reply) -> Scripted {
    Scripted::new(move |question| if question.operation == call.operation() { Some(reply.clone()) } else { honest(question) })
}

pub fn honest(question: &Question) -> Option<Reply> {
    Call::ALL.into_iter().find(|call| question.operation == call.operation()).map(|call| call.reply(call.whole()))
}

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

pub async fn begin(upstream: &Scripted, dir: &Path) -> Session {
    live(upstream, &dir.join("recording")).await.unwrap_or_else(|error| panic!("{error}"))
}

/// Ends a session and opens what it recorded.
pub fn end(session: Session) -> Arc<Recording> {
    let finished = session.finish().unwrap_or_else(|error| panic!("{error}"));
    Arc::new(Recording::open(&finished.dir.expect("a live session has a folder")).unwrap_or_else(|error| panic!("{error}")))
}

pub fn lines(recording: &Recording, operation: &str) -> Vec<CallLine> {
    let named = recording.entries().iter().filter(|entry| entry.key.operation == operation);
    named.map(|entry| recording.call(&entry.key).expect("readable").expect("indexed")).collect()
}

pub async fn replay(recording: Arc<Recording>) -> Session {
    Session::replay(recording, None).await.unwrap_or_else(|error| panic!("{error}"))
}

pub fn over_the_network(server: &Server, dir: &Path) -> LiveSettings {
    let mut settings = settings(&Scripted::new(honest), &dir.join("recording"));
    settings.upstream = Upstream::Network;
    settings.given.as_mut().expect("given").endpoint_url = Some(server.url());
    settings
}
