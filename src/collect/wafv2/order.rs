//! The rules of a web ACL as a request meets them: one list, in which rule groups of one's own are taken apart and every override has
//! been applied. Pure.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_wafv2::types::{
    ExcludedRule, FirewallManagerRuleGroup, ManagedRuleGroupStatement, OverrideAction, Rule, RuleAction, RuleActionOverride,
    RuleGroupReferenceStatement, Statement, WebAcl,
};

use crate::model::GapId;

/// What becomes of a request that a rule matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is blocked, and no later rule sees it.
    Block,
    /// It is let through, and no later rule sees it.
    Allow,
    /// It goes on to the next rule.
    Count,
    /// It goes on only with a token from a solved puzzle.
    Captcha,
    /// It goes on only with a token that a browser gets.
    Challenge,
    /// Something that this version does not know, or nothing.
    Other,
    /// What the rules of a group that is not taken apart say.
    Own,
}

impl Effect {
    /// Of a rule's action.
    pub fn of(action: Option<&RuleAction>) -> Self {
        match action {
            Some(RuleAction { block: Some(_), .. }) => Effect::Block,
            Some(RuleAction { allow: Some(_), .. }) => Effect::Allow,
            Some(RuleAction { count: Some(_), .. }) => Effect::Count,
            Some(RuleAction { captcha: Some(_), .. }) => Effect::Captcha,
            Some(RuleAction { challenge: Some(_), .. }) => Effect::Challenge,
            _ => Effect::Other,
        }
    }

    /// As facts name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Block => "BLOCK",
            Effect::Allow => "ALLOW",
            Effect::Count => "COUNT",
            Effect::Captcha => "CAPTCHA",
            Effect::Challenge => "CHALLENGE",
            Effect::Other => "OTHER",
            Effect::Own => "OWN",
        }
    }

    /// Whether it stops at least those that cannot solve a puzzle.
    pub fn stops(self) -> bool {
        matches!(self, Effect::Block | Effect::Captcha | Effect::Challenge)
    }
}

/// What a rule looks at.
#[derive(Clone, Debug)]
pub enum Matches<'a> {
    /// A statement.
    Statement(&'a Statement),
    /// A managed rule group.
    Managed(&'a ManagedRuleGroupStatement),
    /// A rule group of one's own that could not be read.
    Unread(GapId),
}

/// A rule, as requests meet it.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// Its name, after that of its group.
    pub name: String,
    /// Name of the web ACL's rule that it belongs to.
    pub rule: &'a str,
    /// Whether all of its group is overridden to count.
    pub group_counts: bool,
    /// What becomes of requests.
    pub effect: Effect,
    /// What it looks at.
    pub matches: Matches<'a>,
}

/// Rule groups by ARN: their rules, or why they could not be read.
pub type Groups = BTreeMap<String, Result<Vec<Rule>, GapId>>;

/// A rule of the web ACL or of Firewall Manager.
pub enum Top<'a> {
    /// Firewall Manager's.
    Manager(&'a FirewallManagerRuleGroup),
    /// The web ACL's own.
    Own(&'a Rule),
}

/// The rules of a web ACL, in the order in which requests meet them.
pub fn tops(acl: &WebAcl) -> Vec<Top<'_>> {
    let mut own: Vec<&Rule> = acl.rules().iter().collect();
    own.sort_by_key(|rule| rule.priority);
    let first = by_priority(acl.pre_process_firewall_manager_rule_groups());
    let last = by_priority(acl.post_process_firewall_manager_rule_groups());
    first.chain(own.into_iter().map(Top::Own)).chain(last).collect()
}

fn by_priority(groups: &[FirewallManagerRuleGroup]) -> impl Iterator<Item = Top<'_>> {
    let mut groups: Vec<&FirewallManagerRuleGroup> = groups.iter().collect();
    groups.sort_by_key(|group| group.priority);
    groups.into_iter().map(Top::Manager)
}

