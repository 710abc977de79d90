//! RDS.

use evidence::model::assessment::ItemResult::{self, Fail, Indeterminate, NothingToTest, Pass};
use serde_json::{Value, json};

use super::{Story, Told};

const ENCRYPTED: &str = "rds-storage-encrypted";
const UPGRADES: &str = "rds-auto-minor-upgrade";
const PUBLIC: &str = "rds-not-public";
const ZONES: &str = "rds-multi-az";
/// Items of CIS with the control that covers each.
const ITEMS: [(&str, &str); 4] = [("3.2.1", ENCRYPTED), ("3.2.2", UPGRADES), ("3.2.3", PUBLIC), ("3.2.4", ZONES)];

fn results(told: &Told) -> [ItemResult; 4] {
    ITEMS.map(|(item, _)| told.cis(item))
}

fn denied(operation: &str) -> Value {
    json!({"service": "rds", "operation": operation, "answer": {"kind": "access_denied"}})
}

#[test]
fn an_account_with_one_careless_database_fails_and_names_it() {
    let told = Story::of("databases.careless").tell();
    assert_eq!(results(&told), [Fail; 4]);
    for (_, control) in ITEMS {
        assert_eq!(told.on(control, "legacy")[0].verdict.as_str(), "fail", "{control}");
        assert_eq!(told.on(control, "orders")[0].verdict.as_str(), "pass", "{control}");
    }
}

#[test]
fn an_account_whose_databases_are_tidy_passes() {
    assert_eq!(results(&Story::of("databases.tidy").tell()), [Pass; 4]);
}

#[test]
fn an_account_without_databases_has_nothing_to_test() {
    assert_eq!(results(&Story::of("databases.none").tell()), [NothingToTest; 4]);
}

/// A list that may not be read is no list without databases.
#[test]
fn w24_denied_lists_of_databases_leave_a_row_for_each_region_and_decide_nothing() {
    let told = Story::of("databases.careless").fault(denied("Describe*")).tell();
    assert_eq!(results(&told), [Indeterminate; 4]);
    for (_, control) in ITEMS {
        let lines = told.lines(control);
        assert!(lines.iter().all(|(_, verdict, why)| (*verdict, why.as_str()) == ("indeterminate", "denied")), "{lines:?}");
        assert!(["us-east-1", "eu-west-1"].iter().all(|region| lines.iter().any(|(found, ..)| found == region)), "{lines:?}");
    }
}

/// That no security group opens the port today is shown, and changes nothing.
#[test]
fn w20_a_publicly_accessible_database_fails_although_its_security_group_is_closed() {
    let told = Story::of("databases.closed_port").tell();
    assert_eq!(told.cis("3.2.3"), Fail);
    let verdict = told.on(PUBLIC, "orders")[0];
    assert_eq!(verdict.verdict.as_str(), "fail");
    let groups = verdict.observed.get("resource.publicly_accessible").or_else(|| verdict.observed.get("publicly_accessible"));
    assert_eq!(groups, Some(&json!(true)), "{:?}", verdict.observed);
}

/// Later pages count: the one database that is wrong is on the last.
#[test]
fn w10_the_database_on_the_last_page_is_judged_and_a_page_that_is_denied_is_missed() {
    let told = Story::of("databases.many").for_controls(&[PUBLIC]).tell();
    assert_eq!(told.on(PUBLIC, "zz-forgotten")[0].verdict.as_str(), "fail");
    let second = json!({"service": "rds", "operation": "DescribeDBInstances", "match": "Marker=db-1", "answer": {"kind": "access_denied"}});
    let told = Story::of("databases.many").fault(second).for_controls(&[PUBLIC]).tell();
    assert_eq!(told.own(PUBLIC), Indeterminate);
    assert!(told.lines(PUBLIC).contains(&("us-east-1".to_owned(), "indeterminate", "denied".to_owned())));
}

/// Three instances of one unencrypted cluster are one failure, and none of them is dropped.
#[test]
fn a_cluster_is_judged_once_and_its_instances_say_so() {
    let told = Story::of("databases.clusters").for_controls(&[ENCRYPTED, ZONES, PUBLIC]).tell();
    let expected = |alone, bare, owned| {
        let row = |name: &str, verdict| (name.to_owned(), verdict);
        let members = ["bare-1", "bare-2", "bare-3", "owned-1", "owned-2"].map(|name| row(name, "not_applicable"));
        let mut all = vec![row("alone", alone), row("bare", bare), row("owned", owned)];
        all.extend(members);
        all.sort();
        all
    };
    let of_resources = |control| -> Vec<(String, &'static str)> {
        told.said(control).into_iter().filter(|(name, _)| !name.starts_with("eu-") && !name.starts_with("us-")).collect()
    };
    assert_eq!(
        of_resources(ENCRYPTED),
        expected("pass", "fail", "pass"),
        "a key that AWS owns encrypts, although `StorageEncrypted` is false"
    );
    assert_eq!(of_resources(ZONES), expected("fail", "fail", "pass"));
    assert_eq!(told.on(PUBLIC, "owned")[0].verdict.as_str(), "fail", "by its internet access gateway");
    assert_eq!(told.on(PUBLIC, "owned-1")[0].verdict.as_str(), "pass");
}

/// Where clusters may not be listed, nobody knows whether one would judge its instances.
#[test]
fn instances_of_clusters_that_may_not_be_listed_are_indeterminate_and_the_others_are_judged() {
    let told = Story::of("databases.clusters").fault(denied("DescribeDBClusters")).for_controls(&[ENCRYPTED]).tell();
    assert_eq!(told.on(ENCRYPTED, "alone")[0].verdict.as_str(), "pass");
    for member in ["bare-1", "bare-2", "bare-3", "owned-1", "owned-2"] {
        assert_eq!(told.on(ENCRYPTED, member)[0].verdict.as_str(), "indeterminate", "{member}");
    }
    assert_eq!(told.own(ENCRYPTED), Indeterminate);
}
