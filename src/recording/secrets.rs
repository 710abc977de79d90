//! The secret patterns (`data/secrets.toml`) and how a text is searched for them.
//!
//! Plain text only: what a body's encodings hide is taken off by `redact::layers` first.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use regex::Regex;
use serde::Deserialize;

/// Shorter texts are not searched: no pattern matches them.
const SHORTEST: usize = 5;
/// The pattern's name for values that only their own name gives away.
pub(super) const ASSIGNMENT: &str = "assignment";

/// A stretch of text and the patterns that found it.
pub(in crate::recording) type Found = (Range<usize>, BTreeSet<&'static str>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    date: String,
    names: Vec<String>,
    not_names: BTreeSet<String>,
    not_values: Vec<String>,
    pattern: Vec<PatternRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternRow {
    name: String,
    source: String,
    find: String,
    #[serde(default)]
    key: Vec<String>,
    #[serde(default)]
    run: usize,
    #[serde(default)]
    mixed: bool,
    #[serde(default)]
    entropy: f64,
}

struct Pattern {
    name: &'static str,
    source: &'static str,
    find: String,
    /// Compiled when it is first needed: most runs meet few of them.
    compiled: OnceLock<Regex>,
    key: Vec<String>,
    /// Whether it looks for a name with a value.
    named: bool,
    run: usize,
    mixed: bool,
    entropy: f64,
}

impl Pattern {
    fn regex(&self) -> &Regex {
        // Cannot fail: the expressions are part of the binary, and a unit test compiles them all.
        self.compiled.get_or_init(|| Regex::new(&self.find).unwrap_or_else(|error| unreachable!("data/secrets.toml: {error}")))
    }
}

/// All patterns.
pub(super) struct Secrets {
    /// The day on which the list was last looked over.
    pub(super) date: String,
    patterns: Vec<Pattern>,
    name: Regex,
    /// Whether a text holds any of the names: without one, the patterns that look for names are left out.
    any_name: Regex,
    not_names: BTreeSet<String>,
    not_value: Regex,
    /// The keys of all patterns, and to which pattern each belongs.
    keys: AhoCorasick,
    keyed: Vec<usize>,
}

static SECRETS: LazyLock<Secrets> = LazyLock::new(|| {
    // Cannot fail: the file is part of the binary, and a unit test loads it.
    Secrets::load(include_str!("data/secrets.toml")).unwrap_or_else(|error| unreachable!("data/secrets.toml: {error}"))
});

/// The patterns.
pub(super) fn secrets() -> &'static Secrets {
    &SECRETS
}

/// Names, days and sources of the patterns, for the documentation: `(name, source)` in the file's order, and the date.
pub fn sources() -> (&'static str, Vec<(&'static str, &'static str)>) {
    (&secrets().date, secrets().patterns.iter().map(|pattern| (pattern.name, pattern.source)).collect())
}

impl Secrets {
    fn load(text: &'static str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let name = format!("[A-Za-z0-9_.-]{{0,60}}?(?:{})", file.names.join("|"));
        let regex = |find: &str| Regex::new(find).map_err(|error| error.to_string());
        let pattern = |row: PatternRow| {
            let find = row.find.replace("NAME", &name);
            let named = row.find.contains("NAME");
            let (name, source) = (row.name.leak(), row.source.leak());
            Pattern {
                name,
                source,
                find,
                compiled: OnceLock::new(),
                key: row.key,
                named,
                run: row.run,
                mixed: row.mixed,
                entropy: row.entropy,
            }
        };
        let patterns: Vec<Pattern> = file.pattern.into_iter().map(pattern).collect();
        let keys = || patterns.iter().enumerate().flat_map(|(at, pattern)| pattern.key.iter().map(move |key| (at, key)));
        let searcher = AhoCorasick::builder().ascii_case_insensitive(true).build(keys().map(|(_, key)| key));
        Ok(Secrets {
            date: file.date,
            keys: searcher.map_err(|error| error.to_string())?,
            keyed: keys().map(|(at, _)| at).collect(),
            patterns,
            name: regex(&format!("(?i)^(?:{name})[0-9]*$"))?,
            any_name: regex(&format!("(?i){}", file.names.join("|")))?,
            not_names: file.not_names,
            not_value: regex(&format!("^(?:{})$", file.not_values.join("|")))?,
        })
    }

