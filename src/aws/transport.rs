//! Beneath the typed SDK clients: how the calls of a session are answered. In *replay* from a recording, by a type that holds
//! no connector; *live* from AWS, recorded; *resumed*, live but for what the broken-off recording holds.
//!
//! Knows calls by key and line. What a line means is `outcome`; how an operation is recognised is `tap`.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::SharedHttpClient;

use super::error::SessionError;
use super::limits::Limits;
use super::live::{Flying, Live};
use super::operation::Operation;
use super::outcome::ending;
use super::replay::{Replay, checked};
use crate::model::call::CallKey;
use crate::model::{CallId, Instant};
use crate::recording::line::CallLine;

/// How the calls of one session are answered. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Transport(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    mode: Mode,
    limits: Limits,
    asked: Mutex<BTreeMap<CallId, Asked>>,
    ordinals: Mutex<HashMap<CallId, u32>>,
    halt: Halt,
}

#[derive(Debug)]
enum Mode {
    Replay(Replay),
    Live(Box<Live>),
}

/// A call that the session asked, with the time of its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its key.
    pub key: CallKey,
    /// When the last attempt's answer came; when it was sent, where none came.
    pub received: Instant,
}

/// Why a session takes no new calls.
#[derive(Debug, Default)]
struct Halt {
    cancelled: AtomicBool,
    fatal: Mutex<Option<SessionError>>,
}

/// How one call is to be answered.
#[derive(Debug)]
pub(super) enum Claim {
    /// By this line.
    Line(Arc<CallLine>),
    /// As the same call that is already on its way.
    Follow(Flying),
    /// By AWS.
    Send,
    /// Not at all: the recording does not hold it.
    NotRecorded,
    /// Not at all: the session has been cancelled.
    Cancelled,
}

impl Transport {
    /// Answers from a recording and from nothing else.
    pub(super) fn replay(replay: Replay) -> Self {
        Transport::new(Mode::Replay(replay), Limits::default())
    }

    /// Asks AWS and records.
    pub(super) fn live(live: Live, limits: Limits) -> Self {
        Transport::new(Mode::Live(Box::new(live)), limits)
    }

    fn new(mode: Mode, limits: Limits) -> Self {
        let (asked, ordinals, halt) = Default::default();
        Transport(Arc::new(Inner { mode, limits, asked, ordinals, halt }))
    }

    /// The HTTP client for SDK clients. It refuses every request that carries no [`super::tap::Tap`].
    pub(super) fn http_client(&self) -> SharedHttpClient {
        match &self.0.mode {
            Mode::Replay(replay) => replay.http_client(),
            Mode::Live(live) => live.http_client(),
        }
    }

    /// The live side, where there is one.
    pub(super) fn as_live(&self) -> Option<&Live> {
        match &self.0.mode {
            Mode::Replay(_) => None,
            Mode::Live(live) => Some(live),
        }
    }

    /// The limits in force.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Gives a polled operation's call its ordinal: how often this session asked exactly this before.
    pub(super) fn count(&self, key: &mut CallKey, operation: &Operation) {
        if operation.polled {
            let mut ordinals = lock(&self.0.ordinals);
            let next = ordinals.entry(key.id()).or_default();
            key.n = *next;
            *next += 1;
        }
    }

    /// Decides how a call is to be answered.
    pub(super) fn claim(&self, key: &CallKey, operation: &Operation) -> Result<Claim, SessionError> {
        match &self.0.mode {
            Mode::Replay(replay) => {
                let line = replay.find(key, operation)?;
                Ok(line.map_or(Claim::NotRecorded, |line| Claim::Line(Arc::new(line))))
            }
            Mode::Live(live) => live.claim(key, operation, self.halted()),
        }
    }

    /// Notes a call that this session asked.
    pub(super) fn note(&self, line: &CallLine) -> Asked {
        let asked = Asked { key: line.key.clone(), received: received(line) };
        lock(&self.0.asked).insert(line.key.id(), asked.clone());
        asked
    }

    /// All calls that this session asked so far, by id.
    pub fn asked(&self) -> BTreeMap<CallId, Asked> {
        lock(&self.0.asked).clone()
    }

    /// Takes no new calls; what is on its way is finished.
    pub(super) fn cancel(&self) {
        self.0.halt.cancelled.store(true, Ordering::SeqCst);
    }

    /// Takes no new calls because the session cannot go on.
    pub(super) fn fail(&self, error: SessionError) {
        // Only the first error is told: later ones follow from it.
        lock(&self.0.halt.fatal).get_or_insert(error);
        self.cancel();
    }

    /// Whether new calls are refused.
    pub fn halted(&self) -> bool {
        self.0.halt.cancelled.load(Ordering::SeqCst)
    }

    /// Whether an error ended the session.
    pub(super) fn failed(&self) -> bool {
        lock(&self.0.halt.fatal).is_some()
    }

    /// Takes the error that ended the session.
    pub(super) fn take_fatal(&self) -> Option<SessionError> {
        lock(&self.0.halt.fatal).take()
    }
}

/// When a call was answered: when the last attempt's answer came, or when it was sent.
pub(super) fn received(line: &CallLine) -> Instant {
    let last = line.attempts.last();
    last.map(|attempt| attempt.received.unwrap_or(attempt.sent)).unwrap_or_default()
}

/// Takes a line of an earlier run for an answer, if asking again would not change it. What was an answer then is not asked again
/// now: its key stands only once in a recording.
pub(super) fn settled(line: CallLine, operation: &Operation) -> Option<CallLine> {
    ending(&line).is_final().then(|| checked(line, operation))
}

/// Locks, also after a panic elsewhere: what these locks guard is whole after every statement.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
