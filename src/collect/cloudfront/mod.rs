//! Collector of CloudFront: the account's distributions, with what each logs. Standard logging of the second generation is not
//! CloudFront's to tell: it hangs on deliveries of CloudWatch Logs in the partition's first Region, which are asked there.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub use kinds::KINDS;
