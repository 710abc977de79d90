//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use aws_sdk_s3::operation::get_bucket_acl::GetBucketAclOutput;
use aws_sdk_s3::operation::get_bucket_versioning::GetBucketVersioningOutput;
use aws_sdk_s3::types::{
    ExpirationStatus, Grant, LifecycleRule as Rule, LifecycleRuleFilter, LoggingEnabled, ObjectLockConfiguration,
    ServerSideEncryptionConfiguration, Tag,
};

use super::facts::{Acl, Encryption, LifecycleRule, Logging, ObjectLock, PublicAccessBlock, Versioning};
use crate::collect::at::{At, instant_if_set, lacks};
use crate::model::{Fact, OpenMap};

/// What comes of reading: the value, or why the answer cannot be read.
pub type Read<T> = Result<T, String>;

/// Grantees that are everybody, or everybody with an AWS account.
const PUBLIC: [(&str, &str); 2] = [
    ("http://acs.amazonaws.com/groups/global/AllUsers", "AllUsers"),
    ("http://acs.amazonaws.com/groups/global/AuthenticatedUsers", "AuthenticatedUsers"),
];

/// The four settings of a public access block as AWS sends them, in the order of [`PublicAccessBlock`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings(pub [Option<bool>; 4]);

impl Settings {
    /// No configuration: nothing is blocked.
    pub const NONE: Settings = Settings([Some(false); 4]);

    /// The facts; what AWS left out is absent.
    pub fn facts(told: Option<Settings>, at: At<'_>) -> PublicAccessBlock {
        let Settings(each) = told.unwrap_or(Settings([None; 4]));
        PublicAccessBlock {
            block_public_acls: at.need(each[0], "BlockPublicAcls"),
            ignore_public_acls: at.need(each[1], "IgnorePublicAcls"),
            block_public_policy: at.need(each[2], "BlockPublicPolicy"),
            restrict_public_buckets: at.need(each[3], "RestrictPublicBuckets"),
        }
    }
}

/// Whether the account alone settles what is in force.
pub fn all_on(block: &PublicAccessBlock) -> bool {
    let each = [&block.block_public_acls, &block.ignore_public_acls, &block.block_public_policy, &block.restrict_public_buckets];
    each.iter().all(|setting| setting.known() == Some(&true))
}

/// What is in force: true where either side is, absent where one is not known and the other is not true.
pub fn effective(account: &PublicAccessBlock, bucket: &Fact<PublicAccessBlock>) -> PublicAccessBlock {
    let setting = |of: fn(&PublicAccessBlock) -> &Fact<bool>| {
        let own = match bucket {
            Fact::Known(block) => of(block).clone(),
            Fact::Absent(gap) => Fact::Absent(gap.clone()),
        };
        match (of(account), own) {
            (Fact::Known(true), _) | (_, Fact::Known(true)) => Fact::Known(true),
            (Fact::Absent(gap), _) => Fact::Absent(gap.clone()),
            (Fact::Known(false), own) => own,
        }
    };
    PublicAccessBlock {
        block_public_acls: setting(|block| &block.block_public_acls),
        ignore_public_acls: setting(|block| &block.ignore_public_acls),
        block_public_policy: setting(|block| &block.block_public_policy),
        restrict_public_buckets: setting(|block| &block.restrict_public_buckets),
    }
}

/// Default encryption. AWS keeps exactly one rule.
pub fn encryption(told: Option<ServerSideEncryptionConfiguration>) -> Read<Encryption> {
    let mut rules = told.ok_or_else(|| lacks("ServerSideEncryptionConfiguration"))?.rules.into_iter();
    let (Some(rule), None) = (rules.next(), rules.next()) else { return Err("the answer has not exactly one `Rule`".to_owned()) };
    let default = rule.apply_server_side_encryption_by_default.ok_or_else(|| lacks("ApplyServerSideEncryptionByDefault"))?;
    let blocked = rule.blocked_encryption_types.and_then(|types| types.encryption_type).unwrap_or_default();
    let mut blocked: Vec<String> = blocked.iter().map(|kind| kind.as_str().to_owned()).collect();
    blocked.sort();
    Ok(Encryption {
        sse_algorithm: default.sse_algorithm.as_str().to_owned(),
        kms_master_key_id: default.kms_master_key_id.filter(|key| !key.is_empty()),
        bucket_key_enabled: rule.bucket_key_enabled,
        blocked_encryption_types: blocked,
    })
}

/// Grants.
pub fn acl(told: GetBucketAclOutput) -> Read<Acl> {
    let owner = told.owner.and_then(|owner| owner.id).ok_or_else(|| lacks("Owner"))?;
    let grants: Vec<(String, bool)> = told.grants.unwrap_or_default().iter().map(grant).collect::<Read<_>>()?;
    let public_grants = grants.iter().filter(|(_, public)| *public).map(|(words, _)| words.clone()).collect();
    Ok(Acl { owner, grants: grants.into_iter().map(|(words, _)| words).collect(), public_grants })
}

