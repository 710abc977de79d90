//! Follows an account's trails to those who are told: asks, in this order and only as far as needed, for trails, the metric filters of
//! their log groups, the alarms on their metrics, and who is subscribed to the topics of those.

use std::collections::{BTreeMap, BTreeSet};

use super::alarms::{self, Alarm, DESCRIBE_ALARMS};
use super::chain::{self, Chains, Link, Metric, Reach, Stage, Trail};
use super::facts::trail_alerting;
use super::kinds::TRAIL_ALERTING;
use crate::aws::Caller;
use crate::collect::at::{At, sources};
use crate::collect::cloudtrail::facts::{Selection, TrailStatus};
use crate::collect::cloudtrail::trails::{DESCRIBE_TRAILS, Shown, part, unasked};
use crate::collect::cloudtrail::{Described, described};
use crate::collect::logs::filters::{self, DESCRIBE_METRIC_FILTERS, Filters};
use crate::collect::proof::singleton;
use crate::collect::scope::Run;
use crate::collect::sns::subscriptions::{Audience, LIST_SUBSCRIPTIONS_BY_TOPIC, audience};
use crate::model::{CallId, Fact, Gap, GapId, Population, Reason, Resource};
use crate::pattern::{Cover, purpose, purposes};

/// Where to follow.
pub struct Follow<'a> {
    /// The account as a whole.
    pub global: &'a Caller,
    /// Its observed Regions.
    pub callers: &'a [Caller],
    /// Why there may be further Regions.
    pub unknown: Option<&'a Gap>,
}

/// Collects whether somebody is told of what an account's trails record.
pub async fn follow_trails(follow: &Follow<'_>, run: &Run<'_>) -> Vec<Population> {
    let chains = follow.chains().await;
    let unread = |trail: &Trail, metric: &Metric, why: &str| follow.unread(trail, metric, why);
    let mut paths: Vec<(String, Vec<CallId>)> = Vec::new();
    let facts = trail_alerting(|id| {
        // Every fact bears the name of a purpose of the embedded data, as a test shows.
        let purpose = purpose(id).unwrap_or_else(|| unreachable!("`{id}` is no purpose"));
        let (alert, calls) = chain::alert(purpose, &chains, &unread);
        paths.push((id.replace('-', "_"), calls));
        alert
    });
    let paths = paths.iter().map(|(path, calls)| (path.as_str(), calls.clone()));
    let sources = sources(std::iter::once(("", chains.calls.clone())).chain(paths));
    let id = format!("arn:{}:cloudwatch::{}:trail-alerting", follow.global.partition(), follow.global.account());
    let name = "Alerts on what trails record".to_owned();
    run.found(&Resource::new(follow.global.place(), TRAIL_ALERTING, id, name, &facts, sources));
    vec![singleton(follow.global, TRAIL_ALERTING, chains.calls)]
}

/// Where a trail streams to.
struct Group {
    account: String,
    region: String,
    name: String,
}

impl Group {
    /// Reads `arn:aws:logs:region:account:log-group:name:*`.
    fn of(arn: &str) -> Option<Self> {
        let name = part(arn, 5).strip_prefix("log-group:")?;
        let name = name.strip_suffix(":*").unwrap_or(name);
        Some(Group { account: part(arn, 4).to_owned(), region: part(arn, 3).to_owned(), name: name.to_owned() })
    }
}

fn group_arn(shown: &Shown) -> Option<&str> {
    shown.trail.cloud_watch_logs_log_group_arn.as_deref().filter(|arn| !arn.is_empty())
}

