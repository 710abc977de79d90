//! Judging a whole inventory: workers for resources, then the lines of units and populations.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::engine::{AsOf, Engine};
use super::index::{Index, KnownAccount};
use super::log::{Log, Observed};
use super::place::{Listing, listings};
use super::ruling::{Compiled, Ground};
use super::store::Spill;
use super::tally::Unit;
use super::worker::{Bench, Draft, Shared, Sums, Writer, unit_place};
use super::{AssessError, ORGANIZATION, Settings};
use crate::catalog::Selection;
use crate::catalog::shape::Shapes;
use crate::collect::{Block, Store};
use crate::model::assessment::Scope;
use crate::model::control::{Empty, Per};
use crate::model::place::GLOBAL;
use crate::model::verdict::{Subject, Why};
use crate::model::{Gap, Kind, KindScope, Outcome, Place, Population, Reason};

/// Of the Regions left out at most so many are named in a reason.
const NAMED_REGIONS: usize = 5;

/// Judges by kind of resource: each kind's benches.
pub type Benches<'a> = BTreeMap<String, Vec<Bench<'a>>>;

/// Compiles all judges of a selection.
///
/// # Errors
/// When an expression does not compile, which the catalogue excludes.
pub fn benches(selection: &Selection) -> Result<Benches<'_>, AssessError> {
    let mut benches = Benches::new();
    for run in &selection.runs {
        for (index, judge) in run.control.judges.iter().enumerate() {
            let compiled =
                Compiled::new(judge, &run.values()).map_err(|cause| AssessError::Control { control: run.control.id.clone(), cause })?;
            benches.entry(judge.resource.clone()).or_default().push(Bench { run, judge: index, compiled });
        }
    }
    Ok(benches)
}

/// The targets of `find`.
///
/// # Errors
/// When a temporary file cannot be read.
pub fn index(
    selection: &Selection,
    kinds: &[Kind],
    store: &mut Store,
    populations: &[Population],
    settings: &Settings,
) -> std::io::Result<Index> {
    let scope = &settings.scope;
    let accounts = scope
        .accounts
        .iter()
        .map(|account| (account.id.clone(), KnownAccount { partition: account.partition, entered: account.entered }))
        .collect();
    let excluded =
        scope.excluded.iter().map(|one| Place { account: one.account.clone(), region: one.region.clone() }).collect::<BTreeSet<_>>();
    let mut index = Index::new(accounts, excluded, populations);
    for name in selection.finds() {
        if let Some(kind) = kinds.iter().find(|kind| kind.name == name) {
            index.open(name, kind.scope);
        }
        store.for_each::<std::io::Error>(name, |resource| {
            index.add(resource);
            Ok(())
        })?;
    }
    Ok(index)
}

/// Empty spills for all runs.
pub fn spills(selection: &Selection) -> BTreeMap<super::RunKey, Mutex<Spill>> {
    let key = |run: &crate::catalog::Run| (run.control.id.clone(), run.params_id.clone());
    selection.runs.iter().map(|run| (key(run), Mutex::new(Spill::new()))).collect()
}

/// Judges all resources of all kinds.
///
/// # Errors
/// When a temporary file cannot be read or written.
pub fn judge_resources(store: &mut Store, benches: &Benches<'_>, shared: &Shared<'_>, shapes: &Arc<Shapes>) -> std::io::Result<Sums> {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(8);
    std::thread::scope(|threads| {
        let (sender, receiver) = sync_channel::<(String, Block)>(2 * workers);
        let receiver = Arc::new(Mutex::new(receiver));
        let handles: Vec<_> = (0..workers)
            .map(|_| {
                let receiver = receiver.clone();
                threads.spawn(move || work(&receiver, benches, shared, shapes))
            })
            .collect();
        drop(receiver);
        let fed = feed(store, benches, &sender);
        drop(sender);
        let mut sums = Sums::default();
        for handle in handles {
            let found = handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            sums.merge(found);
        }
        fed.map(|()| sums)
    })
}

/// Sends all resources. A send fails only when all workers ended by an error of their own, which they report.
fn feed(store: &mut Store, benches: &Benches<'_>, sender: &std::sync::mpsc::SyncSender<(String, Block)>) -> std::io::Result<()> {
    benches.keys().try_for_each(|kind| {
        store.blocks::<std::io::Error>(kind, |block| {
            let _ = sender.send((kind.clone(), block));
            Ok(())
        })
    })
}

