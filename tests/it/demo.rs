//! The demonstration recording: recorded by our own collectors from the emulator's `demo` accounts, embedded in the binary.
//!
//! `UPDATE_DEMO=1 cargo test --test it demo::` records it anew into `demo/`; build again to embed it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use aws_credential_types::Credentials;
use evidence::aws::{Given, LiveSettings, Session, Upstream};
use evidence::cli::tool::tool;
use evidence::collect::progress::Silent;
use evidence::collect::{collect, kinds};
use evidence::model::Reason;
use evidence::model::assessment::RecordingOrigin;
use evidence::model::kind::Wanted;
use evidence::recording::{Asked, Recording};

use crate::emulator::Emulator;

/// Names under which the demonstration's accounts are known.
const NAMES: [&str; 2] = ["production", "sandbox"];

/// Every kind with all its groups: the demonstration answers whatever framework it is judged by.
fn everything() -> Wanted {
    let mut wanted = Wanted::default();
    for kind in kinds() {
        (0..kind.groups.len()).for_each(|group| wanted.add(kind.name, group));
    }
    wanted
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("runtime")
}

/// Records the `demo` seed into `dir`.
fn record(dir: &Path) -> Recording {
    let emulator = Emulator::own();
    let seeded = emulator.seed("demo");
    let credentials = seeded.accounts.iter().zip(NAMES).map(|(account, name)| {
        let (key, secret) = (&account.access_key_id, &account.secret_access_key);
        (name.to_owned(), Credentials::new(key, secret, Some(account.session_token.clone()), None, "demo"))
    });
    let wanted = everything();
    let settings = LiveSettings {
        upstream: Upstream::Network,
        given: Some(Given { endpoint_url: Some(emulator.endpoint()), region: "us-east-1".into(), credentials: credentials.collect() }),
        ..LiveSettings::new(dir.to_owned(), tool(), Asked { wanted: wanted.0.clone(), ..Asked::default() })
    };
    runtime().block_on(async {
        let session = Session::live(settings).await.expect("the emulator answers");
        collect(&session, &wanted, &Silent).await.expect("collected");
        session.finish().expect("recorded");
    });
    Recording::open(dir).expect("a whole recording")
}

/// The recording that the binary carries.
fn embedded() -> Recording {
    let files = evidence::embedded::files("demo/").map(|(path, bytes)| (path.trim_start_matches("demo/").to_owned(), bytes.into()));
    Recording::from_files(files).expect("the embedded demonstration opens")
}

/// What was asked, whatever the time and the port.
fn questions(recording: &Recording) -> Vec<String> {
    let ask =
        |key: &evidence::model::call::CallKey| format!("{} {} {} {} {}", key.account, key.region, key.service, key.operation, key.input);
    recording.entries().iter().map(|entry| ask(&entry.key)).collect()
}

#[test]
fn recording_the_demonstration_anew_asks_what_the_embedded_one_holds() {
    let work = tempfile::tempdir().expect("folder");
    let recording = record(&work.path().join("recording"));
    if std::env::var_os("UPDATE_DEMO").is_some() {
        write(&recording, &Path::new(env!("CARGO_MANIFEST_DIR")).join("demo"));
        return;
    }
    assert_eq!(questions(&recording), questions(&embedded()), "record it anew with UPDATE_DEMO=1");
}

fn write(recording: &Recording, demo: &Path) {
    if demo.exists() {
        std::fs::remove_dir_all(demo).expect("old demonstration removed");
    }
    for (path, bytes) in recording.canonical().expect("canonical form") {
        let to = demo.join(path);
        std::fs::create_dir_all(to.parent().expect("parent")).expect("folder");
        std::fs::write(to, bytes).expect("written");
    }
}

#[test]
fn the_embedded_demonstration_is_whole_and_says_what_it_is() {
    let demo = embedded();
    assert!(demo.complete(), "{:?}", demo.losses());
    let header = demo.header();
    assert_eq!(header.origin, RecordingOrigin::Emulated);
    assert_eq!(header.accounts.len(), 2);
    assert!(header.accounts.iter().all(|account| account.note.entered));
    let observed = header.regions.iter().filter(|region| region.observed).count();
    assert_eq!(observed, 6, "three Regions of two accounts");
}

#[test]
fn the_demonstration_fills_every_kind_and_shows_gaps() {
    let mut inventory = runtime().block_on(async {
        let session = Session::replay(Arc::new(embedded()), None).await.expect("replay");
        collect(&session, &everything(), &Silent).await.expect("collected")
    });
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for kind in kinds() {
        let count = counts.entry(kind.name).or_default();
        inventory
            .resources
            .for_each::<std::io::Error>(kind.name, |_| {
                *count += 1;
                Ok(())
            })
            .expect("read");
    }
    let empty: Vec<_> = counts.iter().filter(|(_, count)| **count == 0).collect();
    assert!(empty.is_empty(), "kinds without a resource: {empty:?}");
    let all: u64 = counts.values().sum();
    assert!(all >= 150, "{all} resources");
    let denied = inventory.gaps.iter().filter(|(_, gap)| gap.reason == Reason::Denied).count();
    assert!(denied >= 3, "{denied} reads denied");
    let unrecorded: Vec<_> = inventory.gaps.iter().filter(|(_, gap)| gap.reason == Reason::NotRecorded).collect();
    assert!(unrecorded.is_empty(), "the demonstration is older than the collectors: record it anew ({unrecorded:?})");
}
