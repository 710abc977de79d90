//! Assessment: no verdict from silence, population lines, witnesses, `find`, time, results, waivers, statements, order.

use std::collections::BTreeMap;

use evidence::assess::{self, Exhibits, Judged, Line, Settings, Statements, Waivers};
use evidence::catalog::{self, Catalog, Files, Overrides};
use evidence::collect::{CallNote, Inventory};
use evidence::model::assessment::{
    AccountNote, Disposition, Excluded, ItemLine, ItemResult, RecordingNote, RecordingOrigin, RegionNote, Scope, Tool,
};
use evidence::model::call::CallKey;
use evidence::model::population::Ended;
use evidence::model::{CallId, Gap, GapId, Instant, Outcome, Partition, Place, Population, Reason, Resource, Source};
use serde_json::{Value, json};

use crate::fixture;

const ONE: &str = "111122223333";
const TWO: &str = "444455556666";
const REGIONS: [&str; 2] = ["eu-west-1", "us-east-1"];

fn instant(text: &str) -> Instant {
    text.parse().expect("an instant")
}

fn place(account: &str, region: &str) -> Place {
    Place { account: account.into(), region: region.into() }
}

/// A control with one judge, and a framework with one item that it covers in full.
fn catalog(judge: &str, item: &str) -> Catalog {
    let control = format!(
        "+++\ntitle = \"T\"\nseverity = \"high\"\n{judge}\n[[example]]\nverdict = \"pass\"\nresource = {{}}\nas_of = 2026-01-01T00:00:00Z\n\
         [[example]]\nverdict = \"fail\"\nresource = {{}}\nas_of = 2026-01-01T00:00:00Z\n+++\nWhy.\n\n## Remediation\nDo.\n"
    );
    let framework = format!(
        "title = \"F\"\nversion = \"1\"\nnotice = \"N\"\n[[item]]\nid = \"1\"\ntitle = \"I\"\nsection = \"S\"\nmethod = \"automated\"\n{item}\n\
         [[item.covers]]\ncontrol = \"test-it\"\npart = \"all\"\ncoverage = \"full\"\n"
    );
    let mut files = Files::default();
    files.add("test/it.md", "controls/test/it.md", control, true);
    files.add("frameworks/f.toml", "controls/frameworks/f.toml", framework, true);
    catalog::load_files(&files, fixture::kinds()).unwrap_or_else(|faults| panic!("{faults}")).0
}

const LOCKED: &str =
    "resource = \"Test::Box\"\nwhen = 'resource.kind == \"chest\"'\nevery = 'resource.locked'\n[columns]\nOwner = \"resource.owner\"";

/// An inventory under construction.
struct World {
    inventory: Inventory,
    settings: Settings,
    keys: Vec<CallKey>,
}

fn settings() -> Settings {
    let account =
        |id: &str| AccountNote { id: id.into(), alias: None, partition: Partition::Aws, principal: None, entered: true, gap: None };
    let region = |account: &str, region: &str| RegionNote {
        account: account.into(),
        region: region.into(),
        status: "opted-in".into(),
        observed: true,
    };
    let regions = [ONE, TWO].into_iter().flat_map(|id| REGIONS.map(|name| region(id, name))).collect();
    let recording = RecordingNote {
        digest: "d".into(),
        origin: RecordingOrigin::Emulated,
        started: instant("2026-01-01T08:00:00Z"),
        ended: instant("2026-01-01T08:09:00Z"),
    };
    Settings {
        as_of: instant("2026-01-01T08:09:00Z"),
        accept_stale: false,
        tool: Tool { version: "0".into(), collectors: 1, sdk: BTreeMap::new() },
        inputs_digest: "i".into(),
        recording,
        scope: Scope { accounts: vec![account(ONE), account(TWO)], regions, excluded: vec![] },
        exhibits: Exhibits::default(),
    }
}

impl World {
    /// Both accounts, both Regions, nothing in them.
    fn empty() -> Self {
        let mut world = World { inventory: Inventory::default(), settings: settings(), keys: vec![] };
        for account in [ONE, TWO] {
            REGIONS.iter().for_each(|region| world.list("Test::Box", account, region));
            world.list("Test::Room", account, "global");
        }
        world
    }

    fn call(&mut self, account: &str, region: &str, operation: &str) -> CallId {
        let key = CallKey {
            account: account.into(),
            region: region.into(),
            service: "Test".into(),
            operation: operation.into(),
            input: String::new(),
            n: 0,
        };
        let id = key.id();
        self.inventory.calls.insert(id, CallNote { key: key.clone(), received: instant("2026-01-01T08:02:00Z") });
        self.keys.push(key);
        id
    }

