//! The alarms of one Region, listed once for everybody who needs them.

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::types::{AlarmType, ComparisonOperator, CompositeAlarm, Dimension, MetricAlarm, MetricDataQuery};

use super::kinds::SERVICE;
use crate::aws::{Caller, Page};
use crate::collect::at::Operation;
use crate::collect::proof::Proof;
use crate::model::CallId;

/// The listing.
pub const DESCRIBE_ALARMS: Operation = (SERVICE, "DescribeAlarms");
/// The largest pages that CloudWatch gives.
const PAGE: i32 = 100;

/// An alarm of either type.
#[derive(Clone, Debug)]
pub enum Alarm {
    /// On metrics.
    Metric(Box<MetricAlarm>),
    /// On alarms.
    Composite(Box<CompositeAlarm>),
}

impl Alarm {
    /// ARN.
    pub fn arn(&self) -> Option<&str> {
        match self {
            Alarm::Metric(alarm) => alarm.alarm_arn.as_deref(),
            Alarm::Composite(alarm) => alarm.alarm_arn.as_deref(),
        }
    }
}

/// Lists the alarms of a Region. Without the types, AWS would leave composite alarms out.
pub async fn list(caller: &Caller) -> (Vec<(CallId, Alarm)>, Proof) {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        let request = client.describe_alarms().alarm_types(AlarmType::CompositeAlarm).alarm_types(AlarmType::MetricAlarm);
        request.max_records(PAGE).set_next_token(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_cloudwatch::operation::describe_alarms::DescribeAlarmsOutput| {
        let metric = output.metric_alarms.unwrap_or_default().into_iter().map(|alarm| Alarm::Metric(Box::new(alarm)));
        let composite = output.composite_alarms.unwrap_or_default().into_iter().map(|alarm| Alarm::Composite(Box::new(alarm)));
        Page { items: metric.chain(composite).collect(), token: output.next_token, truncated: false }
    };
    let listing = caller.list(DESCRIBE_ALARMS, send, page).await;
    Proof::of(caller, DESCRIBE_ALARMS, listing, |alarm: &Alarm| alarm.arn().map(str::to_owned))
}

/// A metric by name, with its dimensions as `Name=Value`, sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Metric {
    /// `Namespace`.
    pub namespace: String,
    /// `MetricName`.
    pub name: String,
    /// `Dimensions`.
    pub dimensions: Vec<String>,
}

/// The one metric that an alarm watches: named by the alarm itself, or the only one of its `Metrics`, taken as it is.
pub fn watched(alarm: &MetricAlarm) -> Option<Metric> {
    match alarm.metrics.as_deref().unwrap_or_default() {
        [] => Some(Metric {
            namespace: alarm.namespace.clone()?,
            name: alarm.metric_name.clone()?,
            dimensions: dimensions(alarm.dimensions.as_deref()),
        }),
        [query] if query.expression.is_none() => queried(query),
        _ => None,
    }
}

/// The metrics from which an alarm computes.
pub fn computed_from(alarm: &MetricAlarm) -> Vec<Metric> {
    let mut metrics: Vec<Metric> = alarm.metrics.as_deref().unwrap_or_default().iter().filter_map(queried).collect();
    metrics.sort();
    metrics.dedup();
    metrics
}

/// Whether an alarm computes from metrics that a query or a search finds, which may be the one of this name.
pub fn may_find(alarm: &MetricAlarm, name: &str) -> bool {
    let finds = |text: &str| ["SEARCH", "SELECT"].iter().any(|word| text.to_ascii_uppercase().contains(word)) && text.contains(name);
    alarm.metrics.as_deref().unwrap_or_default().iter().any(|query| query.expression.as_deref().is_some_and(finds))
}

fn queried(query: &MetricDataQuery) -> Option<Metric> {
    let metric = query.metric_stat.as_ref()?.metric.as_ref()?;
    let (namespace, name) = (metric.namespace.clone()?, metric.metric_name.clone()?);
    Some(Metric { namespace, name, dimensions: dimensions(metric.dimensions.as_deref()) })
}

/// Dimensions as `Name=Value`, sorted.
pub fn dimensions(told: Option<&[Dimension]>) -> Vec<String> {
    let text = |one: &Dimension| format!("{}={}", one.name.as_deref().unwrap_or_default(), one.value.as_deref().unwrap_or_default());
    let mut texts: Vec<String> = told.unwrap_or_default().iter().map(text).collect();
    texts.sort();
    texts
}

/// Whether it goes off when the metric is high, by a fixed threshold.
pub fn rises(alarm: &MetricAlarm) -> bool {
    let high = [ComparisonOperator::GreaterThanOrEqualToThreshold, ComparisonOperator::GreaterThanThreshold];
    alarm.comparison_operator.as_ref().is_some_and(|operator| high.contains(operator)) && alarm.threshold_metric_id.is_none()
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudwatch::types::{Metric as Named, MetricStat};

    use super::*;

    fn query(name: &str, expression: Option<&str>) -> MetricDataQuery {
        let metric = Named::builder().namespace("Trail").metric_name(name).build();
        let stat = MetricStat::builder().metric(metric).period(300).stat("Sum").build();
        MetricDataQuery::builder()
            .id(name)
            .set_metric_stat(expression.is_none().then_some(stat))
            .set_expression(expression.map(str::to_owned))
            .build()
    }

    fn names(metrics: Vec<Metric>) -> Vec<String> {
        metrics.into_iter().map(|metric| metric.name).collect()
    }

    #[test]
    fn an_alarm_watches_the_metric_it_names_or_the_only_one_it_queries() {
        let one = Dimension::builder().name("Stage").value("prod").build();
        let two = Dimension::builder().name("ApiId").value("ab12").build();
        let named = MetricAlarm::builder().namespace("AWS/ApiGateway").metric_name("5xx").dimensions(one).dimensions(two).build();
        assert_eq!(watched(&named).map(|metric| metric.dimensions), Some(vec!["ApiId=ab12".to_owned(), "Stage=prod".to_owned()]));
        let single = MetricAlarm::builder().metrics(query("root", None)).build();
        assert_eq!(watched(&single).map(|metric| metric.name).as_deref(), Some("root"));
        let computed = MetricAlarm::builder().metrics(query("root", None)).metrics(query("sum", Some("root * 2"))).build();
        assert_eq!((watched(&computed), names(computed_from(&computed))), (None, vec!["root".to_owned()]));
        assert!(!may_find(&computed, "root"));
        let found = MetricAlarm::builder().metrics(query("q", Some("SELECT SUM(RootUsage) FROM Trail"))).build();
        assert!(watched(&found).is_none() && may_find(&found, "RootUsage") && !may_find(&found, "Other"));
    }

    #[test]
    fn only_a_fixed_threshold_that_is_exceeded_rises() {
        let alarm = |operator| MetricAlarm::builder().comparison_operator(operator).build();
        assert!(
            rises(&alarm(ComparisonOperator::GreaterThanThreshold)) && rises(&alarm(ComparisonOperator::GreaterThanOrEqualToThreshold))
        );
        assert!(!rises(&alarm(ComparisonOperator::LessThanThreshold)) && !rises(&MetricAlarm::builder().build()));
        assert!(!rises(&alarm(ComparisonOperator::GreaterThanUpperThreshold)));
    }
}
