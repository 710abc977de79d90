//! Collector of API Gateway v2: HTTP and WebSocket APIs with what belongs to them, and custom domain names.

mod apis;
mod children;
mod collect;
mod domains;
pub mod facts;
mod ids;
pub mod kinds;
mod log_format;
mod stages;

pub use collect::collect;
pub use kinds::KINDS;