impl Follow<'_> {
    fn caller(&self, region: &str) -> Option<&Caller> {
        self.callers.iter().find(|caller| caller.endpoint_region() == region)
    }

    async fn chains(&self) -> Chains {
        let worth = |shown: &Shown| shown.trail.is_multi_region_trail == Some(true) && group_arn(shown).is_some();
        let (followed, left, populations) = described(self.callers, self.unknown, worth).await;
        let incomplete = populations.iter().find_map(|population| population.gap.clone());
        let incomplete = incomplete.or_else(|| self.unknown.map(|gap| self.global.note(gap.clone())));
        let calls = populations.iter().flat_map(|population| population.calls.iter().copied()).collect::<BTreeSet<_>>();
        let mut trails: Vec<Trail> = left.iter().map(useless).collect();
        let filters = self.filters(&followed).await;
        trails.extend(followed.iter().map(|one| self.trail(one, &filters)));
        trails.sort_by(|a, b| a.arn.cmp(&b.arn));
        let mut chains = Chains { trails, incomplete, calls: calls.into_iter().collect() };
        self.reach(&mut chains).await;
        chains
    }

    /// The metric filters of every Region to which a trail of this account streams.
    async fn filters(&self, followed: &[Described]) -> BTreeMap<String, Filters> {
        let groups = followed.iter().filter_map(|one| group_arn(&one.shown).and_then(Group::of));
        let own = groups.filter(|group| group.account == self.global.account());
        let regions: BTreeSet<String> = own.map(|group| group.region).collect();
        let callers = regions.iter().filter_map(|region| self.caller(region));
        let list = async |caller: &Caller| (caller.endpoint_region().to_owned(), filters::list(caller).await);
        futures::future::join_all(callers.map(list)).await.into_iter().collect()
    }

    fn trail(&self, described: &Described, filters: &BTreeMap<String, Filters>) -> Trail {
        let Described { shown, status, selection } = described;
        let name = shown.trail.name.clone().unwrap_or_else(|| shown.arn.clone());
        let calls: Vec<CallId> = std::iter::once(shown.call).chain(status.1.iter().copied()).chain(selection.1.iter().copied()).collect();
        let group = group_arn(shown).and_then(Group::of);
        let metrics = match &group {
            None => Err(self.gap(DESCRIBE_TRAILS, Reason::Failed, "the trail's log group has no ARN that can be read")),
            Some(group) => self.metrics(group, filters),
        };
        let region = group.as_ref().map(|group| group.region.clone()).unwrap_or_default();
        Trail {
            arn: shown.arn.clone(),
            own: records(&name, calls.clone(), &status.0, &selection.0),
            left_out: left_out(&selection.0),
            calls: [calls, filters.get(&region).map(|filters| filters.calls.clone()).unwrap_or_default()].concat(),
            log_group: group.map(|group| group.name),
            name,
            region,
            metrics,
        }
    }

    fn metrics(&self, group: &Group, filters: &BTreeMap<String, Filters>) -> Result<Vec<Metric>, GapId> {
        if group.account != self.global.account() {
            let detail = format!("the log group `{}` belongs to the account {}", group.name, group.account);
            return Err(self.gap(DESCRIBE_METRIC_FILTERS, Reason::OtherAccount, &detail));
        }
        let Some(filters) = filters.get(&group.region) else {
            let at = At::operation(self.global, DESCRIBE_METRIC_FILTERS);
            return Err(self.global.note(unasked(at, "log group's Region", &group.region, self.unknown)));
        };
        let all = filters.all.as_ref().map_err(Clone::clone)?;
        let mut metrics = chain::metrics(all.iter().filter(|filter| filter.log_group == group.name));
        // Filters are known all together or not at all.
        metrics.iter_mut().for_each(|metric| metric.calls.clone_from(&filters.calls));
        Ok(metrics)
    }

    /// Follows every metric that may count events of some purpose.
    async fn reach(&self, chains: &mut Chains) {
        let regions: BTreeSet<String> =
            chains.trails.iter().filter(|trail| useful(trail).next().is_some()).map(|trail| trail.region.clone()).collect();
        let list = async |region: &String| Some((region.clone(), alarms::list(self.caller(region)?).await));
        let lists: BTreeMap<_, _> = futures::future::join_all(regions.iter().map(list)).await.into_iter().flatten().collect();
        let known: BTreeMap<&String, Result<&chain::Alarms, GapId>> = lists
            .iter()
            .map(|(region, (alarms, proof))| {
                let gap = self.caller(region).and_then(|caller| proof.noted(caller));
                (region, gap.map_or(Ok(alarms.as_slice()), Err))
            })
            .collect();
        let heard = self.heard(chains, &lists).await;
        for trail in &mut chains.trails {
            let Some(alarms) = known.get(&trail.region) else { continue };
            trail.calls.extend(lists.get(&trail.region).into_iter().flat_map(|(_, proof)| &proof.calls));
            for metric in trail.metrics.iter_mut().flatten().filter(|metric| counts_for_some(metric)) {
                metric.reaches = self.reach_of(&trail.region, metric, alarms, &heard.0, &lists);
                if let (Link::Whole(calls), Some((_, proof))) = (&mut metric.reaches.link, lists.get(&trail.region)) {
                    with_pages_before(calls, &proof.calls);
                }
                trail.calls.extend(metric.reaches.topics.iter().filter_map(|topic| heard.1.get(topic)).flatten());
            }
        }
    }

    fn reach_of(
        &self,
        region: &str,
        metric: &Metric,
        alarms: &Result<&chain::Alarms, GapId>,
        heard: &BTreeMap<String, Link>,
        lists: &Lists,
    ) -> Reach {
        let open = |why: &str| {
            let caller = self.caller(region).unwrap_or(self.global);
            At::operation(caller, DESCRIBE_ALARMS).note(Reason::Failed, why)
        };
        match alarms {
            Ok(alarms) => chain::reach(metric, alarms, heard, &open),
            Err(gap) => {
                // An alarm that was listed is there, whatever the rest of the list says.
                let listed = lists.get(region).map_or(&[][..], |(alarms, _)| alarms);
                let reach = chain::reach(metric, listed, heard, &open);
                let link = if matches!(reach.link, Link::Whole(_)) { reach.link } else { Link::Open(gap.clone()) };
                Reach { link, ..reach }
            }
        }
    }

    /// Who hears of each topic that some alarm notifies, with the calls that were made to know it.
    async fn heard(&self, chains: &Chains, lists: &Lists) -> (BTreeMap<String, Link>, BTreeMap<String, Vec<CallId>>) {
        let of_trail = |trail: &Trail| -> Vec<String> {
            let listed = lists.get(&trail.region).map_or(&[][..], |(alarms, _)| alarms);
            useful(trail).flat_map(|metric| chain::topics_of(metric, listed)).collect()
        };
        let topics: BTreeSet<String> = chains.trails.iter().flat_map(of_trail).collect();
        let ask = async |topic: String| {
            let (link, calls) = self.hears(&topic).await;
            ((topic.clone(), link), (topic, calls))
        };
        futures::future::join_all(topics.into_iter().map(ask)).await.into_iter().unzip()
    }

    async fn hears(&self, topic: &str) -> (Link, Vec<CallId>) {
        let at = At::operation(self.global, LIST_SUBSCRIPTIONS_BY_TOPIC);
        let (region, account) = (part(topic, 3), part(topic, 4));
        if account != self.global.account() {
            let detail = format!("the topic `{topic}` belongs to the account {account}");
            return (Link::Open(at.note(Reason::OtherAccount, detail)), Vec::new());
        }
        let Some(caller) = self.caller(region) else {
            return (Link::Open(self.global.note(unasked(at, "topic's Region", region, self.unknown))), Vec::new());
        };
        let (audience, calls) = audience(caller, topic).await;
        let link = match audience {
            Audience::Known { confirmed: 0, others: 0 } => broken(format!("nobody is subscribed to the topic `{topic}`")),
            Audience::Known { confirmed: 0, others } => {
                broken(format!("of {others} subscriptions to the topic `{topic}` none is confirmed"))
            }
            Audience::Known { .. } => Link::Whole(calls.clone()),
            Audience::NoTopic => broken(format!("the topic `{topic}` does not exist")),
            Audience::Unknown(gap) => Link::Open(gap),
        };
        (link, calls)
    }

    fn gap(&self, operation: (&'static str, &'static str), reason: Reason, detail: &str) -> GapId {
        At::operation(self.global, operation).note(reason, detail)
    }

    fn unread(&self, trail: &Trail, metric: &Metric, why: &str) -> GapId {
        let caller = self.caller(&trail.region).unwrap_or(self.global);
        let names: Vec<String> = metric.filters.iter().map(|(name, _)| format!("`{name}`")).collect();
        At::operation(caller, DESCRIBE_METRIC_FILTERS).note(Reason::Failed, format!("metric filter {}: {why}", names.join(", ")))
    }
}

