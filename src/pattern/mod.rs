//! Filter patterns of CloudWatch Logs, and whether one matches every event that an alert must not miss: pure, by meaning.
//!
//! A pattern is read by [`Pattern::parse`] (the grammar of JSON patterns), the events are data with a date ([`purposes`]), and
//! [`cover`] decides. What cannot be read exactly is an unknown, which never becomes a yes or a no by itself. Where patterns come
//! from, and what hangs on the metric behind them, is `collect::cloudwatch`.

mod event;
mod glob;
mod meaning;
mod parse;
mod required;

pub use event::{Event, Known};
pub use meaning::{Cover, cover};
pub use parse::{Expression, Operator, Pattern, Test, Value, Wanted};
pub use required::{Purpose, Source, as_of, purpose, purposes, sources};
