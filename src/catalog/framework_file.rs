//! Reads framework files. Form only; whether the controls and parameters named exist is decided in `mapping`, once the whole
//! catalogue is read.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use super::toml_table::{self, Table, json};
use crate::model::control::Origin;
use crate::model::framework::{ALL_ITEMS, Baselines, Coverage, Framework, Item, Mapping, Method, Relation};

/// Where the parts of a mapping stand.
#[derive(Clone, Debug, Default)]
pub struct MappingSpans {
    /// The control id.
    pub control: Range<usize>,
    /// The reason, or the whole table where there is none.
    pub why: Range<usize>,
    /// The coverage, or the whole table.
    pub coverage: Range<usize>,
    /// Each parameter's value.
    pub params: BTreeMap<String, Range<usize>>,
}

/// A framework with the places of its parts.
#[derive(Clone, Debug)]
pub struct FrameworkFile {
    /// What was read.
    pub framework: Framework,
    /// The file.
    pub file: Arc<SourceFile>,
    /// The aliases.
    pub aliases: Vec<Range<usize>>,
    /// For each item, its id and its mappings.
    pub items: Vec<ItemSpans>,
}

/// The words that `[labels]` may replace: our dispositions.
pub const LABELS: [&str; 7] = ["pass", "fail", "indeterminate", "nothing_to_test", "manual", "stated", "not_tested"];

/// The id of `controls/frameworks/<id>.toml`, given the file's name.
pub fn id_of(name: &str) -> Option<&str> {
    let id = name.strip_suffix(".toml")?;
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    (!id.is_empty() && id.chars().all(good)).then_some(id)
}

/// Reads one framework file, `relative` to `controls/`; `None` where an error leaves none to speak of.
pub fn read(id: &str, relative: &str, file: &Arc<SourceFile>, local: bool, faults: &mut Diagnostics) -> Option<FrameworkFile> {
    let found = RefCell::new(Diagnostics::default());
    let framework = read_into(id, &format!("controls/{relative}"), file, local, &found);
    let found = found.into_inner();
    let usable = found.errors() == 0;
    faults.extend(found);
    framework.filter(|_| usable)
}

fn read_into(id: &str, relative: &str, file: &Arc<SourceFile>, local: bool, faults: &RefCell<Diagnostics>) -> Option<FrameworkFile> {
    let document = toml_table::parse(file, &file.text, 0, faults)?;
    let root = Table::root(file, 0, &document, "the framework", faults);
    let title = root.need_string("title");
    let version = root.need_string("version");
    let notice = root.need_string("notice");
    let aliases = root.strings("aliases");
    let full_coverage_allowed = root.flag("full_coverage_allowed").unwrap_or(local);
    let apis_by_section = root.flag("apis_by_section").unwrap_or(false);
    let labels = labels(&root);
    let baselines = baselines(&root);
    let tables = root.tables("item", "the item");
    if tables.is_empty() {
        root.error(root.span(), "the framework has no items");
    }
    let (items, item_spans): (Vec<Item>, Vec<_>) = tables.iter().filter_map(item).unzip();
    root.finish();
    let aliases_at = aliases.iter().map(|alias| alias.span.clone()).collect();
    let framework = Framework {
        id: id.to_owned(),
        title: title?.value,
        version: version?.value,
        aliases: aliases.into_iter().map(|alias| alias.value).collect(),
        notice: notice?.value,
        full_coverage_allowed,
        apis_by_section,
        labels,
        baselines,
        items,
        origin: Origin { path: relative.to_owned(), local },
        text: file.text.clone(),
    };
    Some(FrameworkFile { framework, file: file.clone(), aliases: aliases_at, items: item_spans })
}

fn labels(root: &Table<'_, '_>) -> BTreeMap<String, String> {
    let Some(table) = root.table("labels", "the labels") else { return BTreeMap::new() };
    let labels = LABELS.iter().filter_map(|word| Some(((*word).to_owned(), table.string(word)?.value))).collect();
    table.finish();
    labels
}

