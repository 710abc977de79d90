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
use crate::model::{CallId, Fact, Gap, GapId, Place, Population, Reason, Resource};
use crate::pattern::{Cover, purpose, purposes};

/// Where to follow.
pub struct Follow<'a> {
    /// The account as a whole.
    pub global: &'a Caller,
    /// Its observed Regions.
    pub callers: &'a [Caller],
    /// Why there may be further Regions.
    pub unknown: Option<&'a Gap>,
    /// Who asks in a Region of any account: an organization's trail may stream to another account, and an alarm notify one.
    pub reachable: &'a (dyn Fn(&Place) -> Reachable + Send + Sync),
}

/// Whether the run asks in a Region of an account.
pub enum Reachable {
    /// So it asks there.
    Asks(Box<Caller>),
    /// It observes the account and not the Region; with the reason, where the account's Regions are not all known.
    NotRegion(Option<Gap>),
    /// It does not observe the account.
    NotAccount,
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
    place: Place,
    name: String,
}

impl Group {
    /// Reads `arn:aws:logs:region:account:log-group:name:*`.
    fn of(arn: &str) -> Option<Self> {
        let name = part(arn, 5).strip_prefix("log-group:")?;
        let name = name.strip_suffix(":*").unwrap_or(name);
        Some(Group { place: place_of(arn), name: name.to_owned() })
    }
}

fn place_of(arn: &str) -> Place {
    Place { account: part(arn, 4).to_owned(), region: part(arn, 3).to_owned() }
}

fn group_arn(shown: &Shown) -> Option<&str> {
    shown.trail.cloud_watch_logs_log_group_arn.as_deref().filter(|arn| !arn.is_empty())
}

