//! Known combinations of actions by which a policy's holder can gain more than the policy gives.
//!
//! The combinations are data (`data/escalation.toml`, dated, each with its source). A combination is *held* where its
//! power reaches every resource of its kind and its means reach some. Where the power reaches only named resources, the
//! answer is `No` and the statements are listed as `limited`: whether those few are stronger than the holder cannot be
//! read from one document. The data says nothing of combinations not yet described by anybody.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Shown, all};
use super::document::Document;
use super::identity::Grants;
use super::scope::ResourceScope;

/// The embedded list of combinations.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscalationList {
    /// The day the list was last gone through.
    pub revised: String,
    /// Where combinations were described, by short name.
    pub sources: std::collections::BTreeMap<String, Source>,
    /// The combinations in the order of the file.
    #[serde(rename = "combination")]
    pub combinations: Vec<Combination>,
}

/// Where combinations were described.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Author and title.
    pub name: String,
    /// Where it is published.
    pub url: String,
}

/// One combination.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Combination {
    /// Its stable name in this tool.
    pub name: String,
    /// Actions that must reach every resource of their kind.
    pub wide: Vec<String>,
    /// Actions that need only reach some resource.
    pub means: Vec<String>,
    /// The short name of its source.
    pub source: String,
    /// What it amounts to, in our words.
    pub note: String,
}

/// The answer for one combination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// The combination's name.
    pub name: &'static str,
    /// Whether the document holds it over all resources.
    pub answer: Answer,
    /// Where `answer` is `No`: the statements by which it is held over some resources only.
    pub limited: Vec<Shown>,
}

static LIST: LazyLock<EscalationList> = LazyLock::new(|| {
    // The file is part of the program; the test `escalation_list_is_whole` reads it.
    toml::from_str(include_str!("data/escalation.toml")).expect("embedded escalation list is valid")
});

/// Returns the embedded list.
pub fn escalation_list() -> &'static EscalationList {
    &LIST
}

impl Document {
    /// Answers every known combination for this document; `account` is the account it lies in, where known.
    ///
    /// Combinations that are not even held in part are left out.
    pub fn escalations(&self, account: Option<&str>) -> Vec<Held> {
        let reached = Reached { grants: self.grants(), account, known: RefCell::default() };
        let held = LIST.combinations.iter().map(|combination| reached.hold(combination));
        held.filter(|held| !held.answer.is_no() || !held.limited.is_empty()).collect()
    }
}

/// A document, with what was already answered about single actions: combinations share them.
struct Reached<'a> {
    grants: Grants<'a>,
    account: Option<&'a str>,
    known: RefCell<HashMap<&'static str, Answer>>,
}

impl Reached<'_> {
    fn hold(&self, combination: &'static Combination) -> Held {
        let mut actions = combination.wide.iter().chain(&combination.means);
        if actions.any(|action| self.reaches(action).is_no()) {
            return Held { name: &combination.name, answer: Answer::No, limited: Vec::new() };
        }
        let some = all(combination.wide.iter().chain(&combination.means).map(|action| self.reaches(action)));
        let wide = combination.wide.iter().map(|action| self.grants.grants(action, &self.scope(action)));
        let answer = all(wide.chain(combination.means.iter().map(|action| self.reaches(action))));
        let limited = match (&answer, some) {
            (Answer::No, Answer::Yes(shown)) => shown,
            _ => Vec::new(),
        };
        Held { name: &combination.name, answer, limited }
    }

    fn reaches(&self, action: &'static str) -> Answer {
        if let Some(answer) = self.known.borrow().get(action) {
            return answer.clone();
        }
        let answer = self.grants.reaches(action, &self.scope(action));
        self.known.borrow_mut().insert(action, answer.clone());
        answer
    }

    fn scope(&self, action: &str) -> ResourceScope {
        let scope = ResourceScope::of_action(action);
        self.account.map_or(scope.clone(), |account| scope.in_account(account))
    }
}