    fn list(&mut self, kind: &str, account: &str, region: &str) {
        let call = self.call(account, region, &format!("List{}", kind.trim_start_matches("Test::")));
        self.inventory.populations.push(Population {
            kind: kind.into(),
            place: place(account, region),
            count: 0,
            ended: Ended::LastPage,
            pages: 1,
            calls: vec![call],
            gap: None,
            second: None,
        });
    }

    fn population(&mut self, kind: &str, account: &str, region: &str) -> &mut Population {
        let place = place(account, region);
        let found = self.inventory.populations.iter_mut().find(|one| one.kind == kind && one.place == place);
        found.expect("a population")
    }

    fn gap(&mut self, account: &str, region: &str, reason: Reason) -> GapId {
        let gap = Gap {
            account: account.into(),
            region: region.into(),
            service: "Test".into(),
            operation: "Ask".into(),
            reason,
            detail: format!("{} said no", reason.as_str()),
            call: None,
        };
        self.inventory.gaps.note(gap)
    }

    fn break_listing(&mut self, kind: &str, account: &str, region: &str, reason: Reason) {
        let gap = self.gap(account, region, reason);
        let population = self.population(kind, account, region);
        (population.gap, population.ended) = (Some(gap), Ended::NotProven);
    }

    fn add(&mut self, kind: &str, account: &str, region: &str, name: &str, facts: Value) {
        let population = self.population(kind, account, region);
        population.count += 1;
        let listing = population.calls[0];
        let lock = self.call(account, region, &format!("GetLock {name}"));
        let word = if kind == "Test::Room" { "room" } else { "box" };
        let at = if region == "global" { "" } else { region };
        let id = format!("arn:aws:test:{at}:{account}:{word}/{name}");
        let source = |path: &str, call| Source { path: path.into(), call, observed_at: None };
        let sources = vec![source("", listing), source("lock", lock)];
        let resource = Resource::new(&place(account, region), kind, id, name.into(), &facts, sources);
        self.inventory.resources.push(&resource).expect("temporary file");
    }

    fn chest(&mut self, account: &str, region: &str, name: &str, facts: Value) {
        let mut whole = json!({
            "kind": "chest", "locked": true, "age_days": 1, "owner": null, "created": "2025-12-01T00:00:00Z", "opened": null,
            "tags": {}, "items": [], "words": [], "room": {"name": "r", "open": true}, "lock": null, "room_id": null,
        });
        let given = facts.as_object().expect("facts").clone();
        whole.as_object_mut().expect("facts").extend(given);
        self.add("Test::Box", account, region, name, whole);
    }

    fn judge_with(&mut self, catalog: &Catalog, overrides: &Overrides, waivers: &Waivers, statements: &Statements) -> Judged {
        self.settings.exhibits = Exhibits::number(&self.keys);
        let selection = catalog.select(&["f".into()], overrides).expect("the framework");
        self.inventory.settle();
        assess::assess(&selection, fixture::kinds(), &mut self.inventory, waivers, statements, &self.settings).expect("judged")
    }

    fn judge(&mut self, judge: &str) -> Judged {
        self.judge_with(&catalog(judge, ""), &Overrides::default(), &Waivers::default(), &Statements::default())
    }
}

fn lines(judged: &Judged) -> Vec<Line> {
    let mut lines = Vec::new();
    let read = judged.verdicts.for_each::<std::io::Error>(|line| {
        lines.push(line);
        Ok(())
    });
    read.expect("temporary file");
    lines
}

/// Every verdict in one short line.
fn short(judged: &Judged) -> Vec<String> {
    let one = |line: Line| {
        let verdict = line.verdict;
        let name = verdict.resource.name.unwrap_or_else(|| "-".into());
        let why = verdict.reason.map(|why| format!(" {}", why.code)).unwrap_or_default();
        let account = match verdict.account.as_str() {
            ONE => "one",
            TWO => "two",
            other => other,
        };
        format!("{account} {} {name} {}{why}", verdict.region, verdict.verdict.as_str())
    };
    lines(judged).into_iter().map(one).collect()
}

fn item(judged: &Judged) -> &ItemLine {
    &judged.assessment.frameworks[0].items[0]
}

