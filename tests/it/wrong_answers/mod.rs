//! Wrong answers that tools for this work have been seen to give, each as a test by its own name: an account made for it in the
//! emulator, recorded by our collectors over HTTP, replayed, and judged by the catalogue for the frameworks as they are.
//!
//! The accounts are the seed `story` (`tests/emulator/seeds/stories/`). A further wrong answer is a function there and a test here.

mod alarms;
mod apis_v2;
mod cloudfront;
mod config;
mod dynamodb;
mod ec2;
mod edge;
mod efs;
mod elbv2;
mod iam;
mod kms;
mod lambda;
mod posture;
mod rds;
mod rest;
mod s3;
mod secretsmanager;
mod sqs;
mod trails;

use std::collections::BTreeSet;
use std::sync::Arc;

use aws_credential_types::Credentials;
use evidence::assess::{self, Exhibits, Judged, Statements, Waivers};
use evidence::aws::{Given, LiveSettings, Session, Upstream};
use evidence::catalog::{self, Catalog, Files, Overrides, Selection};
use evidence::collect::{self, Silent, kinds};
use evidence::model::assessment::{Assessment, Disposition, ItemLine, ItemResult};
use evidence::model::{CallId, Verdict};
use evidence::recording::{Asked, Recording};
use serde_json::Value;

use crate::emulator::{Emulator, Seeded};
use crate::upstream::tool;

/// The framework of [`items_of`].
const OWN: &str = "wrong-answers";

/// An account and what may go wrong with asking about it.
pub struct Story {
    emulator: Emulator,
    seeded: Seeded,
    regions: Option<Vec<String>>,
    selection: Selection,
}

/// What came of a story.
pub struct Told {
    assessment: Assessment,
    verdicts: Vec<Verdict>,
}

impl Story {
    /// The accounts that a function of the seed `story` makes, `MODULE.FUNCTION`.
    pub fn of(name: &str) -> Self {
        let emulator = Emulator::start();
        let seeded = emulator.seed_with("story", &[("of", name)]);
        Story { emulator, seeded, regions: None, selection: everything() }
    }

    /// The accounts of another seed.
    pub fn seed(name: &str) -> Self {
        let emulator = Emulator::start();
        let seeded = emulator.seed(name);
        Story { emulator, seeded, regions: None, selection: everything() }
    }

    /// What the seed said beside its accounts.
    pub fn said(&self) -> &Value {
        &self.seeded.said
    }

    /// Adds a fault rule of the emulator (`tests/emulator/README.md`).
    pub fn fault(self, rule: Value) -> Self {
        self.emulator.fault(rule);
        self
    }

    /// Asks in these Regions only.
    pub fn narrowed_to(self, regions: &[&str]) -> Self {
        Story { regions: Some(regions.iter().map(|region| (*region).to_owned()).collect()), ..self }
    }

    /// Asks only what these controls read, for a framework of one item for each of them.
    pub fn for_controls(self, controls: &[&str]) -> Self {
        Story { selection: items_of(controls), ..self }
    }

    /// Asks only what this framework reads.
    pub fn for_framework(self, name: &str) -> Self {
        Story { selection: embedded().select(&[name.to_owned()], &Overrides::default()).unwrap_or_else(|error| panic!("{error}")), ..self }
    }

    /// The first account of the seed.
    pub fn account(&self) -> &str {
        &self.seeded.accounts[0].account
    }

    /// All accounts of the seed.
    pub fn accounts(&self) -> Vec<String> {
        self.seeded.accounts.iter().map(|account| account.account.clone()).collect()
    }

