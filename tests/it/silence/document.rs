//! A recorded body as a tree that can be changed: members taken out or given another value, by the paths of the operation table.

use evidence::recording::cbor::{self, Cbor};
use serde_json::Value;

/// A body.
#[derive(Clone, Debug)]
pub enum Document {
    Xml(Element),
    Json(Value),
    /// CBOR, as JSON.
    Cbor(Value),
}

/// An element with its start tag as written and what it holds.
#[derive(Clone, Debug)]
pub struct Element {
    pub name: String,
    attributes: String,
    text: String,
    pub children: Vec<Element>,
}

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Child(usize),
    Key(String),
}

/// Where something stands.
pub type Place = Vec<Step>;

impl Document {
    /// Reads a body of the emulator; `None` where it is neither XML, CBOR nor a JSON object.
    pub fn parse(body: &[u8]) -> Option<Self> {
        if cbor::is_map(body) {
            return cbor::parse(body).ok().map(|value| Document::Cbor(value.json()));
        }
        let text = std::str::from_utf8(body).ok()?.trim();
        if text.starts_with('<') {
            return element(skip_prolog(text)).map(|(root, _)| Document::Xml(root));
        }
        serde_json::from_str(text).ok().filter(Value::is_object).map(Document::Json)
    }

    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Document::Xml(root) => {
                let mut text = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
                root.write(&mut text);
                text.into_bytes()
            }
            Document::Json(value) => value.to_string().into_bytes(),
            Document::Cbor(value) => Cbor::of_json(value).bytes(),
        }
    }

    /// Every place that the steps of a path lead to.
    pub fn places(&self, steps: &[&str]) -> Vec<Place> {
        match self {
            Document::Xml(root) => xml_places(root, steps),
            Document::Json(value) | Document::Cbor(value) => json_places(value, steps),
        }
    }

    /// The same without what stands at a place.
    pub fn without(&self, place: &Place) -> Document {
        let mut changed = self.clone();
        let (last, above) = place.split_last().expect("the root is not taken away");
        match (&mut changed, last) {
            (Document::Xml(root), Step::Child(index)) => drop(descend(root, above).children.remove(*index)),
            (Document::Json(value) | Document::Cbor(value), Step::Key(key)) => {
                drop(descend_json(value, above).as_object_mut().expect("an object").remove(key))
            }
            (Document::Json(value) | Document::Cbor(value), Step::Child(index)) => {
                drop(descend_json(value, above).as_array_mut().expect("a list").remove(*index))
            }
            _ => unreachable!("XML has no keys"),
        }
        changed
    }

    /// The same with other text at a place: a leaf in XML, a value in JSON.
    pub fn with(&self, place: &Place, text: &str, json: Value) -> Document {
        let mut changed = self.clone();
        match &mut changed {
            Document::Xml(root) => {
                let element = descend(root, place);
                (element.text, element.children) = (text.to_owned(), Vec::new());
            }
            Document::Json(value) | Document::Cbor(value) => *descend_json(value, place) = json,
        }
        changed
    }

    /// The same with a member set below the element or object at a place, whether it was there or not.
    pub fn set(&self, place: &Place, name: &str, text: &str, json: Value) -> Document {
        let mut changed = self.clone();
        match &mut changed {
            Document::Xml(root) => {
                let parent = descend(root, place);
                parent.children.retain(|child| child.name != name);
                parent.children.push(Element { name: name.into(), attributes: String::new(), text: text.into(), children: Vec::new() });
            }
            Document::Json(value) | Document::Cbor(value) => {
                descend_json(value, place).as_object_mut().expect("an object").insert(name.into(), json);
            }
        }
        changed
    }

    /// Whether there is a member below a place.
    pub fn has(&self, place: &Place, name: &str) -> bool {
        match self {
            Document::Xml(root) => descend(&mut root.clone(), place).children.iter().any(|child| child.name == name),
            Document::Json(value) | Document::Cbor(value) => descend_json(&mut value.clone(), place).get(name).is_some(),
        }
    }

    /// Every text, with the path of names that leads to it (the same for all elements of a list) and its place.
    pub fn leaves(&self) -> Vec<(String, Place, String)> {
        let found = self.members();
        found.into_iter().filter_map(|(path, place, text)| Some((path, place, text?))).collect()
    }

    /// Every member but elements of lists, with path and place; texts with what they say.
    pub fn members(&self) -> Vec<(String, Place, Option<String>)> {
        let mut found = Vec::new();
        match self {
            Document::Xml(root) => xml_members(root, "", &[], &mut found),
            Document::Json(value) | Document::Cbor(value) => json_members(value, "", &[], &mut found),
        }
        found
    }
}

