//! What event selectors select, computed from them and nothing else, as AWS documents basic and advanced event selectors.
//!
//! Each selector covers a question fully, partly, or not at all; one that this tool does not read exactly may cover anything. A
//! trail logs what any of its selectors selects, so one that covers fully settles a question whatever the others say, and an
//! unreadable one leaves it open otherwise.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::advanced::{self, Advanced};

/// A basic event selector, with the API's own member names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Basic {
    /// `All` where not given, as AWS documents.
    pub read_write_type: Option<String>,
    /// True where not given, as AWS documents.
    pub include_management_events: Option<bool>,
    /// Data events.
    pub data_resources: Vec<DataResource>,
    /// Sources whose management events are left out.
    pub exclude_management_event_sources: Vec<String>,
}

/// Data events of one type of resource.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DataResource {
    /// `AWS::S3::Object`.
    pub r#type: String,
    /// ARNs, or what stands for all.
    pub values: Vec<String>,
}

/// What the selectors of a trail come to. An `Err` says why a question could not be settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selected {
    /// `basic`, `advanced`, or `none`.
    pub style: &'static str,
    /// Every read management event, but for excluded sources.
    pub management_read: Result<bool, String>,
    /// Every write management event, but for excluded sources.
    pub management_write: Result<bool, String>,
    /// Sources left out of either.
    pub excluded_management_sources: Result<Vec<String>, String>,
    /// Read data events of every object.
    pub s3_read_all: Result<bool, String>,
    /// Write data events of every object.
    pub s3_write_all: Result<bool, String>,
    /// Data events of every function.
    pub lambda_all: Result<bool, String>,
    /// A line for each selector.
    pub summary: Vec<String>,
}

/// How much of what a question asks about one selector selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// All, but for these event sources.
    Full(BTreeSet<String>),
    /// Certainly not all; with `rest`, all but something.
    Part {
        /// Whether it is the rest of something left out, so that others may complete it.
        rest: bool,
    },
    /// Nothing.
    Nothing,
    /// Not read exactly.
    Unknown(String),
}

impl Cover {
    pub(super) const ALL: Cover = Cover::Full(BTreeSet::new());
}

/// What one selector covers of each question.
#[derive(Clone, Debug)]
pub(super) struct Covers {
    pub management_read: Cover,
    pub management_write: Cover,
    pub s3_read: Cover,
    pub s3_write: Cover,
    pub lambda_read: Cover,
    pub lambda_write: Cover,
}

impl Covers {
    pub(super) fn all(cover: &Cover) -> Self {
        let cover = || cover.clone();
        Covers {
            management_read: cover(),
            management_write: cover(),
            s3_read: cover(),
            s3_write: cover(),
            lambda_read: cover(),
            lambda_write: cover(),
        }
    }
}

/// Computes what the selectors of a trail of a partition (its id) select.
pub fn select(partition: &str, basic: &[Basic], advanced: &[Advanced]) -> Selected {
    let basic_covers = basic.iter().enumerate().map(|(index, selector)| basic_covers(partition, index, selector));
    let advanced_covers = advanced.iter().enumerate().map(|(index, selector)| advanced::covers(partition, index, selector));
    let mut covers: Vec<Covers> = basic_covers.chain(advanced_covers).collect();
    if !basic.is_empty() && !advanced.is_empty() {
        let both = "the trail has basic and advanced event selectors, which AWS does not allow";
        covers = vec![Covers::all(&Cover::Unknown(both.to_owned()))];
    }
    let style = match (basic, advanced) {
        ([], []) => "none",
        (_, []) => "basic",
        _ => "advanced",
    };
    let question = |pick: fn(&Covers) -> &Cover| -> Vec<&Cover> { covers.iter().map(pick).collect() };
    let (read, write) = (question(|covers| &covers.management_read), question(|covers| &covers.management_write));
    let lambda = both(settle(&question(|covers| &covers.lambda_read)), settle(&question(|covers| &covers.lambda_write)));
    Selected {
        style,
        management_read: settle(&read),
        management_write: settle(&write),
        excluded_management_sources: excluded(&read).and_then(|read| Ok(&read | &excluded(&write)?)).map(|all| all.into_iter().collect()),
        s3_read_all: settle(&question(|covers| &covers.s3_read)),
        s3_write_all: settle(&question(|covers| &covers.s3_write)),
        lambda_all: lambda,
        summary: basic.iter().map(describe).chain(advanced.iter().map(advanced::describe)).collect(),
    }
}

/// Whether the selectors together cover everything.
fn settle(covers: &[&Cover]) -> Result<bool, String> {
    if covers.iter().any(|cover| matches!(cover, Cover::Full(_))) {
        return Ok(true);
    }
    if let Some(why) = unknown(covers) {
        return Err(why);
    }
    let parts: Vec<bool> = covers.iter().filter_map(|cover| if let Cover::Part { rest } = cover { Some(*rest) } else { None }).collect();
    match parts.len() > 1 && parts.contains(&true) {
        true => Err("several narrowed event selectors may together select everything".to_owned()),
        false => Ok(false),
    }
}

