//! The credential report: a CSV of AWS's own, read strictly by column name. A state that is not one of AWS's documented words makes
//! the facts of that row absent; a report that is not whole is none.

use std::collections::BTreeMap;

use super::facts::{RootReport, UserReport};
use crate::model::Instant;

/// The name of root's row.
const ROOT: &str = "<root_account>";

/// A whole report.
#[derive(Clone, Debug)]
pub struct Report {
    /// When AWS generated it.
    pub generated: Instant,
    /// Root's row, or why it could not be read.
    pub root: Result<RootReport, String>,
    /// The users' rows by ARN.
    pub users: BTreeMap<String, Row>,
}

/// A user's row.
#[derive(Clone, Debug)]
pub struct Row {
    /// `user`.
    pub user: String,
    /// `user_creation_time`.
    pub created: Result<Instant, String>,
    /// `password_enabled`.
    pub password_enabled: Result<bool, String>,
    /// The row's facts.
    pub facts: Result<UserReport, String>,
    /// Filled key slots.
    pub keys: Result<Vec<Key>, String>,
}

/// A filled key slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// 1 or 2.
    pub slot: i64,
    /// `access_key_n_active`.
    pub active: bool,
    /// `access_key_n_last_rotated`.
    pub last_rotated: Option<Instant>,
    /// `access_key_n_last_used_date`.
    pub last_used_date: Option<Instant>,
    /// `access_key_n_last_used_service`.
    pub last_used_service: Option<String>,
}

/// Reads a report.
///
/// # Errors
/// When it is not UTF-8, lacks a column, has a row of another length, or names a user twice: then nothing of it is known.
pub fn parse(content: &[u8], generated: Instant) -> Result<Report, String> {
    let text = std::str::from_utf8(content).map_err(|_| "the credential report is not UTF-8".to_owned())?;
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| broken(&error))?.clone();
    let columns = columns(&header)?;
    let mut root = Err(format!("the credential report has no row `{ROOT}`"));
    let mut users = BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        let cells = Cells { columns: &columns, record: &record };
        if cells.text("user") == ROOT {
            root = root_row(&cells, generated);
            continue;
        }
        let arn = cells.text("arn").to_owned();
        if !arn.starts_with("arn:") {
            return Err(format!("the credential report has a row without ARN: `{}`", cells.text("user")));
        }
        if users.insert(arn.clone(), user_row(&cells, generated)).is_some() {
            return Err(format!("the credential report names `{arn}` twice"));
        }
    }
    Ok(Report { generated, root, users })
}

fn broken(error: &csv::Error) -> String {
    format!("the credential report is not whole: {error}")
}

/// Columns that are read; AWS may add others.
const COLUMNS: &[&str] = &[
    "user",
    "arn",
    "user_creation_time",
    "password_enabled",
    "password_last_used",
    "password_last_changed",
    "mfa_active",
    "access_key_1_active",
    "access_key_1_last_rotated",
    "access_key_1_last_used_date",
    "access_key_1_last_used_service",
    "access_key_2_active",
    "access_key_2_last_rotated",
    "access_key_2_last_used_date",
    "access_key_2_last_used_service",
];

fn columns(header: &csv::StringRecord) -> Result<BTreeMap<&'static str, usize>, String> {
    let place = |name: &&'static str| {
        let mut places = header.iter().enumerate().filter(|(_, column)| column == name).map(|(index, _)| index);
        match (places.next(), places.next()) {
            (Some(index), None) => Ok((*name, index)),
            (None, _) => Err(format!("the credential report has no column `{name}`")),
            (Some(_), Some(_)) => Err(format!("the credential report has two columns `{name}`")),
        }
    };
    COLUMNS.iter().map(place).collect()
}

/// One row.
struct Cells<'a> {
    columns: &'a BTreeMap<&'static str, usize>,
    record: &'a csv::StringRecord,
}

impl Cells<'_> {
    fn text(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|index| self.record.get(*index)).unwrap_or_default()
    }

    /// A state.
    fn flag(&self, column: &str) -> Result<bool, String> {
        match self.text(column) {
            "true" | "TRUE" => Ok(true),
            "false" | "FALSE" => Ok(false),
            _ => Err(self.unclear(column)),
        }
    }

    /// A time, or one of AWS's words for none.
    fn time(&self, column: &str) -> Result<Option<Instant>, String> {
        match self.text(column) {
            "N/A" | "no_information" => Ok(None),
            text => chrono::DateTime::parse_from_rfc3339(text).map(|time| Some(time.to_utc())).map_err(|_| self.unclear(column)),
        }
    }

    fn unclear(&self, column: &str) -> String {
        let mut word: String = self.text(column).chars().take(40).collect();
        word.retain(|c| !c.is_control());
        format!("the credential report says `{word}` in `{column}` of `{}`, which AWS does not document", self.text("user"))
    }
}

