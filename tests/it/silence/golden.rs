//! The golden recording, `tests/recordings/silence/`: two accounts in two Regions, recorded by our own collectors from the emulator's
//! seed `silence`. How it is made anew, and how a service is added, stands in `tests/recordings/README.md`.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use aws_credential_types::Credentials;
use evidence::aws::{Given, LiveSettings, Session, Upstream};
use evidence::catalog::{self, Files, Overrides, Selection};
use evidence::collect::{self, kinds};
use evidence::model::CallId;
use evidence::recording::line::CallLine;
use evidence::recording::{Asked, Recording};

use crate::emulator::Emulator;
use crate::upstream::{Question, Reply, tool};

/// The framework that cites every control of the catalogue. Where an account has one of something, a second set of parameters lets
/// the control fail there that passes with its own, or the other way round.
const TURNED: &[(&str, &str)] = &[
    ("iam-password-length", "min_length = 30"),
    ("iam-password-reuse", "min_remembered = 3"),
    ("iam-password-expiry", "max_age_days = 30"),
    ("iam-password-complexity", "require_symbols = false"),
    ("iam-root-not-used", "min_days_since_use = 1"),
    ("iam-root-centralized", "require_root_sessions = true"),
    ("iam-policy-cloudshell-restricted", "approved_principals = [\"*\"]"),
    ("iam-policy-no-full-admin", "approved_principals = [\"*\"]"),
    ("iam-policy-no-privilege-escalation", "approved_principals = [\"*\"]"),
    ("organizations-management-account-workloads", "exempt_resources = [\"*\"]"),
    ("apigateway-mutual-tls", "required_domains = [\"*\"]"),
    ("apigateway-http-route-authorization", "exempt_route_keys = [\"GET /items\"]"),
];

/// All controls, chosen by a framework of the test's own.
pub fn selection() -> Selection {
    let mut files = Files::embedded().unwrap_or_else(|error| panic!("{error}"));
    let (catalog, _) = catalog::load_files(&files, kinds()).unwrap_or_else(|faults| panic!("{}", faults.errors()));
    let item = |id: &str, control: &str, params: &str| {
        format!(
            "[[item]]\nid = \"{id}\"\ntitle = \"{control}\"\nsection = \"all\"\nmethod = \"automated\"\n\
             [[item.covers]]\ncontrol = \"{control}\"\npart = \"all of {id}\"\ncoverage = \"full\"\n{params}\n"
        )
    };
    let each: String = catalog.controls().map(|control| item(&control.id, &control.id, "")).collect();
    let turned =
        TURNED.iter().map(|(control, params)| item(&format!("{control}-turned"), control, &format!("[item.covers.params]\n{params}")));
    let head = "title = \"Every control\"\nversion = \"1\"\nnotice = \"For the silence test\"\nfull_coverage_allowed = true\n";
    files.add("frameworks/silence.toml", "silence.toml", format!("{head}{each}{}", turned.collect::<String>()), true);
    let (catalog, _) = catalog::load_files(&files, kinds()).unwrap_or_else(|faults| panic!("{faults:?}"));
    catalog.select(&["silence".to_owned()], &Overrides::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// Where it lies.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/recordings/silence")
}

/// A recording with what answers the questions of a live session from it.
pub struct Golden {
    pub recording: Arc<Recording>,
    pub lines: Vec<CallLine>,
    /// A question that is polled has several, in the order in which they came.
    answers: HashMap<Asking, Vec<(CallId, Reply)>>,
}

/// A question without what differs from run to run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asking {
    pub account: String,
    pub region: String,
    pub operation: String,
    target: String,
    body: String,
}

impl Asking {
    pub fn of(question: &Question) -> Self {
        Asking {
            account: question.account.clone(),
            region: question.region.clone(),
            operation: question.operation.clone(),
            target: sorted(&question.target),
            body: sorted(&question.body),
        }
    }

    pub fn recorded(line: &CallLine) -> Self {
        let (method, target) = (&line.request.method, &line.request.target);
        let operation = match line.wire.as_str() {
            "query" | "ec2" | "json1.0" | "json1.1" | "rpc-v2-cbor" => line.key.operation.clone(),
            _ => format!("{method} {}", target.split('?').next().unwrap_or_default()),
        };
        let body = line.request.body.bytes().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let (account, region) = (line.key.account.clone(), line.key.region.clone());
        Asking { account, region, operation, target: sorted(target), body: sorted(&body) }
    }

    /// Whether this is asked because the answer to `lost` did not come.
    pub fn follows(&self, lost: &Asking) -> bool {
        let parts = |asking: &Asking| asking.target.split_once('?').map(|(path, query)| (path.to_owned(), query.to_owned()));
        let (Some((path, query)), Some((lost_path, lost_query))) = (parts(self), parts(lost)) else { return false };
        let asks = |query: &str, name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name));
        // The block of the account settles for every bucket of it what block of its own or ACL would have to tell.
        let settled_for_all = ["acl", "publicAccessBlock"].iter().any(|name| asks(&query, name));
        let of_account = lost.target.ends_with(ACCOUNT_BLOCK) && self.account == lost.account && settled_for_all;
        of_account || (path == lost_path && FOLLOWING.iter().any(|(before, then)| asks(&lost_query, before) && asks(&query, then)))
    }
}

