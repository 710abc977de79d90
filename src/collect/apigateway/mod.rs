//! Collector of API Gateway: REST APIs with what belongs to them as edited and as deployed, API keys and usage plans, custom domain
//! names of all APIs, client certificates, VPC links, and the account's settings.

pub(super) mod apis;
mod authorizers;
mod calls;
mod children;
mod collect;
mod deployed;
mod domains;
mod draft;
pub mod facts;
mod family;
pub(super) mod ids;
mod joined;
mod keys;
pub mod kinds;
mod policy;
mod region;
mod settings;
mod stages;
mod tls;

pub use collect::collect;
pub use kinds::KINDS;
