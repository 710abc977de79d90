//! An item's page: what it asks, what was tested and how, what came out in each account, what is left for a person.

use serde::Serialize;

use super::control::{ParamModel, TestModel, judged, params, tests};
use super::{AllJudged, Bar, CountsModel, Part};
use crate::model::assessment::{Counts, FrameworkLine, ItemControl, ItemLine};
use crate::model::framework::{Framework, Item, Relation};
use crate::pack::build::{Build, Crumb, Frame, List};
use crate::pack::error::PackError;
use crate::pack::rows::RowModel;
use crate::pack::text::{self, cut};
use crate::pack::words;

/// Accounts on an item's page.
const ACCOUNTS: usize = 1_000;
/// Controls on an item's page, and statements.
const LISTED: usize = 60;
/// Characters of guidance or of a statement.
const PROSE: usize = 8_000;

/// Writes every item's page and each framework's list.
pub(in crate::pack) fn write_all(build: &Build<'_>, all: &AllJudged) -> Result<(), PackError> {
    for framework in &build.input.assessment.frameworks {
        let read = build.frameworks.get(framework.id.as_str()).copied();
        for item in &framework.items {
            write(build, all, framework, read, item)?;
        }
        write_list(build, framework, read)?;
    }
    Ok(())
}

fn write(
    build: &Build<'_>,
    all: &AllJudged,
    framework: &FrameworkLine,
    read: Option<&Framework>,
    item: &ItemLine,
) -> Result<(), PackError> {
    let here = build.links.item(&framework.id, &item.id);
    let title = text::title(&format!("{} {}", item.id, item.title));
    let name = super::cover::title(build, framework);
    let crumbs = [Crumb::new("index.html", "Overview"), Crumb::new(build.links.framework(&framework.id), name)];
    let what = format!("page of item {} of {}", item.id, framework.id);
    build.page("html/item.html", &Frame::new(&here, &title, &crumbs), &what, &ItemModel::new(build, all, framework, read, item))
}

#[derive(Serialize)]
struct ItemModel {
    id: String,
    framework: String,
    version: String,
    section: String,
    level: String,
    method: &'static str,
    result: &'static str,
    result_key: &'static str,
    disposition_key: &'static str,
    label: String,
    disposition: &'static str,
    why: String,
    notice: String,
    every_region: bool,
    guidance: String,
    covers: Part<PartModel>,
    related: Part<PartModel>,
    accounts: Part<AccountModel>,
    counts: CountsModel,
    statements: Part<StatementModel>,
}

/// A control as an item uses it.
#[derive(Serialize)]
struct PartModel {
    id: String,
    title: String,
    severity: &'static str,
    page: String,
    csv: String,
    part: String,
    coverage: &'static str,
    why: String,
    tests: Vec<TestModel>,
    params: Vec<ParamModel>,
    counts: CountsModel,
    bar: Bar,
    failing: Vec<RowModel>,
    unseen: Vec<RowModel>,
    waived_fails: u64,
}

#[derive(Serialize)]
struct AccountModel {
    id: String,
    alias: String,
    result: &'static str,
    result_key: &'static str,
    disposition_key: &'static str,
    label: String,
    counts: CountsModel,
}

/// A statement on a page.
#[derive(Clone, Debug, Serialize)]
pub(in crate::pack) struct StatementModel {
    pub id: String,
    pub state: String,
    pub role: String,
    pub text: String,
    pub made: String,
    pub expires: String,
    pub account: String,
    pub files: Vec<String>,
}

impl ItemModel {
    fn new(build: &Build<'_>, all: &AllJudged, framework: &FrameworkLine, read: Option<&Framework>, item: &ItemLine) -> Self {
        let source = read.and_then(|read| read.items.iter().find(|one| one.id == item.id));
        let parts = |relation: Relation| {
            let mine = item.controls.iter().filter(move |one| one.relation == relation);
            Part::of(mine.filter_map(|one| PartModel::new(build, all, source, one)), LISTED)
        };
        let mut counts = Counts::default();
        for account in item.accounts.values() {
            counts.merge(&account.counts);
        }
        ItemModel {
            id: item.id.clone(),
            framework: super::cover::title(build, framework),
            version: framework.version.clone(),
            section: source.map(|source| text::title(&source.section)).unwrap_or_default(),
            level: source.and_then(|source| source.level.as_deref().map(text::title)).unwrap_or_default(),
            method: words::method(item.method),
            result: words::result(item.result),
            result_key: words::result_key(item.result),
            disposition_key: words::disposition_key(item.disposition),
            label: words::label(read, item.disposition),
            disposition: words::disposition(item.disposition),
            why: cut(&item.why, PROSE).into_owned(),
            notice: read.map(|read| cut(&read.notice, PROSE).into_owned()).unwrap_or_default(),
            every_region: source.is_some_and(|source| source.every_region),
            guidance: source.and_then(|source| source.guidance.as_deref()).map(|text| cut(text, PROSE).into_owned()).unwrap_or_default(),
            covers: parts(Relation::Covers),
            related: parts(Relation::Related),
            accounts: accounts(build, read, item),
            counts: (&counts).into(),
            statements: Part::of(statements(build, &framework.id, &item.id), LISTED),
        }
    }
}

