//! Collects the alarms of one Region.

use aws_sdk_cloudwatch::types::{CompositeAlarm, MetricAlarm};

use super::alarms::{self, Alarm, DESCRIBE_ALARMS, computed_from, watched};
use super::facts;
use super::kinds::{ALARM, COMPOSITE_ALARM};
use crate::aws::Caller;
use crate::collect::at::{At, sources};
use crate::collect::scope::Run;
use crate::model::{CallId, Population, Resource};

/// Collects the alarms of one Region, of both types.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let (found, proof) = alarms::list(caller).await;
    let mut counts = [(ALARM, 0), (COMPOSITE_ALARM, 0)];
    for (call, alarm) in &found {
        let at = At::call(caller, DESCRIBE_ALARMS, *call);
        match alarm {
            Alarm::Metric(alarm) => {
                counts[0].1 += u64::from(run.wants(ALARM));
                hand_on(caller, run, *call, (ALARM, alarm.alarm_arn.as_deref(), alarm.alarm_name.as_deref()), &metric_alarm(at, alarm));
            }
            Alarm::Composite(alarm) => {
                counts[1].1 += u64::from(run.wants(COMPOSITE_ALARM));
                let named = (COMPOSITE_ALARM, alarm.alarm_arn.as_deref(), alarm.alarm_name.as_deref());
                hand_on(caller, run, *call, named, &composite_alarm(at, alarm));
            }
        }
    }
    counts.into_iter().filter(|(kind, _)| run.wants(kind)).map(|(kind, count)| proof.population(caller, kind, count, None)).collect()
}

fn hand_on(
    caller: &Caller,
    run: &Run<'_>,
    call: CallId,
    (kind, arn, name): (&str, Option<&str>, Option<&str>),
    facts: &impl serde::Serialize,
) {
    if !run.wants(kind) {
        return;
    }
    // The listing has left out what has no ARN.
    let id = arn.unwrap_or_default().to_owned();
    let name = name.map_or_else(|| id.clone(), str::to_owned);
    run.found(&Resource::new(caller.place(), kind, id, name, facts, sources([("", vec![call])])));
}

fn metric_alarm(at: At<'_>, alarm: &MetricAlarm) -> facts::Alarm {
    let watched = watched(alarm);
    let computed: Vec<String> = match watched {
        Some(_) => Vec::new(),
        None => computed_from(alarm).into_iter().map(|metric| format!("{}/{}", metric.namespace, metric.name)).collect(),
    };
    facts::Alarm {
        alarm_name: at.need(alarm.alarm_name.clone(), "AlarmName"),
        alarm_arn: at.need(alarm.alarm_arn.clone(), "AlarmArn"),
        actions_enabled: at.need(alarm.actions_enabled, "ActionsEnabled"),
        alarm_actions: alarm.alarm_actions.clone().unwrap_or_default().into(),
        state_value: at.need(alarm.state_value.as_ref().map(|state| state.as_str().to_owned()), "StateValue"),
        namespace: watched.as_ref().map(|metric| metric.namespace.clone()).into(),
        metric_name: watched.as_ref().map(|metric| metric.name.clone()).into(),
        dimensions: watched.map(|metric| metric.dimensions).unwrap_or_default().into(),
        comparison_operator: alarm.comparison_operator.as_ref().map(|operator| operator.as_str().to_owned()).into(),
        threshold: alarm.threshold.into(),
        computed_from: computed.into(),
    }
}

fn composite_alarm(at: At<'_>, alarm: &CompositeAlarm) -> facts::CompositeAlarm {
    facts::CompositeAlarm {
        alarm_name: at.need(alarm.alarm_name.clone(), "AlarmName"),
        alarm_arn: at.need(alarm.alarm_arn.clone(), "AlarmArn"),
        alarm_rule: at.need(alarm.alarm_rule.clone(), "AlarmRule"),
        actions_enabled: at.need(alarm.actions_enabled, "ActionsEnabled"),
        alarm_actions: alarm.alarm_actions.clone().unwrap_or_default().into(),
        actions_suppressor: alarm.actions_suppressor.clone().filter(|name| !name.is_empty()).into(),
        state_value: at.need(alarm.state_value.as_ref().map(|state| state.as_str().to_owned()), "StateValue"),
    }
}