#[test]
fn every_resource_has_its_verdict_and_every_empty_population_its_line() {
    let mut world = World::empty();
    world.chest(ONE, "eu-west-1", "good", json!({}));
    world.chest(ONE, "eu-west-1", "bad", json!({"locked": false, "owner": "me"}));
    world.chest(ONE, "us-east-1", "crate", json!({"kind": "crate"}));
    let judged = world.judge(LOCKED);
    assert_eq!(
        short(&judged),
        [
            "one eu-west-1 bad fail",
            "one eu-west-1 good pass",
            "one us-east-1 crate not_applicable not_selected",
            "two eu-west-1 - not_applicable empty_population",
            "two us-east-1 - not_applicable empty_population",
        ]
    );
    let bad = &lines(&judged)[0];
    assert_eq!(bad.verdict.observed, [("kind".to_owned(), json!("chest")), ("locked".to_owned(), json!(false))].into());
    assert_eq!(bad.shown, [json!("me")]);
    assert_eq!((bad.verdict.calls.len(), bad.verdict.exhibits.len()), (1, 1));
    assert_eq!(bad.verdict.observed_at, Some(instant("2026-01-01T08:02:00Z")));
    let item = item(&judged);
    assert_eq!((item.result, item.disposition, item.why.as_str()), (ItemResult::Fail, Disposition::Fail, "1 of 5 verdicts fail."));
    assert_eq!((item.accounts[ONE].result, item.accounts[TWO].result), (ItemResult::Fail, ItemResult::NothingToTest));
    assert_eq!((judged.touched, judged.control_errors), (0, 0));
}

#[test]
fn what_could_not_be_read_is_indeterminate_unless_the_verdict_is_settled_without_it() {
    let mut world = World::empty();
    let denied = world.gap(ONE, "eu-west-1", Reason::Denied);
    let throttled = world.gap(ONE, "eu-west-1", Reason::Throttled);
    let (denied, throttled) = (json!({"$gap": denied.0}), json!({"$gap": throttled.0}));
    world.chest(ONE, "eu-west-1", "a-locked-unknown", json!({"locked": denied}));
    world.chest(ONE, "eu-west-1", "b-kind-unknown", json!({"kind": denied}));
    world.chest(ONE, "eu-west-1", "c-age-unknown", json!({"age_days": throttled}));
    world.chest(ONE, "eu-west-1", "d-unlocked-age-unknown", json!({"locked": false, "age_days": throttled}));
    world.chest(ONE, "eu-west-1", "e-both-unknown", json!({"locked": denied, "age_days": throttled}));
    let judged =
        world.judge("resource = \"Test::Box\"\nwhen = 'resource.kind == \"chest\"'\nevery = 'resource.age_days < 5 && resource.locked'");
    let short = short(&judged);
    assert_eq!(
        short[..5],
        [
            "one eu-west-1 a-locked-unknown indeterminate denied",
            "one eu-west-1 b-kind-unknown indeterminate denied",
            "one eu-west-1 c-age-unknown indeterminate throttled",
            "one eu-west-1 d-unlocked-age-unknown fail",
            "one eu-west-1 e-both-unknown indeterminate denied",
        ]
    );
    let both = &lines(&judged)[4].verdict;
    assert_eq!(both.observed["locked"], json!({"gap": "denied"}));
    let detail = &both.reason.as_ref().expect("a reason").detail;
    assert_eq!(detail, "`locked` could not be read: denied said no; `age_days` could not be read: throttled said no");
    assert_eq!(judged.touched, 4);
}

#[test]
fn gaps_pass_through_loops_maps_and_groups() {
    let cases = [
        (
            "resource.items.all(i, i.name == \"a\")",
            json!({"items": [{"name": "a", "weight": 1}, {"name": {"$gap": "G"}, "weight": 1}]}),
            "indeterminate denied",
        ),
        (
            "resource.items.all(i, i.name == \"a\")",
            json!({"items": [{"name": {"$gap": "G"}, "weight": 1}, {"name": "b", "weight": 1}]}),
            "fail",
        ),
        (
            "resource.items.exists(i, i.name == \"a\")",
            json!({"items": [{"name": {"$gap": "G"}, "weight": 1}, {"name": "a", "weight": 1}]}),
            "pass",
        ),
        (
            "resource.items.exists(i, i.name == \"a\")",
            json!({"items": [{"name": {"$gap": "G"}, "weight": 1}, {"name": "b", "weight": 1}]}),
            "indeterminate denied",
        ),
        (
            "resource.items.exists_one(i, i.name == \"a\")",
            json!({"items": [{"name": {"$gap": "G"}, "weight": 1}, {"name": "a", "weight": 1}]}),
            "indeterminate denied",
        ),
        (
            "size(resource.items.filter(i, i.name == \"a\")) == 1",
            json!({"items": [{"name": {"$gap": "G"}, "weight": 1}]}),
            "indeterminate denied",
        ),
        ("resource.items.map(i, i.name) == [\"a\"]", json!({"items": [{"name": {"$gap": "G"}, "weight": 1}]}), "indeterminate denied"),
        ("\"a\" in resource.words", json!({"words": {"$gap": "G"}}), "indeterminate denied"),
        ("\"a\" in resource.words", json!({"words": ["b", {"$gap": "G"}]}), "indeterminate denied"),
        ("size(resource.words) == 0", json!({"words": {"$gap": "G"}}), "indeterminate denied"),
        ("get(resource.tags, \"a\") == null", json!({"tags": {"$gap": "G"}}), "indeterminate denied"),
        ("get(resource.tags, \"a\") == null", json!({"tags": {"b": "x"}}), "pass"),
        ("get(resource.tags, \"$gap\") != null", json!({"tags": {"$$gap": "x"}}), "pass"),
        ("resource.room.open", json!({"room": {"$gap": "G"}}), "indeterminate denied"),
        ("resource.lock == null", json!({"lock": {"$gap": "G"}}), "indeterminate denied"),
        ("resource.lock != null && resource.lock.model == \"x\"", json!({"lock": {"$gap": "G"}}), "indeterminate denied"),
        ("resource.lock != null", json!({"lock": {"model": {"$gap": "G"}}}), "pass"),
        ("resource.locked ? true : true", json!({"locked": {"$gap": "G"}}), "indeterminate denied"),
        ("resource.locked || !resource.locked", json!({"locked": {"$gap": "G"}}), "indeterminate denied"),
        ("!(resource.kind != \"chest\")", json!({"kind": {"$gap": "G"}}), "indeterminate denied"),
        ("as_of - resource.created > days(5)", json!({"created": {"$gap": "G"}}), "indeterminate denied"),
    ];
    for (test, facts, expected) in cases {
        let mut world = World::empty();
        let gap = world.gap(ONE, "eu-west-1", Reason::Denied);
        let facts = serde_json::from_str(&facts.to_string().replace("\"G\"", &format!("{:?}", gap.0))).expect("JSON");
        world.chest(ONE, "eu-west-1", "it", facts);
        let judged = world.judge(&format!("resource = \"Test::Box\"\nevery = '{test}'"));
        assert_eq!(short(&judged)[0], format!("one eu-west-1 it {expected}"), "{test}");
    }
}

