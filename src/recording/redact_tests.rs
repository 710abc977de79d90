//! What redaction promises: no secret survives, nothing else changes, twice is once.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::aws::check::check_body;
use crate::aws::check::samples::{SAMPLES, bytes};
use crate::aws::operations::{find, table};

fn row(service: &str, name: &str) -> &'static Operation {
    find(service, name).unwrap_or_else(|| panic!("{service} {name} is not in the table"))
}

/// Secrets of many shapes with the text around them: `(before, secret, after)`. None opens anything; they are put together
/// here so that no scanner takes this file for a leak.
fn shapes() -> Vec<(&'static str, String, &'static str)> {
    let (b40, hex32, hex40) =
        ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "0123456789abcdef".repeat(2), "0123456789abcdef01234567".to_owned());
    let alnum = |length: usize| "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8".chars().cycle().take(length).collect::<String>();
    vec![
        ("", b40.to_owned(), ""),
        ("key AKIAIOSFODNN7EXAMPLE / ", b40.to_owned(), " in use"),
        ("arn:aws:s3:::bucket/", b40.to_owned(), ""),
        ("pasted: ", "AKIAIOSFODNN7EXAMPLE".to_owned(), "."),
        ("aws_secret_access_key = ", b40.to_owned(), "\nregion = eu-west-1"),
        ("AWS_SECRET_ACCESS_KEY=\"", b40.to_owned(), "\""),
        ("{\"SecretAccessKey\": \"", b40.to_owned(), "\"}"),
        ("", format!("IQoJb3JpZ2luX2Vj{}==", alnum(180)), ""),
        ("token is FwoGZXIvYXdz", alnum(200), " until noon"),
        ("https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE&X-Amz-Signature=", hex32.repeat(2), "&x=1"),
        ("", format!("-----BEGIN RSA {} KEY-----\nMIIE{}\n-----END RSA PRIVATE KEY-----", "PRIVATE", alnum(400)), "\n"),
        ("", format!("-----BEGIN OPENSSH {} KEY-----\nb3Bl{}", "PRIVATE", alnum(100)), ""),
        ("use ", format!("ghp_{}", alnum(36)), " to clone"),
        ("", format!("github_pat_{}_{}", alnum(22), alnum(59)), ""),
        ("", format!("glpat-{}", alnum(20)), ""),
        ("", format!("xoxb-{}-{}", "123456789012", alnum(24)), ""),
        ("https://hooks.slack.com/services/", format!("T00000000/B00000000/{}", alnum(24)), ""),
        ("", format!("sk_live_{}", alnum(24)), ""),
        ("", format!("whsec_{}", alnum(32)), ""),
        ("", format!("AIza{}", alnum(35)), ""),
        ("", format!("GOCSPX-{}", alnum(28)), ""),
        ("", format!("npm_{}", alnum(36)), ""),
        ("", format!("pypi-AgEIcHlwaS5vcmc{}", alnum(60)), ""),
        ("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=", format!("{}==", alnum(86)), ";EndpointSuffix=core"),
        ("https://a.blob.core.windows.net/c?sv=2024&sig=", format!("{}%3D", alnum(43)), "&se=2027"),
        ("", format!("abc8Q~{}", alnum(34)), ""),
        ("", format!("SG.{}.{}", alnum(22), alnum(43)), ""),
        ("", format!("SK{hex32}"), ""),
        ("", format!("key-{hex32}"), ""),
        ("", format!("sk-proj-{}", alnum(48)), ""),
        ("", format!("hf_{}", alnum(34)), ""),
        ("", format!("hvs.{}", alnum(24)), ""),
        ("", format!("dop_v1_{}", hex32.repeat(2)), ""),
        ("", format!("dapi{hex32}"), ""),
        ("", format!("shpat_{hex32}"), ""),
        ("", format!("rubygems_{hex40}{hex40}"), ""),
        ("", format!("dckr_pat_{}", alnum(27)), ""),
        ("", format!("123456789:AA{}", alnum(33)), ""),
        ("", format!("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.{}", alnum(43)), ""),
        ("Authorization: Bearer ", alnum(30), ""),
        ("'Authorization': 'Basic ", "dXNlcjpodW50ZXIyMjI=".to_owned(), "'"),
        ("postgres://app:", "hunter2secret".to_owned(), "@db.example.com:5432/app"),
        ("Server=db;Uid=app;Pwd=", "hunter2secret".to_owned(), ";Encrypt=true"),
        ("jdbc:mysql://db/app?user=app&password=", "hunter2secret".to_owned(), "&ssl=true"),
        ("{\"db_password\": \"", "hunter2secret".to_owned(), "\"}"),
        ("db:\n  password: ", "hunter2secret".to_owned(), "\n  port: 1"),
        ("{'api_key' => '", "hunter2secret".to_owned(), "'}"),
        ("mysqldump --password ", "hunter2secret".to_owned(), " app"),
        ("<clientSecret>", "hunter2secret".to_owned(), "</clientSecret>"),
        ("x-api-key: ", "hunter2secret".to_owned(), "\r\n"),
        ("https://api.example.com/v1?access_token=", "hunter2secret".to_owned(), "#top"),
        ("create user app identified by password 'x' with token = '", "hunter2secret".to_owned(), "'"),
    ]
}

