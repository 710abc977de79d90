//! The call log on disk: format, writer, reader, redaction. The only source of everything after collection.

pub mod line;
