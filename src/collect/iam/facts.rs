//! Facts of IAM's kinds. Member names are the IAM API's in snake case; what needs parsing or a join is a named fact whose
//! comment says how it is computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant, OpenMap};

/// `AWS::IAM::RootUser`: the root user of an account (one per account).
#[derive(Debug, Serialize, JsonSchema)]
pub struct RootUser {
    /// `SummaryMap.AccountMFAEnabled` = 1.
    pub account_mfa_enabled: Fact<bool>,
    /// `SummaryMap.AccountAccessKeysPresent`: how many access keys root has.
    pub account_access_keys_present: Fact<i64>,
    /// `SummaryMap.AccountPasswordPresent` = 1; null where AWS does not report it.
    pub account_password_present: Fact<Option<bool>>,
    /// `SummaryMap.AccountSigningCertificatesPresent`; null where AWS does not report it.
    pub account_signing_certificates_present: Fact<Option<i64>>,
    /// Serial number of the virtual MFA device bound to root, null where there is none (`ListVirtualMFADevices`).
    pub virtual_mfa_device: Fact<Option<String>>,
    /// Root's row of the credential report.
    pub credential_report: Fact<RootReport>,
}

/// Root's row of the credential report.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RootReport {
    /// When AWS generated the report: the instant at which its facts were true.
    pub generated_time: Instant,
    /// Null where the report says `no_information` or `N/A`.
    pub password_last_used: Option<Instant>,
    /// Whether root has MFA according to the report.
    pub mfa_active: bool,
    /// First key active.
    pub access_key_1_active: bool,
    /// Null where never used or absent.
    pub access_key_1_last_used_date: Option<Instant>,
    /// Second key active.
    pub access_key_2_active: bool,
    /// Null where never used or absent.
    pub access_key_2_last_used_date: Option<Instant>,
    /// The latest of the three last-used instants; null where root was never used.
    pub last_used: Option<Instant>,
}

/// `AWS::IAM::AccountPasswordPolicy`: the account's password policy (one per account). Without a policy of its own (exact code
/// `NoSuchEntity`) `exists` is false and the others are null.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AccountPasswordPolicy {
    /// Whether the account has set a policy.
    pub exists: Fact<bool>,
    /// `MinimumPasswordLength`, characters.
    pub minimum_password_length: Fact<Option<i64>>,
    /// `RequireSymbols`.
    pub require_symbols: Fact<Option<bool>>,
    /// `RequireNumbers`.
    pub require_numbers: Fact<Option<bool>>,
    /// `RequireUppercaseCharacters`.
    pub require_uppercase_characters: Fact<Option<bool>>,
    /// `RequireLowercaseCharacters`.
    pub require_lowercase_characters: Fact<Option<bool>>,
    /// `AllowUsersToChangePassword`.
    pub allow_users_to_change_password: Fact<Option<bool>>,
    /// `ExpirePasswords`.
    pub expire_passwords: Fact<Option<bool>>,
    /// `MaxPasswordAge`, days; null where passwords do not expire.
    pub max_password_age: Fact<Option<i64>>,
    /// `PasswordReusePrevention`: remembered passwords; null where none.
    pub password_reuse_prevention: Fact<Option<i64>>,
    /// `HardExpiry`.
    pub hard_expiry: Fact<Option<bool>>,
}

/// `AWS::IAM::User`: an IAM user.
#[derive(Debug, Serialize, JsonSchema)]
pub struct User {
    /// `UserName`.
    pub user_name: Fact<String>,
    /// `UserId`.
    pub user_id: Fact<String>,
    /// `Path`.
    pub path: Fact<String>,
    /// `Arn`.
    pub arn: Fact<String>,
    /// `CreateDate`.
    pub create_date: Fact<Instant>,
    /// The user's row of the credential report.
    pub credential_report: Fact<UserReport>,
    /// From `GetAccountAuthorizationDetails`.
    pub authorization: Fact<UserAuthorization>,
}

/// A user's row of the credential report.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UserReport {
    /// When AWS generated the report: the instant at which its facts were true.
    pub generated_time: Instant,
    /// Console password exists and is enabled.
    pub password_enabled: bool,
    /// Null where never used (`no_information`) or without password (`N/A`).
    pub password_last_used: Option<Instant>,
    /// Null where there is no password.
    pub password_last_changed: Option<Instant>,
    /// The instant from which the password is idle: last use, or last change where never used; null without a password.
    pub password_idle_since: Option<Instant>,
    /// Whether any MFA device is active.
    pub mfa_active: bool,
    /// First key active.
    pub access_key_1_active: bool,
    /// Null where there is no first key.
    pub access_key_1_last_rotated: Option<Instant>,
    /// Null where never used or absent.
    pub access_key_1_last_used_date: Option<Instant>,
    /// Second key active.
    pub access_key_2_active: bool,
    /// Null where there is no second key.
    pub access_key_2_last_rotated: Option<Instant>,
    /// Null where never used or absent.
    pub access_key_2_last_used_date: Option<Instant>,
    /// Slots (1, 2) of active keys.
    pub active_access_keys: Vec<i64>,
}

