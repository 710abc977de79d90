//! Wrong answers that are known of tools of this kind, each by the number of the list it comes from: seeded as it occurs, judged by
//! the embedded controls, and answered rightly.

mod config;
mod kms;
mod rest;
mod s3;

use aws_credential_types::Credentials;
use evidence::aws::{Given, LiveSettings, Session, Upstream};
use evidence::catalog::{self, Files, Overrides, Selection};
use evidence::collect::{Silent, collect, kinds};
use evidence::recording::{Asked, Recording};
use serde_json::Value;

use crate::emulator::{Emulator, Seeded};
use crate::upstream::tool;

/// An account of the emulator, ready to be changed before it is judged.
pub struct Account {
    /// Where it lies.
    pub emulator: Emulator,
    seeded: Seeded,
}

/// A verdict as the machine contract writes it.
#[derive(Debug)]
pub struct Verdict(pub Value);

impl Account {
    /// A seed in an account of its own.
    pub fn seeded(name: &str) -> Self {
        let emulator = Emulator::start();
        let seeded = emulator.seed(name);
        Account { emulator, seeded }
    }

    /// Collects what these controls read, and judges. An item covers each control, so that the item's result is there too.
    pub async fn judged(&self, controls: &[&str]) -> Judged {
        let selection = selection(controls);
        let dir = tempfile::tempdir().expect("a temporary folder");
        let session = Session::live(self.settings(dir.path())).await.unwrap_or_else(|error| panic!("{error}"));
        let mut inventory = collect(&session, &selection.wanted(kinds()), &Silent).await.unwrap_or_else(|error| panic!("{error}"));
        let scope = session.scope();
        session.finish().unwrap_or_else(|error| panic!("{error}"));
        let recording = Recording::open(&dir.path().join("recording")).unwrap_or_else(|error| panic!("{error}"));
        let settings = evidence::assess::Settings {
            as_of: recording.note().ended,
            accept_stale: false,
            tool: tool(),
            inputs_digest: String::new(),
            recording: recording.note(),
            scope,
            exhibits: evidence::assess::Exhibits::number(recording.entries().iter().map(|entry| &entry.key)),
        };
        let (waivers, statements) = Default::default();
        let judged = evidence::assess::assess(&selection, kinds(), &mut inventory, &waivers, &statements, &settings);
        Judged::of(judged.unwrap_or_else(|error| panic!("{error}")))
    }

    fn settings(&self, dir: &std::path::Path) -> LiveSettings {
        let of_account = |account: &crate::emulator::Credentials| {
            let (key, secret) = (&account.access_key_id, &account.secret_access_key);
            (account.account.clone(), Credentials::new(key, secret, Some(account.session_token.clone()), None, "test"))
        };
        let credentials = self.seeded.accounts.iter().map(of_account).collect();
        LiveSettings {
            upstream: Upstream::Network,
            given: Some(Given { endpoint_url: Some(self.emulator.endpoint()), region: "us-east-1".into(), credentials }),
            ..LiveSettings::new(dir.join("recording"), tool(), Asked::default())
        }
    }
}

/// A framework of one item for each control.
pub fn selection(controls: &[&str]) -> Selection {
    let mut files = Files::embedded().unwrap_or_else(|error| panic!("{error}"));
    let item = |control: &&str| {
        format!(
            "[[item]]\nid = \"{control}\"\ntitle = \"{control}\"\nsection = \"all\"\nmethod = \"automated\"\n\
             [[item.covers]]\ncontrol = \"{control}\"\npart = \"all of it\"\ncoverage = \"full\"\n"
        )
    };
    let head = "title = \"Wrong answers\"\nversion = \"1\"\nnotice = \"For tests\"\nfull_coverage_allowed = true\n";
    let text = format!("{head}{}", controls.iter().map(item).collect::<String>());
    files.add("frameworks/wrong-answers.toml", "wrong-answers.toml", text, true);
    let (catalog, _) = catalog::load_files(&files, kinds()).unwrap_or_else(|faults| panic!("{faults:?}"));
    catalog.select(&["wrong-answers".to_owned()], &Overrides::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// What came of it.
pub struct Judged {
    verdicts: Vec<Verdict>,
    items: Vec<(String, String)>,
}

impl Judged {
    fn of(judged: evidence::assess::Judged) -> Self {
        let mut verdicts = Vec::new();
        for key in judged.verdicts.runs().cloned().collect::<Vec<_>>() {
            let keep = |line: &str, _: &str| {
                verdicts.push(Verdict(serde_json::from_str(line).expect("verdicts are JSON")));
                Ok::<(), std::io::Error>(())
            };
            judged.verdicts.for_run_text(&key, keep).unwrap_or_else(|error| panic!("{error}"));
        }
        let items = judged.assessment.frameworks[0].items.iter().map(|item| (item.id.clone(), word(&item.result))).collect();
        assert_eq!(judged.control_errors, 0);
        Judged { verdicts, items }
    }

    /// Verdicts of a control by the end of the resource's id, with the reason's code where there is one: `fail`,
    /// `indeterminate denied`. The line of a population is `-`.
    pub fn of_control(&self, control: &str) -> Vec<(String, String)> {
        let short = |Verdict(verdict): &Verdict| {
            let id = verdict["resource"]["id"].as_str().map_or("-", |id| id.rsplit([':', '/']).next().unwrap_or(id));
            let reason = verdict["reason"]["code"].as_str().map(|code| format!(" {code}")).unwrap_or_default();
            (id.to_owned(), format!("{}{reason}", verdict["verdict"].as_str().unwrap_or_default()))
        };
        self.verdicts.iter().filter(|Verdict(verdict)| verdict["control"] == control).map(short).collect()
    }

    /// The one verdict of a control on the resource whose id ends so.
    pub fn one(&self, control: &str, ending: &str) -> String {
        let all: Vec<String> =
            self.of_control(control).into_iter().filter(|(id, _)| id.ends_with(ending)).map(|(_, verdict)| verdict).collect();
        assert_eq!(all.len(), 1, "{control} {ending}: {:?}", self.of_control(control));
        all[0].clone()
    }

    /// The item's result.
    pub fn item(&self, control: &str) -> &str {
        self.items.iter().find(|(id, _)| id == control).map_or("is not in the report", |(_, result)| result)
    }

    /// All verdicts of a control.
    pub fn verdicts(&self, control: &str) -> Vec<&Value> {
        self.verdicts.iter().map(|Verdict(verdict)| verdict).filter(|verdict| verdict["control"] == control).collect()
    }
}

/// As the machine contract writes it.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| Some(value.as_str()?.to_owned())).unwrap_or_default()
}
