//! Facts that are joined from another list of the same API: known only where that list is whole, absent with its gap where not, and with the
//! gap of what nobody asked for where no control reads them.

use crate::aws::Caller;
use crate::collect::at::{At, Operation};
use crate::collect::parts::Part;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact};

/// A fact with the calls that it came from.
pub type Joined<T> = (Fact<T>, Vec<CallId>);

/// Joins facts in one place.
#[derive(Clone, Copy)]
pub struct Joiner<'a> {
    /// Who notes gaps.
    pub caller: &'a Caller,
    /// What is wanted.
    pub run: &'a Run<'a>,
}

impl Joiner<'_> {
    /// A fact that all members of a list settle together.
    pub fn whole<I: Clone, T>(
        self,
        operation: Operation,
        (kind, fact): (&str, &str),
        part: Option<&Part<I>>,
        read: impl FnOnce(Vec<I>) -> Result<T, String>,
    ) -> Joined<T> {
        let Some(part) = part.filter(|_| self.run.wants_fact(kind, fact)) else { return self.unasked((kind, fact)) };
        let calls = part.proof.calls.clone();
        if let Some(gap) = part.proof.noted(self.caller) {
            return (Fact::Absent(gap), calls);
        }
        let items = part.items.iter().map(|(_, item)| item.clone()).collect();
        (At::operation(self.caller, operation).read(read(items)), calls)
    }

    /// A fact that one member of a list settles, by its id: null where the whole list has no such member, or where there is no id.
    pub fn member<I, T>(
        self,
        operation: Operation,
        (kind, fact): (&str, &str),
        part: Option<&Part<I>>,
        id: Option<&str>,
        find: impl Fn(&I) -> Option<&str>,
        read: impl FnOnce(&I) -> Result<T, String>,
    ) -> Joined<Option<T>> {
        let Some(part) = part.filter(|_| self.run.wants_fact(kind, fact)) else { return self.unasked((kind, fact)) };
        let Some(id) = id else { return (Fact::Known(None), Vec::new()) };
        let calls = part.proof.calls.clone();
        let found = part.items.iter().find(|(_, item)| find(item) == Some(id));
        let known = match (found, part.proof.noted(self.caller)) {
            (Some((_, item)), _) => At::operation(self.caller, operation).read(read(item).map(Some)),
            (None, Some(gap)) => Fact::Absent(gap),
            (None, None) => Fact::Known(None),
        };
        (known, calls)
    }

    /// A fact that no chosen control reads.
    pub fn unasked<T>(self, (kind, fact): (&str, &str)) -> Joined<T> {
        (Fact::Absent(self.run.unasked(self.caller, kind, fact)), Vec::new())
    }
}
