//! Puts `assessment.json` together, and publishes the schemas of the machine contract.

use std::collections::{BTreeMap, BTreeSet};

use super::place::lost;
use super::result::{Standing, disposition, result, standing, why};
use super::statement::Statements;
use super::tally::AccountTally;
use super::worker::Sums;
use super::{ORGANIZATION, Settings};
use crate::catalog::{Run, Selection};
use crate::model::assessment::{
    Assessment, ControlLine, FrameworkLine, ItemAccount, ItemControl, ItemLine, ParamLine, PopulationLine, SCHEMA,
};
use crate::model::framework::{Framework, Item, Relation};
use crate::model::{Gap, Population, Verdict};

/// The JSON Schema of `assessment.json`.
pub fn assessment_schema() -> schemars::Schema {
    schemars::schema_for!(Assessment)
}

/// The JSON Schema of a line of `verdicts.jsonl`.
pub fn verdict_schema() -> schemars::Schema {
    schemars::schema_for!(Verdict)
}

/// What the assessment is made of.
pub(super) struct Parts<'a> {
    pub selection: &'a Selection,
    pub settings: &'a Settings,
    pub statements: &'a Statements,
    pub sums: &'a Sums,
    pub populations: &'a [Population],
    pub gaps: BTreeSet<Gap>,
}

