//! Holds the users that `ListUsers` names against the credential report and the authorization details: two more ways through AWS
//! to the same users. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::report::{Report, Row};
use crate::model::Instant;

/// A user of the listing.
#[derive(Clone, Debug)]
pub struct Listed {
    /// `UserName`.
    pub name: String,
    /// `CreateDate`, where it could be read.
    pub created: Option<Instant>,
}

/// How a user of the listing stands in the report.
#[derive(Clone, Debug)]
pub enum InReport<'a> {
    /// With this row.
    Row(&'a Row),
    /// Not, having been created after it; the sentence says so.
    Newer(String),
    /// Not, though it existed; the sentence says so.
    Missing(String),
}

/// Finds a user of the listing in the report.
pub fn find<'a>(report: &'a Report, arn: &str, listed: &Listed) -> InReport<'a> {
    let generated = report.generated;
    let row = report.users.get(arn);
    let same = |row: &Row| matches!((&row.created, listed.created), (Ok(row), Some(listed)) if row.timestamp() != listed.timestamp());
    match (row, listed.created) {
        (Some(row), _) if row.created.is_err() || listed.created.is_none() || !same(row) => InReport::Row(row),
        (_, Some(created)) if created >= generated => {
            InReport::Newer(format!("`{}` was created after the credential report of {}", listed.name, shown(generated)))
        }
        (Some(_), _) => InReport::Missing(format!("`{}` has another creation date in the credential report", listed.name)),
        (None, _) => InReport::Missing(format!("`{}` is not in the credential report of {}", listed.name, shown(generated))),
    }
}

/// An instant as people read it.
pub fn shown(instant: Instant) -> String {
    instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// What the ways say of each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Users created after the report: no contradiction, but the report does not know them.
    pub newer: Vec<String>,
    /// Contradictions, each a sentence.
    pub disputed: Vec<String>,
}

/// Compares the listing with the report; only a listing that is `complete` can be held to lack a user.
pub fn with_report(report: &Report, users: &BTreeMap<String, Listed>, complete: bool) -> Reconciled {
    let mut reconciled = Reconciled::default();
    for (arn, listed) in users {
        match find(report, arn, listed) {
            InReport::Row(_) => {}
            InReport::Newer(why) => reconciled.newer.push(why),
            InReport::Missing(why) => reconciled.disputed.push(why),
        }
    }
    if complete {
        let lacking = report.users.iter().filter(|(arn, _)| !users.contains_key(*arn));
        reconciled.disputed.extend(lacking.map(|(_, row)| format!("`{}` is in the credential report but was not listed", row.user)));
    }
    reconciled
}

/// Compares a complete listing with complete authorization details, by ARN. Each sentence is a contradiction.
pub fn with_details(details: &BTreeSet<String>, users: &BTreeMap<String, Listed>) -> Vec<String> {
    let unknown = users.iter().filter(|(arn, _)| !details.contains(*arn));
    let unlisted = details.iter().filter(|arn| !users.contains_key(*arn));
    let unknown = unknown.map(|(_, listed)| format!("`{}` is not in the authorization details", listed.name));
    unknown.chain(unlisted.map(|arn| format!("`{arn}` is in the authorization details but was not listed"))).collect()
}

/// The sentence of a gap: how many, and the first of them.
pub fn summed_up(what: &str, sentences: &[String]) -> String {
    const SHOWN: usize = 10;
    let shown = sentences.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join("; ");
    match sentences.len() {
        n if n > SHOWN => format!("{what}: {shown}; {SHOWN} of {n} shown"),
        _ => format!("{what}: {shown}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::iam::report::parse;

    fn at(text: &str) -> Instant {
        chrono::DateTime::parse_from_rfc3339(text).expect("a time").to_utc()
    }

    fn report(users: &[(&str, &str)]) -> Report {
        let header = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,mfa_active,access_key_1_active,\
            access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_service,access_key_2_active,\
            access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_service";
        let row = |(name, created): &(&str, &str)| {
            format!("{name},arn:aws:iam::1:user/{name},{created},false,N/A,N/A,false,false,N/A,N/A,N/A,false,N/A,N/A,N/A")
        };
        let lines: Vec<String> = std::iter::once(header.to_owned()).chain(users.iter().map(row)).collect();
        parse(lines.join("\n").as_bytes(), at("2026-10-01T08:00:00Z")).expect("whole")
    }

    fn users(users: &[(&str, &str)]) -> BTreeMap<String, Listed> {
        let one = |(name, created): &(&str, &str)| {
            (format!("arn:aws:iam::1:user/{name}"), Listed { name: (*name).to_owned(), created: Some(at(created)) })
        };
        users.iter().map(one).collect()
    }

    const OLD: &str = "2026-01-01T00:00:00Z";

    #[test]
    fn equal_lists_agree_also_where_only_fractions_of_a_second_differ() {
        let reconciled = with_report(&report(&[("a", "2026-01-01T00:00:00+00:00")]), &users(&[("a", "2026-01-01T00:00:00.5Z")]), true);
        assert_eq!(reconciled, Reconciled::default());
    }

    #[test]
    fn a_user_newer_than_the_report_is_no_contradiction() {
        let reconciled = with_report(&report(&[]), &users(&[("new", "2026-10-01T08:00:00Z")]), true);
        assert_eq!(reconciled.newer, ["`new` was created after the credential report of 2026-10-01T08:00:00Z"]);
        assert!(reconciled.disputed.is_empty());
    }

    #[test]
    fn a_user_made_anew_under_an_old_name_is_not_the_one_in_the_report() {
        let reconciled = with_report(&report(&[("a", OLD)]), &users(&[("a", "2026-10-02T00:00:00Z")]), true);
        assert_eq!((reconciled.newer.len(), reconciled.disputed.len()), (1, 0));
        let reconciled = with_report(&report(&[("a", OLD)]), &users(&[("a", "2026-02-02T00:00:00Z")]), true);
        assert_eq!(reconciled.disputed, ["`a` has another creation date in the credential report"]);
    }

    #[test]
    fn lists_that_differ_are_disputed_by_name() {
        let reconciled = with_report(&report(&[("b", OLD)]), &users(&[("a", OLD)]), true);
        let expected =
            ["`a` is not in the credential report of 2026-10-01T08:00:00Z", "`b` is in the credential report but was not listed"];
        assert_eq!(reconciled.disputed, expected);
        let reconciled = with_report(&report(&[("b", OLD)]), &users(&[]), false);
        assert_eq!(reconciled, Reconciled::default(), "a listing that was cut proves no absence");
    }

    #[test]
    fn the_authorization_details_are_a_third_way() {
        let details = ["arn:aws:iam::1:user/b".to_owned()].into();
        assert_eq!(with_details(&details, &users(&[("a", OLD)])).len(), 2);
        assert!(with_details(&["arn:aws:iam::1:user/a".to_owned()].into(), &users(&[("a", OLD)])).is_empty());
    }

    #[test]
    fn long_lists_say_how_many_there_are() {
        let many: Vec<String> = (0..12).map(|n| format!("`u{n}`")).collect();
        assert!(summed_up("x", &many).ends_with("`u9`; 10 of 12 shown"));
        assert_eq!(summed_up("x", &many[..2]), "x: `u0`; `u1`");
    }
}
