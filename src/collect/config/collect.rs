//! Collects AWS Config in one Region: its recorders with their status, the delivery channel, and what Config has counted.

use std::collections::BTreeMap;

use aws_sdk_config::Client;
use aws_sdk_config::types::{ConfigurationRecorder as Recorder, ConfigurationRecorderStatus as Status, DeliveryChannel, ResourceCount};

use super::facts::{self, ConfigurationRecorder};
use super::kinds::{RECORDER, REGION, SERVICE};
use super::map;
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::{Proof, singleton};
use crate::collect::scope::Run;
use crate::collect::second::{COMPARED, Counted};
use crate::model::{CallId, Fact, GapId, OpenMap, Population, Resource};

const DESCRIBE_CONFIGURATION_RECORDERS: Operation = (SERVICE, "DescribeConfigurationRecorders");
const DESCRIBE_CONFIGURATION_RECORDER_STATUS: Operation = (SERVICE, "DescribeConfigurationRecorderStatus");
const DESCRIBE_DELIVERY_CHANNELS: Operation = (SERVICE, "DescribeDeliveryChannels");
const GET_DISCOVERED_RESOURCE_COUNTS: Operation = (SERVICE, "GetDiscoveredResourceCounts");

/// A whole list, or why it is not known, with its calls.
struct Told<T> {
    items: Vec<(CallId, T)>,
    proof: Proof,
}

impl<T> Told<T> {
    fn gap(&self, caller: &Caller) -> Option<GapId> {
        self.proof.noted(caller)
    }
}

/// A list that AWS gives in one answer; members without the id leave it incomplete.
macro_rules! whole {
    ($caller:expr, $operation:expr, $call:ident, $member:ident, $id:expr) => {{
        let client = $caller.client(Client::new);
        let send = |tap| client.$call().customize().interceptor(tap).send();
        let listing = $caller.list_whole($operation, send, |output| output.$member.unwrap_or_default()).await;
        let (items, proof) = Proof::of($caller, $operation, listing, $id);
        Told { items, proof }
    }};
}

/// Collects AWS Config's kinds in one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let name = |recorder: &Recorder| recorder.arn.clone().or_else(|| recorder.name.clone());
    let told = async { whole!(caller, DESCRIBE_CONFIGURATION_RECORDERS, describe_configuration_recorders, configuration_recorders, name) };
    let wants_status =
        run.wants_fact(RECORDER, "recording") || run.wants_fact(REGION, "recorder") || run.wants_fact(REGION, "resource_counts");
    let statuses = async { if wants_status { Some(statuses(caller).await) } else { None } };
    let (told, statuses, channel) = tokio::join!(told, statuses, channel(caller, run));
    let recorders = recorders(caller, &told, statuses.as_ref(), run);
    let mut populations = Vec::new();
    if run.wants(RECORDER) {
        for (call, id, facts) in &recorders {
            let calls = statuses.as_ref().map(|statuses| statuses.proof.calls.clone()).unwrap_or_default();
            let paths = ["recording", "last_status", "last_error_code", "last_status_change_time"].map(|fact| (fact, calls.clone()));
            let paths = [("", vec![*call])].into_iter().chain(paths);
            let shown = format!("{} / {}", caller.endpoint_region(), facts.name.known().map_or("", String::as_str));
            run.found(&Resource::new(caller.place(), RECORDER, id.clone(), shown, facts, sources(paths)));
        }
        populations.push(told.proof.population(caller, RECORDER, recorders.len() as u64, None));
    }
    if run.wants(REGION) {
        populations.push(region(caller, run, (&told, statuses.as_ref(), channel), &recorders).await);
    }
    populations
}

async fn statuses(caller: &Caller) -> Told<Status> {
    let name = |status: &Status| status.arn.clone().or_else(|| status.name.clone());
    whole!(caller, DESCRIBE_CONFIGURATION_RECORDER_STATUS, describe_configuration_recorder_status, configuration_recorders_status, name)
}

type Channel = (Fact<Option<facts::DeliveryChannel>>, Vec<CallId>);

/// The Region's delivery channel; a Region has at most one.
async fn channel(caller: &Caller, run: &Run<'_>) -> Channel {
    if !run.wants_fact(REGION, "delivery_channel") {
        return (Fact::Absent(run.unasked(caller, REGION, "delivery_channel")), Vec::new());
    }
    let name = |channel: &DeliveryChannel| channel.name.clone();
    let told = whole!(caller, DESCRIBE_DELIVERY_CHANNELS, describe_delivery_channels, delivery_channels, name);
    let fact = match told.gap(caller) {
        Some(gap) => Fact::Absent(gap),
        None => Fact::Known(told.items.into_iter().next().map(|(_, channel)| facts::DeliveryChannel {
            name: channel.name.unwrap_or_default(),
            s3_bucket_name: channel.s3_bucket_name,
            s3_kms_key_arn: channel.s3_kms_key_arn,
            sns_topic_arn: channel.sns_topic_arn,
        })),
    };
    (fact, told.proof.calls)
}

type Found = (CallId, String, ConfigurationRecorder);

