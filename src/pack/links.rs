//! Which file of the pack shows what: the one place that decides names, so that every link leads somewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::names::Names;
use crate::model::CallId;
use crate::model::assessment::Assessment;

/// More exhibits than this are spread over folders of a thousand.
const FLAT_EXHIBITS: usize = 5_000;

/// Exhibits linked in one cell; all of them stand in the CSV.
const SHOWN_EXHIBITS: usize = 3;

/// A control with one set of parameters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// Control id.
    pub control: String,
    /// Digest of its parameters.
    pub params_id: String,
}

/// Names of all files that pages link to.
#[derive(Debug)]
pub struct Links {
    pairs: BTreeMap<Pair, String>,
    frameworks: Names,
    items: BTreeMap<String, Names>,
    numbers: HashMap<CallId, u32>,
    width: usize,
    flat: bool,
}

/// Exhibits as a cell shows them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Exhibits {
    /// Those linked.
    pub links: Vec<ExhibitLink>,
    /// How many there are.
    pub total: usize,
    /// How many are not linked.
    pub more: usize,
}

/// A link to an exhibit.
#[derive(Clone, Debug, Serialize)]
pub struct ExhibitLink {
    /// `E-0001`.
    pub number: String,
    /// Relative to the linking page.
    pub href: String,
}

impl Links {
    /// Decides all names. `calls` are the recording's, in order of key.
    pub fn new(assessment: &Assessment, calls: &[CallId]) -> Self {
        let controls = Names::new(assessment.controls.iter().map(|line| line.id.as_str()));
        let mut sets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for line in &assessment.controls {
            sets.entry(&line.id).or_default().insert(&line.params_id);
        }
        let name = |id: &str, params_id: &str| match sets.get(id) {
            Some(params) if params.len() > 1 => {
                format!("{}--{}", controls.of(id), Names::default().of(params_id).split('-').next().unwrap_or("p"))
            }
            _ => controls.of(id),
        };
        let pair = |id: &str, params_id: &str| Pair { control: id.to_owned(), params_id: params_id.to_owned() };
        Links {
            pairs: assessment.controls.iter().map(|line| (pair(&line.id, &line.params_id), name(&line.id, &line.params_id))).collect(),
            frameworks: Names::new(assessment.frameworks.iter().map(|framework| framework.id.as_str())),
            items: assessment
                .frameworks
                .iter()
                .map(|framework| (framework.id.clone(), Names::new(framework.items.iter().map(|item| item.id.as_str()))))
                .collect(),
            numbers: calls.iter().enumerate().map(|(at, id)| (*id, at as u32 + 1)).collect(),
            width: calls.len().to_string().len().max(4),
            flat: calls.len() <= FLAT_EXHIBITS,
        }
    }

    /// The stem of a control's page and CSV, where it ran.
    pub fn stem(&self, control: &str, params_id: &str) -> Option<&str> {
        self.pairs.get(&Pair { control: control.to_owned(), params_id: params_id.to_owned() }).map(String::as_str)
    }

    /// A control's first page.
    pub fn control(&self, control: &str, params_id: &str) -> Option<String> {
        self.stem(control, params_id).map(|stem| format!("controls/{stem}.html"))
    }

    /// A control's whole population.
    pub fn population(&self, control: &str, params_id: &str) -> Option<String> {
        self.stem(control, params_id).map(|stem| format!("populations/{stem}.csv"))
    }

    /// A framework's list of items.
    pub fn framework(&self, framework: &str) -> String {
        format!("items/{}/index.html", self.frameworks.of(framework))
    }

    /// An item's page.
    pub fn item(&self, framework: &str, item: &str) -> String {
        let name = self.items.get(framework).map_or_else(|| Names::default().of(item), |names| names.of(item));
        format!("items/{}/{name}.html", self.frameworks.of(framework))
    }

    /// How many calls the recording holds.
    pub fn exhibits(&self) -> usize {
        self.numbers.len()
    }

    /// The exhibit number of a call: `E-0001`.
    pub fn number(&self, call: CallId) -> Option<String> {
        self.numbers.get(&call).map(|n| self.written(*n))
    }

    /// An exhibit's page.
    pub fn exhibit(&self, call: CallId) -> Option<String> {
        self.numbers.get(&call).map(|n| self.exhibit_page(*n))
    }

    /// `E-0001` for 1, with as many digits as the last needs.
    fn written(&self, n: u32) -> String {
        format!("E-{n:0width$}", width = self.width)
    }

    fn exhibit_page(&self, n: u32) -> String {
        let number = self.written(n);
        if self.flat { format!("exhibits/{number}.html") } else { format!("exhibits/{:03}/{number}.html", n / 1_000) }
    }

    /// Exhibits as a cell of a page shows them; `root` leads from the page to the pack's folder.
    pub fn cell(&self, calls: &[CallId], root: &str) -> Exhibits {
        let mut numbers: Vec<u32> = calls.iter().filter_map(|call| self.numbers.get(call).copied()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let link = |n: &u32| ExhibitLink { number: self.written(*n), href: format!("{root}{}", self.exhibit_page(*n)) };
        Exhibits {
            links: numbers.iter().take(SHOWN_EXHIBITS).map(link).collect(),
            total: numbers.len(),
            more: numbers.len().saturating_sub(SHOWN_EXHIBITS),
        }
    }

    /// Exhibit numbers of calls, in order.
    pub fn numbers(&self, calls: &[CallId]) -> Vec<String> {
        let mut numbers: Vec<u32> = calls.iter().filter_map(|call| self.numbers.get(call).copied()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|n| self.written(n)).collect()
    }
}

/// What leads from a file of the pack to the pack's folder.
pub fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}