    /// Records, replays and judges; for all frameworks there are, if nothing else was said.
    pub fn tell(self) -> Told {
        let selection = &self.selection;
        let dir = tempfile::tempdir().expect("a temporary folder");
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let recording = self.record(selection, &dir.path().join("recording")).await;
            judge(selection, recording).await
        })
    }

    async fn record(&self, selection: &Selection, dir: &std::path::Path) -> Recording {
        let of_account = |account: &crate::emulator::Credentials| {
            let (key, secret) = (&account.access_key_id, &account.secret_access_key);
            (account.account.clone(), Credentials::new(key, secret, Some(account.session_token.clone()), None, "test"))
        };
        let credentials = self.seeded.accounts.iter().map(of_account).collect();
        let wanted = selection.wanted(kinds());
        let mut settings = LiveSettings {
            upstream: Upstream::Network,
            regions: self.regions.clone(),
            given: Some(Given { endpoint_url: Some(self.emulator.endpoint()), region: "us-east-1".into(), credentials }),
            ..LiveSettings::new(dir.to_owned(), tool(), Asked { wanted: wanted.0.clone(), ..Asked::default() })
        };
        settings.limits.attempts = 2;
        settings.limits.first_pause = std::time::Duration::from_millis(5);
        let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
        collect::collect(&session, &wanted, &Silent).await.unwrap_or_else(|error| panic!("{error}"));
        session.finish().unwrap_or_else(|error| panic!("{error}"));
        Recording::open(dir).unwrap_or_else(|error| panic!("{error}"))
    }
}

fn embedded() -> Catalog {
    catalog::load(None, kinds()).unwrap_or_else(|error| panic!("{error}")).0
}

