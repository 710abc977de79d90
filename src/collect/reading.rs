//! A fact together with the calls it came from, and the ways to one: an answer, a whole list, or a question that nobody asked.

use super::at::{At, Operation};
use super::proof::Proof;
use super::scope::Run;
use crate::aws::{Caller, Reply};
use crate::model::{CallId, Fact, GapId};

/// A fact and the calls behind it, also behind its absence.
pub type Group<T> = (Fact<T>, Vec<CallId>);

/// What an answer says, or the gap of its refusal.
pub fn answered<A, T>(caller: &Caller, operation: Operation, reply: Reply<A>, read: impl FnOnce(At<'_>, A) -> Fact<T>) -> Group<T> {
    match reply {
        Ok(answer) => (read(At::call(caller, operation, answer.call), answer.value), vec![answer.call]),
        Err(refusal) => {
            let calls = refusal.gap.call.into_iter().collect();
            (Fact::Absent(caller.note(refusal.gap)), calls)
        }
    }
}

/// A fact and its calls.
#[derive(Clone, Debug)]
pub struct Reading<T> {
    /// The fact.
    pub fact: Fact<T>,
    /// The calls behind it, also behind its absence.
    pub calls: Vec<CallId>,
}

impl<T> Reading<T> {
    /// What an answer says, or the gap of its refusal.
    pub fn of<A>(caller: &Caller, operation: Operation, reply: Reply<A>, read: impl FnOnce(At<'_>, A) -> Fact<T>) -> Self {
        let (fact, calls) = answered(caller, operation, reply, read);
        Reading { fact, calls }
    }

    /// What a list says as a whole; absent where it is not known to be whole.
    pub fn of_list<I>(caller: &Caller, (items, proof): (Vec<(CallId, I)>, Proof), read: impl FnOnce(Vec<I>) -> T) -> Self {
        let fact = match proof.noted(caller) {
            Some(gap) => Fact::Absent(gap),
            None => Fact::Known(read(items.into_iter().map(|(_, item)| item).collect())),
        };
        Reading { fact, calls: proof.calls }
    }

    /// A fact that no chosen control reads.
    pub fn unasked(caller: &Caller, run: &Run<'_>, kind: &str, fact: &str) -> Self {
        Reading { fact: Fact::Absent(run.unasked(caller, kind, fact)), calls: Vec::new() }
    }

    /// A fact that is absent because another one is.
    pub fn absent(gap: GapId, calls: Vec<CallId>) -> Self {
        Reading { fact: Fact::Absent(gap), calls }
    }

    /// A fact that follows from what others say.
    pub fn known(value: T, calls: Vec<CallId>) -> Self {
        Reading { fact: Fact::Known(value), calls }
    }
}

/// A part of a known fact, or the same absence.
pub fn part<T, U>(fact: &Fact<T>, of: impl FnOnce(&T) -> U) -> Fact<U> {
    match fact {
        Fact::Known(value) => Fact::Known(of(value)),
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
    }
}
