//! Controls as the catalogue reads them from Markdown files with TOML on top. Parsing and checking live in `catalog`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a failure matters. Ordered from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to have.
    Low,
    /// Should be mended in the normal course.
    Medium,
    /// Should be mended soon.
    High,
    /// Should be mended now.
    Critical,
}

/// Whether a verdict settles the question, or facts are collected for a person who decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Evaluation {
    /// A verdict can be computed.
    #[default]
    Automated,
    /// Facts are collected and shown; the item stays with a person.
    Evidence,
}

/// For what `at_least_one` asks a witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// One witness in each account.
    Account,
    /// One witness in each account and Region.
    Region,
    /// One witness in the organization (all accounts of the run together).
    Organization,
}

/// How a kind's resources are judged.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Each resource by itself must satisfy the expression.
    Every(String),
    /// One resource per account, Region or organization must satisfy the expression.
    AtLeastOne {
        /// The expression.
        expression: String,
        /// The unit that needs a witness.
        per: Per,
    },
}

impl Test {
    /// The CEL expression.
    pub fn expression(&self) -> &str {
        match self {
            Test::Every(expression) | Test::AtLeastOne { expression, .. } => expression,
        }
    }
}

/// What an empty, complete population means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Empty {
    /// Nothing to judge.
    #[default]
    NotApplicable,
    /// The absence itself is the failure (an account without any trail fails log validation).
    Fail,
}

/// The judgement of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Judge {
    /// Kind of the resources.
    pub resource: String,
    /// CEL: which resources the control speaks about; all where `None`.
    pub when: Option<String>,
    /// The test.
    pub test: Test,
    /// What an empty population means.
    pub empty: Empty,
    /// Column title and CEL expression, in the order of the file.
    pub columns: Vec<(String, String)>,
}

/// In which direction a parameter becomes stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stricter {
    /// A lower number is stricter.
    Lower,
    /// A higher number is stricter.
    Higher,
    /// A subset of the list is stricter.
    Subset,
    /// A superset of the list is stricter.
    Superset,
    /// `true` is stricter than `false`.
    True,
    /// No order: a different value is neither stricter nor weaker.
    None,
}

/// A declared parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Value where neither item nor organization nor local settings give one.
    pub default: serde_json::Value,
    /// Direction of strictness.
    pub stricter: Stricter,
    /// Unit for people: `days`, `characters`; `None` for lists and switches.
    pub unit: Option<String>,
    /// What it means, in one sentence.
    pub description: Option<String>,
}

/// An example that the tests run.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Expected verdict.
    pub verdict: super::Outcome,
    /// Kind, where the control judges several.
    pub kind: Option<String>,
    /// Facts, possibly only those that the control reads.
    pub resource: serde_json::Value,
    /// Parameters other than the defaults.
    pub params: BTreeMap<String, serde_json::Value>,
    /// Further resources that `find` may reach: kind, id, facts.
    pub others: Vec<(String, String, serde_json::Value)>,
    /// The as-of instant, where the control reads `as_of`.
    pub as_of: Option<super::Instant>,
}

/// Where a file of the catalogue came from: embedded or the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Path for people and diagnostics: `controls/iam/root-mfa.md`.
    pub path: String,
    /// True for a file of `--controls`.
    pub local: bool,
}

/// One testable statement about AWS configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// `<service>-<name>`, from the path.
    pub id: String,
    /// A statement an auditor can agree or disagree with.
    pub title: String,
    /// Severity of a failure.
    pub severity: Severity,
    /// Automated or evidence.
    pub evaluation: Evaluation,
    /// One for each kind judged.
    pub judges: Vec<Judge>,
    /// Declared parameters by name.
    pub params: BTreeMap<String, Parameter>,
    /// Examples.
    pub examples: Vec<Example>,
    /// Why it matters (Markdown before the first heading).
    pub why: String,
    /// Remediation (Markdown under `## Remediation`).
    pub remediation: String,
    /// Further Markdown sections: heading and text.
    pub sections: Vec<(String, String)>,
    /// The file.
    pub origin: Origin,
    /// The file's bytes, for the pack's `inputs/`.
    pub text: std::sync::Arc<str>,
}