/// The event sources left out by all selectors that otherwise cover everything.
fn excluded(covers: &[&Cover]) -> Result<BTreeSet<String>, String> {
    let full: Vec<&BTreeSet<String>> =
        covers.iter().filter_map(|cover| if let Cover::Full(out) = cover { Some(out) } else { None }).collect();
    let Some((first, others)) = full.split_first() else { return unknown(covers).map_or_else(|| Ok(BTreeSet::new()), Err) };
    let common = others.iter().fold((*first).clone(), |common, next| &common & *next);
    if common.is_empty() {
        return Ok(common);
    }
    match unknown(covers) {
        Some(why) => Err(why),
        None if covers.iter().any(|cover| matches!(cover, Cover::Part { .. })) => {
            Err("a narrowed event selector may select events of the excluded sources".to_owned())
        }
        None => Ok(common),
    }
}

fn unknown(covers: &[&Cover]) -> Option<String> {
    covers.iter().find_map(|cover| if let Cover::Unknown(why) = cover { Some(why.clone()) } else { None })
}

fn both(a: Result<bool, String>, b: Result<bool, String>) -> Result<bool, String> {
    match (a, b) {
        (Ok(false), _) | (_, Ok(false)) => Ok(false),
        (Err(why), _) | (_, Err(why)) => Err(why),
        (Ok(true), Ok(true)) => Ok(true),
    }
}

fn basic_covers(partition: &str, index: usize, selector: &Basic) -> Covers {
    let management = match selector.include_management_events {
        Some(false) => Cover::Nothing,
        Some(true) | None => Cover::Full(selector.exclude_management_event_sources.iter().cloned().collect()),
    };
    let data = |kind: &str, judge: fn(&str, &str) -> Cover| widest(selector, kind, |value| judge(partition, value), index);
    let (s3, lambda) = (data("AWS::S3::Object", s3_value), data("AWS::Lambda::Function", lambda_value));
    let (reads, writes) = match selector.read_write_type.as_deref() {
        None | Some("All") => (true, true),
        Some("ReadOnly") => (true, false),
        Some("WriteOnly") => (false, true),
        Some(other) => return Covers::all(&Cover::Unknown(format!("event selector {} has the unknown type `{other}`", index + 1))),
    };
    let when = |holds: bool, cover: &Cover| if holds { cover.clone() } else { Cover::Nothing };
    Covers {
        management_read: when(reads, &management),
        management_write: when(writes, &management),
        s3_read: when(reads, &s3),
        s3_write: when(writes, &s3),
        lambda_read: when(reads, &lambda),
        lambda_write: when(writes, &lambda),
    }
}

/// The widest of what the values of a resource type cover; values of one selector add up.
fn widest(selector: &Basic, kind: &str, judge: impl Fn(&str) -> Cover, index: usize) -> Cover {
    let resources = || selector.data_resources.iter().filter(|resource| resource.r#type == kind);
    if resources().any(|resource| resource.values.is_empty()) {
        return Cover::Unknown(format!("event selector {} names no {kind}", index + 1));
    }
    let covers: Vec<Cover> = resources().flat_map(|resource| &resource.values).map(|value| judge(value)).collect();
    let first = |wanted: fn(&Cover) -> bool| covers.iter().find(|cover| wanted(cover)).cloned();
    first(|cover| matches!(cover, Cover::Full(_)))
        .or_else(|| first(|cover| matches!(cover, Cover::Unknown(_))))
        .or_else(|| first(|_| true))
        .unwrap_or(Cover::Nothing)
}

/// `arn:aws:s3` (and `arn:aws:s3:::`) stands for all objects of all buckets; else a bucket or a prefix in one.
fn s3_value(partition: &str, value: &str) -> Cover {
    let all = format!("arn:{partition}:s3");
    match value.strip_prefix(&all) {
        Some("" | ":::") => Cover::ALL,
        Some(rest) if rest.strip_prefix(":::").is_some_and(plain) => Cover::Part { rest: false },
        _ => Cover::Unknown(format!("`{value}` is not a bucket or prefix of this partition")),
    }
}

/// `arn:aws:lambda` stands for all functions; else one function.
fn lambda_value(partition: &str, value: &str) -> Cover {
    let all = format!("arn:{partition}:lambda");
    match value.strip_prefix(&all) {
        Some("") => Cover::ALL,
        Some(rest) if rest.split(':').count() >= 5 && rest.contains(":function:") && plain(rest) => Cover::Part { rest: false },
        _ => Cover::Unknown(format!("`{value}` is not a function of this partition")),
    }
}

fn plain(text: &str) -> bool {
    !text.is_empty() && !text.contains(['*', '?'])
}

fn describe(selector: &Basic) -> String {
    let events = match selector.read_write_type.as_deref() {
        None | Some("All") => "read and write",
        Some("ReadOnly") => "read",
        Some("WriteOnly") => "write",
        Some(other) => other,
    };
    let mut parts = Vec::new();
    if selector.include_management_events != Some(false) {
        let without = &selector.exclude_management_event_sources;
        let without = if without.is_empty() { String::new() } else { format!(" without {}", without.join(", ")) };
        parts.push(format!("management events ({events}){without}"));
    }
    let data = selector.data_resources.iter();
    parts.extend(data.map(|resource| format!("data events ({events}) of {}: {}", resource.r#type, resource.values.join(", "))));
    if parts.is_empty() { "nothing".to_owned() } else { parts.join("; ") }
}