fn baselines(root: &Table<'_, '_>) -> Baselines {
    let names = root.strings("baselines");
    for name in names.iter().filter(|name| name.value == ALL_ITEMS || name.value.contains(';') || name.value.trim() != name.value) {
        root.error(name.span.clone(), format!("`{}` cannot be the name of a baseline", name.value));
    }
    let default = root.string("default_baseline");
    let names: Vec<String> = names.into_iter().map(|name| name.value).collect();
    if let Some(default) = default.as_ref().filter(|default| !names.contains(&default.value)) {
        root.error(default.span.clone(), format!("`{}` is not one of the framework's baselines", default.value));
    }
    Baselines { names, default: default.map(|at| at.value) }
}

/// Where an item's id and its mappings stand.
pub type ItemSpans = (Range<usize>, Vec<MappingSpans>);

fn item(table: &Table<'_, '_>) -> Option<(Item, ItemSpans)> {
    let id = table.need_string("id");
    let title = table.need_string("title");
    let level = table.string("level").map(|at| at.value);
    let section = table.need_string("section");
    let method = table.choice("method", &[("automated", Method::Automated), ("manual", Method::Manual)]);
    if !table.has("method") {
        table.missing("method");
    }
    let every_region = table.flag("every_region").unwrap_or(false);
    let guidance = table.string("guidance").map(|at| at.value);
    let mut found: Vec<(Mapping, MappingSpans)> = table.tables("covers", "the cover").iter().filter_map(covers).collect();
    found.extend(table.tables("related", "the relation").iter().filter_map(related));
    table.finish();
    let (mappings, spans) = found.into_iter().unzip();
    let id = id?;
    let item =
        Item { id: id.value, title: title?.value, level, section: section?.value, method: method?, every_region, guidance, mappings };
    Some((item, (id.span, spans)))
}

fn covers(table: &Table<'_, '_>) -> Option<(Mapping, MappingSpans)> {
    let control = table.need_string("control");
    let part = table.need_string("part");
    let coverage = table.choice("coverage", &[("full", Coverage::Full), ("partial", Coverage::Partial)]);
    if !table.has("coverage") {
        table.missing("coverage");
    }
    let why = table.string("why");
    if coverage == Some(Coverage::Partial) && why.as_ref().is_none_or(|why| why.value.trim().is_empty()) {
        let hint = "add `why` with one sentence on what this test leaves open";
        table.report(Diagnostic::error(table.file(), table.span(), "a partial cover needs its reason").hint(hint));
    }
    let mut spans = MappingSpans { coverage: table.raw("coverage").map_or(table.span(), |at| at.span), ..MappingSpans::default() };
    let mut params = BTreeMap::new();
    if let Some(demanded) = table.table("params", "the item's parameters") {
        for (name, value) in demanded.entries() {
            spans.params.insert(name.value.clone(), value.span.clone());
            params.insert(name.value, json(value.value));
        }
    }
    table.finish();
    let control = control?;
    spans.control = control.span;
    spans.why = why.as_ref().map_or(table.span(), |why| why.span.clone());
    let why = why.map(|why| why.value).unwrap_or_default();
    let mapping = Mapping { control: control.value, relation: Relation::Covers, part: part?.value, coverage: Some(coverage?), why, params };
    Some((mapping, spans))
}

fn related(table: &Table<'_, '_>) -> Option<(Mapping, MappingSpans)> {
    let control = table.need_string("control");
    let why = table.need_string("why");
    table.finish();
    let (control, why) = (control?, why?);
    let spans = MappingSpans { control: control.span, why: why.span, coverage: table.span(), params: BTreeMap::new() };
    let mapping = Mapping {
        control: control.value,
        relation: Relation::Related,
        part: String::new(),
        coverage: None,
        why: why.value,
        params: BTreeMap::new(),
    };
    Some((mapping, spans))
}
