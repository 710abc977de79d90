//! Which alarms watch a metric, for facts of other services' resources.

use super::alarms::{self, Alarm, DESCRIBE_ALARMS, watched};
use crate::aws::Caller;
use crate::collect::at::At;
use crate::model::{CallId, Fact, GapId, Reason};

/// The alarms of a Region that do something when they go off, or why they are not known.
pub struct Watching {
    found: Vec<(CallId, Alarm)>,
    gap: Option<GapId>,
    /// The calls of the listing.
    pub calls: Vec<CallId>,
}

/// One metric as an alarm may name it: its names, any of which will do, and its dimensions as `Name=Value`, sorted.
pub struct Wanted {
    /// `Namespace`.
    pub namespace: &'static str,
    /// `MetricName`s.
    pub names: &'static [&'static str],
    /// Sets of `Dimensions`, any of which will do.
    pub dimensions: Vec<Vec<String>>,
}

impl Watching {
    /// Lists the alarms of a Region.
    pub async fn list(caller: &Caller) -> Self {
        let (found, proof) = alarms::list(caller).await;
        Watching { gap: proof.noted(caller), found, calls: proof.calls }
    }

    /// Alarms that nobody asked for.
    pub fn unasked(gap: GapId) -> Self {
        Watching { found: Vec::new(), gap: Some(gap), calls: Vec::new() }
    }

    /// Names of the alarms whose actions are on and not none, and that watch the metric; absent where the list is not known.
    pub fn of(&self, caller: &Caller, wanted: &Wanted) -> Fact<Vec<String>> {
        if let Some(gap) = &self.gap {
            return Fact::Absent(gap.clone());
        }
        match names(&self.found, wanted) {
            Ok(names) => Fact::Known(names),
            Err(why) => At::operation(caller, DESCRIBE_ALARMS).absent(Reason::Failed, why),
        }
    }
}

/// Alarms on the errors of a stage: on those of clients, and on those of the server.
pub type ErrorAlarms = (Fact<Vec<String>>, Fact<Vec<String>>);

impl Watching {
    /// The alarms on the errors of a REST API's stage. Its metrics bear the API's name, alone or with the stage's.
    pub fn rest_errors(&self, caller: &Caller, api_name: &str, stage: &str) -> ErrorAlarms {
        self.errors(caller, ("ApiName", api_name), stage, (&["4XXError"], &["5XXError"]))
    }

    /// The alarms on the errors of an HTTP or WebSocket API's stage. Its metrics bear the API's id, alone or with the stage's name.
    pub fn v2_errors(&self, caller: &Caller, protocol: &str, api_id: &str, stage: &str) -> ErrorAlarms {
        let names: (Names, Names) = match protocol {
            "WEBSOCKET" => (&["ClientError"], &["IntegrationError", "ExecutionError"]),
            _ => (&["4xx"], &["5xx"]),
        };
        self.errors(caller, ("ApiId", api_id), stage, names)
    }

    fn errors(&self, caller: &Caller, api: (&str, &str), stage: &str, (client, server): (Names, Names)) -> ErrorAlarms {
        let api = format!("{}={}", api.0, api.1);
        let dimensions = vec![vec![api.clone(), format!("Stage={stage}")], vec![api]];
        let wanted = |names| Wanted { namespace: "AWS/ApiGateway", names, dimensions: dimensions.clone() };
        (self.of(caller, &wanted(client)), self.of(caller, &wanted(server)))
    }
}

type Names = &'static [&'static str];

/// Alarms on the metric alone. Where there is none, but one that may compute from it, nobody can say.
fn names(found: &[(CallId, Alarm)], wanted: &Wanted) -> Result<Vec<String>, String> {
    let acting = found.iter().filter_map(|(_, alarm)| match alarm {
        Alarm::Metric(alarm) if alarm.actions_enabled == Some(true) && alarm.alarm_actions.as_ref().is_some_and(|all| !all.is_empty()) => {
            Some(&**alarm)
        }
        _ => None,
    });
    let (mut names, mut computing) = (Vec::new(), None);
    for alarm in acting {
        let name = || alarm.alarm_name.clone().unwrap_or_default();
        match watched(alarm) {
            Some(metric) => {
                let same = metric.namespace == wanted.namespace && wanted.names.contains(&metric.name.as_str());
                names.extend((same && wanted.dimensions.contains(&metric.dimensions)).then(name));
            }
            None => {
                let from = alarms::computed_from(alarm);
                let named = from.iter().any(|metric| metric.namespace == wanted.namespace && wanted.names.contains(&metric.name.as_str()));
                let found = wanted.names.iter().any(|name| alarms::may_find(alarm, name));
                computing = computing.or_else(|| (named || found).then(name));
            }
        }
    }
    names.sort();
    match (names.is_empty(), computing) {
        (true, Some(name)) => Err(format!("the alarm `{name}` computes from such a metric, which is not judged")),
        _ => Ok(names),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudwatch::types::{Dimension, MetricAlarm, MetricDataQuery};

    use super::*;

    fn alarm(name: &str, metric: &str, stage: &str, on: bool) -> (CallId, Alarm) {
        let dimension = |name: &str, value: &str| Dimension::builder().name(name).value(value).build();
        let built = MetricAlarm::builder()
            .alarm_name(name)
            .namespace("AWS/ApiGateway")
            .metric_name(metric)
            .dimensions(dimension("Stage", stage))
            .dimensions(dimension("ApiName", "orders"))
            .actions_enabled(on)
            .alarm_actions("arn:aws:sns:eu-west-1:111122223333:duty");
        (CallId(1), Alarm::Metric(Box::new(built.build())))
    }

    fn wanted() -> Wanted {
        let dimensions = vec![vec!["ApiName=orders".to_owned(), "Stage=prod".to_owned()], vec!["ApiName=orders".to_owned()]];
        Wanted { namespace: "AWS/ApiGateway", names: &["5XXError"], dimensions }
    }

    #[test]
    fn an_alarm_watches_the_metric_of_its_names_and_dimensions_only() {
        let found = [alarm("b", "5XXError", "prod", true), alarm("a", "5XXError", "prod", true)];
        assert_eq!(names(&found, &wanted()), Ok(vec!["a".to_owned(), "b".to_owned()]));
        for other in [alarm("x", "4XXError", "prod", true), alarm("x", "5XXError", "test", true), alarm("x", "5XXError", "prod", false)] {
            assert_eq!(names(&[other], &wanted()), Ok(Vec::new()));
        }
    }

    #[test]
    fn an_alarm_that_may_compute_from_the_metric_leaves_it_open() {
        let query = MetricDataQuery::builder().id("q").expression("SELECT SUM(\"5XXError\") FROM \"AWS/ApiGateway\"").build();
        let computing = MetricAlarm::builder().alarm_name("all").metrics(query).actions_enabled(true).alarm_actions("arn:x").build();
        let computing = (CallId(1), Alarm::Metric(Box::new(computing)));
        assert!(names(std::slice::from_ref(&computing), &wanted()).is_err());
        assert_eq!(names(&[computing, alarm("a", "5XXError", "prod", true)], &wanted()), Ok(vec!["a".to_owned()]));
    }
}
