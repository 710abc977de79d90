//! Which types of policies of the organization's own bind every account: a join of tree and targets, pure.

use std::collections::BTreeSet;

use super::facts::Target;

/// The tree as far as it matters here.
#[derive(Debug, Default)]
pub struct Shape {
    /// Ids of the roots.
    pub roots: Vec<String>,
    /// Ids of the units directly below a root.
    pub top_units: Vec<String>,
    /// Ids of the accounts directly under a root, the management account left out: no policy binds it.
    pub root_accounts: Vec<String>,
}

/// Types of which a policy is attached at every root, or else at each unit and account directly below.
pub fn binding_types(shape: &Shape, attached: &[(String, Vec<Target>)]) -> Vec<String> {
    let types: BTreeSet<&String> = attached.iter().map(|(kind, _)| kind).collect();
    types.into_iter().filter(|kind| binds_all(shape, &targets_of(kind, attached))).cloned().collect()
}

fn targets_of<'a>(kind: &str, attached: &'a [(String, Vec<Target>)]) -> BTreeSet<&'a str> {
    let own = attached.iter().filter(|(own, _)| own == kind);
    own.flat_map(|(_, targets)| targets).map(|target| target.target_id.as_str()).collect()
}

fn binds_all(shape: &Shape, targets: &BTreeSet<&str>) -> bool {
    let all = |ids: &[String]| ids.iter().all(|id| targets.contains(id.as_str()));
    let below = !shape.top_units.is_empty() || !shape.root_accounts.is_empty();
    (!shape.roots.is_empty() && all(&shape.roots)) || (below && all(&shape.top_units) && all(&shape.root_accounts))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCP: &str = "SERVICE_CONTROL_POLICY";

    fn on(ids: &[&str]) -> Vec<(String, Vec<Target>)> {
        let target = |id: &&str| Target { target_id: (*id).to_owned(), name: String::new(), r#type: String::new() };
        vec![(SCP.to_owned(), ids.iter().map(target).collect())]
    }

    fn shape(units: &[&str], accounts: &[&str]) -> Shape {
        let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        Shape { roots: owned(&["r-1"]), top_units: owned(units), root_accounts: owned(accounts) }
    }

    #[test]
    fn a_policy_at_the_root_binds_all_and_one_at_some_units_does_not() {
        let tree = shape(&["ou-1", "ou-2"], &[]);
        assert_eq!(binding_types(&tree, &on(&["r-1"])), [SCP]);
        assert_eq!(binding_types(&tree, &on(&["ou-1", "ou-2"])), [SCP]);
        assert!(binding_types(&tree, &on(&["ou-1"])).is_empty());
        assert!(binding_types(&tree, &on(&[])).is_empty());
        assert!(binding_types(&tree, &[]).is_empty());
    }

    #[test]
    fn units_bind_together_what_several_policies_of_a_type_are_attached_to() {
        let both = [on(&["ou-1"]), on(&["ou-2"])].concat();
        assert_eq!(binding_types(&shape(&["ou-1", "ou-2"], &[]), &both), [SCP]);
        let apart = [on(&["ou-1"]), vec![("RESOURCE_CONTROL_POLICY".to_owned(), on(&["ou-2"])[0].1.clone())]].concat();
        assert!(binding_types(&shape(&["ou-1", "ou-2"], &[]), &apart).is_empty());
    }

    #[test]
    fn an_account_directly_under_the_root_escapes_what_units_are_bound_by() {
        let tree = shape(&["ou-1"], &["444455556666"]);
        assert!(binding_types(&tree, &on(&["ou-1"])).is_empty());
        assert_eq!(binding_types(&tree, &on(&["ou-1", "444455556666"])), [SCP]);
        assert!(binding_types(&shape(&[], &[]), &on(&[])).is_empty(), "an organization of one account is bound by nothing");
    }
}
