//! Functions and their URLs: each of them found, and no policy believed to be absent but by Lambda's own word.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error};

const FUNCTION: &str = "AWS::Lambda::Function";
const URL: &str = "AWS::Lambda::Url";

fn arn(question: &Question, name: &str) -> String {
    format!("arn:aws:lambda:{}:{ACCOUNT}:function:{name}", question.region)
}

/// A function; `more` adds members.
fn function(question: &Question, name: &str, more: &Value) -> Value {
    let mut function = json!({"FunctionName": name, "FunctionArn": arn(question, name), "Runtime": "python3.13", "PackageType": "Zip", "Version": "$LATEST"});
    for (member, value) in more.as_object().expect("an object") {
        function[member] = value.clone();
    }
    function
}

/// `ListFunctions`, `GetPolicy orders`, `ListFunctionUrlConfigs orders`.
fn asked(question: &Question) -> String {
    let path: Vec<&str> = question.target.split('?').next().unwrap_or_default().trim_matches('/').split('/').collect();
    match path[..] {
        [_, "functions"] => "ListFunctions".to_owned(),
        [_, "functions", name, "policy"] => format!("GetPolicy {name}"),
        [_, "functions", name, "urls"] => format!("ListFunctionUrlConfigs {name}"),
        _ => question.operation.clone(),
    }
}

fn no_policy() -> Reply {
    json_error(404, "ResourceNotFoundException", "The resource you requested does not exist.")
}

/// Functions in eu-west-1, by name, with more of what the listing says; `script` speaks first.
async fn found(
    functions: &'static [(&'static str, &'static str)],
    script: impl Fn(&Question, &str) -> Option<Reply> + Send + Sync + 'static,
) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        if question.service != "lambda" {
            return None;
        }
        let asked = asked(question);
        let here: &[_] = if question.region == "eu-west-1" { functions } else { &[] };
        let usual = || match asked.split(' ').next().unwrap_or_default() {
            "ListFunctions" => {
                let one = |(name, more): &(&str, &str)| function(question, name, &serde_json::from_str(more).expect("JSON"));
                reply(json!({"Functions": here.iter().map(one).collect::<Vec<_>>()}).to_string())
            }
            "GetPolicy" => no_policy(),
            "ListFunctionUrlConfigs" => reply(json!({"FunctionUrlConfigs": []}).to_string()),
            _ => Reply::Break,
        };
        Some(script(question, &asked).unwrap_or_else(usual))
    });
    (gathered(&upstream, &all_of(&[FUNCTION, URL])).await, upstream)
}

fn policy(statement: &str) -> Reply {
    let text = format!(r#"{{"Version":"2012-10-17","Id":"default","Statement":[{statement}]}}"#);
    reply(json!({"Policy": text, "RevisionId": "1"}).to_string())
}

#[tokio::test]
async fn a_function_is_found_with_its_runtime_environment_policy_and_urls() {
    let more = r#"{"Environment": {"Variables": {"TABLE": "orders", "DB_PASSWORD": "not a real one"}}, "VpcConfig": {"VpcId": "vpc-1"}, "Role": "arn:aws:iam::111122223333:role/orders"}"#;
    let (found, upstream) = found(Box::leak(Box::new([("orders", more)])), |question, asked| match asked {
        "GetPolicy orders" => Some(policy(
            r#"{"Sid":"api","Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"*","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/*"}}}"#,
        )),
        "ListFunctionUrlConfigs orders" => {
            let url = |arn: String, auth: &str| json!({"FunctionUrl": "https://x.lambda-url.eu-west-1.on.aws/", "FunctionArn": arn, "AuthType": auth, "CreationTime": "t", "LastModifiedTime": "t"});
            let (own, alias) = (arn(question, "orders"), format!("{}:live", arn(question, "orders")));
            Some(reply(json!({"FunctionUrlConfigs": [url(own, "AWS_IAM"), url(alias, "NONE")]}).to_string()))
        }
        _ => None,
    })
    .await;
    let facts = found.facts(FUNCTION, "function:orders");
    assert_eq!(
        (&facts["runtime"], &facts["runtime_deprecation"], &facts["vpc_id"]),
        (&json!("python3.13"), &json!("2029-06-30T00:00:00Z"), &json!("vpc-1"))
    );
    assert_eq!(facts["environment_variable_names"], json!(["DB_PASSWORD", "TABLE"]));
    assert_eq!(facts["secret_environment_variables"], json!(["DB_PASSWORD"]));
    assert_eq!((&facts["policy"]["public"], &facts["policy"]["statements"]), (&json!(false), &json!(1)));
    assert_eq!(facts["apigateway_grants"][0]["bound_to_api"], json!(true));
    assert_eq!(found.ids(URL).len(), 2);
    let live = found.facts(URL, "function:orders:live");
    assert_eq!(
        (&live["auth_type"], &live["alias"], &live["function"]["function_name"]),
        (&json!("NONE"), &json!("live"), &json!("orders"))
    );
    assert_eq!((found.standing(FUNCTION, "eu-west-1"), found.standing(URL, "eu-west-1")), ("complete".into(), "complete".into()));
    assert_eq!((found.population(FUNCTION, "us-east-1").count, found.standing(URL, "us-east-1")), (0, "complete".to_owned()));
    assert_eq!(found.gaps, []);
    assert_eq!(upstream.questions().iter().filter(|question| question.service == "lambda").count(), 4);
}

#[tokio::test]
async fn there_is_no_policy_only_by_lambdas_own_code() {
    let said = |status: u16, code: &'static str| async move {
        let (found, _) =
            found(&[("orders", "{}")], move |_, asked| asked.starts_with("GetPolicy").then(|| json_error(status, code, "no"))).await;
        let facts = found.facts(FUNCTION, "function:orders");
        let policy = &facts["policy"];
        if policy.is_null() { "none".to_owned() } else { found.why(policy).split(':').next().unwrap_or_default().to_owned() }
    };
    assert_eq!(said(404, "ResourceNotFoundException").await, "none");
    assert_eq!(said(403, "AccessDeniedException").await, "denied");
    assert_eq!(said(429, "TooManyRequestsException").await, "throttled");
    for (status, code) in [(404, "NotFound"), (404, ""), (500, "ResourceNotFoundException"), (200, "ResourceNotFoundException")] {
        assert_eq!(said(status, code).await, "failed", "{status} {code}");
    }
    let (gone, _) = found(&[("orders", "{}")], |_, asked| asked.starts_with("GetPolicy").then(|| reply("{}"))).await;
    let facts = gone.facts(FUNCTION, "function:orders");
    assert!(gone.why(&facts["policy"]).starts_with("failed") && gone.why(&facts["apigateway_grants"]).starts_with("failed"));
}

