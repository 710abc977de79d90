//! Resources that `find` can reach, and what the absence of one proves: nothing, unless the population it would lie in is
//! complete.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::log::Document;
use super::node::Node;
use crate::model::gap::Gaps;
use crate::model::place::{GLOBAL, UNKNOWN};
use crate::model::{CallId, Gap, GapId, KindScope, Partition, Place, Population, Reason, Resource, Source};

/// What there is to know of an account in scope.
#[derive(Clone, Debug)]
pub struct KnownAccount {
    /// Its partition.
    pub partition: Partition,
    /// Whether the run could enter it.
    pub entered: bool,
}

/// The answer to a search.
#[derive(Debug)]
pub enum Found {
    /// The resource.
    Resource(Arc<Document>),
    /// There is none, as these calls prove.
    Nothing(Vec<CallId>),
    /// It cannot be told.
    Gap(GapId),
}

#[derive(Debug)]
struct Target {
    account: String,
    facts: String,
    sources: Vec<Source>,
    document: OnceLock<Arc<Document>>,
}

/// Targets of `find`.
#[derive(Debug, Default)]
pub struct Index {
    targets: BTreeMap<String, HashMap<String, Target>>,
    scopes: BTreeMap<String, KindScope>,
    populations: BTreeMap<(String, Place), Population>,
    accounts: BTreeMap<String, KnownAccount>,
    excluded: BTreeSet<Place>,
    /// Where no population is known, that there is none counts as proven: only for examples.
    assumed: bool,
    gaps: Mutex<Gaps>,
}

impl Index {
    /// An index over these accounts, left-out places and populations.
    pub fn new(accounts: BTreeMap<String, KnownAccount>, excluded: BTreeSet<Place>, populations: &[Population]) -> Self {
        let populations =
            populations.iter().map(|population| ((population.kind.clone(), population.place.clone()), population.clone())).collect();
        Index { accounts, excluded, populations, ..Index::default() }
    }

    /// An index for examples: within these accounts, what an example does not give does not exist.
    pub fn for_examples(accounts: BTreeMap<String, KnownAccount>) -> Self {
        Index { accounts, assumed: true, ..Index::default() }
    }

    /// Makes a kind one that can be searched.
    pub fn open(&mut self, kind: &str, scope: KindScope) {
        self.targets.entry(kind.to_owned()).or_default();
        self.scopes.insert(kind.to_owned(), scope);
    }

    /// Adds a resource. Of two with one id, seen from two accounts, the account that the id names goes first.
    pub fn add(&mut self, resource: Resource) {
        let rank = |account: &str, id: &str| (account_of(id) != Some(account), account.to_owned());
        let targets = self.targets.entry(resource.key.kind).or_default();
        let known = targets.get(&resource.key.id);
        if known.is_some_and(|known| rank(&known.account, &resource.key.id) <= rank(&resource.key.account, &resource.key.id)) {
            return;
        }
        let target = Target { account: resource.key.account, facts: resource.facts, sources: resource.sources, document: OnceLock::new() };
        targets.insert(resource.key.id, target);
    }

    /// Searches for a resource on behalf of one in `asking`.
    pub fn find(&self, kind: &str, id: &str, asking: &Place) -> Found {
        match self.targets.get(kind).and_then(|targets| targets.get(id)) {
            Some(target) => Found::Resource(target.document.get_or_init(|| document(kind, id, target)).clone()),
            None => self.absent(kind, id, asking),
        }
    }