#[test]
fn an_incomplete_population_has_exactly_one_line_and_no_item_passes_over_it() {
    for reason in [Reason::Denied, Reason::Throttled, Reason::Failed, Reason::Truncated, Reason::Disputed, Reason::NotRecorded] {
        let mut world = World::empty();
        world.chest(ONE, "eu-west-1", "good", json!({}));
        world.chest(ONE, "us-east-1", "seen", json!({}));
        world.break_listing("Test::Box", ONE, "us-east-1", reason);
        let judged = world.judge(LOCKED);
        let short = short(&judged);
        assert_eq!(
            short[..3],
            [
                "one eu-west-1 good pass".to_owned(),
                format!("one us-east-1 - indeterminate {}", reason.as_str()),
                "one us-east-1 seen pass".to_owned(),
            ]
        );
        assert_eq!(short.len(), 5);
        assert_eq!((item(&judged).result, item(&judged).accounts[TWO].result), (ItemResult::Indeterminate, ItemResult::NothingToTest));
        assert!(!judged.assessment.populations.iter().all(|population| population.complete));
    }
}

#[test]
fn an_account_that_could_not_be_entered_or_was_not_listed_is_not_passed_over() {
    let mut world = World::empty();
    world.chest(ONE, "eu-west-1", "good", json!({}));
    world.inventory.populations.retain(|population| population.place.account == ONE);
    world.settings.scope.accounts[1].entered = false;
    let gap = world.gap(TWO, "global", Reason::Denied);
    world.settings.scope.accounts[1].gap = world.inventory.gaps.get(&gap).cloned();
    world.inventory.populations.retain(|population| population.place != place(ONE, "us-east-1"));
    let judged = world.judge(LOCKED);
    assert_eq!(
        short(&judged),
        ["one eu-west-1 good pass", "one us-east-1 - indeterminate not_recorded", "two global - indeterminate denied"]
    );
    assert_eq!(item(&judged).accounts[TWO].result, ItemResult::Indeterminate);
    assert!(judged.assessment.gaps.iter().any(|gap| gap.operation == "ListBoxes" && gap.reason == Reason::NotRecorded));
}

#[test]
fn a_population_of_which_resources_got_lost_is_not_complete() {
    let mut world = World::empty();
    world.chest(ONE, "eu-west-1", "good", json!({}));
    world.population("Test::Box", ONE, "eu-west-1").count = 2;
    world.population("Test::Box", TWO, "eu-west-1").count = 1;
    let judged = world.judge(LOCKED);
    assert_eq!(
        short(&judged),
        [
            "one eu-west-1 - indeterminate failed",
            "one eu-west-1 good pass",
            "one us-east-1 - indeterminate failed",
            "two eu-west-1 - indeterminate failed",
            "two us-east-1 - indeterminate failed",
        ]
    );
    assert!(judged.assessment.populations.iter().all(|population| population.kind == "Test::Room" || !population.complete));
}

