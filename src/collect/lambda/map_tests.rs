//! Functions and URLs as AWS tells them, and what must not be concluded from what it leaves out.

use aws_sdk_lambda::types::builders::FunctionConfigurationBuilder;
use aws_sdk_lambda::types::{EnvironmentError, FunctionUrlAuthType, PackageType, Runtime};

use super::*;
use crate::collect::at::tests::Noted;
use crate::model::CallId;

const OWN: &str = "111122223333";

fn zip(runtime: &str) -> FunctionConfigurationBuilder {
    FunctionConfiguration::builder()
        .function_name("orders")
        .function_arn("arn:aws:lambda:eu-west-1:111122223333:function:orders")
        .package_type(PackageType::Zip)
        .runtime(Runtime::from(runtime))
}

fn read(told: FunctionConfigurationBuilder) -> (facts::Function, Vec<String>) {
    let noted = Noted::new("eu-west-1");
    let at = At::call(&noted, ("Lambda", "ListFunctions"), CallId(1));
    (function(at, &told.build(), (Fact::Known(None), Fact::Known(Vec::new()))), noted.details())
}

#[test]
fn a_runtime_has_its_day_an_image_none_and_an_unknown_one_no_answer() {
    let day = |told| read(told).0.runtime_deprecation;
    assert_eq!(day(zip("python3.9")).known().copied().flatten().map(|day| day.to_rfc3339()), Some("2025-12-15T00:00:00+00:00".into()));
    let image = || FunctionConfiguration::builder().function_name("i").package_type(PackageType::Image);
    assert_eq!((day(image()), read(image()).0.runtime), (Fact::Known(None), Fact::Known(None)));
    let (unknown, details) = read(zip("python3.99"));
    assert_eq!((unknown.runtime.known().cloned().flatten().as_deref(), unknown.runtime_deprecation.known()), (Some("python3.99"), None));
    assert!(details[0].starts_with("stale: the list of runtimes of "), "{details:?}");
    let without = FunctionConfiguration::builder().function_name("x").package_type(PackageType::Zip);
    assert!(read(without).0.runtime_deprecation.known().is_none());
}

fn with(pairs: &[(&str, &str)]) -> EnvironmentResponse {
    let variables = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    EnvironmentResponse::builder().set_variables(Some(variables)).build()
}

#[test]
fn secret_variables_are_those_whose_marker_or_name_says_so() {
    let environment = with(&[
        ("LOG_LEVEL", "[redacted:4:]"),
        ("DB_PASSWORD", "[redacted:12:assignment]"),
        ("EMPTY", " "),
        ("x-[redacted:40:github]", "[redacted:2:]"),
    ]);
    let (facts, _) = read(zip("python3.13").environment(environment));
    assert_eq!(facts.secret_environment_variables, Fact::Known(vec!["DB_PASSWORD".into(), "x-[redacted:40:github]".into()]));
    assert_eq!(facts.environment_variable_names.known().map(Vec::len), Some(4));
    let (unseen, details) = read(zip("python3.13").environment(with(&[("HOST", "db.example.com")])));
    assert!(unseen.secret_environment_variables.known().is_none() && unseen.environment_variable_names.known().is_some());
    assert_eq!(details, ["failed: the value of the variable `HOST` was not searched for secrets"]);
    assert_eq!(read(zip("python3.13")).0.secret_environment_variables, Fact::Known(Vec::new()));
}

#[test]
fn an_environment_that_could_not_be_decrypted_is_not_an_empty_one() {
    let error = |code: &str| {
        let error = EnvironmentError::builder().error_code(code).message("Lambda was unable to decrypt your environment variables").build();
        let (facts, details) = read(zip("python3.13").environment(EnvironmentResponse::builder().error(error).build()));
        assert!(facts.environment_variable_names.known().is_none() && facts.secret_environment_variables.known().is_none());
        details[0].split(':').next().unwrap_or_default().to_owned()
    };
    assert_eq!((error("AccessDeniedException"), error("KMSNotFoundException")), ("denied".to_owned(), "failed".to_owned()));
    let (neither, details) = read(zip("python3.13").environment(EnvironmentResponse::builder().build()));
    assert!(neither.environment_variable_names.known().is_none());
    assert_eq!(details, ["failed: the answer lacks `Environment.Variables`"]);
}

