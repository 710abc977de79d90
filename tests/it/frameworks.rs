//! The frameworks that come with the tool: every item there, numbered as published, and a mapping that says what it must.

mod automated_items;
mod baselines;
mod cis_versions;
mod coverage;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evidence::catalog::{self, Catalog, Overrides};
use evidence::collect;
use evidence::model::framework::{Coverage, Framework, Item, Mapping, Method, Relation};
use serde_json::{Value, json};

const ITEMS: &str = include_str!("../frameworks/items.toml");

/// The catalogue as embedded.
fn embedded() -> Catalog {
    catalog::load(None, collect::kinds()).unwrap_or_else(|error| panic!("{error}")).0
}

fn framework(catalog: &Catalog, name: &str) -> Arc<Framework> {
    catalog.framework(name).unwrap_or_else(|| panic!("no framework `{name}`")).clone()
}

fn item<'a>(framework: &'a Framework, id: &str) -> &'a Item {
    framework.items.iter().find(|item| item.id == id).unwrap_or_else(|| panic!("{} has no item `{id}`", framework.id))
}

fn cover<'a>(item: &'a Item, control: &str) -> &'a Mapping {
    let mut covers = item.mappings.iter().filter(|mapping| mapping.relation == Relation::Covers && mapping.control == control);
    covers.next().unwrap_or_else(|| panic!("`{control}` does not cover `{}`", item.id))
}

#[test]
fn every_published_item_is_there_once() {
    let published: BTreeMap<String, BTreeMap<String, usize>> = toml::from_str(ITEMS).expect("sound file");
    let catalog = embedded();
    for (id, parts) in &published {
        let framework = framework(&catalog, id);
        let mut found = BTreeMap::<String, usize>::new();
        for item in &framework.items {
            // Annex A of ISO/IEC 27001 numbers its themes behind its own letter.
            let number = item.id.strip_prefix("A.").unwrap_or(&item.id);
            let part = number.split(['.', '-']).next().expect("an id has a first part");
            *found.entry(part.to_owned()).or_default() += 1;
        }
        assert_eq!(&found, parts, "{id}");
        assert_eq!(framework.items.iter().map(|item| &item.id).collect::<BTreeSet<_>>().len(), framework.items.len(), "{id}");
    }
    let unknown: Vec<_> = catalog.frameworks().filter(|framework| !published.contains_key(&framework.id)).map(|one| &one.id).collect();
    assert!(unknown.is_empty(), "say in tests/frameworks/items.toml how many items {unknown:?} have");
}

#[test]
fn titles_of_licensed_standards_are_short_and_so_our_own() {
    // NIST's publications are in the public domain and are quoted.
    let licensed = |framework: &&Arc<Framework>| !["nist-800-53-r5", "nist-csf-2.0"].contains(&framework.id.as_str());
    for framework in embedded().frameworks().filter(licensed) {
        for item in &framework.items {
            assert!(item.title.split_whitespace().count() <= 12, "{} {}: {}", framework.id, item.id, item.title);
            assert!(!item.title.starts_with("Ensure") && !item.title.ends_with('.'), "{} {}", framework.id, item.id);
        }
    }
}

#[test]
fn a_person_is_told_what_to_look_at_in_every_manual_item() {
    for framework in embedded().frameworks().filter(|framework| framework.id != "nist-800-53-r5") {
        for item in framework.items.iter().filter(|item| item.method == Method::Manual) {
            assert!(item.guidance.is_some(), "{} {}", framework.id, item.id);
        }
    }
    let catalog = embedded();
    for item in framework(&catalog, "nist").items.iter().filter(|item| !item.mappings.is_empty()) {
        assert!(item.guidance.is_some(), "{} is mapped without guidance", item.id);
    }
}

#[test]
fn a_passed_test_never_settles_an_item_that_an_assessor_decides() {
    let catalog = embedded();
    for name in ["pci-dss", "nist-800-53", "nist-csf", "soc-2", "iso-27001"] {
        let framework = framework(&catalog, name);
        assert!(!framework.full_coverage_allowed, "{name}");
        assert!(framework.items.iter().all(|item| item.method == Method::Manual), "{name}");
        let mut pairs = framework.items.iter().flat_map(|item| &item.mappings);
        assert!(pairs.all(|mapping| mapping.coverage != Some(Coverage::Full)), "{name}");
        let words: Vec<String> = framework.labels.values().map(|label| label.to_lowercase()).collect();
        assert!(words.iter().all(|label| !label.contains("in place") && !label.contains("compliant") && !label.contains("satisfied")));
    }
}

