//! A control's pages: why, how it is tested, with which parameters, what came out for each resource, how to mend it.

use serde::Serialize;

use super::{AllJudged, Bar, CountsModel, Part};
use crate::model::Outcome;
use crate::model::assessment::{ControlLine, Counts, ParamLine};
use crate::model::control::{Control, Empty, Evaluation, Per, Stricter, Test};
use crate::pack::build::{Build, Crumb, List};
use crate::pack::columns::Columns;
use crate::pack::error::PackError;
use crate::pack::paging::Rows;
use crate::pack::population::Judged;
use crate::pack::rows::RowModel;
use crate::pack::text::{cut, title};
use crate::pack::values::{readable, shown, shown_cut};
use crate::pack::words;

/// Columns that stand side by side; a control with more lists them in one cell.
const COLUMNS: usize = 6;
/// Characters of a control's prose on its page; all of it stands in `inputs/`.
const PROSE: usize = 40_000;
/// Characters of a parameter's value on a page.
const VALUE: usize = 2_000;
/// Accounts, examples, items listed on a control's page.
const LISTED: usize = 500;

/// The pages of one control being written: failures first, then what could not be seen, then the rest.
pub(in crate::pack) struct ControlPages<'a> {
    build: &'a Build<'a>,
    line: &'a ControlLine,
    control: &'a Control,
    titles: Vec<String>,
    fail: Rows<'a>,
    indeterminate: Rows<'a>,
    pass: Rows<'a>,
    not_applicable: Rows<'a>,
}

impl<'a> ControlPages<'a> {
    /// Begins the pages.
    pub fn begin(build: &'a Build<'a>, line: &'a ControlLine, control: &'a Control, columns: &Columns<'_>) -> Result<Self, PackError> {
        let columns = if columns.titles.len() > COLUMNS { &[] } else { columns.titles.as_slice() };
        let rows = || build.rows_with("html/rows/verdict.html", "controls/x.html", columns);
        let titles = columns.iter().map(|one| title(one)).collect();
        Ok(ControlPages { build, line, control, titles, fail: rows()?, indeterminate: rows()?, pass: rows()?, not_applicable: rows()? })
    }

    /// Adds a verdict.
    pub fn push(&mut self, outcome: Outcome, row: &RowModel) -> Result<(), PackError> {
        match outcome {
            Outcome::Fail => self.fail.push(row),
            Outcome::Indeterminate => self.indeterminate.push(row),
            Outcome::Pass => self.pass.push(row),
            Outcome::NotApplicable => self.not_applicable.push(row),
        }
    }

    /// Writes the pages.
    pub fn finish(self, judged: &Judged) -> Result<(), PackError> {
        let (build, line, control) = (self.build, self.line, self.control);
        let stem = format!("controls/{}", build.links.stem(&line.id, &line.params_id).unwrap_or_default());
        let all = build.links.population(&line.id, &line.params_id).unwrap_or_default();
        let list = List {
            stem: &stem,
            template: "html/control.html",
            title: &title(&control.title),
            crumbs: &[Crumb::new("index.html", "Overview"), Crumb::new("controls/index.html", "Tests")],
            what: "page of a test: expression, parameters, every verdict",
            all: &all,
        };
        let mut model = ControlModel::new(build, line, control, judged);
        model.titles = self.titles;
        build.list(list, vec![self.fail, self.indeterminate, self.pass, self.not_applicable], &model).map(|_| ())
    }
}

#[derive(Serialize)]
struct ControlModel {
    id: String,
    params_id: String,
    severity: &'static str,
    evidence_only: bool,
    why: String,
    remediation: String,
    sections: Vec<Section>,
    tests: Vec<TestModel>,
    params: Vec<ParamModel>,
    counts: CountsModel,
    bar: Bar,
    accounts: Part<AccountModel>,
    items: Part<ItemModel>,
    examples: Part<ExampleModel>,
    waived_fails: u64,
    source: String,
    local: bool,
    several_kinds: bool,
    titles: Vec<String>,
}

#[derive(Serialize)]
struct Section {
    heading: String,
    text: String,
}

/// How one kind is judged, in words and in CEL.
#[derive(Clone, Debug, Serialize)]
pub(in crate::pack) struct TestModel {
    pub kind: String,
    pub words: String,
    pub when: String,
    pub expression: String,
    pub empty: &'static str,
    pub columns: Vec<ColumnModel>,
}

/// A column and its expression.
#[derive(Clone, Debug, Serialize)]
pub(in crate::pack) struct ColumnModel {
    pub title: String,
    pub expression: String,
}

/// A parameter as used.
#[derive(Clone, Debug, Serialize)]
pub(in crate::pack) struct ParamModel {
    pub name: String,
    pub value: String,
    pub origin: String,
    pub default: String,
    pub stricter: &'static str,
    pub description: String,
}

#[derive(Serialize)]
struct AccountModel {
    id: String,
    counts: CountsModel,
    bar: Bar,
}

#[derive(Serialize)]
struct ItemModel {
    framework: String,
    id: String,
    title: String,
    href: String,
    coverage: &'static str,
}

#[derive(Serialize)]
struct ExampleModel {
    key: &'static str,
    verdict: &'static str,
    resource: String,
    params: String,
}