/// Every framework with all its items, and what they ask of the catalogue.
fn everything() -> Selection {
    let names: Vec<String> = ["cis-aws-7.0.0", "api-gateway", "nist-800-53-r5", "pci-dss-4.0.1"].map(str::to_owned).into();
    embedded().select_baseline(&names, Some("all"), &Overrides::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// A framework of one item for each control.
pub fn items_of(controls: &[&str]) -> Selection {
    let mut files = Files::embedded().unwrap_or_else(|error| panic!("{error}"));
    let item = |control: &&str| {
        format!(
            "[[item]]\nid = \"{control}\"\ntitle = \"{control}\"\nsection = \"all\"\nmethod = \"automated\"\n\
             [[item.covers]]\ncontrol = \"{control}\"\npart = \"all of it\"\ncoverage = \"full\"\n"
        )
    };
    let head = "title = \"One item for each control\"\nversion = \"1\"\nnotice = \"For tests\"\nfull_coverage_allowed = true\n";
    let text = format!("{head}{}", controls.iter().map(item).collect::<String>());
    files.add(&format!("frameworks/{OWN}.toml"), &format!("{OWN}.toml"), text, true);
    let (catalog, _) = catalog::load_files(&files, kinds()).unwrap_or_else(|faults| panic!("{}", faults.errors()));
    catalog.select(&[OWN.to_owned()], &Overrides::default()).unwrap_or_else(|error| panic!("{error}"))
}

async fn judge(selection: &Selection, recording: Recording) -> Told {
    let (note, keys): (_, Vec<_>) = (recording.note(), recording.entries().iter().map(|entry| entry.key.clone()).collect());
    let session = Session::replay(Arc::new(recording), None).await.unwrap_or_else(|error| panic!("{error}"));
    let wanted = selection.wanted(kinds());
    let mut inventory = collect::collect(&session, &wanted, &Silent).await.unwrap_or_else(|error| panic!("{error}"));
    let settings = assess::Settings {
        as_of: note.ended,
        accept_stale: false,
        tool: tool(),
        inputs_digest: String::new(),
        recording: note,
        scope: session.scope(),
        exhibits: Exhibits::number(&keys),
    };
    let judged = assess::assess(selection, kinds(), &mut inventory, &Waivers::default(), &Statements::default(), &settings);
    let Judged { assessment, verdicts, control_errors, .. } = judged.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(control_errors, 0);
    let mut all = Vec::new();
    let runs: Vec<_> = verdicts.runs().cloned().collect();
    for run in runs {
        let keep = |line: &str, _: &str| {
            all.push(serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")));
            Ok::<(), std::io::Error>(())
        };
        verdicts.for_run_text(&run, keep).unwrap_or_else(|error| panic!("{error}"));
    }
    Told { assessment, verdicts: all }
}

impl Told {
    /// All verdicts.
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// Name and verdict of each resource that a control judged, in order, with its default parameters or the first item's; lines that
    /// speak of populations have their Region for a name.
    pub fn said(&self, control: &str) -> Vec<(String, &'static str)> {
        let first = self.verdicts.iter().find(|verdict| verdict.control == control).map(|verdict| &verdict.params_id);
        let first = first.unwrap_or_else(|| panic!("no framework asks for `{control}`"));
        let of_run = self.verdicts.iter().filter(|verdict| verdict.control == control && verdict.params_id == *first);
        let word = |verdict: &Verdict| (verdict.resource.name.clone().unwrap_or_else(|| verdict.region.clone()), verdict.verdict.as_str());
        let mut said: Vec<(String, &'static str)> = of_run.map(word).collect();
        said.sort();
        said
    }

    /// The verdicts on the resource whose name ends so.
    pub fn on(&self, control: &str, name: &str) -> Vec<&Verdict> {
        let named = |verdict: &&Verdict| verdict.resource.name.as_deref().is_some_and(|found| found.ends_with(name));
        let found: Vec<&Verdict> = self.verdicts.iter().filter(|verdict| verdict.control == control).filter(named).collect();
        assert!(!found.is_empty(), "{control} {name}: {:?}", self.said(control));
        found
    }

    /// All verdicts of a control by the last step of the resource's id (`-` for a population), with the code of the reason where there
    /// is one: `fail`, `indeterminate denied`.
    pub fn coded(&self, control: &str) -> Vec<(String, String)> {
        let coded = |verdict: &Verdict| {
            let id = verdict.resource.id.as_deref().map_or("-", |id| id.rsplit([':', '/']).next().unwrap_or(id));
            let code = verdict.reason.as_ref().map(|why| format!(" {}", why.code)).unwrap_or_default();
            (id.to_owned(), format!("{}{code}", verdict.verdict.as_str()))
        };
        self.verdicts.iter().filter(|verdict| verdict.control == control).map(coded).collect()
    }

    /// The lines of a control that speak of a population or a unit: Region, verdict and reason.
    pub fn lines(&self, control: &str) -> BTreeSet<(String, &'static str, String)> {
        let of = self.verdicts.iter().filter(|verdict| verdict.control == control && verdict.resource.id.is_none());
        let code = |verdict: &Verdict| verdict.reason.as_ref().map(|why| why.code.clone()).unwrap_or_default();
        of.map(|verdict| (verdict.region.clone(), verdict.verdict.as_str(), code(verdict))).collect()
    }

    /// The calls that listed a kind of one account without Regions.
    pub fn population_calls(&self, kind: &str) -> Vec<CallId> {
        let found = self.assessment.populations.iter().find(|population| population.kind == kind);
        found.unwrap_or_else(|| panic!("no population of {kind}")).calls.clone()
    }

    /// An item with all that the assessment says of it.
    pub fn line(&self, framework: &str, id: &str) -> &ItemLine {
        let framework = self.assessment.frameworks.iter().find(|line| line.id == framework).unwrap_or_else(|| panic!("no {framework}"));
        framework.items.iter().find(|item| item.id == id).unwrap_or_else(|| panic!("no item {id}"))
    }

    /// What an item came to.
    pub fn item(&self, framework: &str, id: &str) -> (ItemResult, Disposition) {
        let item = self.line(framework, id);
        (item.result, item.disposition)
    }

    /// What the item of a control showed, where the story was told for controls.
    pub fn own(&self, control: &str) -> ItemResult {
        self.item(OWN, control).0
    }

    /// What an item of CIS showed.
    pub fn cis(&self, id: &str) -> ItemResult {
        self.item("cis-aws-7.0.0", id).0
    }

    /// What an item about APIs showed.
    pub fn api(&self, id: &str) -> ItemResult {
        self.item("api-gateway", id).0
    }
}
