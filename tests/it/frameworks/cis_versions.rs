//! The older versions of the CIS AWS Foundations Benchmark are written from the newest one, the cross-walk of their numbers,
//! and what only they have. The files are in the repository, and this is where they are held against what they come from.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use evidence::model::framework::{Coverage, Framework, Item, Mapping, Method, Relation};
use serde::Deserialize;

const NEWEST: &str = "cis-aws-7.0.0";
const CROSSWALK: &str = include_str!("../../frameworks/cis-aws-crosswalk.csv");
const OLDER: &str = include_str!("../../frameworks/cis-aws-older.toml");
/// Set it to anything to have the files written instead of compared.
const WRITE: &str = "WRITE_FRAMEWORKS";

/// `cis-aws-older.toml`.
#[derive(Deserialize)]
struct Older {
    sections: BTreeMap<String, BTreeMap<String, String>>,
    dropped: Vec<Dropped>,
    changed: Vec<Changed>,
}

/// An item that the newest version no longer has.
#[derive(Deserialize)]
struct Dropped {
    item: String,
    title: String,
    guidance: Option<String>,
    #[serde(default)]
    covers: Vec<Pair>,
    #[serde(default)]
    related: Vec<Pair>,
}

#[derive(Deserialize)]
struct Pair {
    control: String,
    #[serde(default)]
    part: String,
    coverage: Option<Coverage>,
    #[serde(default)]
    why: String,
}

/// Words of the newest version that another one needs differently.
#[derive(Deserialize)]
struct Changed {
    item: String,
    versions: Vec<String>,
    guidance: Option<String>,
    /// The reason of covers that are full in the newest version, where this one leaves the item to a person.
    partial: Option<String>,
    /// The cover whose coverage changes.
    control: Option<String>,
    coverage: Option<Coverage>,
}

/// An item's place in one version, as the cross-walk has it.
struct Place {
    id: String,
    level: String,
    method: Method,
    /// What the other source says, where two disagree.
    other: Option<String>,
}

fn method(word: &str) -> Method {
    match word {
        "automated" => Method::Automated,
        "manual" => Method::Manual,
        other => panic!("the cross-walk has a method `{other}`"),
    }
}

/// Reads `3.1 L1 manual or L1 automated`.
fn place(cell: &str) -> Option<Place> {
    let (main, other) = cell.split_once(" or ").map_or((cell, None), |(main, other)| (main, Some(other.to_owned())));
    let mut words = main.split_whitespace();
    let id = words.next()?.to_owned();
    let level = words.next().expect("a level").replace('L', "Level ");
    let other = other.map(|other| other.replace('L', "Level "));
    Some(Place { id, level, method: method(words.next().expect("a method")), other })
}

/// The numbers of one version: key of the item (its number in the newest version, or a name) and place, in the version's order.
fn places(version: &str) -> Vec<(String, Place)> {
    let mut reader = csv::Reader::from_reader(CROSSWALK.as_bytes());
    let column = reader.headers().expect("headers").iter().position(|name| name == version).expect("a column of the version");
    let rows = reader.records().map(|row| row.expect("a row"));
    let mut places: Vec<_> = rows.filter_map(|row| Some((row[0].to_owned(), place(&row[column])?))).collect();
    places.sort_by_key(|(_, place)| number(&place.id));
    places
}

fn number(id: &str) -> Vec<u32> {
    id.split('.').map(|part| part.parse().expect("a number")).collect()
}

fn older() -> Older {
    toml::from_str(OLDER).expect("sound file")
}

impl Older {
    /// The item of `key` as this version has it.
    fn item(&self, newest: &Framework, version: &str, key: &str, place: &Place) -> Item {
        let known = newest.items.iter().find(|item| item.id == key).cloned();
        let mut item = known.or_else(|| self.dropped(key)).unwrap_or_else(|| panic!("nothing is known of item `{key}`"));
        let was = item.method;
        item.id.clone_from(&place.id);
        item.level = Some(place.level.clone());
        item.section = self.section(version, &place.id);
        item.method = place.method;
        for change in self.changed.iter().filter(|change| change.item == key && change.versions.iter().any(|one| one == version)) {
            change.apply(&mut item);
        }
        match item.method {
            Method::Automated => item.guidance = None,
            Method::Manual => assert!(item.guidance.is_some(), "{version} leaves `{}` to a person: say how (was {was:?})", item.id),
        }
        item
    }

    fn dropped(&self, key: &str) -> Option<Item> {
        let dropped = self.dropped.iter().find(|dropped| dropped.item == key)?;
        let covers = dropped.covers.iter().map(|pair| pair.mapping(Relation::Covers));
        let related = dropped.related.iter().map(|pair| pair.mapping(Relation::Related));
        Some(Item {
            id: String::new(),
            title: dropped.title.clone(),
            level: None,
            section: String::new(),
            method: Method::Manual,
            every_region: false,
            guidance: dropped.guidance.clone(),
            mappings: covers.chain(related).collect(),
        })
    }

    fn section(&self, version: &str, id: &str) -> String {
        let titles = &self.sections[version];
        let starts = |prefix: &str| id == prefix || id.starts_with(&format!("{prefix}."));
        let longest = titles.iter().filter(|(prefix, _)| starts(prefix)).max_by_key(|(prefix, _)| prefix.len());
        longest.unwrap_or_else(|| panic!("{version} has no section for `{id}`")).1.clone()
    }
}