/// What `GetAccountAuthorizationDetails` says of a user.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UserAuthorization {
    /// `AttachedManagedPolicies`.
    pub attached_managed_policies: Vec<AttachedPolicy>,
    /// Names in `UserPolicyList` (inline policies).
    pub user_policy_list: Vec<String>,
    /// `GroupList`.
    pub group_list: Vec<String>,
    /// `PermissionsBoundary.PermissionsBoundaryArn`, null where none.
    pub permissions_boundary_arn: Option<String>,
    /// `Tags`.
    pub tags: OpenMap<String>,
}

/// A managed policy attached to an identity.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AttachedPolicy {
    /// `PolicyName`.
    pub policy_name: String,
    /// `PolicyArn`.
    pub policy_arn: String,
}

/// `AWS::IAM::AccessKey`: one for each key slot that the credential report shows as filled.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AccessKey {
    /// The user it belongs to.
    pub user: KeyUser,
    /// 1 or 2, the slot in the credential report.
    pub slot: Fact<i64>,
    /// `access_key_n_active`.
    pub active: Fact<bool>,
    /// `access_key_n_last_rotated`: when it was created or last made active; null where AWS has no date.
    pub last_rotated: Fact<Option<Instant>>,
    /// `access_key_n_last_used_date`, null where never used.
    pub last_used_date: Fact<Option<Instant>>,
    /// `access_key_n_last_used_service`, null where never used.
    pub last_used_service: Fact<Option<String>>,
    /// The instant from which the key is idle: last use, or `last_rotated` where never used.
    pub idle_since: Fact<Option<Instant>>,
}

/// The user of a key.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KeyUser {
    /// `user` column.
    pub user_name: Fact<String>,
    /// `arn` column.
    pub arn: Fact<String>,
    /// `user_creation_time` column.
    pub create_date: Fact<Instant>,
    /// `password_enabled` column.
    pub password_enabled: Fact<bool>,
}

/// `AWS::IAM::Group`: a group of users.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Group {
    /// `GroupName`.
    pub group_name: Fact<String>,
    /// `Arn`.
    pub arn: Fact<String>,
    /// `CreateDate`.
    pub create_date: Fact<Instant>,
    /// `AttachedManagedPolicies`.
    pub attached_managed_policies: Fact<Vec<AttachedPolicy>>,
    /// Names in `GroupPolicyList`.
    pub group_policy_list: Fact<Vec<String>>,
    /// Names of users whose `GroupList` holds this group.
    pub members: Fact<Vec<String>>,
}

/// `AWS::IAM::Role`: a role.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Role {
    /// `RoleName`.
    pub role_name: Fact<String>,
    /// `Arn`.
    pub arn: Fact<String>,
    /// `Path`.
    pub path: Fact<String>,
    /// `CreateDate`.
    pub create_date: Fact<Instant>,
    /// Whether the path is `/aws-service-role/…`: AWS owns the trust policy.
    pub service_linked: Fact<bool>,
    /// Whether the path is `/aws-reserved/sso.amazonaws.com/…`.
    pub identity_center: Fact<bool>,
    /// `AttachedManagedPolicies`.
    pub attached_managed_policies: Fact<Vec<AttachedPolicy>>,
    /// Names in `RolePolicyList`.
    pub role_policy_list: Fact<Vec<String>>,
    /// `RoleLastUsed.LastUsedDate`, null where not used within AWS's tracking period.
    pub last_used_date: Fact<Option<Instant>>,
    /// What the trust policy (`AssumeRolePolicyDocument`) says, by `policy`.
    pub trust: Trust,
    /// `Tags`.
    pub tags: Fact<OpenMap<String>>,
}

/// What a trust policy says. Each fact is absent where the analyser cannot tell.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Trust {
    /// Whether everyone is let in without a condition that really restricts.
    pub public: Fact<bool>,
    /// Accounts other than the role's own that may assume it, without those of AWS services; ids of twelve digits.
    pub external_accounts: Fact<Vec<String>>,
    /// Those of `external_accounts` that may assume it without `sts:ExternalId`.
    pub external_accounts_without_external_id: Fact<Vec<String>>,
    /// Federated providers trusted without a condition on the subject or audience that really restricts.
    pub unrestricted_federated: Fact<Vec<String>>,
    /// Service principals trusted.
    pub services: Fact<Vec<String>>,
}

