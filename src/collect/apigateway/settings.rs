//! Which settings of a stage hold for which method. Pure.
//!
//! `methodSettings` has one entry for all methods, `*/*`, and one for each method that differs. An entry is whole: AWS fills what was not set
//! when it is made, so a method's own entry replaces the other altogether. Keys are the path, in which `~1` stands for a slash, a slash and
//! the verb; the path's first slash may be missing.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_apigateway::types::MethodSetting;

use super::facts::{MethodOverride, MethodSettings};

/// The key for all methods.
const ALL: &str = "*/*";

/// `methodSettings` as AWS sends it.
pub type Settings = HashMap<String, MethodSetting>;

/// What holds where a stage has no entry at all.
fn unset() -> MethodSettings {
    MethodSettings {
        metrics_enabled: false,
        logging_level: None,
        data_trace_enabled: false,
        throttling_burst_limit: None,
        throttling_rate_limit: None,
        caching_enabled: false,
        cache_ttl_in_seconds: None,
        cache_data_encrypted: false,
        require_authorization_for_cache_control: false,
        unauthorized_cache_control_header_strategy: None,
    }
}

fn entry(setting: &MethodSetting) -> MethodSettings {
    MethodSettings {
        metrics_enabled: setting.metrics_enabled,
        logging_level: setting.logging_level.clone(),
        data_trace_enabled: setting.data_trace_enabled,
        throttling_burst_limit: Some(i64::from(setting.throttling_burst_limit)),
        throttling_rate_limit: Some(setting.throttling_rate_limit),
        caching_enabled: setting.caching_enabled,
        cache_ttl_in_seconds: Some(i64::from(setting.cache_ttl_in_seconds)),
        cache_data_encrypted: setting.cache_data_encrypted,
        require_authorization_for_cache_control: setting.require_authorization_for_cache_control,
        unauthorized_cache_control_header_strategy: setting
            .unauthorized_cache_control_header_strategy
            .as_ref()
            .map(|word| word.as_str().to_owned()),
    }
}

/// The settings for all methods.
pub fn default(settings: &Settings) -> MethodSettings {
    settings.get(ALL).map_or_else(unset, entry)
}

/// The entries for single methods, by key.
pub fn overrides(settings: &Settings) -> Vec<MethodOverride> {
    let single = settings.iter().filter(|(key, _)| *key != ALL);
    let sorted: BTreeMap<String, MethodSettings> = single.map(|(key, setting)| (shown(key), entry(setting))).collect();
    sorted.into_iter().map(|(method_path, settings)| MethodOverride { method_path, settings }).collect()
}

/// The settings for one method, and whether they are an entry of its own.
///
/// # Errors
/// When an entry may be meant for the method in a way that AWS does not document, or two entries are.
pub fn effective(settings: &Settings, path: &str, verb: &str) -> Result<(MethodSettings, bool), String> {
    let mut own: Option<MethodSettings> = None;
    for (key, setting) in settings.iter().filter(|(key, _)| *key != ALL) {
        let (of, of_verb) = parse(key);
        let (same_path, same_verb) = (of == bare(path), of_verb == verb);
        let wild = (of == "*" || same_path) && (of_verb == "*" || same_verb);
        if wild && !(same_path && same_verb) {
            return Err(format!("the stage has settings for `{key}`, a form that AWS does not document"));
        }
        if wild && own.replace(entry(setting)).is_some_and(|other| Some(other) != own) {
            return Err(format!("the stage has two different entries of settings for `{verb} {path}`"));
        }
    }
    Ok(own.map_or_else(|| (default(settings), false), |own| (own, true)))
}

/// The key as people read it: `/orders/{id}/GET`.
fn shown(key: &str) -> String {
    let (path, verb) = parse(key);
    if path.is_empty() { format!("/{verb}") } else { format!("/{path}/{verb}") }
}

/// Path without its first slash, and verb.
fn parse(key: &str) -> (String, String) {
    let (path, verb) = key.rsplit_once('/').unwrap_or(("", key));
    (bare(&path.replace("~1", "/").replace("~0", "~")).to_owned(), verb.to_owned())
}

fn bare(path: &str) -> &str {
    path.strip_prefix('/').unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(rate: f64) -> MethodSetting {
        MethodSetting::builder().throttling_rate_limit(rate).throttling_burst_limit(1).logging_level("ERROR").build()
    }

    fn settings(keys: &[(&str, f64)]) -> Settings {
        keys.iter().map(|(key, rate)| ((*key).to_owned(), at(*rate))).collect()
    }

    fn rate(settings: &Settings, path: &str, verb: &str) -> Result<(Option<f64>, bool), String> {
        effective(settings, path, verb).map(|(settings, own)| (settings.throttling_rate_limit, own))
    }

    #[test]
    fn an_entry_of_its_own_wins_over_the_stages() {
        let stage = settings(&[("*/*", 100.0), ("~1orders~1{id}/GET", 5.0), ("items/POST", 7.0), ("~1/GET", 9.0), ("~1/ANY", 3.0)]);
        assert_eq!(rate(&stage, "/orders/{id}", "GET"), Ok((Some(5.0), true)));
        assert_eq!(rate(&stage, "/orders/{id}", "PUT"), Ok((Some(100.0), false)));
        assert_eq!(rate(&stage, "/orders", "GET"), Ok((Some(100.0), false)));
        assert_eq!(rate(&stage, "/items", "POST"), Ok((Some(7.0), true)));
        assert_eq!(rate(&stage, "/", "GET"), Ok((Some(9.0), true)));
        assert_eq!(rate(&stage, "/", "ANY"), Ok((Some(3.0), true)));
    }

    #[test]
    fn without_any_entry_only_the_accounts_limits_hold_and_nothing_is_logged() {
        let (none, own) = effective(&Settings::new(), "/orders", "GET").expect("nothing to be unclear about");
        assert_eq!((none.throttling_rate_limit, none.logging_level, own), (None, None, false));
        assert_eq!(default(&Settings::new()).throttling_burst_limit, None);
    }

    #[test]
    fn entries_that_cannot_be_told_apart_settle_nothing() {
        assert!(rate(&settings(&[("~1orders/GET", 5.0), ("orders/GET", 6.0)]), "/orders", "GET").is_err());
        assert_eq!(rate(&settings(&[("~1orders/GET", 5.0), ("orders/GET", 5.0)]), "/orders", "GET"), Ok((Some(5.0), true)));
        assert!(rate(&settings(&[("*/GET", 5.0)]), "/orders", "GET").is_err());
        assert!(rate(&settings(&[("~1orders/*", 5.0)]), "/orders", "GET").is_err());
        assert_eq!(rate(&settings(&[("*/*", 1.0), ("~1orders/*", 5.0)]), "/items", "GET"), Ok((Some(1.0), false)));
    }

    #[test]
    fn overrides_are_listed_by_key_without_the_stages_own() {
        let stage = settings(&[("*/*", 100.0), ("~1b~0c/GET", 5.0), ("a/POST", 7.0), ("~1/GET", 9.0)]);
        let keys: Vec<String> = overrides(&stage).into_iter().map(|entry| entry.method_path).collect();
        assert_eq!(keys, ["/GET", "/a/POST", "/b~c/GET"]);
    }
}
