//! What a run asks of the collectors, and where they put what they find.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

use super::at::{At, Notes};
use super::kinds::kind;
use super::second::Counted;
use super::{Progress, Step, Store};
use crate::model::kind::Wanted;
use crate::model::{GapId, Place, Reason, Resource};

/// The gap of a fact that no chosen control reads. It is nothing that a run failed to see.
pub const UNASKED: &str = "not asked for by the chosen controls";

/// What a run asks for.
pub struct Run<'a> {
    wanted: &'a Wanted,
    found: &'a Sink,
    progress: &'a dyn Progress,
    /// Ids that facts of [`NAMING`] hold.
    named: Mutex<BTreeSet<String>>,
    /// Collectors that may still name some.
    naming: watch::Sender<usize>,
}

/// Facts whose ids collectors tell while they run. What is wanted only of resources that another fact names is wanted of all.
const NAMING: [(&str, &str); 1] = [("AWS::CloudTrail::Trail", "s3_bucket_arn")];

/// A collector that has not yet named all it will. Dropping it says that it has.
pub struct Naming<'a>(&'a watch::Sender<usize>);

impl Drop for Naming<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|open| *open -= 1);
    }
}

impl<'a> Run<'a> {
    /// Binds what is wanted to where it goes.
    pub fn new(wanted: &'a Wanted, found: &'a Sink, progress: &'a dyn Progress) -> Self {
        Run { wanted, found, progress, named: Mutex::default(), naming: watch::Sender::new(0) }
    }

    /// Whether the kind is wanted.
    pub fn wants(&self, name: &str) -> bool {
        self.wanted.kind(name)
    }

    /// Whether any of the kinds is wanted.
    pub fn wants_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.wants(name))
    }

    /// Whether a fact is wanted of every resource of the kind, by the first segment of its path.
    pub fn wants_fact(&self, name: &str, fact: &str) -> bool {
        let untold = |(kind, path): &(String, String)| !NAMING.contains(&(kind, path)) || !self.wanted.kind(kind);
        kind(name).is_some_and(|kind| {
            let group = kind.group_of(fact);
            self.wanted.group(name, group) || self.wanted.named(name, group).any(untold)
        })
    }

    /// Whether a fact is wanted of any resource of the kind.
    pub fn wants_fact_of_some(&self, name: &str, fact: &str) -> bool {
        self.wants_fact(name, fact) || kind(name).is_some_and(|kind| self.wanted.named(name, kind.group_of(fact)).next().is_some())
    }

    /// Whether a fact is wanted of this resource. Right only after [`Run::all_named`].
    pub fn wants_fact_of(&self, name: &str, fact: &str, id: &str) -> bool {
        let named = || self.named.lock().unwrap_or_else(PoisonError::into_inner).contains(id);
        self.wants_fact(name, fact) || (self.wants_fact_of_some(name, fact) && named())
    }

    /// Announces a collector that will name resources. To be called before any collector begins.
    pub fn naming(&self) -> Naming<'_> {
        self.naming.send_modify(|open| *open += 1);
        Naming(&self.naming)
    }

    /// Names resources whose ids a fact of [`NAMING`] holds.
    pub fn name(&self, ids: impl IntoIterator<Item = String>) {
        self.named.lock().unwrap_or_else(PoisonError::into_inner).extend(ids);
    }

    /// Waits until every collector has named all it will.
    pub async fn all_named(&self) {
        // The sender lives as long as this.
        let _ = self.naming.subscribe().wait_for(|open| *open == 0).await;
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

    /// Notes what AWS Config has counted in a Region.
    pub fn counted(&self, place: Place, counted: Counted) {
        self.found.1.lock().unwrap_or_else(PoisonError::into_inner).insert(place, counted);
    }

    /// Tells that a step is done.
    pub fn done(&self, step: &Step) {
        self.progress.done(step);
    }
}

/// Takes resources from collectors that work at the same time.
#[derive(Debug, Default)]
pub struct Sink(Mutex<(Store, Option<std::io::Error>)>, Mutex<BTreeMap<Place, Counted>>);

impl Sink {
    /// Adds a resource. After the first failure of the disk nothing more is taken; [`Sink::close`] tells it.
    fn push(&self, resource: &Resource) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (store, failed) = &mut *inner;
        if failed.is_none() {
            *failed = store.push(resource).err();
        }
    }

    /// What AWS Config has counted, by Region.
    pub fn counts(&self) -> BTreeMap<Place, Counted> {
        self.1.lock().unwrap_or_else(PoisonError::into_inner).clone()
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
