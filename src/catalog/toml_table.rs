//! Reads TOML tables key by key and points at every fault in them: missing, unknown and mistyped keys. What the keys mean
//! stands with the callers (controls, frameworks, waivers, statements).

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostic, Diagnostics, SourceFile, suggestion};

/// Something with its place in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    /// The thing.
    pub value: T,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// A table of a file with what its reader needs to report faults.
pub struct Table<'a, 'i> {
    file: &'a Arc<SourceFile>,
    offset: usize,
    table: &'a DeTable<'i>,
    span: Range<usize>,
    what: &'a str,
    asked: RefCell<BTreeSet<String>>,
    faults: &'a RefCell<Diagnostics>,
}

/// Parses `text`, which begins at byte `offset` of the file, and reports what is no TOML.
pub fn parse<'i>(file: &Arc<SourceFile>, text: &'i str, offset: usize, faults: &RefCell<Diagnostics>) -> Option<Spanned<DeTable<'i>>> {
    match DeTable::parse(text) {
        Ok(table) => Some(table),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let mut message = error.message().replace('\n', ", ");
            if let Some(first) = message.get_mut(0..1) {
                first.make_ascii_lowercase();
            }
            faults.borrow_mut().push(Diagnostic::error(
                file,
                span.start + offset..span.end + offset,
                format!("this is not TOML: {message}"),
            ));
            None
        }
    }
}

impl<'a, 'i> Table<'a, 'i> {
    /// The root table. `what` names it in messages: `a control`.
    pub fn root(
        file: &'a Arc<SourceFile>,
        offset: usize,
        table: &'a Spanned<DeTable<'i>>,
        what: &'a str,
        faults: &'a RefCell<Diagnostics>,
    ) -> Self {
        let span = offset..offset;
        Table { file, offset, table: table.get_ref(), span, what, asked: RefCell::default(), faults }
    }

