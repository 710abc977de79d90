//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use aws_sdk_config::types::{ConfigurationRecorder as Recorder, ConfigurationRecorderStatus as Status, RecordingGroup, ResourceType};

use super::facts::ConfigurationRecorder;
use crate::collect::at::At;
use crate::model::{Fact, GapId, Reason};

/// The types of IAM that Config records as global.
const GLOBAL: [&str; 4] = ["AWS::IAM::Group", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::IAM::User"];

/// What a recorder records.
struct Group {
    strategy: Option<String>,
    types: Vec<String>,
    excluded: Vec<String>,
    all: bool,
    global: bool,
}

impl Group {
    fn of(group: &RecordingGroup) -> Self {
        let strategy = group.recording_strategy.as_ref().and_then(|strategy| strategy.use_only.as_ref());
        let strategy = strategy.map(|word| word.as_str().to_owned());
        let types = names(group.resource_types.as_deref());
        let excluded = names(group.exclusion_by_resource_types.as_ref().and_then(|exclusion| exclusion.resource_types.as_deref()));
        let by_exclusion = strategy.as_deref() == Some("EXCLUSION_BY_RESOURCE_TYPES");
        let all = group.all_supported || by_exclusion || strategy.as_deref() == Some("ALL_SUPPORTED_RESOURCE_TYPES");
        let named = |list: &[String]| GLOBAL.iter().all(|global| list.iter().any(|name| name == global));
        let global = match (all, by_exclusion) {
            (true, true) => !GLOBAL.iter().any(|global| excluded.iter().any(|name| name == global)),
            (true, false) => group.include_global_resource_types,
            (false, _) => named(&types),
        };
        Group { strategy, types, excluded, all, global }
    }
}

fn names(types: Option<&[ResourceType]>) -> Vec<String> {
    let mut names: Vec<String> = types.unwrap_or_default().iter().map(|one| one.as_str().to_owned()).collect();
    names.sort();
    names
}

/// The facts of a recorder. `status` is its own, if the list of statuses shows it.
pub fn recorder(at: At<'_>, told: &Recorder, status: &Fact<Option<Status>>, status_at: At<'_>) -> ConfigurationRecorder {
    let group = told.recording_group.as_ref().map(Group::of);
    let raw = told.recording_group.as_ref();
    let own = told.service_principal.is_none();
    let need = |value: Option<bool>| match (value, own) {
        (Some(value), _) => Fact::Known(value),
        // A recorder that a service made for itself has no recording group of its own.
        (None, false) => Fact::Known(false),
        (None, true) => at.need(None, "recordingGroup"),
    };
    ConfigurationRecorder {
        name: at.need(told.name.clone(), "name"),
        service_principal: told.service_principal.clone().into(),
        role_arn: told.role_arn.clone().into(),
        recording_strategy: group.as_ref().and_then(|group| group.strategy.clone()).into(),
        all_supported: raw.map(|group| group.all_supported).into(),
        include_global_resource_types: raw.map(|group| group.include_global_resource_types).into(),
        resource_types: group.as_ref().map(|group| group.types.clone()).unwrap_or_default().into(),
        excluded_resource_types: group.as_ref().map(|group| group.excluded.clone()).unwrap_or_default().into(),
        records_all_types: need(group.as_ref().map(|group| group.all)),
        records_global_types: need(group.as_ref().map(|group| group.global)),
        recording_frequency: told.recording_mode.as_ref().map(|mode| mode.recording_frequency.as_str().to_owned()).into(),
        recording: of_status(status, status_at, |status, _| Fact::Known(status.recording)),
        last_status: of_status(status, status_at, last_status),
        last_error_code: of_status(status, status_at, |status, _| {
            Fact::Known(status.last_error_code.clone().filter(|code| !code.is_empty()))
        }),
        last_status_change_time: of_status(status, status_at, |status, at| {
            at.instant_if_set(status.last_status_change_time, "lastStatusChangeTime")
        }),
    }
}

fn of_status<T>(status: &Fact<Option<Status>>, at: At<'_>, read: impl FnOnce(&Status, At<'_>) -> Fact<T>) -> Fact<T> {
    match status {
        Fact::Known(Some(status)) => read(status, at),
        Fact::Known(None) => at.absent(Reason::Failed, "the list of statuses does not show the recorder"),
        Fact::Absent(gap) => absent(gap),
    }
}

fn last_status(status: &Status, at: At<'_>) -> Fact<String> {
    match status.last_status.as_ref().map(|word| word.as_str().to_uppercase()).filter(|word| !word.is_empty()) {
        Some(word) if word == "PENDING" => at.absent(Reason::Stale, "the recorder was started just now: its first status is pending"),
        None if !status.recording => at.absent(Reason::Stale, "the recorder has not recorded yet: it has no last status"),
        word => at.need(word, "lastStatus"),
    }
}