/// Recorders with ids and facts; statuses are joined by ARN, or by name where AWS gives no ARN.
fn recorders(caller: &Caller, told: &Told<Recorder>, statuses: Option<&Told<Status>>, run: &Run<'_>) -> Vec<Found> {
    let unknown = match statuses {
        Some(statuses) => statuses.gap(caller),
        None => Some(run.unasked(caller, RECORDER, "recording")),
    };
    let one = |(call, recorder): &(CallId, Recorder)| {
        let mut all = statuses.into_iter().flat_map(|statuses| &statuses.items);
        let same = |status: &Status| match (&status.arn, &recorder.arn) {
            (Some(one), Some(other)) => one == other,
            _ => status.name == recorder.name,
        };
        let status = match &unknown {
            Some(gap) => Fact::Absent(gap.clone()),
            None => Fact::Known(all.find(|(_, status)| same(status)).map(|(_, status)| status.clone())),
        };
        let status_call = statuses.and_then(|statuses| statuses.proof.calls.first().copied()).unwrap_or(*call);
        let status_at = At::call(caller, DESCRIBE_CONFIGURATION_RECORDER_STATUS, status_call);
        let facts = map::recorder(At::call(caller, DESCRIBE_CONFIGURATION_RECORDERS, *call), recorder, &status, status_at);
        let built = || {
            let name = recorder.name.as_deref().unwrap_or_default();
            format!("arn:{}:config:{}:{}:configuration-recorder/{name}", caller.partition(), caller.endpoint_region(), caller.account())
        };
        (*call, recorder.arn.clone().unwrap_or_else(built), facts)
    };
    told.items.iter().map(one).collect()
}

/// The Region as a resource of its own.
async fn region(
    caller: &Caller,
    run: &Run<'_>,
    (told, statuses, channel): (&Told<Recorder>, Option<&Told<Status>>, Channel),
    recorders: &[Found],
) -> Population {
    let own = recorders.iter().find(|(_, _, recorder)| recorder.service_principal == Fact::Known(None));
    let (recorder, recorder_count) = match told.gap(caller) {
        Some(gap) => (Fact::Absent(gap.clone()), Fact::Absent(gap)),
        None => (Fact::Known(own.map(|(_, _, recorder)| recorder.clone())), i64::try_from(recorders.len()).unwrap_or(i64::MAX).into()),
    };
    let counts = counts(caller, run, &recorder).await;
    let calls = told.proof.calls.clone();
    let with_status: Vec<CallId> = calls.iter().chain(statuses.into_iter().flat_map(|statuses| &statuses.proof.calls)).copied().collect();
    let paths = [
        ("", calls),
        ("recorder", with_status.clone()),
        ("delivery_channel", channel.1),
        ("resource_counts", if counts.1.is_empty() { with_status.clone() } else { counts.1 }),
    ];
    let facts = facts::RegionSetting { recorder_count, recorder, delivery_channel: channel.0, resource_counts: counts.0 };
    let id = format!("arn:{}:config:{}:{}:region-setting", caller.partition(), caller.endpoint_region(), caller.account());
    let name = format!("AWS Config in {}", caller.endpoint_region());
    run.found(&Resource::new(caller.place(), REGION, id, name, &facts, sources(paths)));
    singleton(caller, REGION, with_status)
}

/// Counts, where something is recorded.
async fn counts(
    caller: &Caller,
    run: &Run<'_>,
    recorder: &Fact<Option<ConfigurationRecorder>>,
) -> (Fact<Option<OpenMap<i64>>>, Vec<CallId>) {
    if !run.wants_fact(REGION, "resource_counts") {
        return (Fact::Absent(run.unasked(caller, REGION, "resource_counts")), Vec::new());
    }
    let recorder = match recorder {
        Fact::Absent(gap) => return (Fact::Absent(gap.clone()), Vec::new()),
        Fact::Known(recorder) => recorder.as_ref(),
    };
    let types = match recorder.map(|recorder| (recorder, &recorder.recording)) {
        Some((_, Fact::Absent(gap))) => return (Fact::Absent(gap.clone()), Vec::new()),
        Some((recorder, Fact::Known(true))) => counted_types(recorder),
        Some((_, Fact::Known(false))) | None => Vec::new(),
    };
    if types.is_empty() {
        return (Fact::Known(None), Vec::new());
    }
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        let request = client.get_discovered_resource_counts().set_resource_types(Some(types.clone())).set_next_token(token);
        request.customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_config::operation::get_discovered_resource_counts::GetDiscoveredResourceCountsOutput| Page {
        items: output.resource_counts.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(GET_DISCOVERED_RESOURCE_COUNTS, send, page).await;
    let kind = |count: &ResourceCount| count.resource_type.as_ref().map(|kind| kind.as_str().to_owned());
    let (items, proof) = Proof::of(caller, GET_DISCOVERED_RESOURCE_COUNTS, listing, kind);
    if let Some(gap) = proof.noted(caller) {
        return (Fact::Absent(gap), proof.calls);
    }
    let told: BTreeMap<String, i64> = items.iter().filter_map(|(_, count)| Some((kind(count)?, count.count))).collect();
    let all: BTreeMap<String, i64> = types.into_iter().map(|kind| (kind.clone(), told.get(&kind).copied().unwrap_or(0))).collect();
    if let Some(call) = proof.calls.first() {
        run.counted(caller.place().clone(), Counted { counts: all.clone(), call: *call });
    }
    (Fact::Known(Some(OpenMap(all))), proof.calls)
}

/// The compared types that the recorder surely records.
fn counted_types(recorder: &ConfigurationRecorder) -> Vec<String> {
    let all = recorder.records_all_types.known() == Some(&true);
    let named = |list: &Fact<Vec<String>>, kind: &str| list.known().is_some_and(|list| list.iter().any(|name| name == kind));
    let recorded = |kind: &&&str| match all {
        true => !named(&recorder.excluded_resource_types, kind),
        false => named(&recorder.resource_types, kind),
    };
    COMPARED.iter().filter(recorded).map(|kind| (*kind).to_owned()).collect()
}