fn work(
    receiver: &Mutex<Receiver<(String, Block)>>,
    benches: &Benches<'_>,
    shared: &Shared<'_>,
    shapes: &Arc<Shapes>,
) -> std::io::Result<Sums> {
    let log = Arc::new(Log::default());
    let as_of = AsOf::new(shared.settings.as_of, &log);
    let mut engine = Engine::new(&as_of, &shared.ground.index, shapes);
    let mut writer = Writer::new(shared);
    loop {
        let next = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((kind, block)) = next else { break };
        for resource in block.resources() {
            writer.judge(&mut engine, benches.get(&kind).map_or(&[], Vec::as_slice), resource?)?;
        }
    }
    writer.finish()
}

/// Adds the lines that speak of populations and of units without or with a witness.
///
/// # Errors
/// When a temporary file cannot be written.
pub fn judge_places(
    benches: &Benches<'_>,
    kinds: &[Kind],
    populations: &[Population],
    shared: &Shared<'_>,
    sums: &mut Sums,
) -> std::io::Result<BTreeSet<Gap>> {
    let mut gaps = BTreeSet::new();
    let mut writer = Writer::new(shared);
    for (name, benches) in benches {
        let Some(kind) = kinds.iter().find(|kind| kind.name == name) else { continue };
        let seen = sums.seen.get(name).cloned().unwrap_or_default();
        let gap_of = |population: &Population| population.gap.as_ref().and_then(|gap| shared.ground.gap(gap));
        let listings = listings(kind, &shared.settings.scope, populations, &seen, &gap_of);
        gaps.extend(listings.values().filter_map(|listing| match listing {
            Listing::Incomplete(_, gap) => Some(gap.clone()),
            Listing::Complete(..) => None,
        }));
        for bench in benches {
            write_populations(&mut writer, bench, kind, &listings)?;
            if let Some(per) = bench.per() {
                write_units(&mut writer, bench, per, kind, &listings, sums)?;
            }
        }
    }
    sums.merge(writer.finish()?);
    Ok(gaps)
}

type Listings<'a> = BTreeMap<Place, Listing<'a>>;

fn nobody(kind: &str) -> Subject {
    Subject { kind: kind.to_owned(), id: None, name: None }
}

/// Why absence in an account or organization proves nothing, where that is so: Regions that the user left out may hold what is not here.
fn unlooked(kind: &Kind, place: &Place, scope: &Scope) -> Option<Why> {
    let left_out = scope.excluded.iter().filter(|one| place.account == ORGANIZATION || one.account == place.account);
    let regions: BTreeSet<&str> = left_out.map(|one| one.region.as_str()).collect();
    let looked = kind.scope == KindScope::Global || place.region != GLOBAL || regions.is_empty();
    (!looked).then(|| {
        let named: Vec<&str> = regions.iter().copied().take(NAMED_REGIONS).collect();
        let count = if regions.len() > named.len() { format!(" ({} of {} named)", named.len(), regions.len()) } else { String::new() };
        let detail = format!("there is none in the Regions observed, and these were left out of the run: {}{count}", named.join(", "));
        Why::gap(Reason::OutOfScope, detail)
    })
}

fn write_populations(writer: &mut Writer<'_>, bench: &Bench<'_>, kind: &Kind, listings: &Listings<'_>) -> std::io::Result<()> {
    let every = bench.per().is_none();
    let fail_empty = every && bench.run.control.judges[bench.judge].empty == Empty::Fail;
    let empty_accounts = if fail_empty { wholly_empty(listings) } else { BTreeSet::new() };
    for (place, listing) in listings {
        let (outcome, why, observed) = match listing {
            Listing::Incomplete(population, gap) => {
                let detail = format!("the population is not proven complete: {}", gap.detail);
                (Outcome::Indeterminate, Why::gap(gap.reason, detail), listed(*population, Some(gap), writer.ground()))
            }
            Listing::Complete(population, true) if every => {
                if place.region == GLOBAL && empty_accounts.contains(&place.account) {
                    continue;
                }
                let why = Why { code: "empty_population".into(), detail: "there is none here".into() };
                (Outcome::NotApplicable, why, listed(Some(population), None, writer.ground()))
            }
            Listing::Complete(..) => continue,
        };
        let draft = Draft { run: bench.run, place: place.clone(), subject: nobody(kind.name), outcome, why: Some(why), observed };
        let verdict = writer.verdict(draft);
        writer.write(&verdict, &[])?;
    }
    for account in empty_accounts {
        let place = Place { account: account.clone(), region: GLOBAL.to_owned() };
        let mut observed = Observed::default();
        for (_, listing) in listings.iter().filter(|(place, _)| place.account == account) {
            if let Listing::Complete(population, _) = listing {
                observed.add_calls(&listed(Some(population), None, writer.ground()));
            }
        }
        let empty = Why { code: "empty_population".into(), detail: "there is none in the whole account, which is the failure".into() };
        let (outcome, why) = match unlooked(kind, &place, writer.scope()) {
            Some(why) => (Outcome::Indeterminate, why),
            None => (Outcome::Fail, empty),
        };
        let draft = Draft { run: bench.run, place, subject: nobody(kind.name), outcome, why: Some(why), observed };
        let verdict = writer.verdict(draft);
        writer.write(&verdict, &[])?;
    }
    Ok(())
}