    fn absent(&self, kind: &str, id: &str, asking: &Place) -> Found {
        if let Some(partition) = accountless(id) {
            return self.nowhere_listed(kind, id, partition, asking);
        }
        let Some((partition, region, account)) = arn(id) else {
            let detail = format!("`{id}` does not say in which account and Region it lies");
            return self.gap(asking.clone(), Reason::NotRecorded, detail);
        };
        let global = self.scopes.get(kind) == Some(&KindScope::Global);
        let region = if global { GLOBAL } else { region };
        let place = Place { account: account.to_owned(), region: region.to_owned() };
        match self.accounts.get(account) {
            Some(known) if known.entered && known.partition.id() == partition => {}
            _ => return self.gap(place, Reason::OtherAccount, format!("`{id}` lies in an account that this run did not observe")),
        }
        if region.is_empty() && !self.assumed {
            let detail = format!("`{id}` does not say in which Region it lies");
            return self.gap(asking.clone(), Reason::NotRecorded, detail);
        }
        let unknown = Place { account: account.to_owned(), region: UNKNOWN.to_owned() };
        let listed = |place: &Place| self.populations.get(&(kind.to_owned(), place.clone()));
        // Where Regions could not be found out, why not is why nobody looked there.
        let population = listed(&place).or_else(|| if self.excluded.contains(&place) { None } else { listed(&unknown) });
        match population {
            Some(population) if population.complete() => Found::Nothing(population.calls.clone()),
            Some(population) => match &population.gap {
                Some(gap) => Found::Gap(gap.clone()),
                None => self.gap(place, Reason::Truncated, format!("the listing of `{kind}` did not prove that it ended")),
            },
            None if self.assumed => Found::Nothing(Vec::new()),
            None if self.excluded.contains(&place) => {
                self.gap(place, Reason::OutOfScope, format!("`{id}` lies in a Region that was left out"))
            }
            None => self.gap(place, Reason::NotRecorded, format!("no listing of `{kind}` was recorded where `{id}` lies")),
        }
    }

    /// An ARN that names no account, as those of buckets, may lie in any: that it is in none of ours never proves that it does not
    /// exist. Where one of our own listings is not complete, it may lie there.
    fn nowhere_listed(&self, kind: &str, id: &str, partition: &str, asking: &Place) -> Found {
        let own = self.accounts.iter().filter(|(_, known)| known.partition.id() == partition);
        let mut listings = own.map(|(account, known)| {
            let place = Place { account: account.clone(), region: GLOBAL.to_owned() };
            let population = self.populations.get(&(kind.to_owned(), place.clone()));
            (place, population, known.entered)
        });
        let open = listings.find(|(_, population, _)| !self.assumed && population.is_none_or(|population| !population.complete()));
        match open {
            Some((_, Some(Population { gap: Some(gap), .. }), _)) => Found::Gap(gap.clone()),
            Some((place, _, true)) => {
                self.gap(place, Reason::NotRecorded, format!("no complete listing of `{kind}` was recorded, so `{id}` may lie there"))
            }
            Some((place, _, false)) => {
                self.gap(place, Reason::OtherAccount, format!("`{id}` may lie in an account that this run could not enter"))
            }
            None => {
                let detail = format!("`{id}` is in none of the accounts that this run observed: it lies in another, or does not exist");
                self.gap(asking.clone(), Reason::OtherAccount, detail)
            }
        }
    }

    fn gap(&self, place: Place, reason: Reason, detail: String) -> Found {
        let gap = Gap {
            account: place.account,
            region: place.region,
            service: String::new(),
            operation: "find".into(),
            reason,
            detail,
            call: None,
        };
        Found::Gap(self.gaps.lock().unwrap_or_else(PoisonError::into_inner).note(gap))
    }

    /// The gap behind an id, where a search made it.
    pub fn noted(&self, id: &GapId) -> Option<Gap> {
        self.gaps.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// All gaps that searches made.
    pub fn searched(&self) -> Vec<Gap> {
        self.gaps.lock().unwrap_or_else(PoisonError::into_inner).sorted().into_iter().cloned().collect()
    }
}

fn document(kind: &str, id: &str, target: &Target) -> Arc<Document> {
    let facts = serde_json::from_str(&target.facts).unwrap_or(Node::Null);
    Arc::new(Document { label: format!("find({kind}, {id})"), facts, sources: target.sources.clone() })
}

/// Partition, Region and account of an ARN that names an account.
fn arn(id: &str) -> Option<(&str, &str, &str)> {
    let mut parts = id.splitn(6, ':');
    let (Some("arn"), Some(partition), Some(_), Some(region), Some(account), Some(_)) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let named = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    named.then_some((partition, region, account))
}

/// Partition of an ARN that names neither Region nor account (`arn:aws:s3:::example-logs`).
fn accountless(id: &str) -> Option<&str> {
    let parts: Vec<&str> = id.splitn(6, ':').collect();
    match parts[..] {
        ["arn", partition, service, "", "", resource] if !service.is_empty() && !resource.is_empty() => Some(partition),
        _ => None,
    }
}

fn account_of(id: &str) -> Option<&str> {
    arn(id).map(|(_, _, account)| account)
}
