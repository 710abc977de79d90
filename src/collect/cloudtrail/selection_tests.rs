//! Selectors as people write them, with what they select. The words: `yes`, `no`, `?` (absent), in the order management read, management
//! write, objects read, objects written, functions; then the excluded sources.

use super::advanced::Advanced;
use super::selection::{Basic, select};

fn shown(partition: &str, selectors: &str) -> String {
    let read = |name: &str| serde_json::from_str::<serde_json::Value>(selectors).expect("JSON")[name].clone();
    let basic: Vec<Basic> = serde_json::from_value(read("EventSelectors")).unwrap_or_default();
    let advanced: Vec<Advanced> = serde_json::from_value(read("AdvancedEventSelectors")).unwrap_or_default();
    let all = read("EventSelectors").as_array().map_or(0, Vec::len) + read("AdvancedEventSelectors").as_array().map_or(0, Vec::len);
    assert_eq!(basic.len() + advanced.len(), all, "a selector of the test does not parse: {selectors}");
    let selected = select(partition, &basic, &advanced);
    let word = |answer: &Result<bool, String>| match answer {
        Ok(true) => "yes",
        Ok(false) => "no",
        Err(_) => "?",
    };
    let answers =
        [&selected.management_read, &selected.management_write, &selected.s3_read_all, &selected.s3_write_all, &selected.lambda_all];
    let answers: Vec<&str> = answers.into_iter().map(word).collect();
    let excluded = selected.excluded_management_sources.map_or_else(|_| "?".to_owned(), |sources| sources.join(","));
    format!("{} {}", answers.join(" "), excluded).trim_end().to_owned()
}

fn check(cases: &[(&str, &str, &str)]) {
    for (name, selectors, expected) in cases {
        assert_eq!(shown("aws", selectors), *expected, "{name}: {selectors}");
    }
}

