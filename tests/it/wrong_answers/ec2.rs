//! Networks and instances of EC2.

use std::collections::BTreeMap;

use evidence::model::assessment::ItemResult::{self, Fail, Indeterminate, NothingToTest, Pass};
use serde_json::json;

use super::{Story, Told};

/// The control of each automated item of CIS about EC2, the item, and the operation whose loss leaves it open.
const ITEMS: [(&str, &str, &str); 9] = [
    ("ec2-instance-role-attached", "2.16", "DescribeInstances"),
    ("vpc-flow-logs", "4.7", "DescribeFlowLogs"),
    ("ec2-ebs-default-encryption", "6.1.1", "GetEbsEncryptionByDefault"),
    ("ec2-sg-cifs-restricted", "6.1.2", "DescribeSecurityGroups"),
    ("ec2-nacl-admin-ports", "6.2", "DescribeNetworkAcls"),
    ("ec2-sg-admin-ports-ipv4", "6.3", "DescribeSecurityGroups"),
    ("ec2-sg-admin-ports-ipv6", "6.4", "DescribeSecurityGroups"),
    ("ec2-default-sg-closed", "6.5", "DescribeSecurityGroups"),
    ("ec2-imdsv2-required", "6.7", "DescribeInstances"),
];
/// Those that are of no automated item.
const OTHERS: [&str; 3] = ["vpc-peering-routes", "vpc-endpoints-present", "vpc-endpoint-execute-api-policy"];

fn controls() -> Vec<&'static str> {
    ITEMS.iter().map(|(control, ..)| *control).chain(OTHERS).collect()
}

/// Name (without the id behind it) and verdict of each resource in the Region that the stories build in.
fn named(told: &Told, control: &str) -> BTreeMap<String, String> {
    let of = told.verdicts().iter().filter(|verdict| verdict.control == control && verdict.region == "eu-west-1");
    let named = of.filter_map(|verdict| Some((verdict.resource.name.as_deref()?, verdict.verdict.as_str())));
    named.map(|(name, verdict)| (name.split(" / ").next().unwrap_or(name).to_owned(), verdict.to_owned())).collect()
}

fn expect(told: &Told, control: &str, expected: &[(&str, &str)]) {
    let expected: BTreeMap<String, String> = expected.iter().map(|(name, word)| ((*name).to_owned(), (*word).to_owned())).collect();
    assert_eq!(named(told, control), expected, "{control}");
}

#[test]
fn w18_a_port_is_open_by_all_traffic_by_a_range_by_ipv6_and_by_halves_and_unknown_by_a_prefix_list() {
    let told = Story::of("ec2.groups").for_controls(&controls()).tell();
    let judged = |fail: &[&'static str]| -> Vec<(&'static str, &'static str)> {
        let groups = [
            "ssh",
            "all-traffic",
            "all-traffic-ipv6",
            "range",
            "ssh-ipv6",
            "rdp-udp",
            "cifs",
            "halves",
            "list",
            "web",
            "beside",
            "peers",
            "default",
        ];
        groups.map(|group| (group, if fail.contains(&group) { "fail" } else { "pass" })).into()
    };
    let unknown = |mut all: Vec<(&'static str, &'static str)>| {
        all.iter_mut().filter(|(group, _)| *group == "list").for_each(|(_, verdict)| *verdict = "indeterminate");
        all
    };
    expect(&told, "ec2-sg-admin-ports-ipv4", &unknown(judged(&["ssh", "all-traffic", "range", "rdp-udp", "halves"])));
    expect(&told, "ec2-sg-admin-ports-ipv6", &unknown(judged(&["all-traffic-ipv6", "ssh-ipv6"])));
    expect(&told, "ec2-sg-cifs-restricted", &judged(&["all-traffic", "all-traffic-ipv6", "range", "cifs"]));
    for control in ["ec2-sg-admin-ports-ipv4", "ec2-sg-admin-ports-ipv6", "ec2-sg-cifs-restricted"] {
        assert_eq!(told.own(control), Fail);
    }
}

#[test]
fn w18_the_order_of_entries_decides_what_a_network_acl_lets_in() {
    let told = Story::of("ec2.acls").for_controls(&["ec2-nacl-admin-ports"]).tell();
    let mut all = named(&told, "ec2-nacl-admin-ports");
    let unnamed: Vec<String> = all.keys().filter(|name| name.starts_with("acl-")).cloned().collect();
    let mut defaults: Vec<String> = unnamed.iter().filter_map(|name| all.remove(name)).collect();
    defaults.sort();
    assert_eq!(defaults, ["fail", "pass"], "as AWS makes it, and in order");
    let expected = [
        ("answers", "fail"),
        ("denied-after", "fail"),
        ("denied-before", "pass"),
        ("denied-in-part", "fail"),
        ("high-answers", "pass"),
        ("ipv6", "fail"),
        ("ping", "pass"),
    ];
    assert_eq!(all, expected.map(|(name, verdict)| (name.to_owned(), verdict.to_owned())).into());
}