impl Follow<'_> {
    fn caller(&self, place: &Place) -> Option<Caller> {
        match (self.reachable)(place) {
            Reachable::Asks(caller) => Some(*caller),
            Reachable::NotRegion(_) | Reachable::NotAccount => None,
        }
    }

    /// Who asks where something lies, or the gap of nobody asking there; `what` and `name` are how sentences call it.
    fn asks(&self, at: At<'_>, place: &Place, what: &str, name: &str) -> Result<Caller, GapId> {
        match (self.reachable)(place) {
            Reachable::Asks(caller) => Ok(*caller),
            Reachable::NotRegion(unknown) => {
                Err(self.global.note(unasked(at, &format!("{what}'s Region"), &place.region, unknown.as_ref())))
            }
            Reachable::NotAccount => {
                Err(at.note(Reason::OtherAccount, format!("the {what} `{name}` belongs to the account {}", place.account)))
            }
        }
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

    /// The metric filters of every Region, also of other accounts, to which a trail of this account streams.
    async fn filters(&self, followed: &[Described]) -> BTreeMap<Place, Filters> {
        let groups = followed.iter().filter_map(|one| group_arn(&one.shown).and_then(Group::of));
        let places: BTreeSet<Place> = groups.map(|group| group.place).collect();
        let list = async |place: Place| {
            let caller = self.caller(&place)?;
            Some((place, filters::list(&caller).await))
        };
        futures::future::join_all(places.into_iter().map(list)).await.into_iter().flatten().collect()
    }

    fn trail(&self, described: &Described, filters: &BTreeMap<Place, Filters>) -> Trail {
        let Described { shown, status, selection } = described;
        let name = shown.trail.name.clone().unwrap_or_else(|| shown.arn.clone());
        let calls: Vec<CallId> = std::iter::once(shown.call).chain(status.1.iter().copied()).chain(selection.1.iter().copied()).collect();
        let group = group_arn(shown).and_then(Group::of);
        let metrics = match &group {
            None => Err(self.gap(DESCRIBE_TRAILS, Reason::Failed, "the trail's log group has no ARN that can be read")),
            Some(group) => self.metrics(group, filters),
        };
        let told = group.as_ref().and_then(|group| filters.get(&group.place)).map(|filters| filters.calls.clone());
        let streams_to = group.as_ref().map_or_else(|| self.global.place().clone(), |group| group.place.clone());
        Trail {
            arn: shown.arn.clone(),
            own: records(&name, calls.clone(), &status.0, &selection.0),
            left_out: left_out(&selection.0),
            calls: [calls, told.unwrap_or_default()].concat(),
            log_group: group.map(|group| group.name),
            name,
            streams_to,
            metrics,
        }
    }

    fn metrics(&self, group: &Group, filters: &BTreeMap<Place, Filters>) -> Result<Vec<Metric>, GapId> {
        let at = At::operation(self.global, DESCRIBE_METRIC_FILTERS);
        self.asks(at, &group.place, "log group", &group.name)?;
        // Wherever somebody asks, filters were asked for.
        let Some(filters) = filters.get(&group.place) else { return Err(at.note(Reason::Failed, "metric filters were not asked for")) };
        let all = filters.all.as_ref().map_err(Clone::clone)?;
        let mut metrics = chain::metrics(all.iter().filter(|filter| filter.log_group == group.name));
        // Filters are known all together or not at all.
        metrics.iter_mut().for_each(|metric| metric.calls.clone_from(&filters.calls));
        Ok(metrics)
    }

    /// Follows every metric that may count events of some purpose.
    async fn reach(&self, chains: &mut Chains) {
        let places: BTreeSet<Place> =
            chains.trails.iter().filter(|trail| useful(trail).next().is_some()).map(|trail| trail.streams_to.clone()).collect();
        let list = async |place: &Place| Some((place.clone(), alarms::list(&self.caller(place)?).await));
        let lists: BTreeMap<_, _> = futures::future::join_all(places.iter().map(list)).await.into_iter().flatten().collect();
        let known: BTreeMap<&Place, Result<&chain::Alarms, GapId>> = lists
            .iter()
            .map(|(place, (alarms, proof))| {
                let gap = self.caller(place).and_then(|caller| proof.noted(&caller));
                (place, gap.map_or(Ok(alarms.as_slice()), Err))
            })
            .collect();
        let heard = self.heard(chains, &lists).await;
        for trail in &mut chains.trails {
            let Some(alarms) = known.get(&trail.streams_to) else { continue };
            trail.calls.extend(lists.get(&trail.streams_to).into_iter().flat_map(|(_, proof)| &proof.calls));
            for metric in trail.metrics.iter_mut().flatten().filter(|metric| counts_for_some(metric)) {
                metric.reaches = self.reach_of(&trail.streams_to, metric, alarms, &heard.0, &lists);
                if let (Link::Whole(calls), Some((_, proof))) = (&mut metric.reaches.link, lists.get(&trail.streams_to)) {
                    with_pages_before(calls, &proof.calls);
                }
                trail.calls.extend(metric.reaches.topics.iter().filter_map(|topic| heard.1.get(topic)).flatten());
            }
        }
    }

    fn reach_of(
        &self,
        place: &Place,
        metric: &Metric,
        alarms: &Result<&chain::Alarms, GapId>,
        heard: &BTreeMap<String, Link>,
        lists: &Lists,
    ) -> Reach {
        let open = |why: &str| {
            let caller = self.caller(place);
            At::operation(caller.as_ref().unwrap_or(self.global), DESCRIBE_ALARMS).note(Reason::Failed, why)
        };
        match alarms {
            Ok(alarms) => chain::reach(metric, alarms, heard, &open),
            Err(gap) => {
                // An alarm that was listed is there, whatever the rest of the list says.
                let listed = lists.get(place).map_or(&[][..], |(alarms, _)| alarms);
                let reach = chain::reach(metric, listed, heard, &open);
                let link = if matches!(reach.link, Link::Whole(_)) { reach.link } else { Link::Open(gap.clone()) };
                Reach { link, ..reach }
            }
        }
    }

    /// Who hears of each topic that some alarm notifies, with the calls that were made to know it.
    async fn heard(&self, chains: &Chains, lists: &Lists) -> (BTreeMap<String, Link>, BTreeMap<String, Vec<CallId>>) {
        let of_trail = |trail: &Trail| -> Vec<String> {
            let listed = lists.get(&trail.streams_to).map_or(&[][..], |(alarms, _)| alarms);
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
        let caller = match self.asks(at, &place_of(topic), "topic", topic) {
            Ok(caller) => caller,
            Err(gap) => return (Link::Open(gap), Vec::new()),
        };
        let (audience, calls) = audience(&caller, topic).await;
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
        let caller = self.caller(&trail.streams_to);
        let names: Vec<String> = metric.filters.iter().map(|(name, _)| format!("`{name}`")).collect();
        let at = At::operation(caller.as_ref().unwrap_or(self.global), DESCRIBE_METRIC_FILTERS);
        at.note(Reason::Failed, format!("metric filter {}: {why}", names.join(", ")))
    }
}

type Lists = BTreeMap<Place, (Vec<(CallId, Alarm)>, crate::collect::proof::Proof)>;

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
        streams_to: place_of(&shown.arn),
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
