//! Collects trails with status and selectors, asked of the home Region by ARN.

use aws_sdk_cloudtrail::Client;
use aws_sdk_cloudtrail::operation::get_trail_status::GetTrailStatusOutput;
use aws_sdk_cloudtrail::types::{AdvancedEventSelector, AdvancedFieldSelector, EventSelector};

use super::advanced::{Advanced, Field};
use super::facts::{self, Selection, TrailStatus};
use super::kinds::{SERVICE, TRAIL};
use super::selection::{Basic, DataResource, select};
use super::trails::{DESCRIBE_TRAILS, Shown, list, part, unasked};
use crate::aws::{Caller, OrWhen as _, Reply};
use crate::collect::at::{At, Operation, instant_if_set, lacks, sources};
use crate::collect::reading::answered;
use crate::collect::scope::{Naming, Run};
use crate::model::{CallId, Fact, Gap, Partition, Place, Population, Resource};

const GET_TRAIL_STATUS: Operation = (SERVICE, "GetTrailStatus");
const GET_EVENT_SELECTORS: Operation = (SERVICE, "GetEventSelectors");
const GET_INSIGHT_SELECTORS: Operation = (SERVICE, "GetInsightSelectors");

/// Collects the trails of an account from all its observed Regions. `unknown` is why there may be further Regions.
pub async fn collect(callers: &[Caller], unknown: Option<&Gap>, run: &Run<'_>, naming: Naming<'_>) -> Vec<Population> {
    if !run.wants(TRAIL) {
        return Vec::new();
    }
    let (trails, populations) = list(callers, unknown).await;
    let partition = callers.first().map(Caller::partition);
    run.name(trails.iter().filter_map(|shown| Some(bucket_arn(partition?, shown.trail.s3_bucket_name.as_deref()?))));
    drop(naming);
    let by_name = |region: &str| callers.iter().find(|caller| caller.endpoint_region() == region);
    let each = trails.into_iter().filter_map(|shown| Some((by_name(&shown.by)?, by_name(&shown.home), shown)));
    futures::future::join_all(each.map(|(by, home, shown)| one(by, home, unknown, shown, run))).await;
    populations
}

/// A trail with what was asked about it at home, for those who follow its events.
pub struct Described {
    /// The trail.
    pub shown: Shown,
    /// Its status, with the call.
    pub status: (Fact<TrailStatus>, Vec<CallId>),
    /// What it selects, with the call.
    pub selection: (Fact<Selection>, Vec<CallId>),
}

/// Lists the trails of an account as [`collect`] does, and asks about those that `followed` picks. Questions that were asked before
/// are answered by the session.
pub async fn described(
    callers: &[Caller],
    unknown: Option<&Gap>,
    followed: impl Fn(&Shown) -> bool,
) -> (Vec<Described>, Vec<Shown>, Vec<Population>) {
    let (trails, populations) = list(callers, unknown).await;
    let (followed, left): (Vec<Shown>, Vec<Shown>) = trails.into_iter().partition(followed);
    let by_name = |region: &str| callers.iter().find(|caller| caller.endpoint_region() == region);
    let each = followed.into_iter().filter_map(|shown| Some((by_name(&shown.by)?, by_name(&shown.home), shown)));
    let one = async |(by, home, shown): (&Caller, Option<&Caller>, Shown)| {
        let asked = Asked { by, home, unknown, arn: &shown.arn, home_region: &shown.home, run: None };
        let (status, selection) = tokio::join!(asked.status(), asked.selection());
        Described { shown, status, selection }
    };
    (futures::future::join_all(each.map(one)).await, left, populations)
}

/// One trail: `by` showed it, `home` is asked about it.
async fn one(by: &Caller, home: Option<&Caller>, unknown: Option<&Gap>, shown: Shown, run: &Run<'_>) {
    let asked = Asked { by, home, unknown, arn: &shown.arn, home_region: &shown.home, run: Some(run) };
    let (status, selection, insights) = tokio::join!(asked.status(), asked.selection(), asked.insights());
    let paths = [("", vec![shown.call]), ("status", status.1), ("selection", selection.1), ("insight_types", insights.1)];
    let place = Place { account: by.account().to_owned(), region: shown.home.clone() };
    let facts = facts_of(by, &shown, (status.0, selection.0, insights.0));
    let name = shown.trail.name.clone().unwrap_or_else(|| shown.arn.clone());
    run.found(&Resource::new(&place, TRAIL, shown.arn.clone(), name, &facts, sources(paths)));
}

type More = (Fact<TrailStatus>, Fact<Selection>, Fact<Vec<String>>);