type Lists = BTreeMap<String, (Vec<(CallId, Alarm)>, crate::collect::proof::Proof)>;

/// A page is reached through those before it, so what shows something on it shows it through them.
fn with_pages_before(calls: &mut Vec<CallId>, pages: &[CallId]) {
    let last = pages.iter().rposition(|page| calls.contains(page));
    let before = pages.iter().take(last.unwrap_or(0)).filter(|page| !calls.contains(page)).copied().collect::<Vec<_>>();
    calls.extend(before);
}

fn broken(words: String) -> Link {
    Link::Broken(Stage::Subscriber, words)
}

/// The metrics of a trail that may count events of some purpose.
fn useful(trail: &Trail) -> impl Iterator<Item = &Metric> {
    let broken = matches!(trail.own, Link::Broken(..));
    trail.metrics.iter().flatten().filter(move |metric| !broken && counts_for_some(metric))
}

fn counts_for_some(metric: &Metric) -> bool {
    let mut events = purposes().iter().flat_map(|purpose| &purpose.events);
    events.any(|event| !matches!(metric.cover(event), Cover::Misses(_)))
}

/// A trail that records one Region only, or streams nowhere.
fn useless(shown: &Shown) -> Trail {
    let name = shown.trail.name.clone().unwrap_or_else(|| shown.arn.clone());
    let words = match shown.trail.is_multi_region_trail {
        Some(true) => format!("the trail `{name}` streams to no log group"),
        _ => format!("the trail `{name}` records one Region only"),
    };
    Trail {
        arn: shown.arn.clone(),
        name,
        own: Link::Broken(Stage::Trail, words),
        left_out: Ok(Vec::new()),
        log_group: None,
        region: shown.home.clone(),
        metrics: Ok(Vec::new()),
        calls: vec![shown.call],
    }
}