/// A way to write a text into a body of an operation.
type Carrier = (&'static str, &'static Operation, fn(&str) -> String);

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn nested(text: &str) -> String {
    json!({ "Version": "2012-10-17", "Statement": [{ "Sid": "x", "Resource": text }] }).to_string()
}

fn carriers() -> Vec<Carrier> {
    let (stages, apis, details) =
        (row("ApiGatewayV2", "GetStages"), row("ApiGatewayV2", "GetApis"), row("IAM", "GetAccountAuthorizationDetails"));
    let (trails, users, integrations) =
        (row("CloudTrail", "DescribeTrails"), row("IAM", "ListUsers"), row("ApiGatewayV2", "GetIntegrations"));
    vec![
        ("stage variable", stages, |t| json!({"items":[{"stageName":"a","stageVariables":{"NAME":t}}]}).to_string()),
        ("description", stages, |t| json!({"items":[{"description":t}]}).to_string()),
        ("description with everything escaped", apis, |t| {
            let escaped: String = t.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
            format!(r#"{{"items":[{{"description":"{escaped}"}}]}}"#)
        }),
        ("escaped slashes", apis, |t| json!({"items":[{"description":t}]}).to_string().replace('/', "\\/")),
        ("request template", integrations, |t| json!({"items":[{"requestTemplates":{"application/json":nested(t)}}]}).to_string()),
        ("document within a document", integrations, |t| json!({"items":[{"requestTemplates":{"x":nested(&nested(t))}}]}).to_string()),
        ("percent-encoded address", integrations, |t| {
            json!({"items":[{"integrationUri":format!("https://x/?next={}", percent(t))}]}).to_string()
        }),
        ("member name", apis, |t| json!({"items":[{"tags":{t:"x"}}]}).to_string()),
        ("error message in JSON", trails, |t| json!({"__type":"InvalidTrailNameException","message":format!("bad name: {t}")}).to_string()),
        ("policy document", details, |t| {
            format!(
                "<R><X><RoleDetailList><member><AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument></member></RoleDetailList></X></R>",
                percent(&nested(t))
            )
        }),
        ("tag in XML", users, |t| {
            format!("<R><X><Users><member><Tags><member><Key>note</Key><Value>{}</Value></member></Tags></member></Users></X></R>", xml(t))
        }),
        ("CDATA", users, |t| format!("<R><A><![CDATA[{t}]]></A></R>")),
        ("comment and attribute", users, |t| format!("<R a=\"{}\"><!-- {} --></R>", xml(t), t.replace("--", "-"))),
        ("error message in XML", users, |t| {
            format!("<ErrorResponse><Error><Message>{}</Message></Error></ErrorResponse>", xml(&format!("bad: {t}")))
        }),
        ("HTML", users, |t| format!("<!DOCTYPE html><html><p>{}<br></p></body>", xml(t))),
        ("garbage behind", trails, |t| format!("{{\"trailList\":[]}} {t}")),
    ]
}

/// Whether a secret can be read in a body: as it is, or through one or two of the encodings.
fn readable(body: &str, secret: &str) -> bool {
    let mut texts = vec![body.to_owned()];
    for _ in 0..3 {
        let decoded = |text: &String| {
            [layers::unescape_json(text), layers::decode_percent(text), layers::unescape_xml(text)]
                .into_iter()
                .flatten()
                .map(|layer| layer.text.into_owned())
                .collect::<Vec<_>>()
        };
        texts.extend(texts.iter().flat_map(decoded).collect::<Vec<_>>());
    }
    texts.iter().any(|text| text.contains(secret))
}

#[test]
fn no_secret_survives_in_any_place_and_encoding() {
    assert!(shapes().len() >= 30);
    let mut failures = Vec::new();
    for (name, operation, carrier) in carriers() {
        for (before, secret, after) in shapes() {
            if name == "comment and attribute" && format!("{before}{secret}{after}").contains("--") {
                continue; // A comment cannot hold it.
            }
            let body = carrier(&format!("{before}{secret}{after}"));
            assert!(readable(&body, &secret), "{name} does not carry {secret}");
            let redacted = redact(operation, body.as_bytes());
            let text = String::from_utf8_lossy(&redacted.body).into_owned();
            if readable(&text, &secret) || redacted.redactions.is_empty() {
                failures.push(format!("{name}: {before}{secret}{after}\n    {text}"));
            }
            if let Some(redaction) = redacted.redactions.iter().find(|redaction| readable(&redaction.path, &secret)) {
                failures.push(format!("{name}: path {}", redaction.path));
            }
        }
    }
    assert!(failures.is_empty(), "{} survive:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn no_secret_survives_in_free_text_or_in_bytes_that_are_no_text() {
    for (before, secret, after) in shapes() {
        let text = format!("{before}{secret}{after}");
        assert!(!readable(&redact_text(&text), &secret), "{text}");
        let bytes = [b"\xff ", text.as_bytes(), b" \xfe"].concat();
        let redacted = redact(row("IAM", "ListUsers"), &bytes);
        assert!(!readable(&String::from_utf8_lossy(&redacted.body), &secret), "{text}");
    }
}

#[test]
fn bodies_stay_whole_and_are_valid_as_before() {
    for (name, operation, carrier) in carriers() {
        for (before, secret, after) in shapes() {
            let body = carrier(&format!("{before}{secret}{after}"));
            let redacted = redact(operation, body.as_bytes()).body;
            let text = String::from_utf8_lossy(&redacted);
            if operation.root.is_empty() {
                let [was, is] = [&body, &*text].map(|text| serde_json::from_str::<serde_json::Value>(text).is_ok());
                assert_eq!(was, is, "{name}: {text}");
            } else {
                let [was, is] = [&body, &*text].map(|text| xml::walk(text, &mut |_, _| {}).is_ok());
                assert_eq!(was, is, "{name}: {text}");
            }
        }
    }
}

#[test]
fn samples_pass_their_check_redacted_or_not() {
    let mut removed = BTreeSet::new();
    for (service, name, body) in SAMPLES {
        let body = bytes(row(service, name), body);
        let redacted = redact(row(service, name), &body);
        assert_eq!(check_body(row(service, name), 200, &[], &redacted.body), Ok(()), "{name}");
        if redacted.body != body {
            removed.insert(*name);
        }
    }
    let expected = [
        "AssumeRole",
        "DescribeOrganization",
        "DescribeUserPoolClient",
        "GetAlternateContact",
        "GetContactInformation",
        "GetIntegrations",
        "GetResources",
        "GetStages",
        "GetWebACL",
        "ListAccountsForParent",
        "ListDelegatedAdministrators",
        "ListFunctions",
        "ListSecrets",
        "ListSubscriptionsByTopic",
    ];
    assert_eq!(removed, BTreeSet::from(expected));
}

#[test]
fn rest_apis_lose_values_of_variables_keys_and_parameters_and_keep_their_page_tokens() {
    let row = |name| row("API Gateway", name);
    let stages = r#"{"item":[{"variables":{"table":"orders"},"canarySettings":{"stageVariableOverrides":{"table":"blue"}},"tags":{"api_token":"seven"}}]}"#;
    let text = String::from_utf8_lossy(&redact(row("GetStages"), stages.as_bytes()).body).into_owned();
    assert!(
        text.contains(r#""table":"[redacted:6:]""#) && text.contains(r#""table":"[redacted:4:]""#) && !text.contains("seven"),
        "{text}"
    );
    for (name, body) in [
        ("GetApiKeys", r#"{"item":[{"id":"k1","name":"x","value":"abcdefghijklmnopqrst"}],"position":"PLACE"}"#),
        ("GetUsagePlanKeys", r#"{"item":[{"id":"k1","type":"API_KEY","value":"abcdefghijklmnopqrst"}],"position":"PLACE"}"#),
        (
            "GetResources",
            r#"{"item":[{"resourceMethods":{"GET":{"methodIntegration":{"requestParameters":{"integration.request.header.x-api-key":"'abcdefghijklmnopqrst'"}}}}}],"position":"PLACE"}"#,
        ),
    ] {
        // A page token in the shape of a secret is still a page token.
        let token = "AKIAZ7EXAMPLE4SEEDED";
        let text = String::from_utf8_lossy(&redact(row(name), body.replace("PLACE", token).as_bytes()).body).into_owned();
        assert!(!text.contains("abcdefghij") && text.contains(token), "{text}");
    }
}

#[test]
fn a_cut_body_shows_nothing_of_the_value_in_which_it_ends() {
    let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let json = json!({"items":[{"stageVariables":{"K":secret},"description":secret}]}).to_string();
    let xml = format!("<R><A>{secret}</A><B>{secret}</B></R>");
    for (operation, body) in [(row("ApiGatewayV2", "GetStages"), json), (row("IAM", "ListUsers"), xml)] {
        for cut in 0..body.len() {
            let redacted = redact(operation, &body.as_bytes()[..cut]);
            let text = String::from_utf8_lossy(&redacted.body).into_owned();
            assert!(!text.contains("wJalrXU"), "cut at {cut}: {text}");
            assert!(check_body(operation, 200, &[], text.as_bytes()).is_err(), "cut at {cut} became whole: {text}");
        }
    }
}

#[test]
fn values_become_markers_that_say_how_long_they_were_and_what_they_looked_like() {
    let body = json!({"items":[{"stageVariables":{"table":"orders","empty":"","DB_PASSWORD":"hünter2","key":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY","n":5}}]});
    let redacted = redact(row("ApiGatewayV2", "GetStages"), body.to_string().as_bytes());
    let value: serde_json::Value = serde_json::from_slice(&redacted.body).unwrap_or_default();
    let expected = json!({"items":[{"stageVariables":{
        "table": "[redacted:6:]", "empty": "", "DB_PASSWORD": "[redacted:7:assignment]",
        "key": "[redacted:40:aws-secret-access-key]", "n": "[redacted:1:]"
    }}]});
    assert_eq!(value, expected);
    let paths: Vec<_> = redacted.redactions.iter().map(|redaction| redaction.path.as_str()).collect();
    assert!(paths.contains(&"items[0].stageVariables.DB_PASSWORD"), "{paths:?}");
    assert_eq!(paths.len(), 4);
    assert!(redacted.redactions.iter().all(|redaction| redaction.rules == RULES));
}

#[test]
fn tags_are_read_with_their_names() {
    let users = "<R><ListUsersResult><Users><member><Tags><member><Key>team</Key><Value>pay</Value></member><member><Key>db-password</Key><Value>pay</Value></member></Tags></member></Users></ListUsersResult></R>";
    let redacted = redact(row("IAM", "ListUsers"), users.replace("ListUsersResult", "X").as_bytes());
    assert!(redacted.redactions.is_empty(), "a path that is not the row's");
    let text = String::from_utf8_lossy(&redact(row("IAM", "ListUsers"), users.as_bytes()).body).into_owned();
    assert_eq!(text, users.replace("db-password</Key><Value>pay<", "db-password</Key><Value>[redacted:3:assignment]<"));
    for (service, operation, body) in [
        (
            "S3",
            "GetBucketTagging",
            "<Tagging><TagSet><Tag><Key>db-password</Key><Value>pay</Value></Tag><Tag><Key>team</Key><Value>pay</Value></Tag></TagSet></Tagging>",
        ),
        (
            "RDS",
            "DescribeDBInstances",
            "<R><DescribeDBInstancesResult><DBInstances><DBInstance><TagList><Tag><Key>db-password</Key><Value>pay</Value></Tag><Tag><Key>team</Key><Value>pay</Value></Tag></TagList></DBInstance></DBInstances></DescribeDBInstancesResult></R>",
        ),
        ("EFS", "DescribeFileSystems", r#"{"FileSystems":[{"Tags":[{"Key":"db-password","Value":"pay"},{"Key":"team","Value":"pay"}]}]}"#),
    ] {
        let text = String::from_utf8_lossy(&redact(row(service, operation), body.as_bytes()).body).into_owned();
        assert_eq!(text, body.replacen("pay", "[redacted:3:assignment]", 1), "the name of the first tag alone makes its value a secret");
    }
    let apis = json!({"items":[{"tags":{"team":"pay","apiKey":"pay"}}]}).to_string();
    let text = String::from_utf8_lossy(&redact(row("ApiGatewayV2", "GetApis"), apis.as_bytes()).body).into_owned();
    assert!(text.contains(r#""team":"pay""#) && text.contains(r#""apiKey":"[redacted:3:assignment]""#), "{text}");
}

#[test]
fn page_tokens_key_ids_and_the_credential_report_stay() {
    let secret_like = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let page = json!({"items":[],"nextToken":secret_like}).to_string();
    assert_eq!(redact(row("ApiGatewayV2", "GetStages"), page.as_bytes()).body, page.as_bytes());
    let page = format!("<R><ListUsersResult><Marker>{secret_like}</Marker></ListUsersResult></R>");
    assert_eq!(redact(row("IAM", "ListUsers"), page.as_bytes()).body, page.as_bytes());
    let key = "<R><X><AccessKeyId>AKIAIOSFODNN7EXAMPLE</AccessKeyId></X></R>";
    assert_eq!(redact(row("IAM", "ListUsers"), key.as_bytes()).body, key.as_bytes());
    assert_eq!(redact_text("key AKIAIOSFODNN7EXAMPLE"), "key [redacted:20:aws-access-key-id]");
    let report = format!("<R><GetCredentialReportResult><Content>\n{secret_like}\n</Content></GetCredentialReportResult></R>");
    assert_eq!(redact(row("IAM", "GetCredentialReport"), report.as_bytes()).body, report.as_bytes());
}

#[test]
fn bytes_around_a_secret_stay_as_they_were() {
    let body = "{ \"items\" : [ {\"description\":\"\\u0041 ghp_aB3dE5gH7jK9mN1pQ2sT4vW6yZ8aB3dE5gH7 \\/ z\", \"n\": 1.50} ] }\n";
    let redacted = redact(row("ApiGatewayV2", "GetApis"), body.as_bytes());
    let expected = "{ \"items\" : [ {\"description\":\"\\u0041 [redacted:40:github] \\/ z\", \"n\": 1.50} ] }\n";
    assert_eq!(String::from_utf8_lossy(&redacted.body), expected);
}

#[test]
fn markers_read_back() {
    let marker = Marker { length: 40, patterns: vec!["aws-secret-access-key".into(), "jwt".into()] };
    assert_eq!(marker.to_string(), "[redacted:40:aws-secret-access-key+jwt]");
    assert_eq!(Marker::parse(&marker.to_string()), Some(marker.clone()));
    assert_eq!(Marker::parse("[redacted:12:]"), Some(Marker { length: 12, patterns: vec![] }));
    for text in
        ["", "[redacted:]", "[redacted::]", "[redacted:-1:]", "x[redacted:1:]", "[redacted:1:]x", "[redacted:1:a b]", "[redacted:1:+]"]
    {
        assert_eq!(Marker::parse(text), None, "{text}");
    }
    assert_eq!(Marker::find_all(&format!("a {marker} b [redacted:1:] [redacted")).len(), 2);
}

#[test]
fn what_only_looks_like_a_marker_hides_nothing() {
    let forged = "[redacted:1:hunter2-is-my-password]";
    let body = json!({"items":[{"stageVariables":{"a":forged}}]}).to_string();
    let text = String::from_utf8_lossy(&redact(row("ApiGatewayV2", "GetStages"), body.as_bytes()).body).into_owned();
    assert!(!text.contains("hunter2"), "{text}");
    let text = redact_text("password=[redacted:1:jwt]hunter2");
    assert!(!text.contains("hunter2"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn redacting_twice_changes_nothing_more(
        shape in 0..shapes().len(), carrier in 0..carriers().len(), more in r#"[ -~\n]{0,20}"#, cut in any::<prop::sample::Index>(), whole in any::<bool>()
    ) {
        let (_, operation, carry) = carriers()[carrier];
        let (before, secret, after) = &shapes()[shape];
        let mut body = carry(&format!("{more}{before}{secret}{after}{more}")).into_bytes();
        if !whole {
            body.truncate(cut.index(body.len()));
        }
        let once = redact(operation, &body).body;
        let twice = redact(operation, &once).body;
        prop_assert_eq!(String::from_utf8_lossy(&once), String::from_utf8_lossy(&twice));
    }

    #[test]
    fn secrets_between_other_words_do_not_survive(shape in 0..shapes().len(), carrier in 0..carriers().len(), left in "([a-z]{1,6} ){0,4}", right in "( [a-z]{1,6}){0,4}") {
        let (name, operation, carry) = carriers()[carrier];
        let (before, secret, after) = &shapes()[shape];
        prop_assume!(name != "comment and attribute" || !format!("{before}{secret}{after}").contains("--"));
        let body = carry(&format!("{left}{before}{secret}{after}{right}"));
        let text = String::from_utf8_lossy(&redact(operation, body.as_bytes()).body).into_owned();
        prop_assert!(!readable(&text, secret), "{}", text);
    }

    #[test]
    fn no_body_makes_it_panic_and_every_one_settles(index in 0..SAMPLES.len(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8), tail in any::<Vec<u8>>()) {
        let (service, name, body) = SAMPLES[index];
        let mut bytes = body.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.extend(tail);
        let once = redact(row(service, name), &bytes).body;
        prop_assert_eq!(&redact(row(service, name), &once).body, &once);
    }

    #[test]
    fn free_text_settles(text in any::<String>()) {
        let once = redact_text(&text).into_owned();
        prop_assert_eq!(redact_text(&once).into_owned(), once);
    }
}

#[test]
fn every_row_redacts_what_it_names() {
    for operation in table().filter(|operation| !operation.redact.is_empty()) {
        assert!(
            Rows::of(operation).any_value() == operation.redact.iter().any(|(_, redact)| matches!(redact, Redact::Value | Redact::Blob))
        );
        for (path, _) in operation.redact {
            assert!(!path.contains(['?', '|', ':']), "{path}");
        }
    }
}

/// What a rule looks for may be a secret that a header carries; it lies in base64, at any depth.
#[test]
fn search_strings_of_web_acls_go_at_any_depth_and_stay_base64() {
    let secret = BASE64.encode("hunter2-origin-verify");
    let one = json!({"ByteMatchStatement": {"SearchString": secret, "FieldToMatch": {"SingleHeader": {"Name": "x-origin-verify"}}}});
    let deep = json!({"AndStatement": {"Statements": [{"NotStatement": {"Statement": one}}, one]}});
    let scoped = json!({"RateBasedStatement": {"Limit": 100, "ScopeDownStatement": deep}});
    let insert = json!({"Allow": {"CustomRequestHandling": {"InsertHeaders": [{"Name": "x-key", "Value": "hunter2"}]}}});
    let rules = json!([{"Name": "a", "Statement": scoped, "Action": insert}, {"Name": "b", "Statement": one}]);
    let body = json!({"LockToken": "t", "WebACL": {"Name": "w", "Rules": rules}}).to_string();
    let once = redact(row("WAFV2", "GetWebACL"), body.as_bytes());
    let text = String::from_utf8_lossy(&once.body).into_owned();
    assert!(!text.contains(&secret) && !text.contains("hunter2"), "{text}");
    assert_eq!(once.redactions.len(), 4, "{:?}", once.redactions);
    let told: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let kept = told["WebACL"]["Rules"][1]["Statement"]["ByteMatchStatement"]["SearchString"].as_str().expect("a text");
    assert_eq!(BASE64.decode(kept).expect("base64"), b"[redacted:21:]");
    assert_eq!(redact(row("WAFV2", "GetWebACL"), &once.body), Redacted { redactions: vec![], ..once.clone() });
}