/// Accounts in which every population of the kind is complete and empty.
fn wholly_empty(listings: &Listings<'_>) -> BTreeSet<String> {
    let accounts: BTreeSet<String> = listings.keys().map(|place| place.account.clone()).collect();
    let empty = |account: &String| {
        listings.iter().filter(|(place, _)| place.account == *account).all(|(_, listing)| matches!(listing, Listing::Complete(_, true)))
    };
    accounts.into_iter().filter(empty).collect()
}

/// The calls of a listing, and of the gap that breaks it.
fn listed(population: Option<&Population>, gap: Option<&Gap>, ground: &Ground<'_>) -> Observed {
    let mut observed = Observed::default();
    let calls = population.into_iter().flat_map(|population| population.calls.iter().copied());
    for call in calls.chain(gap.and_then(|gap| gap.call)) {
        observed.add(call, ground.answered(call));
    }
    observed
}

fn write_units(
    writer: &mut Writer<'_>,
    bench: &Bench<'_>,
    per: Per,
    kind: &Kind,
    listings: &Listings<'_>,
    sums: &Sums,
) -> std::io::Result<()> {
    let mut places: BTreeMap<Place, Vec<&Place>> = BTreeMap::new();
    for place in listings.keys() {
        places.entry(unit_place(per, &place.account, &place.region)).or_default().push(place);
    }
    let of_bench = |(run, of, _): &&(super::RunKey, String, Place)| *run == bench.key() && of == kind.name;
    for (_, _, place) in sums.units.keys().filter(of_bench) {
        places.entry(place.clone()).or_default(); // A Region that was left out, of which another Region's listing showed something.
    }
    for (unit_place, within) in places {
        let unit = sums.units.get(&(bench.key(), kind.name.to_owned(), unit_place.clone()));
        if let Some(witness) = unit.and_then(|unit| unit.witness.as_ref()) {
            writer.write(&witness.verdict, &witness.shown)?;
            continue;
        }
        if within.iter().any(|place| matches!(listings.get(place), Some(Listing::Incomplete(..)))) {
            continue; // The lines of the incomplete populations say it.
        }
        let mut observed = Observed::default();
        for place in &within {
            if let Some(Listing::Complete(population, _)) = listings.get(place) {
                observed.add_calls(&listed(Some(population), None, writer.ground()));
            }
        }
        let unlooked = unlooked(kind, &unit_place, writer.scope());
        let draft = without_witness(bench, unit_place, kind.name, (unit, unlooked), observed);
        let verdict = writer.verdict(draft);
        writer.write(&verdict, &[])?;
    }
    Ok(())
}

fn without_witness<'b>(
    bench: &Bench<'b>,
    place: Place,
    kind: &str,
    (unit, unlooked): (Option<&Unit>, Option<Why>),
    mut observed: Observed,
) -> Draft<'b> {
    let (outcome, why) = match (unit, unlooked) {
        (Some(Unit { undecided: Some((key, why)), .. }), _) => (
            Outcome::Indeterminate,
            Why {
                code: why.code.clone(),
                detail: format!("nothing satisfies the control, and `{}` is not decided: {}", key.id, why.detail),
            },
        ),
        (_, Some(why)) => (Outcome::Indeterminate, why),
        (Some(unit), None) if unit.candidates > 0 => {
            let detail = format!("none of {} satisfies the control", unit.candidates);
            (Outcome::Fail, Why { code: "no_witness".into(), detail })
        }
        (Some(_), None) => {
            let detail = "the control speaks about none of the resources here".into();
            (Outcome::NotApplicable, Why { code: "not_selected".into(), detail })
        }
        (None, None) => (Outcome::Fail, Why { code: "no_witness".into(), detail: "there is none".into() }),
    };
    if let Some(unit) = unit {
        observed.add_calls(&unit.ground);
        observed.values = unit.observed();
    }
    Draft { run: bench.run, place, subject: nobody(kind), outcome, why: Some(why), observed }
}

/// Why ages cannot be judged, if that is so.
pub fn stale(settings: &Settings) -> Option<String> {
    let ended = settings.recording.ended;
    let late = settings.as_of - ended > chrono::Duration::hours(24);
    (late && !settings.accept_stale).then(|| {
        let seconds = chrono::SecondsFormat::Secs;
        format!(
            "the recording ended {}, more than 24 hours before the as-of instant {}",
            ended.to_rfc3339_opts(seconds, true),
            settings.as_of.to_rfc3339_opts(seconds, true)
        )
    })
}