#[test]
fn w19_groups_and_vpcs_that_nothing_uses_are_judged_and_marked() {
    let told = Story::of("ec2.unused").for_controls(&controls()).tell();
    for (control, name) in [
        ("vpc-flow-logs", "forgotten"),
        ("ec2-sg-admin-ports-ipv4", "forgotten"),
        ("ec2-sg-cifs-restricted", "forgotten"),
        ("vpc-endpoints-present", "forgotten"),
    ] {
        assert_eq!(named(&told, control).get(name).map(String::as_str), Some("fail"), "{control}");
    }
    let forgotten = told.verdicts().iter().find(|verdict| {
        verdict.control == "vpc-flow-logs" && verdict.resource.name.as_deref().is_some_and(|name| name.starts_with("forgotten"))
    });
    assert!(forgotten.is_some_and(|verdict| verdict.resource.kind == "AWS::EC2::VPC"));
    expect(&told, "ec2-default-sg-closed", &[("default", "pass"), ("forgotten", "not_applicable")]);
}

#[test]
fn every_item_about_ec2_passes_where_all_is_in_order() {
    let told = Story::of("ec2.all_good").for_controls(&controls()).tell();
    for control in controls() {
        let expected = if control == "vpc-endpoints-present" { Fail } else { Pass };
        assert_eq!(told.own(control), expected, "{control}: {:#?}", told.said(control));
    }
}

#[test]
fn every_item_about_ec2_fails_where_nothing_is() {
    let told = Story::of("ec2.all_bad").for_controls(&controls()).tell();
    for control in controls() {
        assert_eq!(told.own(control), Fail, "{control}: {:#?}", told.said(control));
    }
    let instances = [("keys-on-disk", "fail"), ("empty-profile", "fail"), ("asleep", "not_applicable"), ("deaf", "fail")];
    expect(&told, "ec2-instance-role-attached", &instances);
    let answering = [("keys-on-disk", "fail"), ("empty-profile", "fail"), ("asleep", "not_applicable"), ("deaf", "pass")];
    expect(&told, "ec2-imdsv2-required", &answering);
    let flows = named(&told, "vpc-flow-logs");
    for vpc in ["apps", "data"] {
        assert_eq!(flows.get(vpc).map(String::as_str), Some("fail"), "accepted traffic alone, or a log that is not delivered");
    }
    let peerings: Vec<String> = told.coded("vpc-peering-routes").into_iter().map(|(_, verdict)| verdict).collect();
    assert_eq!(peerings.iter().filter(|verdict| *verdict == "fail").count(), 1, "{peerings:?}");
    let endpoints: Vec<String> = named(&told, "vpc-endpoint-execute-api-policy").into_values().collect();
    assert_eq!(endpoints.iter().filter(|verdict| *verdict == "pass").count(), 1, "{endpoints:?}");
}

/// Where a question is denied nothing fails and nothing passes; where the resources are known, each has its line.
#[test]
fn w16_what_is_denied_leaves_every_item_about_ec2_open() {
    let mut operations: Vec<&str> = ITEMS.iter().map(|(_, _, operation)| *operation).collect();
    operations.extend(["DescribeRouteTables", "DescribeVpcEndpoints"]);
    let denied = |story: Story, operation: &&str| {
        story.fault(json!({"service": "ec2", "operation": operation, "answer": {"kind": "access_denied"}}))
    };
    let told = operations.iter().fold(Story::of("ec2.all_bad"), denied).for_controls(&controls()).tell();
    for control in controls() {
        assert_eq!(told.own(control), Indeterminate, "{control}: {:#?}", told.said(control));
        let decided = told.coded(control).into_iter().find(|(_, verdict)| verdict.starts_with("pass") || verdict.starts_with("fail"));
        assert_eq!(decided, None, "{control}");
    }
}

/// The roles of profiles are IAM's to tell: without them a profile is neither full nor empty, and an instance without one has none.
#[test]
fn w21_denied_instance_profiles_are_not_empty_ones() {
    let denied = json!({"service": "iam", "operation": "ListInstanceProfiles", "answer": {"kind": "access_denied"}});
    let told = Story::of("ec2.all_bad").fault(denied).for_controls(&["ec2-instance-role-attached"]).tell();
    let expected = [("keys-on-disk", "fail"), ("empty-profile", "indeterminate"), ("asleep", "not_applicable"), ("deaf", "indeterminate")];
    expect(&told, "ec2-instance-role-attached", &expected);
}

#[test]
fn where_there_is_no_network_there_is_nothing_to_test_but_the_settings_of_regions() {
    let told = Story::of("ec2.nothing").for_controls(&controls()).tell();
    for control in controls() {
        let expected: ItemResult = if control == "ec2-ebs-default-encryption" { Fail } else { NothingToTest };
        assert_eq!(told.own(control), expected, "{control}: {:#?}", told.said(control));
    }
}

/// One Region that was not asked leaves open what is said of every Region.
#[test]
fn w14_each_region_has_its_own_default_encryption() {
    let told = Story::of("ec2.all_good").for_controls(&["ec2-ebs-default-encryption"]).tell();
    let regions: Vec<(String, &str)> = told.verdicts().iter().map(|verdict| (verdict.region.clone(), verdict.verdict.as_str())).collect();
    assert_eq!(regions, [("eu-west-1".to_owned(), "pass"), ("us-east-1".to_owned(), "pass")]);
    let denied =
        json!({"service": "ec2", "operation": "GetEbsEncryptionByDefault", "region": "us-east-1", "answer": {"kind": "access_denied"}});
    let told = Story::of("ec2.all_good").fault(denied).for_controls(&["ec2-ebs-default-encryption"]).tell();
    assert_eq!(told.own("ec2-ebs-default-encryption"), Indeterminate);
}
