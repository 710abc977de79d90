//! Collector of API Gateway v2: HTTP and WebSocket APIs with what belongs to them, and custom domain names.

pub(super) mod apis;
mod children;
mod collect;
pub(super) mod domains;
pub mod facts;
pub(super) mod ids;
pub mod kinds;
pub(super) mod log_format;
pub(super) mod stages;

pub use collect::collect;
pub use kinds::KINDS;
