//! Managed rule groups of AWS whose rules are published (`data/managed-groups.toml`, dated, each with its source).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The embedded list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "date and sources are for those who read the file; the test holds them"))]
pub struct List {
    /// The day the list was last gone through.
    pub revised: String,
    /// Where rules are published, by short name.
    pub sources: BTreeMap<String, Source>,
    /// The groups.
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
}

/// Where rules are published.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "date and sources are for those who read the file; the test holds them"))]
pub struct Source {
    /// Title.
    pub name: String,
    /// Address.
    pub url: String,
}

/// A managed rule group of AWS.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "date and sources are for those who read the file; the test holds them"))]
pub struct Group {
    /// Its name.
    pub name: String,
    /// What the labels that its rules add begin with.
    pub labels: String,
    /// The short name of its source.
    pub source: String,
    /// Its rules.
    pub rules: Vec<String>,
    /// Those that look for SQL injection.
    #[serde(default)]
    pub sqli: Vec<String>,
    /// Those that look for cross-site scripting.
    #[serde(default)]
    pub xss: Vec<String>,
    /// Those that look for input known to exploit a flaw.
    #[serde(default)]
    pub bad_inputs: Vec<String>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    // Cannot fail: the file is embedded, and the unit test reads it.
    toml::from_str(include_str!("data/managed-groups.toml")).unwrap_or_else(|error| unreachable!("managed groups: {error}"))
});

/// The group of a vendor and name, if its rules are published.
pub fn find(vendor: &str, name: &str) -> Option<&'static Group> {
    LIST.groups.iter().find(|group| vendor == "AWS" && group.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_is_dated_sourced_and_names_no_rule_that_its_group_lacks() {
        assert!(chrono::NaiveDate::parse_from_str(&LIST.revised, "%Y-%m-%d").is_ok());
        assert!(LIST.sources.values().all(|source| source.url.starts_with("https://docs.aws.amazon.com/waf/") && !source.name.is_empty()));
        let mut names = BTreeSet::new();
        for group in &LIST.groups {
            assert!(names.insert(&group.name) && LIST.sources.contains_key(&group.source), "{}", group.name);
            assert!(group.labels.starts_with("awswaf:managed:aws:") && group.labels.ends_with(':'), "{}", group.labels);
            let rules: BTreeSet<_> = group.rules.iter().collect();
            assert_eq!(rules.len(), group.rules.len(), "{}", group.name);
            assert!([&group.sqli, &group.xss, &group.bad_inputs].into_iter().flatten().all(|rule| rules.contains(rule)), "{}", group.name);
        }
    }

    #[test]
    fn only_groups_of_aws_are_known() {
        assert!(find("AWS", "AWSManagedRulesSQLiRuleSet").is_some_and(|group| group.sqli.len() == 8));
        assert!(find("F5", "AWSManagedRulesSQLiRuleSet").is_none() && find("AWS", "OWASP_Managed").is_none());
    }
}
