//! Which places a kind should have been listed in, and what came of each: proven empty, proven complete, or not known.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::assessment::Scope;
use crate::model::place::GLOBAL;
use crate::model::{Gap, Kind, KindScope, Place, Population, Reason};

/// What is known of a kind in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listing<'a> {
    /// Listed to the end; whether it is empty.
    Complete(&'a Population, bool),
    /// Not proven complete, with the gap.
    Incomplete(Option<&'a Population>, Gap),
}

/// What is known of a kind in all places where it should be, given how many resources were really handed on.
pub fn listings<'a>(
    kind: &Kind,
    scope: &Scope,
    populations: &'a [Population],
    seen: &BTreeMap<Place, u64>,
    gap_of: &dyn Fn(&Population) -> Option<Gap>,
) -> BTreeMap<Place, Listing<'a>> {
    let mut listings = BTreeMap::new();
    for population in populations.iter().filter(|population| population.kind == kind.name) {
        let handed_on = seen.get(&population.place).copied().unwrap_or(0);
        let listing = if population.complete() && handed_on == population.count {
            Listing::Complete(population, handed_on == 0)
        } else if population.complete() {
            let words = format!("counted {} resources, of which {handed_on} were handed on", population.count);
            Listing::Incomplete(Some(population), missing(kind, &population.place, Reason::Failed, &words))
        } else {
            let gap =
                gap_of(population).unwrap_or_else(|| missing(kind, &population.place, Reason::Truncated, "did not prove that it ended"));
            Listing::Incomplete(Some(population), gap)
        };
        listings.insert(population.place.clone(), listing);
    }
    for (place, gap) in absent(kind, scope, &listings, seen) {
        listings.insert(place, Listing::Incomplete(None, gap));
    }
    listings
}

/// Places that should have a listing and have none.
fn absent(kind: &Kind, scope: &Scope, listed: &BTreeMap<Place, Listing<'_>>, seen: &BTreeMap<Place, u64>) -> BTreeMap<Place, Gap> {
    let mut found = BTreeMap::new();
    let unlisted = |place: &Place| !listed.contains_key(place);
    let not_recorded = |place: &Place| missing(kind, place, Reason::NotRecorded, "is not in the recording");
    for account in &scope.accounts {
        let home = Place { account: account.id.clone(), region: GLOBAL.to_owned() };
        if !account.entered {
            if !listed.keys().any(|place| place.account == account.id) {
                let gap = account
                    .gap
                    .clone()
                    .unwrap_or_else(|| missing(kind, &home, Reason::OtherAccount, "failed: the account could not be entered"));
                found.insert(home, gap);
            }
            continue;
        }
        let places = expected(kind, scope, &account.id);
        if places.is_empty() && !listed.keys().any(|place| place.account == account.id) {
            found.insert(home.clone(), not_recorded(&home));
        }
        found.extend(places.into_iter().filter(unlisted).map(|place| (place.clone(), not_recorded(&place))));
    }
    found.extend(seen.keys().filter(|place| unlisted(place)).map(|place| (place.clone(), not_recorded(place))));
    found
}

fn expected(kind: &Kind, scope: &Scope, account: &str) -> BTreeSet<Place> {
    let place = |region: &str| Place { account: account.to_owned(), region: region.to_owned() };
    match kind.scope {
        KindScope::Global => [place(GLOBAL)].into(),
        KindScope::Regional => {
            let regions = scope.regions.iter().filter(|region| region.account == account && region.observed);
            regions.map(|region| place(&region.region)).collect()
        }
    }
}

fn missing(kind: &Kind, place: &Place, reason: Reason, words: &str) -> Gap {
    let (service, operation) = kind.groups.first().and_then(|group| group.operations.first()).copied().unwrap_or(("", ""));
    Gap {
        account: place.account.clone(),
        region: place.region.clone(),
        service: service.to_owned(),
        operation: operation.to_owned(),
        reason,
        detail: format!("the listing of `{}` {words}", kind.name),
        call: None,
    }
}
