//! The first page: who looked at what, when, as whom; what fails, what could not be seen, what waits for a person.

use std::collections::BTreeMap;

use serde::Serialize;

use super::item::{ItemRow, item_rows};
use super::{AllJudged, Bar, CountsModel, Part};
use crate::model::assessment::{Disposition, FrameworkLine, RecordingOrigin};
use crate::model::framework::{Framework, Reaches};
use crate::pack::build::{Build, Frame};
use crate::pack::error::PackError;
use crate::pack::text::cut;
use crate::pack::words;

/// Items on the first page over all frameworks; beyond that a framework shows its sections.
const ITEMS: usize = 500;
/// Sections of a framework on the first page.
const SECTIONS: usize = 150;
/// Accounts on the first page.
const ACCOUNTS: usize = 60;
/// Failing controls on the first page.
const FAILING: usize = 15;

/// Items of a framework by disposition.
pub(in crate::pack) fn dispositions(framework: &FrameworkLine) -> BTreeMap<Disposition, u64> {
    let mut counts = BTreeMap::new();
    for item in &framework.items {
        *counts.entry(item.disposition).or_default() += 1;
    }
    counts
}

/// What the first page and the reports say.
#[derive(Serialize)]
pub(in crate::pack) struct Cover {
    pub title: String,
    pub observed: String,
    pub as_of: String,
    pub started: String,
    pub ended: String,
    pub emulated: bool,
    pub version: String,
    pub collectors: u32,
    pub recording_digest: String,
    pub inputs_digest: String,
    pub several_frameworks: bool,
    pub comparison: Vec<Compared>,
    pub glance: Vec<Glance>,
    pub frameworks: Vec<FrameworkModel>,
    pub accounts: Part<AccountModel>,
    pub not_entered: u64,
    pub regions: Vec<RegionCount>,
    pub excluded: Part<ExcludedModel>,
    pub failing: Part<FailingModel>,
    pub gaps: Vec<GapCount>,
    pub gaps_total: u64,
    pub populations: PopulationCount,
    pub verdicts: CountsModel,
    pub waived_fails: u64,
    pub calls: u64,
}

/// One figure at a glance.
#[derive(Clone, Debug, Serialize)]
pub(in crate::pack) struct Glance {
    pub key: &'static str,
    pub n: u64,
    pub text: &'static str,
}

/// One figure of every framework, side by side. `section` begins a group of rows.
#[derive(Serialize)]
pub(in crate::pack) struct Compared {
    pub section: &'static str,
    pub key: &'static str,
    pub text: &'static str,
    pub cells: Vec<u64>,
}

/// A framework on the first page. `reach` says how far tests go, whatever they showed.
#[derive(Serialize)]
pub(in crate::pack) struct FrameworkModel {
    pub id: String,
    pub title: String,
    pub version: String,
    pub notice: String,
    pub href: String,
    pub total: u64,
    pub bar: Bar,
    pub labels: Vec<LabelCount>,
    pub reach: String,
    pub apis: Option<String>,
    pub listed: bool,
    pub items: Vec<ItemRow>,
    pub sections: Part<SectionModel>,
}

/// Items with one disposition, in the framework's words.
#[derive(Clone, Debug, Serialize)]
pub(in crate::pack) struct LabelCount {
    pub key: &'static str,
    pub text: String,
    pub n: u64,
}

/// A section with its items by disposition.
#[derive(Serialize)]
pub(in crate::pack) struct SectionModel {
    pub name: String,
    pub total: u64,
    pub bar: Bar,
}

/// An account in scope.
#[derive(Clone, Debug, Serialize)]
pub(in crate::pack) struct AccountModel {
    pub id: String,
    pub alias: String,
    pub partition: &'static str,
    pub principal: String,
    pub entered: bool,
    pub why: String,
}

/// Regions by status.
#[derive(Clone, Debug, Serialize)]
pub(in crate::pack) struct RegionCount {
    pub status: String,
    pub observed: bool,
    pub n: u64,
    pub names: String,
}

/// Something left out.
#[derive(Clone, Debug, Serialize)]
pub(in crate::pack) struct ExcludedModel {
    pub account: String,
    pub region: String,
    pub by: String,
}

