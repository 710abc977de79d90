//! No verdict from silence: every call of a golden recording is lost in every way there is, and what the controls of the whole
//! catalogue say then is held against what they say with all answers.
//!
//! Nothing here names a control, a service or a call: a control added to the catalogue is judged by itself, and one that no fault
//! touches fails the test until the golden recording holds something that it judges.

mod document;
mod faults;
mod golden;
mod laws;
mod perform;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use evidence::catalog::Selection;
use evidence::collect::kinds;
use evidence::model::CallId;
use evidence::recording::Recording;

use faults::{Fault, What, faults};
use golden::{Asking, Golden, selection};
use laws::{Baseline, Violation};
use perform::{Found, Said, Spoiled, kinds_of};

/// Calls without which the run cannot know whom it asks.
const GATES: &[&str] = &["GetCallerIdentity"];
/// Operations whose loss touches no verdict, with the reason.
const HARMLESS: &[(&str, &str)] = &[
    ("ListAccountAliases", "the alias is shown and never judged"),
    ("ListAliases", "names of keys are shown and never judged"),
    ("GetDiscoveredResourceCounts", "a second count that is not there disputes nothing"),
    ("GenerateCredentialReport", "a report that somebody else had made is as good; its own time tells its age"),
];
/// Of the assessments of one call, one in so many is also made from everything collected anew, and from a replay of that.
const SAMPLE: usize = 6;

/// Everything the combinations share.
struct Ground {
    golden: Arc<Golden>,
    selection: Selection,
    found: Found,
    baseline: Baseline,
}

impl Ground {
    fn new() -> Self {
        let (golden, selection) = (Arc::new(Golden::open()), selection());
        let dir = scratch();
        let wanted = selection.wanted(kinds());
        let found = runtime().block_on(perform::live(&golden, None, &wanted, &dir.path().join("r")));
        let found = found.unwrap_or_else(|error| panic!("{error}")).in_golden_time(&golden);
        assert_eq!(found.strayed, Vec::<String>::new(), "record anew: see tests/recordings/README.md");
        let said = copy(&found).assess(&golden, &selection);
        assert_eq!(said.control_errors, 0);
        let baseline = Baseline::new(&said, &found, &selection, &golden.lines);
        Ground { golden, selection, found, baseline }
    }
}

fn copy(found: &Found) -> Found {
    let rest = evidence::collect::Inventory {
        populations: found.rest.populations.clone(),
        gaps: found.rest.gaps.clone(),
        calls: found.rest.calls.clone(),
        ..Default::default()
    };
    Found { resources: found.resources.clone(), rest, scope: found.scope.clone(), strayed: Vec::new() }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// A folder, in memory where there is memory for files: recordings are synced to disk, which is not what is tested here.
fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a temporary folder")
}

/// One call with all its faults.
struct Job {
    call: CallId,
    operation: String,
    kinds: BTreeSet<&'static str>,
    shown: String,
    asking: Asking,
    faults: Vec<Fault>,
}

fn jobs(golden: &Golden) -> Vec<Job> {
    let job = |line: &evidence::recording::line::CallLine| Job {
        call: line.key.id(),
        operation: line.key.operation.clone(),
        kinds: kinds_of(&line.key.service, &line.key.operation),
        shown: format!("{} {} {}", line.key.operation, line.key.region, line.key.input.replace('\n', " ")),
        asking: Asking::recorded(line),
        faults: faults(line),
    };
    golden.lines.iter().map(job).collect()
}

/// What came of all combinations.
#[derive(Default)]
struct Sum {
    combinations: usize,
    assessed: usize,
    sampled: usize,
    ended: usize,
    violations: Vec<(String, String, Violation)>,
    undecided: BTreeSet<String>,
    touching: BTreeSet<String>,
}

