//! From a fault to verdicts: the golden answers, one of them spoiled, through a live session (so that checks, retries and redaction run
//! for real) or, where the call is taken away, through a replay; then the whole account is assessed.
//!
//! Only the kinds that the spoiled operation fills, of the account it is asked in, are collected anew; all else comes from the
//! baseline. That this is the same as collecting everything is shown on samples.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use evidence::assess::{self, Exhibits, Statements, Waivers};
use evidence::aws::{Given, Session};
use evidence::catalog::Selection;
use evidence::collect::{self, Inventory, Silent, Store, kinds};
use evidence::model::assessment::{Assessment, Scope};
use evidence::model::kind::Wanted;
use evidence::model::population::Ended as End;
use evidence::model::{CallId, GapId, Instant, Population, Resource, Verdict};
use evidence::recording::{Asked, Recording};

use super::faults::{Fault, What};
use super::golden::{Asking, Golden};
use crate::upstream::{Reply, SECRET, Scripted, TOKEN, settings, tool};

/// What collection found.
pub struct Found {
    pub resources: Vec<Resource>,
    pub rest: Inventory,
    pub scope: Scope,
    /// Questions that the golden recording does not answer and the fault does not explain.
    pub strayed: Vec<String>,
}

/// What assessment said.
#[derive(Clone)]
pub struct Said {
    /// Each verdict as text.
    pub lines: Vec<String>,
    pub assessment: Assessment,
    pub control_errors: u64,
}

impl Said {
    pub fn verdict(line: &str) -> Verdict {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }
}

/// Which call a fault befalls.
pub struct Spoiled<'a> {
    pub asking: Asking,
    /// The how-manyeth time the question is asked, from 0; later times fare no better.
    pub n: u32,
    pub fault: &'a Fault,
}

/// The answers: golden, but for the fault. Also the questions that neither explains.
fn upstream(golden: &Arc<Golden>, spoiled: Option<&Spoiled<'_>>) -> (Scripted, Arc<Mutex<Vec<String>>>) {
    let spoiled = spoiled.map(|spoiled| {
        let (first, rest) = match &spoiled.fault.what {
            What::Answer(reply) => (reply.clone(), None),
            What::Pages(first, rest) => (first.clone(), Some(rest.clone())),
            What::TakenAway => unreachable!("taken away is replayed"),
        };
        (spoiled.asking.clone(), spoiled.n as usize, first, rest)
    });
    let (golden, strayed) = (golden.clone(), Arc::<Mutex<Vec<String>>>::default());
    let (stray, turns) = (strayed.clone(), Mutex::<HashMap<Asking, usize>>::default());
    let script = move |question: &crate::upstream::Question| {
        let asking = Asking::of(question);
        let mut turns = turns.lock().expect("nobody panics while holding it");
        let turn = turns.entry(asking.clone()).or_default();
        let answers = golden.answers(&asking);
        if let Some((at, n, first, rest)) = &spoiled {
            if asking == *at && *turn >= *n {
                return Some(first.clone());
            }
            if answers.is_none() && asking.follows(at) {
                return Some(first.clone());
            }
            if let (None, Some(rest)) = (answers, rest) {
                return Some(rest.clone());
            }
        }
        match answers.and_then(|answers| answers.get(*turn).or(answers.last())) {
            Some((_, reply)) => {
                *turn += 1;
                Some(reply.clone())
            }
            None => {
                stray.lock().expect("nobody panics while holding it").push(format!("{asking:?}"));
                Some(Reply::Break)
            }
        }
    };
    (Scripted::new(script), strayed)
}

/// Why there is no inventory.
pub type Ended = String;

