//! Elastic Load Balancing v2.

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::Story;

const CONTROL: &str = "elbv2-access-logging";

#[test]
fn load_balancers_that_could_log_and_do_not_fail_and_the_others_keep_their_row() {
    let told = Story::of("fronts.balancers").for_controls(&[CONTROL]).tell();
    let names = ["a-logged", "b-silent", "c-tls", "d-tcp", "e-gateway"];
    let verdicts = names.map(|name| told.on(CONTROL, name)[0].verdict.as_str());
    assert_eq!(verdicts, ["pass", "fail", "fail", "not_applicable", "not_applicable"]);
}

#[test]
fn w24_denied_attributes_and_listeners_decide_only_what_they_can() {
    let denied = |operation: &str| json!({"service": "elasticloadbalancing", "operation": operation, "answer": {"kind": "access_denied"}});
    let verdicts = |operation: &str| {
        let told = Story::of("fronts.balancers").fault(denied(operation)).for_controls(&[CONTROL]).tell();
        ["a-logged", "b-silent", "c-tls", "d-tcp", "e-gateway"].map(|name| told.on(CONTROL, name)[0].verdict.as_str())
    };
    let unknown = "indeterminate";
    assert_eq!(verdicts("DescribeLoadBalancerAttributes"), [unknown, unknown, unknown, "not_applicable", "not_applicable"]);
    assert_eq!(verdicts("DescribeListeners"), ["pass", "fail", unknown, unknown, "not_applicable"]);
    let told = Story::of("fronts.balancers").fault(denied("DescribeLoadBalancers")).for_controls(&[CONTROL]).tell();
    assert_eq!(told.own(CONTROL), ItemResult::Indeterminate);
}
