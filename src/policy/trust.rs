//! Who from outside a policy trusts: foreign accounts, and federated sign-ins without a bound subject.
//!
//! A foreign account is accepted where the conditions bind it to a trusted organization or account, or, for role trust,
//! where a fixed `sts:ExternalId` is demanded. Conditions on networks or dates do not make an account trusted.

use serde::Serialize;

use super::admitted::{Who, demands_external_id, is_account, people};
use super::answer::{Answer, Shown, merged};
use super::condition::{Condition, Quantifier, Test};
use super::document::{Document, Effect, PrincipalKind, Statement};
use super::pattern::{Language, read_action};
use super::stranger::{Family, Restricting, cannot_avoid, family};

/// The accounts and organizations that count as one's own.
#[derive(Debug, Clone, Default)]
pub struct Trusted {
    /// Account ids, one's own among them.
    pub accounts: Vec<String>,
    /// Organization ids (`o-…`).
    pub organizations: Vec<String>,
}

/// Somebody from outside whom a statement lets in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outside {
    /// The statement.
    pub shown: Shown,
    /// The principal.
    pub who: Who,
}

impl Document {
    /// Tells whether a role trust policy lets accounts outside `trusted` assume the role without a fixed `sts:ExternalId`.
    pub fn outside_without_external_id(&self, trusted: &Trusted) -> Answer<Vec<Outside>> {
        self.outside(trusted, true)
    }

    /// Tells whether a resource policy lets in accounts outside `trusted`, by principal or by a condition for everyone.
    ///
    /// Everyone without a condition on accounts is the business of [`Document::public_access`].
    pub fn outside_accounts(&self, trusted: &Trusted) -> Answer<Vec<Outside>> {
        self.outside(trusted, false)
    }

    /// Tells whether a role trust policy trusts an OpenID Connect provider without binding whose token it is.
    ///
    /// Bound is: a subject condition that fixes the tenant; or, for a provider not known to serve many tenants, a fixed
    /// audience leaves it `Unknown`. Amazon, Facebook, Google and Cognito bind by audience, as AWS documents.
    pub fn unbound_oidc(&self) -> Answer {
        let (mut open, mut unclear) = (Vec::new(), self.trouble.clone());
        for statement in self.statements.iter().filter(|statement| statement.effect != Some(Effect::Deny)) {
            if let Some(why) = &statement.trouble {
                unclear.get_or_insert_with(|| format!("{} is not understood: {why}", statement.shown));
                continue;
            }
            let principals = statement.principals.iter().filter(|principals| !principals.negated).flat_map(|p| &p.entries);
            for (_, id) in principals.filter(|(kind, _)| *kind == PrincipalKind::Federated) {
                match oidc_host(id).map(|host| is_bound(&host, &statement.conditions)) {
                    None | Some(Some(true)) => {}
                    Some(Some(false)) => open.push(statement.shown.clone()),
                    Some(None) => {
                        unclear.get_or_insert_with(|| format!("{} binds `{id}` in a way that is not known", statement.shown));
                    }
                }
            }
        }
        let denied = self.statements.iter().any(|s| s.effect == Some(Effect::Deny) && !s.conditions.is_empty());
        match (open.is_empty(), unclear) {
            (false, _) if denied => Answer::Unknown("a conditional `Deny` may bind the subject".to_owned()),
            (false, _) => Answer::Yes(merged(open.iter())),
            (true, Some(why)) => Answer::Unknown(why),
            (true, None) => Answer::No,
        }
    }

