//! A made-up assessment with everything a pack can show, whose every text field can be given hostile text, and whose number of
//! resources and calls can be chosen.

use std::collections::{BTreeMap, HashMap};

use evidence::model::assessment::*;
use evidence::model::call::CallKey;
use evidence::model::control::*;
use evidence::model::framework::*;
use evidence::model::gap::Gaps;
use evidence::model::population::{Ended, SecondPath};
use evidence::model::verdict::{Subject, WaiverNote, Why, verdict_id};
use evidence::model::{CallId, Gap, Instant, Outcome, Partition, Place, Population, Reason, Verdict};
use evidence::pack::input::VisitVerdict;
use evidence::pack::{CallPlace, Calls, Input, InputFile, Operations, PackError, StatementLine, Templates, Verdicts, WaiverLine};
use evidence::recording::line::{Attempt, Body, CallLine, Redaction, Request, Response, sha256};
use serde_json::{Value, json};

pub const ACCOUNTS: [&str; 2] = ["111122223333", "444455556666"];

/// Everything behind an [`Input`].
pub struct Fixture {
    pub assessment: Assessment,
    pub frameworks: Vec<Framework>,
    pub controls: Vec<Control>,
    pub populations: Vec<Population>,
    pub gaps: Gaps,
    pub verdicts: Store,
    pub calls: CallList,
    pub inputs: Vec<InputFile<'static>>,
    pub waivers: Vec<WaiverLine>,
    pub statements: Vec<StatementLine>,
}

/// What to make.
#[derive(Clone, Copy)]
pub struct Wish<'a> {
    /// Resources judged by each of the two tests of users.
    pub resources: usize,
    /// Calls beside the few that everything needs.
    pub calls: usize,
    /// Items of the framework beside the seven that show each disposition.
    pub items: usize,
    /// Put into every text field.
    pub text: &'a str,
    pub origin: RecordingOrigin,
}

impl Default for Wish<'_> {
    fn default() -> Self {
        Wish { resources: 60, calls: 3, items: 0, text: "", origin: RecordingOrigin::Aws }
    }
}

pub fn at(text: &str) -> Instant {
    text.parse().expect("instant")
}

/// Verdicts by control and parameters.
#[derive(Default)]
pub struct Store(pub BTreeMap<(String, String), Vec<(Verdict, Vec<Value>)>>);

impl Verdicts for Store {
    fn visit(&self, control: &str, params_id: &str, visit: VisitVerdict<'_>) -> Result<(), PackError> {
        let key = (control.to_owned(), params_id.to_owned());
        self.0.get(&key).into_iter().flatten().try_for_each(|(verdict, shown)| {
            visit(&serde_json::to_string(verdict).expect("verdict"), &serde_json::to_string(shown).expect("values"))
        })
    }
}

pub struct CallList(pub Vec<CallLine>, HashMap<CallId, usize>);

impl Calls for CallList {
    fn keys(&self) -> Box<dyn Iterator<Item = (CallId, &CallKey)> + '_> {
        Box::new(self.0.iter().map(|line| (line.key.id(), &line.key)))
    }
    fn places(&self) -> Vec<(CallId, CallPlace)> {
        let file = format!("calls/{}/us-east-1/iam.jsonl.zst", ACCOUNTS[0]);
        let place = |(at, line): (usize, &CallLine)| (line.key.id(), CallPlace { file: file.clone(), line: at as u64 + 1 });
        self.0.iter().enumerate().rev().map(place).collect()
    }
    fn call(&self, id: CallId) -> Result<CallLine, PackError> {
        Ok(self.0[self.1[&id]].clone())
    }
}

struct Table;

impl Operations for Table {
    fn cli(&self, service: &str, operation: &str) -> Option<String> {
        (service == "IAM" && operation == "ListUsers").then(|| "iam list-users".to_owned())
    }
    fn actions(&self, service: &str, operation: &str) -> Vec<String> {
        vec![format!("{}:{operation}", service.to_lowercase())]
    }
    fn resources(&self, _: &str, _: &str) -> Vec<String> {
        vec!["arn:{partition}:x:{region}::*".to_owned()]
    }
}