#[test]
fn no_control_stands_twice_at_an_item() {
    for framework in embedded().frameworks() {
        for item in &framework.items {
            let controls: BTreeSet<&str> = item.mappings.iter().map(|mapping| mapping.control.as_str()).collect();
            assert_eq!(controls.len(), item.mappings.len(), "{} {}", framework.id, item.id);
        }
    }
}

#[test]
fn items_demand_the_values_that_their_frameworks_name() {
    let demands: &[(&str, &str, &str, &str, Value)] = &[
        ("cis", "2.8", "iam-password-length", "min_length", json!(14)),
        ("pci-dss", "8.3.6", "iam-password-length", "min_length", json!(12)),
        ("cis", "2.9", "iam-password-reuse", "min_remembered", json!(24)),
        ("pci-dss", "8.3.7", "iam-password-reuse", "min_remembered", json!(4)),
        ("cis", "2.11", "iam-user-unused-credentials", "max_idle_days", json!(45)),
        ("api-gateway", "2.7", "apigateway-authorizer-cache-ttl", "max_ttl_seconds", json!(300)),
        ("cis-6.0.0", "2.11", "iam-user-unused-credentials", "max_idle_days", json!(45)),
        ("cis-3.0.0", "1.12", "iam-user-unused-credentials", "max_idle_days", json!(45)),
        ("pci-dss", "8.2.6", "iam-user-unused-credentials", "max_idle_days", json!(90)),
        ("cis", "2.12", "iam-access-key-rotation", "max_age_days", json!(90)),
        ("cis-5.0.0", "1.13", "iam-access-key-rotation", "max_age_days", json!(90)),
        ("cis", "2.17", "iam-server-certificate-expiry", "min_days_to_expiry", json!(0)),
        ("pci-dss", "8.3.6", "iam-password-complexity", "require_mixed_case", json!(false)),
        ("pci-dss", "8.3.6", "iam-password-complexity", "require_symbols", json!(false)),
        ("pci-dss", "10.3.1", "cloudtrail-bucket-not-public", "require_public_access_block", json!(false)),
        ("pci-dss", "10.5.1", "cloudtrail-bucket-retention", "min_retention_days", json!(365)),
        ("pci-dss", "10.5.1", "cloudtrail-bucket-retention", "require_versioning", json!(false)),
    ];
    let catalog = embedded();
    for (name, id, control, param, value) in demands {
        let framework = framework(&catalog, name);
        assert_eq!(cover(item(&framework, id), control).params.get(*param), Some(value), "{name} {id} {param}");
    }
}

#[test]
fn values_left_to_the_organization_are_demanded_by_no_item() {
    let catalog = embedded();
    for name in ["nist-800-53", "nist-csf", "soc-2", "iso-27001"] {
        let framework = framework(&catalog, name);
        assert!(framework.items.iter().flat_map(|item| &item.mappings).all(|mapping| mapping.params.is_empty()), "{name}");
    }
    let pci = framework(&catalog, "pci-dss");
    let secrets = item(&pci, "8.6.3");
    assert!(cover(secrets, "iam-access-key-rotation").params.is_empty());
    let lifetime = item(&pci, "3.7.4");
    assert!(cover(lifetime, "kms-key-rotation").params.is_empty());
    assert!(lifetime.guidance.as_deref().is_some_and(|guidance| guidance.contains("organization sets")));
    let analyses = ["5.2.3.1", "5.3.2.1", "7.2.5.1", "8.6.3", "9.5.1.2.1", "10.4.2.1", "11.3.1.1", "11.6.1", "12.10.4.1"];
    for id in analyses {
        let guidance = item(&pci, id).guidance.clone().unwrap_or_default();
        assert!(guidance.contains("organization sets") || guidance.contains("analysis sets"), "{id}: {guidance}");
    }
}

#[test]
fn two_frameworks_judge_one_control_with_the_values_of_each() {
    let selection = embedded().select(&["cis".into(), "pci-dss".into()], &Overrides::default()).expect("known frameworks");
    let runs = selection.runs.iter().filter(|run| run.control.id == "iam-user-unused-credentials");
    let mut days: Vec<i64> = runs.filter_map(|run| run.params["max_idle_days"].value.as_i64()).collect();
    days.sort_unstable();
    assert_eq!(days, [45, 90]);
    let shared = selection.runs.iter().filter(|run| run.control.id == "iam-user-console-mfa").count();
    assert_eq!(shared, 1, "without parameters one judgement serves both");
}
