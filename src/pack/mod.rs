//! The evidence pack: page models, renderers, exhibits, sums, and their verification.
//!
//! Building is a pure function of an [`input::Input`] and writes one folder; it knows neither AWS nor how a verdict came
//! about.

pub mod error;
pub mod input;
pub mod json;
pub mod names;
pub mod prose;
pub mod staging;
pub mod templates;
pub mod text;
pub mod words;

pub use error::PackError;
pub use input::{Calls, DiskFile, Input, InputFile, Operations, Row, Verdicts};
pub use templates::Templates;
