//! Where a mapper stands: the place, the operation and the call whose answer it reads. From here facts are made, known or absent
//! with a gap; nothing in between.

use aws_smithy_types::DateTime;

use crate::aws::Caller;
use crate::model::{CallId, Fact, Gap, GapId, Instant, Place, Reason, Source};

/// Where gaps are noted. Collectors note them with their [`Caller`]; tests of pure mappers, in memory.
pub trait Notes: Sync {
    /// Place of the gaps.
    fn place(&self) -> &Place;
    /// Notes a gap.
    fn note(&self, gap: Gap) -> GapId;
}

impl Notes for Caller {
    fn place(&self) -> &Place {
        Caller::place(self)
    }

    fn note(&self, gap: Gap) -> GapId {
        Caller::note(self, gap)
    }
}

/// An SDK service id and an operation.
pub type Operation = (&'static str, &'static str);

/// A place in an answer.
#[derive(Clone, Copy)]
pub struct At<'a> {
    notes: &'a dyn Notes,
    operation: Operation,
    call: Option<CallId>,
}

impl<'a> At<'a> {
    /// Reads the answer of a call.
    pub fn call(notes: &'a dyn Notes, operation: Operation, call: CallId) -> Self {
        At { notes, operation, call: Some(call) }
    }

    /// Speaks of an operation as a whole.
    pub fn operation(notes: &'a dyn Notes, operation: Operation) -> Self {
        At { notes, operation, call: None }
    }

    /// The place.
    pub fn place(&self) -> &'a Place {
        self.notes.place()
    }

    /// Makes a gap here.
    pub fn gap(&self, reason: Reason, detail: impl Into<String>) -> Gap {
        Gap {
            account: self.notes.place().account.clone(),
            region: self.notes.place().region.clone(),
            service: self.operation.0.to_owned(),
            operation: self.operation.1.to_owned(),
            reason,
            detail: detail.into(),
            call: self.call,
        }
    }

    /// Makes a gap here and notes it.
    pub fn note(&self, reason: Reason, detail: impl Into<String>) -> GapId {
        self.notes.note(self.gap(reason, detail))
    }

    /// A fact that could not be read.
    pub fn absent<T>(&self, reason: Reason, detail: impl Into<String>) -> Fact<T> {
        Fact::Absent(self.note(reason, detail))
    }

    /// A fact that a pure reader gave, or the reason why it could not.
    pub fn read<T>(&self, result: Result<T, String>) -> Fact<T> {
        result.map_or_else(|detail| self.absent(Reason::Failed, detail), Fact::Known)
    }

    /// A member that AWS always sends.
    pub fn need<T>(&self, value: Option<T>, member: &str) -> Fact<T> {
        value.map_or_else(|| self.absent(Reason::Failed, lacks(member)), Fact::Known)
    }

    /// A text that AWS always sends and never empty; the SDK makes an empty one where it is missing.
    pub fn text(&self, value: String, member: &str) -> Fact<String> {
        self.need(Some(value).filter(|text| !text.is_empty()), member)
    }

    /// An instant that AWS always sends.
    pub fn instant(&self, value: Option<DateTime>, member: &str) -> Fact<Instant> {
        self.read(value.ok_or_else(|| lacks(member)).and_then(|time| instant(&time, member)))
    }

    /// An instant that AWS may leave unset.
    pub fn instant_if_set(&self, value: Option<DateTime>, member: &str) -> Fact<Option<Instant>> {
        self.read(instant_if_set(value, member))
    }
}

/// The sentence about a missing member.
pub fn lacks(member: &str) -> String {
    format!("the answer lacks `{member}`")
}

/// The instant of an SDK time.
///
/// # Errors
/// When it lies outside of what calendars hold.
pub fn instant(time: &DateTime, member: &str) -> Result<Instant, String> {
    Instant::from_timestamp(time.secs(), time.subsec_nanos()).ok_or_else(|| format!("`{member}` is not a time: {}", time.secs()))
}

/// As [`instant`], for a member that may be unset.
///
/// # Errors
/// As [`instant`].
pub fn instant_if_set(time: Option<DateTime>, member: &str) -> Result<Option<Instant>, String> {
    time.map(|time| instant(&time, member)).transpose()
}

/// The sources of facts: each path prefix with its calls.
pub fn sources<'a>(paths: impl IntoIterator<Item = (&'a str, Vec<CallId>)>) -> Vec<Source> {
    let source = |path: &str, call| Source { path: path.to_owned(), call, observed_at: None };
    paths.into_iter().flat_map(|(path, calls)| calls.into_iter().map(move |call| source(path, call))).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::model::gap::Gaps;

    /// Gaps in memory.
    pub(crate) struct Noted {
        place: Place,
        pub(crate) gaps: Mutex<Gaps>,
    }

    impl Noted {
        pub(crate) fn new(region: &str) -> Self {
            Noted { place: Place { account: "111122223333".into(), region: region.into() }, gaps: Mutex::default() }
        }

        pub(crate) fn details(&self) -> Vec<String> {
            let gaps = self.gaps.lock().expect("no test panics while noting");
            gaps.sorted().into_iter().map(|gap| format!("{}: {}", gap.reason.as_str(), gap.detail)).collect()
        }
    }

    impl Notes for Noted {
        fn place(&self) -> &Place {
            &self.place
        }

        fn note(&self, gap: Gap) -> GapId {
            self.gaps.lock().expect("no test panics while noting").note(gap)
        }
    }

    #[test]
    fn what_is_missing_is_absent_with_its_gap_and_never_a_default() {
        let noted = Noted::new("global");
        let at = At::call(&noted, ("IAM", "ListUsers"), CallId(7));
        assert_eq!(at.text("x".into(), "Arn"), Fact::Known("x".to_owned()));
        assert!(at.text(String::new(), "Arn").known().is_none());
        assert!(at.need(None::<bool>, "IsLogging").known().is_none());
        assert!(at.instant(Some(DateTime::from_secs(i64::MAX)), "CreateDate").known().is_none());
        assert_eq!(at.instant_if_set(None, "EnableDate"), Fact::Known(None));
        let expected = [
            "failed: `CreateDate` is not a time: 9223372036854775807",
            "failed: the answer lacks `Arn`",
            "failed: the answer lacks `IsLogging`",
        ];
        assert_eq!(noted.details(), expected);
    }
}
