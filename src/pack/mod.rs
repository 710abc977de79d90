//! The evidence pack: page models, renderers, exhibits, sums, and their verification.
//!
//! Building is a pure function of an [`input::Input`] and writes one folder; it knows neither AWS nor how a verdict came
//! about.

pub mod build;
mod columns;
pub mod error;
mod exhibit;
pub mod input;
pub mod json;
mod links;
pub mod manifest;
pub mod names;
mod pages;
mod paging;
mod population;
pub mod prose;
mod rows;
pub mod schemas;
pub mod sources;
pub mod staging;
pub mod templates;
pub mod text;
mod values;
pub mod verify;
pub mod words;

pub use build::{INDEX_BUDGET, PAGE_BUDGET, PackSummary, TICKET_BUDGET, build};
pub use error::PackError;
pub use input::{CallPlace, Calls, Input, InputFile, Operations, StatementLine, Verdicts, WaiverLine};
pub use templates::Templates;
pub use verify::{Difference, Performance, Reperform, VerifyReport, What, verify};
