//! The columns of a control over all kinds that it judges: each title once, in the order of the file.

use std::collections::BTreeMap;

use crate::model::control::Control;

/// Titles, and which of them each kind fills.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    /// Titles.
    pub titles: Vec<&'a str>,
    by_kind: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Columns<'a> {
    /// The columns of a control.
    pub fn of(control: &'a Control) -> Self {
        let mut columns = Columns { titles: Vec::new(), by_kind: BTreeMap::new() };
        for judge in &control.judges {
            let places = judge.columns.iter().map(|(title, _)| {
                columns.titles.iter().position(|one| one == title).unwrap_or_else(|| {
                    columns.titles.push(title);
                    columns.titles.len() - 1
                })
            });
            let places = places.collect();
            columns.by_kind.insert(&judge.resource, places);
        }
        columns
    }

    /// The values of a resource of this kind, one place for each title; `None` where its kind has no such column.
    pub fn aligned<'v, T>(&self, kind: &str, values: &'v [T]) -> Vec<Option<&'v T>> {
        let mut aligned = vec![None; self.titles.len()];
        let places = self.by_kind.get(kind).map_or(&[][..], Vec::as_slice);
        for (place, value) in places.iter().zip(values) {
            aligned[*place] = Some(value);
        }
        aligned
    }
}
