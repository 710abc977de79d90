//! Starts the AWS emulator (`tests/emulator/`), fills its accounts and breaks its answers.
//!
//! One emulator process serves the whole test binary: its start costs a third of a second and moto holds one
//! core whatever we do, so a process per test would only add start-up. State is kept by account, and every
//! [`Emulator::start`] hands out two account numbers that no other test has, with their own resources, fault
//! rules and list of calls: tests run side by side. Where the account numbers themselves matter (the demo's),
//! or a seed is so large that it would hold up others, [`Emulator::own`] starts a process for one test alone.
//!
//! The process ends when its standard input closes, so it cannot outlive the test binary, however that dies.

#![allow(dead_code)] // a harness: what one test leaves unused the next one needs

mod answers;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The account numbers that the demo uses (AWS's own examples).
pub const MAIN: &str = "111122223333";
/// The demo's second account.
pub const SECOND: &str = "444455556666";

/// Two accounts of a running emulator. Dropping it forgets them.
pub struct Emulator {
    server: Arc<Server>,
    /// The number of the first account, which every seed fills.
    pub main: String,
    /// The number of the second account, which some seeds fill.
    pub second: String,
}

/// The process; killed when the last user drops it.
struct Server {
    child: Child,
    port: u16,
}

/// What signs requests as the auditor of one account.
#[derive(Debug, Clone, Deserialize)]
pub struct Credentials {
    pub account: String,
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: String,
    /// The ARN that `sts:GetCallerIdentity` answers.
    pub principal: String,
}

/// What a seed left behind.
#[derive(Debug, Clone, Deserialize)]
pub struct Seeded {
    /// The filled accounts' credentials, the first account's first.
    pub accounts: Vec<Credentials>,
    /// The instant that all ages are counted from.
    pub now: String,
    /// What else the seed has to say, such as `strings` of the seed `secrets`.
    #[serde(flatten)]
    pub said: Value,
}

/// One request that the emulator saw, outside of `/_evidence/`.
#[derive(Debug, Clone, Deserialize)]
pub struct Call {
    pub service: String,
    pub operation: String,
    pub account: Option<String>,
    pub region: String,
    pub principal: Option<String>,
    /// The status answered; none where the connection was reset or left hanging.
    pub status: Option<u16>,
    /// The id of the fault rule that spoiled the answer.
    pub fault: Option<String>,
    pub request_id: String,
    pub method: String,
    pub path: String,
    pub query: String,
    /// The request's body, where it is short.
    pub body: Option<String>,
}

impl Emulator {
    /// Two fresh accounts in the process that all tests share.
    pub fn start() -> Self {
        static SHARED: OnceLock<Arc<Server>> = OnceLock::new();
        static NEXT: AtomicU64 = AtomicU64::new(200_000_000_000);
        let server = SHARED.get_or_init(|| Arc::new(Server::spawn())).clone();
        let number = NEXT.fetch_add(2, Ordering::Relaxed);
        Self { server, main: number.to_string(), second: (number + 1).to_string() }
    }

    /// A process for this test alone, with the demo's account numbers.
    pub fn own() -> Self {
        Self { server: Arc::new(Server::spawn()), main: MAIN.into(), second: SECOND.into() }
    }

    /// What `AWS_ENDPOINT_URL` is to be.
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.server.port)
    }

    /// Fills the accounts; the seeds are described in `tests/emulator/README.md`.
    pub fn seed(&self, name: &str) -> Seeded {
        self.seed_with(name, &[])
    }

    /// Fills the accounts with options of the seed, such as `("users", "2000")` or `("now", "2026-11-20T08:00:00+00:00")`.
    pub fn seed_with(&self, name: &str, options: &[(&str, &str)]) -> Seeded {
        let mut path = format!("seed?name={name}&account={}&second={}", self.main, self.second);
        for (key, value) in options {
            path += &format!("&{key}={}", value.replace('+', "%2B"));
        }
        from(self.ask("POST", &path, None))
    }

    /// Changes settings of an account (`id`, `root`, `regions`, `organization`, `report_polls`, `trail_status`).
    pub fn configure(&self, settings: Value) -> Credentials {
        from(self.ask("POST", "account", Some(settings)))
    }

    /// Adds a fault rule. Without `account` it applies to both accounts of this handle, counted for each.
    pub fn fault(&self, rule: Value) {
        let rules: Vec<Value> = if rule.get("account").is_some() {
            vec![rule]
        } else {
            [&self.main, &self.second].map(|account| with(&rule, "account", account)).into()
        };
        self.ask("POST", "faults", Some(json!(rules)));
    }

    /// Takes all fault rules of these accounts away.
    pub fn clear_faults(&self) {
        self.each_account("DELETE", "faults");
    }

    /// The requests of both accounts since the start, the last reset or [`Emulator::forget_calls`], in order.
    pub fn calls(&self) -> Vec<Call> {
        let answer = self.ask("GET", "calls", None);
        let calls: Vec<Call> = from(answer["calls"].clone());
        let ours = |call: &Call| call.account.as_deref().is_some_and(|account| account == self.main || account == self.second);
        calls.into_iter().filter(ours).collect()
    }

    /// Empties the list of calls.
    pub fn forget_calls(&self) {
        self.each_account("POST", "calls/forget");
    }

    /// Forgets both accounts: resources, settings, faults and calls.
    pub fn reset(&self) {
        self.each_account("POST", "reset");
    }

    /// The environment in which a command reaches the emulator as this principal, and nothing else of AWS.
    pub fn environment(&self, credentials: &Credentials) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT_URL", self.endpoint()),
            ("AWS_REGION", "us-east-1".into()),
            ("AWS_ACCESS_KEY_ID", credentials.access_key_id.clone()),
            ("AWS_SECRET_ACCESS_KEY", credentials.secret_access_key.clone()),
            ("AWS_SESSION_TOKEN", credentials.session_token.clone()),
            ("AWS_EC2_METADATA_DISABLED", "true".into()),
            ("AWS_CONFIG_FILE", "/dev/null".into()),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null".into()),
        ]
    }

    fn each_account(&self, method: &str, path: &str) {
        for account in [&self.main, &self.second] {
            self.ask(method, &format!("{path}?account={account}"), None);
        }
    }

    fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        match exchange(self.server.port, method, &format!("/_evidence/{path}"), body) {
            Ok((200, answer)) => answer,
            Ok((status, answer)) => panic!("the emulator refused {method} {path}: {status} {answer}"),
            Err(cause) => panic!("the emulator did not answer {method} {path}: {cause}"),
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        for account in [&self.main, &self.second] {
            // The process may be gone already; a panic here would hide the test's own.
            let _ = exchange(self.server.port, "POST", &format!("/_evidence/reset?account={account}"), None);
        }
    }
}

