//! The call log on disk: format, writer, reader, redaction. The only source of everything after collection.
//!
//! Knows calls as bytes with a key. What an operation returns is `aws::operation`; what facts come of it is `collect`.

pub mod cbor;
pub mod error;
mod folder;
mod frames;
pub mod header;
mod index;
pub mod line;
mod paths;
pub mod reader;
pub mod redact;
pub mod secrets;
pub mod writer;

pub use error::RecordingError;
pub use header::{Account, Asked, Header, State};
pub use reader::{Entry, Loss, Recording};
pub use redact::{Marker, Redacted, redact, redact_request, redact_text};
pub use writer::Writer;