fn accounts(build: &Build<'_>, read: Option<&Framework>, item: &ItemLine) -> Part<AccountModel> {
    let alias = |id: &str| build.input.assessment.scope.accounts.iter().find(|one| one.id == id).and_then(|one| one.alias.clone());
    let model = |(id, account): (&String, &crate::model::assessment::ItemAccount)| AccountModel {
        id: id.clone(),
        alias: alias(id).unwrap_or_default(),
        result: words::result(account.result),
        result_key: words::result_key(account.result),
        disposition_key: words::disposition_key(account.disposition),
        label: words::label(read, account.disposition),
        counts: (&account.counts).into(),
    };
    Part::of(item.accounts.iter().map(model), ACCOUNTS)
}

/// The statements about an item.
fn statements<'a>(build: &'a Build<'_>, framework: &'a str, item: &'a str) -> impl Iterator<Item = StatementModel> + 'a {
    let mine = build.input.statements.iter().filter(move |one| one.framework == framework && one.item == item);
    mine.map(StatementModel::new)
}

impl StatementModel {
    /// A statement as pages show it.
    pub fn new(line: &crate::pack::input::StatementLine) -> Self {
        StatementModel {
            id: line.id.clone(),
            state: line.state.replace('_', " "),
            role: cut(&line.role, 200).into_owned(),
            text: cut(&line.text, PROSE).into_owned(),
            made: line.made.clone(),
            expires: line.expires.clone(),
            account: line.account.clone().unwrap_or_else(|| "all".to_owned()),
            files: line.files.iter().take(LISTED).map(|file| format!("inputs/{file}")).collect(),
        }
    }
}

impl PartModel {
    fn new(build: &Build<'_>, all: &AllJudged, source: Option<&Item>, one: &ItemControl) -> Option<Self> {
        let control = build.controls.get(one.id.as_str()).copied()?;
        let line = build.input.assessment.controls.iter().find(|line| line.id == one.id && line.params_id == one.params_id);
        let mapping =
            source.and_then(|source| source.mappings.iter().find(|mapping| mapping.control == one.id && mapping.relation == one.relation));
        let judged = judged(all, &one.id, &one.params_id);
        let counts = judged.map(|judged| judged.counts).unwrap_or_default();
        Some(PartModel {
            id: control.id.clone(),
            title: text::title(&control.title),
            severity: words::severity(control.severity),
            page: build.links.control(&one.id, &one.params_id).unwrap_or_default(),
            csv: build.links.population(&one.id, &one.params_id).unwrap_or_default(),
            part: mapping.map(|mapping| cut(mapping.part.trim_end_matches('.'), 600).into_owned()).unwrap_or_default(),
            coverage: words::coverage(one.coverage),
            why: mapping.map(|mapping| cut(&mapping.why, 600).into_owned()).unwrap_or_default(),
            tests: tests(control),
            params: line.map(|line| params(line, control)).unwrap_or_default(),
            counts: (&counts).into(),
            bar: Bar::of_counts(&counts),
            failing: judged.map(|judged| judged.failing.clone()).unwrap_or_default(),
            unseen: judged.map(|judged| judged.unseen.clone()).unwrap_or_default(),
            waived_fails: judged.map_or(0, |judged| judged.waived_fails),
        })
    }
}

/// An item in a list.
#[derive(Clone, Debug, Serialize)]
pub(in crate::pack) struct ItemRow {
    pub id: String,
    pub title: String,
    pub href: String,
    pub level: String,
    pub method: &'static str,
    pub result: &'static str,
    pub result_key: &'static str,
    pub disposition_key: &'static str,
    pub label: String,
    pub why: String,
    pub section: String,
    pub new_section: bool,
}

/// The rows of a framework's items, in its order.
pub(in crate::pack) fn item_rows(build: &Build<'_>, framework: &FrameworkLine) -> Vec<ItemRow> {
    let read = build.frameworks.get(framework.id.as_str()).copied();
    let mut section = String::new();
    let mut rows = Vec::new();
    for item in &framework.items {
        let source = read.and_then(|read| read.items.iter().find(|one| one.id == item.id));
        let own = source.map(|source| text::title(&source.section)).unwrap_or_default();
        rows.push(ItemRow {
            id: item.id.clone(),
            title: text::title(&item.title),
            href: build.links.item(&framework.id, &item.id),
            level: source.and_then(|source| source.level.as_deref().map(text::title)).unwrap_or_default(),
            method: words::method(item.method),
            result: words::result(item.result),
            result_key: words::result_key(item.result),
            disposition_key: words::disposition_key(item.disposition),
            label: words::label(read, item.disposition),
            why: cut(&item.why, 300).into_owned(),
            new_section: own != section,
            section: own.clone(),
        });
        section = own;
    }
    rows
}

#[derive(Serialize)]
struct ListModel {
    framework: String,
    version: String,
    notice: String,
    bar: Bar,
}

fn write_list(build: &Build<'_>, framework: &FrameworkLine, read: Option<&Framework>) -> Result<(), PackError> {
    let path = build.links.framework(&framework.id);
    let stem = path.strip_suffix(".html").unwrap_or(&path);
    let mut rows = build.rows("html/rows/item.html", &path)?;
    for row in item_rows(build, framework) {
        rows.push(&row)?;
    }
    let title = super::cover::title(build, framework);
    let list = List {
        stem,
        template: "html/items.html",
        title: &title,
        crumbs: &[Crumb::new("index.html", "Overview")],
        what: "all items of a framework",
        all: "assessment.json",
    };
    let model = ListModel {
        framework: title.clone(),
        version: framework.version.clone(),
        notice: read.map(|read| cut(&read.notice, PROSE).into_owned()).unwrap_or_default(),
        bar: Bar::of_dispositions(&super::cover::dispositions(framework)),
    };
    build.list(list, vec![rows], &model).map(|_| ())
}
