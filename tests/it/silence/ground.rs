//! What all combinations of a call and a fault share: the golden recording, the catalogue, and what is said with all answers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

use evidence::catalog::Selection;
use evidence::collect::kinds;
use evidence::model::CallId;
use evidence::model::kind::Wanted;
use evidence::recording::Recording;
use evidence::recording::line::CallLine;

use super::faults::{Fault, What};
use super::golden::{Asking, Golden, selection};
use super::laws::{Baseline, Violation};
use super::perform::{self, Found, Said, Spoiled, kinds_of, needed};
use super::{law, same};

/// A part of the catalogue and what it says with all answers.
pub struct View {
    pub selection: Selection,
    pub baseline: Baseline,
}

/// What combinations share.
pub struct Ground {
    pub golden: Arc<Golden>,
    pub all: Arc<View>,
    pub found: Found,
    /// What the whole catalogue reads.
    wanted: Wanted,
    views: Mutex<BTreeMap<BTreeSet<&'static str>, Arc<View>>>,
}

/// One call.
pub struct Job {
    /// Which of the golden lines.
    pub index: usize,
    pub call: CallId,
    pub account: String,
    pub operation: String,
    pub kinds: BTreeSet<&'static str>,
    pub shown: String,
    pub asking: Asking,
    pub n: u32,
}

/// Made once for all tests.
pub fn ground() -> &'static Ground {
    static GROUND: LazyLock<Ground> = LazyLock::new(Ground::new);
    &GROUND
}

/// A runtime of this thread.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

/// A folder, in memory where there is memory for files: recordings are synced to disk, which is not what is tested here.
pub fn scratch() -> tempfile::TempDir {
    static MEMORY: OnceLock<bool> = OnceLock::new();
    let memory = Path::new("/dev/shm");
    // Verdicts and resources spill to unnamed files, a hundred in every assessment; on disk these would take a third of the time.
    let there = *MEMORY.get_or_init(|| memory.is_dir() && tempfile::env::override_temp_dir(memory).is_ok());
    if there { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a temporary folder")
}

/// Does something with each, on more threads than cores, since calls also wait.
pub fn in_parallel<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get) * 2;
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = work(one);
                    found.lock().expect("no work panicked").push(result);
                }
            });
        }
    });
    found.into_inner().expect("no work panicked")
}

impl Ground {
    fn new() -> Self {
        let (golden, selection) = (Arc::new(Golden::open()), selection());
        let dir = scratch();
        let wanted = selection.wanted(kinds());
        let found = block_on(perform::live(&golden, &golden.accounts(), None, &wanted, &dir.path().join("r")));
        let found = found.unwrap_or_else(|error| panic!("{error}")).in_golden_time(&golden);
        assert_eq!(found.strayed, Vec::<String>::new(), "record anew: see tests/recordings/README.md");
        let said = found.copy().assess(&golden, &selection);
        assert_eq!(said.control_errors, 0);
        let baseline = Baseline::new(&said, &found, &selection, &golden.lines);
        Ground { golden, all: Arc::new(View { selection, baseline }), found, wanted, views: Mutex::default() }
    }

    /// The runs that judge or look up one of these kinds; all, where none is named.
    pub fn view(&self, kinds: &BTreeSet<&'static str>) -> Arc<View> {
        if kinds.is_empty() {
            return self.all.clone();
        }
        let mut views = self.views.lock().expect("no test panics while holding it");
        views.entry(kinds.clone()).or_insert_with(|| Arc::new(self.part(kinds))).clone()
    }

    fn part(&self, kinds: &BTreeSet<&'static str>) -> View {
        let mut selection = self.all.selection.clone();
        selection.runs.retain(|run| {
            let alone = Selection { frameworks: Vec::new(), runs: vec![run.clone()] };
            needed(&alone).iter().any(|kind| kinds.contains(kind))
        });
        let said = self.found.copy().assess(&self.golden, &selection);
        let baseline = Baseline::new(&said, &self.found, &selection, &self.golden.lines);
        View { selection, baseline }
    }

    /// All calls.
    pub fn jobs(&self) -> Vec<Job> {
        let job = |(index, line): (usize, &CallLine)| Job {
            index,
            call: line.key.id(),
            account: line.key.account.clone(),
            operation: line.key.operation.clone(),
            kinds: kinds_of(&line.key.service, &line.key.operation),
            shown: format!("{} {} {} {}", line.key.operation, line.key.account, line.key.region, line.key.input.replace('\n', " ")),
            asking: Asking::recorded(line),
            n: line.key.n,
        };
        self.golden.lines.iter().enumerate().map(job).collect()
    }

    pub fn line(&self, job: &Job) -> &CallLine {
        &self.golden.lines[job.index]
    }

    pub fn assess(&self, found: Found, selection: &Selection) -> Said {
        found.in_golden_time(&self.golden).assess(&self.golden, selection)
    }

    /// Collects with a fault: what the call fills of its account, or, for a call that belongs to the session, everything.
    pub fn collect(&self, job: &Job, fault: &Fault, whole: bool, dir: &Path) -> Result<Found, String> {
        let some = !whole && !job.kinds.is_empty();
        let mut wanted = self.wanted.clone();
        wanted.0.retain(|kind, _| !some || job.kinds.contains(kind.as_str()));
        let account = some.then_some(job.account.as_str());
        if matches!(fault.what, What::TakenAway) {
            return block_on(perform::replay(self.golden.without(job.call, account), &wanted));
        }
        let accounts = account.map_or_else(|| self.golden.accounts(), |account| vec![account.to_owned()]);
        let spoiled = Spoiled { asking: job.asking.clone(), n: job.n, fault };
        block_on(perform::live(&self.golden, &accounts, Some(&spoiled), &wanted, dir))
    }

    /// What was collected of some kinds of one account, with all the rest.
    pub fn completed(&self, job: &Job, found: Found) -> Found {
        if job.kinds.is_empty() { found } else { found.over(&self.found, &job.kinds, &job.account) }
    }

    /// Collects everything with the same fault, and replays what was recorded then: the verdicts have to be those of `said`.
    pub fn same_as_whole(&self, job: &Job, fault: &Fault, said: &Said, selection: &Selection) -> Result<(), Violation> {
        let dir = scratch();
        let path = dir.path().join("r");
        let whole = self.collect(job, fault, true, &path);
        let whole = self.assess(whole.map_err(|error| law("a run over everything ends as well", "", error))?, selection);
        same("collecting everything gives the same verdicts", said, &whole)?;
        let recording = Recording::open(&path).map_err(|error| law("what was recorded can be read", "", error.to_string()))?;
        let replayed = block_on(perform::replay(recording, &self.wanted));
        let replayed = self.assess(replayed.map_err(|error| law("what was recorded replays", "", error))?, selection);
        same("a replay gives the same verdicts", &whole, &replayed)
    }
}
