//! From a trail to somebody who is told: judged link by link, in three states, and purely.
//!
//! A link that is surely missing settles its chain, whatever else is not known; a chain that is whole settles its events, whatever
//! else is not known; everything between is open, with the gap. Which event needs which pattern is `pattern`.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_cloudwatch::types::{CompositeAlarm, MetricAlarm};

use super::alarms::{Alarm, computed_from, may_find, rises, watched};
use super::facts::Alert;
use crate::collect::logs::filters::Filter;
use crate::model::{CallId, Fact, GapId, Place};
use crate::pattern::{self, Cover, Event, Pattern, Purpose};

/// Where a chain can break, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// No trail of all Regions that logs everything and streams to a log group.
    Trail,
    /// No metric filter that matches every such event.
    Filter,
    /// No alarm on the metric.
    Alarm,
    /// An alarm that does nothing.
    Action,
    /// A topic that nobody listens to.
    Subscriber,
}

impl Stage {
    /// The word that facts use.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Trail => "trail",
            Stage::Filter => "filter",
            Stage::Alarm => "alarm",
            Stage::Action => "action",
            Stage::Subscriber => "subscriber",
        }
    }
}

/// A link, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// There, as these calls show.
    Whole(Vec<CallId>),
    /// Missing, and what is missing.
    Broken(Stage, String),
    /// Not known.
    Open(GapId),
}

impl Link {
    /// Both links: what is missing wins over what is not known.
    pub fn and(self, next: Link) -> Link {
        match (self, next) {
            (broken @ Link::Broken(..), _) | (_, broken @ Link::Broken(..)) => broken,
            (open @ Link::Open(_), _) | (_, open @ Link::Open(_)) => open,
            (Link::Whole(calls), Link::Whole(more)) => Link::Whole([calls, more].concat()),
        }
    }

    /// Either link: what is there wins, then what is not known, then what comes farthest.
    fn or(self, other: Link) -> Link {
        match (self, other) {
            (whole @ Link::Whole(_), _) | (_, whole @ Link::Whole(_)) => whole,
            (open @ Link::Open(_), _) | (_, open @ Link::Open(_)) => open,
            (Link::Broken(one, _), later @ Link::Broken(other, _)) if other >= one => later,
            (earlier, _) => earlier,
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Link::Broken(stage, _) => *stage as u8,
            Link::Open(_) => 10,
            Link::Whole(_) => 11,
        }
    }
}

/// All that an account's trails lead to.
#[derive(Debug, Default)]
pub struct Chains {
    /// Trails, ordered by ARN.
    pub trails: Vec<Trail>,
    /// Why there may be further trails.
    pub incomplete: Option<GapId>,
    /// The calls that listed trails.
    pub calls: Vec<CallId>,
}

/// A trail with the metrics that its events are counted into.
#[derive(Debug)]
pub struct Trail {
    /// ARN.
    pub arn: String,
    /// Name, for sentences.
    pub name: String,
    /// Whether it records everything everywhere and streams it on.
    pub own: Link,
    /// Event sources that it leaves out.
    pub left_out: Result<Vec<String>, GapId>,
    /// Name of the log group.
    pub log_group: Option<String>,
    /// Account and Region of the log group.
    pub streams_to: Place,
    /// What filters on the group count into.
    pub metrics: Result<Vec<Metric>, GapId>,
    /// Every call that was made to follow it: about the trail, the filters, the alarms and the topics.
    pub calls: Vec<CallId>,
}

/// A metric into which filters on one log group count.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// Filters that count into it, with their patterns; or why one is not read.
    pub filters: Vec<(String, Result<Pattern, String>)>,
    /// The calls that showed them.
    pub calls: Vec<CallId>,
    /// Whether an alarm on it reaches somebody.
    pub reaches: Reach,
}

/// What hangs on a metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// From the metric to somebody who is told.
    pub link: Link,
    /// Names of the alarms on it.
    pub alarms: Vec<String>,
    /// Topics that they notify.
    pub topics: Vec<String>,
}

