//! How long, how often and how many at once. One struct, so that tests can make all of it short.

use std::time::Duration;

/// The bounds of every call. Nothing this tool does waits longer than they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Attempts at one call, the first included.
    pub attempts: u32,
    /// Opening a connection.
    pub connect: Duration,
    /// One attempt: connection, headers and the whole body.
    pub attempt: Duration,
    /// One call with all its attempts and the pauses between them.
    pub call: Duration,
    /// The first pause before a further attempt; doubles with each (and is drawn at random below that).
    pub first_pause: Duration,
    /// The longest pause before a further attempt.
    pub longest_pause: Duration,
    /// How many further attempts the calls of one operation in one place may cost together before each gets a single attempt.
    /// Successful calls earn them back.
    pub retry_budget: usize,
    /// Calls in flight in one (account, Region, service).
    pub per_service: usize,
    /// Calls in flight in all.
    pub overall: usize,
    /// Pages of one listing. A safety net: reaching it is a gap.
    pub pages: u32,
    /// Finding credentials, where no person is involved.
    pub credentials: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            attempts: 4,
            connect: Duration::from_millis(3100),
            attempt: Duration::from_secs(20),
            call: Duration::from_secs(90),
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(15),
            retry_budget: 60,
            per_service: 8,
            overall: 64,
            pages: 20_000,
            credentials: Duration::from_secs(60),
        }
    }
}
