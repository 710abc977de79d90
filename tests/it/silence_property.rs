//! Promise 1 as a property: whatever the expression and the facts, taking facts away never turns a pass into a fail or back,
//! and an expression that the checker accepts never fails for no gap's reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use evidence::assess::selftest::positions;
use evidence::assess::trial::{ACCOUNT, Trial};
use evidence::catalog::expression::{Purpose, check};
use evidence::catalog::shape::Shapes;
use evidence::model::Outcome;
use evidence::model::control::{Control, Empty, Evaluation, Judge, Origin, Severity, Test};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixture;

fn item_test() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("i.name == 'a'".to_owned()),
        Just("i.name != 'b'".to_owned()),
        Just("i.weight == null".to_owned()),
        Just("(i.weight != null && i.weight > 1)".to_owned()),
        Just("(i.weight == null || i.weight < 2 || resource.locked)".to_owned()),
    ]
}

fn atom() -> impl Strategy<Value = String> {
    let room = "find('Test::Room', resource.room_id)";
    prop_oneof![
        Just("resource.locked".to_owned()),
        Just("resource.room.open".to_owned()),
        Just("resource.kind in ['chest', 'crate']".to_owned()),
        Just("resource.owner == null".to_owned()),
        Just("(resource.owner != null && resource.owner == 'me')".to_owned()),
        Just("(resource.owner == null || resource.owner.startsWith('y'))".to_owned()),
        Just("(resource.lock != null && resource.lock.model == 'm')".to_owned()),
        Just("get(resource.tags, 'a') == null".to_owned()),
        Just("(get(resource.tags, 'a') != null && get(resource.tags, 'a') == 'x')".to_owned()),
        Just("'a' in resource.words".to_owned()),
        Just("size(resource.words.filter(w, w != 'a')) == 0".to_owned()),
        Just("(resource.opened == null || resource.opened < as_of)".to_owned()),
        Just(format!("(resource.room_id != null && {room} != null && {room}.open)")),
        Just(format!("(resource.room_id == null || {room} == null)")),
        (0..4).prop_map(|number| format!("resource.age_days < {number}")),
        (0..90).prop_map(|number| format!("as_of - resource.created > days({number})")),
        (prop_oneof![Just("all"), Just("exists"), Just("exists_one")], item_test())
            .prop_map(|(name, test)| format!("resource.items.{name}(i, {test})")),
        item_test().prop_map(|test| format!("size(resource.items.filter(i, {test})) > 0")),
    ]
}

fn test() -> impl Strategy<Value = String> {
    atom().prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} && {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} || {b})")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            inner.prop_map(|a| format!("!({a})")),
        ]
    })
}

fn maybe(values: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::Null), proptest::sample::select(values).prop_map(Value::from)]
}

fn facts() -> impl Strategy<Value = Value> {
    let item = (proptest::sample::select(vec!["a", "b"]), proptest::option::of(0..3_i64))
        .prop_map(|(name, weight)| json!({"name": name, "weight": weight}));
    let instants = &["2025-11-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-02-10T00:00:00Z"];
    let rooms: &[&str] = &[
        "arn:aws:test::111122223333:room/open",
        "arn:aws:test::111122223333:room/shut",
        "arn:aws:test::111122223333:room/none",
        "arn:aws:test::999999999999:room/far",
        "no arn",
    ];
    let first = (proptest::sample::select(vec!["chest", "crate", "safe"]), any::<bool>(), 0..4_i64, maybe(&["me", "you"]));
    let second = (proptest::sample::select(instants.as_slice()), maybe(instants), any::<bool>(), maybe(&["m", "n"]));
    let third = (
        proptest::collection::vec(item, 0..4),
        proptest::sample::subsequence(vec!["a", "b", "c"], 0..3),
        proptest::option::of(proptest::sample::select(vec!["x", "y"])),
        maybe(rooms),
    );
    (first, second, third).prop_map(|((kind, locked, age, owner), (created, opened, open, model), (items, words, tag, room))| {
        json!({
            "kind": kind, "locked": locked, "age_days": age, "owner": owner, "created": created, "opened": opened,
            "tags": tag.map_or_else(|| json!({}), |tag| json!({"a": tag})), "items": items, "words": words,
            "room": {"name": "r", "open": open}, "lock": if model.is_null() { Value::Null } else { json!({"model": model}) },
            "room_id": room,
        })
    })
}

fn control(when: Option<String>, test: String) -> Control {
    let judge = Judge { resource: "Test::Box".into(), when, test: Test::Every(test), empty: Empty::NotApplicable, columns: vec![] };
    Control {
        id: "test-it".into(),
        title: "T".into(),
        severity: Severity::Low,
        evaluation: Evaluation::Automated,
        judges: vec![judge],
        params: BTreeMap::new(),
        examples: vec![],
        why: String::new(),
        remediation: String::new(),
        sections: vec![],
        origin: Origin { path: "controls/test/it.md".into(), local: true },
        text: "".into(),
    }
}

fn run(control: &Control, facts: &Value, shapes: &Arc<Shapes>) -> Result<Outcome, TestCaseError> {
    let room = |name: &str| {
        let id = format!("arn:aws:test::{ACCOUNT}:room/{name}");
        ("Test::Room".to_owned(), id, json!({"name": name, "open": name == "open"}))
    };
    let others = [room("open"), room("shut")];
    let params = BTreeMap::new();
    let trial =
        Trial { control, judge: 0, facts: facts.clone(), params: &params, others: &others, as_of: "2026-01-31T00:00:00Z".parse().ok() };
    let tried = trial.run(shapes).map_err(TestCaseError::fail)?;
    prop_assert!(tried.control_error().is_none(), "{:?}", tried.why);
    Ok(tried.outcome)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn facts_taken_away_never_turn_a_verdict(
        when in proptest::option::of(test()),
        test in test(),
        facts in facts(),
        lost in proptest::collection::vec((any::<prop::sample::Index>(), prop_oneof![Just("denied"), Just("truncated")]), 1..6),
    ) {
        let shapes = Arc::new(Shapes::of(fixture::kinds()));
        for text in when.iter().chain([&test]) {
            let checked = check(text, Purpose::Test, "Test::Box", &shapes, &BTreeMap::new());
            prop_assert!(checked.faults.is_empty(), "{text}: {:?}", checked.faults);
        }
        let control = control(when, test);
        let whole = run(&control, &facts, &shapes)?;
        let shape = shapes.kind("Test::Box").expect("the kind");
        let all: Vec<_> = positions(shape, &facts).into_iter().filter(|position| position.fact).collect();
        let mut less = facts.clone();
        for (index, reason) in &lost {
            if let Some(place) = less.pointer_mut(&all[index.index(all.len())].pointer) {
                *place = json!({"$gap": reason});
            }
        }
        let found = run(&control, &less, &shapes)?;
        prop_assert!(found == whole || found == Outcome::Indeterminate, "{whole:?} turned into {found:?}");
        let mut nothing = facts.clone();
        for position in &all {
            if let Some(place) = nothing.pointer_mut(&position.pointer) {
                *place = json!({"$gap": "denied"});
            }
        }
        let found = run(&control, &nothing, &shapes)?;
        prop_assert!(found == whole || found == Outcome::Indeterminate, "{whole:?} turned into {found:?} without any fact");
    }
}
