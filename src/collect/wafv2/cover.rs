//! Who stops what, and who lets it past. Pure.
//!
//! A rule *covers* something if it matches every request in which it finds it. A statement beside it in an `And`, a scope-down statement
//! and an override of some of a group's rules leave a part uncovered; under a `Not` it matches everything else, and covers nothing. Where
//! a rule with a label's name follows a group that adds it, the two are read together.
//!
//! A rule that allows ends the way of a request: what matches it never meets the rules behind. Only an IP set of source addresses is
//! something that a caller cannot choose; every other condition (a path, a header, a country, an address that a header tells) anybody may
//! meet, so whatever stands behind is not taken to cover every request. The default action covers nothing: it lets through, or it blocks
//! what no rule has allowed.

use aws_sdk_wafv2::types::{LabelMatchScope, LabelMatchStatement, ManagedRuleGroupStatement, Statement};

use super::facts::{Modes, Protection, RateLimit};
use super::groups::{self, Group};
use super::order::{Effect, Matches, Step, overrides};
use crate::model::{Fact, GapId};

/// What is to be stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threat {
    /// SQL injection.
    Sqli,
    /// Cross-site scripting.
    Xss,
    /// Input known to exploit a flaw.
    BadInputs,
}

impl Threat {
    /// The rules of a managed group that look for it.
    fn rules(self, group: &Group) -> &[String] {
        match self {
            Threat::Sqli => &group.sqli,
            Threat::Xss => &group.xss,
            Threat::BadInputs => &group.bad_inputs,
        }
    }
}

/// How much a rule finds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cover {
    Nothing,
    Part(String),
    Whole,
}

impl Cover {
    /// Of two ways to match.
    fn or(self, other: Cover) -> Cover {
        match (self, other) {
            (Cover::Whole, _) | (_, Cover::Whole) => Cover::Whole,
            (Cover::Part(why), _) | (_, Cover::Part(why)) => Cover::Part(why),
            _ => Cover::Nothing,
        }
    }

    /// Within a further condition.
    fn narrowed(self, why: &str) -> Cover {
        if self == Cover::Whole { Cover::Part(why.to_owned()) } else { self }
    }
}

/// What stops a threat.
pub fn protection(steps: &[Step<'_>], threat: Threat) -> Protection {
    let (mut blocked_by, mut partly, mut not_blocking) = (None, Vec::new(), Vec::new());
    let mut unread: Option<GapId> = None;
    for (index, step) in steps.iter().enumerate() {
        if let Matches::Unread(gap) = &step.matches {
            unread.get_or_insert_with(|| gap.clone());
            continue;
        }
        let cover = match cover(step, &steps[..index], threat) {
            Cover::Nothing => continue,
            cover if blocks(step) => cover,
            _ => {
                not_blocking.push(step.name.clone());
                continue;
            }
        };
        let past = let_past(&steps[..index]);
        match (cover, past.first(), &unread) {
            (Cover::Part(why), ..) => partly.push(format!("{}: {why}", step.name)),
            (_, Some(rule), _) => partly.push(format!("{}: {rule} lets past it", step.name)),
            (_, None, None) if blocked_by.is_none() => blocked_by = Some(step.name.clone()),
            _ => {}
        }
    }
    match unread {
        None => Protection { blocked_by: blocked_by.into(), partly: partly.into(), not_blocking: not_blocking.into() },
        Some(gap) => Protection {
            blocked_by: blocked_by.map_or_else(|| Fact::Absent(gap.clone()), |rule| Fact::Known(Some(rule))),
            partly: Fact::Absent(gap.clone()),
            not_blocking: Fact::Absent(gap),
        },
    }
}

/// Whether what the rule finds is blocked.
fn blocks(step: &Step<'_>) -> bool {
    matches!(step.effect, Effect::Block | Effect::Own)
}

fn cover(step: &Step<'_>, before: &[Step<'_>], threat: Threat) -> Cover {
    match &step.matches {
        Matches::Statement(statement) => of_statement(statement, before, threat, false),
        Matches::Managed(managed) => of_managed(managed, threat),
        Matches::Unread(_) => Cover::Nothing,
    }
}

