//! AWS Config.

use std::collections::BTreeMap;

use evidence::model::assessment::ItemResult;

use super::Story;

const CONTROL: &str = "config-recorder-enabled";

/// Results that are kept by the recorder's name keep one Region, since AWS names the recorder `default` in every one.
#[test]
fn w14_recorders_that_are_all_named_default_are_one_for_each_region() {
    let story = Story::seed("demo").for_controls(&[CONTROL]);
    let main = story.account().to_owned();
    let told = story.tell();
    let of_kind = |kind: &'static str| told.verdicts().iter().filter(move |verdict| verdict.resource.kind == kind);
    let regions: BTreeMap<(bool, &str), &str> = of_kind("AWS::Config::RegionSetting")
        .map(|verdict| ((verdict.account == main, verdict.region.as_str()), verdict.verdict.as_str()))
        .collect();
    let expected = [
        ((false, "eu-central-1"), "fail"), // none
        ((false, "eu-west-1"), "fail"),    // none
        ((false, "us-east-1"), "fail"),    // cannot deliver
        ((true, "eu-central-1"), "fail"),  // stopped
        ((true, "eu-west-1"), "fail"),     // leaves types out
        ((true, "us-east-1"), "pass"),
    ];
    assert_eq!(regions, expected.into());
    let recorders = of_kind("AWS::Config::ConfigurationRecorder").count();
    assert_eq!(recorders, 2, "the global types are asked about once for each account");
    assert_eq!(told.own(CONTROL), ItemResult::Fail);
}
