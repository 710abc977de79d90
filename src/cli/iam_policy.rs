//! The least privilege for a set of operations, from the operation table.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::aws::operation::Operation;
use crate::aws::operations;
use crate::model::{Gap, Reason};

/// What would open denied reads, in words for people: a policy for those that lack a permission, and the names of those that a
/// policy denies outright, which no permission opens.
pub fn opening<'a>(gaps: impl Iterator<Item = &'a Gap>, partition: &str) -> Vec<String> {
    let (forbidden, lacking): (Vec<&Gap>, Vec<&Gap>) =
        gaps.filter(|gap| gap.reason == Reason::Denied).partition(|gap| gap.is_explicit_deny());
    let rows = |gaps: &[&Gap]| -> Vec<&Operation> {
        let names: BTreeSet<(&str, &str)> = gaps.iter().map(|gap| (gap.service.as_str(), gap.operation.as_str())).collect();
        names.into_iter().filter_map(|(service, name)| operations::find(service, name)).collect()
    };
    let mut notes = Vec::new();
    let lacking = rows(&lacking);
    if !lacking.is_empty() {
        notes.push(format!("reads were denied; this policy would allow them:\n{:#}", document(&lacking, partition)));
    }
    let actions: BTreeSet<&str> = rows(&forbidden).iter().flat_map(|row| row.actions).copied().collect();
    if !actions.is_empty() {
        let actions: Vec<&str> = actions.into_iter().collect();
        notes.push(format!("denied outright by a policy, which no permission lifts: {}", actions.join(", ")));
    }
    notes
}

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
