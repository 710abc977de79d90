//! Metric filters of one Region, as those need them who follow events to an alarm: read, with what they count.

use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::types::{MetricFilter, MetricTransformation};

use super::kinds::SERVICE;
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation};
use crate::collect::proof::Proof;
use crate::model::{CallId, GapId, Reason};
use crate::pattern::Pattern;

/// The listing.
pub const DESCRIBE_METRIC_FILTERS: Operation = (SERVICE, "DescribeMetricFilters");
/// The largest pages that CloudWatch Logs gives.
const PAGE: i32 = 50;

/// A metric filter.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// `filterName`.
    pub name: String,
    /// `logGroupName`.
    pub log_group: String,
    /// Its pattern; or why it is not read.
    pub pattern: Result<Pattern, String>,
    /// What each match adds to which metric.
    pub counts: Vec<Count>,
    /// The page that showed it.
    pub call: CallId,
}

/// One `metricTransformation`.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// `metricNamespace`.
    pub namespace: String,
    /// `metricName`.
    pub metric: String,
    /// Whether each match raises the metric: by a fixed number above 0, and the one metric for all matches; `Err` says why that is not
    /// known.
    pub raises: Result<bool, String>,
}

/// The metric filters of a Region, or why they are not all known, with the calls.
pub struct Filters {
    /// All of them, if that is known.
    pub all: Result<Vec<Filter>, GapId>,
    /// The calls of the listing.
    pub calls: Vec<CallId>,
}

/// Lists the metric filters of a Region.
pub async fn list(caller: &Caller) -> Filters {
    let client = caller.client(Client::new);
    let send =
        |token: Option<String>, tap| client.describe_metric_filters().limit(PAGE).set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_cloudwatchlogs::operation::describe_metric_filters::DescribeMetricFiltersOutput| Page {
        items: output.metric_filters.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(DESCRIBE_METRIC_FILTERS, send, page).await;
    let id = |filter: &MetricFilter| Some(format!("{}\0{}", filter.log_group_name.as_deref()?, filter.filter_name.as_deref()?));
    let (filters, proof) = Proof::of(caller, DESCRIBE_METRIC_FILTERS, listing, id);
    let read = |(call, filter): &(CallId, MetricFilter)| {
        filter_of(*call, filter)
            .ok_or_else(|| At::call(caller, DESCRIBE_METRIC_FILTERS, *call).note(Reason::Failed, "a metric filter lacks its pattern"))
    };
    let all = match proof.noted(caller) {
        Some(gap) => Err(gap),
        None => filters.iter().map(read).collect(),
    };
    Filters { all, calls: proof.calls }
}

/// `None` where a member is missing that AWS always sends.
fn filter_of(call: CallId, told: &MetricFilter) -> Option<Filter> {
    let text = told.filter_pattern.as_deref()?;
    let pattern = match (&told.field_selection_criteria, told.apply_on_transformed_logs) {
        (Some(criteria), _) if !criteria.is_empty() => Err("it looks only at events that its field selection picks".to_owned()),
        (_, true) => Err("it looks at events as a transformer of the log group made them".to_owned()),
        _ => Pattern::parse(text),
    };
    let split = told.emit_system_field_dimensions.as_ref().is_some_and(|fields| !fields.is_empty());
    Some(Filter {
        name: told.filter_name.clone()?,
        log_group: told.log_group_name.clone()?,
        pattern,
        counts: told.metric_transformations.as_ref()?.iter().map(|one| count(one, split)).collect(),
        call,
    })
}

fn count(told: &MetricTransformation, split: bool) -> Count {
    let split = split || told.dimensions.as_ref().is_some_and(|dimensions| !dimensions.is_empty());
    let raises = match told.metric_value.trim().parse::<f64>() {
        _ if split => Ok(false),
        Ok(value) => Ok(value > 0.0),
        Err(_) => Err("what a match adds to the metric is taken from the event".to_owned()),
    };
    Count { namespace: told.metric_namespace.clone(), metric: told.metric_name.clone(), raises }
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudwatchlogs::types::builders::MetricFilterBuilder;

    use super::*;

    fn counting(value: &str) -> MetricTransformation {
        MetricTransformation::builder().metric_name("Root").metric_namespace("Trail").metric_value(value).build().expect("all are set")
    }

    fn read(filter: MetricFilterBuilder) -> Option<Filter> {
        filter_of(CallId(1), &filter.filter_name("f").log_group_name("g").build())
    }

    #[test]
    fn a_filter_is_read_with_its_pattern_and_what_it_counts() {
        let told = MetricFilter::builder().filter_pattern("{ $.a = x }").metric_transformations(counting("1"));
        let filter = read(told).expect("whole");
        assert!(matches!(filter.pattern, Ok(Pattern::Json(_))));
        assert_eq!(filter.counts, [Count { namespace: "Trail".into(), metric: "Root".into(), raises: Ok(true) }]);
        assert_eq!(read(MetricFilter::builder().metric_transformations(counting("1"))), None, "an empty pattern is sent as such");
    }

    #[test]
    fn what_a_match_adds_is_judged_by_its_value_and_dimensions() {
        let raises = |one: &MetricTransformation| count(one, false).raises;
        assert_eq!(raises(&counting("0")), Ok(false));
        assert_eq!(raises(&counting("2.5")), Ok(true));
        assert!(raises(&counting("$.bytes")).is_err());
        let split = MetricTransformation::builder().metric_name("m").metric_namespace("n").metric_value("1").dimensions("User", "$.user");
        assert_eq!(raises(&split.build().expect("all are set")), Ok(false), "an alarm sees one value of a dimension at a time");
        assert_eq!(count(&counting("1"), true).raises, Ok(false));
    }

    #[test]
    fn a_filter_over_part_of_the_events_or_over_changed_ones_is_not_read() {
        let told = || MetricFilter::builder().filter_pattern("").metric_transformations(counting("1"));
        assert!(read(told().field_selection_criteria("@aws.account IN [\"1\"]")).is_some_and(|filter| filter.pattern.is_err()));
        assert!(read(told().apply_on_transformed_logs(true)).is_some_and(|filter| filter.pattern.is_err()));
        assert_eq!(read(told()).map(|filter| filter.pattern), Some(Ok(Pattern::Everything)));
    }
}
