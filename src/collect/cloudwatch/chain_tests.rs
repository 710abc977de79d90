//! Chains with each of their links missing, not known, or there.

use aws_sdk_cloudwatch::types::ComparisonOperator;
use aws_sdk_cloudwatch::types::builders::MetricAlarmBuilder;

use super::*;
use crate::collect::logs::filters::Count;
use crate::pattern::purpose;

const TOPIC: &str = "arn:aws:sns:eu-west-1:111122223333:security";

fn gap(word: &str) -> GapId {
    GapId(word.to_owned())
}

fn filter(name: &str, pattern: &str) -> Filter {
    let counts = vec![Count { namespace: "Trail".into(), metric: "Changes".into(), raises: Ok(true) }];
    Filter { name: name.into(), log_group: "trail".into(), pattern: Pattern::parse(pattern), counts, call: CallId(3) }
}

/// A filter for all events of the purpose but the first `less`.
fn naming(id: &str, less: usize) -> Filter {
    let names: Vec<String> =
        purpose(id).expect("a purpose").events.iter().skip(less).map(|event| format!("($.eventName = {})", event.name)).collect();
    filter("changes", &format!("{{ {} }}", names.join(" || ")))
}

fn alarm(name: &str) -> MetricAlarmBuilder {
    MetricAlarm::builder()
        .alarm_name(name)
        .namespace("Trail")
        .metric_name("Changes")
        .actions_enabled(true)
        .alarm_actions(TOPIC)
        .comparison_operator(ComparisonOperator::GreaterThanOrEqualToThreshold)
        .threshold(1.0)
}

fn one(alarm: MetricAlarmBuilder) -> Vec<(CallId, Alarm)> {
    vec![(CallId(4), Alarm::Metric(Box::new(alarm.build())))]
}

fn heard(link: Link) -> BTreeMap<String, Link> {
    [(TOPIC.to_owned(), link)].into()
}

fn listens() -> BTreeMap<String, Link> {
    heard(Link::Whole(vec![CallId(5)]))
}

fn trail(own: Link, filters: &[Filter], alarms: &Alarms, heard: &BTreeMap<String, Link>) -> Trail {
    let mut metrics = metrics(filters);
    for metric in &mut metrics {
        metric.reaches = reach(metric, alarms, heard, &|_| gap("not judged"));
    }
    Trail {
        arn: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/t".into(),
        name: "t".into(),
        own,
        left_out: Ok(Vec::new()),
        log_group: Some("trail".into()),
        streams_to: Place { account: "111122223333".into(), region: "eu-west-1".into() },
        metrics: Ok(metrics),
        calls: vec![CallId(3)],
    }
}

fn good() -> Link {
    Link::Whole(vec![CallId(1), CallId(2)])
}

fn judged(id: &str, trails: Vec<Trail>) -> (Alert, Vec<CallId>) {
    let chains = Chains { trails, incomplete: None, calls: vec![CallId(1)] };
    alert(purpose(id).expect("a purpose"), &chains, &|_, _, _| gap("unread"))
}

/// Whether it is alerted, where the chain breaks, and the sentence.
fn said(id: &str, trails: Vec<Trail>) -> (Option<bool>, String, String) {
    let (alert, _) = judged(id, trails);
    let text = |fact: &Fact<Option<String>>| fact.known().cloned().flatten().unwrap_or_default();
    (alert.alerted.known().copied(), text(&alert.broken_at), text(&alert.missing_link))
}

fn stages(filters: &[Filter], alarms: &Alarms, heard: &BTreeMap<String, Link>) -> (Option<bool>, String, String) {
    said("cloudtrail-changes", vec![trail(good(), filters, alarms, heard)])
}

#[test]
fn a_whole_chain_is_shown_with_its_links_and_the_calls_that_prove_them() {
    let (alert, calls) =
        judged("cloudtrail-changes", vec![trail(good(), &[naming("cloudtrail-changes", 0)], &one(alarm("a")), &listens())]);
    assert_eq!((alert.alerted, alert.broken_at, alert.missing_link), (true.into(), None.into(), None.into()));
    assert_eq!((alert.metric, alert.alarms), (Some("Trail/Changes".to_owned()).into(), vec!["a".to_owned()].into()));
    assert_eq!((alert.topics, alert.metric_filters), (vec![TOPIC.to_owned()].into(), vec!["changes".to_owned()].into()));
    assert_eq!(calls, [1, 2, 3, 4, 5].map(CallId));
    assert_eq!(alert.events.len(), 5);
}