/// What is asked of a bucket only where the answer to another question does not settle it.
const FOLLOWING: &[(&str, &str)] = &[("policy", "policyStatus"), ("publicAccessBlock", "acl"), ("versioning", "object-lock")];

const ACCOUNT_BLOCK: &str = "/v20180820/configuration/publicAccessBlock";

/// The pairs of a query or form in one order.
fn sorted(text: &str) -> String {
    let (path, query) = text.split_once('?').unwrap_or(("", text));
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    format!("{path}?{}", pairs.join("&"))
}

impl Golden {
    pub fn open() -> Self {
        let recording = Arc::new(Recording::open(&folder()).unwrap_or_else(|error| panic!("{error}")));
        assert!(recording.complete(), "{:?}", recording.losses());
        let lines: Vec<CallLine> =
            recording.entries().iter().map(|entry| recording.call(&entry.key).expect("readable").expect("there")).collect();
        let mut answers: HashMap<Asking, Vec<(CallId, Reply)>> = HashMap::new();
        let mut in_turn: Vec<&CallLine> = lines.iter().collect();
        in_turn.sort_by_key(|line| line.key.n);
        for line in in_turn {
            answers.entry(Asking::recorded(line)).or_default().push((line.key.id(), reply(line)));
        }
        Golden { recording, lines, answers }
    }

    /// The recorded answers to a question, in turn.
    pub fn answers(&self, asking: &Asking) -> Option<&[(CallId, Reply)]> {
        self.answers.get(asking).map(Vec::as_slice)
    }

    /// The accounts, by id.
    pub fn accounts(&self) -> Vec<String> {
        self.recording.header().accounts.iter().map(|account| account.note.id.clone()).collect()
    }

    /// The recording without one call; with an account, of that account alone.
    pub fn without(&self, call: CallId, account: Option<&str>) -> Recording {
        let mut files: HashMap<String, Vec<u8>> = HashMap::new();
        let of_account = |id: &str| account.is_none_or(|account| account == id);
        for line in self.lines.iter().filter(|line| line.key.id() != call && of_account(&line.key.account)) {
            let file = self.recording.place(line.key.id()).expect("in the recording").0.to_owned();
            let text = files.entry(file).or_default();
            text.extend(serde_json::to_vec(line).expect("serializes"));
            text.push(b'\n');
        }
        let mut header = self.recording.header().clone();
        header.accounts.retain(|account| of_account(&account.note.id));
        header.regions.retain(|region| of_account(&region.account));
        for (file, text) in &files {
            header.calls.insert(file.clone(), text.iter().filter(|byte| **byte == b'\n').count() as u64);
        }
        header.calls.retain(|file, _| files.contains_key(file));
        let calls = files.into_iter().map(|(file, text)| (file, zstd::encode_all(text.as_slice(), 1).expect("memory").into()));
        let all = calls.chain([("recording.json".to_owned(), header.to_bytes().into())]);
        Recording::from_files(all).unwrap_or_else(|error| panic!("{error}"))
    }
}

fn reply(line: &CallLine) -> Reply {
    let response = line.response.as_ref().unwrap_or_else(|| panic!("{:?} was not answered", line.key));
    // Leaked: the recording lives as long as the test.
    let keep = |text: &String| -> &'static str { Box::leak(text.clone().into_boxed_str()) };
    let headers = response.headers.iter().map(|(name, value)| (keep(name), keep(value))).collect();
    Reply::Answer { status: response.status, headers, body: response.body.bytes().expect("whole").into_owned() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "makes tests/recordings/silence anew; see tests/recordings/README.md"]
async fn record_anew() {
    let emulator = Emulator::own();
    let seeded = emulator.seed("silence");
    let dir = tempfile::tempdir().expect("a temporary folder");
    let of_account = |account: &crate::emulator::Credentials| {
        let (key, secret, token) = (&account.access_key_id, &account.secret_access_key, account.session_token.clone());
        (account.account.clone(), Credentials::new(key, secret, Some(token), None, "seed"))
    };
    let credentials = seeded.accounts.iter().map(of_account).collect();
    let wanted = selection().wanted(kinds());
    let asked = Asked { wanted: wanted.0.clone(), ..Asked::default() };
    let settings = LiveSettings {
        upstream: Upstream::Network,
        given: Some(Given { endpoint_url: Some(emulator.endpoint()), region: "us-east-1".into(), credentials }),
        ..LiveSettings::new(dir.path().join("recording"), tool(), asked)
    };
    let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
    collect::collect(&session, &wanted, &collect::progress::Silent).await.unwrap_or_else(|error| panic!("{error}"));
    session.finish().unwrap_or_else(|error| panic!("{error}"));
    let recording = Recording::open(&dir.path().join("recording")).unwrap_or_else(|error| panic!("{error}"));
    let _ = std::fs::remove_dir_all(folder());
    for (path, bytes) in recording.canonical().unwrap_or_else(|error| panic!("{error}")) {
        let file = folder().join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the source tree can be written");
        std::fs::write(file, bytes).expect("the source tree can be written");
    }
}
