//! `evidence.toml`: what an organization sets once. The command line goes before it. What each key means for a run is decided
//! by the subcommands; this file only reads it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::failure::Failure;
use crate::catalog::Overrides;
use crate::catalog::diagnostic::{Diagnostic, SourceFile, nearest};

/// The name looked for in the current folder.
pub const FILE: &str = "evidence.toml";

/// The settings file as written.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Frameworks of a build without `--framework`.
    pub frameworks: Vec<String>,
    /// Profiles of a run without `--profile`.
    pub profiles: Vec<String>,
    /// Regions of a run without `--region`.
    pub regions: Vec<String>,
    /// Folder of own controls.
    pub controls: Option<PathBuf>,
    /// Folder of waivers.
    pub waivers: Option<PathBuf>,
    /// Folder of statements.
    pub statements: Option<PathBuf>,
    /// Folder of own templates.
    pub templates: Option<PathBuf>,
    /// Accounts entered by role.
    pub account: Vec<Account>,
    /// Parameters of controls for this run.
    pub params: Params,
    /// What the organization sets for all its runs.
    pub organization: Organization,
    /// The file, where `--config` named it.
    #[serde(skip)]
    pub named: Option<PathBuf>,
}

/// Parameters by control and name.
pub type Params = BTreeMap<String, BTreeMap<String, toml::Value>>;

/// `[organization]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Organization {
    /// Parameters of controls.
    pub params: Params,
}

/// `[[account]]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Name for people.
    pub name: String,
    /// Role to assume in it; without one the profile's own identity is used.
    pub role_arn: Option<String>,
    /// External id that the role's trust policy demands.
    pub external_id: Option<String>,
    /// Profile from which the role is assumed.
    pub profile: Option<String>,
}

impl Settings {
    /// Reads `--config FILE`, or `./evidence.toml` where it exists. Relative folders count from the file's own.
    ///
    /// # Errors
    /// When the named file cannot be read, or a key is wrong: with file, line and hint.
    pub fn load(named: Option<&Path>) -> Result<Self, Failure> {
        let path = named.unwrap_or(Path::new(FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => return Ok(Settings::default()),
            Err(error) => {
                return Err(Failure::usage(format!("cannot read settings file `{}`: {error}", path.display()))
                    .hint("check the path, or write a commented file with `evidence init FILE`"));
            }
        };
        let mut settings = Settings { named: named.map(Path::to_owned), ..Settings::parse(&path.display().to_string(), text)? };
        let base = path.parent().unwrap_or(Path::new(""));
        for folder in
            [&mut settings.controls, &mut settings.waivers, &mut settings.statements, &mut settings.templates].into_iter().flatten()
        {
            *folder = base.join(&*folder);
        }
        Ok(settings)
    }

    fn parse(path: &str, text: String) -> Result<Self, Failure> {
        let source = Arc::new(SourceFile { path: path.to_owned(), text: text.into() });
        toml::from_str(&source.text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let fault = Diagnostic::error(&source, span, error.message().replace('\n', " "));
            Failure::faulty_file(fault.hint(hint(error.message())))
        })
    }

    /// The parameters as the catalogue takes them.
    ///
    /// # Errors
    /// When a value has no counterpart in JSON (a date).
    pub fn overrides(&self) -> Result<Overrides, Failure> {
        Ok(Overrides { organization: json_params(&self.organization.params)?, local: json_params(&self.params)? })
    }
}

/// What to do about a fault: for an unknown key the nearest of those that the message lists.
fn hint(message: &str) -> String {
    let mut words = message.split('`').skip(1).step_by(2);
    let unknown = words.next().filter(|_| message.starts_with("unknown field"));
    match unknown.and_then(|word| nearest(word, words)) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "see the commented file that `evidence init` writes".to_owned(),
    }
}

type JsonParams = BTreeMap<String, BTreeMap<String, serde_json::Value>>;

fn json_params(params: &Params) -> Result<JsonParams, Failure> {
    let mut all = JsonParams::new();
    for (control, values) in params {
        for (name, value) in values {
            if !plain(value) {
                return Err(Failure::usage(format!(
                    "parameter `{name}` of control `{control}` is a date; parameters are text, numbers, booleans or lists"
                )));
            }
            let value = serde_json::to_value(value)
                .map_err(|error| Failure::usage(format!("parameter `{name}` of control `{control}` cannot be used: {error}")))?;
            all.entry(control.clone()).or_default().insert(name.clone(), value);
        }
    }
    Ok(all)
}

fn plain(value: &toml::Value) -> bool {
    match value {
        toml::Value::Datetime(_) | toml::Value::Table(_) => false,
        toml::Value::Array(values) => values.iter().all(plain),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_init_is_valid_as_written_and_with_every_line_uncommented() {
        let written = super::super::init::TEMPLATE;
        assert_eq!(Settings::parse("evidence.toml", written.into()).ok(), Some(Settings::default()));
        let uncommented: String = written.lines().map(|line| format!("{}\n", line.strip_prefix("#: ").unwrap_or(line))).collect();
        let settings = Settings::parse("evidence.toml", uncommented).expect("every example line is valid");
        assert_eq!(settings.account.len(), 2);
        assert!(settings.controls.is_some() && settings.waivers.is_some() && !settings.params.is_empty());
        assert!(settings.overrides().is_ok());
    }

    #[test]
    fn a_wrong_key_names_file_line_and_hint() {
        let failure = Settings::parse("evidence.toml", "frameworks = [\"cis\"]\nregion = \"eu-west-1\"\n".into()).expect_err("unknown key");
        let text = failure.to_string();
        assert!(text.contains("evidence.toml:2") && text.contains("did you mean `regions`?"), "{text}");
        let failure = Settings::parse("evidence.toml", "frameworks = 7\n".into()).expect_err("no list");
        assert!(failure.to_string().contains("evidence.toml:1") && failure.to_string().contains("`evidence init`"), "{failure}");
    }
}