#[test]
fn each_missing_link_is_named() {
    let full = || [naming("cloudtrail-changes", 0)];
    let fails = |stage: &str, words: &str, told: (Option<bool>, String, String)| {
        assert_eq!((told.0, told.1.as_str()), (Some(false), stage), "{}", told.2);
        assert!(told.2.contains(words), "{} is not about {words}", told.2);
    };
    fails("trail", "no trail", said("cloudtrail-changes", vec![]));
    let stopped = trail(Link::Broken(Stage::Trail, "the trail `t` is stopped".into()), &full(), &one(alarm("a")), &listens());
    fails("trail", "is stopped", said("cloudtrail-changes", vec![stopped]));
    fails("filter", "no metric filter on the log group `trail`", stages(&[], &one(alarm("a")), &listens()));
    fails(
        "filter",
        "`changes` does not match every event `CreateTrail`",
        stages(&[naming("cloudtrail-changes", 1)], &one(alarm("a")), &listens()),
    );
    fails(
        "filter",
        "no metric filter on the log group `trail` matches",
        stages(&[filter("f", "{ $.a = x }")], &one(alarm("a")), &listens()),
    );
    fails("alarm", "no alarm watches the metric `Trail/Changes`", stages(&full(), &[], &listens()));
    let below = alarm("a").comparison_operator(ComparisonOperator::LessThanThreshold);
    fails("alarm", "does not go off", stages(&full(), &one(below), &listens()));
    fails("action", "switched off", stages(&full(), &one(alarm("a").actions_enabled(false)), &listens()));
    fails("action", "notifies no topic", stages(&full(), &one(alarm("a").set_alarm_actions(None)), &listens()));
    let other = alarm("a").set_alarm_actions(Some(vec!["arn:aws:lambda:eu-west-1:111122223333:function:f".into()]));
    fails("action", "notifies no topic", stages(&full(), &one(other), &listens()));
    let nobody = heard(Link::Broken(Stage::Subscriber, "nobody is subscribed".into()));
    fails("subscriber", "nobody is subscribed", stages(&full(), &one(alarm("a")), &nobody));
    let dimension = aws_sdk_cloudwatch::types::Dimension::builder().name("User").value("root").build();
    fails("alarm", "no alarm watches", stages(&full(), &one(alarm("a").dimensions(dimension)), &listens()));
}

#[test]
fn what_is_not_known_leaves_it_open_unless_another_link_is_missing() {
    let full = || [naming("cloudtrail-changes", 0)];
    let open = |told: (Option<bool>, String, String)| assert_eq!(told.0, None, "{} {}", told.1, told.2);
    open(said("cloudtrail-changes", vec![trail(Link::Open(gap("denied")), &full(), &one(alarm("a")), &listens())]));
    open(stages(&full(), &one(alarm("a")), &heard(Link::Open(gap("denied")))));
    open(stages(&[filter("terms", "?CreateTrail ?StopLogging")], &one(alarm("a")), &listens()));
    let no_alarm = trail(Link::Open(gap("denied")), &full(), &[], &listens());
    assert_eq!(said("cloudtrail-changes", vec![no_alarm]).1, "alarm", "whatever the trail does, no alarm stands there");
    let mut hidden = trail(good(), &full(), &one(alarm("a")), &listens());
    hidden.metrics = Err(gap("denied"));
    open(said("cloudtrail-changes", vec![hidden]));
    let chains = Chains { trails: vec![], incomplete: Some(gap("denied")), calls: vec![] };
    let (alert, _) = alert(purpose("root-usage").expect("a purpose"), &chains, &|_, _, _| gap("unread"));
    assert_eq!((alert.alerted, alert.metric), (Fact::Absent(gap("denied")), Fact::Absent(gap("denied"))));
}

