//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use aws_sdk_efs::types::{FileSystemDescription, Tag};

use super::facts::FileSystem;
use crate::collect::at::At;
use crate::model::OpenMap;

/// The facts of a file system with this ARN.
pub fn file_system(at: At<'_>, told: &FileSystemDescription, arn: &str) -> FileSystem {
    let pair = |tag: &Tag| (tag.key.clone(), tag.value.clone());
    FileSystem {
        file_system_id: at.text(told.file_system_id.clone(), "FileSystemId"),
        file_system_arn: arn.to_owned().into(),
        name: told.name.clone().filter(|name| !name.is_empty()).into(),
        creation_time: at.instant(Some(told.creation_time), "CreationTime"),
        life_cycle_state: at.text(told.life_cycle_state.as_str().to_owned(), "LifeCycleState"),
        encrypted: at.need(told.encrypted, "Encrypted"),
        kms_key_id: told.kms_key_id.clone().into(),
        number_of_mount_targets: i64::from(told.number_of_mount_targets).into(),
        performance_mode: at.text(told.performance_mode.as_str().to_owned(), "PerformanceMode"),
        throughput_mode: told.throughput_mode.as_ref().map(|mode| mode.as_str().to_owned()).into(),
        availability_zone_name: told.availability_zone_name.clone().into(),
        tags: OpenMap(told.tags.iter().map(pair).collect()).into(),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_efs::types::{FileSystemSize, LifeCycleState, PerformanceMode, builders::FileSystemDescriptionBuilder};
    use aws_smithy_types::DateTime;

    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::{CallId, Fact};

    fn told() -> FileSystemDescriptionBuilder {
        FileSystemDescription::builder()
            .owner_id("111122223333")
            .creation_token("t")
            .file_system_id("fs-1")
            .creation_time(DateTime::from_secs(1_700_000_000))
            .life_cycle_state(LifeCycleState::Available)
            .number_of_mount_targets(0)
            .size_in_bytes(FileSystemSize::builder().value(0).build())
            .performance_mode(PerformanceMode::GeneralPurpose)
            .set_tags(Some(Vec::new()))
    }

    fn read(told: FileSystemDescriptionBuilder) -> (FileSystem, Vec<String>) {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("EFS", "DescribeFileSystems"), CallId(1));
        (file_system(at, &told.build().expect("all required members are set"), "arn"), noted.details())
    }

    #[test]
    fn a_file_system_that_does_not_say_whether_it_is_encrypted_is_not_taken_for_open() {
        let (silent, details) = read(told());
        assert!(silent.encrypted.known().is_none());
        assert_eq!(details, ["failed: the answer lacks `Encrypted`"]);
        let (open, details) = read(told().encrypted(false));
        assert_eq!((open.encrypted, open.kms_key_id, details.len()), (Fact::Known(false), Fact::Known(None), 0));
    }

    #[test]
    fn an_empty_name_is_none() {
        assert_eq!(read(told().encrypted(true).name("")).0.name, Fact::Known(None));
        assert_eq!(read(told().encrypted(true).name("home")).0.name, Fact::Known(Some("home".to_owned())));
    }
}
