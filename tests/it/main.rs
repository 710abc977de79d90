//! The one integration test binary.

mod policy;
