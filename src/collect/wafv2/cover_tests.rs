//! Who stops what: nested statements, groups and their overrides, labels, and rules that let past.

use aws_sdk_wafv2::types::{
    AndStatement, ExcludedRule, FallbackBehavior, ForwardedIpPosition, GeoMatchStatement, IpSetForwardedIpConfig, IpSetReferenceStatement,
    NotStatement, OrStatement, RateBasedStatement, RateBasedStatementAggregateKeyType, Rule, RuleAction, RuleActionOverride,
    SqliMatchStatement,
};

use super::super::order::tests::{acl, allow, block, count, group, reference, rule, xss};
use super::super::order::{Groups, steps};
use super::*;

fn sqli() -> Statement {
    let sqli = SqliMatchStatement::builder().set_text_transformations(Some(Vec::new())).build().expect("all is set");
    Statement::builder().sqli_match_statement(sqli).build()
}

fn geo() -> Statement {
    Statement::builder().geo_match_statement(GeoMatchStatement::builder().build()).build()
}

fn office(forwarded: bool) -> Statement {
    let config = IpSetForwardedIpConfig::builder()
        .header_name("X-Forwarded-For")
        .fallback_behavior(FallbackBehavior::NoMatch)
        .position(ForwardedIpPosition::First)
        .build()
        .expect("all is set");
    let set = IpSetReferenceStatement::builder().arn("arn:set").set_ip_set_forwarded_ip_config(forwarded.then_some(config)).build();
    Statement::builder().ip_set_reference_statement(set.expect("all is set")).build()
}

fn not(inner: Statement) -> Statement {
    Statement::builder().not_statement(NotStatement::builder().statement(inner).build()).build()
}

fn or(inner: [Statement; 2]) -> Statement {
    let or = OrStatement::builder().set_statements(Some(inner.into())).build().expect("all is set");
    Statement::builder().or_statement(or).build()
}

fn and(inner: [Statement; 2]) -> Statement {
    let and = AndStatement::builder().set_statements(Some(inner.into())).build().expect("all is set");
    Statement::builder().and_statement(and).build()
}

fn rate(limit: i64, scope: Option<Statement>) -> Statement {
    let rate = RateBasedStatement::builder().limit(limit).aggregate_key_type(RateBasedStatementAggregateKeyType::Ip);
    let rate = rate.set_scope_down_statement(scope.map(Box::new)).build().expect("all is set");
    Statement::builder().rate_based_statement(rate).build()
}

fn label(scope: LabelMatchScope, key: &str) -> Statement {
    let label = LabelMatchStatement::builder().scope(scope).key(key).build().expect("all is set");
    Statement::builder().label_match_statement(label).build()
}

/// A managed group of AWS with overrides, rules excluded the older way, and a scope.
fn managed(name: &str, overridden: &[(&str, RuleAction)], excluded: &[&str], scope: Option<Statement>) -> Statement {
    let overrides = overridden
        .iter()
        .map(|(name, action)| RuleActionOverride::builder().name(*name).action_to_use(action.clone()).build().expect("all is set"));
    let excluded = excluded.iter().map(|name| ExcludedRule::builder().name(*name).build().expect("all is set"));
    let managed = ManagedRuleGroupStatement::builder()
        .vendor_name("AWS")
        .name(name)
        .set_rule_action_overrides(Some(overrides.collect()))
        .set_excluded_rules(Some(excluded.collect()))
        .set_scope_down_statement(scope.map(Box::new));
    Statement::builder().managed_rule_group_statement(managed.build().expect("all is set")).build()
}

const SQLI: &str = "AWSManagedRulesSQLiRuleSet";
const CRS: &str = "AWSManagedRulesCommonRuleSet";
const BAD: &str = "AWSManagedRulesKnownBadInputsRuleSet";

/// What stops a threat: the rule, those that do so in part, those that find it.
fn stops(rules: Vec<Rule>, threat: Threat) -> (Option<String>, Vec<String>, Vec<String>) {
    let (acl, groups) = (acl(rules), Groups::new());
    let told = protection(&steps(&acl, &groups), threat);
    let known = |fact: Fact<Vec<String>>| fact.known().cloned().expect("nothing is unread");
    (told.blocked_by.known().cloned().expect("nothing is unread"), known(told.partly), known(told.not_blocking))
}

fn covered(statement: Statement, threat: Threat) -> (bool, bool) {
    let (by, partly, _) = stops(vec![rule("r", 1, block(), statement)], threat);
    (by.is_some(), !partly.is_empty())
}