impl Parts<'_> {
    /// The whole contract.
    pub(super) fn assessment(self) -> Assessment {
        let Settings { as_of, tool, inputs_digest, recording, scope, .. } = self.settings.clone();
        Assessment {
            schema: SCHEMA.to_owned(),
            tool,
            inputs_digest,
            as_of,
            recording,
            scope,
            frameworks: self.selection.frameworks.iter().map(|framework| self.framework(framework)).collect(),
            controls: self.selection.runs.iter().map(|run| self.control(run)).collect(),
            populations: self.population_lines(),
            gaps: self.gaps.into_iter().collect(),
        }
    }

    fn population_lines(&self) -> Vec<PopulationLine> {
        let lost = self.lost();
        let mut populations: Vec<&Population> = self.populations.iter().collect();
        populations.sort_by(|a, b| (&a.kind, &a.place).cmp(&(&b.kind, &b.place)));
        let line = |population: &Population| PopulationLine {
            kind: population.kind.clone(),
            account: population.place.account.clone(),
            region: population.place.region.clone(),
            count: population.count,
            complete: population.complete() && !lost.contains(&(population.kind.clone(), population.place.account.clone())),
            calls: population.calls.clone(),
        };
        populations.into_iter().map(line).collect()
    }

    /// Accounts and kinds of which resources got lost between listing and judging; kinds that are only searched are not judged.
    fn lost(&self) -> BTreeSet<(String, String)> {
        let judged: BTreeSet<&str> =
            self.selection.runs.iter().flat_map(|run| &run.control.judges).map(|judge| judge.resource.as_str()).collect();
        let none = BTreeMap::new();
        let accounts = |kind: &str| {
            let populations: Vec<&Population> = self.populations.iter().filter(|population| population.kind == kind).collect();
            lost(&populations, self.sums.seen.get(kind).unwrap_or(&none)).into_keys()
        };
        judged.into_iter().flat_map(|kind| accounts(kind).map(move |account| (kind.to_owned(), account))).collect()
    }

    fn tallies(&self, run: &Run) -> Option<&BTreeMap<String, AccountTally>> {
        self.sums.accounts.get(&(run.control.id.clone(), run.params_id.clone()))
    }

    fn control(&self, run: &Run) -> ControlLine {
        let param = |resolved: &crate::catalog::select::Resolved| ParamLine {
            value: resolved.value.clone(),
            origin: resolved.origins.iter().cloned().collect::<Vec<_>>().join(", "),
        };
        let mut accounts: BTreeMap<String, _> =
            self.settings.scope.accounts.iter().map(|account| (account.id.clone(), Default::default())).collect();
        accounts.extend(self.tallies(run).into_iter().flatten().map(|(account, tally)| (account.clone(), tally.counts)));
        ControlLine {
            id: run.control.id.clone(),
            params_id: run.params_id.clone(),
            params: run.params.iter().map(|(name, resolved)| (name.clone(), param(resolved))).collect(),
            accounts,
        }
    }

    fn framework(&self, framework: &Framework) -> FrameworkLine {
        let mut runs: BTreeMap<&str, Vec<&Run>> = BTreeMap::new();
        for run in &self.selection.runs {
            let items: BTreeSet<&str> = run.asks.iter().filter(|ask| ask.framework == framework.id).map(|ask| ask.item.as_str()).collect();
            items.into_iter().for_each(|item| runs.entry(item).or_default().push(run));
        }
        let line = |item: &Item| self.item(framework, item, runs.get(item.id.as_str()).map_or(&[], Vec::as_slice));
        FrameworkLine { id: framework.id.clone(), version: framework.version.clone(), items: framework.items.iter().map(line).collect() }
    }

    /// The verdicts of an item's covering controls by account; those of the whole organization under its word.
    fn tally(&self, framework: &str, item: &Item, runs: &[&Run]) -> BTreeMap<String, AccountTally> {
        let mut accounts: BTreeMap<String, AccountTally> = BTreeMap::new();
        let covers =
            |run: &&&Run| run.asks.iter().any(|ask| ask.framework == framework && ask.item == item.id && ask.relation == Relation::Covers);
        for run in runs.iter().filter(covers) {
            for (account, tally) in self.tallies(run).into_iter().flatten() {
                accounts.entry(account.clone()).or_default().merge(tally);
            }
        }
        accounts
    }

    fn item(&self, framework: &Framework, item: &Item, runs: &[&Run]) -> ItemLine {
        let tallies = self.tally(&framework.id, item, runs);
        let mut whole = AccountTally::default();
        tallies.values().for_each(|tally| whole.merge(tally));
        let excluded = &self.settings.scope.excluded;
        let standing_in = |account: Option<&str>| {
            let narrowed = item.every_region && excluded.iter().any(|one| account.is_none_or(|account| one.account == account));
            standing(&framework.id, item, runs, narrowed)
        };
        let accounts: BTreeMap<String, ItemAccount> = self
            .settings
            .scope
            .accounts
            .iter()
            .map(|account| (account.id.clone(), self.item_account(framework, item, &standing_in(Some(&account.id)), &account.id, &tallies)))
            .collect();
        let standing = standing_in(None);
        let stated = !accounts.is_empty() && accounts.keys().all(|account| self.stated(framework, item, account));
        let result = result(&standing, &whole);
        let disposition = disposition(&standing, result, stated);
        ItemLine {
            id: item.id.clone(),
            title: item.title.clone(),
            method: item.method,
            result,
            disposition,
            evidence: Vec::new(),
            why: why(&standing, result, disposition, &whole),
            controls: controls(&framework.id, item, runs),
            accounts,
        }
    }

    fn stated(&self, framework: &Framework, item: &Item, account: &str) -> bool {
        self.statements.valid(&framework.id, &item.id, account, self.settings.as_of)
    }

    fn item_account(
        &self,
        framework: &Framework,
        item: &Item,
        standing: &Standing,
        account: &str,
        tallies: &BTreeMap<String, AccountTally>,
    ) -> ItemAccount {
        let mut tally = AccountTally::default();
        [account, ORGANIZATION].into_iter().filter_map(|key| tallies.get(key)).for_each(|one| tally.merge(one));
        let result = result(standing, &tally);
        let disposition = disposition(standing, result, self.stated(framework, item, account));
        ItemAccount { result, disposition, counts: tally.counts }
    }
}

/// The controls of an item in the order of its mappings, each with every set of parameters that it ran with for this item.
fn controls(framework: &str, item: &Item, runs: &[&Run]) -> Vec<ItemControl> {
    let mut found: Vec<ItemControl> = Vec::new();
    for mapping in &item.mappings {
        for run in runs.iter().filter(|run| run.control.id == mapping.control) {
            let asked = run.asks.iter().any(|ask| {
                ask.framework == framework && ask.item == item.id && ask.relation == mapping.relation && ask.coverage == mapping.coverage
            });
            let line = ItemControl {
                id: run.control.id.clone(),
                params_id: run.params_id.clone(),
                relation: mapping.relation,
                coverage: mapping.coverage,
            };
            if asked && !found.contains(&line) {
                found.push(line);
            }
        }
    }
    found
}