    /// The document without the `Allow` statements that surely do not speak of an action (`s3:PutBucketPolicy`).
    pub fn allowing(&self, action: &str) -> Document {
        let action = action.to_lowercase();
        let speaks = |statement: &&Statement| {
            let Some(listing) = statement.actions.as_ref().filter(|_| statement.trouble.is_none()) else { return true };
            let named = listing.values.iter().map(|value| read_action(value)).filter(|reading| reading.language.matches(&action));
            match listing.negated {
                false => named.clone().any(|reading| reading.upper),
                true => !named.clone().any(|reading| reading.lower),
            }
        };
        let kept = self.statements.iter().filter(|statement| statement.effect == Some(Effect::Deny) || speaks(statement));
        Document { statements: kept.cloned().collect(), ..self.clone() }
    }

    fn outside(&self, trusted: &Trusted, role: bool) -> Answer<Vec<Outside>> {
        let (mut found, mut unclear) = (Vec::new(), self.trouble.clone());
        for statement in self.statements.iter().filter(|statement| statement.effect != Some(Effect::Deny)) {
            if role && !lets_assume(statement) {
                continue;
            }
            for who in people(statement) {
                match judge(statement, &who, trusted, role) {
                    Some(true) => found.push(Outside { shown: statement.shown.clone(), who }),
                    Some(false) => {}
                    None => {
                        unclear.get_or_insert_with(|| format!("whom {} lets in is not clear", statement.shown));
                    }
                }
            }
        }
        match (found.is_empty(), unclear) {
            (false, _) => self.weigh_denials(found, role),
            (true, Some(why)) => Answer::Unknown(why),
            (true, None) => Answer::No,
        }
    }

    fn weigh_denials(&self, found: Vec<Outside>, role: bool) -> Answer<Vec<Outside>> {
        let restricting = Restricting::default();
        for deny in self.statements.iter().filter(|statement| statement.effect != Some(Effect::Allow)) {
            if deny.trouble.is_some() {
                return Answer::Unknown(format!("{} is not understood", deny.shown));
            }
            // A shared secret is no account: for everyone it binds nobody.
            let accounts = found.iter().all(|outside| outside.who.account().is_some());
            if role && accounts && refuses_without_external_id(deny) {
                return Answer::No;
            }
            let harmless = deny.conditions.iter().any(|condition| cannot_avoid(condition, &restricting) == super::grid::Match::No);
            let elsewhere = match &deny.principals {
                Some(principals) if !principals.negated => {
                    let ids: Vec<_> = principals.entries.iter().map(|(_, id)| id.as_str()).collect();
                    !ids.contains(&"*") && !found.iter().any(|o| ids.iter().any(|id| o.who.account().is_some_and(|a| id.contains(a))))
                }
                _ => false,
            };
            let externally = deny.conditions.iter().any(|condition| condition.key == "sts:externalid");
            if !elsewhere && (!harmless || (role && accounts && externally)) {
                return Answer::Unknown(format!("{} may keep them out", deny.shown));
            }
        }
        Answer::Yes(found)
    }
}

fn lets_assume(statement: &Statement) -> bool {
    let Some(listing) = statement.actions.as_ref().filter(|_| statement.trouble.is_none()) else {
        return true;
    };
    let verbs = ["sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity"];
    let named = |verb: &&str| listing.values.iter().any(|value| read_action(value).language.matches(verb));
    verbs.iter().any(|verb| named(verb) != listing.negated)
}

/// Tells whether the principal is somebody outside; `None` where that is not clear.
fn judge(statement: &Statement, who: &Who, trusted: &Trusted, role: bool) -> Option<bool> {
    match who {
        Who::Account { account } | Who::Principal { account, .. } if trusted.accounts.contains(account) => return Some(false),
        Who::Service { .. } | Who::Federated { .. } | Who::Deleted { .. } => return Some(false),
        Who::CanonicalUser { .. } | Who::Unclear { .. } => return None,
        _ => {}
    }
    let bounds: Vec<_> = statement.conditions.iter().map(|condition| bound(condition, trusted)).collect();
    if bounds.contains(&Bound::Trusted) {
        return Some(false);
    }
    if !role && who.account().is_none() && !statement.conditions.iter().any(names_accounts) {
        return Some(false);
    }
    let external = if role { demands_external_id(&statement.conditions) } else { Some(false) };
    match external {
        // A shared secret is no account: for everyone it binds nobody.
        Some(true) if who.account().is_some() => return Some(false),
        None => return None,
        _ => {}
    }
    if bounds.contains(&Bound::Unclear) { None } else { Some(true) }
}

