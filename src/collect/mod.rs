//! Collectors: one folder per AWS service, each a deterministic function of AWS's answers (no clock, no randomness).

pub mod accessanalyzer;
pub mod account;
pub mod acm;
pub mod apigateway;
pub mod apigatewayv2;
pub mod at;
pub mod auditmanager;
pub mod cloudfront;
pub mod cloudtrail;
pub mod cloudwatch;
pub mod cognito;
pub mod config;
pub mod dynamodb;
pub mod ec2;
pub mod efs;
pub mod elbv2;
pub mod guardduty;
pub mod iam;
pub mod inspector2;
pub mod inventory;
pub mod kinds;
pub mod kms;
pub mod lambda;
pub mod logs;
pub mod macie2;
pub mod organizations;
pub mod parts;
pub mod progress;
pub mod proof;
pub mod rds;
mod reading;
pub mod reference;
pub mod resource_policy;
mod run;
pub mod s3;
pub mod scope;
pub mod second;
pub mod secretsmanager;
pub mod securityhub;
pub mod shield;
pub mod sns;
pub mod sqs;
pub mod wafv2;

pub use inventory::{Block, CallNote, Inventory, Store};
pub use kinds::{kind, kinds};
pub use progress::{Progress, Silent, Step};
pub use run::{CollectError, collect};

/// Version of the collectors: raised when an existing fact needs a further call, so that an older recording can be told from one that
/// lacks it.
pub const VERSION: u32 = 1;
