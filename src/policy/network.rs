//! The networks a resource policy keeps its callers to, and whether it demands TLS.

use serde::Serialize;

use super::answer::Answer;
use super::condition::{Condition, Quantifier, Test};
use super::document::{Document, Effect, Statement};
use super::grid::{Budget, Match, Piece, survey};
use super::net;
use super::pattern::Language;
use super::public::{covers_principals, resource_piece};
use super::stranger::{Restricting, can_satisfy};

/// The networks that callers must come from; any one of them suffices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Networks {
    /// CIDR blocks of `aws:SourceIp`.
    pub cidrs: Vec<String>,
    /// VPC ids.
    pub vpcs: Vec<String>,
    /// VPC endpoint ids.
    pub vpc_endpoints: Vec<String>,
}

impl Networks {
    fn join(&mut self, other: Networks) {
        self.cidrs.extend(other.cidrs);
        self.vpcs.extend(other.vpcs);
        self.vpc_endpoints.extend(other.vpc_endpoints);
        for list in [&mut self.cidrs, &mut self.vpcs, &mut self.vpc_endpoints] {
            list.sort();
            list.dedup();
        }
    }
}

impl Document {
    /// Tells whether every `Allow` of the policy admits only callers from named networks, and which.
    ///
    /// A network binds an `Allow` by a condition of its own, or by a `Deny` for everybody from elsewhere that reaches all
    /// the `Allow` does. Where both do, those of the `Allow` are told. `aws:VpcSourceIp` names no network by itself.
    pub fn networks(&self) -> Answer<Networks> {
        if let Some(why) = &self.trouble {
            return Answer::Unknown(why.clone());
        }
        let (mut networks, mut unclear) = (Networks::default(), None);
        for (i, statement) in self.statements.iter().enumerate() {
            if let Some(why) = &statement.trouble {
                unclear = Some(format!("{} is not understood: {why}", statement.shown));
                continue;
            }
            if statement.effect != Some(Effect::Allow) {
                continue;
            }
            match self.networks_of(i) {
                Answer::Yes(more) => networks.join(more),
                Answer::No => return Answer::No,
                Answer::Unknown(why) => unclear = Some(why),
            }
        }
        match unclear {
            Some(why) => Answer::Unknown(why),
            None if networks == Networks::default() => Answer::No,
            None => Answer::Yes(networks),
        }
    }

    fn networks_of(&self, allow: usize) -> Answer<Networks> {
        let statement = &self.statements[allow];
        let restricting = Restricting::default();
        let limits = |condition: &&Condition| is_network(condition) && can_satisfy(condition, &restricting) != Match::Sure;
        let own: Vec<_> = statement.conditions.iter().filter(limits).collect();
        let positive = own.iter().find_map(|condition| limit(condition, false));
        if let Some(networks) = positive {
            return Answer::Yes(networks);
        }
        let mut unclear = own.first().map(|condition| format!("`{}` limits in a way that is not known", condition.written));
        for (j, deny) in self.statements.iter().enumerate().filter(|(_, s)| s.effect == Some(Effect::Deny)) {
            if deny.trouble.is_some() || !deny.conditions.iter().any(is_network) {
                continue;
            }
            match (denied_elsewhere(deny), covers_principals(deny), self.reaches_all(j, allow)) {
                (Some(networks), true, Some(true)) => return Answer::Yes(networks),
                _ => unclear = Some(format!("{} limits networks in part or in a way that is not known", deny.shown)),
            }
        }
        unclear.map_or(Answer::No, Answer::Unknown)
    }

    /// Tells whether statement `deny` reaches every action and resource of statement `allow`.
    fn reaches_all(&self, deny: usize, allow: usize) -> Option<bool> {
        let pieces = [deny, allow].map(|i| resource_piece(self, Some(&self.statements[i])));
        let everything = Language::everything();
        let points = survey(&pieces, &everything, &everything, &mut Budget::default())?;
        Some(points.iter().all(|point| point[1] == Match::No || point[0] == Match::Sure))
    }

    /// Tells whether requests without TLS are refused for everybody, for every action of the service on the resources.
    ///
    /// `resources` are ARNs or patterns (`arn:aws:s3:::b`, `arn:aws:s3:::b/*`).
    pub fn tls_only(&self, service: &str, resources: &[&str]) -> Answer {
        self.refuses_plain_of(&Language::template(&format!("{}:{{action}}", service.to_lowercase().replace('{', ""))), resources)
    }

    /// As [`Document::tls_only`], for one action (`s3:GetObject`).
    pub fn tls_only_for(&self, action: &str, resources: &[&str]) -> Answer {
        self.refuses_plain_of(&Language::wildcard(&action.to_lowercase()), resources)
    }

