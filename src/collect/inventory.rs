//! What a collection run yields: resources, populations, gaps, and the calls behind them. With the catalogue, this is all
//! that assessment sees.
//!
//! Resources are spilled to an unnamed temporary file, one for each kind, so memory does not grow with their number.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Seek as _, Write as _};

use crate::model::call::CallKey;
use crate::model::gap::Gaps;
use crate::model::{CallId, Instant, Population, Resource};

/// What assessment and pack need to know of a call; the bytes stay in the recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallNote {
    /// Its key.
    pub key: CallKey,
    /// When the last attempt's answer came.
    pub received: Instant,
}

/// The outcome of a collection run.
#[derive(Debug, Default)]
pub struct Inventory {
    /// Resources by kind.
    pub resources: Store,
    /// Populations, ordered by kind and place once [`Inventory::settle`] has run.
    pub populations: Vec<Population>,
    /// Everything that could not be observed.
    pub gaps: Gaps,
    /// Calls that this run asked for, by id.
    pub calls: BTreeMap<CallId, CallNote>,
}

impl Inventory {
    /// Orders populations, so that output does not depend on which Region answered first.
    pub fn settle(&mut self) {
        self.populations.sort_by(|a, b| (&a.kind, &a.place).cmp(&(&b.kind, &b.place)));
    }
}

/// Resources, spilled by kind.
#[derive(Debug, Default)]
pub struct Store {
    kinds: BTreeMap<String, BufWriter<File>>,
}

impl Store {
    /// Adds a resource.
    ///
    /// # Errors
    /// When the temporary file cannot be created or written (full disk).
    pub fn push(&mut self, resource: &Resource) -> std::io::Result<()> {
        let kind = &resource.key.kind;
        if !self.kinds.contains_key(kind) {
            self.kinds.insert(kind.clone(), BufWriter::new(tempfile::tempfile()?));
        }
        let Some(file) = self.kinds.get_mut(kind) else { return Ok(()) };
        serde_json::to_writer(&mut *file, resource)?;
        file.write_all(b"\n")
    }

    /// Visits all resources of a kind in the order in which they were added (which depends on concurrency: sort what you make
    /// of them).
    ///
    /// # Errors
    /// When the temporary file cannot be read, or `visit` fails.
    pub fn for_each<E: From<std::io::Error>>(&mut self, kind: &str, mut visit: impl FnMut(Resource) -> Result<(), E>) -> Result<(), E> {
        let Some(file) = self.kinds.get_mut(kind) else { return Ok(()) };
        file.flush()?;
        let mut reader = file.get_ref().try_clone()?;
        reader.rewind()?;
        for line in BufReader::new(reader).lines() {
            let resource = serde_json::from_str(&line?).map_err(std::io::Error::from)?;
            visit(resource)?;
        }
        file.get_mut().seek(std::io::SeekFrom::End(0))?;
        Ok(())
    }

    /// The kinds of which resources were added.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Place, ResourceKey};

    #[test]
    fn a_store_returns_what_was_added_and_can_grow_after_reading() {
        let place = Place { account: "111122223333".into(), region: "global".into() };
        let mut store = Store::default();
        let names = |store: &mut Store| {
            let mut names: Vec<ResourceKey> = Vec::new();
            store
                .for_each::<std::io::Error>("AWS::IAM::User", |resource| {
                    names.push(resource.key);
                    Ok(())
                })
                .map(|()| names.len())
        };
        for id in ["a", "b"] {
            let added = Resource::new(&place, "AWS::IAM::User", id.into(), id.into(), &serde_json::json!({"line": "\n"}), vec![]);
            store.push(&added).expect("temporary file");
        }
        assert_eq!(names(&mut store).ok(), Some(2));
        let third = Resource::new(&place, "AWS::IAM::User", "c".into(), "c".into(), &serde_json::json!({}), vec![]);
        store.push(&third).expect("temporary file");
        assert_eq!(names(&mut store).ok(), Some(3));
    }
}