/// A control that failed somewhere.
#[derive(Clone, Debug, Serialize)]
pub(in crate::pack) struct FailingModel {
    pub id: String,
    pub title: String,
    pub severity: &'static str,
    pub page: String,
    pub csv: String,
    pub params: String,
    pub fail: u64,
    pub waived: u64,
    pub indeterminate: u64,
    pub all: u64,
    pub bar: Bar,
    pub rows: Vec<crate::pack::rows::RowModel>,
}

/// Gaps of one reason.
#[derive(Clone, Debug, Serialize)]
pub(in crate::pack) struct GapCount {
    pub reason: &'static str,
    pub n: u64,
}

/// Populations by whether they are proven complete.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(in crate::pack) struct PopulationCount {
    pub total: u64,
    pub complete: u64,
    pub disputed: u64,
    pub resources: u64,
}

/// Writes `index.html`.
pub(in crate::pack) fn write(build: &Build<'_>, all: &AllJudged) -> Result<(), PackError> {
    let cover = Cover::new(build, all);
    build.page("html/index.html", &Frame::new("index.html", &cover.title, &[]), "the first page: start here", &cover)
}

impl Cover {
    /// Everything the first page says.
    pub fn new(build: &Build<'_>, all: &AllJudged) -> Self {
        let assessment = build.input.assessment;
        let recording = &assessment.recording;
        let mut verdicts = crate::model::assessment::Counts::default();
        for judged in all.values() {
            verdicts.merge(&judged.counts);
        }
        let names: Vec<String> = assessment.frameworks.iter().map(|one| title(build, one)).collect();
        let items: usize = assessment.frameworks.iter().map(|framework| framework.items.len()).sum();
        Cover {
            title: if names.is_empty() { "Evidence pack".to_owned() } else { cut(&names.join(" · "), 300).into_owned() },
            observed: words::span(recording.started, recording.ended),
            as_of: words::time(assessment.as_of),
            started: words::time(recording.started),
            ended: words::time(recording.ended),
            emulated: recording.origin == RecordingOrigin::Emulated,
            version: assessment.tool.version.clone(),
            collectors: assessment.tool.collectors,
            recording_digest: recording.digest.clone(),
            inputs_digest: assessment.inputs_digest.clone(),
            several_frameworks: assessment.frameworks.len() > 1,
            comparison: comparison(build),
            glance: glance(build),
            frameworks: assessment.frameworks.iter().map(|one| framework(build, one, items <= ITEMS)).collect(),
            accounts: Part::of(accounts(build), ACCOUNTS),
            not_entered: assessment.scope.accounts.iter().filter(|account| !account.entered).count() as u64,
            regions: regions(build),
            excluded: Part::of(excluded(build), ACCOUNTS),
            failing: Part::of(failing(build, all, 0), FAILING),
            gaps: gaps(build),
            gaps_total: assessment.gaps.len() as u64,
            populations: populations(build),
            verdicts: (&verdicts).into(),
            waived_fails: all.values().map(|judged| judged.waived_fails).sum(),
            calls: build.links.exhibits() as u64,
        }
    }
}

/// A framework's title with its version.
pub(in crate::pack) fn title(build: &Build<'_>, framework: &FrameworkLine) -> String {
    let read = build.frameworks.get(framework.id.as_str());
    let name = read.map_or(framework.id.as_str(), |read| read.title.as_str());
    if name.contains(&framework.version) {
        cut(name, 200).into_owned()
    } else {
        cut(&format!("{name} {}", framework.version), 200).into_owned()
    }
}