#[test]
fn a_resource_of_a_region_left_out_is_judged_where_another_regions_listing_showed_it() {
    let mut world = World::empty();
    world.chest(ONE, "eu-west-1", "shown", json!({}));
    let mut moved = Inventory::default();
    world
        .inventory
        .resources
        .for_each::<std::io::Error>("Test::Box", |mut resource| {
            resource.key.region = "ap-south-1".into();
            moved.resources.push(&resource)
        })
        .expect("temporary file");
    world.inventory.resources = moved.resources;
    let judged = world.judge(LOCKED);
    assert_eq!(short(&judged)[..2], ["one ap-south-1 shown pass", "one us-east-1 - not_applicable empty_population"]);
    assert_eq!(item(&judged).result, ItemResult::Pass);
}

#[test]
fn an_account_without_any_fails_where_the_absence_is_the_failure() {
    let judge = "resource = \"Test::Box\"\nevery = 'resource.locked'\nempty = \"fail\"";
    let mut world = World::empty();
    world.chest(ONE, "eu-west-1", "good", json!({}));
    assert_eq!(
        short(&world.judge(judge)),
        [
            "one eu-west-1 good pass",
            "one us-east-1 - not_applicable empty_population",
            "two eu-west-1 - not_applicable empty_population",
            "two global - fail empty_population",
            "two us-east-1 - not_applicable empty_population",
        ],
        "one Region without boxes is no failure, an account without is"
    );
    let mut world = World::empty();
    world.break_listing("Test::Box", TWO, "us-east-1", Reason::Denied);
    let judged = world.judge(judge);
    assert_eq!(item(&judged).accounts[TWO].result, ItemResult::Indeterminate, "an unread Region may hold one");
    let rooms = "resource = \"Test::Room\"\nevery = 'resource.open'\nempty = \"fail\"";
    assert_eq!(short(&World::empty().judge(rooms)), ["one global - fail empty_population", "two global - fail empty_population"]);
}

#[test]
fn one_witness_is_enough_and_its_absence_is_proven_only_over_complete_populations() {
    let judge = |per: &str| {
        format!("resource = \"Test::Box\"\nwhen = 'resource.kind == \"chest\"'\nat_least_one = 'resource.locked'\nper = \"{per}\"")
    };
    let mut world = World::empty();
    world.chest(ONE, "eu-west-1", "b", json!({}));
    world.chest(ONE, "eu-west-1", "a", json!({}));
    world.chest(ONE, "us-east-1", "open", json!({"locked": false}));
    world.chest(TWO, "us-east-1", "crate", json!({"kind": "crate"}));
    let judged = world.judge(&judge("account"));
    assert_eq!(short(&judged), ["one global a pass witness", "two global - not_applicable not_selected"]);
    assert_eq!(lines(&judged)[0].verdict.observed["locked"], true);
    assert_eq!(
        short(&world.judge(&judge("region"))),
        [
            "one eu-west-1 a pass witness",
            "one us-east-1 - fail no_witness",
            "two eu-west-1 - fail no_witness",
            "two us-east-1 - not_applicable not_selected",
        ],
        "no box at all is a missing witness; a box the control does not speak about is not"
    );
    let judged = world.judge(&judge("organization"));
    assert_eq!(short(&judged), ["organization global a pass witness"]);
    assert_eq!(item(&judged).accounts[TWO].result, ItemResult::Pass);

    world.break_listing("Test::Box", TWO, "eu-west-1", Reason::Denied);
    assert_eq!(
        short(&world.judge(&judge("account"))),
        ["one global a pass witness", "two eu-west-1 - indeterminate denied"],
        "the unread Region may hold the witness"
    );
    let gap = world.gap(ONE, "us-east-1", Reason::Throttled);
    world.chest(ONE, "us-east-1", "unknown", json!({"locked": {"$gap": gap.0}}));
    let judged = world.judge(&judge("region"));
    assert_eq!(short(&judged)[1], "one us-east-1 - indeterminate throttled");
    let observed = &lines(&judged)[1].verdict.observed;
    assert_eq!(observed["candidates"], json!({"elements": 2, "shown": 2}));
    assert_eq!(observed["arn:aws:test:us-east-1:111122223333:box/unknown locked"], json!({"gap": "throttled"}));
}

