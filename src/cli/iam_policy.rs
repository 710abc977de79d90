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
        notes.push(format!("refused by an explicit deny, which no permission lifts: {}", actions.join(", ")));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::gap::EXPLICIT_DENY;

    fn denied(operation: &str, detail: &str) -> Gap {
        let (account, region) = ("111122223333".to_owned(), "global".to_owned());
        let (operation, detail) = (operation.to_owned(), detail.to_owned());
        Gap { account, region, service: "IAM".into(), operation, reason: Reason::Denied, detail, call: None }
    }

    #[test]
    fn a_policy_is_offered_only_for_what_a_permission_opens() {
        let gaps = [
            denied("ListUsers", "`iam:ListUsers` is denied: no identity-based policy allows it"),
            denied("ListSAMLProviders", &format!("`iam:ListSAMLProviders` is denied: {EXPLICIT_DENY}a service control policy")),
        ];
        let notes = opening(gaps.iter(), "aws-cn");
        let [policy, forbidden] = &notes[..] else { panic!("{notes:?}") };
        assert!(policy.contains("iam:ListUsers") && !policy.contains("ListSAMLProviders"), "{policy}");
        assert!(forbidden.ends_with(": iam:ListSAMLProviders"), "{forbidden}");
        assert!(opening(gaps[1..].iter(), "aws").iter().all(|note| !note.contains("Statement")));
        assert!(opening([].iter(), "aws").is_empty());
    }
}