#[test]
fn basic_selectors_select_what_aws_documents() {
    let b = |inner: &str| format!(r#"{{"EventSelectors": [{inner}]}}"#);
    let cases = [
        ("no selector at all", String::new(), "no no no no no"),
        ("the default selector", r#"{"ReadWriteType": "All", "IncludeManagementEvents": true, "DataResources": []}"#.into(), "yes yes no no no"),
        ("members left out have documented defaults", "{}".into(), "yes yes no no no"),
        ("reads only", r#"{"ReadWriteType": "ReadOnly"}"#.into(), "yes no no no no"),
        ("writes only", r#"{"ReadWriteType": "WriteOnly"}"#.into(), "no yes no no no"),
        ("reads and writes in two selectors", r#"{"ReadWriteType": "ReadOnly"}, {"ReadWriteType": "WriteOnly"}"#.into(), "yes yes no no no"),
        ("management events off", r#"{"IncludeManagementEvents": false}"#.into(), "no no no no no"),
        ("an unknown type", r#"{"ReadWriteType": "Sometimes"}"#.into(), "? ? ? ? ? ?"),
        ("an unknown type beside a whole one", r#"{"ReadWriteType": "Sometimes"}, {}"#.into(), "yes yes ? ? ?"),
        (
            "KMS left out",
            r#"{"ExcludeManagementEventSources": ["kms.amazonaws.com"]}"#.into(),
            "yes yes no no no kms.amazonaws.com",
        ),
        (
            "KMS left out of reads, RDS data of writes",
            r#"{"ReadWriteType": "ReadOnly", "ExcludeManagementEventSources": ["kms.amazonaws.com"]},
               {"ReadWriteType": "WriteOnly", "ExcludeManagementEventSources": ["rdsdata.amazonaws.com"]}"#
                .into(),
            "yes yes no no no kms.amazonaws.com,rdsdata.amazonaws.com",
        ),
        (
            "left out by one, selected by another",
            r#"{"ExcludeManagementEventSources": ["kms.amazonaws.com"]}, {}"#.into(),
            "yes yes no no no",
        ),
        ("left out beside an unknown", r#"{"ExcludeManagementEventSources": ["kms.amazonaws.com"]}, {"ReadWriteType": "x"}"#.into(), "yes yes ? ? ? ?"),
        ("all objects", r#"{"DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}]}"#.into(), "yes yes yes yes no"),
        ("all objects, older form", r#"{"DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::"]}]}"#.into(), "yes yes yes yes no"),
        (
            "all objects, reads and writes apart",
            r#"{"ReadWriteType": "ReadOnly", "IncludeManagementEvents": false, "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}]},
               {"ReadWriteType": "WriteOnly", "IncludeManagementEvents": false, "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::"]}]}"#
                .into(),
            "no no yes yes no",
        ),
        ("written objects only", r#"{"ReadWriteType": "WriteOnly", "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}]}"#.into(), "no yes no yes no"),
        ("one bucket", r#"{"DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::logs/"]}]}"#.into(), "yes yes no no no"),
        ("a bucket and all", r#"{"DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::logs/", "arn:aws:s3"]}]}"#.into(), "yes yes yes yes no"),
        ("a wildcard nobody documents", r#"{"DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::*"]}]}"#.into(), "yes yes ? ? no"),
        ("another partition's root", r#"{"DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws-cn:s3"]}]}"#.into(), "yes yes ? ? no"),
        ("no value", r#"{"DataResources": [{"Type": "AWS::S3::Object", "Values": []}]}"#.into(), "yes yes ? ? no"),
        ("all functions", r#"{"DataResources": [{"Type": "AWS::Lambda::Function", "Values": ["arn:aws:lambda"]}]}"#.into(), "yes yes no no yes"),
        ("functions, writes only", r#"{"ReadWriteType": "WriteOnly", "DataResources": [{"Type": "AWS::Lambda::Function", "Values": ["arn:aws:lambda"]}]}"#.into(), "no yes no no no"),
        (
            "one function",
            r#"{"DataResources": [{"Type": "AWS::Lambda::Function", "Values": ["arn:aws:lambda:eu-west-1:111122223333:function:f"]}]}"#.into(),
            "yes yes no no no",
        ),
        ("tables only", r#"{"DataResources": [{"Type": "AWS::DynamoDB::Table", "Values": ["arn:aws:dynamodb"]}]}"#.into(), "yes yes no no no"),
    ];
    let cases: Vec<(&str, String, &str)> =
        cases.into_iter().map(|(name, inner, expected)| (name, b(&inner), expected.trim_end())).collect();
    check(&cases.iter().map(|(name, json, expected)| (*name, json.as_str(), *expected)).collect::<Vec<_>>());
}

fn advanced(selectors: &[&[&str]]) -> String {
    let selector = |fields: &&[&str]| format!(r#"{{"FieldSelectors": [{}]}}"#, fields.join(", "));
    format!(r#"{{"AdvancedEventSelectors": [{}]}}"#, selectors.iter().map(selector).collect::<Vec<_>>().join(", "))
}

const MANAGEMENT: &str = r#"{"Field": "eventCategory", "Equals": ["Management"]}"#;
const DATA: &str = r#"{"Field": "eventCategory", "Equals": ["Data"]}"#;
const OBJECTS: &str = r#"{"Field": "resources.type", "Equals": ["AWS::S3::Object"]}"#;
const FUNCTIONS: &str = r#"{"Field": "resources.type", "Equals": ["AWS::Lambda::Function"]}"#;
const READS: &str = r#"{"Field": "readOnly", "Equals": ["true"]}"#;
const WRITES: &str = r#"{"Field": "readOnly", "Equals": ["false"]}"#;

#[test]
fn advanced_selectors_of_management_events_select_what_aws_documents() {
    let m = |more: &[&str]| advanced(&[&[&[MANAGEMENT], more].concat()]);
    let cases = [
        ("all", m(&[]), "yes yes no no no"),
        ("reads", m(&[READS]), "yes no no no no"),
        ("writes", m(&[WRITES]), "no yes no no no"),
        ("reads and writes in two", advanced(&[&[MANAGEMENT, READS], &[MANAGEMENT, WRITES]]), "yes yes no no no"),
        ("both words", m(&[r#"{"Field": "readOnly", "Equals": ["true", "false"]}"#]), "yes yes no no no"),
        ("not read only, an operator AWS does not document here", m(&[r#"{"Field": "readOnly", "NotEquals": ["true"]}"#]), "? ? ? ? ? ?"),
        (
            "KMS and RDS data left out",
            m(&[r#"{"Field": "eventSource", "NotEquals": ["kms.amazonaws.com", "rdsdata.amazonaws.com"]}"#]),
            "yes yes no no no kms.amazonaws.com,rdsdata.amazonaws.com",
        ),
        ("one source only", m(&[r#"{"Field": "eventSource", "Equals": ["iam.amazonaws.com"]}"#]), "no no no no no"),
        (
            "KMS left out of one, alone in the other",
            advanced(&[
                &[MANAGEMENT, r#"{"Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]}"#],
                &[MANAGEMENT, r#"{"Field": "eventSource", "Equals": ["kms.amazonaws.com"]}"#],
            ]),
            "yes yes no no no ?",
        ),
        ("names of events", m(&[r#"{"Field": "eventName", "Equals": ["CreateUser"]}"#]), "no no no no no"),
        ("names of events left out", m(&[r#"{"Field": "eventName", "NotEquals": ["Decrypt"]}"#]), "no no no no no"),
        (
            "an identity left out",
            m(&[r#"{"Field": "userIdentity.arn", "NotStartsWith": ["arn:aws:sts::1:assumed-role/bot"]}"#]),
            "no no no no no",
        ),
        ("sessions of the console", m(&[r#"{"Field": "sessionCredentialFromConsole", "Equals": ["true"]}"#]), "no no no no no"),
        (
            "an identity left out here and added there",
            advanced(&[
                &[MANAGEMENT, r#"{"Field": "userIdentity.arn", "NotEquals": ["arn:x"]}"#],
                &[MANAGEMENT, r#"{"Field": "eventName", "StartsWith": ["a"]}"#],
            ]),
            "? ? no no no",
        ),
        ("an unknown field", m(&[r#"{"Field": "moonPhase", "Equals": ["full"]}"#]), "? ? ? ? ? ?"),
        (
            "an unknown field beside all",
            advanced(&[&[MANAGEMENT], &[MANAGEMENT, r#"{"Field": "moonPhase", "Equals": ["full"]}"#]]),
            "yes yes ? ? ?",
        ),
        ("an unknown operator", m(&[r#"{"Field": "eventName", "Contains": ["x"]}"#]), "? ? ? ? ? ?"),
        ("a field twice", m(&[READS, WRITES]), "? ? ? ? ? ?"),
        ("a field of data events", m(&[OBJECTS]), "? ? ? ? ? ?"),
        ("no category", advanced(&[&[READS]]), "? ? ? ? ? ?"),
        ("an unknown category", advanced(&[&[r#"{"Field": "eventCategory", "Equals": ["Gossip"]}"#]]), "? ? ? ? ? ?"),
        (
            "network activity",
            advanced(&[&[
                r#"{"Field": "eventCategory", "Equals": ["NetworkActivity"]}"#,
                r#"{"Field": "eventSource", "Equals": ["kms.amazonaws.com"]}"#,
            ]]),
            "no no no no no",
        ),
    ];
    check(&cases.iter().map(|(name, json, expected)| (*name, json.as_str(), *expected)).collect::<Vec<_>>());
}

#[test]
fn advanced_selectors_of_data_events_select_what_aws_documents() {
    let d = |more: &[&str]| advanced(&[&[&[DATA], more].concat()]);
    let arn = |operator: &str, value: &str| format!(r#"{{"Field": "resources.ARN", "{operator}": ["{value}"]}}"#);
    let (every, logs, no_logs) =
        (arn("StartsWith", "arn:aws:s3:::"), arn("StartsWith", "arn:aws:s3:::logs/"), arn("NotStartsWith", "arn:aws:s3:::logs/"));
    let cases = [
        ("all objects", d(&[OBJECTS]), "no no yes yes no"),
        ("read objects", d(&[OBJECTS, READS]), "no no yes no no"),
        ("read and written in two", advanced(&[&[DATA, OBJECTS, READS], &[DATA, OBJECTS, WRITES]]), "no no yes yes no"),
        ("every ARN", d(&[OBJECTS, &every]), "no no yes yes no"),
        ("one bucket", d(&[OBJECTS, &logs]), "no no no no no"),
        ("all but one bucket", d(&[OBJECTS, &no_logs]), "no no no no no"),
        ("one bucket, and all but it", advanced(&[&[DATA, OBJECTS, &logs], &[DATA, OBJECTS, &no_logs]]), "no no ? ? no"),
        ("two buckets", advanced(&[&[DATA, OBJECTS, &logs], &[DATA, OBJECTS, &arn("Equals", "arn:aws:s3:::b/c")]]), "no no no no no"),
        ("half a name", d(&[OBJECTS, &arn("StartsWith", "arn:aws:s3:::a")]), "no no ? ? no"),
        ("names of events", d(&[OBJECTS, r#"{"Field": "eventName", "Equals": ["DeleteObject"]}"#]), "no no no no no"),
        ("the service's own source", d(&[OBJECTS, r#"{"Field": "eventSource", "Equals": ["s3.amazonaws.com"]}"#]), "? ? ? ? ? ?"),
        ("an identity left out", d(&[OBJECTS, r#"{"Field": "userIdentity.arn", "NotEquals": ["arn:x"]}"#]), "no no no no no"),
        ("no type", d(&[READS]), "? ? ? ? ? ?"),
        ("all functions", d(&[FUNCTIONS]), "no no no no yes"),
        ("functions, writes only", d(&[FUNCTIONS, WRITES]), "no no no no no"),
        (
            "functions of one Region",
            d(&[FUNCTIONS, &arn("StartsWith", "arn:aws:lambda:eu-west-1:111122223333:function:")]),
            "no no no no ?",
        ),
        ("one function", d(&[FUNCTIONS, &arn("Equals", "arn:aws:lambda:eu-west-1:111122223333:function:f")]), "no no no no no"),
        ("another type", d(&[r#"{"Field": "resources.type", "Equals": ["AWS::DynamoDB::Table"]}"#]), "no no no no no"),
    ];
    check(&cases.iter().map(|(name, json, expected)| (*name, json.as_str(), *expected)).collect::<Vec<_>>());
}

#[test]
fn roots_are_those_of_the_partition() {
    let basic = r#"{"EventSelectors": [{"DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws-us-gov:s3"]}]}]}"#;
    assert_eq!(shown("aws-us-gov", basic), "yes yes yes yes no");
    let every = r#"{"Field": "resources.ARN", "StartsWith": ["arn:aws-cn:s3:::"]}"#;
    assert_eq!(shown("aws-cn", &advanced(&[&[DATA, OBJECTS, every]])), "no no yes yes no");
    assert_eq!(shown("aws", &advanced(&[&[DATA, OBJECTS, every]])), "no no no no no");
}

#[test]
fn both_styles_at_once_settle_nothing() {
    let both = format!(r#"{{"EventSelectors": [{{}}], "AdvancedEventSelectors": [{{"FieldSelectors": [{MANAGEMENT}]}}]}}"#);
    assert_eq!(shown("aws", &both), "? ? ? ? ? ?");
}

#[test]
fn summaries_read_as_lines() {
    let basic = Basic { exclude_management_event_sources: vec!["kms.amazonaws.com".into()], ..Basic::default() };
    assert_eq!(select("aws", &[basic], &[]).summary, ["management events (read and write) without kms.amazonaws.com"]);
    let json = format!(r#"{{"Name": "objects", "FieldSelectors": [{DATA}, {OBJECTS}, {READS}]}}"#);
    let advanced: Advanced = serde_json::from_str(&json).expect("JSON");
    assert_eq!(
        select("aws", &[], &[advanced]).summary,
        ["objects: eventCategory = Data; resources.type = AWS::S3::Object; readOnly = true"]
    );
}
