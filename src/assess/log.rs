//! What an evaluation touched: facts read, gaps met, populations relied on. The one place where facts are handed to CEL writes
//! here, so nothing an expression saw is missing beside its verdict.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::node::Node;
use crate::model::{CallId, Gap, GapId, Instant, Source};

/// Of a list at most this many elements stand in `observed`, and of elements read one by one this many.
pub const ELEMENTS: usize = 20;

/// Of a string at most this many characters stand in `observed`.
pub const CHARACTERS: usize = 500;

/// Facts with what is known of their origin.
#[derive(Debug)]
pub struct Document {
    /// Empty for the resource judged; `find(kind, id)` for one found.
    pub label: String,
    /// The facts.
    pub facts: Node,
    /// Where they came from.
    pub sources: Vec<Source>,
}

impl Document {
    /// The sources of a fact: all of those with the longest prefix of its path.
    fn sources(&self, path: &str) -> impl Iterator<Item = &Source> {
        let claims = move |prefix: &str| {
            prefix.is_empty() || path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let longest =
            self.sources.iter().map(|source| source.path.as_str()).filter(|prefix| claims(prefix)).max_by_key(|prefix| prefix.len());
        self.sources.iter().filter(move |source| Some(source.path.as_str()) == longest)
    }

    fn name(&self, path: &str) -> String {
        match (self.label.is_empty(), path.is_empty()) {
            (true, _) => path.to_owned(),
            (false, true) => self.label.clone(),
            (false, false) => format!("{}.{path}", self.label),
        }
    }
}

/// What an evaluation touched.
#[derive(Debug, Default)]
pub struct Touched {
    reads: Vec<(Arc<Document>, Arc<str>, Node)>,
    gaps: Vec<(Arc<Document>, Arc<str>, GapId)>,
    nothing: Vec<(String, Vec<CallId>)>,
    /// Whether `as_of` was read.
    pub as_of: bool,
}

/// A log that values share.
#[derive(Debug, Default)]
pub struct Log(Mutex<Touched>);

impl Log {
    fn lock(&self) -> MutexGuard<'_, Touched> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a fact that was read.
    pub fn read(&self, document: &Arc<Document>, path: &Arc<str>, node: &Node) {
        self.lock().reads.push((document.clone(), path.clone(), node.clone()));
    }

    /// Notes a gap that was met.
    pub fn gap(&self, document: &Arc<Document>, path: &Arc<str>, gap: &GapId) {
        self.lock().gaps.push((document.clone(), path.clone(), gap.clone()));
    }

    /// Notes that nothing was found, and the listing that proves it.
    pub fn nothing(&self, label: String, calls: Vec<CallId>) {
        self.lock().nothing.push((label, calls));
    }

    /// Notes that `as_of` was read.
    pub fn as_of(&self) {
        self.lock().as_of = true;
    }

    /// Takes everything noted and begins anew.
    pub fn take(&self) -> Touched {
        std::mem::take(&mut *self.lock())
    }
}

/// What stands beside a verdict.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observed {
    /// Values by path.
    pub values: BTreeMap<String, Value>,
    /// Calls behind them.
    pub calls: BTreeSet<CallId>,
    /// The oldest of the observations.
    pub at: Option<Instant>,
}

impl Observed {
    /// Adds a call and the time of its observation.
    pub fn add(&mut self, call: CallId, at: Option<Instant>) {
        self.calls.insert(call);
        self.at = match (self.at, at) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
    }

    /// Adds calls and times of another, not its values.
    pub fn add_calls(&mut self, other: &Observed) {
        self.calls.extend(&other.calls);
        self.at = match (self.at, other.at) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
    }
}

impl Touched {
    /// The gaps met, each once, with the first path that met it.
    pub fn gaps(&self) -> BTreeMap<&GapId, String> {
        let mut gaps = BTreeMap::new();
        for (document, path, gap) in &self.gaps {
            gaps.entry(gap).or_insert_with(|| document.name(path));
        }
        gaps
    }

    /// Everything noted, as it stands beside the verdict. `gap_behind` knows the gaps of the run, `answered` tells when a call was answered.
    pub fn observed(&self, gap_behind: &dyn Fn(&GapId) -> Option<Gap>, answered: &dyn Fn(CallId) -> Option<Instant>) -> Observed {
        let mut observed = Observed::default();
        let mut elements: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (document, path, node) in &self.reads {
            observed.source(document, path, answered);
            observed.put(document.name(path), shown(node), &mut elements);
        }
        for (document, path, gap) in &self.gaps {
            observed.source(document, path, answered);
            let gap = gap_behind(gap);
            let reason = gap.as_ref().map_or("failed", |gap| gap.reason.as_str());
            observed.put(document.name(path), json!({ "gap": reason }), &mut elements);
            if let Some(call) = gap.and_then(|gap| gap.call) {
                observed.add(call, answered(call));
            }
        }
        for (label, calls) in &self.nothing {
            observed.values.insert(label.clone(), Value::Null);
            calls.iter().for_each(|call| observed.add(*call, answered(*call)));
        }
        observed.cap(&elements);
        observed
    }
}