impl<'a> Top<'a> {
    /// Its name.
    pub fn name(&self) -> &'a str {
        match self {
            Top::Manager(group) => &group.name,
            Top::Own(rule) => &rule.name,
        }
    }

    /// Its priority among its like.
    pub fn priority(&self) -> i32 {
        match self {
            Top::Manager(group) => group.priority,
            Top::Own(rule) => rule.priority,
        }
    }

    /// The managed rule group that it stands for.
    pub fn managed(&self) -> Option<&'a ManagedRuleGroupStatement> {
        match self {
            Top::Manager(group) => group.firewall_manager_statement.as_ref()?.managed_rule_group_statement.as_ref(),
            Top::Own(rule) => rule.statement.as_ref()?.managed_rule_group_statement.as_ref(),
        }
    }

    /// The rule group of one's own that it stands for.
    pub fn reference(&self) -> Option<&'a RuleGroupReferenceStatement> {
        match self {
            Top::Manager(group) => group.firewall_manager_statement.as_ref()?.rule_group_reference_statement.as_ref(),
            Top::Own(rule) => rule.statement.as_ref()?.rule_group_reference_statement.as_ref(),
        }
    }

    /// What becomes of requests.
    pub fn effect(&self) -> Effect {
        let overridden = |action: Option<&OverrideAction>| match action {
            Some(OverrideAction { count: Some(_), .. }) => Effect::Count,
            Some(OverrideAction { none: Some(_), .. }) => Effect::Own,
            _ => Effect::Other,
        };
        match self {
            Top::Manager(group) => overridden(group.override_action.as_ref()),
            Top::Own(rule) if self.managed().is_some() || self.reference().is_some() => overridden(rule.override_action.as_ref()),
            Top::Own(rule) => Effect::of(rule.action.as_ref()),
        }
    }
}

/// What a rule group's rules are overridden to, by name. The older way, a list of excluded rules, means `Count`.
pub fn overrides<'a>(overridden: &'a [RuleActionOverride], excluded: &'a [ExcludedRule]) -> BTreeMap<&'a str, Effect> {
    let excluded = excluded.iter().map(|rule| (rule.name.as_str(), Effect::Count));
    excluded.chain(overridden.iter().map(|rule| (rule.name.as_str(), Effect::of(rule.action_to_use.as_ref())))).collect()
}

/// ARNs of the rule groups of one's own that a web ACL refers to.
pub fn references(acl: &WebAcl) -> BTreeSet<String> {
    tops(acl).iter().filter_map(Top::reference).map(|reference| reference.arn.clone()).collect()
}

/// All rules as requests meet them.
pub fn steps<'a>(acl: &'a WebAcl, groups: &'a Groups) -> Vec<Step<'a>> {
    tops(acl).into_iter().flat_map(|top| of_top(&top, groups)).collect()
}

fn of_top<'a>(top: &Top<'a>, groups: &'a Groups) -> Vec<Step<'a>> {
    let (rule, effect) = (top.name(), top.effect());
    let one = |matches| vec![Step { name: rule.to_owned(), rule, group_counts: effect == Effect::Count, effect, matches }];
    if let Some(managed) = top.managed() {
        return one(Matches::Managed(managed));
    }
    if let Some(reference) = top.reference() {
        return match groups.get(&reference.arn) {
            Some(Ok(rules)) => within(rule, effect, reference, rules),
            Some(Err(gap)) => one(Matches::Unread(gap.clone())),
            None => Vec::new(),
        };
    }
    match top {
        Top::Own(Rule { statement: Some(statement), .. }) => {
            vec![Step { name: rule.to_owned(), rule, group_counts: false, effect, matches: Matches::Statement(statement) }]
        }
        _ => Vec::new(),
    }
}

/// The rules of a group of one's own: each with its action, unless that is overridden, or all of them are.
fn within<'a>(rule: &'a str, whole: Effect, reference: &'a RuleGroupReferenceStatement, rules: &'a [Rule]) -> Vec<Step<'a>> {
    let overrides = overrides(reference.rule_action_overrides(), reference.excluded_rules());
    let mut rules: Vec<&Rule> = rules.iter().collect();
    rules.sort_by_key(|rule| rule.priority);
    let step = |inner: &'a Rule| {
        let own = overrides.get(inner.name.as_str()).copied().unwrap_or_else(|| Effect::of(inner.action.as_ref()));
        let effect = if whole == Effect::Own { own } else { whole };
        let name = format!("{rule} / {}", inner.name);
        Some(Step { name, rule, group_counts: whole == Effect::Count, effect, matches: Matches::Statement(inner.statement.as_ref()?) })
    };
    rules.into_iter().filter_map(step).collect()
}

#[cfg(test)]
pub mod tests {
    use aws_sdk_wafv2::types::{
        AllowAction, BlockAction, CountAction, DefaultAction, FirewallManagerStatement, NoneAction, VisibilityConfig, XssMatchStatement,
    };

    use super::*;

    pub fn block() -> RuleAction {
        RuleAction::builder().block(BlockAction::builder().build()).build()
    }

    pub fn allow() -> RuleAction {
        RuleAction::builder().allow(AllowAction::builder().build()).build()
    }

    pub fn count() -> RuleAction {
        RuleAction::builder().count(CountAction::builder().build()).build()
    }