/// Collects through a live session that enters these accounts.
pub async fn live(
    golden: &Arc<Golden>,
    accounts: &[String],
    spoiled: Option<&Spoiled<'_>>,
    wanted: &Wanted,
    dir: &Path,
) -> Result<Found, Ended> {
    let (upstream, strayed) = upstream(golden, spoiled);
    let mut settings = settings(&upstream, dir);
    settings.limits.attempts = 2;
    settings.asked = Asked { wanted: wanted.0.clone(), ..Asked::default() };
    // The script knows an account by the key id of the signature.
    let key = |account: &String| (account.clone(), Credentials::new(account, SECRET, Some(TOKEN.into()), None, "test"));
    settings.given = Some(Given { endpoint_url: None, region: "us-east-1".into(), credentials: accounts.iter().map(key).collect() });
    let session = Session::live(settings).await.map_err(|error| error.to_string())?;
    let found = collected(&session, wanted).await?;
    session.finish().map_err(|error| error.to_string())?;
    let strayed = std::mem::take(&mut *strayed.lock().expect("nobody panics while holding it"));
    Ok(Found { strayed, ..found })
}

/// Collects from a recording.
pub async fn replay(recording: Recording, wanted: &Wanted) -> Result<Found, Ended> {
    let session = Session::replay(Arc::new(recording), None).await.map_err(|error| error.to_string())?;
    collected(&session, wanted).await
}

async fn collected(session: &Session, wanted: &Wanted) -> Result<Found, Ended> {
    let mut inventory = collect::collect(session, wanted, &Silent).await.map_err(|error| error.to_string())?;
    let mut resources = Vec::new();
    let mut store = std::mem::take(&mut inventory.resources);
    for kind in kinds() {
        let take = |resource| {
            resources.push(resource);
            Ok::<(), std::io::Error>(())
        };
        store.for_each(kind.name, take).unwrap_or_else(|error| panic!("{error}"));
    }
    resources.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(Found { resources, rest: inventory, scope: session.scope(), strayed: Vec::new() })
}

/// The kinds that an operation helps to fill, with those that name resources of theirs while they are collected.
pub fn kinds_of(service: &str, operation: &str) -> BTreeSet<&'static str> {
    let fills = |kind: &&evidence::model::Kind| kind.groups.iter().any(|group| group.operations.contains(&(service, operation)));
    let mut filled: BTreeSet<&'static str> = kinds().iter().filter(fills).map(|kind| kind.name).collect();
    if filled.contains("AWS::S3::Bucket") {
        filled.insert("AWS::CloudTrail::Trail");
    }
    filled
}

impl Found {
    /// The same once more; temporary files cannot be copied, and assessment uses them up.
    pub fn copy(&self) -> Found {
        let populations = self.rest.populations.clone();
        let rest = Inventory { populations, gaps: self.rest.gaps.clone(), calls: self.rest.calls.clone(), ..Default::default() };
        Found { resources: self.resources.clone(), rest, scope: self.scope.clone(), strayed: Vec::new() }
    }

    /// This, with everything of other kinds and other accounts from the baseline.
    pub fn over(mut self, baseline: &Found, kinds: &BTreeSet<&'static str>, account: &str) -> Found {
        let other = |kind: &str, of: &str| of != account || !kinds.contains(kind);
        let resources = baseline.resources.iter().filter(|one| other(&one.key.kind, &one.key.account));
        self.resources.extend(resources.cloned());
        let populations = baseline.rest.populations.iter().filter(|one| other(&one.kind, &one.place.account));
        self.rest.populations.extend(populations.cloned());
        self.rest.gaps.merge(baseline.rest.gaps.clone());
        self.rest.calls.extend(baseline.rest.calls.iter().map(|(id, note)| (*id, note.clone())));
        self.rest.settle();
        let scope = &baseline.scope;
        self.scope.accounts.extend(scope.accounts.iter().filter(|one| one.id != account).cloned());
        self.scope.accounts.sort_by(|a, b| a.id.cmp(&b.id));
        self.scope.regions.extend(scope.regions.iter().filter(|one| one.account != account).cloned());
        self.scope.regions.sort();
        self
    }

    /// What a collector would hand on that takes "could not look" for "there is none": every listing ended, every absent fact `null`.
    pub fn gullible(mut self) -> Found {
        for resource in &mut self.resources {
            resource.facts = with_gaps(&resource.facts, |_| "null".to_owned());
        }
        for population in self.rest.populations.iter_mut().filter(|population| !population.complete()) {
            let here = |one: &&Resource| {
                let key = &one.key;
                (&key.kind, &key.account, &key.region) == (&population.kind, &population.place.account, &population.place.region)
            };
            population.count = self.resources.iter().filter(here).count() as u64;
            (population.ended, population.gap, population.second) = (End::LastPage, None, None);
        }
        self
    }

