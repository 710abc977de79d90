//! DynamoDB.

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::Story;

const CONTROL: &str = "dynamodb-table-encryption";

#[test]
fn a_table_fails_only_where_the_key_is_nobodys_in_an_account() {
    let told = Story::of("databases.tables").for_controls(&[CONTROL]).tell();
    let verdicts = ["a-owned", "b-managed", "c-customer", "d-partner"].map(|table| told.on(CONTROL, table)[0].verdict.as_str());
    assert_eq!(verdicts, ["fail", "pass", "pass", "pass"]);
}

/// A key that may not be asked about is not "AWS's own", nor a customer's.
#[test]
fn w24_tables_whose_key_or_description_may_not_be_read_keep_their_row() {
    let denied = |service: &str, operation: &str| json!({"service": service, "operation": operation, "answer": {"kind": "access_denied"}});
    let told = Story::of("databases.tables").fault(denied("kms", "DescribeKey")).for_controls(&[CONTROL]).tell();
    let verdicts = ["a-owned", "b-managed", "c-customer", "d-partner"].map(|table| told.on(CONTROL, table)[0].verdict.as_str());
    assert_eq!(verdicts, ["fail", "indeterminate", "indeterminate", "pass"], "a key of another account can only be a customer's");
    let told = Story::of("databases.tables").fault(denied("dynamodb", "DescribeTable")).for_controls(&[CONTROL]).tell();
    assert_eq!(told.own(CONTROL), ItemResult::Indeterminate);
    assert_eq!(told.coded(CONTROL).iter().filter(|(_, verdict)| verdict == "indeterminate denied").count(), 4);
}

#[test]
fn an_account_without_tables_has_nothing_to_test() {
    assert_eq!(Story::of("databases.none").for_controls(&[CONTROL]).tell().own(CONTROL), ItemResult::NothingToTest);
}
