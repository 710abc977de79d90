//! Reads packs strictly: every file, every tag and attribute, every link, every cell.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use evidence::pack::text::is_hidden;

/// All files of a folder by relative path.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, below: &str, into: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).expect("folder") {
            let path = entry.expect("entry").path();
            let name = path.file_name().expect("name").to_str().expect("UTF-8").to_owned();
            let inside = if below.is_empty() { name } else { format!("{below}/{name}") };
            if path.is_dir() { walk(&path, &inside, into) } else { drop(into.insert(inside, std::fs::read(&path).expect("file"))) }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

/// A tag with its attributes.
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

const ELEMENTS: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "link",
    "body",
    "a",
    "div",
    "strong",
    "header",
    "nav",
    "ul",
    "ol",
    "li",
    "main",
    "footer",
    "p",
    "code",
    "span",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "svg",
    "rect",
    "dl",
    "dt",
    "dd",
    "pre",
    "section",
    "br",
    "em",
    "del",
    "hr",
    "blockquote",
];
const VOID: &[&str] = &["meta", "link", "br", "rect", "hr"];
const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "name",
    "content",
    "http-equiv",
    "rel",
    "href",
    "class",
    "id",
    "role",
    "aria-label",
    "aria-current",
    "aria-hidden",
    "aria-labelledby",
    "tabindex",
    "scope",
    "colspan",
    "viewBox",
    "preserveAspectRatio",
    "x",
    "y",
    "width",
    "height",
    "start",
];

/// Tokenizes a page as strictly as no browser would: unknown elements or attributes, unquoted values, a bare `<` or `&`,
/// unbalanced elements and hidden characters all fail.
pub fn tags(path: &str, html: &str) -> Vec<Tag> {
    if let Some(c) = html.chars().find(|c| is_hidden(*c)) {
        panic!("{path} holds the hidden character U+{:04X}", c as u32);
    }
    let mut rest = html.strip_prefix("<!doctype html>\n").unwrap_or_else(|| panic!("{path} has no doctype"));
    let (mut found, mut open) = (Vec::new(), Vec::<String>::new());
    while let Some(start) = rest.find('<') {
        text(path, &rest[..start]);
        let end = rest[start..].find('>').unwrap_or_else(|| panic!("{path}: tag without end")) + start;
        let inside = &rest[start + 1..end];
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{path}: closing tag");
        } else {
            let tag = tag(path, inside.strip_suffix('/').unwrap_or(inside));
            if !VOID.contains(&tag.name.as_str()) && !inside.ends_with('/') {
                open.push(tag.name.clone());
            }
            found.push(tag);
        }
        rest = &rest[end + 1..];
    }
    text(path, rest);
    assert!(open.is_empty(), "{path}: left open {open:?}");
    found
}

fn text(path: &str, text: &str) {
    assert!(!text.contains('>'), "{path}: bare > in {text:?}");
    for (at, _) in text.match_indices('&') {
        let name = text[at + 1..].split(';').next().unwrap_or_default();
        assert!(["amp", "lt", "gt", "quot", "#39", "ensp"].contains(&name), "{path}: entity {name:?}");
    }
}

fn tag(path: &str, inside: &str) -> Tag {
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    assert!(ELEMENTS.contains(&name), "{path}: element {name:?}");
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        let (key, value) = rest.trim_start().split_once("=\"").unwrap_or_else(|| panic!("{path}: attribute {rest:?}"));
        let (value, after) = value.split_once('"').unwrap_or_else(|| panic!("{path}: value {value:?}"));
        assert!(ATTRIBUTES.contains(&key), "{path}: attribute {key:?}");
        text(path, value);
        attributes.push((key.to_owned(), value.to_owned()));
        rest = after;
    }
    Tag { name: name.to_owned(), attributes }
}

/// Every link of every page leads to a file of the pack, and to an id where it names one. Returns the files linked.
pub fn check_links(files: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let mut linked = BTreeSet::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html") && !path.starts_with("inputs/")) {
        let html = std::str::from_utf8(bytes).expect("UTF-8");
        let tags = tags(path, html);
        let ids: Vec<&str> =
            tags.iter().flat_map(|tag| &tag.attributes).filter(|(key, _)| key == "id").map(|(_, id)| id.as_str()).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "{path}: an id stands twice");
        for (_, href) in tags.iter().flat_map(|tag| &tag.attributes).filter(|(key, _)| key == "href") {
            if let Some(id) = href.strip_prefix('#') {
                assert!(unique.contains(id), "{path}: no id {id}");
                continue;
            }
            let target = resolve(path, href.split('#').next().unwrap_or_default());
            assert!(files.contains_key(&target), "{path} links to {href}, which is {target}");
            linked.insert(target);
        }
    }
    linked
}

fn resolve(from: &str, href: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        if part == ".." {
            parts.pop().unwrap_or_else(|| panic!("{from}: {href} leaves the pack"));
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// Reads a CSV: all rows of one length, no cell a formula, nothing hidden. Returns the rows below the titles.
pub fn csv_rows(path: &str, bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let mut rows = vec![reader.headers().expect("titles").iter().map(str::to_owned).collect::<Vec<_>>()];
    rows.extend(
        reader.records().map(|row| row.unwrap_or_else(|error| panic!("{path}: {error}")).iter().map(str::to_owned).collect::<Vec<_>>()),
    );
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{path}: {cell:?} may be a formula");
        assert!(!cell.chars().any(|c| is_hidden(c) || c == '\n'), "{path}: {cell:?} hides something");
    }
    rows.split_off(1)
}
