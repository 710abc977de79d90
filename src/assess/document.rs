//! Reads what people write beside the catalogue: one TOML file for each waiver or statement. The words for what is wrong with
//! such a file are those of the catalogue's diagnostics.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use toml::de::DeValue;

use crate::catalog::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::catalog::files::FilesError;
use crate::catalog::toml_table::{self, Table};

/// Why waivers or statements cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A file could not be read.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// Files hold errors; all of them are listed.
    #[error("{0}")]
    Faults(Diagnostics),
}

/// Reads every `*.toml` of a folder, ordered by name, and hands the root table of each to `read`.
pub(super) fn read_all<T>(
    folder: &Path,
    what: &'static str,
    mut read: impl FnMut(String, &Arc<SourceFile>, &Table<'_, '_>) -> Option<T>,
) -> Result<Vec<T>, DocumentError> {
    let mut found = Vec::new();
    let faults = RefCell::new(Diagnostics::default());
    for (id, file) in sources(folder)? {
        let Some(document) = toml_table::parse(&file, &file.text, 0, &faults) else { continue };
        let root = Table::root(&file, 0, &document, what, &faults);
        let one = read(id, &file, &root);
        root.finish();
        found.extend(one);
    }
    let mut faults = faults.into_inner();
    faults.settle();
    if faults.errors() > 0 { Err(DocumentError::Faults(faults)) } else { Ok(found) }
}

/// The folder's files: id (the name without its ending) and text.
fn sources(folder: &Path) -> Result<Vec<(String, Arc<SourceFile>)>, FilesError> {
    let unreadable = |path: &Path, source| FilesError::Unreadable { path: path.to_owned(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
        let path = entry.map_err(|error| unreadable(folder, error))?.path();
        let Some(id) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".toml").map(str::to_owned)) else { continue };
        if id.starts_with('.') || path.is_dir() {
            continue;
        }
        let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, error))?;
        let text = String::from_utf8(bytes).map_err(|_| FilesError::NotText { path: path.clone() })?;
        found.push((id, Arc::new(SourceFile { path: path.to_string_lossy().into_owned(), text: text.into() })));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

/// A day, written as a TOML date or in quotes; must be there.
pub(super) fn need_date(table: &Table<'_, '_>, key: &str) -> Option<NaiveDate> {
    let Some(at) = table.raw(key) else {
        table.missing(key);
        return None;
    };
    let text = match at.value {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        _ => String::new(),
    };
    match NaiveDate::parse_from_str(&text, "%Y-%m-%d") {
        Ok(date) => Some(date),
        Err(_) => {
            let message = format!("`{key}` must be a day");
            table.report(Diagnostic::error(table.file(), at.span, message).hint("write it like `2026-01-31`"));
            None
        }
    }
}

/// A twelve-digit account id; `None` where the key is missing, which `need` reports.
pub(super) fn account(table: &Table<'_, '_>, need: bool) -> Option<String> {
    let at = if need { table.need_string("account")? } else { table.string("account")? };
    if at.value.len() == 12 && at.value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(at.value);
    }
    table.error(at.span, "`account` must be an account id of twelve digits");
    None
}
