//! AWS Config.

use std::collections::BTreeMap;

use super::Account;

const CONTROL: &str = "config-recorder-enabled";

/// Results that are kept by the recorder's name keep one Region, since AWS names the recorder `default` in every one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w14_recorders_that_are_all_named_default_are_one_for_each_region() {
    let account = Account::seeded("demo");
    let judged = account.judged(&[CONTROL]).await;
    let regions: BTreeMap<(bool, String), String> = judged
        .verdicts(CONTROL)
        .iter()
        .filter(|verdict| verdict["resource"]["kind"] == "AWS::Config::RegionSetting")
        .map(|verdict| {
            let text = |name: &str| verdict[name].as_str().unwrap_or_default().to_owned();
            ((text("account") == account.emulator.main, text("region")), text("verdict"))
        })
        .collect();
    let expected = [
        (false, "eu-central-1", "fail"), // none
        (false, "eu-west-1", "fail"),    // none
        (false, "us-east-1", "fail"),    // cannot deliver
        (true, "eu-central-1", "fail"),  // stopped
        (true, "eu-west-1", "fail"),     // leaves types out
        (true, "us-east-1", "pass"),
    ];
    assert_eq!(regions, expected.map(|(main, region, verdict)| ((main, region.to_owned()), verdict.to_owned())).into());
    let recorders =
        judged.verdicts(CONTROL).iter().filter(|verdict| verdict["resource"]["kind"] == "AWS::Config::ConfigurationRecorder").count();
    assert_eq!(recorders, 2, "the global types are asked about once for each account");
    assert_eq!(judged.item(CONTROL), "fail");
}