fn of_statement(statement: &Statement, before: &[Step<'_>], threat: Threat, negated: bool) -> Cover {
    let all = |statements: &[Statement], either: bool| {
        let covers = statements.iter().map(|inner| of_statement(inner, before, threat, negated));
        let cover = covers.fold(Cover::Nothing, Cover::or);
        if either || statements.len() == 1 { cover } else { cover.narrowed("only with further conditions") }
    };
    if let Some(not) = &statement.not_statement {
        return not.statement.as_ref().map_or(Cover::Nothing, |inner| of_statement(inner, before, threat, !negated));
    }
    if let Some(or) = &statement.or_statement {
        return all(or.statements(), !negated);
    }
    if let Some(and) = &statement.and_statement {
        return all(and.statements(), negated);
    }
    match threat {
        _ if negated => Cover::Nothing,
        Threat::Sqli if statement.sqli_match_statement.is_some() => Cover::Whole,
        Threat::Xss if statement.xss_match_statement.is_some() => Cover::Whole,
        _ => statement.label_match_statement.as_ref().map_or(Cover::Nothing, |label| of_label(label, before, threat)),
    }
}

/// A rule about labels finds what the group before it found that adds them.
fn of_label(label: &LabelMatchStatement, before: &[Step<'_>], threat: Threat) -> Cover {
    let adds = |step: &Step<'_>| match &step.matches {
        Matches::Managed(managed) => {
            let group = groups::find(&managed.vendor_name, &managed.name).filter(|group| !threat.rules(group).is_empty())?;
            let cover = if managed.scope_down_statement.is_some() { Cover::Whole.narrowed(SCOPED) } else { Cover::Whole };
            match label.scope {
                LabelMatchScope::Namespace if group.labels.starts_with(&label.key) => Some(cover),
                LabelMatchScope::Label if label.key.starts_with(&group.labels) => Some(cover.narrowed("only one label")),
                _ => None,
            }
        }
        _ => None,
    };
    before.iter().filter_map(adds).fold(Cover::Nothing, Cover::or)
}

const SCOPED: &str = "only within its scope-down statement";

fn of_managed(managed: &ManagedRuleGroupStatement, threat: Threat) -> Cover {
    let Some(group) = groups::find(&managed.vendor_name, &managed.name) else { return Cover::Nothing };
    let rules = threat.rules(group);
    let overrides = overrides(managed.rule_action_overrides(), managed.excluded_rules());
    let weak: Vec<&str> =
        rules.iter().map(String::as_str).filter(|rule| overrides.get(rule).is_some_and(|effect| *effect != Effect::Block)).collect();
    match (rules.len(), weak.len()) {
        (0, _) => Cover::Nothing,
        (all, weak) if all == weak => Cover::Nothing,
        (_, 0) if managed.scope_down_statement.is_some() => Cover::Part(SCOPED.to_owned()),
        (_, 0) => Cover::Whole,
        (_, 1) => Cover::Part(format!("{} is overridden", weak[0])),
        (all, number) => Cover::Part(format!("{number} of {all} rules are overridden")),
    }
}

/// Rules that let requests past what follows, by something that anybody can send.
fn let_past(before: &[Step<'_>]) -> Vec<String> {
    let allowed = |step: &Step<'_>| match &step.matches {
        Matches::Statement(statement) => {
            (step.effect == Effect::Allow && !bound_to_addresses(statement, false)).then(|| vec![step.name.clone()])
        }
        Matches::Managed(managed) if step.effect == Effect::Own => {
            let overrides = overrides(managed.rule_action_overrides(), managed.excluded_rules());
            let allowed = overrides.iter().filter(|(_, effect)| **effect == Effect::Allow);
            Some(allowed.map(|(rule, _)| format!("{} / {rule}", step.name)).collect())
        }
        Matches::Managed(_) | Matches::Unread(_) => None,
    };
    before.iter().filter_map(allowed).flatten().collect()
}

/// Whether a statement matches only requests from addresses of an IP set.
fn bound_to_addresses(statement: &Statement, negated: bool) -> bool {
    if let Some(not) = &statement.not_statement {
        return not.statement.as_ref().is_some_and(|inner| bound_to_addresses(inner, !negated));
    }
    let mut or = statement.or_statement.iter().flat_map(|or| or.statements()).peekable();
    let mut and = statement.and_statement.iter().flat_map(|and| and.statements()).peekable();
    if or.peek().is_some() {
        let mut bound = or.map(|inner| bound_to_addresses(inner, negated));
        return if negated { bound.any(|bound| bound) } else { bound.all(|bound| bound) };
    }
    if and.peek().is_some() {
        let mut bound = and.map(|inner| bound_to_addresses(inner, negated));
        return if negated { bound.all(|bound| bound) } else { bound.any(|bound| bound) };
    }
    let set = statement.ip_set_reference_statement.as_ref();
    !negated && set.is_some_and(|set| set.ip_set_forwarded_ip_config.is_none())
}

/// The rate limits, or why they are not known.
pub fn rate_limits(steps: &[Step<'_>]) -> Result<Vec<RateLimit>, GapId> {
    if let Some(gap) = unread(steps) {
        return Err(gap);
    }
    let one = |(index, step): (usize, &Step<'_>)| {
        let Matches::Statement(statement) = &step.matches else { return None };
        let rate = statement.rate_based_statement.as_ref()?;
        Some(RateLimit {
            rule: step.name.clone(),
            limit: rate.limit,
            // The SDK reads a window that is not there as 0, which is none of those that WAF has.
            evaluation_window_seconds: if rate.evaluation_window_sec == 0 { 300 } else { rate.evaluation_window_sec },
            aggregate_key_type: rate.aggregate_key_type.as_str().to_owned(),
            action: step.effect.as_str().to_owned(),
            scoped_down: rate.scope_down_statement.is_some(),
            let_past_by: let_past(&steps[..index]),
        })
    };
    Ok(steps.iter().enumerate().filter_map(one).collect())
}

/// Managed rule groups that act as their vendor means it on every request, or why they are not known.
pub fn managed_in_force(steps: &[Step<'_>]) -> Result<Vec<String>, GapId> {
    if let Some(gap) = unread(steps) {
        return Err(gap);
    }
    let one = |(index, step): (usize, &Step<'_>)| {
        let Matches::Managed(managed) = &step.matches else { return None };
        let overrides = overrides(managed.rule_action_overrides(), managed.excluded_rules());
        let whole = step.effect == Effect::Own && managed.scope_down_statement.is_none();
        let strict = overrides.values().all(|effect| *effect == Effect::Block) && let_past(&steps[..index]).is_empty();
        (whole && strict).then(|| format!("{}/{}", managed.vendor_name, managed.name))
    };
    let mut names: Vec<String> = steps.iter().enumerate().filter_map(one).collect();
    names.sort();
    names.dedup();
    Ok(names)
}

fn unread(steps: &[Step<'_>]) -> Option<GapId> {
    steps.iter().find_map(|step| match &step.matches {
        Matches::Unread(gap) => Some(gap.clone()),
        _ => None,
    })
}

/// A rule for counting: its name, its web ACL's rule, whether it only counts, whether it stops.
struct Counted<'a> {
    name: String,
    rule: &'a str,
    counts: bool,
    stops: bool,
}

/// Which rules act and which only count, or why that is not known.
pub fn modes(steps: &[Step<'_>]) -> Result<Modes, GapId> {
    if let Some(gap) = unread(steps) {
        return Err(gap);
    }
    let all: Vec<Counted<'_>> = steps.iter().flat_map(counted).collect();
    let unique = |names: Vec<String>| {
        let mut kept: Vec<String> = Vec::new();
        names.into_iter().for_each(|name| {
            if !kept.contains(&name) {
                kept.push(name)
            }
        });
        kept
    };
    let counting: Vec<String> = all.iter().filter(|one| one.counts).map(|one| one.name.clone()).collect();
    Ok(Modes {
        rule_count: number(all.len()),
        counting_count: number(counting.len()),
        counting: unique(counting),
        stopping: unique(all.iter().filter(|one| one.stops).map(|one| one.rule.to_owned()).collect()),
    })
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn counted<'a>(step: &Step<'a>) -> Vec<Counted<'a>> {
    let rule = step.rule;
    let Matches::Managed(managed) = &step.matches else {
        let name = if step.group_counts { rule.to_owned() } else { step.name.clone() };
        return vec![Counted { name, rule, counts: step.effect == Effect::Count, stops: step.effect.stops() }];
    };
    let overrides = overrides(managed.rule_action_overrides(), managed.excluded_rules());
    let whole = step.effect == Effect::Count;
    let Some(group) = groups::find(&managed.vendor_name, &managed.name) else {
        return vec![Counted { name: rule.to_owned(), rule, counts: whole, stops: step.effect == Effect::Own }];
    };
    let inner = |inner: &String| {
        let effect = if whole { Effect::Count } else { overrides.get(inner.as_str()).copied().unwrap_or(Effect::Block) };
        let name = if whole { rule.to_owned() } else { format!("{rule} / {inner}") };
        Counted { name, rule, counts: effect == Effect::Count, stops: effect.stops() && step.effect == Effect::Own }
    };
    group.rules.iter().map(inner).collect()
}

#[cfg(test)]
#[path = "cover_tests.rs"]
mod tests;
