//! The oldest version of TLS that a security policy agrees to (`data/security-policies.toml`). AWS tells it on a page of its documentation
//! and in no answer of its API.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aws_sdk_apigateway::types::SecurityPolicy;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::collect::at::At;
use crate::model::{Fact, Reason};

/// The list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Policies {
    date: NaiveDate,
    source: String,
    minimum_tls_version: BTreeMap<String, String>,
}

static POLICIES: LazyLock<Policies> = LazyLock::new(|| {
    // Cannot fail: the file is part of the binary, and a unit test loads it.
    toml::from_str(include_str!("data/security-policies.toml")).unwrap_or_else(|error| unreachable!("data/security-policies.toml: {error}"))
});

/// The version as a fact, with a gap where the list does not know the policy.
pub fn minimum_version(at: At<'_>, policy: &SecurityPolicy) -> Fact<String> {
    minimum(policy.as_str()).map_or_else(|why| at.absent(Reason::Stale, why), |version| Fact::Known(version.to_owned()))
}

/// # Errors
/// When the list does not know the policy.
fn minimum(policy: &str) -> Result<&'static str, String> {
    let unknown = || format!("the list of security policies of {} does not know `{policy}`: see {}", POLICIES.date, POLICIES.source);
    POLICIES.minimum_tls_version.get(policy).map(String::as_str).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_names_its_source_and_holds_every_policy_of_the_model() {
        assert!(POLICIES.source.starts_with("https://docs.aws.amazon.com/apigateway/"));
        let listed: Vec<&str> = POLICIES.minimum_tls_version.keys().map(String::as_str).collect();
        let mut model = SecurityPolicy::values().to_vec();
        model.sort_unstable();
        assert_eq!(listed, model);
    }

    #[test]
    fn a_version_never_comes_from_the_name_of_a_policy() {
        assert_eq!(minimum("TLS_1_0"), Ok("1.0"));
        assert_eq!(minimum("SecurityPolicy_TLS13_1_2_2021_06"), Ok("1.2"));
        assert_eq!(minimum("SecurityPolicy_TLS13_2025_EDGE"), Ok("1.3"));
        for unknown in ["SecurityPolicy_TLS13_1_3_2031_01", "", "tls_1_2"] {
            assert!(minimum(unknown).is_err_and(|why| why.starts_with("the list of security policies of 20")), "{unknown}");
        }
    }
}