#[test]
fn find_never_takes_silence_for_absence() {
    let judge = "resource = \"Test::Box\"\nevery = 'resource.room_id != null && find(\"Test::Room\", resource.room_id) != null \
                 && find(\"Test::Room\", resource.room_id).open'";
    let room = |account: &str, name: &str| json!({"room_id": format!("arn:aws:test::{account}:room/{name}")});
    let run = |change: &dyn Fn(&mut World), facts: Value| {
        let mut world = World::empty();
        world.add("Test::Room", ONE, "global", "open", json!({"name": "open", "open": true}));
        world.add("Test::Room", TWO, "global", "shut", json!({"name": "shut", "open": false}));
        change(&mut world);
        world.chest(ONE, "eu-west-1", "it", facts);
        let judged = world.judge(judge);
        let found = short(&judged)[0].trim_start_matches("one eu-west-1 it ").to_owned();
        (found, lines(&judged).swap_remove(0).verdict)
    };
    let nothing = |_: &mut World| {};
    let (found, verdict) = run(&nothing, room(ONE, "open"));
    assert_eq!((found.as_str(), verdict.calls.len()), ("pass", 2));
    assert_eq!(verdict.observed["find(Test::Room, arn:aws:test::111122223333:room/open).open"], true);
    assert_eq!(run(&nothing, room(TWO, "shut")).0, "fail");
    let (found, verdict) = run(&nothing, room(ONE, "none"));
    assert_eq!((found.as_str(), verdict.calls.len()), ("fail", 2), "proven by the listing of rooms");
    assert_eq!(run(&nothing, room("999999999999", "x")).0, "indeterminate other_account");
    assert_eq!(run(&nothing, json!({"room_id": "arn:aws-cn:test::111122223333:room/open"})).0, "indeterminate other_account");
    assert_eq!(run(&nothing, json!({"room_id": "room-7"})).0, "indeterminate not_recorded");
    assert_eq!(
        run(&|world| world.break_listing("Test::Room", ONE, "global", Reason::Throttled), room(ONE, "none")).0,
        "indeterminate throttled"
    );
    assert_eq!(run(&|world| world.break_listing("Test::Room", ONE, "global", Reason::Throttled), room(ONE, "open")).0, "pass");
    let forget = |world: &mut World| world.inventory.populations.retain(|one| one.kind != "Test::Room" || one.place.account == ONE);
    assert_eq!(run(&forget, room(TWO, "none")).0, "indeterminate not_recorded");
}

#[test]
fn ages_are_not_judged_long_after_the_recording() {
    let judge =
        "resource = \"Test::Box\"\nwhen = 'resource.locked'\nevery = 'resource.kind == \"safe\" || as_of - resource.created <= days(45)'";
    let run = |as_of: &str, accept: bool| {
        let mut world = World::empty();
        world.settings.as_of = instant(as_of);
        world.settings.accept_stale = accept;
        world.chest(ONE, "eu-west-1", "chest", json!({}));
        world.chest(ONE, "eu-west-1", "safe", json!({"kind": "safe"}));
        world.chest(ONE, "eu-west-1", "unlocked", json!({"locked": false}));
        short(&world.judge(judge))[..3].to_vec()
    };
    let settled = ["one eu-west-1 safe pass", "one eu-west-1 unlocked not_applicable not_selected"];
    let line = |verdict: &str| [vec![format!("one eu-west-1 chest {verdict}")], settled.map(str::to_owned).to_vec()].concat();
    assert_eq!(run("2026-01-01T08:09:00Z", false), line("pass"));
    assert_eq!(run("2026-01-02T08:09:00Z", false), line("pass"), "24 hours are not more than 24 hours");
    assert_eq!(run("2026-01-02T08:09:01Z", false), line("indeterminate stale"));
    assert_eq!(run("2026-02-01T00:00:00Z", true), line("fail"));
    assert_eq!(run("2025-12-02T00:00:00Z", false), line("pass"));
}

#[test]
fn a_narrowed_scope_leaves_items_about_every_region_undecided() {
    let mut world = World::empty();
    world.chest(ONE, "eu-west-1", "good", json!({}));
    world.settings.scope.excluded = vec![Excluded { account: ONE.into(), region: "ap-south-1".into(), by: "--region".into() }];
    let none = (Overrides::default(), Waivers::default(), Statements::default());
    let judged = world.judge_with(&catalog(LOCKED, "every_region = true"), &none.0, &none.1, &none.2);
    assert_eq!(item(&judged).result, ItemResult::Indeterminate);
    assert_eq!(item(&judged).why, "The item speaks of every Region, and Regions were left out (out_of_scope).");
    assert_eq!(
        (item(&judged).accounts[ONE].result, item(&judged).accounts[TWO].result),
        (ItemResult::Indeterminate, ItemResult::NothingToTest)
    );
    let judged = world.judge_with(&catalog(LOCKED, ""), &none.0, &none.1, &none.2);
    assert_eq!(item(&judged).result, ItemResult::Pass);
}