    fn refuses_plain_of(&self, actions: &Language, resources: &[&str]) -> Answer {
        let rows: Vec<_> = self.statements.iter().map(|statement| (statement, refuses_plain(statement))).collect();
        let pieces: Vec<Piece> = rows.iter().map(|(statement, _)| resource_piece(self, Some(statement))).collect();
        let mut worst = Match::Sure;
        let mut shown = std::collections::BTreeSet::new();
        for resource in resources {
            let Some(points) = survey(&pieces, actions, &Language::wildcard(resource), &mut Budget::default()) else {
                return Answer::Unknown("the document's patterns are too entangled to be compared".to_owned());
            };
            for point in points {
                let hits = rows.iter().zip(&point).map(|((statement, refuses), matched)| (statement, (*refuses).min(*matched)));
                let hit = hits.max_by_key(|(_, hit)| *hit);
                worst = worst.min(hit.map_or(Match::No, |(_, hit)| hit));
                shown.extend(hit.map(|(statement, _)| statement.shown.clone()));
            }
        }
        match (worst, &self.trouble) {
            (Match::Sure, _) if !resources.is_empty() => Answer::Yes(shown.into_iter().collect()),
            (Match::No, None) => Answer::No,
            (_, Some(why)) => Answer::Unknown(why.clone()),
            _ => Answer::Unknown("a `Deny` of requests without TLS has further conditions, or is not understood".to_owned()),
        }
    }
}

/// How surely a statement refuses everybody's requests without TLS.
fn refuses_plain(statement: &Statement) -> Match {
    if statement.trouble.is_some() {
        return if statement.effect == Some(Effect::Allow) { Match::No } else { Match::Maybe };
    }
    if statement.effect != Some(Effect::Deny) {
        return Match::No;
    }
    let about_tls = |condition: &&Condition| matches!(condition.key.as_str(), "aws:securetransport" | "s3:tlsversion");
    let plain = |condition: &Condition| {
        let operator = condition.operator;
        let says = |word: &str| condition.values.iter().any(|value| value.eq_ignore_ascii_case(word));
        match (operator.test, condition.key.as_str()) {
            (Test::Bool, "aws:securetransport") => operator.quantifier != Quantifier::All && says("false"),
            // Plain requests have no TLS version: only what holds where the key is absent reaches them.
            (Test::Numeric, "s3:tlsversion") => operator.if_exists,
            (Test::Null, "s3:tlsversion") => says("true"),
            _ => false,
        }
    };
    let tls: Vec<_> = statement.conditions.iter().filter(about_tls).collect();
    match (statement.conditions.len(), tls.len()) {
        (0, _) if covers_principals(statement) => Match::Sure,
        (1, 1) if plain(tls[0]) && covers_principals(statement) => Match::Sure,
        (_, 1..) if tls.iter().any(|condition| plain(condition) || is_unclear(condition)) && covers_principals(statement) => Match::Maybe,
        _ => Match::No,
    }
}

/// A condition on TLS whose operator has no documented meaning for its key.
fn is_unclear(condition: &Condition) -> bool {
    match condition.key.as_str() {
        "aws:securetransport" => condition.operator.test != Test::Bool,
        _ => !matches!(condition.operator.test, Test::Numeric | Test::Null),
    }
}

fn is_network(condition: &Condition) -> bool {
    matches!(condition.key.as_str(), "aws:sourceip" | "aws:vpcsourceip" | "aws:sourcevpc" | "aws:sourcevpce")
}

/// The networks of a `Deny` all of whose conditions are "not from there".
fn denied_elsewhere(deny: &Statement) -> Option<Networks> {
    let mut networks = Networks::default();
    for condition in &deny.conditions {
        networks.join(limit(condition, true)?);
    }
    Some(networks)
}

/// The networks that a condition keeps to; `None` where it keeps to none, or not surely.
fn limit(condition: &Condition, negated: bool) -> Option<Networks> {
    let operator = condition.operator;
    let absent = operator.holds_when_absent();
    let values = condition.values.clone();
    let usable = operator.negated == negated && absent == negated && !values.is_empty();
    let fixed = |v: &String| !v.contains("${") && (operator.test == Test::Equals || !v.contains(['*', '?']));
    if !usable {
        return None;
    }
    let text = matches!(operator.test, Test::Equals | Test::Like) && values.iter().all(fixed);
    match condition.key.as_str() {
        "aws:sourceip" if operator.test == Test::Ip && net::admits_internet(&values) == Match::No => {
            Some(Networks { cidrs: values, ..Networks::default() })
        }
        "aws:sourcevpc" if text => Some(Networks { vpcs: values, ..Networks::default() }),
        "aws:sourcevpce" if text => Some(Networks { vpc_endpoints: values, ..Networks::default() }),
        _ => None,
    }
}
