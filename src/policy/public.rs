//! Whether a resource policy lets everybody in.
//!
//! "Everybody" is the stranger of `stranger.rs`. The policy is public where some request of his is allowed by a statement
//! and denied by none; it is not public where every request that an `Allow` would let him make is surely refused.

use std::collections::BTreeSet;

use super::answer::{Answer, Shown};
use super::condition::{Condition, Test};
use super::document::{Document, Effect, PrincipalKind, Principals, Statement};
use super::grid::{Budget, Extent, Match, Piece, survey};
use super::pattern::Language;
use super::stranger::{Family, Restricting, can_satisfy, cannot_avoid, family};

/// A statement as far as the stranger goes.
struct Row<'a> {
    statement: Option<&'a Statement>,
    allow: Match,
    deny: Match,
}

impl Document {
    /// Tells whether the policy, read as a resource or role trust policy, lets in everyone; `Yes` shows the statements.
    pub fn public_access(&self, restricting: &Restricting) -> Answer {
        let rows = self.stranger_rows(restricting);
        if rows.iter().all(|row| row.allow == Match::No) {
            return Answer::No;
        }
        let pieces: Vec<Piece> = rows.iter().map(|row| resource_piece(self, row.statement)).collect();
        let everything = Language::everything();
        let Some(points) = survey(&pieces, &everything, &everything, &mut Budget::default()) else {
            return Answer::Unknown("the document's patterns are too entangled to be compared".to_owned());
        };
        conclude(self, &rows, &points)
    }

    /// Tells whether the policy lets everyone do an action on every resource: both are templates of `pattern.rs` (`execute-api:invoke`,
    /// `arn:aws:execute-api:{region}:{account}:{id}/{some}`). `Yes` shows the statements that allow it.
    ///
    /// Unlike [`Document::public_access`] it asks whether anything at all is kept from him.
    pub fn open_to_everyone(&self, action: &str, resource: &str, restricting: &Restricting) -> Answer {
        let rows = self.stranger_rows(restricting);
        let pieces: Vec<Piece> = rows.iter().map(|row| resource_piece(self, row.statement)).collect();
        let resource = if has_short_form(self) { "execute-api:/{some}" } else { resource };
        let (actions, resources) = (Language::template(action), Language::template(resource));
        let Some(points) = survey(&pieces, &actions, &resources, &mut Budget::default()) else {
            return Answer::Unknown("the document's patterns are too entangled to be compared".to_owned());
        };
        everywhere(self, &rows, &points)
    }

    fn stranger_rows(&self, restricting: &Restricting) -> Vec<Row<'_>> {
        let mut rows: Vec<_> = self.statements.iter().map(|statement| row(statement, restricting)).collect();
        untangle(&mut rows, restricting);
        if self.trouble.is_some() {
            rows.push(Row { statement: None, allow: Match::Maybe, deny: Match::Maybe });
        }
        rows
    }
}

