//! What a collection run yields: resources, populations, gaps, and the calls behind them. With the catalogue, this is all
//! that assessment sees.
//!
//! Resources are spilled to an unnamed temporary file, one for each kind that has many, so memory does not grow with their number.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, BufWriter, Seek as _, SeekFrom, Write as _};

use tempfile::SpooledTempFile;

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

/// Text of resources that is read and handed on at once.
const BLOCK: usize = 1 << 16;
/// Bytes of a kind's resources that stay in memory.
const SMALL: usize = 1 << 15;

/// Resources, spilled by kind: a line each, its head as JSON, a tab, its facts as they are. Compact JSON holds neither tabs nor line ends.
#[derive(Debug, Default)]
pub struct Store {
    kinds: BTreeMap<String, BufWriter<SpooledTempFile>>,
}

impl Store {
    /// Adds a resource.
    ///
    /// # Errors
    /// When the temporary file cannot be created or written (full disk).
    pub fn push(&mut self, resource: &Resource) -> std::io::Result<()> {
        let Resource { key, name, facts, sources } = resource;
        if !self.kinds.contains_key(&key.kind) {
            self.kinds.insert(key.kind.clone(), BufWriter::new(SpooledTempFile::new(SMALL)));
        }
        let Some(file) = self.kinds.get_mut(&key.kind) else { return Ok(()) };
        serde_json::to_writer(&mut *file, &(key, name, sources))?;
        file.write_all(b"\t")?;
        file.write_all(facts.as_bytes())?;
        file.write_all(b"\n")
    }

    /// Visits all resources of a kind in the order in which they were added (which depends on concurrency: sort what you make
    /// of them).
    ///
    /// # Errors
    /// When the temporary file cannot be read, or `visit` fails.
    pub fn for_each<E: From<std::io::Error>>(&mut self, kind: &str, mut visit: impl FnMut(Resource) -> Result<(), E>) -> Result<(), E> {
        self.blocks(kind, |block| block.resources().try_for_each(|resource| visit(resource?)))
    }

    /// As [`Store::for_each`], in blocks of text, for another thread to take apart.
    ///
    /// # Errors
    /// When the temporary file cannot be read, or `visit` fails.
    pub fn blocks<E: From<std::io::Error>>(&mut self, kind: &str, mut visit: impl FnMut(Block) -> Result<(), E>) -> Result<(), E> {
        let Some(file) = self.kinds.get_mut(kind) else { return Ok(()) };
        file.flush()?;
        let stored = file.get_mut();
        stored.rewind()?;
        let mut reader = BufReader::with_capacity(BLOCK, &mut *stored);
        loop {
            let mut text = String::with_capacity(BLOCK + BLOCK / 4);
            while text.len() < BLOCK && reader.read_line(&mut text)? > 0 {}
            if text.is_empty() {
                break;
            }
            visit(Block(text))?;
        }
        stored.seek(SeekFrom::End(0)).map(drop).map_err(E::from)
    }

    /// The kinds of which resources were added.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }
}

/// Some resources of one kind, as text.
#[derive(Debug)]
pub struct Block(String);

impl Block {
    /// The resources, in order.
    pub fn resources(&self) -> impl Iterator<Item = std::io::Result<Resource>> {
        self.0.lines().map(|line| {
            let (head, facts) = line.split_once('\t').ok_or_else(|| std::io::Error::other("a resource was stored without facts"))?;
            let (key, name, sources) = serde_json::from_str(head)?;
            Ok(Resource { key, name, facts: facts.to_owned(), sources })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    #[test]
    fn a_store_returns_what_was_added_and_can_grow_after_reading() {
        let place = Place { account: "111122223333".into(), region: "global".into() };
        let resource = |id: &str, facts: serde_json::Value| Resource::new(&place, "AWS::IAM::User", id.into(), id.into(), &facts, vec![]);
        let added: Vec<Resource> = (0..5_000).map(|n| resource(&format!("{n}\t\n"), serde_json::json!({"line": "\n\t"}))).collect();
        let mut store = Store::default();
        for (before, one) in added.iter().enumerate() {
            store.push(one).expect("temporary file");
            if [0, 1, 4_999].contains(&before) {
                let mut found = Vec::new();
                let all = store.for_each::<std::io::Error>("AWS::IAM::User", |resource| {
                    found.push(resource);
                    Ok(())
                });
                assert!(all.is_ok() && found == added[..=before], "after {before}");
            }
        }
    }
}
