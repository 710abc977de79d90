//! `recording.json`: who recorded what, when, with which versions, and whether the recording came to its end.
//!
//! Written when a run starts, replaced as accounts and Regions become known, and replaced a last time when the run ends: a
//! header that says `complete` was written after everything else was on disk.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::RecordingError;
use super::line::FORMAT;
use crate::model::Instant;
use crate::model::assessment::{AccountNote, Excluded, RecordingOrigin, RegionNote, Scope, Tool};
use crate::model::kind::Wanted;

/// The file's name within a recording.
pub const HEADER_FILE: &str = "recording.json";

/// How far a recording came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Being written, or its writer was killed.
    Running,
    /// Its writer ended early in an orderly way (Ctrl-C, an error); can be resumed.
    BrokenOff,
    /// Its writer asked everything that it meant to ask.
    Complete,
}

/// An account of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// What the assessment says of it, too.
    #[serde(flatten)]
    pub note: AccountNote,
    /// Where the credentials came from, in the user's words: `profile audit`, `role_arn arn:aws:iam::…`; never a secret.
    pub source: String,
}

/// What the run was asked for; a resumed run asks for the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Framework ids in the order given.
    pub frameworks: Vec<String>,
    /// Kinds, each with its groups of facts as the collectors of [`Header::tool`] number them.
    pub wanted: BTreeMap<String, BTreeSet<usize>>,
    /// Groups wanted only of resources that others name: kind, group, and kind and path of the fact that names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<(String, usize, String, String)>,
    /// Further options that decide what is asked (`region`, `profile`), by name.
    #[serde(default)]
    pub options: BTreeMap<String, serde_json::Value>,
}

impl Asked {
    /// Kinds and groups as collectors take them.
    pub fn wanted(&self) -> Wanted {
        let mut wanted = Wanted::of_all(self.wanted.clone());
        for (kind, group, by, path) in &self.named {
            wanted.add_named(kind, *group, &(by.clone(), path.clone()));
        }
        wanted
    }
}

/// The header.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Major version of the format: [`FORMAT`].
    pub format: u32,
    /// What recorded.
    pub tool: Tool,
    /// Version of the redaction rules.
    pub rules: u32,
    /// AWS or emulated.
    pub origin: RecordingOrigin,
    /// Accounts, ordered by id.
    pub accounts: Vec<Account>,
    /// Every Region of every account, with its status as AWS told it.
    pub regions: Vec<RegionNote>,
    /// What the user left out.
    pub excluded: Vec<Excluded>,
    /// What the run was asked for.
    pub asked: Asked,
    /// Start of collection. The only clock that requests may carry.
    pub started: Instant,
    /// When the recording was resumed.
    #[serde(default)]
    pub resumed: Vec<Instant>,
    /// End of collection; `None` until then.
    pub ended: Option<Instant>,
    /// The largest difference seen between our clock and AWS's `Date`, in seconds; positive where ours was ahead.
    pub clock_skew_seconds: Option<i64>,
    /// How far it came.
    pub state: State,
    /// Calls by file, once the recording is complete: a missing file or line is noticed.
    #[serde(default)]
    pub calls: BTreeMap<String, u64>,
}

impl Header {
    /// A header of a run that starts now, with nothing known yet.
    pub fn new(tool: Tool, origin: RecordingOrigin, asked: Asked, started: Instant) -> Self {
        Header {
            format: FORMAT,
            tool,
            rules: super::redact::RULES,
            origin,
            accounts: Vec::new(),
            regions: Vec::new(),
            excluded: Vec::new(),
            asked,
            started,
            resumed: Vec::new(),
            ended: None,
            clock_skew_seconds: None,
            state: State::Running,
            calls: BTreeMap::new(),
        }
    }

    /// The scope as the assessment shows it.
    pub fn scope(&self) -> Scope {
        let mut scope = Scope {
            accounts: self.accounts.iter().map(|account| account.note.clone()).collect(),
            regions: self.regions.clone(),
            excluded: self.excluded.clone(),
        };
        scope.accounts.sort_by(|a, b| a.id.cmp(&b.id));
        scope.regions.sort();
        scope.excluded.sort();
        scope
    }

    /// Reads a header. The format is looked at first, so that a newer one is named as such whatever else it holds.
    ///
    /// # Errors
    /// When the format is newer than [`FORMAT`], or the text is not a header.
    pub fn parse(bytes: &[u8]) -> Result<Self, RecordingError> {
        let damaged =
            |error: serde_json::Error| RecordingError::damaged(HEADER_FILE, Some(error.line() as u64), format!("not a header: {error}"));
        let value: serde_json::Value = serde_json::from_slice(bytes).map_err(damaged)?;
        match value.get("format").and_then(serde_json::Value::as_u64) {
            Some(found) if found > u64::from(FORMAT) => {
                let tool = value.pointer("/tool/version").and_then(|version| version.as_str()).map(str::to_owned);
                Err(RecordingError::NewerFormat { found, tool })
            }
            Some(found) if found > 0 => serde_json::from_slice(bytes).map_err(damaged),
            _ => Err(RecordingError::damaged(HEADER_FILE, None, "`format` is missing or not a positive number")),
        }
    }

    /// The header as it stands on disk: indented, with a newline at the end.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Cannot fail: all keys are strings and no serializer of these types returns an error.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_else(|error| unreachable!("header does not serialize: {error}"));
        bytes.push(b'\n');
        bytes
    }
}