fn facts_of(by: &Caller, shown: &Shown, (status, selection, insight_types): More) -> facts::Trail {
    let at = At::call(by, DESCRIBE_TRAILS, shown.call);
    let trail = shown.trail.clone();
    let owner = Some(part(&shown.arn, 4)).filter(|owner| !owner.is_empty()).map(str::to_owned);
    let owner = at.need(owner, "TrailARN");
    facts::Trail {
        name: at.need(trail.name, "Name"),
        trail_arn: shown.arn.clone().into(),
        home_region: at.need(trail.home_region, "HomeRegion"),
        inherited_from: owner.clone().map(|owner| Some(owner).filter(|owner| owner != by.account())),
        owner_account: owner,
        is_multi_region_trail: at.need(trail.is_multi_region_trail, "IsMultiRegionTrail"),
        is_organization_trail: at.need(trail.is_organization_trail, "IsOrganizationTrail"),
        include_global_service_events: at.need(trail.include_global_service_events, "IncludeGlobalServiceEvents"),
        log_file_validation_enabled: at.need(trail.log_file_validation_enabled, "LogFileValidationEnabled"),
        kms_key_id: set(trail.kms_key_id).into(),
        s3_bucket_arn: set(trail.s3_bucket_name.clone()).map(|bucket| bucket_arn(by.partition(), &bucket)).into(),
        log_file_prefix: log_file_prefix(trail.s3_key_prefix.as_deref()).into(),
        s3_bucket_name: set(trail.s3_bucket_name).into(),
        s3_key_prefix: set(trail.s3_key_prefix).into(),
        sns_topic_arn: set(trail.sns_topic_arn).into(),
        cloud_watch_logs_log_group_arn: set(trail.cloud_watch_logs_log_group_arn).into(),
        cloud_watch_logs_role_arn: set(trail.cloud_watch_logs_role_arn).into(),
        has_custom_event_selectors: at.need(trail.has_custom_event_selectors, "HasCustomEventSelectors"),
        has_insight_selectors: at.need(trail.has_insight_selectors, "HasInsightSelectors"),
        status,
        selection,
        insight_types,
    }
}

/// CloudTrail writes below the trail's prefix, `AWSLogs/` and the account's (or organization's) id.
fn bucket_arn(partition: Partition, bucket: &str) -> String {
    format!("arn:{partition}:s3:::{bucket}")
}

fn log_file_prefix(prefix: Option<&str>) -> String {
    match prefix.filter(|prefix| !prefix.is_empty()) {
        Some(prefix) => format!("{prefix}/AWSLogs/"),
        None => "AWSLogs/".to_owned(),
    }
}

/// AWS sends some members empty instead of leaving them out.
fn set(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// What is asked about one trail.
struct Asked<'a> {
    by: &'a Caller,
    home: Option<&'a Caller>,
    unknown: Option<&'a Gap>,
    arn: &'a str,
    home_region: &'a str,
    /// Who says what is wanted; without it, everything is.
    run: Option<&'a Run<'a>>,
}