#[tokio::test]
async fn urls_of_one_function_that_may_not_be_listed_leave_the_others_and_open_the_population() {
    let (found, _) = found(&[("orders", "{}"), ("refunds", "{}")], |question, asked| match asked {
        "ListFunctionUrlConfigs orders" => {
            let url = json!({"FunctionUrl": "https://x/", "FunctionArn": arn(question, "orders"), "AuthType": "AWS_IAM", "CreationTime": "t", "LastModifiedTime": "t"});
            Some(reply(json!({"FunctionUrlConfigs": [url]}).to_string()))
        }
        "ListFunctionUrlConfigs refunds" => Some(json_error(403, "AccessDeniedException", "no")),
        _ => None,
    })
    .await;
    assert_eq!(found.ids(URL).len(), 1);
    assert!(found.standing(URL, "eu-west-1").starts_with("denied: function `refunds`: "), "{}", found.standing(URL, "eu-west-1"));
    assert_eq!(found.standing(FUNCTION, "eu-west-1"), "complete");
}

#[tokio::test]
async fn a_listing_that_is_denied_or_turns_in_circles_proves_nothing() {
    let (denied, _) = found(&[], |_, asked| (asked == "ListFunctions").then(|| json_error(403, "AccessDeniedException", "no"))).await;
    assert!(denied.standing(FUNCTION, "eu-west-1").starts_with("denied") && denied.standing(URL, "eu-west-1").starts_with("denied"));
    let (circle, _) = found(&[], |question, asked| {
        let page = json!({"Functions": [function(question, "orders", &json!({}))], "NextMarker": "again"});
        (asked == "ListFunctions" && question.region == "eu-west-1").then(|| reply(page.to_string()))
    })
    .await;
    assert!(circle.standing(FUNCTION, "eu-west-1").starts_with("truncated"), "{}", circle.standing(FUNCTION, "eu-west-1"));
    assert_eq!(circle.ids(FUNCTION).len(), 1);
}

#[tokio::test]
async fn an_environment_that_lambda_could_not_decrypt_is_a_gap_and_an_image_has_no_runtime() {
    let functions = &[
        ("payroll", r#"{"Environment": {"Error": {"ErrorCode": "AccessDeniedException", "Message": "Lambda was unable to decrypt"}}}"#),
        ("image", r#"{"PackageType": "Image", "Runtime": null}"#),
        ("new", r#"{"Runtime": "python3.99"}"#),
    ];
    let (found, _) = found(functions, |_, _| None).await;
    let payroll = found.facts(FUNCTION, "function:payroll");
    for fact in ["environment_variable_names", "secret_environment_variables"] {
        assert!(found.why(&payroll[fact]).starts_with("denied: Lambda could not decrypt"), "{fact}");
    }
    let image = found.facts(FUNCTION, "function:image");
    assert_eq!((&image["runtime"], &image["runtime_deprecation"]), (&Value::Null, &Value::Null));
    let new = found.facts(FUNCTION, "function:new");
    assert!(found.why(&new["runtime_deprecation"]).starts_with("stale"), "a runtime that nobody knows is neither old nor new");
}