    /// Whether a name of ours exists; markers with other names are not ours.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.name == name)
    }

    /// Whether the value under this name is a secret by its name alone.
    pub(super) fn named(&self, name: &str, value: &str) -> bool {
        self.name.is_match(name) && self.is_name(name) && !value.is_empty() && !self.not_value.is_match(value)
    }

    /// Everything in a text that looks like a secret; stretches may overlap.
    pub(super) fn search(&self, text: &str) -> Vec<Found> {
        if text.len() < SHORTEST {
            return Vec::new();
        }
        let named = self.any_name.is_match(text);
        let run = longest_run(text);
        let keyed: BTreeSet<usize> = self.keys.find_overlapping_iter(text).map(|found| self.keyed[found.pattern().as_usize()]).collect();
        let due = |(at, pattern): &(usize, &Pattern)| {
            pattern.run <= run && (named || !pattern.named) && (pattern.key.is_empty() || keyed.contains(at))
        };
        self.patterns.iter().enumerate().filter(due).flat_map(|(_, pattern)| self.matches(pattern, text)).collect()
    }

    fn matches(&self, pattern: &Pattern, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(captures) = pattern.regex().captures_at(text, at) {
            let Some(secret) = captures.name("secret").or_else(|| captures.get(0)) else { break };
            let name = captures.name("name").map(|name| name.as_str());
            if self.counts(pattern, name, secret.as_str()) {
                found.push((secret.range(), BTreeSet::from([pattern.name])));
            }
            // Go on right behind the secret, for what ended this match may begin the next.
            at = secret.end().max(at + 1);
            while at < text.len() && !text.is_char_boundary(at) {
                at += 1;
            }
            if at > text.len() {
                break;
            }
        }
        found
    }

    fn counts(&self, pattern: &Pattern, name: Option<&str>, secret: &str) -> bool {
        let stands_for = name.is_some() && self.not_value.is_match(secret);
        let mixed = !pattern.mixed || is_mixed(secret);
        name.is_none_or(|name| self.is_name(name)) && !stands_for && mixed && entropy(secret) >= pattern.entropy
    }

    fn is_name(&self, name: &str) -> bool {
        let bare: String = name.chars().filter(|c| !matches!(c, '_' | '-' | '.')).flat_map(char::to_lowercase).collect();
        !self.not_names.contains(&bare)
    }
}

/// Length of the longest stretch of base64 characters.
fn longest_run(text: &str) -> usize {
    let of_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+');
    text.as_bytes().split(|byte| !of_base64(*byte)).map(<[u8]>::len).max().unwrap_or(0)
}

fn is_mixed(text: &str) -> bool {
    let any = |is: fn(&u8) -> bool| text.as_bytes().iter().any(is);
    any(u8::is_ascii_lowercase) && any(u8::is_ascii_uppercase) && any(u8::is_ascii_digit)
}

/// Shannon entropy in bits per byte.
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    text.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    let total = text.len() as f64;
    counts.iter().filter(|count| **count > 0).map(|count| f64::from(*count) / total).map(|share| -share * share.log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_load_and_each_names_its_source() {
        let secrets = Secrets::load(include_str!("data/secrets.toml")).unwrap_or_else(|error| panic!("{error}"));
        assert!(chrono::NaiveDate::parse_from_str(&secrets.date, "%Y-%m-%d").is_ok());
        for pattern in &secrets.patterns {
            assert!(!pattern.source.is_empty(), "{}", pattern.name);
            assert!(Regex::new(&pattern.find).is_ok(), "{}", pattern.find);
            assert!(pattern.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", pattern.name);
            assert!(pattern.key.iter().all(|key| *key == key.to_lowercase()), "{}", pattern.name);
        }
    }

    #[test]
    fn what_aws_says_every_day_holds_no_secret() {
        let harmless = [
            "The security token included in the request is invalid",
            "User: arn:aws:iam::111122223333:user/audit is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::111122223333:user/ because no identity-based policy allows the iam:ListUsers action",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf",
            "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:Authorizer1/invocations",
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["secretsmanager:GetSecretValue","sts:GetSessionToken"],"Resource":"arn:aws:secretsmanager:*:*:secret:x-??????","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"},"StringEquals":{"token.actions.githubusercontent.com:sub":"repo:o/r:ref:refs/heads/main","sts:ExternalId":"a1b2c3d4"}}}]}"#,
            "nextToken=ZmFrZS1wYWdlLXRva2Vu&maxResults=100",
            "Action=ListUsers&Marker=AAYgdGhpcyBpcyBhIG1hcmtlciB0aGF0IGlzIGxvbmc&Version=2010-05-08",
            "$request.header.x-api-key",
            "2026-10-01T08:00:00+00:00",
            "AIDACKCEVSQ6C2EXAMPLE",
            "password_last_changed,password_next_rotation,mfa_active,access_key_1_active",
            "apiKey: $context.identity.apiKey",
            "3bd59ab5e1ae5ea4e3e51d0ac04cb48b5ef1ab2d",
        ];
        for text in harmless {
            let found: Vec<_> = secrets().search(text).into_iter().map(|(range, names)| (&text[range], names)).collect();
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }

    #[test]
    fn names_tell_only_where_the_value_can_be_a_secret() {
        assert!(secrets().named("db_password", "hunter2"));
        assert!(secrets().named("StripeApiKey", "x"));
        assert!(secrets().named("DB_PASSWORD2", "x"));
        assert!(!secrets().named("nextToken", "abc"));
        assert!(!secrets().named("token", "true"));
        assert!(!secrets().named("password-policy", "strict"));
        assert!(!secrets().named("secret", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x"));
    }
}