#[test]
fn a_statement_covers_in_an_or_partly_in_an_and_and_never_under_a_not() {
    let cases = [
        (sqli(), (true, false)),
        (xss(), (false, false)),
        (geo(), (false, false)),
        (or([geo(), sqli()]), (true, false)),
        (and([geo(), sqli()]), (false, true)),
        (or([and([geo(), sqli()]), xss()]), (false, true)),
        (not(sqli()), (false, false)),
        (not(not(sqli())), (true, false)),
        (and([not(sqli()), geo()]), (false, false)),
        (not(and([not(sqli()), geo()])), (true, false)),
        (not(or([not(sqli()), geo()])), (false, true)),
        (rate(100, Some(sqli())), (false, false)),
    ];
    for (statement, expected) in cases {
        assert_eq!(covered(statement.clone(), Threat::Sqli), expected, "{statement:?}");
    }
    assert_eq!(covered(xss(), Threat::Xss), (true, false));
    assert_eq!(covered(sqli(), Threat::BadInputs), (false, false));
}

#[test]
fn a_rule_that_counts_allows_or_sets_a_puzzle_finds_and_does_not_block() {
    for action in [count(), allow(), RuleAction::builder().build()] {
        assert_eq!(stops(vec![rule("r", 1, action, sqli())], Threat::Sqli), (None, vec![], vec!["r".to_owned()]));
    }
}

#[test]
fn a_managed_group_protects_unless_it_counts_is_scoped_down_or_its_rules_for_it_are_overridden() {
    let of = |statement: Statement, counts| stops(vec![group("g", 1, counts, statement)], Threat::Xss);
    let plain = |statement: Statement| of(statement, false);
    let by = |name: &str| (Some(name.to_owned()), vec![], vec![]);
    let part = |why: &str| (None, vec![format!("g: {why}")], vec![]);
    assert_eq!(plain(managed(CRS, &[], &[], None)), by("g"));
    assert_eq!(plain(managed(CRS, &[("SizeRestrictions_BODY", count())], &[], None)), by("g"), "another rule of the group");
    assert_eq!(plain(managed(CRS, &[("CrossSiteScripting_BODY", block())], &[], None)), by("g"), "to block is what it does anyway");
    assert_eq!(plain(managed(CRS, &[("CrossSiteScripting_BODY", count())], &[], None)), part("CrossSiteScripting_BODY is overridden"));
    assert_eq!(
        plain(managed(CRS, &[], &["CrossSiteScripting_BODY", "CrossSiteScripting_COOKIE"], None)),
        part("2 of 4 rules are overridden")
    );
    assert_eq!(plain(managed(CRS, &[], &[], Some(geo()))), part(SCOPED));
    let all = ["CrossSiteScripting_COOKIE", "CrossSiteScripting_QUERYARGUMENTS", "CrossSiteScripting_BODY", "CrossSiteScripting_URIPATH"];
    assert_eq!(plain(managed(CRS, &all.map(|name| (name, count())), &[], None)), (None, vec![], vec![]));
    assert_eq!(of(managed(CRS, &[], &[], None), true), (None, vec![], vec!["g".to_owned()]));
    assert_eq!(plain(managed(SQLI, &[], &[], None)), (None, vec![], vec![]), "another group");
    assert_eq!(stops(vec![group("g", 1, false, managed(BAD, &[], &[], None))], Threat::BadInputs), by("g"));
}

#[test]
fn a_rule_about_the_labels_of_a_counting_group_blocks_for_it() {
    let counting = || group("watch", 1, true, managed(SQLI, &[], &[], None));
    let labelled = |scope, key: &str| rule("act", 2, block(), label(scope, key));
    let all = labelled(LabelMatchScope::Namespace, "awswaf:managed:aws:sql-database:");
    let (by, partly, watching) = stops(vec![counting(), all.clone()], Threat::Sqli);
    assert_eq!((by.as_deref(), partly.len(), watching.len()), (Some("act"), 0, 1));
    let one = labelled(LabelMatchScope::Label, "awswaf:managed:aws:sql-database:SQLi_Body");
    assert_eq!(stops(vec![counting(), one], Threat::Sqli).1, ["act: only one label"]);
    let other = labelled(LabelMatchScope::Namespace, "awswaf:managed:aws:core-rule-set:");
    assert_eq!(stops(vec![counting(), other], Threat::Sqli).0, None);
    assert_eq!(stops(vec![all.clone()], Threat::Sqli).0, None, "nobody adds the label");
    let behind = group("watch", 3, true, managed(SQLI, &[], &[], None));
    assert_eq!(stops(vec![behind, all], Threat::Sqli).0, None, "the label is added too late");
}

