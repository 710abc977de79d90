//! What a live session is asked to do, and what of it a resumed session must know again.

use std::path::PathBuf;

use super::accounts::{AccountEntry, Given};
use super::connect::Upstream;
use super::enter::Entered;
use super::limits::Limits;
use crate::model::assessment::Tool;
use crate::recording;

/// Names of what a session adds to [`recording::Asked::options`].
pub(super) const PROFILES: &str = "profiles";
pub(super) const ACCOUNTS: &str = "accounts";
pub(super) const REGIONS: &str = "regions";
pub(super) const CONFIGURED_REGION: &str = "configured_region";

/// What a live session needs.
#[derive(Clone, Debug)]
pub struct LiveSettings {
    /// Profiles; with `accounts` empty too, the default credential chain.
    pub profiles: Vec<String>,
    /// `[[account]]` entries.
    pub accounts: Vec<AccountEntry>,
    /// Narrows regional services to these Regions.
    pub regions: Option<Vec<String>>,
    /// Bounds.
    pub limits: Limits,
    /// Folder of the recording: does not exist, or is empty; on resume, the broken-off one.
    pub out: PathBuf,
    /// What records.
    pub tool: Tool,
    /// What is asked for. The session adds `profiles`, `accounts` (without external ids), `regions` to its options.
    pub asked: recording::Asked,
    /// What lies beneath.
    pub upstream: Upstream,
    /// Credentials and endpoint, instead of the process's.
    pub given: Option<Given>,
}

impl LiveSettings {
    /// Settings for the process's own credentials and the network.
    pub fn new(out: PathBuf, tool: Tool, asked: recording::Asked) -> Self {
        LiveSettings {
            profiles: Vec::new(),
            accounts: Vec::new(),
            regions: None,
            limits: Limits::default(),
            out,
            tool,
            asked,
            upstream: Upstream::Network,
            given: None,
        }
    }
}

pub(super) fn option<T: serde::de::DeserializeOwned>(asked: &recording::Asked, name: &str) -> Option<T> {
    serde_json::from_value(asked.options.get(name)?.clone()).ok()
}

/// What a resumed run must know of this one.
pub(super) fn remember(settings: &LiveSettings, entered: &[Entered]) -> recording::Asked {
    let mut asked = settings.asked.clone();
    let configured = entered.iter().find_map(|(account, _)| account.configured_region.clone());
    for (name, value) in [
        (PROFILES, serde_json::json!(settings.profiles)),
        (ACCOUNTS, serde_json::json!(settings.accounts)),
        (REGIONS, serde_json::json!(settings.regions)),
        (CONFIGURED_REGION, serde_json::json!(configured)),
    ] {
        asked.options.insert(name.to_owned(), value);
    }
    asked
}