fn conclude(document: &Document, rows: &[Row<'_>], points: &BTreeSet<Vec<Match>>) -> Answer {
    let (mut open, mut unclear): (BTreeSet<Shown>, BTreeSet<usize>) = (BTreeSet::new(), BTreeSet::new());
    for point in points {
        let reach = |pick: fn(&Row<'_>) -> Match| rows.iter().zip(point).map(move |(row, matched)| pick(row).min(*matched));
        let (allow, deny) = (reach(|row| row.allow).max(), reach(|row| row.deny).max());
        let allowed_by =
            |at_least: Match| rows.iter().enumerate().zip(point).filter(move |((_, row), matched)| row.allow.min(**matched) >= at_least);
        match (allow.unwrap_or(Match::No), deny.unwrap_or(Match::No)) {
            (Match::No, _) | (_, Match::Sure) => {}
            (Match::Sure, Match::No) => {
                open.extend(allowed_by(Match::Sure).filter_map(|((_, row), _)| Some(row.statement?.shown.clone())));
            }
            _ => {
                let denied = rows.iter().enumerate().zip(point).filter(|((_, row), m)| row.deny.min(**m) == Match::Maybe);
                unclear.extend(allowed_by(Match::Maybe).chain(denied).map(|((i, _), _)| i));
            }
        }
    }
    if !open.is_empty() {
        return Answer::Yes(open.into_iter().collect());
    }
    if unclear.is_empty() {
        return Answer::No;
    }
    let reasons: Vec<String> = unclear.into_iter().take(4).map(|i| explain(document, &rows[i])).collect();
    Answer::Unknown(reasons.join("; "))
}

/// `Yes` where every point is surely allowed, `No` where one surely is not.
fn everywhere(document: &Document, rows: &[Row<'_>], points: &BTreeSet<Vec<Match>>) -> Answer {
    let (mut open, mut unclear): (BTreeSet<Shown>, BTreeSet<usize>) = (BTreeSet::new(), BTreeSet::new());
    for point in points {
        let reach = |pick: fn(&Row<'_>) -> Match| rows.iter().zip(point).map(move |(row, matched)| pick(row).min(*matched));
        let (allow, deny) = (reach(|row| row.allow).max(), reach(|row| row.deny).max());
        match (allow.unwrap_or(Match::No), deny.unwrap_or(Match::No)) {
            (Match::No, _) | (_, Match::Sure) => return Answer::No,
            (Match::Sure, Match::No) => {
                let sure = rows.iter().zip(point).filter(|(row, matched)| row.allow.min(**matched) == Match::Sure);
                open.extend(sure.filter_map(|(row, _)| Some(row.statement?.shown.clone())));
            }
            _ => unclear.extend((0..rows.len()).filter(|&i| rows[i].allow.max(rows[i].deny).min(point[i]) == Match::Maybe)),
        }
    }
    if unclear.is_empty() {
        return Answer::Yes(open.into_iter().collect());
    }
    let reasons: Vec<String> = unclear.into_iter().take(4).map(|i| explain(document, &rows[i])).collect();
    Answer::Unknown(reasons.join("; "))
}

fn explain(document: &Document, row: &Row<'_>) -> String {
    let Some(statement) = row.statement else {
        return document.trouble.clone().unwrap_or_default();
    };
    if let Some(why) = &statement.trouble {
        return format!("{} is not understood: {why}", statement.shown);
    }
    let conditions: Vec<_> = statement.conditions.iter().map(|condition| format!("`{}`", condition.written)).collect();
    let verb = if statement.effect == Some(Effect::Deny) { "may shut out" } else { "may let in" };
    match conditions.is_empty() {
        true => format!("{} {verb} everyone", statement.shown),
        false => format!("{} {verb} everyone where {}", statement.shown, conditions.join(" and ")),
    }
}

fn row<'a>(statement: &'a Statement, restricting: &Restricting) -> Row<'a> {
    if statement.trouble.is_some() {
        let (allow, deny) = match statement.effect {
            Some(Effect::Deny) => (Match::No, Match::Maybe),
            Some(Effect::Allow) => (Match::Maybe, Match::No),
            None => (Match::Maybe, Match::Maybe),
        };
        return Row { statement: Some(statement), allow, deny };
    }
    let principal = statement.principals.as_ref().map_or(Match::Maybe, |p| names_stranger(p, statement.effect));
    let strength = |judge: fn(&Condition, &Restricting) -> Match| {
        statement.conditions.iter().map(|condition| judge(condition, restricting)).min().unwrap_or(Match::Sure).min(principal)
    };
    let (allow, deny) = match statement.effect {
        Some(Effect::Allow) => (contradiction(statement).min(strength(can_satisfy)), Match::No),
        _ => (Match::No, strength(cannot_avoid)),
    };
    Row { statement: Some(statement), allow, deny }
}

/// `Maybe` where the same key is asked to be absent or present and something else too: together they may be impossible.
fn contradiction(statement: &Statement) -> Match {
    let nulls = statement.conditions.iter().filter(|condition| condition.operator.test == Test::Null);
    let mut twice = nulls.filter(|null| statement.conditions.iter().filter(|other| other.key == null.key).count() > 1);
    if twice.next().is_some() { Match::Maybe } else { Match::Sure }
}

/// How surely a principal element includes the stranger.
fn names_stranger(principals: &Principals, effect: Option<Effect>) -> Match {
    let named = principals.entries.iter().map(|(kind, id)| names_stranger_as(*kind, id, effect)).max().unwrap_or(Match::Maybe);
    match (principals.negated, named) {
        (false, named) => named,
        (true, Match::No) => Match::Sure,
        (true, Match::Maybe) => Match::Maybe,
        (true, Match::Sure) => Match::No,
    }
}

fn names_stranger_as(kind: PrincipalKind, id: &str, effect: Option<Effect>) -> Match {
    match (kind, id) {
        (PrincipalKind::Anyone, _) | (PrincipalKind::Aws, "*") => Match::Sure,
        // Any provider will do, also one the stranger runs.
        (PrincipalKind::Federated, "*") if effect == Some(Effect::Allow) => Match::Sure,
        // AWS documents no wildcard inside a principal; what one would do is not known. A variable is as unclear.
        (_, id) if id.is_empty() || id.contains(['*', '?', '$']) => Match::Maybe,
        _ => Match::No,
    }
}

/// Tells whether the statement speaks of everybody (`*`).
pub(super) fn covers_principals(statement: &Statement) -> bool {
    let everybody =
        |(kind, id): &(PrincipalKind, String)| matches!((kind, id.as_str()), (PrincipalKind::Anyone, _) | (PrincipalKind::Aws, "*"));
    statement.principals.as_ref().is_some_and(|principals| !principals.negated && principals.entries.iter().any(everybody))
}

/// A statement's actions and resources; a resource policy without `Resource` (role trust) speaks of its own resource.
pub(super) fn resource_piece(document: &Document, statement: Option<&Statement>) -> Piece {
    let Some(statement) = statement.filter(|statement| statement.trouble.is_none()) else {
        return Piece { actions: Extent::unclear(), resources: Extent::unclear() };
    };
    let actions = statement.actions.as_ref().map_or_else(Extent::unclear, Extent::actions);
    let resources = match &statement.resources {
        None => Extent::everything(),
        Some(listing) => Extent::resources(&own_form(document, listing), document.variables),
    };
    Piece { actions, resources }
}

/// API Gateway accepts `execute-api:/stage/...` for its own ARNs. Where a document has the short form, both forms are
/// brought to it, so that they meet.
fn own_form(document: &Document, listing: &super::document::Listing) -> super::document::Listing {
    if !has_short_form(document) {
        return listing.clone();
    }
    let values = listing.values.iter().map(|value| {
        let parts: Vec<&str> = value.splitn(6, ':').collect();
        match parts[..] {
            ["arn", _, "execute-api", _, _, path] => match path.split_once('/') {
                Some((_, rest)) => format!("execute-api:/{rest}"),
                None if path.contains('*') => "execute-api:/*".to_owned(),
                None => value.clone(),
            },
            _ => value.clone(),
        }
    });
    super::document::Listing { negated: listing.negated, values: values.collect() }
}

fn has_short_form(document: &Document) -> bool {
    let mut listings = document.statements.iter().filter_map(|statement| statement.resources.as_ref());
    listings.any(|listing| listing.values.iter().any(|value| value.starts_with("execute-api:/")))
}

/// Each condition is judged alone; where a `Deny` that the stranger can avoid shares a key with his `Allow`, or with
/// another such `Deny`, he may not manage both at once, and the `Deny` is taken for unclear.
fn untangle(rows: &mut [Row<'_>], restricting: &Restricting) {
    let avoidable: Vec<usize> = (0..rows.len()).filter(|&i| is_avoidable(&rows[i], restricting)).collect();
    let mut unclear = Vec::new();
    for &i in &avoidable {
        let entangled = rows.iter().enumerate().any(|(j, other)| {
            let rival = other.allow != Match::No || (j != i && avoidable.contains(&j));
            rival && conflict(&rows[i], other)
        });
        if entangled {
            unclear.push(i);
        }
    }
    for i in unclear {
        rows[i].deny = Match::Maybe;
    }
}

/// A `Deny` that names the stranger, but whose conditions he can keep from holding.
fn is_avoidable(row: &Row<'_>, restricting: &Restricting) -> bool {
    row.statement.is_some_and(|statement| {
        let principal = statement.principals.as_ref().map_or(Match::Maybe, |p| names_stranger(p, statement.effect));
        let judged = statement.conditions.iter().map(|condition| cannot_avoid(condition, restricting)).min();
        statement.effect == Some(Effect::Deny) && principal != Match::No && judged == Some(Match::No)
    })
}

fn conflict(deny: &Row<'_>, other: &Row<'_>) -> bool {
    let conditions = |row: &Row<'_>| row.statement.map(|statement| statement.conditions.clone()).unwrap_or_default();
    let (mine, theirs) = (conditions(deny), conditions(other));
    let both_deny = other.statement.is_some_and(|statement| statement.effect == Some(Effect::Deny));
    mine.iter().any(|a| theirs.iter().any(|b| a.key == b.key && !agree(a, b, both_deny)))
}

/// Tells whether what avoids the `Deny` condition `a` also suits `b`.
fn agree(a: &Condition, b: &Condition, both_deny: bool) -> bool {
    let flag = a.operator.test == Test::Bool && b.operator.test == Test::Bool;
    let same = a.values.iter().map(|v| v.to_lowercase()).eq(b.values.iter().map(|v| v.to_lowercase()));
    match both_deny {
        true => same && a.operator.test == b.operator.test && a.operator.negated == b.operator.negated,
        false => (flag && !same) || (family(&a.key) == Family::Free && !flag && a.operator.negated != b.operator.negated && same),
    }
}