    pub fn visible() -> VisibilityConfig {
        let config = VisibilityConfig::builder().sampled_requests_enabled(true).cloud_watch_metrics_enabled(true).metric_name("m");
        config.build().expect("all is set")
    }

    pub fn rule(name: &str, priority: i32, action: RuleAction, statement: Statement) -> Rule {
        let rule = Rule::builder().name(name).priority(priority).action(action).statement(statement).visibility_config(visible());
        rule.build().expect("all is set")
    }

    /// A rule that stands for a group: with its own actions, or counting.
    pub fn group(name: &str, priority: i32, counts: bool, statement: Statement) -> Rule {
        let rule = Rule::builder().name(name).priority(priority).statement(statement).visibility_config(visible());
        rule.override_action(override_action(counts)).build().expect("all is set")
    }

    pub fn override_action(counts: bool) -> OverrideAction {
        let action = OverrideAction::builder();
        match counts {
            true => action.count(CountAction::builder().build()).build(),
            false => action.none(NoneAction::builder().build()).build(),
        }
    }

    pub fn acl(rules: Vec<Rule>) -> WebAcl {
        let allow = DefaultAction::builder().allow(AllowAction::builder().build()).build();
        let acl = WebAcl::builder().name("w").id("i").arn("arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/w/i");
        acl.default_action(allow).visibility_config(visible()).set_rules(Some(rules)).build().expect("all is set")
    }

    pub fn xss() -> Statement {
        let xss = XssMatchStatement::builder().set_text_transformations(Some(Vec::new())).build().expect("all is set");
        Statement::builder().xss_match_statement(xss).build()
    }

    pub fn reference(arn: &str, overridden: &[(&str, RuleAction)]) -> Statement {
        let one = |(name, action): &(&str, RuleAction)| {
            RuleActionOverride::builder().name(*name).action_to_use(action.clone()).build().expect("all is set")
        };
        let overrides = overridden.iter().map(one).collect();
        let group = RuleGroupReferenceStatement::builder().arn(arn).set_rule_action_overrides(Some(overrides)).build();
        Statement::builder().rule_group_reference_statement(group.expect("all is set")).build()
    }

    fn shown(acl: &WebAcl, groups: &Groups) -> Vec<(String, &'static str)> {
        steps(acl, groups).into_iter().map(|step| (step.name, step.effect.as_str())).collect()
    }

    #[test]
    fn rules_stand_in_the_order_of_their_priority_and_groups_are_taken_apart() {
        let inner = vec![rule("second", 9, count(), xss()), rule("first", 1, block(), xss()), rule("third", 10, block(), xss())];
        let groups: Groups = [("arn:g".to_owned(), Ok(inner)), ("arn:denied".to_owned(), Err(GapId("gap".into())))].into();
        let rules = vec![
            rule("last", 50, block(), xss()),
            group("own", 5, false, reference("arn:g", &[("third", count())])),
            group("watched", 6, true, reference("arn:g", &[])),
            group("unread", 7, false, reference("arn:denied", &[])),
            rule("early", 0, allow(), xss()),
        ];
        let expected = [
            ("early", "ALLOW"),
            ("own / first", "BLOCK"),
            ("own / second", "COUNT"),
            ("own / third", "COUNT"),
            ("watched / first", "COUNT"),
            ("watched / second", "COUNT"),
            ("watched / third", "COUNT"),
            ("unread", "OWN"),
            ("last", "BLOCK"),
        ];
        assert_eq!(shown(&acl(rules), &groups), expected.map(|(name, effect)| (name.to_owned(), effect)));
    }

    #[test]
    fn rules_of_firewall_manager_stand_around_the_web_acls_own() {
        let managed = ManagedRuleGroupStatement::builder().vendor_name("AWS").name("AWSManagedRulesCommonRuleSet").build();
        let statement = FirewallManagerStatement::builder().managed_rule_group_statement(managed.expect("all is set")).build();
        let of = |name: &str, priority, counts| {
            let group = FirewallManagerRuleGroup::builder().name(name).priority(priority).firewall_manager_statement(statement.clone());
            group.override_action(override_action(counts)).visibility_config(visible()).build().expect("all is set")
        };
        let mut acl = acl(vec![rule("own", 0, block(), xss())]);
        acl.pre_process_firewall_manager_rule_groups = Some(vec![of("b", 2, true), of("a", 1, false)]);
        acl.post_process_firewall_manager_rule_groups = Some(vec![of("z", 0, false)]);
        let expected = [("a", "OWN"), ("b", "COUNT"), ("own", "BLOCK"), ("z", "OWN")];
        assert_eq!(shown(&acl, &Groups::new()), expected.map(|(name, effect)| (name.to_owned(), effect)));
    }
}