impl ControlModel {
    fn new(build: &Build<'_>, line: &ControlLine, control: &Control, judged: &Judged) -> Self {
        let prose = |text: &str| cut(text, PROSE).into_owned();
        let example = |example: &crate::model::control::Example| ExampleModel {
            key: example.verdict.as_str(),
            verdict: words::outcome(example.verdict),
            resource: cut(&example.resource.to_string(), VALUE).into_owned(),
            params: if example.params.is_empty() {
                String::new()
            } else {
                cut(&serde_json::json!(example.params).to_string(), VALUE).into_owned()
            },
        };
        let account =
            |(id, counts): (&String, &Counts)| AccountModel { id: id.clone(), counts: counts.into(), bar: Bar::of_counts(counts) };
        ControlModel {
            id: control.id.clone(),
            params_id: line.params_id.clone(),
            severity: words::severity(control.severity),
            evidence_only: control.evaluation == Evaluation::Evidence,
            why: prose(&control.why),
            remediation: prose(&control.remediation),
            sections: control.sections.iter().map(|(heading, text)| Section { heading: title(heading), text: prose(text) }).collect(),
            tests: tests(control),
            params: params(line, control),
            counts: (&judged.counts).into(),
            bar: Bar::of_counts(&judged.counts),
            accounts: Part::of(line.accounts.iter().map(account), LISTED),
            items: Part::of(items(build, line), LISTED),
            examples: Part::of(control.examples.iter().map(example), 40),
            waived_fails: judged.waived_fails,
            source: control.origin.path.clone(),
            local: control.origin.local,
            several_kinds: control.judges.len() > 1,
            titles: Vec::new(),
        }
    }
}

/// How a control judges, kind by kind.
pub(in crate::pack) fn tests(control: &Control) -> Vec<TestModel> {
    control
        .judges
        .iter()
        .map(|judge| TestModel {
            kind: judge.resource.clone(),
            words: match &judge.test {
                Test::Every(_) => "Each resource must satisfy".to_owned(),
                Test::AtLeastOne { per: Per::Account, .. } => "In each account at least one resource must satisfy".to_owned(),
                Test::AtLeastOne { per: Per::Region, .. } => "In each account and Region at least one resource must satisfy".to_owned(),
                Test::AtLeastOne { per: Per::Organization, .. } => {
                    "In all accounts of this run together at least one resource must satisfy".to_owned()
                }
            },
            when: judge.when.as_deref().map(expression).unwrap_or_default(),
            expression: expression(judge.test.expression()),
            empty: match judge.empty {
                Empty::NotApplicable => "",
                Empty::Fail => "Where none exist, that itself is a failure.",
            },
            columns: judge
                .columns
                .iter()
                .map(|(heading, text)| ColumnModel { title: title(heading), expression: cut(text, VALUE).into_owned() })
                .collect(),
        })
        .collect()
}

/// An expression as a page shows it.
fn expression(text: &str) -> String {
    cut(&readable(text), PROSE / 4).into_owned()
}

/// The parameters a control ran with.
pub(in crate::pack) fn params(line: &ControlLine, control: &Control) -> Vec<ParamModel> {
    let model = |(name, used): (&String, &ParamLine)| {
        let declared = control.params.get(name);
        let unit = declared.and_then(|declared| declared.unit.as_deref()).unwrap_or_default();
        let with_unit = |value: &serde_json::Value| format!("{} {unit}", shown_cut(value, VALUE)).trim_end().to_owned();
        ParamModel {
            name: name.clone(),
            value: with_unit(&used.value),
            origin: title(&used.origin),
            default: declared.map(|declared| with_unit(&declared.default)).unwrap_or_default(),
            stricter: declared.map_or("", |declared| stricter(declared.stricter)),
            description: declared.and_then(|declared| declared.description.as_deref().map(title)).unwrap_or_default(),
        }
    };
    line.params.iter().map(model).collect()
}

fn stricter(stricter: Stricter) -> &'static str {
    match stricter {
        Stricter::Lower => "lower is stricter",
        Stricter::Higher => "higher is stricter",
        Stricter::Subset => "fewer is stricter",
        Stricter::Superset => "more is stricter",
        Stricter::True => "yes is stricter",
        Stricter::None => "no order",
    }
}

/// The items that ask for this control with these parameters.
fn items<'a>(build: &'a Build<'_>, line: &'a ControlLine) -> impl Iterator<Item = ItemModel> + 'a {
    build.input.assessment.frameworks.iter().flat_map(move |framework| {
        framework.items.iter().flat_map(move |item| {
            let mine = item.controls.iter().filter(|one| one.id == line.id && one.params_id == line.params_id);
            mine.map(move |one| ItemModel {
                framework: framework.id.clone(),
                id: item.id.clone(),
                title: title(&item.title),
                href: build.links.item(&framework.id, &item.id),
                coverage: words::coverage(one.coverage),
            })
        })
    })
}

/// The verdicts of a control, if it ran.
pub(in crate::pack) fn judged<'a>(all: &'a AllJudged, id: &str, params_id: &str) -> Option<&'a Judged> {
    all.get(&crate::pack::links::Pair { control: id.to_owned(), params_id: params_id.to_owned() })
}

/// A parameter's short form: `max_age_days = 90`.
pub(in crate::pack) fn params_line(line: &ControlLine) -> String {
    line.params.iter().map(|(name, used)| format!("{name} = {}", cut(&shown(&used.value), 120))).collect::<Vec<_>>().join(", ")
}
