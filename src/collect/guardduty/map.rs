//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use aws_sdk_guardduty::operation::get_detector::GetDetectorOutput;
use aws_sdk_guardduty::types::DetectorFeatureConfigurationResult as Told;

use super::facts::{Detector, Feature};
use crate::collect::at::At;
use crate::collect::reading::part;
use crate::model::{Fact, GapId};

/// A detector as described.
pub fn detector(at: At<'_>, id: &str, told: &GetDetectorOutput) -> Detector {
    let features = at.need(told.features.as_deref().map(features), "features");
    Detector {
        detector_id: id.to_owned().into(),
        status: at.text(told.status.as_ref().map(|status| status.as_str().to_owned()).unwrap_or_default(), "status"),
        finding_publishing_frequency: told.finding_publishing_frequency.as_ref().map(|word| word.as_str().to_owned()).into(),
        service_role: at.need(told.service_role.clone(), "serviceRole"),
        enabled_features: part(&features, |features| enabled(features)),
        features,
    }
}

/// A detector of which only the id is known.
pub fn undescribed(id: &str, gap: &GapId) -> Detector {
    Detector {
        detector_id: id.to_owned().into(),
        status: Fact::Absent(gap.clone()),
        finding_publishing_frequency: Fact::Absent(gap.clone()),
        service_role: Fact::Absent(gap.clone()),
        features: Fact::Absent(gap.clone()),
        enabled_features: Fact::Absent(gap.clone()),
    }
}

fn features(told: &[Told]) -> Vec<Feature> {
    let one = |told: &Told| Feature {
        name: told.name.as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default(),
        status: told.status.as_ref().map(|status| status.as_str().to_owned()).unwrap_or_default(),
    };
    let mut features: Vec<Feature> = told.iter().map(one).collect();
    features.sort();
    features
}

fn enabled(features: &[Feature]) -> Vec<String> {
    features.iter().filter(|feature| feature.status == "ENABLED").map(|feature| feature.name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_guardduty::types::{DetectorFeatureResult, FeatureStatus};

    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    #[test]
    fn only_what_is_enabled_counts_and_no_list_is_no_answer() {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("GuardDuty", "GetDetector"), CallId(1));
        let feature = |name: &str, status: FeatureStatus| Told::builder().name(DetectorFeatureResult::from(name)).status(status).build();
        let told = GetDetectorOutput::builder()
            .service_role("arn:aws:iam::111122223333:role/x")
            .features(feature("S3_DATA_EVENTS", FeatureStatus::Enabled))
            .features(feature("LAMBDA_NETWORK_LOGS", FeatureStatus::Disabled))
            .features(feature("A_PLAN_OF_NEXT_YEAR", FeatureStatus::Enabled))
            .build();
        let known = detector(at, "d1", &told);
        assert_eq!(known.enabled_features, vec!["A_PLAN_OF_NEXT_YEAR".to_owned(), "S3_DATA_EVENTS".to_owned()].into());
        assert!(known.status.known().is_none());
        let silent = detector(at, "d1", &GetDetectorOutput::builder().build());
        assert!(silent.enabled_features.known().is_none() && silent.features.known().is_none());
    }
}
