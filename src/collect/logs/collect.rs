//! Collects the log groups of one Region.

use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::types::LogGroup;

use super::facts;
use super::kinds::{LOG_GROUP, SERVICE};
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, lacks, sources};
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::{Fact, Instant, Population, Resource};

const DESCRIBE_LOG_GROUPS: Operation = (SERVICE, "DescribeLogGroups");
/// The largest pages that CloudWatch Logs gives.
const PAGE: i32 = 50;

/// Collects the log groups of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(LOG_GROUP) {
        return Vec::new();
    }
    let client = caller.client(Client::new);
    let send =
        |token: Option<String>, tap| client.describe_log_groups().limit(PAGE).set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_cloudwatchlogs::operation::describe_log_groups::DescribeLogGroupsOutput| Page {
        items: output.log_groups.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(DESCRIBE_LOG_GROUPS, send, page).await;
    let (groups, proof) = Proof::of(caller, DESCRIBE_LOG_GROUPS, listing, |group: &LogGroup| group.arn.as_deref().map(without_streams));
    for (call, group) in &groups {
        // The listing has left out what has no ARN.
        let id = group.arn.as_deref().map(without_streams).unwrap_or_default();
        let name = group.log_group_name.clone().unwrap_or_else(|| id.clone());
        let facts = facts_of(At::call(caller, DESCRIBE_LOG_GROUPS, *call), group);
        run.found(&Resource::new(caller.place(), LOG_GROUP, id, name, &facts, sources([("", vec![*call])])));
    }
    vec![proof.population(caller, LOG_GROUP, groups.len() as u64, None)]
}

/// The group's own ARN: `arn` of the listing ends in `:*`, which stands for its streams.
fn without_streams(arn: &str) -> String {
    arn.strip_suffix(":*").unwrap_or(arn).to_owned()
}

fn facts_of(at: At<'_>, group: &LogGroup) -> facts::LogGroup {
    facts::LogGroup {
        log_group_name: at.need(group.log_group_name.clone(), "logGroupName"),
        log_group_class: group.log_group_class.as_ref().map_or("STANDARD", |class| class.as_str()).to_owned().into(),
        retention_in_days: group.retention_in_days.map(i64::from).into(),
        kms_key_id: group.kms_key_id.clone().filter(|key| !key.is_empty()).into(),
        creation_time: creation_time(at, group.creation_time),
        stored_bytes: group.stored_bytes.into(),
        metric_filter_count: group.metric_filter_count.map(i64::from).into(),
    }
}

/// Milliseconds since 1970.
fn creation_time(at: At<'_>, told: Option<i64>) -> Fact<Instant> {
    let time = told.ok_or_else(|| lacks("creationTime"));
    at.read(time.and_then(|millis| Instant::from_timestamp_millis(millis).ok_or_else(|| format!("`creationTime` is not a time: {millis}"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    #[test]
    fn a_group_that_never_expires_has_no_retention_and_a_strange_time_is_absent() {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, DESCRIBE_LOG_GROUPS, CallId(1));
        let kept = facts_of(at, &LogGroup::builder().log_group_name("trail").creation_time(1_790_000_000_000).build());
        assert_eq!((kept.retention_in_days, kept.kms_key_id), (Fact::Known(None), Fact::Known(None)));
        assert_eq!(kept.creation_time.known().map(ToString::to_string).as_deref(), Some("2026-09-21 14:13:20 UTC"));
        assert!(creation_time(at, Some(i64::MAX)).known().is_none() && creation_time(at, None).known().is_none());
    }

    #[test]
    fn the_id_is_the_arn_of_the_group_and_not_of_its_streams() {
        assert_eq!(without_streams("arn:aws:logs:eu-west-1:1:log-group:a:*"), "arn:aws:logs:eu-west-1:1:log-group:a");
        assert_eq!(without_streams("arn:aws:logs:eu-west-1:1:log-group:a*"), "arn:aws:logs:eu-west-1:1:log-group:a*");
    }
}