#[test]
fn an_alias_is_not_the_key_behind_it() {
    let key = |arn: &str| read(zip("python3.13").kms_key_arn(arn)).0.key_arn;
    assert_eq!(key(""), Fact::Known(None));
    let arn = "arn:aws:kms:eu-west-1:111122223333:key/k1";
    assert_eq!(key(arn), Fact::Known(Some(arn.to_owned())));
    assert!(key("arn:aws:kms:eu-west-1:111122223333:alias/orders").known().is_none());
}

#[test]
fn one_api_is_an_account_and_an_id_written_out() {
    for good in [
        "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/*/GET/orders",
        "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/*",
        "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/authorizers/x1y2z3",
        "arn:aws:execute-api:*:111122223333:a1b2c3d4e5/*",
        "arn:aws-cn:execute-api:cn-north-1:111122223333:a1b2c3d4e5/*",
    ] {
        assert!(is_one_api(good), "{good}");
    }
    for bad in [
        "*",
        "arn:aws:execute-api:*:*:*",
        "arn:aws:execute-api:eu-west-1:111122223333:*",
        "arn:aws:execute-api:eu-west-1:111122223333:*/*/GET/orders",
        "arn:aws:execute-api:eu-west-1:111122223333:a1b2*/*",
        "arn:aws:execute-api:eu-west-1:*:a1b2c3d4e5/*",
        "arn:aws:execute-api:eu-west-1:111122223333:",
        "arn:aws:s3:::example",
    ] {
        assert!(!is_one_api(bad), "{bad}");
    }
}

#[test]
fn a_policy_that_cannot_be_read_settles_nothing_and_names_no_grant() {
    let noted = Noted::new("eu-west-1");
    let at = At::call(&noted, ("Lambda", "GetPolicy"), CallId(1));
    let (policy_fact, grants) = policy(at, "<html>", OWN);
    assert!(policy_fact.known().is_none() && grants.known().is_none());
    let text = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "api", "Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:InvokeFunction", "Resource": "*"}]}"#;
    let (policy_fact, grants) = policy(at, text, OWN);
    let public = policy_fact.known().and_then(Option::as_ref).and_then(|policy| policy.public.known().copied());
    assert_eq!(public, Some(false), "a service is not everybody");
    let expected = ApiGatewayGrant { statement: "statement 1 (`api`)".into(), source_arns: Vec::new(), bound_to_api: Fact::Known(false) };
    assert_eq!(grants, Fact::Known(vec![expected]));
}

#[test]
fn a_url_names_its_alias() {
    let noted = Noted::new("eu-west-1");
    let at = At::call(&noted, ("Lambda", "ListFunctionUrlConfigs"), CallId(1));
    let core = || FunctionCore { function_name: Fact::Known("orders".into()), function_arn: Fact::Known("arn".into()) };
    let told = |arn: &str| {
        let url = FunctionUrlConfig::builder().function_url("https://x/").function_arn(arn).creation_time("t").last_modified_time("t");
        url.auth_type(FunctionUrlAuthType::None).build().expect("all is set")
    };
    let plain = url(at, core(), &told("arn:aws:lambda:eu-west-1:111122223333:function:orders"));
    assert_eq!((plain.alias, plain.auth_type), (Fact::Known(None), Fact::Known("NONE".to_owned())));
    let live = url(at, core(), &told("arn:aws:lambda:eu-west-1:111122223333:function:orders:live"));
    assert_eq!(live.alias, Fact::Known(Some("live".to_owned())));
}