#[test]
fn a_setting_weaker_than_the_items_leaves_it_to_a_person() {
    let judge = "resource = \"Test::Box\"\nevery = 'resource.age_days <= params.max'\n[params.max]\ndefault = 45\nstricter = \"lower\"";
    let mut world = World::empty();
    world.chest(ONE, "eu-west-1", "it", json!({}));
    let catalog = catalog(judge, "");
    let local = |max: i64| Overrides { local: [("test-it".into(), [("max".into(), json!(max))].into())].into(), ..Overrides::default() };
    let strict = world.judge_with(&catalog, &local(30), &Waivers::default(), &Statements::default());
    assert_eq!(item(&strict).disposition, Disposition::Pass);
    assert_eq!(strict.assessment.controls[0].params["max"].origin, "local");
    let weak = world.judge_with(&catalog, &local(90), &Waivers::default(), &Statements::default());
    assert_eq!((item(&weak).result, item(&weak).disposition), (ItemResult::Pass, Disposition::Manual));
    assert_eq!(
        item(&weak).why,
        "1 of 4 verdicts pass, 3 are not applicable; all populations are complete; \
         local setting `max` of `test-it` is 90, weaker than the 45 demanded; a person must decide."
    );
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    files.iter().for_each(|(name, text)| std::fs::write(folder.path().join(name), text).expect("write"));
    folder
}

const WAIVER: &str = r#"control = "test-it"
account = "111122223333"
resources = ["arn:aws:test:eu-west-1:111122223333:box/bad"]
owner = "platform team"
reason = "moves in March"
approved_by = "security board"
approved = 2025-12-01
expires = 2026-01-20
"#;

#[test]
fn a_waiver_stands_beside_a_failure_and_changes_nothing() {
    let catalog = catalog(LOCKED, "");
    let unused = WAIVER.replace("box/bad", "box/gone").replace("2026-01-20", "2027-01-20");
    let expired = WAIVER
        .replace("resources = [\"arn:aws:test:eu-west-1:111122223333:box/bad\"]", "pattern = \"*:box/b*\"")
        .replace("2026-01-20", "2025-12-24");
    let folder = folder(&[("b-active.toml", WAIVER), ("a-expired.toml", &expired), ("unused.toml", &unused)]);
    let waivers = Waivers::load(folder.path(), &catalog).expect("sound waivers");
    let mut world = World::empty();
    world.chest(ONE, "eu-west-1", "bad", json!({"locked": false}));
    world.chest(ONE, "eu-west-1", "brown", json!({"locked": false}));
    world.chest(ONE, "eu-west-1", "good", json!({}));
    let without = world.judge_with(&catalog, &Overrides::default(), &Waivers::default(), &Statements::default());
    let with = world.judge_with(&catalog, &Overrides::default(), &waivers, &Statements::default());
    assert_eq!(short(&without), short(&with));
    assert_eq!(without.assessment, with.assessment);
    let notes: Vec<_> =
        lines(&with).into_iter().map(|line| line.verdict.waiver.map(|note| format!("{} {}", note.id, note.state))).collect();
    assert_eq!(notes[..3], [Some("b-active active".into()), Some("a-expired expired".into()), None]);
    let uses: Vec<_> = with.waivers.iter().map(|one| (one.waiver.id.as_str(), one.state, one.failures, one.ends_soon)).collect();
    assert_eq!(uses, [("a-expired", "expired", 2, false), ("b-active", "active", 1, true), ("unused", "active", 0, false)]);
}

#[test]
fn faulty_waivers_and_statements_are_named_with_their_place() {
    let catalog = catalog(LOCKED, "");
    let bad = WAIVER
        .replace("test-it", "test-its")
        .replace("owner =", "ownr =")
        .replace("2026-01-20", "2024-01-20")
        .replace("111122223333\"\n", "12\"\n");
    let waivers = folder(&[("w.toml", &format!("{bad}pattern = \"*\"\n"))]);
    let error = Waivers::load(waivers.path(), &catalog).expect_err("faulty").to_string();
    let statement = "framework = \"f\"\nitem = \"2\"\nstatement = \"s\"\nrole = \"r\"\ndated = 2026-01-01\nexpires = \"soon\"\n[[files]]\npath = \"../x\"\nsha256 = \"0\"\n";
    let statements = folder(&[("s.toml", statement)]);
    let other = Statements::load(statements.path(), &catalog).expect_err("faulty").to_string();
    let all = format!("{error}\n\n{other}")
        .replace(&waivers.path().display().to_string(), "DIR")
        .replace(&statements.path().display().to_string(), "DIR");
    insta::assert_snapshot!(all);
}