impl Metric {
    /// As people know it.
    pub fn shown(&self) -> String {
        format!("{}/{}", self.namespace, self.name)
    }

    /// What its filters together make of a sort of event.
    pub fn cover(&self, event: &Event) -> Cover {
        let patterns: Vec<Pattern> = self.filters.iter().map(|(_, pattern)| pattern.clone().unwrap_or(Pattern::Other)).collect();
        match pattern::cover(event, &patterns) {
            Cover::Unknown(why) => {
                let unread = self.filters.iter().find_map(|(_, pattern)| pattern.as_ref().err());
                Cover::Unknown(unread.cloned().unwrap_or(why))
            }
            settled => settled,
        }
    }

    fn names(&self) -> String {
        let names: Vec<String> = self.filters.iter().map(|(name, _)| format!("`{name}`")).collect();
        names.join(", ")
    }
}

/// The metrics into which the filters of one log group count. A filter whose matches do not raise a metric counts into none.
pub fn metrics<'f>(filters: impl IntoIterator<Item = &'f Filter>) -> Vec<Metric> {
    let mut found: BTreeMap<(String, String), Metric> = BTreeMap::new();
    for filter in filters {
        for count in filter.counts.iter().filter(|count| count.raises != Ok(false)) {
            let pattern = match (&filter.pattern, &count.raises) {
                (Ok(pattern), Ok(_)) => Ok(pattern.clone()),
                (Err(why), _) | (_, Err(why)) => Err(why.clone()),
            };
            let metric = found.entry((count.namespace.clone(), count.metric.clone())).or_insert_with(|| Metric {
                namespace: count.namespace.clone(),
                name: count.metric.clone(),
                filters: Vec::new(),
                calls: Vec::new(),
                reaches: Reach { link: Link::Whole(Vec::new()), alarms: Vec::new(), topics: Vec::new() },
            });
            metric.filters.push((filter.name.clone(), pattern));
            metric.calls.push(filter.call);
        }
    }
    found.into_values().collect()
}

/// The alarms of a Region.
pub type Alarms = [(CallId, Alarm)];

/// The topics that alarms on the metric notify, if their actions are on.
pub fn topics_of(metric: &Metric, alarms: &Alarms) -> BTreeSet<String> {
    let sounding = direct(metric, alarms).filter(|(_, alarm)| rises(alarm) && alarm.actions_enabled == Some(true));
    sounding.flat_map(|(_, alarm)| topics(alarm)).collect()
}

/// Follows a metric to somebody who is told; `heard` is what is known of topics, `open` notes why something is not judged.
pub fn reach(metric: &Metric, alarms: &Alarms, heard: &BTreeMap<String, Link>, open: &dyn Fn(&str) -> GapId) -> Reach {
    let none = Link::Broken(Stage::Alarm, format!("no alarm watches the metric `{}`", metric.shown()));
    let mut reach = Reach { link: none, alarms: Vec::new(), topics: Vec::new() };
    for (call, alarm) in direct(metric, alarms) {
        let name = alarm.alarm_name.clone().unwrap_or_default();
        reach.link = reach.link.or(sounds(*call, alarm, heard));
        reach.topics.extend(topics(alarm));
        reach.alarms.push(name);
    }
    if let Some(other) = indirect(metric, alarms, &reach.alarms) {
        reach.link = match reach.link {
            Link::Broken(..) => Link::Open(open(&other)),
            // What could not be read of an alarm of its own says more than what is not judged of another.
            link @ (Link::Whole(_) | Link::Open(_)) => link,
        };
    }
    reach.topics.sort();
    reach.topics.dedup();
    reach
}

fn direct<'a>(metric: &'a Metric, alarms: &'a Alarms) -> impl Iterator<Item = (&'a CallId, &'a MetricAlarm)> {
    let same = |alarm: &MetricAlarm| {
        watched(alarm).is_some_and(|seen| seen.namespace == metric.namespace && seen.name == metric.name && seen.dimensions.is_empty())
    };
    alarms.iter().filter_map(move |(call, alarm)| match alarm {
        Alarm::Metric(alarm) if same(alarm) => Some((call, &**alarm)),
        _ => None,
    })
}

