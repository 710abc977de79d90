//! The least privilege for a set of operations, from the operation table.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::aws::operation::Operation;

/// An IAM policy document that allows exactly these operations.
pub fn document(operations: &[&Operation], partition: &str) -> Value {
    let mut by_resource: BTreeMap<Vec<String>, BTreeSet<&str>> = BTreeMap::new();
    for operation in operations {
        let resources = operation.resources.iter().map(|pattern| pattern.replace("{partition}", partition).replace("{region}", "*"));
        by_resource.entry(resources.collect()).or_default().extend(operation.actions);
    }
    let statements: Vec<Value> = by_resource
        .iter()
        .filter(|(_, actions)| !actions.is_empty())
        .map(|(resources, actions)| json!({"Effect": "Allow", "Action": actions, "Resource": resources}))
        .collect();
    json!({"Version": "2012-10-17", "Statement": statements})
}