impl Observed {
    fn source(&mut self, document: &Document, path: &str, answered: &dyn Fn(CallId) -> Option<Instant>) {
        for source in document.sources(path) {
            self.add(source.call, source.observed_at.or_else(|| answered(source.call)));
        }
    }

    fn put(&mut self, path: String, value: Value, elements: &mut BTreeMap<String, Vec<usize>>) {
        if let Some((list, index)) = element(&path) {
            let seen = elements.entry(list.to_owned()).or_default();
            if seen.last() != Some(&index) && !seen.contains(&index) {
                seen.push(index);
            }
        }
        self.values.insert(path, value);
    }

    /// Keeps of lists read element by element the first ones and the one read last, which decided, and says so.
    fn cap(&mut self, elements: &BTreeMap<String, Vec<usize>>) {
        for (list, seen) in elements.iter().filter(|(_, seen)| seen.len() > ELEMENTS) {
            let kept: BTreeSet<usize> = seen[..ELEMENTS - 1].iter().chain(seen.last()).copied().collect();
            self.values.retain(|path, _| element(path).is_none_or(|(of, index)| of != list || kept.contains(&index)));
            if let Some(Value::Object(note)) = self.values.get_mut(list) {
                note.insert("shown".into(), kept.len().into());
            }
        }
    }
}

/// The list and index in a path like `items[3].name`.
fn element(path: &str) -> Option<(&str, usize)> {
    let open = path.find('[')?;
    let close = path[open..].find(']')? + open;
    Some((&path[..open], path[open + 1..close].parse().ok()?))
}

/// A fact as `observed` shows it: what is long is cut, with how much of how much is shown.
fn shown(node: &Node) -> Value {
    match node {
        Node::Text(text) => shown_text(text),
        Node::List(list) if list.iter().any(|one| matches!(one, Node::Map(_) | Node::List(_))) => json!({ "elements": list.len() }),
        Node::List(list) if list.len() > ELEMENTS => {
            let first: Vec<Value> = list.iter().take(ELEMENTS).map(shown).collect();
            json!({ "first": first, "shown": ELEMENTS, "elements": list.len() })
        }
        Node::List(list) => list.iter().map(shown).collect(),
        other => other.json(),
    }
}

fn shown_text(text: &str) -> Value {
    let characters = text.chars().count();
    if characters <= CHARACTERS {
        return text.into();
    }
    let start: String = text.chars().take(CHARACTERS).collect();
    json!({ "start": start, "shown": CHARACTERS, "characters": characters })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Arc<Document> {
        let source = |path: &str, call| Source { path: path.into(), call: CallId(call), observed_at: None };
        let sources = vec![source("", 1), source("status", 2), source("status.deep", 3), source("status", 4)];
        Arc::new(Document { label: String::new(), facts: Node::Null, sources })
    }

    #[test]
    fn the_longest_prefix_names_all_its_calls() {
        let document = document();
        let calls = |path| document.sources(path).map(|source| source.call.0).collect::<Vec<_>>();
        assert_eq!([calls("name"), calls("status"), calls("status_text")], [vec![1], vec![2, 4], vec![1]]);
        assert_eq!([calls("status.x"), calls("status.deep.x")], [vec![2, 4], vec![3]]);
    }

    #[test]
    fn long_things_say_how_much_of_them_is_shown() {
        let log = Log::default();
        let document = document();
        let text = |text: &str| Node::Text(text.into());
        log.read(&document, &"long".into(), &text(&"x".repeat(600)));
        log.read(&document, &"many".into(), &Node::List((0..57).map(Node::Int).collect()));
        log.read(&document, &"items".into(), &Node::List((0..57).map(|_| Node::Map(Arc::default())).collect()));
        for index in 0..57 {
            log.read(&document, &format!("items[{index}].name").into(), &Node::Int(index));
        }
        let observed = log.take().observed(&|_| None, &|_| None);
        assert_eq!(observed.values["long"]["characters"], 600);
        assert_eq!((&observed.values["many"]["shown"], &observed.values["many"]["elements"]), (&20.into(), &57.into()));
        assert_eq!(observed.values["items"], json!({"elements": 57, "shown": 20}));
        assert_eq!(observed.values["items[56].name"], 56, "the element read last decided");
        assert_eq!(observed.values.len(), 3 + 20);
    }
}