fn glance(build: &Build<'_>) -> Vec<Glance> {
    let mut counts: BTreeMap<Disposition, u64> = BTreeMap::new();
    for framework in &build.input.assessment.frameworks {
        for (one, n) in dispositions(framework) {
            *counts.entry(one).or_default() += n;
        }
    }
    let words = |one| match one {
        Disposition::Fail => ["item with a failed test", "items with failed tests"],
        Disposition::Indeterminate => ["item could not be seen", "items could not be seen"],
        Disposition::Manual => ["item waits for a person", "items wait for a person"],
        Disposition::NotTested => ["item has no test in this tool", "items have no test in this tool"],
        Disposition::Stated => ["item with a statement on file", "items with a statement on file"],
        Disposition::NothingToTest => ["item had nothing to test", "items had nothing to test"],
        Disposition::Pass => ["item passed its tests", "items passed their tests"],
    };
    let figure = |one| {
        let n = counts.get(&one).copied().unwrap_or(0);
        Glance { key: words::disposition_key(one), n, text: words(one)[usize::from(n != 1)] }
    };
    words::DISPOSITIONS.map(figure).into()
}

/// What the items of each framework come to, and how far tests reach into them: one column for each framework.
fn comparison(build: &Build<'_>) -> Vec<Compared> {
    let lines = &build.input.assessment.frameworks;
    let counts: Vec<_> = lines.iter().map(dispositions).collect();
    let reach = |line: &FrameworkLine| build.frameworks.get(line.id.as_str()).map(|read| Framework::reaches(read)).unwrap_or_default();
    let reaches: Vec<_> = lines.iter().map(reach).collect();
    let come_to = words::DISPOSITIONS.iter().enumerate().map(|(at, one)| Compared {
        section: if at == 0 { "Items come to" } else { "" },
        key: words::disposition_key(*one),
        text: words::disposition(*one),
        cells: counts.iter().map(|counts| counts.get(one).copied().unwrap_or(0)).collect(),
    });
    let parts: [(&'static str, fn(&Reaches) -> usize); 4] = [
        ("in full", |reaches| reaches.in_full),
        ("in part", |reaches| reaches.in_part),
        ("not at all, and the framework says manual", |reaches| reaches.by_a_person),
        ("not at all, and the framework says automated", |reaches| reaches.no_test),
    ];
    let tested = parts.iter().enumerate().map(|(at, (text, part))| Compared {
        section: if at == 0 { "Items are tested" } else { "" },
        key: "",
        text,
        cells: reaches.iter().map(|reaches| part(reaches) as u64).collect(),
    });
    come_to.chain(tested).collect()
}

fn framework(build: &Build<'_>, line: &FrameworkLine, listed: bool) -> FrameworkModel {
    let read = build.frameworks.get(line.id.as_str()).copied();
    let counts = dispositions(line);
    let rows = item_rows(build, line);
    let label = |one: Disposition| LabelCount {
        key: words::disposition_key(one),
        text: words::label(read, one),
        n: counts.get(&one).copied().unwrap_or(0),
    };
    FrameworkModel {
        id: line.id.clone(),
        title: title(build, line),
        version: line.version.clone(),
        notice: read.map(|read| cut(&read.notice, 1_000).into_owned()).unwrap_or_default(),
        href: build.links.framework(&line.id),
        total: line.items.len() as u64,
        bar: Bar::of_dispositions(&counts),
        labels: words::DISPOSITIONS.map(label).into_iter().filter(|label| label.n > 0).collect(),
        reach: read.map(|read| read.reaches().sentence()).unwrap_or_default(),
        apis: read.and_then(|read| super::matrix::href(build, read)),
        listed,
        sections: if listed { Part::of(Vec::new(), 0) } else { sections(line, &rows) },
        items: if listed { rows } else { Vec::new() },
    }
}

fn sections(line: &FrameworkLine, rows: &[ItemRow]) -> Part<SectionModel> {
    let mut sections: Vec<(String, BTreeMap<Disposition, u64>)> = Vec::new();
    for (item, row) in line.items.iter().zip(rows) {
        match sections.last_mut() {
            Some((name, counts)) if *name == row.section => *counts.entry(item.disposition).or_default() += 1,
            _ => sections.push((row.section.clone(), BTreeMap::from([(item.disposition, 1)]))),
        }
    }
    let model = |(name, counts): (String, BTreeMap<Disposition, u64>)| SectionModel {
        name: cut(&name, 200).into_owned(),
        total: counts.values().sum(),
        bar: Bar::of_dispositions(&counts),
    };
    Part::of(sections.into_iter().map(model), SECTIONS)
}

/// Accounts in scope, in order.
pub(in crate::pack) fn accounts<'a>(build: &'a Build<'_>) -> impl Iterator<Item = AccountModel> + 'a {
    build.input.assessment.scope.accounts.iter().map(|account| AccountModel {
        id: account.id.clone(),
        alias: cut(account.alias.as_deref().unwrap_or_default(), 100).into_owned(),
        partition: account.partition.id(),
        principal: cut(account.principal.as_deref().unwrap_or_default(), 400).into_owned(),
        entered: account.entered,
        why: account.gap.as_ref().map(|gap| cut(&gap.detail, 400).into_owned()).unwrap_or_default(),
    })
}

fn regions(build: &Build<'_>) -> Vec<RegionCount> {
    let mut counts: BTreeMap<(bool, &str), (u64, std::collections::BTreeSet<&str>)> = BTreeMap::new();
    for region in &build.input.assessment.scope.regions {
        let (n, names) = counts.entry((!region.observed, &region.status)).or_default();
        *n += 1;
        names.insert(&region.region);
    }
    let model = |((unobserved, status), (n, names)): ((bool, &str), (u64, std::collections::BTreeSet<&str>))| RegionCount {
        status: status.to_owned(),
        observed: !unobserved,
        n,
        names: cut(&names.into_iter().collect::<Vec<_>>().join(", "), 700).into_owned(),
    };
    counts.into_iter().map(model).collect()
}

fn excluded<'a>(build: &'a Build<'_>) -> impl Iterator<Item = ExcludedModel> + 'a {
    let excluded = build.input.assessment.scope.excluded.iter();
    excluded.map(|one| ExcludedModel { account: one.account.clone(), region: one.region.clone(), by: cut(&one.by, 200).into_owned() })
}

/// Controls with failures, the most severe first, then those with most; each with at most `rows` of them.
pub(in crate::pack) fn failing(build: &Build<'_>, all: &AllJudged, rows: usize) -> Vec<FailingModel> {
    let mut failing: Vec<_> = build
        .input
        .assessment
        .controls
        .iter()
        .filter_map(|line| {
            let judged = super::control::judged(all, &line.id, &line.params_id).filter(|judged| judged.counts.fail > 0)?;
            let control = build.controls.get(line.id.as_str()).copied()?;
            let counts = CountsModel::from(&judged.counts);
            let model = FailingModel {
                id: line.id.clone(),
                title: cut(&control.title, 300).into_owned(),
                severity: words::severity(control.severity),
                page: build.links.control(&line.id, &line.params_id).unwrap_or_default(),
                csv: build.links.population(&line.id, &line.params_id).unwrap_or_default(),
                params: cut(&super::control::params_line(line), 200).into_owned(),
                fail: counts.fail,
                waived: judged.waived_fails,
                indeterminate: counts.indeterminate,
                all: counts.all,
                bar: Bar::of_counts(&judged.counts),
                rows: judged.failing.iter().take(rows).cloned().collect(),
            };
            Some((std::cmp::Reverse(control.severity), std::cmp::Reverse(counts.fail), model))
        })
        .collect();
    failing.sort_by(|a, b| (a.0, a.1, &a.2.id, &a.2.params).cmp(&(b.0, b.1, &b.2.id, &b.2.params)));
    failing.into_iter().map(|(_, _, model)| model).collect()
}

fn gaps(build: &Build<'_>) -> Vec<GapCount> {
    let mut counts: BTreeMap<crate::model::Reason, u64> = BTreeMap::new();
    for gap in &build.input.assessment.gaps {
        *counts.entry(gap.reason).or_default() += 1;
    }
    counts.into_iter().map(|(reason, n)| GapCount { reason: words::reason(reason), n }).collect()
}

fn populations(build: &Build<'_>) -> PopulationCount {
    let mut count = PopulationCount::default();
    for population in build.input.populations {
        count.total += 1;
        count.resources += population.count;
        count.complete += u64::from(population.complete());
        let differs = population.second.as_ref().is_some_and(|second| !second.differences.is_empty());
        count.disputed += u64::from(differs && !population.complete());
    }
    count
}