fn grant(grant: &Grant) -> Read<(String, bool)> {
    let permission = grant.permission.as_ref().ok_or_else(|| lacks("Permission"))?.as_str();
    let grantee = grant.grantee.as_ref().ok_or_else(|| lacks("Grantee"))?;
    let public = grantee.uri.as_deref().and_then(|uri| PUBLIC.iter().find(|(group, _)| *group == uri));
    let shown = public.map(|(_, name)| *name).or(grantee.uri.as_deref()).or(grantee.id.as_deref()).or(grantee.email_address.as_deref());
    let shown = shown.ok_or_else(|| "a grant names nobody".to_owned())?;
    Ok((format!("{permission} to {shown}"), public.is_some()))
}

/// Versioning; an empty answer is that of a bucket that never had it.
pub fn versioning(told: &GetBucketVersioningOutput) -> Versioning {
    Versioning {
        status: told.status.as_ref().map(|status| status.as_str().to_owned()),
        mfa_delete: told.mfa_delete.as_ref().map(|status| status.as_str().to_owned()),
    }
}

/// Where access logs go.
pub fn logging(told: LoggingEnabled) -> Read<Logging> {
    let target_bucket = Some(told.target_bucket).filter(|bucket| !bucket.is_empty()).ok_or_else(|| lacks("TargetBucket"))?;
    Ok(Logging { target_bucket, target_prefix: told.target_prefix })
}

/// Object Lock, null where it is not enabled.
pub fn object_lock(told: Option<ObjectLockConfiguration>) -> Read<Option<ObjectLock>> {
    let told = told.ok_or_else(|| lacks("ObjectLockConfiguration"))?;
    match told.object_lock_enabled.as_ref().map(|word| word.as_str()) {
        Some("Enabled") => {}
        Some(other) => return Err(format!("`ObjectLockEnabled` is `{other}`")),
        None => return Err(lacks("ObjectLockEnabled")),
    }
    let Some(retention) = told.rule.and_then(|rule| rule.default_retention) else {
        return Ok(Some(ObjectLock { mode: None, retention_days: None }));
    };
    let days = retention.days.map(i64::from).or_else(|| retention.years.map(|years| i64::from(years) * 365));
    let mode = retention.mode.ok_or_else(|| lacks("Mode"))?.as_str().to_owned();
    Ok(Some(ObjectLock { mode: Some(mode), retention_days: Some(days.ok_or_else(|| lacks("Days"))?) }))
}

/// Lifecycle rules.
pub fn lifecycle(told: Vec<Rule>) -> Read<Vec<LifecycleRule>> {
    told.into_iter().map(rule).collect()
}

#[expect(deprecated, reason = "rules made by old clients carry their prefix outside of the filter")]
fn rule(rule: Rule) -> Read<LifecycleRule> {
    let expiration = rule.expiration.as_ref();
    let days = |days: Option<i32>| days.map(i64::from);
    Ok(LifecycleRule {
        id: rule.id.clone(),
        enabled: match &rule.status {
            ExpirationStatus::Enabled => true,
            ExpirationStatus::Disabled => false,
            other => return Err(format!("`Status` of a rule is `{}`", other.as_str())),
        },
        prefix: rule.filter.as_ref().and_then(prefix).or(rule.prefix).unwrap_or_default(),
        expiration_days: days(expiration.and_then(|expiration| expiration.days)),
        expiration_date: instant_if_set(expiration.and_then(|expiration| expiration.date), "Date")?,
        noncurrent_days: days(rule.noncurrent_version_expiration.and_then(|expiration| expiration.noncurrent_days)),
    })
}

fn prefix(filter: &LifecycleRuleFilter) -> Option<String> {
    filter.prefix.clone().or_else(|| filter.and.as_ref()?.prefix.clone())
}

/// Tags.
pub fn tags(told: Vec<Tag>) -> OpenMap<String> {
    OpenMap(told.into_iter().map(|tag| (tag.key, tag.value)).collect())
}