#[test]
fn what_allows_before_by_what_anybody_can_send_lets_past_and_an_ip_set_does_not() {
    let before = |statement: Statement| stops(vec![rule("let", 0, allow(), statement), rule("stop", 1, block(), sqli())], Threat::Sqli);
    let cases = [
        (office(false), true),
        (office(true), false),
        (geo(), false),
        (and([office(false), geo()]), true),
        (or([office(false), geo()]), false),
        (or([office(false), office(false)]), true),
        (not(office(false)), false),
        (not(or([not(office(false)), geo()])), true),
        (not(and([not(office(false)), geo()])), false),
    ];
    for (statement, safe) in cases {
        let (by, partly, _) = before(statement.clone());
        assert_eq!(by.is_some(), safe, "{statement:?}");
        assert_eq!(partly.is_empty(), safe, "{partly:?}");
    }
    let behind = stops(vec![rule("let", 2, allow(), geo()), rule("stop", 1, block(), sqli())], Threat::Sqli);
    assert_eq!(behind.0.as_deref(), Some("stop"), "what is blocked never comes to be allowed");
    let overridden = managed(CRS, &[("NoUserAgent_HEADER", allow())], &[], None);
    let (by, partly, _) = stops(vec![group("crs", 0, false, overridden), rule("stop", 1, block(), sqli())], Threat::Sqli);
    assert_eq!((by, partly), (None, vec!["stop: crs / NoUserAgent_HEADER lets past it".to_owned()]));
}

#[test]
fn a_group_that_could_not_be_read_leaves_open_what_no_rule_before_it_settles() {
    let groups: Groups = [("arn:g".to_owned(), Err(GapId("gap".into())))].into();
    let unread = |priority| group("own", priority, false, reference("arn:g", &[]));
    let told = |rules| {
        let acl = acl(rules);
        let steps = steps(&acl, &groups);
        (protection(&steps, Threat::Sqli), rate_limits(&steps).is_err(), modes(&steps).is_err(), managed_in_force(&steps).is_err())
    };
    let (after, rates, modes, in_force) = told(vec![rule("stop", 1, block(), sqli()), unread(2)]);
    assert_eq!(after.blocked_by, Fact::Known(Some("stop".to_owned())));
    assert!(after.partly.known().is_none() && rates && modes && in_force);
    let (before, ..) = told(vec![rule("stop", 3, block(), sqli()), unread(2)]);
    assert!(before.blocked_by.known().is_none(), "it may let requests past");
}

#[test]
fn limits_tell_their_window_their_scope_and_who_lets_past() {
    let rules = vec![
        rule("partners", 0, allow(), geo()),
        rule("flood", 1, block(), rate(2000, None)),
        rule("login", 2, count(), rate(100, Some(geo()))),
    ];
    let (acl, groups) = (acl(rules), Groups::new());
    let told = rate_limits(&steps(&acl, &groups)).expect("nothing is unread");
    let shown: Vec<_> = told
        .iter()
        .map(|one| (one.rule.as_str(), one.limit, one.evaluation_window_seconds, one.action.as_str(), one.scoped_down))
        .collect();
    assert_eq!(shown, [("flood", 2000, 300, "BLOCK", false), ("login", 100, 300, "COUNT", true)]);
    assert_eq!((told[0].aggregate_key_type.as_str(), &told[0].let_past_by), ("IP", &vec!["partners".to_owned()]));
}

#[test]
fn rules_of_published_groups_are_counted_one_by_one() {
    let rules = vec![
        group("sqli", 1, false, managed(SQLI, &[("SQLi_BODY", count())], &["SQLi_COOKIE"], None)),
        group("crs", 2, true, managed(CRS, &[], &[], None)),
        rule("geo", 3, block(), geo()),
        rule("watch", 4, count(), geo()),
    ];
    let (acl, groups) = (acl(rules), Groups::new());
    let told = modes(&steps(&acl, &groups)).expect("nothing is unread");
    assert_eq!((told.rule_count, told.counting_count), (8 + 22 + 1 + 1, 2 + 22 + 1));
    assert_eq!(told.counting, ["sqli / SQLi_BODY", "sqli / SQLi_COOKIE", "crs", "watch"]);
    assert_eq!(told.stopping, ["sqli", "geo"]);
}

#[test]
fn a_managed_group_is_in_force_only_as_its_vendor_means_it() {
    let in_force = |rules: Vec<Rule>| {
        let (acl, groups) = (acl(rules), Groups::new());
        managed_in_force(&steps(&acl, &groups)).expect("nothing is unread")
    };
    assert_eq!(in_force(vec![group("g", 1, false, managed(BAD, &[], &[], None))]), [format!("AWS/{BAD}")]);
    for (statement, counts) in [
        (managed(BAD, &[], &[], None), true),
        (managed(BAD, &[], &[], Some(geo())), false),
        (managed(BAD, &[], &["PROPFIND_METHOD"], None), false),
    ] {
        assert_eq!(in_force(vec![group("g", 1, counts, statement)]), [""; 0]);
    }
    let past = vec![rule("let", 0, allow(), geo()), group("g", 1, false, managed(BAD, &[], &[], None))];
    assert_eq!(in_force(past), [""; 0]);
}
