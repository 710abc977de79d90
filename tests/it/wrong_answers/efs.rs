//! EFS.

use evidence::model::assessment::ItemResult::{Fail, Indeterminate, NothingToTest, Pass};
use serde_json::json;

use super::Story;

const ITEM: &str = "3.3.1";
const CONTROL: &str = "efs-encrypted";

#[test]
fn file_systems_pass_fail_or_are_not_there() {
    assert_eq!(Story::of("databases.tidy").tell().cis(ITEM), Pass);
    assert_eq!(Story::of("databases.careless").tell().cis(ITEM), Fail);
    assert_eq!(Story::of("databases.none").tell().cis(ITEM), NothingToTest);
}

#[test]
fn w24_a_denied_list_of_file_systems_is_a_row_and_no_pass() {
    let denied = json!({"service": "elasticfilesystem", "region": "eu-west-1", "operation": "DescribeFileSystems", "answer": {"kind": "access_denied"}});
    let told = Story::of("databases.tidy").fault(denied).tell();
    assert_eq!(told.cis(ITEM), Indeterminate);
    assert!(told.lines(CONTROL).contains(&("eu-west-1".to_owned(), "indeterminate", "denied".to_owned())));
}

/// An answer without a list is no list without members.
#[test]
fn w23_an_answer_that_cannot_be_read_is_indeterminate() {
    let garbled = json!({"service": "elasticfilesystem", "operation": "DescribeFileSystems", "answer": {"kind": "empty_object"}});
    assert_eq!(Story::of("databases.careless").fault(garbled).tell().cis(ITEM), Indeterminate);
}