fn topics(alarm: &MetricAlarm) -> Vec<String> {
    let is_topic = |arn: &&String| arn.split(':').nth(2) == Some("sns");
    alarm.alarm_actions.iter().flatten().filter(is_topic).cloned().collect()
}

/// From an alarm to somebody who is told.
fn sounds(call: CallId, alarm: &MetricAlarm, heard: &BTreeMap<String, Link>) -> Link {
    let name = alarm.alarm_name.as_deref().unwrap_or_default();
    let topics = topics(alarm);
    if !rises(alarm) {
        return Link::Broken(Stage::Alarm, format!("the alarm `{name}` does not go off when its metric is high"));
    }
    if alarm.actions_enabled != Some(true) {
        return Link::Broken(Stage::Action, format!("the actions of the alarm `{name}` are switched off"));
    }
    let none = Link::Broken(Stage::Action, format!("the alarm `{name}` notifies no topic"));
    let to = topics.iter().filter_map(|topic| heard.get(topic).cloned()).fold(none, Link::or);
    Link::Whole(vec![call]).and(to)
}

/// An alarm that may tell somebody although it is none on the metric alone, in words.
fn indirect(metric: &Metric, alarms: &Alarms, names: &[String]) -> Option<String> {
    alarms.iter().find_map(|(_, alarm)| match alarm {
        Alarm::Metric(alarm) if computes(metric, alarm) => Some(format!(
            "the alarm `{}` computes from the metric `{}`, which is not judged",
            alarm.alarm_name.as_deref().unwrap_or_default(),
            metric.shown()
        )),
        Alarm::Composite(alarm) if combines(alarm, names) => Some(format!(
            "the composite alarm `{}` combines an alarm on the metric `{}`, which is not judged",
            alarm.alarm_name.as_deref().unwrap_or_default(),
            metric.shown()
        )),
        _ => None,
    })
}

fn computes(metric: &Metric, alarm: &MetricAlarm) -> bool {
    let named = || computed_from(alarm).iter().any(|from| from.namespace == metric.namespace && from.name == metric.name);
    watched(alarm).is_none() && acts(alarm.actions_enabled, alarm.alarm_actions.as_deref()) && (named() || may_find(alarm, &metric.name))
}

fn combines(alarm: &CompositeAlarm, names: &[String]) -> bool {
    let rule = alarm.alarm_rule.as_deref().unwrap_or_default();
    acts(alarm.actions_enabled, alarm.alarm_actions.as_deref()) && names.iter().any(|name| rule.contains(name.as_str()))
}

fn acts(enabled: Option<bool>, actions: Option<&[String]>) -> bool {
    enabled == Some(true) && actions.is_some_and(|actions| !actions.is_empty())
}

/// A trail with one of its metrics, and how each event fares there.
struct Way<'c> {
    trail: &'c Trail,
    metric: Option<&'c Metric>,
    links: Vec<Link>,
}

/// Judges whether every event of a purpose reaches somebody, with the calls that show it. `unread` notes why a metric's filters are
/// not judged.
pub fn alert(purpose: &Purpose, chains: &Chains, unread: &dyn Fn(&Trail, &Metric, &str) -> GapId) -> (Alert, Vec<CallId>) {
    let ways = ways(purpose, chains, unread);
    let all: Vec<Link> = (0..purpose.events.len()).map(|at| event(at, &ways, chains)).collect();
    let broken = all.iter().position(|link| matches!(link, Link::Broken(..)));
    let open = all.iter().find_map(|link| if let Link::Open(gap) = link { Some(gap.clone()) } else { None });
    match (broken, open) {
        (Some(at), _) => (failed(purpose, at, &all, &ways), every_call(chains)),
        (None, Some(gap)) => (unknown(purpose, &gap), every_call(chains)),
        (None, None) => passed(purpose, &ways),
    }
}

