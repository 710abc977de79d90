//! When AWS deprecates a runtime (`data/runtimes.toml`). AWS tells it on a page of its documentation and in no answer of its API.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use crate::model::Instant;

/// The list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Runtimes {
    date: NaiveDate,
    source: String,
    deprecated: BTreeMap<String, NaiveDate>,
    announced_none: BTreeSet<String>,
}

static RUNTIMES: LazyLock<Runtimes> = LazyLock::new(|| {
    // Cannot fail: the file is part of the binary, and a unit test loads it.
    Runtimes::load(include_str!("data/runtimes.toml")).unwrap_or_else(|error| unreachable!("data/runtimes.toml: {error}"))
});

impl Runtimes {
    fn load(text: &str) -> Result<Self, String> {
        let runtimes: Runtimes = toml::from_str(text).map_err(|error| error.to_string())?;
        let twice: BTreeSet<&String> = runtimes.announced_none.iter().filter(|name| runtimes.deprecated.contains_key(*name)).collect();
        if twice.is_empty() { Ok(runtimes) } else { Err(format!("{twice:?} stand twice")) }
    }
}

/// When the runtime is, or was, deprecated: the beginning of that day in UTC; `None` where AWS has announced no day.
///
/// # Errors
/// When the list does not know the runtime.
pub fn deprecation(runtime: &str) -> Result<Option<Instant>, String> {
    if let Some(day) = RUNTIMES.deprecated.get(runtime) {
        return Ok(Some(day.and_time(NaiveTime::MIN).and_utc()));
    }
    match RUNTIMES.announced_none.contains(runtime) {
        true => Ok(None),
        false => Err(format!("the list of runtimes of {} does not know `{runtime}`: see {}", RUNTIMES.date, RUNTIMES.source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_loads_and_names_its_source() {
        let runtimes = Runtimes::load(include_str!("data/runtimes.toml")).unwrap_or_else(|error| panic!("{error}"));
        assert!(runtimes.source.starts_with("https://docs.aws.amazon.com/lambda/"));
        assert!(runtimes.deprecated.len() > 40);
        assert!(
            Runtimes::load("date = '2026-01-01'\nsource = 'x'\nannounced_none = ['a']\n[deprecated]\na = '2026-01-01'")
                .is_err_and(|why| why.contains("twice"))
        );
    }

    #[test]
    fn a_runtime_that_the_list_does_not_know_is_neither_supported_nor_deprecated() {
        let shown = |runtime: &str| deprecation(runtime).map(|day| day.map(|day| day.to_rfc3339()));
        assert_eq!(shown("python3.9"), Ok(Some("2025-12-15T00:00:00+00:00".to_owned())));
        assert_eq!(shown("nodejs26.x"), Ok(None));
        for unknown in ["python3.99", "", "Python3.9", "arn:aws:lambda:eu-west-1:111122223333:runtime:own"] {
            assert!(deprecation(unknown).is_err_and(|why| why.starts_with("the list of runtimes of 20")), "{unknown}");
        }
    }
}
