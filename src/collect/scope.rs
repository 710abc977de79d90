//! What a run asks of the collectors, and where they put what they find.

use std::sync::{Mutex, PoisonError};

use super::at::{At, Notes};
use super::kinds::kind;
use super::{Progress, Step, Store};
use crate::model::kind::Wanted;
use crate::model::{GapId, Reason, Resource};

/// The gap of a fact that no chosen control reads. It is nothing that a run failed to see.
pub const UNASKED: &str = "not asked for by the chosen controls";

/// What a run asks for.
pub struct Run<'a> {
    wanted: &'a Wanted,
    found: &'a Sink,
    progress: &'a dyn Progress,
}

impl<'a> Run<'a> {
    /// Binds what is wanted to where it goes.
    pub fn new(wanted: &'a Wanted, found: &'a Sink, progress: &'a dyn Progress) -> Self {
        Run { wanted, found, progress }
    }

    /// Whether the kind is wanted.
    pub fn wants(&self, name: &str) -> bool {
        self.wanted.kind(name)
    }

    /// Whether any of the kinds is wanted.
    pub fn wants_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.wants(name))
    }

    /// Whether a fact of the kind is wanted, by the first segment of its path.
    pub fn wants_fact(&self, name: &str, fact: &str) -> bool {
        kind(name).is_some_and(|kind| self.wanted.group(name, kind.group_of(fact)))
    }

    /// The gap of a fact that is not wanted.
    pub fn unasked(&self, notes: &dyn Notes, name: &str, fact: &str) -> GapId {
        let group = kind(name).map(|kind| &kind.groups[kind.group_of(fact)]);
        let operation = group.and_then(|group| group.operations.last().copied()).unwrap_or_default();
        At::operation(notes, operation).note(Reason::NotRecorded, UNASKED)
    }

    /// Hands a resource on.
    pub fn found(&self, resource: &Resource) {
        self.found.push(resource);
    }

    /// Tells that a step is done.
    pub fn done(&self, step: &Step) {
        self.progress.done(step);
    }
}

/// Takes resources from collectors that work at the same time.
#[derive(Debug, Default)]
pub struct Sink(Mutex<(Store, Option<std::io::Error>)>);

impl Sink {
    /// Adds a resource. After the first failure of the disk nothing more is taken; [`Sink::close`] tells it.
    fn push(&self, resource: &Resource) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (store, failed) = &mut *inner;
        if failed.is_none() {
            *failed = store.push(resource).err();
        }
    }

    /// All that was added.
    ///
    /// # Errors
    /// When a temporary file could not be written.
    pub fn close(self) -> std::io::Result<Store> {
        match self.0.into_inner().unwrap_or_else(PoisonError::into_inner) {
            (_, Some(error)) => Err(error),
            (store, None) => Ok(store),
        }
    }
}