#[test]
fn a_valid_statement_makes_a_waiting_item_stated() {
    let catalog = catalog(LOCKED, "").clone();
    let mut world = World::empty();
    world.chest(ONE, "eu-west-1", "good", json!({}));
    let text = |account: &str, expires: &str| {
        format!(
            "framework = \"f\"\nitem = \"1\"\n{account}statement = \"We look.\"\nrole = \"head of boxes\"\ndated = 2025-12-01\nexpires = {expires}\n"
        )
    };
    let weak = Overrides::default();
    let mut disposition = |catalog: &Catalog, files: &[(&str, &str)]| {
        let folder = folder(files);
        let statements = Statements::load(folder.path(), catalog).expect("sound statements");
        let judged = world.judge_with(catalog, &weak, &Waivers::default(), &statements);
        (item(&judged).disposition, item(&judged).accounts[ONE].disposition)
    };
    let partial = partial_catalog();
    let (valid, late) = (text("", "2026-06-01"), text("", "2025-12-31"));
    let only_one = text("account = \"111122223333\"\n", "2026-06-01");
    assert_eq!(disposition(&catalog, &[("s.toml", &valid)]), (Disposition::Pass, Disposition::Pass), "nothing waits for a person");
    assert_eq!(disposition(&partial, &[]), (Disposition::Manual, Disposition::Manual));
    assert_eq!(disposition(&partial, &[("s.toml", &valid)]), (Disposition::Stated, Disposition::Stated));
    assert_eq!(disposition(&partial, &[("s.toml", &late)]), (Disposition::Manual, Disposition::Manual));
    assert_eq!(disposition(&partial, &[("s.toml", &only_one)]), (Disposition::Manual, Disposition::Stated));
}

fn partial_catalog() -> Catalog {
    let whole = catalog(LOCKED, "");
    let control = &whole.control("test-it").expect("read").text;
    let framework = whole.framework("f").expect("read").text.replace("coverage = \"full\"", "coverage = \"partial\"\nwhy = \"Doors.\"");
    let mut files = Files::default();
    files.add("test/it.md", "controls/test/it.md", control.clone(), true);
    files.add("frameworks/f.toml", "controls/frameworks/f.toml", framework, true);
    catalog::load_files(&files, fixture::kinds()).expect("sound").0
}

#[test]
fn the_bytes_do_not_depend_on_the_order_of_resources() {
    let text = |reverse: bool| {
        let mut world = World::empty();
        let mut numbers: Vec<usize> = (0..3000).collect();
        if reverse {
            numbers.reverse();
        }
        for number in numbers {
            let facts = json!({"locked": number % 7 != 0, "kind": if number % 5 == 0 { "crate" } else { "chest" }});
            world.chest(if number % 2 == 0 { ONE } else { TWO }, REGIONS[number % 2], &format!("box-{number}"), facts);
        }
        let judged = world.judge(LOCKED);
        let mut text = serde_json::to_string(&judged.assessment).expect("JSON");
        for run in judged.verdicts.runs() {
            judged
                .verdicts
                .for_run_text::<std::io::Error>(run, |verdict, shown| {
                    text.push_str(verdict);
                    text.push_str(shown);
                    text.push('\n');
                    Ok(())
                })
                .expect("temporary file");
        }
        let lines = lines(&judged);
        assert!(lines.is_sorted_by(|a, b| a.verdict.sort_key() < b.verdict.sort_key()));
        assert_eq!(lines.len(), 3000 + 2);
        text
    };
    assert!(text(false) == text(true));
}

#[test]
fn a_control_that_fails_for_no_gaps_reason_says_so() {
    let mut world = World::empty();
    world.chest(ONE, "eu-west-1", "it", json!({"age_days": i64::MAX}));
    for test in ["resource.age_days + 1 > 0", "as_of - days(resource.age_days) < as_of", "resource.created + days(3000000) > as_of"] {
        let judged = world.judge(&format!("resource = \"Test::Box\"\nevery = '{test}'"));
        assert_eq!(short(&judged)[0], "one eu-west-1 it indeterminate control_error", "{test}");
        assert_eq!((judged.touched, judged.control_errors), (0, 1));
    }
}

#[test]
fn the_contract_holds_its_published_schemas() {
    let mut world = World::empty();
    world.chest(ONE, "eu-west-1", "good", json!({}));
    world.break_listing("Test::Box", ONE, "us-east-1", Reason::Denied);
    let judged = world.judge(LOCKED);
    for (name, schema) in [("assessment", assess::contract::assessment_schema()), ("verdict", assess::contract::verdict_schema())] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{name}.schema.json"));
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).expect("JSON"));
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
            std::fs::write(&path, &text).expect("write");
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(published == text, "schemas/{name}.schema.json is not current: run this test with UPDATE_SCHEMAS=1");
    }
    let check = |schema: schemars::Schema, value: Value| {
        let validator = jsonschema::validator_for(&schema.to_value()).expect("a schema");
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0]);
    };
    check(assess::contract::assessment_schema(), json!(judged.assessment));
    lines(&judged).into_iter().for_each(|line| check(assess::contract::verdict_schema(), json!(line.verdict)));
    assert_eq!(lines(&judged)[0].verdict.verdict, Outcome::Pass);
}