fn ways<'c>(purpose: &Purpose, chains: &'c Chains, unread: &dyn Fn(&Trail, &Metric, &str) -> GapId) -> Vec<Way<'c>> {
    let mut ways = Vec::new();
    for trail in &chains.trails {
        let without = |link: Link| purpose.events.iter().map(|_| trail.own.clone().and(link.clone())).collect();
        match &trail.metrics {
            Err(gap) => ways.push(Way { trail, metric: None, links: without(Link::Open(gap.clone())) }),
            Ok(metrics) if metrics.is_empty() => ways.push(Way { trail, metric: None, links: without(no_filter(trail)) }),
            Ok(metrics) => ways.extend(metrics.iter().map(|metric| {
                let link = |event| link(event, trail, metric, unread);
                Way { trail, metric: Some(metric), links: purpose.events.iter().map(link).collect() }
            })),
        }
    }
    ways
}

fn no_filter(trail: &Trail) -> Link {
    let group = trail.log_group.as_deref().unwrap_or_default();
    Link::Broken(Stage::Filter, format!("no metric filter on the log group `{group}` of the trail `{}` raises a metric", trail.name))
}

fn link(event: &Event, trail: &Trail, metric: &Metric, unread: &dyn Fn(&Trail, &Metric, &str) -> GapId) -> Link {
    let selected = match (event.source(), &trail.left_out) {
        (None, _) => Link::Whole(Vec::new()),
        (Some(_), Err(gap)) => Link::Open(gap.clone()),
        (Some(source), Ok(left_out)) if left_out.iter().any(|out| out == source) => {
            Link::Broken(Stage::Trail, format!("the trail `{}` leaves out the events of `{source}`", trail.name))
        }
        (Some(_), Ok(_)) => Link::Whole(Vec::new()),
    };
    let filtered = match metric.cover(event) {
        Cover::All => Link::Whole(metric.calls.clone()),
        Cover::Misses(which) => Link::Broken(Stage::Filter, which),
        Cover::Unknown(why) => Link::Open(unread(trail, metric, &why)),
    };
    trail.own.clone().and(selected).and(filtered).and(metric.reaches.link.clone())
}

