//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use aws_sdk_dynamodb::types::TableDescription;

use super::facts::SseDescription;
use crate::collect::at::instant_if_set;

/// `AWS_OWNED`.
pub const AWS_OWNED: &str = "AWS_OWNED";
const CUSTOMER_MANAGED: &str = "CUSTOMER_MANAGED";

/// Whose key a table has, as far as its description tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// Told: one of `key_type`'s words.
    Told(&'static str),
    /// The key with this ARN has to be asked.
    Of(String),
}

/// `SSEDescription`. A table with a key that AWS owns has none.
///
/// # Errors
/// When a time lies outside of what calendars hold.
pub fn sse_description(told: &TableDescription) -> Result<Option<SseDescription>, String> {
    let Some(told) = &told.sse_description else { return Ok(None) };
    Ok(Some(SseDescription {
        status: told.status.as_ref().map(|word| word.as_str().to_owned()),
        sse_type: told.sse_type.as_ref().map(|word| word.as_str().to_owned()),
        kms_master_key_arn: told.kms_master_key_arn.clone(),
        inaccessible_encryption_date_time: instant_if_set(told.inaccessible_encryption_date_time, "InaccessibleEncryptionDateTime")?,
    }))
}

/// Whose key that is; `account` is the table's.
///
/// # Errors
/// When the description is of a KMS key and does not name it.
pub fn key(told: Option<&SseDescription>, account: &str) -> Result<Key, String> {
    let Some(told) = told.filter(|told| told.status.as_deref() != Some("DISABLED")) else { return Ok(Key::Told(AWS_OWNED)) };
    match (told.sse_type.as_deref(), told.kms_master_key_arn.as_deref()) {
        (Some("AES256"), None) => Ok(Key::Told(AWS_OWNED)),
        (_, Some(arn)) if of_another_account(arn, account) => Ok(Key::Told(CUSTOMER_MANAGED)),
        (_, Some(arn)) => Ok(Key::Of(arn.to_owned())),
        (_, None) => Err("the table is encrypted with a key that its description does not name".to_owned()),
    }
}

/// Whether a key's ARN names another account. AWS managed keys are always of the account that uses them.
fn of_another_account(arn: &str, account: &str) -> bool {
    arn.split(':').nth(4).is_some_and(|owner| !owner.is_empty() && owner != account)
}

/// `key_type`'s word for a key's `KeyManager`.
pub fn key_type(manager: &str) -> Option<String> {
    match manager {
        "AWS" => Some("AWS_MANAGED".to_owned()),
        "CUSTOMER" => Some(CUSTOMER_MANAGED.to_owned()),
        _ => None,
    }
}

/// Regions in which the table has replicas.
pub fn replica_regions(told: &TableDescription) -> Vec<String> {
    let mut regions: Vec<String> = told.replicas.iter().flatten().filter_map(|replica| replica.region_name.clone()).collect();
    regions.sort();
    regions
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::types::ReplicaDescription;

    use super::*;

    const OWN: &str = "arn:aws:kms:eu-west-1:111122223333:key/k1";

    fn sse(status: &str, sse_type: &str, arn: Option<&str>) -> SseDescription {
        let (status, sse_type) = (Some(status.to_owned()), Some(sse_type.to_owned()));
        SseDescription { status, sse_type, kms_master_key_arn: arn.map(str::to_owned), inaccessible_encryption_date_time: None }
    }

    fn read(told: Option<SseDescription>) -> Result<Key, String> {
        key(told.as_ref(), "111122223333")
    }

    #[test]
    fn a_table_without_a_description_has_a_key_that_aws_owns() {
        assert_eq!(read(None), Ok(Key::Told(AWS_OWNED)));
        assert_eq!(read(Some(sse("DISABLED", "KMS", Some(OWN)))), Ok(Key::Told(AWS_OWNED)));
        assert_eq!(read(Some(sse("ENABLED", "AES256", None))), Ok(Key::Told(AWS_OWNED)));
    }

    #[test]
    fn a_key_of_the_account_has_to_be_asked_and_one_of_another_is_a_customers() {
        assert_eq!(read(Some(sse("ENABLED", "KMS", Some(OWN)))), Ok(Key::Of(OWN.to_owned())));
        assert_eq!(read(Some(sse("UPDATING", "KMS", Some(OWN)))), Ok(Key::Of(OWN.to_owned())));
        let other = OWN.replace("111122223333", "444455556666");
        assert_eq!(read(Some(sse("ENABLED", "KMS", Some(&other)))), Ok(Key::Told(CUSTOMER_MANAGED)));
        assert!(read(Some(sse("ENABLED", "KMS", None))).is_err());
    }

    #[test]
    fn only_kms_own_words_tell_who_manages_a_key() {
        assert_eq!(key_type("AWS").as_deref(), Some("AWS_MANAGED"));
        assert_eq!(key_type("CUSTOMER").as_deref(), Some(CUSTOMER_MANAGED));
        assert_eq!(key_type(""), None);
    }

    #[test]
    fn replicas_are_sorted() {
        let replica = |region: &str| ReplicaDescription::builder().region_name(region).build();
        let told = TableDescription::builder().replicas(replica("us-east-1")).replicas(replica("eu-west-1")).build();
        assert_eq!(replica_regions(&told), ["eu-west-1", "us-east-1"]);
        assert!(replica_regions(&TableDescription::builder().build()).is_empty());
    }
}