/// What a permissions document grants. Each fact is absent where the analyser cannot tell.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Grants {
    /// Whether it allows every action on every resource.
    pub full_admin: Fact<bool>,
    /// Services of which it allows every action on every resource, sorted; `*` where it allows all.
    pub full_access_services: Fact<Vec<String>>,
    /// Whether it allows invoking (or all of) `execute-api` on all APIs.
    pub execute_api_broad: Fact<bool>,
    /// Whether it allows changing all API Gateway resources (POST, PUT, PATCH or DELETE).
    pub apigateway_write_all: Fact<bool>,
    /// Whether it allows `kms:Decrypt` on every key.
    pub kms_decrypt_all: Fact<bool>,
    /// Whether it allows `kms:ReEncryptFrom` on every key.
    pub kms_re_encrypt_from_all: Fact<bool>,
    /// Names of known privilege escalation combinations that this one document holds, sorted.
    pub escalation_combinations: Fact<Vec<String>>,
}

/// `AWS::IAM::ManagedPolicy`: a managed policy of the account, or one of AWS that is attached.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ManagedPolicy {
    /// `PolicyName`.
    pub policy_name: Fact<String>,
    /// `Arn`.
    pub arn: Fact<String>,
    /// Whether AWS owns it (account part of the ARN is `aws`).
    pub aws_managed: Fact<bool>,
    /// `AttachmentCount`.
    pub attachment_count: Fact<i64>,
    /// `PermissionsBoundaryUsageCount`.
    pub permissions_boundary_usage_count: Fact<i64>,
    /// ARNs of users, groups and roles that have it attached, sorted.
    pub attached_to: Fact<Vec<String>>,
    /// `DefaultVersionId`.
    pub default_version_id: Fact<String>,
    /// `UpdateDate`.
    pub update_date: Fact<Instant>,
    /// The default version's document.
    pub grants: Grants,
}

/// `AWS::IAM::UserPolicy`, `AWS::IAM::GroupPolicy`, `AWS::IAM::RolePolicy`: an inline policy.
#[derive(Debug, Serialize, JsonSchema)]
pub struct InlinePolicy {
    /// `PolicyName`.
    pub policy_name: Fact<String>,
    /// ARN of the user, group or role that holds it.
    pub holder_arn: Fact<String>,
    /// Name of the user, group or role that holds it.
    pub holder_name: Fact<String>,
    /// The document.
    pub grants: Grants,
}

/// `AWS::IAM::VirtualMFADevice`: a virtual MFA device, assigned or not.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VirtualMfaDevice {
    /// `SerialNumber`.
    pub serial_number: Fact<String>,
    /// `User.Arn`, null where not assigned.
    pub user_arn: Fact<Option<String>>,
    /// `EnableDate`, null where not enabled.
    pub enable_date: Fact<Option<Instant>>,
}

/// `AWS::IAM::ServerCertificate`: a server certificate stored in IAM.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ServerCertificate {
    /// `ServerCertificateName`.
    pub server_certificate_name: Fact<String>,
    /// `Arn`.
    pub arn: Fact<String>,
    /// `UploadDate`, null where AWS does not give it.
    pub upload_date: Fact<Option<Instant>>,
    /// `Expiration`, null where AWS does not give it.
    pub expiration: Fact<Option<Instant>>,
}

/// `AWS::IAM::InstanceProfile`: what hands a role to an EC2 instance.
#[derive(Debug, Serialize, JsonSchema)]
pub struct InstanceProfile {
    /// `InstanceProfileName`.
    pub instance_profile_name: Fact<String>,
    /// `Arn`.
    pub arn: Fact<String>,
    /// `CreateDate`.
    pub create_date: Fact<Instant>,
    /// `Arn`s of its `Roles`: one, or none.
    pub role_arns: Fact<Vec<String>>,
}

/// `AWS::IAM::SAMLProvider`: a SAML identity provider.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SamlProvider {
    /// `Arn`.
    pub arn: Fact<String>,
    /// `ValidUntil`, null where not given.
    pub valid_until: Fact<Option<Instant>>,
    /// `CreateDate`, null where not given.
    pub create_date: Fact<Option<Instant>>,
}

/// `AWS::IAM::OIDCProvider`: an OpenID Connect identity provider.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OidcProvider {
    /// `Arn`.
    pub arn: Fact<String>,
    /// The issuer's host and path, from the ARN.
    pub issuer: Fact<String>,
}

/// `AWS::IAM::OrganizationsFeatures`: central management of member accounts' root users (one per account; only the management or
/// a delegated account can ask).
#[derive(Debug, Serialize, JsonSchema)]
pub struct OrganizationsFeatures {
    /// Whether the account belongs to an organization (`OrganizationNotFoundException` says it does not).
    pub in_organization: Fact<bool>,
    /// `OrganizationId`, null outside an organization.
    pub organization_id: Fact<Option<String>>,
    /// `EnabledFeatures`: `RootCredentialsManagement`, `RootSessions`; empty outside an organization or where none is enabled.
    pub enabled_features: Fact<Vec<String>>,
}
