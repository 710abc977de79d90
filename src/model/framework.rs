//! Frameworks as the catalogue reads them from TOML files: items, and the mapping to controls, which stands nowhere else.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether the framework calls an item automatable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The framework describes an automated assessment.
    Automated,
    /// A person must decide.
    Manual,
}

/// How much of an item a covering control answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// The named part is the whole item. Only for automated CIS items and users' own frameworks.
    Full,
    /// The named part is not all.
    Partial,
}

/// `covers` counts for the result; `related` is shown and never counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Answers a named part of the item.
    Covers,
    /// Shown beside it.
    Related,
}

/// One pair of item and control.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    /// Control id.
    pub control: String,
    /// Covers or related.
    pub relation: Relation,
    /// Which part of the item it answers (CIS audit step, PCI testing procedure, 800-53A objective); empty for `related`.
    pub part: String,
    /// How much of the item that is; `None` for `related`.
    pub coverage: Option<Coverage>,
    /// Why partial, or how related: one sentence.
    pub why: String,
    /// Parameters the item demands.
    pub params: BTreeMap<String, serde_json::Value>,
}

/// One item of a framework.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The framework's own id: `2.12`, `8.6.3`, `AC-2(3)`.
    pub id: String,
    /// Title in our words (NIST: its own).
    pub title: String,
    /// Profile, baseline or applicability in the framework's words.
    pub level: Option<String>,
    /// Section for grouping.
    pub section: String,
    /// Automated or manual.
    pub method: Method,
    /// True where the item's statement says "every Region": a narrowed scope makes it indeterminate.
    pub every_region: bool,
    /// What a person looks at, where no test settles it: one or two sentences of our own.
    pub guidance: Option<String>,
    /// Mapping to controls.
    pub mappings: Vec<Mapping>,
}

/// The baselines a framework offers: selections of its items, of which a run takes one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baselines {
    /// Names in the framework's words (`low`), narrowest first; empty where it has none.
    pub names: Vec<String>,
    /// The one taken where none is asked for; `None` for all items.
    pub default: Option<String>,
}

/// The word that asks for all items, whatever the baselines are.
pub const ALL_ITEMS: &str = "all";

/// How far this tool's tests reach into an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// A covering control answers the whole item.
    Full,
    /// Covering controls answer named parts of it.
    Partial,
    /// No control covers it, and the framework leaves it to a person anyway.
    Person,
    /// No control covers it, though the framework calls it automated.
    NoTest,
}

/// Items of a framework by how far tests reach into them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reaches {
    /// Tested in full.
    pub in_full: usize,
    /// Tested in part.
    pub in_part: usize,
    /// Left to a person without a test.
    pub by_a_person: usize,
    /// Without a test though called automated.
    pub no_test: usize,
}

/// One framework.
#[derive(Clone, Debug, PartialEq)]
pub struct Framework {
    /// `cis-aws-7.0.0`, from the file's name.
    pub id: String,
    /// For people.
    pub title: String,
    /// Version in the framework's own words.
    pub version: String,
    /// Short names (`cis` is the newest CIS).
    pub aliases: Vec<String>,
    /// A line on licence and mapping: what a result does not mean.
    pub notice: String,
    /// True where a passed test may settle an item (`coverage = "full"` allowed).
    pub full_coverage_allowed: bool,
    /// True where packs show every API against the framework's sections.
    pub apis_by_section: bool,
    /// The framework's own words for our dispositions; our word where missing.
    pub labels: BTreeMap<String, String>,
    /// Baselines to choose from.
    pub baselines: Baselines,
    /// Items in the framework's order.
    pub items: Vec<Item>,
    /// The file.
    pub origin: super::control::Origin,
    /// The file's bytes, for the pack's `inputs/`.
    pub text: std::sync::Arc<str>,
}

impl Item {
    /// How far the controls that cover the item reach. `related` ones do not count.
    #[must_use]
    pub fn reach(&self) -> Reach {
        let mut covers = self.mappings.iter().filter(|mapping| mapping.relation == Relation::Covers).peekable();
        match (covers.peek().is_some(), self.method) {
            (false, Method::Manual) => Reach::Person,
            (false, Method::Automated) => Reach::NoTest,
            (true, _) if covers.any(|mapping| mapping.coverage == Some(Coverage::Full)) => Reach::Full,
            (true, _) => Reach::Partial,
        }
    }

    /// Whether a baseline selects this item: its level lists baselines, separated by `;`.
    pub fn is_in(&self, baseline: &str) -> bool {
        self.level.iter().flat_map(|level| level.split(';')).any(|name| name.trim() == baseline)
    }
}

impl Reaches {
    /// All items.
    #[must_use]
    pub fn items(&self) -> usize {
        self.in_full + self.in_part + self.by_a_person + self.no_test
    }

    /// The numbers as a sentence, the same on the command line and in a pack.
    #[must_use]
    pub fn sentence(&self) -> String {
        let verb = if self.in_full == 1 { "is" } else { "are" };
        format!(
            "{} of {} items {verb} tested in full, {} in part; without a test: {} manual, {} automated.",
            self.in_full,
            self.items(),
            self.in_part,
            self.by_a_person,
            self.no_test
        )
    }
}

impl Framework {
    /// How far tests reach into the items of this framework.
    #[must_use]
    pub fn reaches(&self) -> Reaches {
        let mut reaches = Reaches::default();
        for item in &self.items {
            *match item.reach() {
                Reach::Full => &mut reaches.in_full,
                Reach::Partial => &mut reaches.in_part,
                Reach::Person => &mut reaches.by_a_person,
                Reach::NoTest => &mut reaches.no_test,
            } += 1;
        }
        reaches
    }

    /// The framework with the items of a baseline alone. Its version says so, with both numbers of items, because that is
    /// where every page and every file names the framework: what was left out must not look like what does not exist.
    #[must_use]
    pub fn narrowed(&self, baseline: &str) -> Framework {
        let items: Vec<Item> = self.items.iter().filter(|item| item.is_in(baseline)).cloned().collect();
        let version = format!("{}, {baseline} baseline: {} of {} items", self.version, items.len(), self.items.len());
        Framework { version, items, ..self.clone() }
    }
}
