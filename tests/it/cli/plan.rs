//! What is planned is what is asked: the IAM policy allows every recorded call and nothing that is never called.

use std::collections::BTreeSet;

use serde_json::Value;

use super::harness::{DEMO, Place};
use crate::emulator::{Call, Emulator};

/// Granted and yet not called against the demonstration's accounts, each for a reason.
const NOT_CALLED: &[&str] = &[
    // Asked of a bucket only where the listing does not say its Region.
    "s3:GetBucketLocation",
];

/// What the Service Authorization Reference says of requests: the actions of S3 that are not named as their operations.
const ACTIONS_OF_S3: &[(&str, &str)] = &[
    ("ListBuckets", "ListAllMyBuckets"),
    ("GetBucketEncryption", "GetEncryptionConfiguration"),
    ("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
    ("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
    ("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
];

/// A request as far as its permission depends on it.
struct Request<'a> {
    service: &'a str,
    operation: &'a str,
    account: &'a str,
    region: &'a str,
    method: &'a str,
    path: &'a str,
    body: &'a str,
}

impl Request<'_> {
    /// The IAM actions and the resource that it needs.
    fn needed(&self) -> Vec<(String, String)> {
        let Request { operation, account, region, .. } = self;
        let own = |action: &str| format!("{}:{action}", self.service);
        let within = |what: &str, member: &str| {
            let name = self.member(member)?;
            let name = name.rsplit(['/', ':']).next().unwrap_or(&name).to_owned();
            Some(format!("arn:aws:{}:{region}:{account}:{what}{name}", self.service))
        };
        let (action, resource) = match self.service {
            "apigateway" | "apigatewayv2" => {
                let path = self.path.trim_start_matches("/v2");
                (format!("apigateway:{}", self.method), Some(format!("arn:aws:apigateway:{region}::{path}")))
            }
            "s3" => {
                let renamed = ACTIONS_OF_S3.iter().find(|(name, _)| name == operation).map_or(*operation, |(_, action)| action);
                let bucket = self.path.trim_matches('/');
                (own(renamed), (!bucket.is_empty()).then(|| format!("arn:aws:s3:::{bucket}")))
            }
            "s3control" => ("s3:GetAccountPublicAccessBlock".to_owned(), None),
            "access-analyzer" => (own(operation.trim_end_matches("V2")), None),
            "kms" => (own(operation), within("key/", "KeyId")),
            "acm" => (own(operation), self.member("CertificateArn")),
            "cognito-idp" => (own(operation), within("userpool/", "UserPoolId")),
            "cognito-identity" => {
                let pool = self.member("IdentityPoolId");
                (own(operation), pool.map(|pool| format!("arn:aws:cognito-identity:{region}:{account}:identitypool/{pool}")))
            }
            "dynamodb" => (own(operation), within("table/", "TableName")),
            "lambda" => {
                let name = self.path.split("/functions/").nth(1).and_then(|rest| rest.split('/').next()).filter(|name| !name.is_empty());
                (
                    own(operation),
                    name.map(|name| {
                        format!("arn:aws:lambda:{region}:{account}:function:{}", decoded(name).rsplit(':').next().unwrap_or_default())
                    }),
                )
            }
            "secretsmanager" => (own(operation), self.member("SecretId")),
            "sns" => (own(operation), self.member("TopicArn")),
            "sqs" => (own(operation), within("", "QueueUrl")),
            _ => (own(operation), None),
        };
        let mut needed = vec![(action, resource.unwrap_or_else(|| "*".to_owned()))];
        // User pools answer for themselves what web ACL stands before them.
        if *operation == "ListResourcesForWebACL" {
            needed.push(("cognito-idp:ListResourcesForWebACL".to_owned(), "*".to_owned()));
        }
        needed
    }

    /// A member of the input, in JSON or in a form.
    fn member(&self, name: &str) -> Option<String> {
        if let Ok(body) = serde_json::from_str::<Value>(self.body) {
            return body[name].as_str().map(str::to_owned);
        }
        let pairs = self.body.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| decoded(value))
    }
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn needed(call: &Call) -> Vec<(String, String)> {
    let request = Request {
        service: &call.service,
        operation: &call.operation,
        account: call.account.as_deref().unwrap_or_default(),
        region: &call.region,
        method: &call.method,
        path: &call.path,
        body: call.body.as_deref().unwrap_or_default(),
    };
    request.needed()
}

/// The prefix of a service's actions, by the name it has in recordings.
fn prefix(service: &str) -> String {
    let other = match service {
        "API Gateway" => "apigateway",
        "AccessAnalyzer" => "access-analyzer",
        "CloudWatch Logs" => "logs",
        "Cognito Identity Provider" => "cognito-idp",
        "Cognito Identity" => "cognito-identity",
        "Config Service" => "config",
        "EFS" => "elasticfilesystem",
        "Elastic Load Balancing v2" => "elasticloadbalancing",
        "S3 Control" => "s3control",
        "Secrets Manager" => "secretsmanager",
        service => return service.to_lowercase(),
    };
    other.to_owned()
}

fn matches(pattern: &str, text: &str) -> bool {
    let pattern = regex::escape(pattern).replace(r"\*", ".*");
    regex::Regex::new(&format!("^{pattern}$")).expect("a pattern").is_match(text)
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

/// (action, resource) of every statement.
fn grants(policy: &Value) -> Vec<(String, String)> {
    let texts =
        |value: &Value| value.as_array().expect("a list").iter().map(|one| one.as_str().expect("text").to_owned()).collect::<Vec<_>>();
    let mut grants = Vec::new();
    for statement in policy["Statement"].as_array().expect("statements") {
        assert_eq!(statement["Effect"], "Allow");
        for action in texts(&statement["Action"]) {
            grants.extend(texts(&statement["Resource"]).into_iter().map(|resource| (action.clone(), resource)));
        }
    }
    grants
}

#[test]
fn the_planned_policy_allows_every_call_and_nothing_that_is_never_called() {
    let place = Place::without_aws();
    let printed = place.run("plan --framework cis --iam-policy");
    assert_eq!((printed.status, printed.stderr.as_str()), (0, ""), "{printed}");
    insta::assert_snapshot!(printed.stdout);
    let policy = printed.json();
    assert_eq!(policy["Version"], "2012-10-17");
    let grants = grants(&policy);
    let needed: BTreeSet<(String, String)> = DEMO.calls.iter().flat_map(needed).collect();
    assert!(needed.len() > 15, "{needed:?}");
    for (action, resource) in needed.iter().filter(|(action, _)| action != "sts:GetCallerIdentity") {
        let allowed = grants.iter().any(|(granted, over)| granted == action && (over == "*" || matches(over, resource)));
        assert!(allowed, "{action} on {resource} was called and is not allowed by {policy:#}");
    }
    for (granted, over) in &grants {
        assert!(!granted.contains('*'), "{granted} grants more than is named");
        let called = needed.iter().any(|(action, resource)| action == granted && (over == "*" || matches(over, resource)));
        assert!(called || NOT_CALLED.contains(&granted.as_str()), "{granted} on {over} is granted and never called");
    }
    let actions: BTreeSet<&str> = grants.iter().map(|(action, _)| action.as_str()).collect();
    let verbs = actions.iter().filter_map(|action| action.split_once(':')).map(|(_, verb)| verb);
    let reads = |verb: &str| ["Get", "List", "Describe", "GET"].iter().any(|start| verb.starts_with(start));
    assert_eq!(verbs.filter(|verb| !reads(verb)).collect::<Vec<_>>(), ["GenerateCredentialReport"]);
    let china = place.run("plan --framework cis --iam-policy --partition aws-cn");
    assert!(china.stdout.contains("arn:aws-cn:apigateway") && !china.stdout.contains("arn:aws:"), "{china}");
}

#[test]
fn the_policy_for_all_frameworks_allows_what_the_demonstration_recorded() {
    let place = Place::without_aws();
    let listed = place.run("frameworks list --format json").json();
    let ids: Vec<&str> = listed.as_array().expect("frameworks").iter().map(|one| one["id"].as_str().expect("id")).collect();
    assert!(ids.len() > 2, "{ids:?}");
    let all: String = ids.iter().map(|id| format!(" --framework {id}")).collect();
    let built = place.run(&format!("build --demo --quiet --out pack{all}")).ends(4);
    let recording = evidence::recording::Recording::open(&place.path("pack/recording")).unwrap_or_else(|error| panic!("{error}: {built}"));
    let grants = grants(&place.run(&format!("plan --iam-policy{all}")).json());
    let mut used = BTreeSet::new();
    // The demonstration is recorded for controls of users too, which ask for more than any framework plans.
    let planned = place.run(&format!("plan --format json{all}")).json();
    let planned: BTreeSet<(String, String)> =
        planned["operations"].as_array().expect("operations").iter().map(|one| (text(&one["service"]), text(&one["operation"]))).collect();
    for entry in recording.entries() {
        if entry.key.service == "STS" || !planned.contains(&(entry.key.service.clone(), entry.key.operation.clone())) {
            continue;
        }
        let (method, rest) = entry.key.input.split_once(' ').expect("a method");
        let (path, body) = rest.split_once('\n').unwrap_or((rest, ""));
        let request = Request {
            service: &prefix(&entry.key.service),
            operation: &entry.key.operation,
            account: &entry.key.account,
            region: &entry.key.region,
            method,
            path: path.split('?').next().unwrap_or(path),
            body,
        };
        for (action, resource) in request.needed() {
            let covers = |(granted, over): &&(String, String)| *granted == action && (over == "*" || matches(over, &resource));
            let by: Vec<_> = grants.iter().filter(covers).collect();
            assert!(!by.is_empty(), "{action} on {resource} is planned, was recorded and is not allowed");
            used.extend(by);
        }
    }
    let unused: Vec<_> = grants.iter().filter(|grant| !used.contains(grant) && !NOT_CALLED.contains(&grant.0.as_str())).collect();
    assert!(unused.is_empty() && used.len() > 15, "granted and never called: {unused:?}");
}

#[test]
fn a_check_in_china_offers_a_policy_of_its_own_partition() {
    let emulator = Emulator::start();
    let mut place = Place::with_accounts(&emulator, &emulator.seed("clean"));
    place.environment.insert("AWS_REGION".into(), "cn-north-1".into());
    emulator.fault(serde_json::json!({"service": "apigatewayv2", "operation": "GetApis", "answer": {"kind": "access_denied"}}));
    let checked = place.run("plan --framework cis --check").ends(4).says("arn:aws-cn:apigateway:*::/apis");
    assert!(!checked.stderr.contains("arn:aws:apigateway"), "{checked}");
}

#[test]
fn a_small_framework_needs_a_small_policy() {
    let place = Place::without_aws();
    place.write("house/frameworks/own.toml", super::harness::SMALL);
    let policy = place.run("plan --framework own --controls house --iam-policy").json();
    let actions: Vec<String> = grants(&policy).into_iter().map(|(action, _)| action).collect();
    assert!(actions.contains(&"iam:GetCredentialReport".to_owned()), "{actions:?}");
    assert!(!actions.iter().any(|action| action.starts_with("cloudtrail:") || action.starts_with("apigateway:")), "{actions:?}");
    let all = place.run("plan --framework own --controls house").shows("SERVICE").stdout;
    assert!(all.contains("GenerateCredentialReport") && all.contains("declared exception"), "{all}");
}

#[test]
fn a_check_says_what_would_be_lost_before_a_run() {
    let emulator = Emulator::start();
    let place = Place::with_accounts(&emulator, &emulator.seed("clean"));
    let fine = place.run("plan --framework cis --check").ends(0);
    assert!(!fine.stdout.contains("denied"), "{fine}");
    let deny = |operation: &str, service: &str, deny: &str| {
        emulator.fault(serde_json::json!({"service": service, "operation": operation, "answer": {"kind": "access_denied", "deny": deny}}));
    };
    deny("DescribeTrails", "cloudtrail", "implicit");
    deny("ListServerCertificates", "iam", "scp");
    let lost = place.run("plan --framework cis --check").ends(4);
    insta::assert_snapshot!(place.normalised(&lost));
    let findings = place.run("plan --framework cis --check --format json").ends(4).json();
    let denied: BTreeSet<&str> = findings
        .as_array()
        .expect("findings")
        .iter()
        .filter(|one| one["outcome"] == "denied")
        .map(|one| one["operation"].as_str().expect("text"))
        .collect();
    assert_eq!(denied, ["DescribeTrails", "ListServerCertificates"].into());
    assert!(place.names("").is_empty(), "a check leaves nothing");
    // What was foretold is what the run says.
    let built = place.run("build --framework cis --out pack").ends(4).says("refused by an explicit deny").says("cloudtrail:DescribeTrails");
    let gaps = place.read("pack/gaps.csv");
    assert!(gaps.contains("DescribeTrails") && gaps.contains("ListServerCertificates"), "{built}");
}

/// The controls that a plan or a check names for an operation.
fn controls_of(listed: &Value, operation: &str) -> BTreeSet<String> {
    let operations = listed.as_array().or_else(|| listed["operations"].as_array()).expect("operations");
    let one = operations.iter().find(|one| one["operation"] == operation).unwrap_or_else(|| panic!("no {operation}"));
    one["controls"].as_array().expect("controls").iter().map(text).collect()
}

#[test]
fn an_operation_counts_for_the_controls_that_read_what_it_fills() {
    let place = Place::without_aws();
    let plan = place.run("plan --framework cis --format json").json();
    let of = |operation: &str| controls_of(&plan, operation);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(of("ListInstanceProfiles"), names(&["ec2-instance-role-attached"]), "found from instances, and judged by none");
    assert!(of("GetBucketLogging").contains("cloudtrail-bucket-access-logging"), "found from trails");
    assert!(!of("GetBucketLogging").contains("s3-bucket-mfa-delete") && of("ListBuckets").contains("s3-bucket-mfa-delete"));
    assert!(of("DescribeInstances").contains("organizations-management-account-workloads"));
    let all: BTreeSet<String> = plan["controls"].as_array().expect("controls").iter().map(text).collect();
    assert_eq!(of("GetCallerIdentity"), all);
    let in_regions = of("DescribeRegions");
    for control in ["ec2-instance-role-attached", "cloudtrail-multi-region", "organizations-management-account-workloads"] {
        assert!(in_regions.contains(control), "{control}");
    }
    assert!(!in_regions.contains("iam-root-mfa") && !in_regions.contains("s3-bucket-mfa-delete"), "{in_regions:?}");
    let idle: Vec<String> = plan["operations"]
        .as_array()
        .expect("operations")
        .iter()
        .filter(|one| one["controls"].as_array().is_none_or(Vec::is_empty))
        .map(|one| text(&one["operation"]))
        .collect();
    assert_eq!(idle, ["ListAccountAliases"], "the alias is shown and read by no control");
}

#[test]
fn a_check_counts_the_controls_that_reach_what_may_not_be_listed() {
    let emulator = Emulator::start();
    let place = Place::with_accounts(&emulator, &emulator.seed("clean"));
    emulator.fault(serde_json::json!({"service": "iam", "operation": "ListInstanceProfiles", "answer": {"kind": "access_denied"}}));
    let checked =
        place.run("plan --framework cis --check --format json").ends(4).says("1 operation would leave gaps in what 1 control need");
    assert_eq!(controls_of(&checked.json(), "ListInstanceProfiles"), ["ec2-instance-role-attached".to_owned()].into());
}
