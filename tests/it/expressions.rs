//! The checker of expressions: what it refuses, with which words, and that it lets sound expressions pass.

use std::collections::BTreeMap;

use evidence::catalog::expression::{Purpose, Reads, check, reads_with};
use evidence::catalog::shape::Shapes;
use evidence::model::control::{Parameter, Stricter};
use serde_json::json;

use crate::fixture;

fn params() -> BTreeMap<String, Parameter> {
    let one = |default| Parameter { default, stricter: Stricter::None, unit: None, description: None };
    [
        ("days".to_owned(), one(json!(90))),
        ("names".to_owned(), one(json!(["a", "b"]))),
        ("none".to_owned(), one(json!([]))),
        ("on".to_owned(), one(json!(true))),
        ("share".to_owned(), one(json!(0.5))),
    ]
    .into()
}

fn faults(text: &str, purpose: Purpose) -> Vec<String> {
    let checked = check(text, purpose, "Test::Box", &Shapes::of(fixture::kinds()), &params());
    let line = |fault: evidence::catalog::expression::Fault| {
        let at = text.get(fault.span.clone()).unwrap_or("<outside>");
        format!("{} @ {at}{}", fault.message, fault.hint.map(|hint| format!(" | {hint}")).unwrap_or_default())
    };
    checked.faults.into_iter().map(line).collect()
}

fn reads(text: &str) -> Reads {
    check(text, Purpose::Test, "Test::Box", &Shapes::of(fixture::kinds()), &params()).reads
}

#[test]
fn sound_tests_pass() {
    for text in [
        "resource.locked",
        "!resource.locked && params.on",
        "resource.kind == 'chest' || resource.kind in params.names",
        "resource.kind in params.none",
        "resource.age_days <= params.days && resource.age_days > 0",
        "resource.age_days > params.share",
        "as_of - resource.created > days(params.days)",
        "as_of - resource.created > duration('36h')",
        "resource.created < timestamp('2026-01-01T00:00:00Z')",
        "resource.owner != null && resource.owner == 'me'",
        "resource.owner == null || resource.owner.startsWith('a')",
        "!(resource.owner == null) && size(resource.owner) > 3",
        "resource.owner == null ? false : resource.owner == 'me'",
        "(resource.owner == null ? 'x' : resource.owner) == 'me'",
        "resource.owner != null && resource.opened != null && (resource.owner == 'me' || as_of - resource.opened < days(1))",
        "resource.lock != null && resource.lock.model == 'x'",
        "get(resource.tags, 'owner') != null && get(resource.tags, 'owner') == 'x'",
        "resource.items.all(item, item.weight == null || item.weight < 5)",
        "resource.items.exists(i, i.name == 'gold' && resource.items.all(j, j.name != i.name || j.weight != null && j.weight > 1))",
        "size(resource.items.filter(i, i.weight != null)) == 0",
        "resource.items.map(i, i.name) == ['a']",
        "resource.items.exists_one(i, i.name == 'a')",
        "resource.words.all(w, w.matches('^[a-z]+$'))",
        "params.names.exists(p, wildcard(p, resource.kind))",
        "resource.words.all(w, params.names.exists(p, cidr_within(w, p)))",
        "resource.room_id != null && find('Test::Room', resource.room_id) != null && find('Test::Room', resource.room_id).open",
        "size(resource.words) == 0 || resource.words == params.names",
        "(as_of - resource.created).getHours() / 24 > params.days",
    ] {
        assert_eq!(faults(text, Purpose::Test), [""; 0], "{text}");
    }
}

#[test]
fn sound_columns_pass() {
    for text in
        ["resource.owner", "resource.words", "resource.items.map(i, i.weight)", "get(resource.tags, 'a')", "string(resource.age_days)"]
    {
        assert_eq!(faults(text, Purpose::Column), [""; 0], "{text}");
    }
}

