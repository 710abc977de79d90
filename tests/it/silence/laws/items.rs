//! The laws of items and populations: nothing passes over what is not proven complete, and each such population has its line.

use std::collections::{BTreeMap, BTreeSet};

use evidence::assess::{ORGANIZATION, RunKey};
use evidence::model::assessment::ItemResult;
use evidence::model::{Population, Verdict};

use super::{Baseline, Lost, Outcomes, Spot, Violation, run_of};
use crate::silence::perform::Said;

pub fn items(said: &Said) -> BTreeMap<Spot, ItemResult> {
    let mut items = BTreeMap::new();
    for item in &said.assessment.frameworks[0].items {
        items.insert((item.id.clone(), None), item.result);
        items.extend(item.accounts.iter().map(|(account, line)| ((item.id.clone(), Some(account.clone())), line.result)));
    }
    items
}

impl Baseline {
    /// Items that pass with all answers and could be open: their populations are listed, not single settings.
    pub fn listed_passes(&self) -> BTreeSet<Spot> {
        let listed = |kind: &String| evidence::collect::kind(kind).is_some_and(|kind| !kind.singleton);
        let over_lists = |item: &String| self.runs.get(item).into_iter().flatten().any(|run| self.judged[run].iter().any(listed));
        let passing = self.items.iter().filter(|(_, result)| **result == ItemResult::Pass).map(|(spot, _)| spot);
        passing.filter(|(item, _)| over_lists(item)).cloned().collect()
    }

    pub(super) fn judge_items(&self, said: &Said, lost: &Lost<'_>, outcomes: &mut Outcomes) {
        let undecided: Vec<Verdict> =
            said.lines.iter().filter(|line| line.contains("\"verdict\":\"indeterminate\"")).map(|line| Said::verdict(line)).collect();
        for (spot, after) in items(said) {
            let (Some(runs), before) = (self.runs.get(&spot.0), self.items[&spot]) else { continue };
            let here = |account: &str| spot.1.as_deref().is_none_or(|own| own == account || account == ORGANIZATION);
            let speaks = |verdict: &&Verdict| here(&verdict.account) && runs.contains(&run_of(verdict));
            let open = lost
                .open
                .iter()
                .any(|population| here(&population.place.account) && runs.iter().any(|run| self.judged[run].contains(&population.kind)));
            let mut broken = |law| {
                let (about, words) = (spot.1.clone().unwrap_or_default(), |result: ItemResult| format!("{result:?}"));
                outcomes.violations.push(Violation { law, control: spot.0.clone(), about, before: words(before), after: words(after) });
            };
            let settled = matches!(after, ItemResult::Pass | ItemResult::NothingToTest);
            if settled && open {
                broken("no item passes over an incomplete population");
            }
            if settled && undecided.iter().any(|verdict| speaks(&verdict)) {
                broken("no item passes over what could not be seen");
            }
            if after != before && after != ItemResult::Indeterminate {
                broken("no item turns");
            }
            let touches = |verdict: &Verdict| self.may_go(verdict, lost.call);
            if after != before && !self.verdicts.iter().filter(speaks).any(touches) {
                broken("an item whose calls were untouched stays what it was");
            }
            if before == ItemResult::Pass && after == ItemResult::Indeterminate {
                outcomes.reopened.insert((spot, open));
            }
        }
    }

    /// Each population that is not proven complete has exactly one line in each run that judges its kind.
    pub(super) fn lines_of_populations(&self, said: &Said, open: &[Population], outcomes: &mut Outcomes) {
        let mut found: BTreeMap<(RunKey, String, String, String), usize> = BTreeMap::new();
        for line in said.lines.iter().filter(|line| line.contains("\"verdict\":\"indeterminate\"") && line.contains("\"id\":null")) {
            let verdict = Said::verdict(line);
            *found.entry((run_of(&verdict), verdict.resource.kind, verdict.account, verdict.region)).or_default() += 1;
        }
        for (run, kinds) in &self.judged {
            for population in open.iter().filter(|population| kinds.contains(&population.kind)) {
                let place = &population.place;
                let key = (run.clone(), population.kind.clone(), place.account.clone(), place.region.clone());
                let number = found.get(&key).copied().unwrap_or(0);
                if number != 1 {
                    outcomes.violations.push(Violation {
                        law: "an incomplete population has one line",
                        control: run.0.clone(),
                        about: format!("{} {} {}", place.account, place.region, population.kind),
                        before: String::new(),
                        after: format!("{number} lines"),
                    });
                }
            }
        }
    }
}