    /// The populations that are not proven complete.
    pub fn open(&self) -> Vec<Population> {
        self.rest.populations.iter().filter(|population| !population.complete()).cloned().collect()
    }

    /// Gives every call the time at which the golden recording has its answer, so that verdicts can be compared as bytes.
    pub fn in_golden_time(mut self, golden: &Golden) -> Found {
        let times: BTreeMap<CallId, Instant> = golden.recording.entries().iter().map(|entry| (entry.id, entry.at)).collect();
        for (id, note) in &mut self.rest.calls {
            note.received = times.get(id).copied().unwrap_or(golden.recording.header().started);
        }
        self
    }

    /// All that assessment decides from, with gaps by their meaning and not by their wording: equal texts give equal verdicts but for
    /// the sentences in them.
    pub fn essence(&self) -> String {
        let meaning = |id: &str| {
            let gap = self.rest.gaps.get(&GapId(id.to_owned())).unwrap_or_else(|| panic!("a gap was not noted: {id}"));
            format!("<{} {} {} {} {} {:?}>", gap.account, gap.region, gap.service, gap.operation, gap.reason.as_str(), gap.call)
        };
        let mut text = format!("{:?}\n{:?}\n", self.scope.regions, self.rest.calls.keys().collect::<Vec<_>>());
        for resource in &self.resources {
            text += &format!("{:?} {} {:?} ", resource.key, resource.name, resource.sources);
            text += &with_gaps(&resource.facts, meaning);
        }
        for population in &self.rest.populations {
            let gap = population.gap.as_ref().map(|gap| meaning(&gap.0));
            let Population { kind, place, count, ended, calls, second, .. } = population;
            text += &format!("\n{kind} {place:?} {count} {ended:?} {calls:?} {second:?} {gap:?}");
        }
        text
    }

    /// Judges it.
    pub fn assess(mut self, golden: &Golden, selection: &Selection) -> Said {
        let needed = needed(selection);
        let mut store = Store::default();
        self.rest.populations.retain(|population| needed.contains(population.kind.as_str()));
        self.resources
            .iter()
            .filter(|one| needed.contains(one.key.kind.as_str()))
            .for_each(|resource| store.push(resource).unwrap_or_else(|error| panic!("{error}")));
        self.rest.resources = store;
        let recording = golden.recording.note();
        let settings = assess::Settings {
            as_of: recording.ended,
            accept_stale: false,
            tool: tool(),
            inputs_digest: String::new(),
            recording,
            scope: self.scope,
            exhibits: Exhibits::number(golden.recording.entries().iter().map(|entry| &entry.key)),
        };
        let (waivers, statements) = (Waivers::default(), Statements::default());
        let judged =
            assess::assess(selection, kinds(), &mut self.rest, &waivers, &statements, &settings).unwrap_or_else(|error| panic!("{error}"));
        let mut lines = Vec::new();
        let keys: Vec<_> = judged.verdicts.runs().cloned().collect();
        for key in keys {
            let keep = |line: &str, _: &str| {
                lines.push(line.to_owned());
                Ok::<(), std::io::Error>(())
            };
            judged.verdicts.for_run_text(&key, keep).unwrap_or_else(|error| panic!("{error}"));
        }
        Said { lines, assessment: judged.assessment, control_errors: judged.control_errors }
    }
}

/// The kinds that the runs of a selection judge or look up.
pub fn needed(selection: &Selection) -> BTreeSet<&str> {
    let judged = selection.runs.iter().flat_map(|run| &run.control.judges).map(|judge| judge.resource.as_str());
    judged.chain(selection.finds()).collect()
}

/// Facts with something else in place of each mark of a gap.
fn with_gaps(facts: &str, put: impl Fn(&str) -> String) -> String {
    const MARK: &str = "{\"$gap\":\"";
    let mut parts = facts.split(MARK);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (id, rest) = part.split_once("\"}").unwrap_or_else(|| panic!("no mark of a gap: {part}"));
        text += &put(id);
        text += rest;
    }
    text
}