impl Asked<'_> {
    async fn status(&self) -> (Fact<TrailStatus>, Vec<CallId>) {
        let ask = async |caller: &Caller| {
            let client = caller.client(Client::new);
            caller.ask(GET_TRAIL_STATUS, |tap| client.get_trail_status().name(self.arn).customize().interceptor(tap).send()).await
        };
        self.group("status", GET_TRAIL_STATUS, ask, |at, output| at.read(status_of(output))).await
    }

    async fn selection(&self) -> (Fact<Selection>, Vec<CallId>) {
        let ask = async |caller: &Caller| {
            let client = caller.client(Client::new);
            let send = |tap| client.get_event_selectors().trail_name(self.arn).customize().interceptor(tap).send();
            caller.ask(GET_EVENT_SELECTORS, send).await
        };
        let partition = self.by.partition().id();
        let read = |at: At<'_>, output: aws_sdk_cloudtrail::operation::get_event_selectors::GetEventSelectorsOutput| {
            let basic: Vec<Basic> = output.event_selectors.unwrap_or_default().into_iter().map(basic).collect();
            let advanced: Vec<Advanced> = output.advanced_event_selectors.unwrap_or_default().into_iter().map(advanced).collect();
            Fact::Known(selection_of(at, partition, &basic, &advanced))
        };
        self.group("selection", GET_EVENT_SELECTORS, ask, read).await
    }

    async fn insights(&self) -> (Fact<Vec<String>>, Vec<CallId>) {
        let ask = async |caller: &Caller| {
            let client = caller.client(Client::new);
            let send = |tap| client.get_insight_selectors().trail_name(self.arn).customize().interceptor(tap).send();
            let reply = caller.ask(GET_INSIGHT_SELECTORS, send).await;
            let types = reply.map(|answer| answer.map(|output| Some(output.insight_selectors.unwrap_or_default())));
            types.or_when("InsightNotEnabledException", None)
        };
        let read = |at: At<'_>, selectors: Option<Vec<aws_sdk_cloudtrail::types::InsightSelector>>| {
            let named = selectors.unwrap_or_default().into_iter().map(|selector| Some(selector.insight_type?.as_str().to_owned()));
            let mut types: Option<Vec<String>> = named.collect();
            types.iter_mut().for_each(|types| types.sort());
            at.need(types, "InsightType")
        };
        self.group("insight_types", GET_INSIGHT_SELECTORS, ask, read).await
    }

    /// Asks the home Region, if the fact is wanted and the Region can be asked.
    async fn group<T, F>(
        &self,
        fact: &str,
        operation: Operation,
        ask: impl AsyncFnOnce(&Caller) -> Reply<T>,
        read: impl FnOnce(At<'_>, T) -> Fact<F>,
    ) -> (Fact<F>, Vec<CallId>) {
        if let Some(run) = self.run.filter(|run| !run.wants_fact(TRAIL, fact)) {
            return (Fact::Absent(run.unasked(self.by, TRAIL, fact)), Vec::new());
        }
        let Some(home) = self.home else { return (self.unreachable(operation), Vec::new()) };
        answered(home, operation, ask(home).await, read)
    }

    fn unreachable<T>(&self, operation: Operation) -> Fact<T> {
        let at = At::operation(self.by, operation);
        Fact::Absent(self.by.note(unasked(at, "trail's home Region", self.home_region, self.unknown)))
    }
}

fn status_of(output: GetTrailStatusOutput) -> Result<TrailStatus, String> {
    Ok(TrailStatus {
        is_logging: output.is_logging.ok_or_else(|| lacks("IsLogging"))?,
        latest_delivery_error: set(output.latest_delivery_error),
        latest_delivery_time: instant_if_set(output.latest_delivery_time, "LatestDeliveryTime")?,
        latest_cloud_watch_logs_delivery_error: set(output.latest_cloud_watch_logs_delivery_error),
        latest_cloud_watch_logs_delivery_time: instant_if_set(
            output.latest_cloud_watch_logs_delivery_time,
            "LatestCloudWatchLogsDeliveryTime",
        )?,
        latest_digest_delivery_error: set(output.latest_digest_delivery_error),
        latest_digest_delivery_time: instant_if_set(output.latest_digest_delivery_time, "LatestDigestDeliveryTime")?,
        start_logging_time: instant_if_set(output.start_logging_time, "StartLoggingTime")?,
        stop_logging_time: instant_if_set(output.stop_logging_time, "StopLoggingTime")?,
    })
}

fn selection_of(at: At<'_>, partition: &str, basic: &[Basic], advanced: &[Advanced]) -> Selection {
    let selected = select(partition, basic, advanced);
    Selection {
        style: selected.style.to_owned(),
        management_read: at.read(selected.management_read),
        management_write: at.read(selected.management_write),
        excluded_management_sources: at.read(selected.excluded_management_sources),
        s3_read_all: at.read(selected.s3_read_all),
        s3_write_all: at.read(selected.s3_write_all),
        lambda_all: at.read(selected.lambda_all),
        summary: selected.summary,
    }
}

fn basic(selector: EventSelector) -> Basic {
    let data = |resource: aws_sdk_cloudtrail::types::DataResource| DataResource {
        r#type: resource.r#type.unwrap_or_default(),
        values: resource.values.unwrap_or_default(),
    };
    Basic {
        read_write_type: selector.read_write_type.map(|word| word.as_str().to_owned()),
        include_management_events: selector.include_management_events,
        data_resources: selector.data_resources.unwrap_or_default().into_iter().map(data).collect(),
        exclude_management_event_sources: selector.exclude_management_event_sources.unwrap_or_default(),
    }
}

fn advanced(selector: AdvancedEventSelector) -> Advanced {
    let field = |field: AdvancedFieldSelector| Field {
        field: field.field,
        equals: field.equals.unwrap_or_default(),
        starts_with: field.starts_with.unwrap_or_default(),
        ends_with: field.ends_with.unwrap_or_default(),
        not_equals: field.not_equals.unwrap_or_default(),
        not_starts_with: field.not_starts_with.unwrap_or_default(),
        not_ends_with: field.not_ends_with.unwrap_or_default(),
    };
    Advanced { name: selector.name, field_selectors: selector.field_selectors.into_iter().map(field).collect() }
}