/// How an event fares on all ways together.
fn event(at: usize, ways: &[Way<'_>], chains: &Chains) -> Link {
    let nothing = match &chains.incomplete {
        Some(gap) => Link::Open(gap.clone()),
        None => Link::Broken(Stage::Trail, "the account has no trail".to_owned()),
    };
    ways.iter().map(|way| way.links[at].clone()).fold(nothing, Link::or)
}

fn every_call(chains: &Chains) -> Vec<CallId> {
    unique(chains.calls.iter().chain(chains.trails.iter().flat_map(|trail| &trail.calls)).copied().collect())
}

fn unique(mut calls: Vec<CallId>) -> Vec<CallId> {
    calls.sort_unstable();
    calls.dedup();
    calls
}

fn unknown(purpose: &Purpose, gap: &GapId) -> Alert {
    Alert {
        alerted: Fact::Absent(gap.clone()),
        broken_at: Fact::Absent(gap.clone()),
        missing_link: Fact::Absent(gap.clone()),
        uncovered_events: Fact::Absent(gap.clone()),
        trail_arn: Fact::Absent(gap.clone()),
        log_group: Fact::Absent(gap.clone()),
        metric_filters: Fact::Absent(gap.clone()),
        metric: Fact::Absent(gap.clone()),
        alarms: Fact::Absent(gap.clone()),
        topics: Fact::Absent(gap.clone()),
        ..shown(purpose, None, &[])
    }
}

/// An alert with what the ways show; the first of them is the one that is named.
fn shown(purpose: &Purpose, missing: Option<(Stage, String)>, ways: &[&Way<'_>]) -> Alert {
    let first = ways.first();
    let metrics: BTreeMap<String, &Metric> = ways.iter().filter_map(|way| way.metric.map(|metric| (metric.shown(), metric))).collect();
    let named = |of: fn(&Metric) -> Vec<String>| -> Vec<String> {
        metrics.values().flat_map(|metric| of(metric)).collect::<BTreeSet<_>>().into_iter().collect()
    };
    Alert {
        alerted: missing.is_none().into(),
        broken_at: missing.as_ref().map(|(stage, _)| stage.as_str().to_owned()).into(),
        missing_link: missing.map(|(_, words)| words).into(),
        events: purpose.events.iter().map(|event| event.name.clone()).collect(),
        events_as_of: pattern::as_of().to_owned(),
        uncovered_events: Vec::new().into(),
        trail_arn: first.map(|way| way.trail.arn.clone()).into(),
        log_group: first.and_then(|way| way.trail.log_group.clone()).into(),
        metric_filters: named(|metric| metric.filters.iter().map(|(name, _)| name.clone()).collect()).into(),
        metric: first.and_then(|way| way.metric).map(Metric::shown).into(),
        alarms: named(|metric| metric.reaches.alarms.clone()).into(),
        topics: named(|metric| metric.reaches.topics.clone()).into(),
    }
}

fn passed(purpose: &Purpose, ways: &[Way<'_>]) -> (Alert, Vec<CallId>) {
    let witness = |at: usize| ways.iter().find(|way| matches!(way.links[at], Link::Whole(_)));
    let witnesses: Vec<&Way<'_>> = (0..purpose.events.len()).filter_map(witness).collect();
    let calls =
        witnesses.iter().enumerate().filter_map(|(at, way)| if let Link::Whole(calls) = &way.links[at] { Some(calls) } else { None });
    let calls = unique(calls.flatten().copied().collect());
    (shown(purpose, None, &witnesses), calls)
}

fn failed(purpose: &Purpose, at: usize, all: &[Link], ways: &[Way<'_>]) -> Alert {
    let covers = |way: &Way<'_>, at: usize| way.metric.is_some_and(|metric| metric.cover(&purpose.events[at]) == Cover::All);
    let count = |way: &Way<'_>| (0..all.len()).filter(|at| covers(way, *at)).count();
    let score =
        |way: &Way<'_>| (way.trail.own.rank(), covers(way, at), count(way), way.metric.map_or(0, |metric| metric.reaches.link.rank()));
    // The first of those that come equally far.
    let best = ways.iter().rev().max_by_key(|way| score(way));
    let Some(way) = best else { return shown(purpose, Some((Stage::Trail, "the account has no trail".to_owned())), &[]) };
    let missed: Vec<String> = (0..all.len())
        .filter(|at| matches!(all[*at], Link::Broken(..)) && !covers(way, *at))
        .map(|at| purpose.events[at].name.clone())
        .collect();
    let missing = match (&way.links[at], way.metric) {
        (Link::Broken(Stage::Filter, _), Some(metric)) => (Stage::Filter, leaves_out(way.trail, metric, &missed, count(way))),
        (Link::Broken(stage, words), _) => (*stage, words.clone()),
        // The event as a whole is broken, so each way is.
        _ => (Stage::Filter, "the chain is broken".to_owned()),
    };
    Alert { uncovered_events: missed.into(), ..shown(purpose, Some(missing), &[way]) }
}

/// Events named in a sentence.
const NAMED: usize = 3;

fn leaves_out(trail: &Trail, metric: &Metric, missed: &[String], covered: usize) -> String {
    let mut names: Vec<String> = missed.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    if missed.len() > NAMED {
        names.push(format!("{} more", missed.len() - NAMED));
    }
    let names = names.join(", ");
    match covered {
        0 => format!("no metric filter on the log group `{}` matches every event {names}", trail.log_group.as_deref().unwrap_or_default()),
        _ => format!("the metric filter {} does not match every event {names}", metric.names()),
    }
}

#[cfg(test)]
#[path = "chain_tests.rs"]
mod tests;
