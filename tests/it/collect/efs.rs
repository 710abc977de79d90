//! EFS: file systems, told whole by their listing.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error};

const FILE_SYSTEM: &str = "AWS::EFS::FileSystem";
const LIST: &str = "GET /2015-02-01/file-systems";

fn file_system(id: &str, more: &Value) -> Value {
    let mut told = json!({"OwnerId": ACCOUNT, "CreationToken": id, "FileSystemId": id, "CreationTime": 1.7e9, "LifeCycleState": "available",
        "NumberOfMountTargets": 0, "SizeInBytes": {"Value": 0}, "PerformanceMode": "generalPurpose", "Tags": []});
    for (name, value) in more.as_object().expect("an object") {
        told[name] = value.clone();
    }
    told
}

fn page(all: &[Value], marker: Option<&str>) -> Reply {
    let mut told = json!({ "FileSystems": all });
    if let Some(marker) = marker {
        told["NextMarker"] = json!(marker);
    }
    reply(told.to_string())
}

/// `script` speaks in eu-west-1; elsewhere there is none.
async fn found(script: impl Fn(&Question) -> Reply + Send + Sync + 'static) -> Found {
    let upstream = Scripted::new(move |question| {
        (question.operation == LIST).then(|| if question.region == "eu-west-1" { script(question) } else { page(&[], None) })
    });
    gathered(&upstream, &all_of(&[FILE_SYSTEM])).await
}

#[tokio::test]
async fn file_systems_are_found_with_the_arn_that_efs_tells_or_would() {
    let arn = format!("arn:aws:elasticfilesystem:eu-west-1:{ACCOUNT}:file-system/fs-1");
    let told = json!({"FileSystemArn": arn, "Encrypted": true, "KmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/k1", "Name": "home", "Tags": [{"Key": "Name", "Value": "home"}]});
    let both = [file_system("fs-1", &told), file_system("fs-2", &json!({"Encrypted": false}))];
    let found = found(move |_| page(&both, None)).await;
    let (first, second) = (found.resource(FILE_SYSTEM, "fs-1"), found.resource(FILE_SYSTEM, "fs-2"));
    assert_eq!((first.key.id.as_str(), first.name.as_str()), (arn.as_str(), "home (fs-1)"));
    assert_eq!((second.key.id.clone(), second.name.as_str()), (arn.replace("fs-1", "fs-2"), "fs-2"));
    assert_eq!(found.facts(FILE_SYSTEM, "fs-1")["tags"], json!({"Name": "home"}));
    assert_eq!(found.facts(FILE_SYSTEM, "fs-2")["encrypted"], json!(false));
    assert_eq!((found.standing(FILE_SYSTEM, "eu-west-1"), found.population(FILE_SYSTEM, "us-east-1").count), ("complete".into(), 0));
}

#[tokio::test]
async fn a_file_system_that_does_not_say_whether_it_is_encrypted_is_absent_in_that() {
    let found = found(|_| page(&[file_system("fs-1", &json!({}))], None)).await;
    assert_eq!(found.why(&found.facts(FILE_SYSTEM, "fs-1")["encrypted"]), "failed: the answer lacks `Encrypted`");
}

#[tokio::test]
async fn a_denied_or_broken_list_is_a_gap_and_never_an_empty_one() {
    let denied = found(|_| json_error(403, "AccessDeniedException", "no")).await;
    assert!(denied.standing(FILE_SYSTEM, "eu-west-1").starts_with("denied"));
    let empty = found(|_| reply("{}")).await;
    assert!(empty.standing(FILE_SYSTEM, "eu-west-1").starts_with("failed"));
    let second = found(|question| match question.target.contains("Marker=") {
        false => page(&[file_system("fs-1", &json!({"Encrypted": true}))], Some("fs-1")),
        true => json_error(403, "AccessDeniedException", "no"),
    })
    .await;
    assert!(second.standing(FILE_SYSTEM, "eu-west-1").starts_with("denied"));
    assert_eq!(second.ids(FILE_SYSTEM).len(), 1);
}