impl Fixture {
    pub fn new(wish: Wish<'_>) -> Self {
        let calls = calls(wish);
        let numbers = calls.iter().enumerate().map(|(at, line)| (line.key.id(), at)).collect();
        let calls = CallList(calls, numbers);
        let controls = controls(wish);
        let verdicts = Store(verdicts(wish, &calls, &controls));
        let frameworks = vec![framework(wish, &controls)];
        let mut gaps = Gaps::default();
        let gap = gap(wish, &calls);
        let gap_id = gaps.note(gap.clone());
        let populations = populations(wish, &calls, gap_id);
        let assessment = assessment(wish, &frameworks[0], &controls, &verdicts, &populations, vec![gap]);
        Fixture {
            assessment,
            frameworks,
            controls,
            populations,
            gaps,
            verdicts,
            calls,
            inputs: vec![InputFile { path: "settings.json".into(), bytes: b"{}\n".into() }],
            waivers: vec![waiver(wish)],
            statements: vec![statement(wish)],
        }
    }

    pub fn input(&self) -> Input<'_> {
        Input {
            assessment: &self.assessment,
            frameworks: self.frameworks.iter().collect(),
            controls: self.controls.iter().collect(),
            populations: &self.populations,
            gaps: &self.gaps,
            verdicts: &self.verdicts,
            calls: &self.calls,
            recording: vec![InputFile { path: "recording.json".into(), bytes: b"{}".into() }],
            inputs: self.inputs.clone(),
            waivers: self.waivers.clone(),
            statements: self.statements.clone(),
            operations: &Table,
        }
    }

    pub fn build(&self, out: &std::path::Path) -> Result<evidence::pack::PackSummary, PackError> {
        evidence::pack::build(&self.input(), Templates::built_in()?, out)
    }
}

fn calls(wish: Wish<'_>) -> Vec<CallLine> {
    let h = wish.text;
    let users = format!("<ListUsersResponse><Users><member><UserName>{h}</UserName></member></Users></ListUsersResponse>");
    let mut lines = vec![
        call(0, "STS", "GetCallerIdentity", "query", "Action=GetCallerIdentity", Some((200, "<R/>")), wish),
        call(1, "STS", "GetCallerIdentity", "query", "Action=GetCallerIdentity", Some((200, "<R/>")), wish),
        call(0, "EC2", "DescribeRegions", "ec2", "Action=DescribeRegions&AllRegions=true", Some((200, "<R><a>x</a></R>")), wish),
        call(0, "IAM", "ListUsers", "query", &format!("Action=ListUsers&PathPrefix={h}"), Some((200, &users)), wish),
        call(
            0,
            "CloudTrail",
            "DescribeTrails",
            "json1.1",
            &json!({ "h": h }).to_string(),
            Some((400, "{\"__type\":\"AccessDenied\"}")),
            wish,
        ),
        call(0, "CloudTrail", "GetTrailStatus", "json1.1", "{}", None, wish),
        call(0, "ApiGatewayV2", "GetApis", "rest-json", "", Some((200, &json!({ "items": [{ "name": h }] }).to_string())), wish),
    ];
    for n in 0..wish.calls {
        let body = format!("Action=GetUser&UserName=user-{n:06}");
        lines.push(call(0, "IAM", "GetUser", "query", &body, Some((200, "<GetUserResponse><User>x</User></GetUserResponse>")), wish));
    }
    lines.sort_by(|a, b| a.key.cmp(&b.key));
    lines
}

fn call(account: usize, service: &str, operation: &str, wire: &str, input: &str, answer: Option<(u16, &str)>, wish: Wish<'_>) -> CallLine {
    let h = wish.text;
    let key = CallKey {
        account: ACCOUNTS[account].into(),
        region: "us-east-1".into(),
        service: service.into(),
        operation: operation.into(),
        input: format!("POST /\n{input}"),
        n: 0,
    };
    let response = answer.map(|(status, body)| Response {
        status,
        request_id: Some(format!("request{h}")),
        date: Some(format!("Thu, 01 Oct 2026 08:02:12 GMT{h}")),
        headers: vec![],
        error_code: (status >= 300).then(|| format!("AccessDenied{h}")),
        error_message: (status >= 300).then(|| format!("not allowed {h}")),
        body: Body::Utf8(body.to_owned()),
        sha256: sha256(body.as_bytes()),
    });
    CallLine {
        key,
        principal: Some(format!("arn:aws:sts::{}:assumed-role/audit/{h}", ACCOUNTS[account])),
        wire: wire.into(),
        attempts: vec![Attempt {
            sent: at("2026-10-01T08:02:11Z"),
            received: response.as_ref().map(|_| at("2026-10-01T08:02:12Z")),
            status: response.as_ref().map(|response| response.status),
            error: response.is_none().then(|| format!("timeout{h}")),
        }],
        request: Request {
            method: "POST".into(),
            host: format!("host{h}"),
            target: format!("/v2/apis/{h}?maxResults=1"),
            body: Body::Utf8(input.into()),
        },
        response,
        invalid: (operation == "GetApis").then(|| format!("cut {h}")),
        redactions: vec![Redaction { path: format!("items[0].{h}"), rules: 1 }],
    }
}