/// The Region behind a location constraint: none is us-east-1, and `EU` is the old name of eu-west-1.
pub fn region_of(constraint: &str) -> &str {
    match constraint {
        "" => "us-east-1",
        "EU" => "eu-west-1",
        region => region,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_s3::types::{
        DefaultRetention, Grantee, LifecycleExpiration, LifecycleRuleAndOperator, ObjectLockEnabled, ObjectLockRetentionMode,
        ObjectLockRule, Owner, Permission, Type,
    };

    use super::*;
    use crate::model::GapId;

    fn block(value: Fact<bool>) -> PublicAccessBlock {
        PublicAccessBlock {
            block_public_acls: value.clone(),
            ignore_public_acls: value.clone(),
            block_public_policy: value.clone(),
            restrict_public_buckets: value,
        }
    }

    #[test]
    fn a_setting_is_in_force_where_either_side_sets_it_and_unknown_only_where_it_could_matter() {
        let gap = || Fact::Absent(GapId("g".to_owned()));
        let (on, off) = (Fact::Known(true), Fact::Known(false));
        for (account, bucket, expected) in [
            (on.clone(), off.clone(), on.clone()),
            (off.clone(), on.clone(), on.clone()),
            (off.clone(), off.clone(), off.clone()),
            (on.clone(), gap(), on.clone()),
            (gap(), on.clone(), on),
            (gap(), off.clone(), gap()),
            (off, gap(), gap()),
        ] {
            let both = effective(&block(account.clone()), &Fact::Known(block(bucket.clone())));
            assert_eq!(both, block(expected), "{account:?} {bucket:?}");
        }
        let denied = effective(&block(Fact::Known(true)), &Fact::Absent(GapId("denied".to_owned())));
        assert_eq!(denied, block(Fact::Known(true)));
    }

    #[test]
    fn grants_to_groups_of_everybody_are_public_and_no_others() {
        let to = |uri: Option<&str>, id: Option<&str>| {
            let kind = if uri.is_some() { Type::Group } else { Type::CanonicalUser };
            let grantee = Grantee::builder().set_uri(uri.map(str::to_owned)).set_id(id.map(str::to_owned)).r#type(kind).build();
            Grant::builder().grantee(grantee.expect("a type is set")).permission(Permission::Read).build()
        };
        let told = GetBucketAclOutput::builder()
            .owner(Owner::builder().id("79a5").build())
            .grants(to(None, Some("79a5")))
            .grants(to(Some("http://acs.amazonaws.com/groups/global/AllUsers"), None))
            .grants(to(Some("http://acs.amazonaws.com/groups/global/AuthenticatedUsers"), None))
            .grants(to(Some("http://acs.amazonaws.com/groups/s3/LogDelivery"), None));
        let read = acl(told.build()).expect("whole");
        assert_eq!(read.public_grants, ["READ to AllUsers", "READ to AuthenticatedUsers"]);
        assert_eq!(read.grants.len(), 4);
        assert!(acl(GetBucketAclOutput::builder().owner(Owner::builder().id("1").build()).grants(to(None, None)).build()).is_err());
        assert!(acl(GetBucketAclOutput::builder().build()).is_err());
    }

    #[test]
    fn object_lock_without_a_default_retention_is_enabled_and_retains_nothing_by_itself() {
        let lock = |retention: Option<DefaultRetention>| {
            let rule = retention.map(|retention| ObjectLockRule::builder().default_retention(retention).build());
            object_lock(Some(ObjectLockConfiguration::builder().object_lock_enabled(ObjectLockEnabled::Enabled).set_rule(rule).build()))
        };
        assert_eq!(lock(None), Ok(Some(ObjectLock { mode: None, retention_days: None })));
        let years = DefaultRetention::builder().mode(ObjectLockRetentionMode::Compliance).years(2).build();
        assert_eq!(lock(Some(years)), Ok(Some(ObjectLock { mode: Some("COMPLIANCE".to_owned()), retention_days: Some(730) })));
        assert!(lock(Some(DefaultRetention::builder().mode(ObjectLockRetentionMode::Governance).build())).is_err());
        assert!(object_lock(None).is_err());
    }

    #[test]
    fn the_prefix_of_a_rule_stands_in_one_of_three_places() {
        let rule = |filter: Option<LifecycleRuleFilter>| {
            Rule::builder()
                .status(ExpirationStatus::Enabled)
                .set_filter(filter)
                .expiration(LifecycleExpiration::builder().days(30).build())
                .build()
                .expect("a status is set")
        };
        let and = LifecycleRuleAndOperator::builder().prefix("b/").build();
        let filters = [
            (None, ""),
            (Some(LifecycleRuleFilter::builder().prefix("a/").build()), "a/"),
            (Some(LifecycleRuleFilter::builder().and(and).build()), "b/"),
        ];
        for (filter, expected) in filters {
            let read = lifecycle(vec![rule(filter)]).expect("whole");
            assert_eq!((read[0].prefix.as_str(), read[0].expiration_days, read[0].enabled), (expected, Some(30), true));
        }
        #[expect(deprecated, reason = "the old place")]
        let old = Rule::builder().status(ExpirationStatus::Disabled).prefix("old/").build().expect("a status is set");
        assert_eq!(lifecycle(vec![old]).expect("whole")[0].prefix, "old/");
        let odd = Rule::builder().status(ExpirationStatus::from("Paused")).build().expect("a status is set");
        assert!(lifecycle(vec![odd]).is_err());
    }

    #[test]
    fn location_constraints_of_the_first_days_have_regions_too() {
        assert_eq!(["", "EU", "eu-central-1"].map(region_of), ["us-east-1", "eu-west-1", "eu-central-1"]);
    }
}
