//! Lists that hang on parents: routes of APIs, stages of APIs, keys of plans. One parent whose list cannot be read leaves the others' lists
//! whole; the population then names that parent in its gap.

use super::at::Operation;
use super::proof::Proof;
use crate::aws::{Caller, Listing};
use crate::model::population::Ended;
use crate::model::{CallId, Gap, Population};

/// A list that belongs to one parent.
#[derive(Clone, Debug)]
pub struct Part<I> {
    /// Its members.
    pub items: Vec<(CallId, I)>,
    /// Whether that is all; a gap names the parent.
    pub proof: Proof,
}

/// What a list hangs on, as people know it: ``API `orders` (`ab12`)``.
pub struct Parent<'a> {
    /// For requests.
    pub id: &'a str,
    /// For gaps.
    pub shown: String,
}

impl Parent<'_> {
    /// A gap of something that hangs on this parent, with the parent's name before it.
    pub fn names(&self, gap: Gap) -> Gap {
        Gap { detail: format!("{}: {}", self.shown, gap.detail), ..gap }
    }
}

/// Reads a list of each parent, all at once; `list` takes the parent's id.
pub async fn of_each<'a, I, F: Future<Output = Listing<I>>>(
    caller: &Caller,
    parents: &'a [Parent<'a>],
    operation: Operation,
    list: impl Fn(&'a str) -> F,
    id: impl Fn(&I) -> Option<String>,
) -> Vec<Part<I>> {
    let id = &id;
    let one = |parent: &'a Parent<'a>| {
        let listing = list(parent.id);
        async move {
            let (items, mut proof) = Proof::of(caller, operation, listing.await, id);
            proof.gap = proof.gap.map(|gap| parent.names(gap));
            Part { items, proof }
        }
    };
    futures::future::join_all(parents.iter().map(one)).await
}

/// The population of a kind whose members are listed parent by parent: as complete as the list of parents and each of theirs.
pub fn population<I>(caller: &Caller, kind: &str, parents: &Proof, parts: &[Part<I>]) -> Population {
    let count = parts.iter().map(|part| part.items.len() as u64).sum();
    let mut proof = parts.iter().fold(parents.clone(), |proof, part| proof.and(&part.proof));
    let gaps: Vec<&Gap> = parts.iter().filter_map(|part| part.proof.gap.as_ref()).collect();
    for gap in &gaps {
        caller.note((*gap).clone());
    }
    if let (None, [first, _, ..]) = (&parents.gap, gaps.as_slice()) {
        let details: Vec<&str> = gaps.iter().map(|gap| gap.detail.as_str()).collect();
        proof.gap = Some(Gap { detail: format!("{} lists could not be read: {}", gaps.len(), details.join("; ")), ..(*first).clone() });
    }
    if proof.gap.is_some() {
        proof.ended = Ended::NotProven;
    }
    proof.population(caller, kind, count, None)
}