/// Whether a trail is logging, selects every management event, and delivers to its log group.
fn records(name: &str, calls: Vec<CallId>, status: &Fact<TrailStatus>, selection: &Fact<Selection>) -> Link {
    let lacks = |words: String| Link::Broken(Stage::Trail, words);
    let logs = match status {
        Fact::Absent(gap) => Link::Open(gap.clone()),
        Fact::Known(status) if !status.is_logging => lacks(format!("the trail `{name}` is stopped")),
        Fact::Known(status) if status.latest_cloud_watch_logs_delivery_error.is_some() => {
            lacks(format!("the trail `{name}` could not deliver to its log group the last time"))
        }
        Fact::Known(_) => Link::Whole(calls),
    };
    let selects = |fact: &Fact<bool>, what: &str| match fact {
        Fact::Absent(gap) => Link::Open(gap.clone()),
        Fact::Known(true) => Link::Whole(Vec::new()),
        Fact::Known(false) => lacks(format!("the trail `{name}` does not record every {what} management event")),
    };
    let selected = match selection {
        Fact::Absent(gap) => Link::Open(gap.clone()),
        Fact::Known(selection) => selects(&selection.management_read, "reading").and(selects(&selection.management_write, "writing")),
    };
    logs.and(selected)
}

fn left_out(selection: &Fact<Selection>) -> Result<Vec<String>, GapId> {
    match selection {
        Fact::Absent(gap) => Err(gap.clone()),
        Fact::Known(selection) => match &selection.excluded_management_sources {
            Fact::Absent(gap) => Err(gap.clone()),
            Fact::Known(sources) => Ok(sources.clone()),
        },
    }
}