/// Tells whether the condition lets in by account or organization.
fn names_accounts(condition: &Condition) -> bool {
    let kinds = [Family::Organization, Family::OrganizationPath, Family::Account, Family::Arn];
    kinds.contains(&family(&condition.key)) && !condition.operator.negated && condition.operator.test != Test::Null
}

/// What a condition says of the caller's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Trusted,
    Nothing,
    Unclear,
}

fn bound(condition: &Condition, trusted: &Trusted) -> Bound {
    let operator = condition.operator;
    let known = match family(&condition.key) {
        Family::Unknown => return Bound::Unclear,
        Family::Organization | Family::OrganizationPath => &trusted.organizations,
        Family::Account | Family::Arn => &trusted.accounts,
        Family::SourceIp | Family::VpcIp | Family::Network | Family::UserId | Family::ViaService => return Bound::Unclear,
        Family::Free | Family::Tls => return Bound::Nothing,
    };
    if matches!(operator.test, Test::Null | Test::Unknown) || condition.values.is_empty() {
        return Bound::Unclear;
    }
    if operator.negated || operator.holds_when_absent() {
        return Bound::Nothing;
    }
    let subject = |value: &str| match family(&condition.key) {
        Family::Arn => value.split(':').nth(4).unwrap_or_default().to_owned(),
        Family::OrganizationPath => value.split('/').next().unwrap_or_default().to_owned(),
        _ => value.to_owned(),
    };
    let subjects: Vec<String> = condition.values.iter().map(|value| subject(value)).collect();
    match () {
        _ if subjects.iter().all(|subject| known.contains(subject)) => Bound::Trusted,
        // Which organization is ours may simply not be known.
        _ if known.is_empty() => Bound::Unclear,
        _ if subjects.iter().any(|subject| subject.contains("${")) => Bound::Unclear,
        _ if family(&condition.key) == Family::Arn && !subjects.iter().all(|s| is_account(s) || s.contains('*')) => Bound::Unclear,
        _ => Bound::Nothing,
    }
}

/// A `Deny` for everybody whose only condition is that a fixed external id is missing.
fn refuses_without_external_id(deny: &Statement) -> bool {
    let [condition] = &deny.conditions[..] else {
        return false;
    };
    let fixed = condition.values.iter().all(|value| !value.contains(['*', '?', '$']) && !value.is_empty());
    let everyone = deny.principals.as_ref().is_some_and(|p| !p.negated && p.entries.iter().any(|(_, id)| id == "*"));
    condition.key == "sts:externalid"
        && condition.operator.negated
        && condition.operator.quantifier != Quantifier::Any
        && matches!(condition.operator.test, Test::Equals | Test::Like)
        && fixed
        && !condition.values.is_empty()
        && everyone
        && deny.actions.as_ref().is_some_and(|list| {
            !list.negated
                && list.values.iter().any(|value| read_action(value).lower && read_action(value).language.matches("sts:assumerole"))
        })
}

/// Providers that sign for everybody's projects under one issuer: their audience binds nobody.
const SHARED_ISSUERS: [&str; 5] =
    ["token.actions.githubusercontent.com", "gitlab.com", "app.terraform.io", "agent.buildkite.com", "api.bitbucket.org"];
/// Providers that AWS knows by name; they bind by audience, the application's id.
const BY_AUDIENCE: [&str; 4] = ["cognito-identity.amazonaws.com", "accounts.google.com", "www.amazon.com", "graph.facebook.com"];