fn user_row(cells: &Cells<'_>, generated: Instant) -> Row {
    let created = cells.time("user_creation_time").and_then(|time| time.ok_or_else(|| cells.unclear("user_creation_time")));
    let keys = [1, 2].into_iter().map(|slot| key(cells, slot)).collect::<Result<Vec<_>, _>>();
    Row {
        user: cells.text("user").to_owned(),
        created,
        password_enabled: cells.flag("password_enabled"),
        facts: keys.clone().and_then(|keys| user_facts(cells, generated, &keys)),
        keys: keys.map(|keys| keys.into_iter().filter(Key::is_filled).collect()),
    }
}

impl Key {
    /// A slot that never held a key has neither state nor dates.
    fn is_filled(&self) -> bool {
        self.active || self.last_rotated.is_some() || self.last_used_date.is_some()
    }

    /// The instant from which the key is idle.
    pub fn idle_since(&self) -> Option<Instant> {
        self.last_used_date.or(self.last_rotated)
    }
}

fn key(cells: &Cells<'_>, slot: i64) -> Result<Key, String> {
    let column = |rest: &str| format!("access_key_{slot}_{rest}");
    let key = Key {
        slot,
        active: cells.flag(&column("active"))?,
        last_rotated: cells.time(&column("last_rotated"))?,
        last_used_date: cells.time(&column("last_used_date"))?,
        last_used_service: Some(cells.text(&column("last_used_service")).to_owned()).filter(|text| text != "N/A" && !text.is_empty()),
    };
    match key.active && key.last_rotated.is_none() {
        true => Err(format!("the credential report has no date for the active key {slot} of `{}`", cells.text("user"))),
        false => Ok(key),
    }
}

fn user_facts(cells: &Cells<'_>, generated: Instant, keys: &[Key]) -> Result<UserReport, String> {
    let password_enabled = cells.flag("password_enabled")?;
    let (used, changed) = (cells.time("password_last_used")?, cells.time("password_last_changed")?);
    let password_idle_since = if password_enabled { used.or(changed) } else { None };
    if password_enabled && password_idle_since.is_none() {
        return Err(format!("the credential report has no date for the password of `{}`", cells.text("user")));
    }
    let [first, second] = keys else { return Err("a row of the credential report has two key slots".to_owned()) };
    Ok(UserReport {
        generated_time: generated,
        password_enabled,
        password_last_used: used,
        password_last_changed: changed,
        password_idle_since,
        mfa_active: cells.flag("mfa_active")?,
        access_key_1_active: first.active,
        access_key_1_last_rotated: first.last_rotated,
        access_key_1_last_used_date: first.last_used_date,
        access_key_2_active: second.active,
        access_key_2_last_rotated: second.last_rotated,
        access_key_2_last_used_date: second.last_used_date,
        active_access_keys: keys.iter().filter(|key| key.active).map(|key| key.slot).collect(),
    })
}

