//! What a listing proves: which calls and pages, and whether it ended. From it populations are made.

use std::collections::HashSet;

use super::at::{At, Notes, Operation};
use crate::aws::Listing;
use crate::model::population::{Ended, SecondPath};
use crate::model::{CallId, Gap, GapId, Place, Population, Reason};

/// The proof of one or several listings.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Calls in page order.
    pub calls: Vec<CallId>,
    /// Pages read.
    pub pages: u32,
    /// How it ended.
    pub ended: Ended,
    /// Why it is not known to have ended.
    pub gap: Option<Gap>,
}

impl Proof {
    /// Takes a listing apart into its members and its proof. A member seen twice is kept once; a member without id cannot be a
    /// resource, so the listing is then not whole.
    pub fn of<I>(
        notes: &dyn Notes,
        operation: Operation,
        listing: Listing<I>,
        id: impl Fn(&I) -> Option<String>,
    ) -> (Vec<(CallId, I)>, Self) {
        let Listing { items, calls, pages, ended, gap, .. } = listing;
        let mut proof = Proof { calls, pages, ended, gap };
        let mut seen = HashSet::new();
        let mut kept = Vec::with_capacity(items.len());
        for (call, item) in items {
            match id(&item).filter(|id| !id.is_empty()) {
                Some(id) => kept.extend(seen.insert(id).then_some((call, item))),
                None => proof.fail(At::call(notes, operation, call).gap(Reason::Failed, "a member of the list has no id")),
            }
        }
        (kept, proof)
    }

    /// Notes that something stands against completeness; the first reason stays.
    pub fn fail(&mut self, gap: Gap) {
        self.ended = Ended::NotProven;
        self.gap.get_or_insert(gap);
    }

    /// The proof of a list that is made from two: complete only if both are.
    pub fn and(mut self, other: &Proof) -> Self {
        self.calls.extend(&other.calls);
        self.pages += other.pages;
        if self.ended == Ended::WholeAnswer {
            self.ended = other.ended.clone();
        }
        if let Some(gap) = &other.gap {
            self.fail(gap.clone());
        }
        self
    }

    /// Notes the gap, if there is one.
    pub fn noted(&self, notes: &dyn Notes) -> Option<GapId> {
        self.gap.clone().map(|gap| notes.note(gap))
    }

    /// The population that this proves.
    pub fn population(&self, notes: &dyn Notes, kind: &str, count: u64, second: Option<SecondPath>) -> Population {
        Population {
            kind: kind.to_owned(),
            place: notes.place().clone(),
            count,
            ended: self.ended.clone(),
            pages: self.pages,
            calls: self.calls.clone(),
            gap: self.noted(notes),
            second,
        }
    }
}

/// The population of a setting of which each place has exactly one; what could not be read of it is absent in its facts.
pub fn singleton(notes: &dyn Notes, kind: &str, calls: Vec<CallId>) -> Population {
    let pages = u32::try_from(calls.len()).unwrap_or(u32::MAX);
    let (kind, place) = (kind.to_owned(), notes.place().clone());
    Population { kind, place, count: 1, ended: Ended::Singleton, pages, calls, gap: None, second: None }
}

/// The population of a kind in a place where nobody could look.
pub fn unseen(kind: &str, place: Place, gap: GapId) -> Population {
    Population {
        kind: kind.to_owned(),
        place,
        count: 0,
        ended: Ended::NotProven,
        pages: 0,
        calls: Vec::new(),
        gap: Some(gap),
        second: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::at::tests::Noted;

    fn listing(ids: &[&str]) -> Listing<String> {
        let items = ids.iter().map(|id| (CallId(1), (*id).to_owned())).collect();
        Listing { items, calls: vec![CallId(1)], pages: 1, ended: Ended::LastPage, gap: None, observed: None }
    }

    #[test]
    fn a_member_without_id_makes_the_list_incomplete_and_a_repeated_one_counts_once() {
        let noted = Noted::new("global");
        let id = |item: &String| Some(item.clone());
        let (items, proof) = Proof::of(&noted, ("IAM", "ListUsers"), listing(&["a", "b", "a"]), id);
        assert_eq!((items.len(), proof.population(&noted, "K", 2, None).complete()), (2, true));
        let (items, proof) = Proof::of(&noted, ("IAM", "ListUsers"), listing(&["a", ""]), id);
        assert_eq!((items.len(), proof.population(&noted, "K", 1, None).complete()), (1, false));
        assert_eq!(noted.details(), ["failed: a member of the list has no id"]);
    }

    #[test]
    fn a_list_made_from_two_is_as_complete_as_the_worse_of_them() {
        let noted = Noted::new("eu-west-1");
        let proof = |ids: &[&str]| Proof::of(&noted, ("S", "L"), listing(ids), |item: &String| Some(item.clone())).1;
        assert_eq!(proof(&["a"]).and(&proof(&["b"])).ended, Ended::LastPage);
        let both = proof(&["a"]).and(&proof(&[""]));
        assert_eq!((both.ended.clone(), both.gap.is_some(), both.pages), (Ended::NotProven, true, 2));
    }
}
