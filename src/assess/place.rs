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
    let seen = &listed_at(kind, seen);
    let populations: Vec<&Population> = populations.iter().filter(|population| population.kind == kind.name).collect();
    let lost = lost(&populations, seen);
    let mut listings = BTreeMap::new();
    for population in &populations {
        let listing = if !population.complete() {
            let gap =
                gap_of(population).unwrap_or_else(|| missing(kind, &population.place, Reason::Truncated, "did not prove that it ended"));
            Listing::Incomplete(Some(population), gap)
        } else if let Some((counted, handed_on)) = lost.get(&population.place.account) {
            let words = format!("counted {counted} resources in the account, of which {handed_on} were handed on");
            Listing::Incomplete(Some(population), missing(kind, &population.place, Reason::Failed, &words))
        } else {
            Listing::Complete(population, population.count == 0)
        };
        listings.insert(population.place.clone(), listing);
    }
    for (place, gap) in absent(kind, scope, &listings, seen) {
        listings.insert(place, Listing::Incomplete(None, gap));
    }
    listings
}

/// Accounts of which the populations of a kind counted another number of resources than were handed on, with both numbers. By
/// account, because a resource may lie in a Region that was left out while another Region's listing showed it.
pub fn lost(populations: &[&Population], seen: &BTreeMap<Place, u64>) -> BTreeMap<String, (u64, u64)> {
    let mut numbers: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for population in populations {
        numbers.entry(population.place.account.clone()).or_default().0 += population.count;
    }
    for (place, number) in seen {
        numbers.entry(place.account.clone()).or_default().1 += number;
    }
    numbers.retain(|_, (counted, handed_on)| counted != handed_on);
    numbers
}

/// Where the listings lie that resources belong to: those of a kind that is listed once per account at `global`, also where the
/// resources themselves lie in Regions (buckets).
fn listed_at(kind: &Kind, seen: &BTreeMap<Place, u64>) -> BTreeMap<Place, u64> {
    let mut places = BTreeMap::new();
    for (place, count) in seen {
        let region = if kind.scope == KindScope::Global { GLOBAL } else { &place.region };
        *places.entry(Place { account: place.account.clone(), region: region.to_owned() }).or_default() += count;
    }
    places
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
    let unlisted_account = |place: &Place| !listed.keys().any(|known| known.account == place.account);
    found.extend(seen.keys().filter(|place| unlisted_account(place)).map(|place| (place.clone(), not_recorded(place))));
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