fn root_row(cells: &Cells<'_>, generated: Instant) -> Result<RootReport, String> {
    let password_last_used = cells.time("password_last_used")?;
    let (first, second) = (cells.time("access_key_1_last_used_date")?, cells.time("access_key_2_last_used_date")?);
    Ok(RootReport {
        generated_time: generated,
        password_last_used,
        mfa_active: cells.flag("mfa_active")?,
        access_key_1_active: cells.flag("access_key_1_active")?,
        access_key_1_last_used_date: first,
        access_key_2_active: cells.flag("access_key_2_active")?,
        access_key_2_last_used_date: second,
        last_used: [password_last_used, first, second].into_iter().flatten().max(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,\
        mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,\
        access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,\
        access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

    const ROOT_ROW: &str = "<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,not_supported,2026-01-02T03:04:05+00:00,\
        not_supported,not_supported,true,false,N/A,2026-02-02T03:04:00+00:00,us-east-1,s3,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A";

    fn row(password: &str, mfa: &str, key: &str) -> String {
        format!(
            "alice,arn:aws:iam::111122223333:user/alice,2021-01-01T00:00:00+00:00,{password},N/A,{mfa},{key},false,N/A,N/A,N/A,N/A,\
             false,N/A,false,N/A"
        )
    }

    const NO_KEY: &str = "false,N/A,N/A,N/A,N/A";

    fn read(rows: &[&str]) -> Result<Report, String> {
        let generated = at("2026-10-01T08:00:00Z");
        parse([&[HEADER], rows].concat().join("\n").as_bytes(), generated)
    }

    fn at(text: &str) -> Instant {
        chrono::DateTime::parse_from_rfc3339(text).expect("a time").to_utc()
    }

    fn alice(row: &str) -> Row {
        let report = read(&[ROOT_ROW, row]).expect("whole");
        report.users.into_values().next().expect("one user")
    }

    #[test]
    fn root_has_a_row_of_its_own() {
        let report = read(&[ROOT_ROW]).expect("whole");
        let root = report.root.expect("readable");
        assert_eq!(root.last_used, Some(at("2026-02-02T03:04:00Z")));
        assert!(root.mfa_active && !root.access_key_1_active && report.users.is_empty());
        let without = read(&[]).expect("whole");
        assert_eq!(without.root.err().as_deref(), Some("the credential report has no row `<root_account>`"));
    }

    #[test]
    fn a_password_never_used_is_idle_since_its_last_change() {
        let facts = alice(&row("true,no_information,2025-05-05T00:00:00+00:00", "false", NO_KEY)).facts.expect("readable");
        assert_eq!((facts.password_last_used, facts.password_idle_since), (None, Some(at("2025-05-05T00:00:00Z"))));
        let facts = alice(&row("true,2026-01-01T00:00:00+00:00,2025-05-05T00:00:00+00:00", "true", NO_KEY)).facts.expect("readable");
        assert_eq!(facts.password_idle_since, Some(at("2026-01-01T00:00:00Z")));
        let facts = alice(&row("false,N/A,N/A", "false", NO_KEY)).facts.expect("readable");
        assert_eq!((facts.password_idle_since, facts.active_access_keys), (None, Vec::new()));
    }

    #[test]
    fn a_key_never_used_is_idle_since_it_was_made_and_an_empty_slot_is_no_key() {
        let row = alice(&row("false,N/A,N/A", "false", "true,2025-05-05T00:00:00+00:00,N/A,N/A,N/A"));
        let keys = row.keys.expect("readable");
        assert_eq!(
            keys.iter().map(|key| (key.slot, key.active, key.idle_since())).collect::<Vec<_>>(),
            [(1, true, Some(at("2025-05-05T00:00:00Z")))]
        );
        assert_eq!(row.facts.expect("readable").active_access_keys, [1]);
    }

    #[test]
    fn an_inactive_key_still_fills_its_slot() {
        let keys = alice(&row("false,N/A,N/A", "false", "false,2025-05-05T00:00:00+00:00,2025-06-05T00:00:00+00:00,us-east-1,s3")).keys;
        let keys = keys.expect("readable");
        assert_eq!((keys.len(), keys[0].active, keys[0].last_used_service.as_deref()), (1, false, Some("s3")));
    }

    #[test]
    fn a_word_that_aws_does_not_document_leaves_the_row_unread_and_the_others_whole() {
        let odd = alice(&row("perhaps,N/A,N/A", "false", NO_KEY));
        assert!(odd.facts.is_err() && odd.password_enabled.is_err() && odd.keys.is_ok());
        let odd = alice(&row("false,N/A,N/A", "", NO_KEY));
        assert!(odd.facts.is_err() && odd.keys.is_ok());
        let odd = alice(&row("false,N/A,N/A", "true", "true,yesterday,N/A,N/A,N/A"));
        assert!(odd.facts.is_err() && odd.keys.is_err());
        assert!(alice(&row("true,N/A,N/A", "true", NO_KEY)).facts.is_err(), "a password without any date");
        assert!(alice(&row("false,N/A,N/A", "true", "true,N/A,N/A,N/A,N/A")).keys.is_err(), "an active key without a date");
    }

    #[test]
    fn a_report_that_is_not_whole_is_none() {
        let whole = row("false,N/A,N/A", "false", NO_KEY);
        let cut = &whole[..whole.len() - 10];
        assert!(read(&[ROOT_ROW, cut]).is_err(), "a row cut short");
        assert!(read(&[ROOT_ROW, &whole, &whole]).is_err(), "a user twice");
        assert!(read(&[&whole.replace("arn:aws", "-")]).is_err(), "a row without ARN");
        assert!(parse(b"", at("2026-10-01T08:00:00Z")).is_err(), "nothing at all");
        assert!(parse(b"\xff\xfe", at("2026-10-01T08:00:00Z")).is_err(), "not UTF-8");
        let lacking = HEADER.replace("mfa_active", "mfa");
        assert_eq!(
            parse(lacking.as_bytes(), at("2026-10-01T08:00:00Z")).err().as_deref(),
            Some("the credential report has no column `mfa_active`")
        );
        let twice = format!("{HEADER},user");
        assert!(parse(twice.as_bytes(), at("2026-10-01T08:00:00Z")).is_err(), "a column twice");
    }

    #[test]
    fn further_columns_and_another_order_change_nothing() {
        let swapped = "x,arn,user,user_creation_time,password_enabled,password_last_used,password_last_changed,mfa_active,access_key_1_active,\
            access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,\
            access_key_2_last_used_date,access_key_2_last_used_service\n\
            y,arn:aws:iam::1:user/b,b,2021-01-01T00:00:00+00:00,FALSE,N/A,N/A,TRUE,FALSE,N/A,N/A,N/A,FALSE,N/A,N/A,N/A";
        let report = parse(swapped.as_bytes(), at("2026-10-01T08:00:00Z")).expect("whole");
        assert!(report.users["arn:aws:iam::1:user/b"].facts.as_ref().expect("readable").mfa_active);
    }
}
