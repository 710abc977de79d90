//! Kinds of resources: what `docs/resources.md`, the checker and the plan know about each.

use std::collections::{BTreeMap, BTreeSet};

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
pub struct Wanted(pub BTreeMap<String, BTreeSet<usize>>, Named);

/// Groups that are wanted only of resources that others name: by kind and group, kind and path of the facts that hold their ids.
type Named = BTreeMap<(String, usize), BTreeSet<(String, String)>>;

impl Wanted {
    /// Asks for a kind and one of its groups (and with it always the listing, group 0).
    pub fn add(&mut self, kind: &str, group: usize) {
        let groups = self.0.entry(kind.to_owned()).or_default();
        groups.insert(0);
        groups.insert(group);
    }

    /// Kinds and groups, wanted of all their resources.
    pub fn of_all(groups: BTreeMap<String, BTreeSet<usize>>) -> Self {
        Wanted(groups, Named::default())
    }

    /// Asks for a group of those resources of a kind whose ids stand in a fact: its kind and path.
    pub fn add_named(&mut self, kind: &str, group: usize, fact: &(String, String)) {
        self.add(kind, 0);
        if group > 0 {
            self.1.entry((kind.to_owned(), group)).or_default().insert(fact.clone());
        }
    }

    /// The facts that name the resources of which alone this group is wanted.
    pub fn named(&self, kind: &str, group: usize) -> impl Iterator<Item = &(String, String)> {
        self.1.get(&(kind.to_owned(), group)).into_iter().flatten()
    }

    /// Every group that is wanted only of resources that others name: kind, group, and kind and path of the fact that names them.
    pub fn all_named(&self) -> Vec<(String, usize, String, String)> {
        let each = self.1.iter().flat_map(|((kind, group), facts)| facts.iter().map(move |fact| (kind, *group, fact)));
        each.map(|(kind, group, (by, path))| (kind.clone(), group, by.clone(), path.clone())).collect()
    }

    /// Asks for all that another asks for too.
    pub fn merge(&mut self, other: Wanted) {
        for (kind, groups) in other.0 {
            self.0.entry(kind).or_default().extend(groups);
        }
        for (group, facts) in other.1 {
            self.1.entry(group).or_default().extend(facts);
        }
    }

    /// Whether any group of the kind is wanted.
    pub fn kind(&self, kind: &str) -> bool {
        self.0.contains_key(kind)
    }

    /// Whether this group is wanted of every resource of the kind.
    pub fn group(&self, kind: &str, group: usize) -> bool {
        self.0.get(kind).is_some_and(|groups| groups.contains(&group))
    }
}
