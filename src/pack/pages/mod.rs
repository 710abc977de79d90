//! Page models: what each page shows, as plain values that the templates lay out. No page computes a verdict.

pub mod completeness;
pub mod control;
pub mod cover;
pub mod gaps;
pub mod item;
pub mod matrix;
pub mod people;
pub mod report;
pub mod scope;
pub mod tests;
pub mod waivers;

use std::collections::BTreeMap;

use serde::Serialize;

use super::build::Build;
use super::error::PackError;
use super::links::Pair;
use super::population::Judged;
use super::words;
use crate::model::assessment::{Counts, Disposition};

/// Judged controls by control and parameters.
pub(super) type AllJudged = BTreeMap<Pair, Judged>;

/// Writes every page except those of controls and exhibits.
pub(super) fn write_all(build: &Build<'_>, judged: &AllJudged) -> Result<(), PackError> {
    item::write_all(build, judged)?;
    tests::write(build, judged)?;
    matrix::write(build, judged)?;
    gaps::write(build, judged)?;
    people::write(build)?;
    waivers::write(build, judged)?;
    completeness::write(build)?;
    scope::write(build)?;
    cover::write(build, judged)?;
    report::write(build, judged)
}

/// A share of a bar.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Share {
    pub key: &'static str,
    pub text: String,
    pub n: u64,
    pub x: u64,
    pub width: u64,
}

/// A bar over a thousand units; whatever is not nothing is at least visible.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Bar {
    pub parts: Vec<Share>,
    pub total: u64,
    pub label: String,
}

impl Bar {
    /// A bar of counted things with their words.
    pub fn new(counts: impl IntoIterator<Item = (&'static str, String, u64)>) -> Self {
        let counts: Vec<_> = counts.into_iter().collect();
        let total: u64 = counts.iter().map(|(_, _, n)| n).sum();
        let mut x = 0;
        let mut parts = Vec::new();
        let last = counts.iter().rposition(|(_, _, n)| *n > 0);
        for (at, (key, text, n)) in counts.into_iter().enumerate() {
            let share = if n == 0 { 0 } else { (n * 1_000 / total.max(1)).max(6) };
            let width = if Some(at) == last { 1_000_u64.saturating_sub(x) } else { share.min(1_000_u64.saturating_sub(x)) };
            parts.push(Share { key, text, n, x, width });
            x += width;
        }
        let label =
            parts.iter().filter(|part| part.n > 0).map(|part| format!("{} {}", words::count(part.n), part.text)).collect::<Vec<_>>();
        Bar { parts, total, label: if label.is_empty() { "nothing".to_owned() } else { label.join(", ") } }
    }

    /// A bar of verdicts.
    pub fn of_counts(counts: &Counts) -> Self {
        Bar::new([
            ("fail", "failed".to_owned(), counts.fail),
            ("indeterminate", "could not be seen".to_owned(), counts.indeterminate),
            ("not_applicable", "not applicable".to_owned(), counts.not_applicable),
            ("pass", "passed".to_owned(), counts.pass),
        ])
    }

    /// A bar of dispositions.
    pub fn of_dispositions(counts: &BTreeMap<Disposition, u64>) -> Self {
        Bar::new(
            words::DISPOSITIONS
                .map(|one| (words::disposition_key(one), words::disposition(one).to_owned(), counts.get(&one).copied().unwrap_or(0))),
        )
    }
}

/// Verdict counts as pages show them.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct CountsModel {
    pub pass: u64,
    pub fail: u64,
    pub not_applicable: u64,
    pub indeterminate: u64,
    pub all: u64,
}

impl From<&Counts> for CountsModel {
    fn from(counts: &Counts) -> Self {
        CountsModel {
            pass: counts.pass,
            fail: counts.fail,
            not_applicable: counts.not_applicable,
            indeterminate: counts.indeterminate,
            all: counts.pass + counts.fail + counts.not_applicable + counts.indeterminate,
        }
    }
}

/// Part of a list with how long the whole is.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Part<T> {
    pub shown: Vec<T>,
    pub total: u64,
}

impl<T> Part<T> {
    /// The first `limit` of all.
    pub fn of(all: impl IntoIterator<Item = T>, limit: usize) -> Self {
        let mut shown = Vec::new();
        let mut total = 0;
        for one in all {
            total += 1;
            if shown.len() < limit {
                shown.push(one);
            }
        }
        Part { shown, total }
    }
}