    /// Where the table stands.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The file.
    pub fn file(&self) -> &'a Arc<SourceFile> {
        self.file
    }

    /// Reports a fault.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.faults.borrow_mut().push(diagnostic);
    }

    /// Reports an error at `span`.
    pub fn error(&self, span: Range<usize>, message: impl Into<String>) {
        self.report(Diagnostic::error(self.file, span, message));
    }

    fn at(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }

    /// The raw value of a key.
    pub fn raw(&self, key: &str) -> Option<At<&'a DeValue<'i>>> {
        self.asked.borrow_mut().insert(key.to_owned());
        let value = self.table.get(key)?;
        Some(At { value: value.get_ref(), span: self.at(value.span()) })
    }

    /// Whether the table has the key, without asking for it.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn mistyped(&self, key: &str, span: Range<usize>, wanted: &str, found: &DeValue<'_>) {
        let message = format!("`{key}` must be {wanted}, not {}", word(found));
        self.report(Diagnostic::error(self.file, span, message));
    }

    /// A string, reported where it is something else.
    pub fn string(&self, key: &str) -> Option<At<String>> {
        let At { value, span } = self.raw(key)?;
        match value {
            DeValue::String(text) => Some(At { value: text.to_string(), span }),
            other => {
                self.mistyped(key, span, "a string", other);
                None
            }
        }
    }

    /// A string that must be there and not be blank.
    pub fn need_string(&self, key: &str) -> Option<At<String>> {
        if !self.has(key) {
            self.missing(key);
            return None;
        }
        let text = self.string(key)?;
        if text.value.trim().is_empty() {
            self.error(text.span, format!("`{key}` is empty"));
            return None;
        }
        Some(text)
    }

    /// Reports that a key is missing.
    pub fn missing(&self, key: &str) {
        self.asked.borrow_mut().insert(key.to_owned());
        self.report(Diagnostic::error(self.file, self.span.clone(), format!("{} lacks `{key}`", self.what)));
    }

    /// A boolean.
    pub fn flag(&self, key: &str) -> Option<bool> {
        let At { value, span } = self.raw(key)?;
        match value {
            DeValue::Boolean(flag) => Some(*flag),
            other => {
                self.mistyped(key, span, "`true` or `false`", other);
                None
            }
        }
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.string(key)?;
        let found = words.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
        if found.is_none() {
            let hint = suggestion(&text.value, words.iter().map(|(word, _)| *word));
            self.report(Diagnostic::error(self.file, text.span, format!("`{key}` cannot be `{}`", text.value)).maybe_hint(hint));
        }
        found
    }

    /// A list of strings.
    pub fn strings(&self, key: &str) -> Vec<At<String>> {
        let Some(At { value, span }) = self.raw(key) else { return Vec::new() };
        let DeValue::Array(array) = value else {
            self.mistyped(key, span, "a list of strings", value);
            return Vec::new();
        };
        let mut found = Vec::new();
        for element in array {
            let span = self.at(element.span());
            match element.get_ref() {
                DeValue::String(text) => found.push(At { value: text.to_string(), span }),
                other => self.mistyped(key, span, "a list of strings", other),
            }
        }
        found
    }

    /// A sub-table. `what` names it in messages.
    pub fn table(&self, key: &str, what: &'a str) -> Option<Table<'a, 'i>> {
        let At { value, span } = self.raw(key)?;
        self.as_table(key, value, span, what)
    }

    fn as_table(&self, key: &str, value: &'a DeValue<'i>, span: Range<usize>, what: &'a str) -> Option<Table<'a, 'i>> {
        let DeValue::Table(table) = value else {
            self.mistyped(key, span, "a table", value);
            return None;
        };
        Some(Table { file: self.file, offset: self.offset, table, span, what, asked: RefCell::default(), faults: self.faults })
    }

    /// An array of tables (`[[key]]`), in the order of the file.
    pub fn tables(&self, key: &str, what: &'a str) -> Vec<Table<'a, 'i>> {
        let Some(At { value, span }) = self.raw(key) else { return Vec::new() };
        let DeValue::Array(array) = value else {
            self.mistyped(key, span, "a list of tables", value);
            return Vec::new();
        };
        array.iter().filter_map(|element| self.as_table(key, element.get_ref(), self.at(element.span()), what)).collect()
    }

    /// All keys with their values in the order of the file; asks for all of them.
    pub fn entries(&self) -> Vec<(At<String>, At<&'a DeValue<'i>>)> {
        let mut entries: Vec<_> = self
            .table
            .iter()
            .map(|(key, value)| {
                let name = At { value: key.get_ref().to_string(), span: self.at(key.span()) };
                (name, At { value: value.get_ref(), span: self.at(value.span()) })
            })
            .collect();
        entries.sort_by_key(|(name, _)| name.span.start);
        self.asked.borrow_mut().extend(entries.iter().map(|(name, _)| name.value.clone()));
        entries
    }

    /// All keys with their values as tables, in the order of the file.
    pub fn each_table(&self, what: &'a str) -> Vec<(At<String>, Table<'a, 'i>)> {
        let entries = self.entries();
        entries
            .into_iter()
            .filter_map(|(name, At { value, span })| Some((name.clone(), self.as_table(&name.value, value, span, what)?)))
            .collect()
    }

    /// Reports all keys that nobody asked for.
    pub fn finish(&self) {
        let asked = self.asked.borrow();
        for (key, _) in self.table.iter().filter(|(key, _)| !asked.contains(key.get_ref().as_ref())) {
            let message = format!("unknown key `{}` in {}", key.get_ref(), self.what);
            let hint = suggestion(key.get_ref(), asked.iter().map(String::as_str));
            self.report(Diagnostic::error(self.file, self.at(key.span()), message).maybe_hint(hint));
        }
    }
}

/// A TOML value as JSON: dates and times become their text, and so do numbers that JSON cannot hold exactly.
pub fn json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::String(number.to_string()), Value::from)
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Value::String(number.to_string()), Value::from),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(instant) => Value::String(instant.to_string()),
        DeValue::Array(array) => array.iter().map(|element| json(element.get_ref())).collect(),
        DeValue::Table(table) => {
            Value::Object(table.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref()))).collect())
        }
    }
}

/// What a value is, for messages.
fn word(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
