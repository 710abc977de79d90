//! The events that each alert must not miss: data with a date and sources (`data/events.toml`), embedded.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::event::{Event, Known};

/// What somebody wants to be told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// Its name in this tool: `root-usage`.
    pub id: String,
    /// Short names of the sources that ask for these events.
    pub sources: Vec<String>,
    /// Every sort of event.
    pub events: Vec<Event>,
}

/// Where events were read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Author and title.
    pub name: String,
    /// Where it is published.
    pub url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    read: String,
    sources: BTreeMap<String, Source>,
    call: BTreeMap<String, Scalar>,
    purpose: Vec<Entry>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Scalar {
    Flag(bool),
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    sources: Vec<String>,
    /// Service whose calls are named in `calls`.
    service: Option<String>,
    #[serde(default)]
    calls: Vec<String>,
    #[serde(default)]
    event: Vec<Sort>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sort {
    name: String,
    #[serde(default)]
    is: BTreeMap<String, Scalar>,
    #[serde(default)]
    like: BTreeMap<String, Like>,
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    not: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Like {
    text: String,
    examples: Vec<String>,
}

struct Read {
    as_of: String,
    sources: BTreeMap<String, Source>,
    purposes: Vec<Purpose>,
}

static DATA: LazyLock<Read> = LazyLock::new(|| {
    // Cannot fail: the file is embedded and the tests read it.
    let file: File = toml::from_str(include_str!("data/events.toml")).unwrap_or_else(|error| unreachable!("events.toml: {error}"));
    let File { read, sources, call, purpose } = file;
    Read { as_of: read, sources, purposes: purpose.into_iter().map(|entry| entry.purpose(&call)).collect() }
});

impl Entry {
    fn purpose(self, call: &BTreeMap<String, Scalar>) -> Purpose {
        let service = self.service.unwrap_or_default();
        let one = |name: &String| {
            let own = [("eventSource", service.as_str()), ("eventName", name.as_str())];
            let fixed = call.iter().map(|(field, value)| (field.clone(), value.known()));
            let fields = own.map(|(field, text)| (field.to_owned(), Known::Is(text.to_owned()))).into_iter().chain(fixed).collect();
            Event { name: name.clone(), fields }
        };
        let calls = self.calls.iter().map(one);
        Purpose { id: self.id, sources: self.sources, events: calls.chain(self.event.into_iter().map(Sort::event)).collect() }
    }
}

impl Scalar {
    fn known(&self) -> Known {
        match self {
            Scalar::Flag(flag) => Known::Flag(*flag),
            Scalar::Text(text) => Known::Is(text.clone()),
        }
    }
}

impl Sort {
    fn event(self) -> Event {
        let is = self.is.into_iter().map(|(field, value)| (field, value.known()));
        let like = self.like.into_iter().map(|(field, like)| (field, Known::Like(like.text, like.examples)));
        let missing = self.missing.into_iter().map(|field| (field, Known::Missing));
        let not = self.not.into_iter().map(|(field, texts)| (field, Known::Other(texts)));
        Event { name: self.name, fields: is.chain(like).chain(missing).chain(not).collect() }
    }
}

/// The day on which the sources were last read.
pub fn as_of() -> &'static str {
    &DATA.as_of
}

/// The sources by short name.
pub fn sources() -> &'static BTreeMap<String, Source> {
    &DATA.sources
}

/// Every purpose, in the order of the file.
pub fn purposes() -> &'static [Purpose] {
    &DATA.purposes
}

/// A purpose by id.
pub fn purpose(id: &str) -> Option<&'static Purpose> {
    purposes().iter().find(|purpose| purpose.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::pattern::{Cover, Pattern, cover};

    #[test]
    fn the_data_is_dated_and_names_sources_that_exist() {
        assert!(as_of().parse::<chrono::NaiveDate>().is_ok());
        let mut used = BTreeSet::new();
        for purpose in purposes() {
            assert!(!purpose.events.is_empty() && !purpose.sources.is_empty(), "{}", purpose.id);
            used.extend(&purpose.sources);
            let names: BTreeSet<&str> = purpose.events.iter().map(|event| event.name.as_str()).collect();
            assert_eq!(names.len(), purpose.events.len(), "{} names an event twice", purpose.id);
            for event in &purpose.events {
                assert!(event.source().is_none_or(|source| source.ends_with(".amazonaws.com")), "{}: {}", purpose.id, event.name);
            }
        }
        assert_eq!(used, sources().keys().collect());
        assert_eq!(purposes().len(), 16);
        assert!(purpose("root-usage").is_some() && purpose("nothing").is_none());
    }

    /// A pattern that names every event of a purpose covers it; one that leaves the last one out does not.
    #[test]
    fn naming_every_call_covers_a_purpose_and_one_less_does_not() {
        for purpose in purposes().iter().filter(|purpose| purpose.events.iter().all(|event| event.source().is_some())) {
            let names: BTreeSet<&str> = purpose
                .events
                .iter()
                .filter_map(|event| if let Some(Known::Is(name)) = event.fields.get("eventName") { Some(name.as_str()) } else { None })
                .collect();
            let pattern = |names: &[&str]| {
                let tests: Vec<String> = names.iter().map(|name| format!("($.eventName = {name})")).collect();
                [Pattern::parse(&format!("{{ {} }}", tests.join(" || "))).expect("a pattern")]
            };
            let names: Vec<&str> = names.into_iter().collect();
            assert!(purpose.events.iter().all(|event| cover(event, &pattern(&names)) == Cover::All), "{}", purpose.id);
            if names.len() > 1 {
                let fewer = pattern(&names[1..]);
                let missed = purpose.events.iter().filter(|event| matches!(cover(event, &fewer), Cover::Misses(_))).count();
                assert_eq!(missed, 1, "{}", purpose.id);
            }
        }
    }
}
