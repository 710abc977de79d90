//! Kinds of resources: what `docs/resources.md`, the checker and the plan know about each.

use std::collections::BTreeSet;

/// Whether a kind is listed once per account or once per Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindScope {
    /// Listed once per account; its region is `global`.
    Global,
    /// Listed in every Region in scope.
    Regional,
}

/// A group of facts that one operation (or chain of operations) fills. A group that no chosen control reads is not called.
#[derive(Clone, Copy, Debug)]
pub struct FactGroup {
    /// Fact paths, first segment only (`status`), that this group fills; empty for the group that the listing fills.
    pub facts: &'static [&'static str],
    /// `(SDK service id, operation)` that are called to fill it.
    pub operations: &'static [(&'static str, &'static str)],
}

/// One kind of resource, declared once by its collector.
#[derive(Clone, Copy)]
pub struct Kind {
    /// CloudFormation type name; where CloudFormation has none, a name in the same style.
    pub name: &'static str,
    /// Once per account or per Region.
    pub scope: KindScope,
    /// True for account-wide or region-wide settings, of which each place has exactly one.
    pub singleton: bool,
    /// The grammar of ids, for `docs/resources.md`: `arn:{partition}:iam::{account}:user/{path}{name}`.
    pub id_grammar: &'static str,
    /// JSON Schema of the fact struct.
    pub schema: fn() -> schemars::Schema,
    /// The listing's group first, then one for each further group.
    pub groups: &'static [FactGroup],
}

impl Kind {
    /// The group that fills a fact, by the first segment of its path; the listing's where none claims it.
    pub fn group_of(&self, first_segment: &str) -> usize {
        self.groups.iter().position(|group| group.facts.contains(&first_segment)).unwrap_or(0)
    }
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// What a run will read: kinds by name, and which of their groups (indexes into [`Kind::groups`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted(pub std::collections::BTreeMap<String, BTreeSet<usize>>);

impl Wanted {
    /// Asks for a kind and one of its groups (and with it always the listing, group 0).
    pub fn add(&mut self, kind: &str, group: usize) {
        let groups = self.0.entry(kind.to_owned()).or_default();
        groups.insert(0);
        groups.insert(group);
    }

    /// Whether any group of the kind is wanted.
    pub fn kind(&self, kind: &str) -> bool {
        self.0.contains_key(kind)
    }

    /// Whether this group of the kind is wanted.
    pub fn group(&self, kind: &str, group: usize) -> bool {
        self.0.get(kind).is_some_and(|groups| groups.contains(&group))
    }
}