fn origin(path: &str) -> Origin {
    Origin { path: path.to_owned(), local: false }
}

fn controls(wish: Wish<'_>) -> Vec<Control> {
    let h = wish.text;
    let control = |id: &str, test: Test, severity| Control {
        id: format!("{id}{h}"),
        title: format!("Users are as they should be {h}"),
        severity,
        evaluation: Evaluation::Automated,
        judges: vec![Judge {
            resource: "AWS::IAM::User".into(),
            when: Some(format!("resource.name != '{h}'")),
            test,
            empty: Empty::Fail,
            columns: vec![("User".into(), "resource.user_name".into()), (format!("Keys {h}"), "resource.keys".into())],
        }],
        params: BTreeMap::from([(
            "days".to_owned(),
            Parameter {
                default: json!(90),
                stricter: Stricter::Lower,
                unit: Some("days".into()),
                description: Some(format!("How many {h}")),
            },
        )]),
        examples: vec![Example {
            verdict: Outcome::Pass,
            kind: None,
            resource: json!({ "name": h }),
            params: BTreeMap::new(),
            others: vec![],
            as_of: None,
        }],
        why: format!("Because {h}.\n\n```sh\naws iam x\n```"),
        remediation: format!("Do this {h}"),
        sections: vec![(format!("More {h}"), format!("text {h}"))],
        origin: origin("controls/iam/x.md"),
        text: "".into(),
    };
    vec![
        control("iam-user-keys", Test::Every(format!("resource.keys < params.days || resource.name == '{h}'")), Severity::High),
        control("iam-witness", Test::AtLeastOne { expression: "resource.mfa".into(), per: Per::Account }, Severity::Critical),
    ]
}

/// The pairs that run: the first control with two sets of parameters.
pub const PAIRS: [(usize, &str); 3] = [(0, "aaaa0000"), (0, "bbbb1111"), (1, "cccc2222")];

type Made = BTreeMap<(String, String), Vec<(Verdict, Vec<Value>)>>;

fn verdicts(wish: Wish<'_>, calls: &CallList, controls: &[Control]) -> Made {
    let h = wish.text;
    let ids: Vec<CallId> = calls.keys().map(|(id, _)| id).collect();
    let denied = calls.0.iter().find(|line| line.key.operation == "DescribeTrails").expect("call").key.id();
    let mut made = Made::new();
    for (control, params_id) in PAIRS {
        let control = &controls[control];
        let count = if control.id.starts_with("iam-witness") { 2 } else { wish.resources };
        let mut list = Vec::new();
        for n in 0..count {
            let outcome = match n % 10 {
                0 | 1 => Outcome::Fail,
                2 => Outcome::Indeterminate,
                3 => Outcome::NotApplicable,
                _ => Outcome::Pass,
            };
            let id = (n % 10 != 2).then(|| format!("arn:aws:iam::{}:user/u-{n:06}{h}", ACCOUNTS[n % 2]));
            let (account, kind) = (ACCOUNTS[n % 2], "AWS::IAM::User");
            let calls =
                if outcome == Outcome::Indeterminate { vec![denied] } else { vec![ids[n % ids.len()], ids[(n * 7 + 1) % ids.len()]] };
            list.push((
                Verdict {
                    verdict_id: verdict_id(&control.id, params_id, account, "global", kind, id.as_deref()),
                    control: control.id.clone(),
                    params_id: params_id.to_owned(),
                    severity: control.severity,
                    account: account.into(),
                    region: "global".into(),
                    resource: Subject { kind: kind.into(), name: id.as_ref().map(|_| format!("u-{n:06}{h}")), id },
                    verdict: outcome,
                    reason: (outcome == Outcome::Indeterminate).then(|| Why::gap(Reason::Denied, format!("not allowed {h}"))),
                    observed: BTreeMap::from([
                        ("resource.keys".to_owned(), json!(n)),
                        (format!("resource.tags[{h}]"), json!(h)),
                        ("resource.gap".to_owned(), json!({ "gap": "denied" })),
                    ]),
                    observed_at: Some(at("2026-10-01T08:00:00Z")),
                    waiver: (n % 10 == 1).then(|| WaiverNote {
                        id: format!("w{h}"),
                        state: "active".into(),
                        owner: format!("owner {h}"),
                        reason: h.into(),
                        approved_by: h.into(),
                        expires: "2027-01-01".into(),
                    }),
                    exhibits: vec!["E-0001".into()],
                    calls,
                },
                vec![json!(format!("{h}u-{n}")), json!([n, h])],
            ));
        }
        list.sort_by(|a, b| a.0.sort_key().cmp(&b.0.sort_key()));
        made.insert((control.id.clone(), params_id.to_owned()), list);
    }
    made
}

