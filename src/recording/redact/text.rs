//! Redaction of one string, through whatever encodings it holds.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::Marker;
use super::layers::{Layer, decode_percent, unescape_json, unescape_xml};
use crate::recording::secrets::{Found, secrets};

/// How many encodings may lie over each other.
const DEPTH: u32 = 3;
/// How often a text is searched again after something was removed from it.
const ROUNDS: usize = 8;

/// The encoding in which a string stands in its body. It is taken off before anything is searched, for what looks like a
/// secret in the encoded form may begin within an escape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Json,
    Xml,
    JsonPercent,
    XmlPercent,
}

impl Encoding {
    /// The same, with percent-encoding within.
    pub(super) fn with_percent(self) -> Self {
        match self {
            Encoding::Json | Encoding::JsonPercent => Encoding::JsonPercent,
            Encoding::Plain | Encoding::Xml | Encoding::XmlPercent => Encoding::XmlPercent,
        }
    }

    /// The string without the encoding.
    pub(super) fn decode(self, text: &str) -> String {
        let (outer, inner) = self.layers(text);
        inner.map_or_else(|| outer.text.into_owned(), |inner| inner.text.into_owned())
    }

    fn layers(self, text: &str) -> (Layer<'_>, Option<Layer<'static>>) {
        let outer = match self {
            Encoding::Plain => None,
            Encoding::Json | Encoding::JsonPercent => unescape_json(text),
            Encoding::Xml | Encoding::XmlPercent => unescape_xml(text),
        };
        let outer = outer.unwrap_or_else(|| Layer::plain(text));
        let percent = matches!(self, Encoding::JsonPercent | Encoding::XmlPercent);
        let inner = if percent { decode_percent(&outer.text) } else { None };
        (outer, inner)
    }
}

/// The text with a marker in place of each secret, or `None` where there is none.
///
/// Searches until nothing more is found, so that redacting again changes nothing.
pub(super) fn redact(text: &str, encoding: Encoding) -> Option<String> {
    let mut current = Cow::Borrowed(text);
    for _ in 0..ROUNDS {
        let Some(next) = round(&current, encoding) else { break };
        current = Cow::Owned(next);
    }
    match current {
        Cow::Borrowed(_) => None,
        Cow::Owned(text) => Some(text),
    }
}

/// Replaces what one search finds.
fn round(text: &str, encoding: Encoding) -> Option<String> {
    let (outer, inner) = encoding.layers(text);
    let lowest = inner.as_ref().unwrap_or(&outer);
    let found = merged(search(&lowest.text, DEPTH), &lowest.text);
    if found.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, names) in found {
        let above = inner.as_ref().map_or_else(|| range.clone(), |inner| inner.above(&range));
        let above = outer.above(&above);
        let length = lowest.text[range].chars().count();
        let patterns = names.iter().map(|name| (*name).to_owned()).collect();
        out.push_str(&text[at..above.start]);
        out.push_str(&Marker { length, patterns }.to_string());
        at = above.end;
    }
    out.push_str(&text[at..]);
    Some(out)
}

/// A marker for the whole text, with the patterns that are found in it.
pub(super) fn marker(text: &str, extra: Option<&'static str>) -> Marker {
    let found = search(text, DEPTH).into_iter().flat_map(|(_, names)| names);
    let names: BTreeSet<&str> = found.chain(extra).collect();
    Marker { length: text.chars().count(), patterns: names.into_iter().map(str::to_owned).collect() }
}

/// Secrets in the text and in every layer below it.
fn search(text: &str, depth: u32) -> Vec<Found> {
    let mut found = secrets().search(text);
    if depth > 0 {
        for layer in [unescape_json(text), decode_percent(text), unescape_xml(text)].into_iter().flatten() {
            found.extend(below(&layer, depth - 1));
        }
    }
    found
}

fn below(layer: &Layer<'_>, depth: u32) -> Vec<Found> {
    search(&layer.text, depth).into_iter().map(|(range, names)| (layer.above(&range), names)).collect()
}

/// Overlapping stretches as one, without those that are markers already.
fn merged(mut found: Vec<Found>, text: &str) -> Vec<Found> {
    let markers: Vec<Range<usize>> = Marker::spans(text).collect();
    found.retain(|(range, _)| !only_markers(range, &markers, text));
    found.sort_by_key(|(range, _)| (range.start, range.end));
    let mut merged: Vec<Found> = Vec::new();
    for (range, names) in found {
        match merged.last_mut().filter(|(last, _)| range.start < last.end) {
            Some((last, known)) => {
                last.end = last.end.max(range.end);
                known.extend(names);
            }
            None => merged.push((range, names)),
        }
    }
    merged
}

/// Whether a stretch holds nothing but markers, or parts of one.
fn only_markers(range: &Range<usize>, markers: &[Range<usize>], text: &str) -> bool {
    let mut rest = range.clone();
    for marker in markers.iter().filter(|marker| marker.start < range.end && range.start < marker.end) {
        if !is_dull(text.get(rest.start..marker.start.max(rest.start)).unwrap_or("x")) {
            return false;
        }
        rest.start = marker.end.min(range.end);
    }
    rest.start > range.start && is_dull(text.get(rest).unwrap_or("x"))
}

/// Quotes, brackets and the like around a marker are no secret.
fn is_dull(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ';' | ')' | ']' | '}' | '\\'))
}
