//! Collector of API Gateway v2: HTTP and WebSocket APIs with what belongs to them, and custom domain names.

pub mod facts;
pub mod kinds;

pub use kinds::KINDS;