/// The issuer (in lower case) of an OpenID Connect principal; `None` for SAML.
fn oidc_host(id: &str) -> Option<String> {
    let id = id.to_lowercase();
    match id.split_once(":oidc-provider/") {
        Some((_, host)) => Some(host.to_owned()),
        None if id.contains(":saml-provider/") => None,
        None => Some(id),
    }
}

/// Tells whether the conditions bind whose tokens are accepted; `None` where that is not clear.
fn is_bound(host: &str, conditions: &[Condition]) -> Option<bool> {
    let about = |claim: &str| {
        let key = format!("{host}:{claim}");
        conditions.iter().filter(move |condition| condition.key == key)
    };
    let subject = strongest(about("sub").map(|condition| binds_subject(host, condition)));
    if subject == Some(true) {
        return Some(true);
    }
    let audience = match BY_AUDIENCE.contains(&host) {
        true => strongest(about("aud").chain(about("app_id")).map(binds_value)),
        false => Some(false),
    };
    if audience == Some(true) {
        return Some(true);
    }
    let prefix = format!("{host}:");
    let other = conditions.iter().any(|condition| {
        let claim = condition.key.strip_prefix(&prefix);
        claim.map_or(family(&condition.key) == Family::Unknown, |claim| !matches!(claim, "sub" | "aud" | "amr"))
    });
    let own_issuer = !SHARED_ISSUERS.contains(&host) && !host.starts_with("oidc.eks.") && !BY_AUDIENCE.contains(&host);
    let fixed_audience = strongest(about("aud").map(binds_value)) == Some(true);
    match subject.is_none() || audience.is_none() || other || (own_issuer && fixed_audience) {
        true => None,
        false => Some(false),
    }
}

fn strongest(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let answers: Vec<_> = answers.collect();
    match () {
        _ if answers.contains(&Some(true)) => Some(true),
        _ if answers.contains(&None) => None,
        _ => Some(false),
    }
}

fn binds_value(condition: &Condition) -> Option<bool> {
    values_bind(condition, &|test, value| test == Test::Equals || !value.contains(['*', '?']))
}

fn binds_subject(host: &str, condition: &Condition) -> Option<bool> {
    let tenant = match host {
        "token.actions.githubusercontent.com" => Some(("repo:", '/')),
        "gitlab.com" => Some(("project_path:", '/')),
        "app.terraform.io" => Some(("organization:", ':')),
        "agent.buildkite.com" => Some(("organization:", ':')),
        _ => None,
    };
    if tenant.is_none() && condition.operator.test == Test::Like && condition.values.iter().any(|v| v.contains(['*', '?'])) {
        // What a subject's beginning means is the issuer's own business; only a subject without any fixed part is clear.
        let empty = |value: &String| {
            Language::wildcard(value).matches("\u{e000}") || value == "system:serviceaccount:*:*" || value == "system:serviceaccount:*"
        };
        return if condition.values.iter().any(empty) {
            Some(false)
        } else if host.starts_with("oidc.eks.") {
            Some(true)
        } else {
            None
        };
    }
    values_bind(condition, &|test, value| match (test, tenant) {
        (Test::Like, Some((start, end))) => {
            let fixed = value.split(['*', '?']).next().unwrap_or_default();
            fixed.strip_prefix(start).is_some_and(|rest| rest.find(end).is_some_and(|at| at > 0)) || fixed == value
        }
        _ => true,
    })
}

fn values_bind(condition: &Condition, binds: &dyn Fn(Test, &str) -> bool) -> Option<bool> {
    let operator = condition.operator;
    let plain = matches!(operator.test, Test::Equals | Test::Like) && !operator.negated;
    match () {
        _ if operator.negated => Some(false),
        _ if !plain || operator.holds_when_absent() || condition.values.is_empty() => None,
        _ if condition.values.iter().any(|value| value.contains("${")) => None,
        _ => Some(condition.values.iter().all(|value| binds(operator.test, value))),
    }
}
