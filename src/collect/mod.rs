//! Collectors: one folder per AWS service, each a deterministic function of AWS's answers (no clock, no randomness).

pub mod apigateway;
pub mod apigatewayv2;
pub mod at;
pub mod cloudtrail;
pub mod cloudwatch;
pub mod config;
pub mod iam;
pub mod inventory;
pub mod kinds;
pub mod kms;
pub mod logs;
pub mod parts;
pub mod progress;
pub mod proof;
pub mod reference;
mod run;
pub mod s3;
pub mod scope;
pub mod second;
pub mod sns;

pub use inventory::{CallNote, Inventory, Store};
pub use kinds::{kind, kinds};
pub use progress::{Progress, Silent, Step};
pub use run::{CollectError, collect};

/// Version of the collectors: raised when an existing fact needs a further call, so that an older recording can be told from one that
/// lacks it.
pub const VERSION: u32 = 1;
