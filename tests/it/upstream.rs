//! A scripted upstream beneath a live session: an HTTP connector in this process that sees each question and answers what the
//! test says. Also the answers every session needs before anything else (identity, Regions, alias).

#![allow(dead_code)] // a harness: what one test leaves unused the next one needs

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use evidence::aws::{Given, Limits, LiveSettings, Session, SessionError, Upstream};
use evidence::model::assessment::Tool;
use evidence::recording::Asked;
use evidence::recording::cbor::Cbor;
use serde_json::Value;

pub const ACCOUNT: &str = "111122223333";
pub const SECRET: &str = "scripted/secret/access/key/0123456789abcd";
pub const TOKEN: &str = "scripted-session-token-0123456789abcdef0123456789abcdef";

/// What the upstream is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Signing name: `iam`, `cloudtrail`, `apigateway`, `ec2`, `sts`.
    pub service: String,
    /// Operation name, or `METHOD /path` for REST.
    pub operation: String,
    /// Access key id of the signature: tests use the account's number.
    pub account: String,
    /// Region of the signature.
    pub region: String,
    /// Path and query.
    pub target: String,
    /// Body.
    pub body: String,
    /// All headers.
    pub headers: Vec<(String, String)>,
}

/// What the upstream does.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Answers.
    Answer { status: u16, headers: Vec<(&'static str, &'static str)>, body: Vec<u8> },
    /// Answers after a while.
    Late(Duration, Box<Reply>),
    /// Never answers.
    Hang,
    /// Breaks the connection.
    Break,
    /// Fails as a connection does that is not answered in time, without the wait.
    TimedOut,
}

/// A script.
pub type Script = Arc<dyn Fn(&Question) -> Reply + Send + Sync>;

/// XML with status 200.
pub fn xml(body: impl Into<String>) -> Reply {
    Reply::Answer { status: 200, headers: vec![("content-type", "text/xml")], body: body.into().into_bytes() }
}

/// JSON with status 200.
pub fn json(body: impl Into<String>) -> Reply {
    Reply::Answer { status: 200, headers: vec![("content-type", "application/json")], body: body.into().into_bytes() }
}

/// An error in the form of the Query protocol.
pub fn query_error(status: u16, code: &str, message: &str) -> Reply {
    let body = format!(
        "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>"
    );
    Reply::Answer { status, headers: vec![("content-type", "text/xml")], body: body.into_bytes() }
}

/// CBOR with status 200, of the same members as JSON.
pub fn cbor(body: &Value) -> Reply {
    Reply::Answer { status: 200, headers: vec![("content-type", "application/cbor")], body: Cbor::of_json(body).bytes() }
}

/// An error in the form of RPC v2 with CBOR.
pub fn cbor_error(status: u16, code: &str, message: &str) -> Reply {
    let body = Cbor::of_json(&serde_json::json!({"__type": code, "message": message})).bytes();
    Reply::Answer { status, headers: vec![("content-type", "application/cbor")], body }
}

/// An error in the form of the JSON protocols.
pub fn json_error(status: u16, code: &str, message: &str) -> Reply {
    let body = format!("{{\"__type\":\"{code}\",\"message\":\"{message}\"}}");
    Reply::Answer { status, headers: vec![("content-type", "application/x-amz-json-1.1")], body: body.into_bytes() }
}

/// The upstream, with everything it was asked.
#[derive(Clone)]
pub struct Scripted {
    script: Script,
    questions: Arc<Mutex<Vec<Question>>>,
}

impl std::fmt::Debug for Scripted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Scripted")
    }
}