/// An absent fact of the same gap.
pub fn absent<T>(gap: &GapId) -> Fact<T> {
    Fact::Absent(gap.clone())
}

#[cfg(test)]
mod tests {
    use aws_sdk_config::types::{ExclusionByResourceTypes, RecorderStatus, RecordingStrategy, RecordingStrategyType};

    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    fn read(told: &Recorder, status: Option<Status>) -> (ConfigurationRecorder, Vec<String>) {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("Config Service", "DescribeConfigurationRecorders"), CallId(1));
        (recorder(at, told, &Fact::Known(status), at), noted.details())
    }

    fn named(group: RecordingGroup) -> Recorder {
        Recorder::builder().name("default").recording_group(group).build()
    }

    fn by(strategy: RecordingStrategyType) -> RecordingStrategy {
        RecordingStrategy::builder().use_only(strategy).build()
    }

    fn records(group: RecordingGroup) -> (Option<bool>, Option<bool>) {
        let (read, _) = read(&named(group), None);
        (read.records_all_types.known().copied(), read.records_global_types.known().copied())
    }

    #[test]
    fn what_is_recorded_follows_the_strategy() {
        let excluding = |types: &[&str]| {
            let types = types.iter().map(|name| ResourceType::from(*name)).collect();
            RecordingGroup::builder()
                .recording_strategy(by(RecordingStrategyType::ExclusionByResourceTypes))
                .exclusion_by_resource_types(ExclusionByResourceTypes::builder().set_resource_types(Some(types)).build())
                .build()
        };
        let all = || RecordingGroup::builder().all_supported(true);
        assert_eq!(records(all().build()), (Some(true), Some(false)));
        assert_eq!(records(all().include_global_resource_types(true).build()), (Some(true), Some(true)));
        let strategy = RecordingGroup::builder().recording_strategy(by(RecordingStrategyType::AllSupportedResourceTypes));
        assert_eq!(records(strategy.build()), (Some(true), Some(false)));
        assert_eq!(records(excluding(&["AWS::EC2::Instance"])), (Some(true), Some(true)));
        assert_eq!(records(excluding(&["AWS::IAM::Role"])), (Some(true), Some(false)));
        let some = RecordingGroup::builder().resource_types(ResourceType::Bucket);
        assert_eq!(records(some.build()), (Some(false), Some(false)));
        let iam = GLOBAL.iter().fold(RecordingGroup::builder(), |group, name| group.resource_types(ResourceType::from(*name)));
        assert_eq!(records(iam.build()), (Some(false), Some(true)));
    }

    #[test]
    fn a_pending_recorder_has_no_status_yet_and_one_that_is_not_listed_none_at_all() {
        let status = |word: RecorderStatus| Status::builder().name("default").recording(true).last_status(word).build();
        let told = named(RecordingGroup::builder().all_supported(true).build());
        let (pending, details) = read(&told, Some(status(RecorderStatus::Pending)));
        assert!(pending.last_status.known().is_none() && pending.recording.known() == Some(&true));
        assert_eq!(details, ["stale: the recorder was started just now: its first status is pending"]);
        assert_eq!(read(&told, Some(status(RecorderStatus::Failure))).0.last_status, Fact::Known("FAILURE".to_owned()));
        assert!(read(&told, None).0.recording.known().is_none());
        for (recording, reason) in
            [(true, "failed: the answer lacks `lastStatus`"), (false, "stale: the recorder has not recorded yet: it has no last status")]
        {
            let (silent, details) = read(&told, Some(Status::builder().name("default").recording(recording).build()));
            assert!(silent.last_status.known().is_none() && silent.recording.known() == Some(&recording));
            assert_eq!(details, [reason]);
        }
    }

    #[test]
    fn a_recorder_of_a_service_records_for_itself() {
        let told = Recorder::builder().name("AWSConfigurationRecorderForX").service_principal("x.amazonaws.com").build();
        let (read, details) = read(&told, Some(Status::builder().recording(true).last_status(RecorderStatus::Success).build()));
        assert_eq!(read.records_all_types.known(), Some(&false));
        assert_eq!(read.all_supported, Fact::Known(None));
        assert_eq!(details, Vec::<String>::new());
        assert!(read_own_without_group().is_none());
    }

    fn read_own_without_group() -> Option<bool> {
        read(&Recorder::builder().name("default").build(), None).0.records_all_types.known().copied()
    }
}
