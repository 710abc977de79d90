//! EC2's networks and instances: VPCs with their flow logs, security groups, network ACLs, peering connections, VPC endpoints,
//! instances, and what a Region does with new volumes. Which ports are open to the internet is computed here (`ports`), not in
//! expressions.

mod acls;
mod collect;
mod endpoints;
mod facts;
mod groups;
pub(super) mod ids;
mod instances;
pub mod kinds;
pub(super) mod listings;
mod networks;
mod peerings;
mod ports;
mod region;
mod vpcs;

pub use collect::collect;
pub use kinds::KINDS;