fn xml_members(element: &Element, path: &str, place: &[Step], found: &mut Vec<(String, Place, Option<String>)>) {
    for (index, child) in element.children.iter().enumerate() {
        let path = if path.is_empty() { child.name.clone() } else { format!("{path}.{}", child.name) };
        let place = [place, &[Step::Child(index)]].concat();
        if !["member", "entry", "item"].contains(&child.name.as_str()) {
            found.push((path.clone(), place.clone(), child.children.is_empty().then(|| child.text.clone())));
        }
        xml_members(child, &path, &place, found);
    }
}

fn json_members(value: &Value, path: &str, place: &[Step], found: &mut Vec<(String, Place, Option<String>)>) {
    match value {
        Value::Object(members) => {
            for (name, child) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                let place = [place, &[Step::Key(name.clone())]].concat();
                found.push((path.clone(), place.clone(), child.as_str().map(str::to_owned)));
                json_members(child, &path, &place, found);
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                json_members(child, &format!("{path}[]"), &[place, &[Step::Child(index)]].concat(), found);
            }
        }
        _ => {}
    }
}

impl Element {
    fn write(&self, out: &mut String) {
        let Element { name, attributes, text, children } = self;
        out.push_str(&format!("<{name}{attributes}>{text}"));
        children.iter().for_each(|child| child.write(out));
        out.push_str(&format!("</{name}>"));
    }
}

fn skip_prolog(text: &str) -> &str {
    match text.strip_prefix("<?") {
        Some(rest) => rest.split_once("?>").map_or(text, |(_, rest)| rest.trim_start()),
        None => text,
    }
}

/// Reads one element; enough for what the emulator and AWS write, which mix no text with elements.
fn element(text: &str) -> Option<(Element, &str)> {
    let (tag, mut rest) = text.strip_prefix('<')?.split_once('>')?;
    let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
    let (name, attributes) = tag.find(char::is_whitespace).map_or((tag, ""), |at| tag.split_at(at));
    let mut read = Element { name: name.into(), attributes: attributes.into(), text: String::new(), children: Vec::new() };
    let end = format!("</{name}>");
    if empty {
        return Some((read, rest));
    }
    loop {
        if let Some(after) = rest.trim_start().strip_prefix(end.as_str()) {
            return Some((read, after));
        }
        if rest.trim_start().starts_with('<') {
            let (child, after) = element(rest.trim_start())?;
            read.children.push(child);
            rest = after;
        } else {
            let at = rest.find('<')?;
            read.text.push_str(&rest[..at]);
            rest = &rest[at..];
        }
    }
}

fn xml_places(element: &Element, steps: &[&str]) -> Vec<Place> {
    let Some((step, rest)) = steps.split_first() else { return vec![Vec::new()] };
    let name = step.trim_end_matches("[]").trim_end_matches('?');
    let named = element.children.iter().enumerate().filter(|(_, child)| name.split('|').any(|name| name == child.name));
    named.flat_map(|(index, child)| below(Step::Child(index), xml_places(child, rest))).collect()
}

fn json_places(value: &Value, steps: &[&str]) -> Vec<Place> {
    let Some((step, rest)) = steps.split_first() else { return vec![Vec::new()] };
    let (name, list) = step.strip_suffix("[]").map_or((*step, false), |name| (name, true));
    let mut found = Vec::new();
    if name == "*" {
        let members = value.as_object().into_iter().flatten();
        return members.flat_map(|(key, child)| below(Step::Key(key.clone()), json_places(child, rest))).collect();
    }
    for name in name.trim_end_matches('?').split('|') {
        let Some(child) = value.get(name) else { continue };
        let key = Step::Key(name.to_owned());
        match child.as_array().filter(|_| list) {
            Some(items) => items.iter().enumerate().for_each(|(index, item)| {
                found.extend(below(key.clone(), below(Step::Child(index), json_places(item, rest))));
            }),
            None => found.extend(below(key, json_places(child, rest))),
        }
    }
    found
}

fn below(step: Step, places: Vec<Place>) -> Vec<Place> {
    places.into_iter().map(|place| [vec![step.clone()], place].concat()).collect()
}

fn descend<'e>(element: &'e mut Element, place: &[Step]) -> &'e mut Element {
    place.iter().fold(element, |element, step| match step {
        Step::Child(index) => &mut element.children[*index],
        Step::Key(_) => unreachable!("XML has no keys"),
    })
}

fn descend_json<'v>(value: &'v mut Value, place: &[Step]) -> &'v mut Value {
    place.iter().fold(value, |value, step| match step {
        Step::Child(index) => &mut value[*index],
        Step::Key(key) => &mut value[key.as_str()],
    })
}
