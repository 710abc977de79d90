//! From a fault to verdicts: the golden answers, one of them spoiled, through a live session (so that checks, retries and redaction run
//! for real) or, where the call is taken away, through a replay; then the whole account is assessed.
//!
//! Only the kinds that the spoiled operation fills are collected anew; all else comes from the baseline. That this is the same as
//! collecting everything is shown on samples.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use evidence::assess::{self, Exhibits, Statements, Waivers};
use evidence::aws::Session;
use evidence::catalog::Selection;
use evidence::collect::{self, CallNote, Inventory, Silent, Store, kinds};
use evidence::model::assessment::{Assessment, Scope};
use evidence::model::kind::Wanted;
use evidence::model::{CallId, GapId, Instant, Resource, Verdict};
use evidence::recording::{Asked, Recording};

use super::faults::{Fault, What};
use super::golden::{Asking, Golden};
use crate::upstream::{Reply, Scripted, settings, tool};

/// What collection found.
pub struct Found {
    pub resources: Vec<Resource>,
    pub rest: Inventory,
    pub scope: Scope,
    /// Questions that the golden recording does not answer and the fault does not explain.
    pub strayed: Vec<String>,
}

/// What assessment said.
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
    pub fault: &'a Fault,
}

/// The answers: golden, but for the fault.
pub fn upstream(golden: &Arc<Golden>, spoiled: Option<&Spoiled<'_>>) -> (Scripted, Arc<Mutex<Vec<String>>>) {
    let spoiled = spoiled.map(|spoiled| {
        let (first, rest) = match &spoiled.fault.what {
            What::Answer(reply) => (reply.clone(), None),
            What::Pages(first, rest) => (first.clone(), Some(rest.clone())),
            What::TakenAway => unreachable!("taken away is replayed"),
        };
        (spoiled.asking.clone(), first, rest)
    });
    let (golden, strayed) = (golden.clone(), Arc::<Mutex<Vec<String>>>::default());
    let stray = strayed.clone();
    let script = move |question: &crate::upstream::Question| {
        let asking = Asking::of(question);
        if let Some((at, first, rest)) = &spoiled {
            if asking == *at {
                return Some(first.clone());
            }
            if golden.answer(&asking).is_none() && asking.follows(at) {
                return Some(first.clone());
            }
            if let (None, Some(rest)) = (golden.answer(&asking), rest) {
                return Some(rest.clone());
            }
        }
        match golden.answer(&asking) {
            Some((_, reply)) => Some(reply.clone()),
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

/// Collects through a live session.
pub async fn live(golden: &Arc<Golden>, spoiled: Option<&Spoiled<'_>>, wanted: &Wanted, dir: &Path) -> Result<Found, Ended> {
    let (upstream, strayed) = upstream(golden, spoiled);
    let mut settings = settings(&upstream, dir);
    settings.limits.attempts = 2;
    settings.asked = Asked { wanted: wanted.0.clone(), ..Asked::default() };
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
    /// This, with everything of other kinds from the baseline.
    pub fn over(mut self, baseline: &Found, kinds: &BTreeSet<&'static str>) -> Found {
        let other = |kind: &str| !kinds.contains(kind);
        self.resources.extend(baseline.resources.iter().filter(|one| other(&one.key.kind)).cloned());
        self.rest.populations.extend(baseline.rest.populations.iter().filter(|one| other(&one.kind)).cloned());
        self.rest.gaps.merge(baseline.rest.gaps.clone());
        self.rest.calls.extend(baseline.rest.calls.iter().map(|(id, note)| (*id, note.clone())));
        self.rest.settle();
        self
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
        let mut gaps: Vec<(&GapId, String)> = Vec::new();
        for (id, gap) in self.rest.gaps.iter() {
            gaps.push((
                id,
                format!("{} {} {} {} {} {:?}", gap.account, gap.region, gap.service, gap.operation, gap.reason.as_str(), gap.call),
            ));
        }
        let mut text = format!("{:?}\n{:?}\n", self.scope.regions, self.rest.calls.keys().collect::<Vec<_>>());
        let notes: Vec<&CallNote> = self.rest.calls.values().collect();
        text += &format!("{}\n", notes.len());
        self.resources.iter().for_each(|resource| text += &format!("{resource:?}\n"));
        self.rest.populations.iter().for_each(|population| text += &format!("{population:?}\n"));
        gaps.iter().for_each(|(id, meaning)| text = text.replace(&id.0, meaning));
        let mut meanings: Vec<String> = gaps.into_iter().map(|(_, meaning)| meaning).collect();
        meanings.sort();
        meanings.dedup();
        text + &meanings.join("\n")
    }

    /// Judges it.
    pub fn assess(mut self, golden: &Golden, selection: &Selection) -> Said {
        let mut store = Store::default();
        self.resources.iter().for_each(|resource| store.push(resource).unwrap_or_else(|error| panic!("{error}")));
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