const DISPOSITIONS: [(Disposition, ItemResult); 7] = [
    (Disposition::Fail, ItemResult::Fail),
    (Disposition::Pass, ItemResult::Pass),
    (Disposition::Indeterminate, ItemResult::Indeterminate),
    (Disposition::NothingToTest, ItemResult::NothingToTest),
    (Disposition::Manual, ItemResult::Pass),
    (Disposition::Stated, ItemResult::None),
    (Disposition::NotTested, ItemResult::None),
];

fn framework(wish: Wish<'_>, controls: &[Control]) -> Framework {
    let h = wish.text;
    let item = |n: usize| Item {
        id: format!("1.{n}{h}"),
        title: format!("Item title {h}"),
        level: Some(format!("Level 1 {h}")),
        section: format!("{} Section {h}", n / 3),
        method: if n.is_multiple_of(2) { Method::Automated } else { Method::Manual },
        every_region: n == 0,
        guidance: (n == 4).then(|| format!("Look at it {h}")),
        mappings: vec![Mapping {
            control: controls[0].id.clone(),
            relation: Relation::Covers,
            part: format!("step a {h}"),
            coverage: Some(Coverage::Partial),
            why: format!("only users {h}"),
            params: BTreeMap::new(),
        }],
    };
    Framework {
        id: format!("cis-aws-7.0.0{h}"),
        title: format!("CIS AWS Foundations 7.0.0 {h}"),
        version: format!("7.0.0{h}"),
        aliases: vec!["cis".into()],
        notice: format!("A passed test is not a met requirement. {h}"),
        full_coverage_allowed: true,
        apis_by_section: true,
        labels: BTreeMap::from([("manual".to_owned(), format!("manual assessment {h}"))]),
        baselines: Baselines::default(),
        items: (0..7 + wish.items).map(item).collect(),
        origin: origin("controls/frameworks/cis.toml"),
        text: "".into(),
    }
}

fn gap(wish: Wish<'_>, calls: &CallList) -> Gap {
    let call = calls.0.iter().find(|line| line.key.operation == "DescribeTrails").map(|line| line.key.id());
    Gap {
        account: ACCOUNTS[0].into(),
        region: "us-east-1".into(),
        service: "CloudTrail".into(),
        operation: "DescribeTrails".into(),
        reason: Reason::Denied,
        detail: format!("not allowed {}", wish.text),
        call,
    }
}

fn populations(wish: Wish<'_>, calls: &CallList, gap: evidence::model::GapId) -> Vec<Population> {
    let ids: Vec<CallId> = calls.keys().map(|(id, _)| id).collect();
    let place = |n: usize| Place { account: ACCOUNTS[n].into(), region: "global".into() };
    vec![
        Population {
            kind: "AWS::IAM::User".into(),
            place: place(0),
            count: wish.resources as u64,
            ended: Ended::LastPage,
            pages: 3,
            calls: ids.iter().copied().take(40).collect(),
            gap: None,
            second: Some(SecondPath {
                what: format!("rows of the credential report {}", wish.text),
                count: wish.resources as u64 + 1,
                call: ids[0],
                differences: vec![format!("only in the report: x{}", wish.text)],
            }),
        },
        Population {
            kind: "AWS::CloudTrail::Trail".into(),
            place: place(1),
            count: 0,
            ended: Ended::NotProven,
            pages: 0,
            calls: vec![],
            gap: Some(gap),
            second: None,
        },
    ]
}

fn waiver(wish: Wish<'_>) -> WaiverLine {
    let h = wish.text;
    WaiverLine {
        id: format!("w{h}"),
        control: format!("iam-user-keys{h}"),
        scope: format!("{} {h}", ACCOUNTS[0]),
        state: "active".into(),
        owner: format!("owner {h}"),
        reason: format!("reason {h}"),
        approved_by: format!("board {h}"),
        expires: "2027-01-01".into(),
    }
}

