//! The frameworks that come with the tool: every item there, numbered as published, and a mapping that says what it must.

mod cis_versions;

use evidence::catalog::{self, Catalog};
use evidence::collect;

/// The catalogue as embedded.
fn embedded() -> Catalog {
    catalog::load(None, collect::kinds()).unwrap_or_else(|error| panic!("{error}")).0
}