impl Pair {
    fn mapping(&self, relation: Relation) -> Mapping {
        let (control, part, coverage) = (self.control.clone(), self.part.clone(), self.coverage);
        Mapping { control, relation, part, coverage, why: self.why.clone(), params: BTreeMap::new() }
    }
}

impl Changed {
    fn apply(&self, item: &mut Item) {
        if let Some(guidance) = &self.guidance {
            item.guidance = Some(guidance.clone());
        }
        for mapping in item.mappings.iter_mut().filter(|mapping| mapping.coverage.is_some()) {
            if self.control.as_ref() == Some(&mapping.control) {
                mapping.coverage = self.coverage;
                mapping.why.clear();
            } else if let (Some(Coverage::Full), Some(partial)) = (mapping.coverage, &self.partial) {
                mapping.coverage = Some(Coverage::Partial);
                mapping.why.clone_from(partial);
            }
        }
    }
}

/// The file of one version.
fn write(newest: &Framework, version: &str) -> String {
    let (older, notice) = (older(), newest.notice.replace(&newest.version, version));
    let mut text = format!(
        "# Written from {NEWEST}.toml by the tests; change that file or tests/frameworks/ and run\n\
         # `{WRITE}=1 cargo test --test it frameworks::cis_versions`.\n#\n\
         # Where published sources differ on an item's level or method, the more plausible one is taken and the other one noted.\n\n\
         title = {:?}\nversion = {version:?}\naliases = [\"cis-{version}\"]\nnotice = {notice:?}\nfull_coverage_allowed = true\n\n[labels]\n",
        newest.title
    );
    newest.labels.iter().for_each(|(word, label)| line(&mut text, word, label));
    let mut section = String::new();
    for (key, place) in places(version) {
        let item = older.item(newest, version, &key, &place);
        if item.section != section {
            section.clone_from(&item.section);
            text.push_str(&format!("\n# {section}\n"));
        }
        write_item(&mut text, &item, &place);
    }
    text
}

fn line(text: &mut String, name: &str, value: &str) {
    assert!(!value.contains(['"', '\\', '\n']), "`{value}` needs escapes that this writer does not know");
    writeln!(text, "{name} = \"{value}\"").expect("a string takes it");
}

fn write_item(text: &mut String, item: &Item, place: &Place) {
    text.push_str("\n[[item]]\n");
    if let Some(other) = &place.other {
        text.push_str(&format!("# Another source has {other}.\n"));
    }
    line(text, "id", &item.id);
    line(text, "title", &item.title);
    line(text, "level", &place.level);
    line(text, "section", &item.section);
    line(text, "method", if item.method == Method::Automated { "automated" } else { "manual" });
    if item.every_region {
        text.push_str("every_region = true\n");
    }
    item.guidance.iter().for_each(|guidance| line(text, "guidance", guidance));
    item.mappings.iter().for_each(|mapping| write_mapping(text, mapping));
}

fn write_mapping(text: &mut String, mapping: &Mapping) {
    text.push_str(if mapping.relation == Relation::Covers { "\n[[item.covers]]\n" } else { "\n[[item.related]]\n" });
    line(text, "control", &mapping.control);
    if let Some(coverage) = mapping.coverage {
        line(text, "part", &mapping.part);
        line(text, "coverage", if coverage == Coverage::Full { "full" } else { "partial" });
    }
    if !mapping.why.is_empty() {
        line(text, "why", &mapping.why);
    }
    if !mapping.params.is_empty() {
        let params: Vec<String> = mapping.params.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        text.push_str(&format!("params = {{ {} }}\n", params.join(", ")));
    }
}

fn file(version: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("controls/frameworks/cis-aws-{version}.toml"))
}

fn holds(version: &str) {
    let catalog = super::embedded();
    let text = write(catalog.framework(NEWEST).expect("the newest version"), version);
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(file(version), &text).expect("the file can be written");
    }
    let there = std::fs::read_to_string(file(version)).unwrap_or_default();
    assert!(
        there == text,
        "{} is not what the newest version and the cross-walk make of it: set {WRITE}=1 and run again",
        file(version).display()
    );
}

#[test]
fn version_6_0_0_is_what_the_crosswalk_makes_of_the_newest() {
    holds("6.0.0");
}

#[test]
fn version_5_0_0_is_what_the_crosswalk_makes_of_the_newest() {
    holds("5.0.0");
}

#[test]
fn version_4_0_1_is_what_the_crosswalk_makes_of_the_newest() {
    holds("4.0.1");
}

#[test]
fn version_3_0_0_is_what_the_crosswalk_makes_of_the_newest() {
    holds("3.0.0");
}

#[test]
fn each_number_of_each_version_stands_once_in_the_crosswalk() {
    for (version, items) in [("6.0.0", 63), ("5.0.0", 63), ("4.0.1", 64), ("3.0.0", 62)] {
        let numbers: Vec<_> = places(version).into_iter().map(|(_, place)| number(&place.id)).collect();
        assert_eq!(numbers.len(), items, "{version}");
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{version} has a number twice");
        let siblings =
            |id: &[u32]| numbers.iter().filter(|other| other.len() == id.len() && other[..id.len() - 1] == id[..id.len() - 1]).count();
        for id in &numbers {
            let last = *id.last().expect("a number has parts") as usize;
            let groups = numbers.iter().filter(|other| other.len() > id.len() && other[..id.len() - 1] == id[..id.len() - 1]);
            let groups = groups.map(|other| other[id.len() - 1]).collect::<std::collections::BTreeSet<_>>().len();
            assert!(last <= siblings(id) + groups, "{version} has a hole before {id:?}");
        }
    }
}