#[test]
fn every_hole_of_cel_is_closed() {
    let refused = [
        "has(resource.owner)",
        "resource.items.exists(i, has(i.weight))",
        "type(resource.kind) == string",
        "dyn(resource.kind) == 1",
        "resource == resource",
        "resource.room == resource.room",
        "resource.all(f, f == 'x')",
        "resource",
        "resource.lockd",
        "resource.room.nam == 'x'",
        "resource.items.all(i, i.wieght == null)",
        "resource.kind.name == 'x'",
        "resource.owner != 'NONE'",
        "resource.owner == 'me'",
        "resource.owner == resource.room_id",
        "size(resource.owner) > 3",
        "resource.owner in ['a']",
        "resource.lock.model == 'x'",
        "resource.owner == 'me' && resource.owner != null",
        "resource.owner != null || resource.owner == 'me'",
        "resource.owner == null && resource.owner == 'me'",
        "resource.owner == null ? resource.owner == 'a' : true",
        "resource.items.all(i, i.weight < 5)",
        "resource.items.all(i, i.weight != null) && resource.items.all(i, i.weight < 5)",
        "resource.items.exists(i, i.weight != null && resource.items.exists(i, i.weight > 1))",
        "resource.opened < as_of",
        "resource.tags.owner == 'x'",
        "resource.tags['owner'] == 'x'",
        "'owner' in resource.tags",
        "get(resource.tags, 'owner') == 'x'",
        "get(resource.room, 'name') == 'x'",
        "resource.tags.all(k, k == 'x')",
        "resource.words[0] == 'x'",
        "resurce.kind == 'x'",
        "kind == 'x'",
        "params.dayz > 1",
        "params == 1",
        "strtsWith(resource.kind, 'x')",
        "resource.kind.startsWith('a', 'b')",
        "startsWith(resource.kind, 'a')",
        "resource.kind.split(',') == []",
        "resource.kind.matches('(')",
        "resource.kind.matches(resource.kind)",
        "resource.items.all(i, v, true)",
        "resource.items.all(resource, true)",
        "resource.age_days == '1'",
        "resource.kind != 1",
        "resource.created == '2026-01-01T00:00:00Z'",
        "resource.created < as_of - 5",
        "as_of - resource.created > duration('90d')",
        "as_of - resource.created > duration('99999999h')",
        "resource.created < timestamp('yesterday')",
        "resource.created < timestamp(resource.kind)",
        "resource.age_days + 1.0 > 2.0",
        "resource.age_days / params.days > 1",
        "resource.age_days + resource.kind == 'x'",
        "resource.age_days == 5u",
        "resource.kind == b'x'",
        "resource.kind",
        "resource.locked || resource.kind",
        "resource.locked || 3",
        "!resource.age_days",
        "resource.locked ? 1 : 'x'",
        "resource.locked > true",
        "resource.owner",
        "1 in resource.words",
        "'a' in resource.kind",
        "['a', 1] == []",
        "{'a': 1} == {}",
        "find('Test::Rom', 'x') == null",
        "find(resource.kind, 'x') == null",
        "find('Test::Room', resource.room_id) == null",
        "find('Test::Room', 'x').open",
        "resource.?owner == 'x'",
        "resource.kind == ",
        "null",
        "optional.of(resource.kind) == 1",
        "days(90.5) > duration('1h')",
        "resource.age_days.getHours() > 1",
    ];
    let report: Vec<String> = refused
        .iter()
        .map(|text| {
            let faults = faults(text, Purpose::Test);
            assert!(!faults.is_empty(), "`{text}` was let through");
            assert!(!faults.iter().any(|fault| fault.contains("<outside>")), "`{text}`: {faults:?}");
            format!("{text}\n    {}", faults.join("\n    "))
        })
        .collect();
    insta::assert_snapshot!(report.join("\n"));
}

#[test]
fn columns_show_simple_values_only() {
    for text in ["resource", "resource.room", "resource.items", "resource.tags", "as_of - resource.created"] {
        assert!(!faults(text, Purpose::Column).is_empty(), "{text}");
    }
}

#[test]
fn all_that_is_read_is_noted() {
    let found = reads(
        "resource.lock != null && resource.lock.model == 'x' && resource.items.all(i, i.name == 'x') \
         && get(resource.tags, 'a') == null && as_of > resource.created && resource.age_days < params.days \
         && resource.room_id != null && find('Test::Room', resource.room_id) != null && find('Test::Room', resource.room_id).open",
    );
    let facts = |kind: &str| found.facts[kind].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(facts("Test::Box"), ["age_days", "created", "items", "items[].name", "lock", "lock.model", "room_id", "tags"]);
    assert_eq!(facts("Test::Room"), ["open"]);
    assert!(found.as_of && found.finds.contains("Test::Room") && found.params.contains("days"));
}

/// What is read of boxes with these values of the parameters.
fn read_with(text: &str, values: serde_json::Value) -> Vec<String> {
    let values = values.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())).collect();
    let reads = reads_with(text, "Test::Box", &Shapes::of(fixture::kinds()), &params(), &values);
    reads.facts.get("Test::Box").into_iter().flatten().cloned().collect()
}

#[test]
fn what_parameters_switch_off_is_not_read() {
    let scoped = "size(params.names) == 0 || get(resource.tags, 'a') != null";
    assert_eq!(read_with(scoped, json!({"names": []})), Vec::<String>::new());
    assert_eq!(read_with(scoped, json!({"names": ["a"]})), ["tags"]);
    let chosen = "params.on ? resource.locked : resource.age_days < params.days";
    assert_eq!(read_with(chosen, json!({"on": true, "days": 1})), ["locked"]);
    assert_eq!(read_with(chosen, json!({"on": false, "days": 1})), ["age_days"]);
    let strict = "resource.locked && (!params.on || resource.lock != null)";
    assert_eq!(read_with(strict, json!({"on": false})), ["locked"]);
    assert_eq!(read_with(strict, json!({"on": true})), ["lock", "locked"]);
    assert_eq!(read_with("resource.lock != null || params.share < 1.0", json!({"share": 0.5})), Vec::<String>::new());
    assert_eq!(read_with("resource.lock != null || 1 < 2", json!({})), ["lock"], "nothing but a parameter switches");
    assert_eq!(read_with(strict, json!({})), ["lock", "locked"], "a parameter without a value switches nothing");
}

#[test]
fn what_is_read_only_of_found_resources_is_told_apart_with_the_fact_that_names_them() {
    let text = "resource.room_id != null && find('Test::Room', resource.room_id) != null && find('Test::Room', resource.room_id).open";
    let one = |kind: &str, path: &str| (kind.to_owned(), path.to_owned());
    let found = reads(text);
    assert_eq!(found.found, [("Test::Room".to_owned(), "open".to_owned(), one("Test::Box", "room_id"))].into());
    assert_eq!(found.direct, [one("Test::Box", "room_id")].into());
    let written = reads(
        "find('Test::Room', 'arn:aws:test::111122223333:room/a') != null && find('Test::Room', 'arn:aws:test::111122223333:room/a').open",
    );
    assert!(written.found.is_empty() && written.direct == [one("Test::Room", "open")].into(), "{written:?}");
}
