//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use aws_sdk_wafv2::types::{FilterBehavior, LoggingConfiguration, Statement, WebAcl};

use super::facts::{Logging, Rule};
use super::order::{Effect, Top, overrides, tops};

/// The rules in the order in which requests meet them.
pub fn rules(acl: &WebAcl) -> Vec<Rule> {
    tops(acl).iter().map(rule).collect()
}

fn rule(top: &Top<'_>) -> Rule {
    let (managed, reference) = (top.managed(), top.reference());
    let within = match (managed, reference) {
        (Some(managed), _) => overrides(managed.rule_action_overrides(), managed.excluded_rules()),
        (_, Some(reference)) => overrides(reference.rule_action_overrides(), reference.excluded_rules()),
        _ => overrides(&[], &[]),
    };
    let scoped = managed.is_some_and(|managed| managed.scope_down_statement.is_some());
    let rate = match top {
        Top::Own(rule) => rule.statement.as_ref().and_then(|statement| statement.rate_based_statement.as_ref()),
        Top::Manager(_) => None,
    };
    Rule {
        name: top.name().to_owned(),
        priority: i64::from(top.priority()),
        by_firewall_manager: matches!(top, Top::Manager(_)),
        action: top.effect().as_str().to_owned(),
        statement: statement(top).map(str::to_owned),
        managed_rule_group: managed.map(|managed| format!("{}/{}", managed.vendor_name, managed.name)),
        managed_rule_group_version: managed.and_then(|managed| managed.version.clone()),
        rule_group_arn: reference.map(|reference| reference.arn.clone()),
        scoped_down: scoped || rate.is_some_and(|rate| rate.scope_down_statement.is_some()),
        counted_rules: within.iter().filter(|(_, effect)| **effect == Effect::Count).map(|(name, _)| (*name).to_owned()).collect(),
    }
}

fn statement(top: &Top<'_>) -> Option<&'static str> {
    match top {
        Top::Own(rule) => rule.statement.as_ref().and_then(kind),
        Top::Manager(_) if top.managed().is_some() => Some("ManagedRuleGroupStatement"),
        Top::Manager(_) => top.reference().map(|_| "RuleGroupReferenceStatement"),
    }
}

/// The member that a statement has: always exactly one.
fn kind(statement: &Statement) -> Option<&'static str> {
    let members = [
        (statement.byte_match_statement.is_some(), "ByteMatchStatement"),
        (statement.sqli_match_statement.is_some(), "SqliMatchStatement"),
        (statement.xss_match_statement.is_some(), "XssMatchStatement"),
        (statement.size_constraint_statement.is_some(), "SizeConstraintStatement"),
        (statement.geo_match_statement.is_some(), "GeoMatchStatement"),
        (statement.rule_group_reference_statement.is_some(), "RuleGroupReferenceStatement"),
        (statement.ip_set_reference_statement.is_some(), "IPSetReferenceStatement"),
        (statement.regex_pattern_set_reference_statement.is_some(), "RegexPatternSetReferenceStatement"),
        (statement.rate_based_statement.is_some(), "RateBasedStatement"),
        (statement.and_statement.is_some(), "AndStatement"),
        (statement.or_statement.is_some(), "OrStatement"),
        (statement.not_statement.is_some(), "NotStatement"),
        (statement.managed_rule_group_statement.is_some(), "ManagedRuleGroupStatement"),
        (statement.label_match_statement.is_some(), "LabelMatchStatement"),
        (statement.regex_match_statement.is_some(), "RegexMatchStatement"),
        (statement.asn_match_statement.is_some(), "AsnMatchStatement"),
    ];
    members.into_iter().find(|(there, _)| *there).map(|(_, name)| name)
}

/// `ALLOW` or `BLOCK`.
pub fn default_action(acl: &WebAcl) -> Option<String> {
    let action = acl.default_action.as_ref()?;
    match (&action.allow, &action.block) {
        (Some(_), None) => Some("ALLOW".to_owned()),
        (None, Some(_)) => Some("BLOCK".to_owned()),
        _ => None,
    }
}

/// A logging configuration.
pub fn logging(told: &LoggingConfiguration) -> Logging {
    let filter = told.logging_filter.as_ref();
    Logging {
        log_destination_configs: told.log_destination_configs.clone(),
        redacted_fields: i64::try_from(told.redacted_fields().len()).unwrap_or(i64::MAX),
        filter_default_behavior: filter.map(|filter| filter.default_behavior.as_str().to_owned()),
        filter_drops: filter.is_some_and(|filter| filter.filters.iter().any(|one| one.behavior == FilterBehavior::Drop)),
        managed_by_firewall_manager: told.managed_by_firewall_manager,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_wafv2::types::{AllowAction, BlockAction, DefaultAction};

    use super::super::order::tests::{acl, block, count, group, reference, rule, xss};
    use super::*;

    #[test]
    fn a_rule_shows_its_kind_its_action_and_what_is_overridden_within() {
        let told = rules(&acl(vec![
            group("own", 2, false, reference("arn:g", &[("b", count()), ("a", count()), ("c", block())])),
            rule("xss", 1, block(), xss()),
        ]));
        let shown: Vec<_> = told.iter().map(|rule| (rule.name.as_str(), rule.action.as_str(), rule.statement.as_deref())).collect();
        let expected = [("xss", "BLOCK", Some("XssMatchStatement")), ("own", "OWN", Some("RuleGroupReferenceStatement"))];
        assert_eq!(shown, expected);
        assert_eq!((told[1].counted_rules.clone(), told[1].rule_group_arn.as_deref()), (vec!["a".into(), "b".into()], Some("arn:g")));
    }

    #[test]
    fn a_default_action_that_is_none_or_both_is_not_told() {
        let mut told = acl(Vec::new());
        assert_eq!(default_action(&told).as_deref(), Some("ALLOW"));
        let (allow, block) = (AllowAction::builder().build(), BlockAction::builder().build());
        told.default_action = Some(DefaultAction::builder().allow(allow).block(block).build());
        assert_eq!(default_action(&told), None);
        told.default_action = None;
        assert_eq!(default_action(&told), None);
    }
}
