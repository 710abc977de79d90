//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use std::collections::BTreeMap;

use aws_sdk_kms::operation::get_key_rotation_status::GetKeyRotationStatusOutput;
use aws_sdk_kms::types::{AliasListEntry, KeyMetadata};

use super::facts::Rotation;
use crate::collect::at::{At, instant_if_set};
use crate::collect::resource_policy::{self, ResourcePolicy};
use crate::model::Fact;

/// What decides which questions about a key make sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nature {
    /// Managed by the customer.
    pub customer: bool,
    /// Automatic rotation is the key's own to have.
    pub rotates_itself: bool,
    /// Enabled, so that rotation can be asked about.
    pub enabled: bool,
}

/// The nature of a key, `None` where its description lacks what tells it.
pub fn nature(told: &KeyMetadata) -> Option<Nature> {
    let word = |word: Option<&str>| word.filter(|word| !word.is_empty()).map(str::to_owned);
    let manager = word(told.key_manager.as_ref().map(|manager| manager.as_str()))?;
    let spec = word(told.key_spec.as_ref().map(|spec| spec.as_str()))?;
    let origin = word(told.origin.as_ref().map(|origin| origin.as_str()))?;
    let state = word(told.key_state.as_ref().map(|state| state.as_str()))?;
    let customer = manager == "CUSTOMER";
    let own = customer && spec == "SYMMETRIC_DEFAULT" && origin == "AWS_KMS" && multi_region_type(told).as_deref() != Some("REPLICA");
    Some(Nature { customer, rotates_itself: own, enabled: state == "Enabled" })
}

/// `PRIMARY`, `REPLICA`, or none.
pub fn multi_region_type(told: &KeyMetadata) -> Option<String> {
    let kind = told.multi_region_configuration.as_ref()?.multi_region_key_type.as_ref()?;
    Some(kind.as_str().to_owned())
}

/// Rotation.
pub fn rotation(told: &GetKeyRotationStatusOutput) -> Result<Rotation, String> {
    Ok(Rotation {
        key_rotation_enabled: told.key_rotation_enabled,
        rotation_period_in_days: told.rotation_period_in_days.map(i64::from),
        next_rotation_date: instant_if_set(told.next_rotation_date, "NextRotationDate")?,
    })
}

/// The policy of a key of the account.
pub fn policy(at: At<'_>, text: &str, account: &str) -> Fact<ResourcePolicy> {
    resource_policy::read(at, text, account, "the key policy")
}

/// Alias names by key id. Aliases that AWS keeps ready for keys not made yet have no key.
pub fn aliases<'a>(told: impl IntoIterator<Item = &'a AliasListEntry>) -> BTreeMap<String, Vec<String>> {
    let mut by_key: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for alias in told {
        if let (Some(key), Some(name)) = (&alias.target_key_id, &alias.alias_name) {
            by_key.entry(key.clone()).or_default().push(name.clone());
        }
    }
    by_key.values_mut().for_each(|names| names.sort());
    by_key
}

#[cfg(test)]
mod tests {
    use aws_sdk_kms::types::{
        KeyManagerType, KeySpec, KeyState, MultiRegionConfiguration, MultiRegionKeyType, OriginType, builders::KeyMetadataBuilder,
    };

    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    fn key() -> KeyMetadataBuilder {
        KeyMetadata::builder()
            .key_id("k")
            .key_manager(KeyManagerType::Customer)
            .key_spec(KeySpec::SymmetricDefault)
            .origin(OriginType::AwsKms)
            .key_state(KeyState::Enabled)
    }

    fn rotates(key: KeyMetadataBuilder) -> Option<(bool, bool)> {
        nature(&key.build().expect("an id is set")).map(|nature| (nature.rotates_itself, nature.enabled))
    }

    #[test]
    fn only_customer_managed_symmetric_keys_of_kms_rotate_themselves_and_replicas_do_not() {
        let replica = |kind| MultiRegionConfiguration::builder().multi_region_key_type(kind).build();
        assert_eq!(rotates(key()), Some((true, true)));
        assert_eq!(rotates(key().multi_region_configuration(replica(MultiRegionKeyType::Primary))), Some((true, true)));
        assert_eq!(rotates(key().multi_region_configuration(replica(MultiRegionKeyType::Replica))), Some((false, true)));
        assert_eq!(rotates(key().key_state(KeyState::PendingDeletion)), Some((true, false)));
        for other in [
            key().key_manager(KeyManagerType::Aws),
            key().key_spec(KeySpec::Rsa2048),
            key().key_spec(KeySpec::Hmac256),
            key().origin(OriginType::External),
            key().origin(OriginType::AwsCloudhsm),
            key().origin(OriginType::ExternalKeyStore),
        ] {
            assert_eq!(rotates(other), Some((false, true)));
        }
        assert_eq!(nature(&KeyMetadata::builder().key_id("k").build().expect("an id is set")), None);
    }

    #[test]
    fn aliases_without_a_key_belong_to_none() {
        let alias =
            |name: &str, key: Option<&str>| AliasListEntry::builder().alias_name(name).set_target_key_id(key.map(str::to_owned)).build();
        let told = [alias("alias/b", Some("1")), alias("alias/aws/s3", None), alias("alias/a", Some("1"))];
        assert_eq!(aliases(&told), [("1".to_owned(), vec!["alias/a".to_owned(), "alias/b".to_owned()])].into());
    }

    #[test]
    fn a_key_policy_for_everybody_is_public_unless_a_condition_names_an_account() {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("KMS", "GetKeyPolicy"), CallId(1));
        let read = |condition: &str| {
            let text = format!(
                r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Principal": {{"AWS": "*"}}, "Action": "kms:*", "Resource": "*"{condition}}}}}"#
            );
            let Fact::Known(policy) = policy(at, &text, "111122223333") else { panic!("{text}") };
            (policy.public.known().copied(), policy.outside_accounts.known().cloned())
        };
        assert_eq!(read("").0, Some(true));
        let own =
            r#", "Condition": {"StringEquals": {"kms:CallerAccount": "111122223333", "kms:ViaService": "s3.eu-west-1.amazonaws.com"}}"#;
        assert_eq!(read(own).0, Some(false));
        let other = r#", "Condition": {"StringEquals": {"kms:CallerAccount": "444455556666"}}"#;
        assert_eq!(read(other), (Some(false), Some(vec!["*".to_owned()])));
        let like = r#", "Condition": {"StringLike": {"kms:CallerAccount": "*"}}"#;
        assert_eq!(read(like).0, Some(true));
        assert!(policy(at, "", "111122223333").known().is_none());
    }
}