impl Server {
    fn spawn() -> Self {
        let python = interpreter();
        let mut child = Command::new(&python)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emulator/server.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|cause| panic!("{} does not start: {cause}", python.display()));
        let mut line = String::new();
        // Piped above, so it is there.
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap_or_default();
        let ready: Value =
            serde_json::from_str(&line).unwrap_or_else(|_| panic!("the emulator ended before it was ready; its error is above"));
        let port = ready["port"].as_u64().and_then(|port| port.try_into().ok());
        Self { child, port: port.unwrap_or_else(|| panic!("the emulator names no port: {line}")) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The Python of the environment that `tests/emulator/venv` makes beside our own build.
fn interpreter() -> PathBuf {
    let requirements = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emulator/requirements.txt");
    let text = std::fs::read(&requirements).unwrap_or_else(|cause| panic!("{}: {cause}", requirements.display()));
    let hash = &hex::encode(Sha256::digest(text))[..12];
    // This binary is TARGET/debug/deps/it-….
    let program = std::env::current_exe().unwrap_or_else(|cause| panic!("no path of this test binary: {cause}"));
    let venv = program.ancestors().map(|folder| folder.join(format!("emulator-venv-{hash}")));
    let found = venv.into_iter().find(|folder| folder.join("complete").exists());
    found
        .unwrap_or_else(|| panic!("the emulator's Python environment is missing: run `tests/run` or `tests/emulator/venv` once"))
        .join("bin/python")
}

/// One request over a connection of its own; the answer's status and JSON.
fn exchange(port: u16, method: &str, path: &str, body: Option<Value>) -> std::io::Result<(u16, Value)> {
    let body = body.map(|value| value.to_string()).unwrap_or_default();
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(300)))?;
    let length = body.len();
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok((status.ok_or(std::io::ErrorKind::InvalidData)?, serde_json::from_str(body)?))
}

fn with(rule: &Value, key: &str, value: &str) -> Value {
    let mut rule = rule.clone();
    rule[key] = json!(value);
    rule
}

fn from<T: serde::de::DeserializeOwned>(value: Value) -> T {
    let shown = value.to_string();
    serde_json::from_value(value).unwrap_or_else(|cause| panic!("unexpected answer of the emulator: {cause}: {shown}"))
}