fn statement(wish: Wish<'_>) -> StatementLine {
    let h = wish.text;
    StatementLine {
        id: format!("s{h}"),
        framework: format!("cis-aws-7.0.0{h}"),
        item: format!("1.5{h}"),
        account: None,
        state: "active".into(),
        role: format!("Head of Security {h}"),
        text: format!("We look at it each month. {h}"),
        made: "2026-09-01".into(),
        expires: "2027-01-01".into(),
        files: vec![format!("statements/{h}")],
    }
}

fn assessment(
    wish: Wish<'_>,
    framework: &Framework,
    controls: &[Control],
    verdicts: &Store,
    populations: &[Population],
    gaps: Vec<Gap>,
) -> Assessment {
    let h = wish.text;
    let item = |(n, item): (usize, &Item)| {
        let (disposition, result) = DISPOSITIONS[n % 7];
        let counts = Counts { pass: 3, fail: u64::from(disposition == Disposition::Fail), ..Counts::default() };
        ItemLine {
            id: item.id.clone(),
            title: item.title.clone(),
            method: item.method,
            result,
            disposition,
            evidence: vec![],
            why: format!("because {h}"),
            controls: if result == ItemResult::None {
                vec![]
            } else {
                vec![
                    ItemControl {
                        id: controls[0].id.clone(),
                        params_id: PAIRS[n % 2].1.into(),
                        relation: Relation::Covers,
                        coverage: Some(Coverage::Partial),
                    },
                    ItemControl { id: controls[1].id.clone(), params_id: PAIRS[2].1.into(), relation: Relation::Related, coverage: None },
                ]
            },
            accounts: ACCOUNTS.iter().map(|id| ((*id).to_owned(), ItemAccount { result, disposition, counts })).collect(),
        }
    };
    let line = |((id, params_id), list): (&(String, String), &Vec<(Verdict, Vec<Value>)>)| {
        let mut accounts: BTreeMap<String, Counts> = BTreeMap::new();
        for (verdict, _) in list {
            let counts = accounts.entry(verdict.account.clone()).or_default();
            match verdict.verdict {
                Outcome::Pass => counts.pass += 1,
                Outcome::Fail => counts.fail += 1,
                Outcome::NotApplicable => counts.not_applicable += 1,
                Outcome::Indeterminate => counts.indeterminate += 1,
            }
        }
        let params = BTreeMap::from([(format!("days{h}"), ParamLine { value: json!(45), origin: format!("item {h}") })]);
        ControlLine { id: id.clone(), params_id: params_id.clone(), params, accounts }
    };
    let account = |id: &str| AccountNote {
        id: id.to_owned(),
        alias: Some(format!("alias{h}")),
        partition: Partition::Aws,
        principal: Some(format!("arn:aws:sts::{id}:assumed-role/audit/{h}")),
        entered: true,
        gap: None,
    };
    let region = |account: &str, region: &str, status: &str, observed| RegionNote {
        account: account.to_owned(),
        region: region.to_owned(),
        status: status.to_owned(),
        observed,
    };
    Assessment {
        schema: SCHEMA.into(),
        tool: Tool { version: "0.1.0".into(), collectors: 1, sdk: BTreeMap::from([("aws-sdk-iam".into(), "1.133.0".into())]) },
        inputs_digest: "1".repeat(64),
        as_of: at("2026-10-01T08:09:30Z"),
        recording: RecordingNote {
            digest: "2".repeat(64),
            origin: wish.origin,
            started: at("2026-10-01T08:02:11Z"),
            ended: at("2026-10-01T08:09:30Z"),
        },
        scope: Scope {
            accounts: ACCOUNTS.iter().map(|id| account(id)).collect(),
            regions: vec![
                region(ACCOUNTS[0], "us-east-1", "opt-in-not-required", true),
                region(ACCOUNTS[0], "af-south-1", &format!("not-opted-in{h}"), false),
                region(ACCOUNTS[1], "us-east-1", "opt-in-not-required", true),
            ],
            excluded: vec![Excluded { account: ACCOUNTS[0].into(), region: "eu-west-1".into(), by: format!("--region {h}") }],
        },
        frameworks: vec![FrameworkLine {
            id: framework.id.clone(),
            version: framework.version.clone(),
            items: framework.items.iter().enumerate().map(item).collect(),
        }],
        controls: verdicts.0.iter().map(line).collect(),
        populations: populations
            .iter()
            .map(|one| PopulationLine {
                kind: one.kind.clone(),
                account: one.place.account.clone(),
                region: one.place.region.clone(),
                count: one.count,
                complete: one.complete(),
                calls: one.calls.clone(),
            })
            .collect(),
        gaps,
    }
}