impl Ground {
    /// Runs all faults of a call.
    fn run(&self, job: &Job) -> Sum {
        let runtime = runtime();
        let mut sum = Sum::default();
        let mut known: BTreeSet<String> = BTreeSet::new();
        for fault in &job.faults {
            sum.combinations += 1;
            let mut broken = |violation| sum.violations.push((job.shown.clone(), fault.name.clone(), violation));
            let dir = scratch();
            let found = match runtime.block_on(self.collect(job, fault, &job.kinds, &dir.path().join("r"))) {
                Ok(found) => found,
                Err(error) => {
                    sum.ended += 1;
                    if !GATES.contains(&job.operation.as_str()) {
                        broken(law("a call that no other depends on does not end the run", "", error));
                    }
                    continue;
                }
            };
            for stray in &found.strayed {
                broken(law("no other question is asked than with all answers", stray, String::new()));
            }
            // What decides verdicts being the same, they are.
            if !known.insert(found.essence()) {
                continue;
            }
            let said = self.assess(found);
            if sum.assessed.is_multiple_of(SAMPLE) && !matches!(fault.what, What::TakenAway) {
                sum.sampled += 1;
                runtime.block_on(self.same_as_whole(job, fault, &said)).unwrap_or_else(&mut broken);
            }
            sum.assessed += 1;
            let outcomes = self.baseline.judge(&said, job.call, fault);
            outcomes.violations.into_iter().for_each(broken);
            if !outcomes.undecided.is_empty() {
                sum.touching.insert(job.operation.clone());
            }
            sum.undecided.extend(outcomes.undecided);
        }
        sum
    }

    fn assess(&self, found: Found) -> Said {
        found.in_golden_time(&self.golden).assess(&self.golden, &self.selection)
    }

    /// Collects some kinds anew, and takes the others from the baseline.
    async fn collect(&self, job: &Job, fault: &Fault, kinds: &BTreeSet<&'static str>, dir: &Path) -> Result<Found, String> {
        let mut wanted = self.selection.wanted(evidence::collect::kinds());
        // An operation that fills no kind belongs to the session: everything may hang on it.
        let some = !kinds.is_empty();
        wanted.0.retain(|kind, _| !some || kinds.contains(kind.as_str()));
        let found = match &fault.what {
            What::TakenAway => perform::replay(self.golden.without(job.call), &wanted).await,
            _ => perform::live(&self.golden, Some(&Spoiled { asking: job.asking.clone(), fault }), &wanted, dir).await,
        }?;
        Ok(if some { found.over(&self.found, kinds) } else { found })
    }

    /// Collects everything with the same fault, and replays what was recorded then: the verdicts have to be those of `said`.
    async fn same_as_whole(&self, job: &Job, fault: &Fault, said: &Said) -> Result<(), Violation> {
        let dir = scratch();
        let path = dir.path().join("r");
        let whole = self.collect(job, fault, &BTreeSet::new(), &path).await;
        let whole = self.assess(whole.map_err(|error| law("a run over everything ends as well", "", error))?);
        same("collecting everything gives the same verdicts", said, &whole)?;
        let recording = Recording::open(&path).map_err(|error| law("what was recorded can be read", "", error.to_string()))?;
        let replayed = perform::replay(recording, &self.selection.wanted(evidence::collect::kinds())).await;
        let replayed = self.assess(replayed.map_err(|error| law("what was recorded replays", "", error))?);
        same("a replay gives the same verdicts", &whole, &replayed)
    }
}

fn same(name: &'static str, one: &Said, other: &Said) -> Result<(), Violation> {
    let differing = one.lines.iter().zip(&other.lines).find(|(one, other)| one != other);
    let (before, after) = differing.map_or((String::new(), String::new()), |(one, other)| (one.clone(), other.clone()));
    let violation = Violation { law: name, control: String::new(), about: String::new(), before, after };
    if one.lines == other.lines && laws::items(one) == laws::items(other) { Ok(()) } else { Err(violation) }
}

fn law(law: &'static str, about: &str, after: String) -> Violation {
    Violation { law, control: String::new(), about: about.to_owned(), before: String::new(), after }
}

