//! Statements: dated, expiring words of a named role about what no API shows. A valid one makes a waiting item `stated`, never
//! passed.

use std::path::Path;

use chrono::NaiveDate;
use sha2::Digest as _;

use super::document::{self, DocumentError, account, need_date};
use crate::catalog::Catalog;
use crate::catalog::diagnostic::{Diagnostic, suggestion};
use crate::catalog::toml_table::Table;
use crate::model::Instant;

/// A file that a statement rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementFile {
    /// Relative to the statements' folder.
    pub path: String,
    /// SHA-256, in hex, which the file really has.
    pub sha256: String,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// File name without its ending.
    pub id: String,
    /// Framework id.
    pub framework: String,
    /// Item id.
    pub item: String,
    /// Only this account, if given.
    pub account: Option<String>,
    /// What is stated.
    pub statement: String,
    /// Who states it.
    pub role: String,
    /// First day on which it holds.
    pub dated: NaiveDate,
    /// Last day on which it holds.
    pub expires: NaiveDate,
    /// What it rests on.
    pub files: Vec<StatementFile>,
    /// The file's text, for the pack's `inputs/`.
    pub text: String,
}

impl Statement {
    /// Whether it holds at an instant.
    pub fn valid(&self, as_of: Instant) -> bool {
        (self.dated..=self.expires).contains(&as_of.date_naive())
    }

    /// Whether it speaks about this item in this account.
    pub fn speaks_about(&self, framework: &str, item: &str, account: &str) -> bool {
        self.framework == framework && self.item == item && self.account.as_deref().is_none_or(|one| one == account)
    }
}

/// All statements of a run, by id.
#[derive(Clone, Debug, Default)]
pub struct Statements(Vec<Statement>);

impl Statements {
    /// Reads every `*.toml` of a folder and checks the files that they name.
    ///
    /// # Errors
    /// When a file cannot be read, or any holds an error.
    pub fn load(folder: &Path, catalog: &Catalog) -> Result<Self, DocumentError> {
        document::read_all(folder, "the statement", |id, file, table| read(id, file.text.to_string(), table, folder, catalog))
            .map(Statements)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Statement> {
        self.0.iter()
    }

    /// Whether a valid statement speaks about this item in this account.
    pub fn valid(&self, framework: &str, item: &str, account: &str, as_of: Instant) -> bool {
        self.0.iter().any(|statement| statement.valid(as_of) && statement.speaks_about(framework, item, account))
    }
}

fn read(id: String, text: String, table: &Table<'_, '_>, folder: &Path, catalog: &Catalog) -> Option<Statement> {
    let framework = table.need_string("framework");
    let item = table.need_string("item");
    let known = framework.as_ref().and_then(|framework| catalog.framework(&framework.value));
    if let (Some(framework), None) = (&framework, known) {
        let message = format!("unknown framework `{}`", framework.value);
        let hint = suggestion(&framework.value, catalog.framework_names());
        table.report(Diagnostic::error(table.file(), framework.span.clone(), message).maybe_hint(hint));
    }
    if let (Some(item), Some(known)) = (&item, known)
        && !known.items.iter().any(|one| one.id == item.value)
    {
        let message = format!("framework `{}` has no item `{}`", known.id, item.value);
        let hint = suggestion(&item.value, known.items.iter().map(|one| one.id.as_str()));
        table.report(Diagnostic::error(table.file(), item.span.clone(), message).maybe_hint(hint));
    }
    let account = account(table, false);
    let statement = table.need_string("statement");
    let role = table.need_string("role");
    let dated = need_date(table, "dated");
    let expires = need_date(table, "expires");
    let files = table.tables("files", "the statement's file").iter().filter_map(|one| read_file(one, folder)).collect();
    Some(Statement {
        id,
        framework: known?.id.clone(),
        item: item?.value,
        account,
        statement: statement?.value,
        role: role?.value,
        dated: dated?,
        expires: expires?,
        files,
        text,
    })
}

fn read_file(table: &Table<'_, '_>, folder: &Path) -> Option<StatementFile> {
    let path = table.need_string("path");
    let sha256 = table.need_string("sha256");
    table.finish();
    let (path, sha256) = (path?, sha256?);
    let inside = Path::new(&path.value).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if !inside {
        table.error(path.span, "`path` must lie within the statements' folder");
        return None;
    }
    let found = match std::fs::read(folder.join(&path.value)) {
        Ok(bytes) => hex::encode(sha2::Sha256::digest(&bytes)),
        Err(error) => {
            table.error(path.span, format!("cannot read `{}`: {error}", path.value));
            return None;
        }
    };
    if !found.eq_ignore_ascii_case(&sha256.value) {
        let hint = format!("write `{found}` if this is the file that the statement rests on");
        let message = format!("`{}` has another SHA-256", path.value);
        table.report(Diagnostic::error(table.file(), sha256.span, message).hint(hint));
        return None;
    }
    Some(StatementFile { path: path.value, sha256: found })
}
