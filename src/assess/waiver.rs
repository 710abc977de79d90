//! Waivers: approved, expiring acceptances of named failures. A waiver stands beside a verdict and never changes it.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::document::{self, DocumentError, account, need_date};
use crate::catalog::Catalog;
use crate::catalog::diagnostic::{Diagnostic, suggestion};
use crate::catalog::toml_table::Table;
use crate::model::Instant;
use crate::model::verdict::WaiverNote;

/// A waiver that ends within this many days is reported as ending soon.
pub const SOON_DAYS: i64 = 30;

/// Which failures of its control and place a waiver accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepts {
    /// These resources, by exact id.
    Resources(Vec<String>),
    /// Resources whose id matches; `*` stands for any text.
    Pattern(String),
    /// The verdict on the account or Region itself, which names no resource.
    Place,
}

/// One waiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// File name without its ending.
    pub id: String,
    /// Control id.
    pub control: String,
    /// Account id.
    pub account: String,
    /// Only this Region, if given.
    pub region: Option<String>,
    /// What it accepts.
    pub accepts: Accepts,
    /// Accountable owner.
    pub owner: String,
    /// Reason as approved.
    pub reason: String,
    /// Who approved it.
    pub approved_by: String,
    /// First day on which it is valid.
    pub approved: NaiveDate,
    /// Last day on which it is valid.
    pub expires: NaiveDate,
    /// Ticket, if any.
    pub ticket: Option<String>,
    /// The file's text, for the pack's `inputs/`.
    pub text: String,
}

impl Waiver {
    /// `active`, `expired` or `not_yet_valid` at an instant.
    pub fn state(&self, as_of: Instant) -> &'static str {
        let day = as_of.date_naive();
        if day < self.approved {
            "not_yet_valid"
        } else if day > self.expires {
            "expired"
        } else {
            "active"
        }
    }

    /// Whether it is active and ends within [`SOON_DAYS`].
    pub fn ends_soon(&self, as_of: Instant) -> bool {
        self.state(as_of) == "active" && (self.expires - as_of.date_naive()).num_days() <= SOON_DAYS
    }

    /// Whether it names this failure.
    pub fn names(&self, account: &str, region: &str, id: Option<&str>) -> bool {
        let accepted = match (&self.accepts, id) {
            (Accepts::Resources(ids), Some(id)) => ids.iter().any(|one| one == id),
            (Accepts::Pattern(pattern), Some(id)) => matches(pattern, id),
            (Accepts::Place, None) => true,
            _ => false,
        };
        accepted && self.account == account && self.region.as_deref().is_none_or(|one| one == region)
    }

    /// The note beside a verdict.
    pub fn note(&self, as_of: Instant) -> WaiverNote {
        WaiverNote {
            id: self.id.clone(),
            state: self.state(as_of).to_owned(),
            owner: self.owner.clone(),
            reason: self.reason.clone(),
            approved_by: self.approved_by.clone(),
            expires: self.expires.to_string(),
        }
    }
}

/// Whether `text` matches a pattern in which `*` stands for any text, also none.
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// All waivers of a run, by control and then by id.
#[derive(Clone, Debug, Default)]
pub struct Waivers(BTreeMap<String, Vec<Waiver>>);

impl Waivers {
    /// Reads every `*.toml` of a folder.
    ///
    /// # Errors
    /// When a file cannot be read, or any holds an error.
    pub fn load(folder: &Path, catalog: &Catalog) -> Result<Self, DocumentError> {
        let all = document::read_all(folder, "the waiver", |id, file, table| read(id, file.text.to_string(), table, catalog))?;
        let mut waivers = Waivers::default();
        for waiver in all {
            waivers.0.entry(waiver.control.clone()).or_default().push(waiver);
        }
        Ok(waivers)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Waiver> {
        self.0.values().flatten()
    }

    /// The waivers that name a failure: the one whose note stands beside it first (active before others, then by id).
    pub fn naming(&self, control: &str, account: &str, region: &str, id: Option<&str>, as_of: Instant) -> Vec<&Waiver> {
        let all = self.0.get(control).map_or(&[][..], Vec::as_slice);
        let mut named: Vec<&Waiver> = all.iter().filter(|waiver| waiver.names(account, region, id)).collect();
        named.sort_by_key(|waiver| waiver.state(as_of) != "active");
        named
    }
}

fn read(id: String, text: String, table: &Table<'_, '_>, catalog: &Catalog) -> Option<Waiver> {
    let control = table.need_string("control");
    if let Some(control) = control.as_ref().filter(|control| catalog.control(&control.value).is_none()) {
        let hint = suggestion(&control.value, catalog.controls().map(|one| one.id.as_str()));
        let message = format!("unknown control `{}`", control.value);
        table.report(Diagnostic::error(table.file(), control.span.clone(), message).maybe_hint(hint));
    }
    let account = account(table, true);
    let region = table.string("region").map(|at| at.value);
    let accepts = accepts(table);
    let owner = table.need_string("owner");
    let reason = table.need_string("reason");
    let approved_by = table.need_string("approved_by");
    let approved = need_date(table, "approved");
    let expires = need_date(table, "expires");
    if let (Some(approved), Some(expires)) = (approved, expires)
        && expires < approved
    {
        let span = table.raw("expires").map_or(table.span(), |at| at.span);
        table.error(span, "the waiver expires before it was approved");
    }
    let ticket = table.string("ticket").map(|at| at.value);
    Some(Waiver {
        id,
        control: control?.value,
        account: account?,
        region,
        accepts: accepts?,
        owner: owner?.value,
        reason: reason?.value,
        approved_by: approved_by?.value,
        approved: approved?,
        expires: expires?,
        ticket,
        text,
    })
}

fn accepts(table: &Table<'_, '_>) -> Option<Accepts> {
    let ids: Vec<String> = table.strings("resources").into_iter().map(|at| at.value).collect();
    let pattern = table.string("pattern").map(|at| at.value);
    let place = table.flag("without_resource").unwrap_or(false);
    match (ids.is_empty(), pattern, place) {
        (false, None, false) => Some(Accepts::Resources(ids)),
        (true, Some(pattern), false) => Some(Accepts::Pattern(pattern)),
        (true, None, true) => Some(Accepts::Place),
        _ => {
            let hint =
                "list exact ids in `resources`, or give a `pattern`, or `without_resource = true` for the verdict on the place itself";
            table.report(Diagnostic::error(table.file(), table.span(), "a waiver names failures in exactly one way").hint(hint));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_ids() {
        assert!(matches("arn:aws:iam::*:user/ci-*", "arn:aws:iam::111122223333:user/ci-x"));
        assert!(!matches("arn:aws:iam::*:user/ci", "arn:aws:iam::111122223333:user/ci-x"));
        assert!(!matches("user", "a user"));
        assert!(matches("*", ""));
        assert!(!matches("a*a", "a"));
    }
}