impl Scripted {
    /// Answers by `script`, and what it does not handle (`None`) by [`surroundings`].
    pub fn new(script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> Self {
        let script = move |question: &Question| script(question).unwrap_or_else(|| surroundings(question));
        Scripted { script: Arc::new(script), questions: Arc::default() }
    }

    pub fn questions(&self) -> Vec<Question> {
        self.questions.lock().expect("no test panics while holding it").clone()
    }

    /// How often an operation was asked.
    pub fn count(&self, operation: &str) -> usize {
        self.questions().iter().filter(|question| question.operation == operation).count()
    }
}

impl HttpClient for Scripted {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Scripted {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let question = read(&request);
        let mut reply = (self.script)(&question);
        self.questions.lock().expect("no test panics while holding it").push(question);
        HttpConnectorFuture::new(async move {
            loop {
                match reply {
                    Reply::Late(time, then) => {
                        tokio::time::sleep(time).await;
                        reply = *then;
                    }
                    Reply::Hang => std::future::pending::<()>().await,
                    Reply::Break => return Err(ConnectorError::io("connection reset".into())),
                    Reply::TimedOut => return Err(ConnectorError::timeout("no answer in time".into())),
                    Reply::Answer { status, headers, body } => {
                        let mut response = HttpResponse::new(status.try_into().expect("a status"), SdkBody::from(body));
                        response.headers_mut().append("x-amzn-requestid", "req-1");
                        response.headers_mut().append("date", chrono::Utc::now().format("%a, %d %b %Y %H:%M:%S GMT").to_string());
                        response.headers_mut().append("set-cookie", "session=cookie-that-is-nobodys-business");
                        for (name, value) in headers {
                            response.headers_mut().append(name, value);
                        }
                        return Ok(response);
                    }
                }
            }
        })
    }
}

fn read(request: &HttpRequest) -> Question {
    let headers = request.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let body = String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned();
    question(request.method(), request.uri(), headers, &body)
}

/// Reads a request.
pub fn question(method: &str, uri: &str, headers: Vec<(String, String)>, body: &str) -> Question {
    let header = |name: &str| headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone()).unwrap_or_default();
    let signature = header("authorization");
    let scope: Vec<&str> = signature.split_once("Credential=").map(|(_, rest)| rest.split([',', '/']).collect()).unwrap_or_default();
    let part = |at: usize| scope.get(at).copied().unwrap_or_default().to_owned();
    let target = uri.split_once("://").map_or(uri, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..])).to_owned();
    let action = body.split('&').find_map(|pair| pair.strip_prefix("Action=")).map(str::to_owned);
    let amz_target = header("x-amz-target").rsplit('.').next().filter(|name| !name.is_empty()).map(str::to_owned);
    let path = target.split('?').next().unwrap_or_default();
    let rpc = path.strip_prefix("/service/").and_then(|rest| rest.split_once("/operation/")).map(|(_, name)| name.to_owned());
    let operation = action.or(amz_target).or(rpc).unwrap_or_else(|| format!("{method} {path}"));
    Question { service: part(3), operation, account: part(0), region: part(2), target, body: body.to_owned(), headers }
}

/// Identity, Regions and alias of an ordinary account.
pub fn surroundings(question: &Question) -> Reply {
    match question.operation.as_str() {
        "GetCallerIdentity" => xml(identity(&question.account)),
        "DescribeRegions" => {
            xml(regions(&[("us-east-1", "opt-in-not-required"), ("eu-west-1", "opt-in-not-required"), ("af-south-1", "not-opted-in")]))
        }
        "ListAccountAliases" => xml(
            "<ListAccountAliasesResponse><ListAccountAliasesResult><IsTruncated>false</IsTruncated><AccountAliases><member>acme</member></AccountAliases></ListAccountAliasesResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></ListAccountAliasesResponse>",
        ),
        _ => Reply::Break,
    }
}

pub fn identity(account: &str) -> String {
    format!(
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::{account}:user/auditor</Arn><UserId>AIDA0</UserId><Account>{account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
    )
}

pub fn regions(regions: &[(&str, &str)]) -> String {
    let item = |(name, status): &(&str, &str)| {
        format!(
            "<item><regionName>{name}</regionName><regionEndpoint>ec2.{name}.amazonaws.com</regionEndpoint><optInStatus>{status}</optInStatus></item>"
        )
    };
    let items: String = regions.iter().map(item).collect();
    format!("<DescribeRegionsResponse><requestId>r</requestId><regionInfo>{items}</regionInfo></DescribeRegionsResponse>")
}

/// Users of one page.
pub fn users(names: &[&str], marker: Option<&str>, truncated: &str) -> String {
    let member = |name: &&str| {
        format!(
            "<member><Path>/</Path><UserName>{name}</UserName><UserId>AIDA{name}</UserId><Arn>arn:aws:iam::{ACCOUNT}:user/{name}</Arn><CreateDate>2026-01-02T03:04:05Z</CreateDate></member>"
        )
    };
    let members: String = names.iter().map(member).collect();
    let marker = marker.map(|marker| format!("<Marker>{marker}</Marker>")).unwrap_or_default();
    format!(
        "<ListUsersResponse><ListUsersResult><IsTruncated>{truncated}</IsTruncated>{marker}<Users>{members}</Users></ListUsersResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></ListUsersResponse>"
    )
}

/// Bounds that make failing calls fail within the patience of a test.
pub fn short() -> Limits {
    Limits {
        attempts: 3,
        attempt: Duration::from_millis(700),
        call: Duration::from_secs(5),
        first_pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(2),
        ..Limits::default()
    }
}

pub fn tool() -> Tool {
    Tool { version: "0.0.0-test".into(), collectors: 1, sdk: Default::default() }
}

/// Settings for one scripted account.
pub fn settings(upstream: &Scripted, dir: &Path) -> LiveSettings {
    let credentials = Credentials::new(ACCOUNT, SECRET, Some(TOKEN.into()), None, "test");
    LiveSettings {
        limits: short(),
        upstream: Upstream::Scripted(SharedHttpClient::new(upstream.clone())),
        given: Some(Given { endpoint_url: None, region: "us-east-1".into(), credentials: vec![("main".into(), credentials)] }),
        ..LiveSettings::new(dir.to_owned(), tool(), Asked::default())
    }
}

/// A live session over a scripted upstream.
pub async fn live(upstream: &Scripted, dir: &Path) -> Result<Session, SessionError> {
    Session::live(settings(upstream, dir)).await
}
