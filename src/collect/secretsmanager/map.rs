//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use aws_sdk_secretsmanager::types::SecretListEntry;

use super::facts;
use crate::collect::at::At;
use crate::collect::resource_policy::ResourcePolicy;
use crate::model::Fact;

/// The facts of a secret of this Region.
pub fn secret(at: At<'_>, told: &SecretListEntry, region: &str, policy: Fact<Option<ResourcePolicy>>) -> facts::Secret {
    let schedule = told.rotation_rules.as_ref().and_then(|rules| rules.schedule_expression.clone()).filter(|text| !text.is_empty());
    facts::Secret {
        name: at.need(told.name.clone(), "Name"),
        arn: at.need(told.arn.clone(), "ARN"),
        owning_service: told.owning_service.clone().filter(|name| !name.is_empty()).into(),
        replica: told.primary_region.as_deref().is_some_and(|primary| !primary.is_empty() && primary != region).into(),
        primary_region: told.primary_region.clone().filter(|name| !name.is_empty()).into(),
        rotation_enabled: told.rotation_enabled.unwrap_or(false).into(),
        schedule_expression: schedule.into(),
        rotation_interval_days: at.read(interval(told)),
        next_rotation_date: at.instant_if_set(told.next_rotation_date, "NextRotationDate"),
        last_rotated_date: at.instant_if_set(told.last_rotated_date, "LastRotatedDate"),
        last_changed_date: at.instant_if_set(told.last_changed_date, "LastChangedDate"),
        created_date: at.instant(told.created_date, "CreatedDate"),
        policy,
    }
}

/// Days from one rotation to the next.
fn interval(told: &SecretListEntry) -> Result<Option<i64>, String> {
    if told.rotation_enabled != Some(true) {
        return Ok(None);
    }
    let rules = told.rotation_rules.as_ref();
    if let Some(days) = rules.and_then(|rules| rules.automatically_after_days) {
        return Ok(Some(days));
    }
    match rules.and_then(|rules| rules.schedule_expression.as_deref()).filter(|text| !text.is_empty()) {
        None => Err("rotation is on, but the answer tells no schedule".to_owned()),
        Some(text) => rate(text).map(Some).ok_or_else(|| {
            format!("how many days lie between rotations by `{text}` is not told: Secrets Manager computes it after the first one")
        }),
    }
}

/// The days of `rate(10 days)` or `rate(4 hours)`, a day begun counted whole.
fn rate(expression: &str) -> Option<i64> {
    let (number, unit) = expression.strip_prefix("rate(")?.strip_suffix(')')?.trim().split_once(' ')?;
    let number: i64 = number.parse().ok().filter(|number| *number > 0)?;
    match unit.trim() {
        "day" | "days" => Some(number),
        "hour" | "hours" => Some((number + 23) / 24),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_secretsmanager::types::RotationRulesType;
    use aws_sdk_secretsmanager::types::builders::{RotationRulesTypeBuilder, SecretListEntryBuilder};
    use aws_smithy_types::DateTime;

    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    fn entry() -> SecretListEntryBuilder {
        SecretListEntry::builder().name("prod/db").arn("arn").created_date(DateTime::from_secs(1_700_000_000))
    }

    fn read(told: SecretListEntryBuilder) -> (facts::Secret, Vec<String>) {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("Secrets Manager", "ListSecrets"), CallId(1));
        (secret(at, &told.build(), "eu-west-1", Fact::Known(None)), noted.details())
    }

    fn rotating(rules: RotationRulesTypeBuilder) -> (Option<Option<i64>>, Vec<String>) {
        let (facts, details) = read(entry().rotation_enabled(true).rotation_rules(rules.build()));
        (facts.rotation_interval_days.known().copied(), details)
    }

    #[test]
    fn the_interval_is_what_secrets_manager_computed_or_what_the_rate_says() {
        let rules = RotationRulesType::builder;
        assert_eq!(rotating(rules().automatically_after_days(30)).0, Some(Some(30)));
        assert_eq!(rotating(rules().automatically_after_days(31).schedule_expression("cron(0 4 1 * ? *)")).0, Some(Some(31)));
        for (rate, days) in [("rate(10 days)", 10), ("rate(1 day)", 1), ("rate(4 hours)", 1), ("rate(25 hours)", 2)] {
            assert_eq!(rotating(rules().schedule_expression(rate)).0, Some(Some(days)), "{rate}");
        }
        for unclear in ["cron(0 4 1 * ? *)", "rate(0 days)", "rate(1 month)", "often"] {
            let (days, details) = rotating(rules().schedule_expression(unclear));
            assert_eq!(days, None, "{unclear}");
            assert!(details[0].contains(unclear), "{details:?}");
        }
        assert_eq!(rotating(rules()), (None, vec!["failed: rotation is on, but the answer tells no schedule".to_owned()]));
    }

    #[test]
    fn rotation_that_was_never_set_up_is_off_and_one_that_is_off_has_no_interval() {
        let (never, details) = read(entry());
        assert_eq!((never.rotation_enabled, never.rotation_interval_days), (Fact::Known(false), Fact::Known(None)));
        let rules = RotationRulesType::builder().automatically_after_days(30).build();
        let (off, _) = read(entry().rotation_enabled(false).rotation_rules(rules));
        assert_eq!((off.rotation_interval_days, details), (Fact::Known(None), Vec::new()));
    }

    #[test]
    fn only_a_primary_elsewhere_makes_a_replica() {
        let replica = |region: &str| read(entry().primary_region(region)).0.replica;
        assert_eq!((replica("us-east-1"), replica("eu-west-1"), replica("")), (true.into(), false.into(), false.into()));
        assert_eq!(read(entry()).0.replica, Fact::Known(false));
        let nothing = SecretListEntry::builder().name("x").arn("a");
        assert!(read(nothing).0.created_date.known().is_none());
    }
}
