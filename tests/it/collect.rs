//! Collectors over scripted answers and over the emulator: what is found, what is proven, and what becomes a gap.

mod acm;
mod alerting;
mod apis;
mod cloudfront;
mod cognito;
mod config;
mod dynamodb;
mod ec2;
mod efs;
mod elbv2;
mod emulated;
mod iam;
mod kms;
mod lambda;
mod organizations;
mod posture;
mod rds;
mod reports;
mod rest;
mod s3;
mod secretsmanager;
mod sqs;
mod trails;
mod wafv2;
mod workloads;

use std::collections::BTreeMap;
use std::path::Path;

use evidence::aws::Session;
use evidence::collect::{Inventory, Silent, collect, kind, kinds, reference};
use evidence::model::kind::Wanted;
use evidence::model::{Gap, Population, Resource};
use serde_json::Value;

use crate::upstream::{Scripted, live};

/// What a run found, in order.
#[derive(Debug, PartialEq)]
pub struct Found {
    resources: BTreeMap<(String, String, String, String), Resource>,
    populations: Vec<Population>,
    gaps: Vec<Gap>,
    calls: usize,
}

impl Found {
    fn of(mut inventory: Inventory) -> Self {
        let mut resources = BTreeMap::new();
        for kind in kinds() {
            let keep = |resource: Resource| {
                let key = resource.key.clone();
                let before = resources.insert((key.kind, key.account, key.region, key.id), resource);
                assert!(before.is_none(), "found twice: {before:?}");
                Ok::<_, std::io::Error>(())
            };
            inventory.resources.for_each(kind.name, keep).expect("the temporary file can be read");
        }
        let gaps: Vec<Gap> = inventory.gaps.sorted().into_iter().cloned().collect();
        for population in &inventory.populations {
            assert!(population.gap.as_ref().is_none_or(|gap| inventory.gaps.get(gap).is_some()), "{population:?}");
        }
        let found = Found { resources, gaps, calls: inventory.calls.len(), populations: inventory.populations };
        found.every_absent_fact_has_its_gap();
        found.every_resource_is_counted_once();
        found
    }

    /// Assessment takes a population for incomplete of which resources got lost.
    fn every_resource_is_counted_once(&self) {
        let mut numbers: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
        for population in &self.populations {
            numbers.entry((&population.kind, &population.place.account)).or_default().0 += population.count;
        }
        for (kind, account, ..) in self.resources.keys() {
            numbers.entry((kind, account)).or_default().1 += 1;
        }
        numbers.iter().for_each(|(of, (counted, handed_on))| assert_eq!(counted, handed_on, "{of:?}"));
    }

    fn every_absent_fact_has_its_gap(&self) {
        let known: std::collections::BTreeSet<String> = self.gaps.iter().map(|gap| gap.id().0).collect();
        for resource in self.resources.values() {
            for part in resource.facts.split("{\"$gap\":\"").skip(1) {
                assert!(known.contains(&part[..16]), "a gap of {:?} was not noted", resource.key);
            }
        }
    }

    /// The facts of the one resource whose id ends so.
    fn facts(&self, kind: &str, ending: &str) -> Value {
        serde_json::from_str(&self.resource(kind, ending).facts).expect("facts are JSON")
    }

    fn resource(&self, kind: &str, ending: &str) -> &Resource {
        let all: Vec<&Resource> = self
            .resources
            .iter()
            .filter(|((found, _, _, id), _)| found == kind && id.ends_with(ending))
            .map(|(_, resource)| resource)
            .collect();
        assert_eq!(all.len(), 1, "{kind} {ending}: {:?}", self.ids(kind));
        all[0]
    }

    fn ids(&self, kind: &str) -> Vec<String> {
        self.resources.keys().filter(|(found, ..)| found == kind).map(|(_, _, _, id)| id.clone()).collect()
    }

    fn population(&self, kind: &str, region: &str) -> &Population {
        let all: Vec<&Population> =
            self.populations.iter().filter(|population| population.kind == kind && population.place.region == region).collect();
        assert_eq!(all.len(), 1, "{kind} in {region}: {:?}", self.populations);
        all[0]
    }

    /// `complete`, or reason and sentence of the gap.
    fn standing(&self, kind: &str, region: &str) -> String {
        self.standing_of(self.population(kind, region))
    }

    fn standing_of(&self, population: &Population) -> String {
        match &population.gap {
            None => {
                assert!(population.complete(), "{population:?}");
                "complete".to_owned()
            }
            Some(id) => {
                assert!(!population.complete(), "{population:?}");
                self.gap(&id.0)
            }
        }
    }

    /// Reason and sentence of the gap that stands where a fact would.
    fn why(&self, fact: &Value) -> String {
        self.gap(fact["$gap"].as_str().unwrap_or_else(|| panic!("not absent: {fact}")))
    }

    fn gap(&self, id: &str) -> String {
        let gap = self.gaps.iter().find(|gap| gap.id().0 == id).unwrap_or_else(|| panic!("no gap {id}"));
        format!("{}: {}", gap.reason.as_str(), gap.detail)
    }
}

/// Everything of some kinds.
pub fn all_of(names: &[&str]) -> Wanted {
    let mut wanted = Wanted::default();
    for name in names {
        let kind = kind(name).unwrap_or_else(|| panic!("no kind {name}"));
        (0..kind.groups.len()).for_each(|group| wanted.add(name, group));
    }
    wanted
}

/// Everything there is.
pub fn everything() -> Wanted {
    all_of(&kinds().iter().map(|kind| kind.name).collect::<Vec<_>>())
}

/// Collects live over a script, then from the recording, and finds the same.
pub async fn gathered(upstream: &Scripted, wanted: &Wanted) -> Found {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("recording");
    let session = live(upstream, &path).await.unwrap_or_else(|error| panic!("{error}"));
    let found = recorded(session, wanted).await;
    assert_eq!(replayed(&path, wanted).await, found, "replay differs");
    found
}

/// Collects live and ends the session.
pub async fn recorded(session: Session, wanted: &Wanted) -> Found {
    let inventory = collect(&session, wanted, &Silent).await.unwrap_or_else(|error| panic!("{error}"));
    session.finish().unwrap_or_else(|error| panic!("{error}"));
    Found::of(inventory)
}

/// Collects from a recording.
pub async fn replayed(path: &Path, wanted: &Wanted) -> Found {
    let recording = evidence::recording::Recording::open(path).unwrap_or_else(|error| panic!("{error}"));
    let session = Session::replay(recording.into(), None).await.unwrap_or_else(|error| panic!("{error}"));
    recorded(session, wanted).await
}

#[test]
fn every_group_asks_operations_of_the_table() {
    for kind in kinds() {
        for (service, operation) in kind.groups.iter().flat_map(|group| group.operations) {
            assert!(evidence::aws::operations::find(service, operation).is_some(), "{kind:?}: {service} {operation}");
        }
    }
}

#[test]
fn resources_page_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/resources.md");
    let page = reference::resources_page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/resources.md is not current: run `UPDATE_DOCS=1 cargo test --test it resources_page`");
}