#[test]
fn no_verdict_comes_from_a_call_that_was_lost() {
    // Verdicts and resources spill to unnamed files, a hundred in every assessment; on disk these would take a third of the time.
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        let _ = tempfile::env::override_temp_dir(memory);
    }
    let ground = Ground::new();
    let jobs = jobs(&ground.golden);
    let (next, sum) = (AtomicUsize::new(0), Mutex::new(Sum::default()));
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get) * 2;
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = ground.run(job);
                    let mut sum = sum.lock().expect("no job panicked");
                    sum.combinations += found.combinations;
                    sum.assessed += found.assessed;
                    sum.sampled += found.sampled;
                    sum.ended += found.ended;
                    sum.violations.extend(found.violations);
                    sum.undecided.extend(found.undecided);
                    sum.touching.extend(found.touching);
                }
            });
        }
    });
    let sum = sum.into_inner().expect("no job panicked");
    let Sum { combinations, assessed, sampled, ended, .. } = &sum;
    println!("{} calls, {combinations} combinations: {assessed} assessed, {sampled} sampled whole, {ended} ended", jobs.len());
    assert!(sum.violations.is_empty(), "{}", table(&sum.violations));
    let untouched: Vec<&str> =
        ground.selection.runs.iter().map(|run| run.control.id.as_str()).filter(|control| !sum.undecided.contains(*control)).collect();
    assert_eq!(untouched, Vec::<&str>::new(), "no fault touches these controls: let the golden recording hold what they judge");
    let operations: BTreeSet<&str> = jobs.iter().map(|job| job.operation.as_str()).filter(|name| !GATES.contains(name)).collect();
    let harmless: BTreeSet<&str> = operations.into_iter().filter(|operation| !sum.touching.contains(*operation)).collect();
    let expected: BTreeSet<&str> = HARMLESS.iter().map(|(operation, _)| *operation).collect();
    assert_eq!(harmless, expected, "operations whose loss touches no verdict");
    assert!(*combinations > 2000 && *assessed > 200 && *sampled > 20, "too little was tried");
}

/// Violations by law, the first of each with control, call, fault, before and after.
fn table(violations: &[(String, String, Violation)]) -> String {
    let mut by_law: BTreeMap<(&str, &str), Vec<&(String, String, Violation)>> = BTreeMap::new();
    for one in violations {
        by_law.entry((one.2.law, &one.2.control)).or_default().push(one);
    }
    let mut text = format!("{} violations:\n", violations.len());
    for ((law, control), all) in by_law {
        text += &format!("\n{law}: {control} ({} times)\n", all.len());
        for (call, fault, violation) in all.iter().take(4) {
            let call: String = call.chars().take(110).collect();
            text += &format!(
                "  {call}\n    {fault} | {}\n    before: {}\n    after:  {}\n",
                violation.about, violation.before, violation.after
            );
        }
    }
    text
}

/// Controls that find only one of pass and fail in the golden recording: an account has one root user and one public access
/// block, and asks one witness once.
const ONE_SIDED: &[&str] = &[
    "cloudtrail-apigateway-management-events",
    "cloudtrail-multi-region",
    "cloudtrail-s3-read-data-events",
    "cloudtrail-s3-write-data-events",
    "iam-root-hardware-mfa",
    "iam-root-mfa",
    "iam-root-no-access-key",
    "iam-support-role",
    "lambda-data-events",
    "s3-account-public-access-block",
];

#[test]
fn the_golden_recording_holds_what_controls_tell_apart() {
    let ground = Ground::new();
    let mut outcomes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for verdict in ground.baseline.verdicts() {
        outcomes.entry(&verdict.control).or_default().insert(verdict.verdict.as_str());
    }
    let both = |control: &str| ["pass", "fail"].iter().all(|word| outcomes.get(control).is_some_and(|found| found.contains(word)));
    let controls: BTreeSet<&str> = ground.selection.runs.iter().map(|run| run.control.id.as_str()).collect();
    let one_sided: Vec<&str> = controls.into_iter().filter(|control| !both(control)).collect();
    assert_eq!(one_sided, ONE_SIDED, "let the seed `silence` hold both, or say here why it cannot");
}
