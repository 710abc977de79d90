//! The rows of the operation table, one file per service, written from AWS's API reference.

use super::operation::Operation;

/// All rows.
pub fn table() -> impl Iterator<Item = &'static Operation> {
    [].into_iter()
}

/// The row of an operation, by SDK service id and name.
pub fn find(service: &str, name: &str) -> Option<&'static Operation> {
    table().find(|operation| operation.service == service && operation.name == name)
}