#[test]
fn one_whole_chain_settles_it_whatever_else_is_not_known_or_missing() {
    let full = || [naming("cloudtrail-changes", 0)];
    let whole = || trail(good(), &full(), &one(alarm("a")), &listens());
    for other in [
        trail(Link::Open(gap("denied")), &full(), &[], &listens()),
        trail(Link::Broken(Stage::Trail, "stopped".into()), &full(), &[], &listens()),
        trail(good(), &[], &[], &listens()),
    ] {
        assert_eq!(said("cloudtrail-changes", vec![other, whole()]).0, Some(true));
    }
    let silent = [one(alarm("silent").actions_enabled(false)), one(alarm("loud"))].concat();
    assert_eq!(stages(&full(), &silent, &listens()).0, Some(true));
}

#[test]
fn events_may_go_different_ways_but_each_needs_one() {
    let split = |metric: &str, pattern: &str| {
        let mut one = filter(metric, pattern);
        one.counts[0].metric = metric.into();
        one
    };
    let filters = [split("Disabled", "{ $.eventName = DisableKey }"), split("Scheduled", "{ $.eventName = ScheduleKeyDeletion }")];
    let on = |metric: &str| one(alarm(metric).metric_name(metric));
    let both = [on("Disabled"), on("Scheduled")].concat();
    assert_eq!(said("kms-key-removal", vec![trail(good(), &filters, &both, &listens())]).0, Some(true));
    let (alerted, stage, words) = said("kms-key-removal", vec![trail(good(), &filters, &on("Disabled"), &listens())]);
    assert_eq!((alerted, stage.as_str()), (Some(false), "alarm"), "{words}");
    assert!(words.contains("Trail/Scheduled"), "{words}");
}

#[test]
fn a_service_whose_events_the_trail_leaves_out_cannot_be_told_of() {
    let mut without = trail(good(), &[naming("kms-key-removal", 0)], &one(alarm("a")), &listens());
    without.left_out = Ok(vec!["kms.amazonaws.com".into()]);
    let (alerted, stage, words) = said("kms-key-removal", vec![without]);
    assert_eq!((alerted, stage.as_str()), (Some(false), "trail"));
    assert!(words.contains("kms.amazonaws.com"), "{words}");
}

#[test]
fn filters_that_raise_nothing_count_into_no_metric_and_unclear_ones_are_not_judged() {
    let counting = |raises: Result<bool, String>| {
        let mut one = naming("cloudtrail-changes", 0);
        one.counts[0].raises = raises;
        [one]
    };
    assert_eq!(stages(&counting(Ok(false)), &one(alarm("a")), &listens()).1, "filter");
    assert_eq!(stages(&counting(Err("from the event".into())), &one(alarm("a")), &listens()).0, None);
}

#[test]
fn alarms_that_compute_or_combine_leave_a_broken_chain_open() {
    use aws_sdk_cloudwatch::types::{Metric as Named, MetricDataQuery, MetricStat};
    let full = || [naming("cloudtrail-changes", 0)];
    let stat =
        MetricStat::builder().metric(Named::builder().namespace("Trail").metric_name("Changes").build()).period(300).stat("Sum").build();
    let query = MetricDataQuery::builder().id("m").metric_stat(stat).build();
    let expression = MetricDataQuery::builder().id("e").expression("m * 2").build();
    let computing = alarm("math").set_namespace(None).set_metric_name(None).metrics(query).metrics(expression);
    assert_eq!(stages(&full(), &one(computing.clone()), &listens()).0, None);
    assert_eq!(stages(&full(), &one(computing.actions_enabled(false)), &listens()).1, "alarm");
    let composite = |rule: &str| {
        let alarm = CompositeAlarm::builder().alarm_name("any").alarm_rule(rule).actions_enabled(true).alarm_actions(TOPIC).build();
        (CallId(4), Alarm::Composite(Box::new(alarm)))
    };
    let child = one(alarm("child").set_alarm_actions(None));
    assert_eq!(stages(&full(), &[child.clone(), vec![composite("ALARM(child)")]].concat(), &listens()).0, None);
    assert_eq!(stages(&full(), &[child, vec![composite("ALARM(other)")]].concat(), &listens()).1, "action");
}
