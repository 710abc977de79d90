//! IAM's kinds: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "IAM";

/// Root of an account.
pub const ROOT_USER: &str = "AWS::IAM::RootUser";
/// The account's password policy.
pub const PASSWORD_POLICY: &str = "AWS::IAM::AccountPasswordPolicy";
/// IAM users.
pub const USER: &str = "AWS::IAM::User";
/// Access keys of IAM users.
pub const ACCESS_KEY: &str = "AWS::IAM::AccessKey";
/// Groups.
pub const GROUP: &str = "AWS::IAM::Group";
/// Roles.
pub const ROLE: &str = "AWS::IAM::Role";
/// Managed policies.
pub const MANAGED_POLICY: &str = "AWS::IAM::ManagedPolicy";
/// Inline policies of users.
pub const USER_POLICY: &str = "AWS::IAM::UserPolicy";
/// Inline policies of groups.
pub const GROUP_POLICY: &str = "AWS::IAM::GroupPolicy";
/// Inline policies of roles.
pub const ROLE_POLICY: &str = "AWS::IAM::RolePolicy";
/// Virtual MFA devices.
pub const VIRTUAL_MFA_DEVICE: &str = "AWS::IAM::VirtualMFADevice";
/// Server certificates.
pub const SERVER_CERTIFICATE: &str = "AWS::IAM::ServerCertificate";
/// Instance profiles.
pub const INSTANCE_PROFILE: &str = "AWS::IAM::InstanceProfile";
/// SAML providers.
pub const SAML_PROVIDER: &str = "AWS::IAM::SAMLProvider";
/// OpenID Connect providers.
pub const OIDC_PROVIDER: &str = "AWS::IAM::OIDCProvider";
/// Central management of root in an organization.
pub const ORGANIZATIONS_FEATURES: &str = "AWS::IAM::OrganizationsFeatures";

const REPORT: &[(&str, &str)] = &[(SERVICE, "GenerateCredentialReport"), (SERVICE, "GetCredentialReport")];
const DETAILS: &[(&str, &str)] = &[(SERVICE, "GetAccountAuthorizationDetails")];

const fn listing(operations: &'static [(&'static str, &'static str)]) -> FactGroup {
    FactGroup { facts: &[], operations }
}

const fn kind(name: &'static str, id_grammar: &'static str, schema: fn() -> schemars::Schema, groups: &'static [FactGroup]) -> Kind {
    Kind { name, scope: KindScope::Global, singleton: false, id_grammar, schema, groups }
}

const fn singleton(name: &'static str, id_grammar: &'static str, schema: fn() -> schemars::Schema, groups: &'static [FactGroup]) -> Kind {
    Kind { singleton: true, ..kind(name, id_grammar, schema, groups) }
}

/// All kinds of IAM.
pub const KINDS: &[Kind] = &[
    singleton(
        ROOT_USER,
        "arn:{partition}:iam::{account}:root",
        schema_of::<facts::RootUser>,
        &[
            listing(&[(SERVICE, "GetAccountSummary")]),
            FactGroup { facts: &["virtual_mfa_device"], operations: &[(SERVICE, "ListVirtualMFADevices")] },
            FactGroup { facts: &["credential_report"], operations: REPORT },
        ],
    ),
    singleton(
        PASSWORD_POLICY,
        "arn:{partition}:iam::{account}:account-password-policy",
        schema_of::<facts::AccountPasswordPolicy>,
        &[listing(&[(SERVICE, "GetAccountPasswordPolicy")])],
    ),
    kind(
        USER,
        "arn:{partition}:iam::{account}:user{path}{name}",
        schema_of::<facts::User>,
        &[
            listing(&[(SERVICE, "ListUsers")]),
            FactGroup { facts: &["credential_report"], operations: REPORT },
            FactGroup { facts: &["authorization"], operations: DETAILS },
        ],
    ),
    kind(
        ACCESS_KEY,
        "arn:{partition}:iam::{account}:user{path}{name}/access-key/{slot}",
        schema_of::<facts::AccessKey>,
        &[listing(&[(SERVICE, "ListUsers"), (SERVICE, "GenerateCredentialReport"), (SERVICE, "GetCredentialReport")])],
    ),
    kind(GROUP, "arn:{partition}:iam::{account}:group{path}{name}", schema_of::<facts::Group>, &[listing(DETAILS)]),
    kind(ROLE, "arn:{partition}:iam::{account}:role{path}{name}", schema_of::<facts::Role>, &[listing(DETAILS)]),
    kind(
        MANAGED_POLICY,
        "arn:{partition}:iam::{account}:policy{path}{name} (account `aws` for policies of AWS)",
        schema_of::<facts::ManagedPolicy>,
        &[listing(DETAILS)],
    ),
    kind(
        USER_POLICY,
        "arn:{partition}:iam::{account}:user{path}{name}/policy/{policy}",
        schema_of::<facts::InlinePolicy>,
        &[listing(DETAILS)],
    ),
    kind(
        GROUP_POLICY,
        "arn:{partition}:iam::{account}:group{path}{name}/policy/{policy}",
        schema_of::<facts::InlinePolicy>,
        &[listing(DETAILS)],
    ),
    kind(
        ROLE_POLICY,
        "arn:{partition}:iam::{account}:role{path}{name}/policy/{policy}",
        schema_of::<facts::InlinePolicy>,
        &[listing(DETAILS)],
    ),
    kind(
        VIRTUAL_MFA_DEVICE,
        "arn:{partition}:iam::{account}:mfa{path}{name}",
        schema_of::<facts::VirtualMfaDevice>,
        &[listing(&[(SERVICE, "ListVirtualMFADevices")])],
    ),
    kind(
        SERVER_CERTIFICATE,
        "arn:{partition}:iam::{account}:server-certificate{path}{name}",
        schema_of::<facts::ServerCertificate>,
        &[listing(&[(SERVICE, "ListServerCertificates")])],
    ),
    kind(
        INSTANCE_PROFILE,
        "arn:{partition}:iam::{account}:instance-profile{path}{name}",
        schema_of::<facts::InstanceProfile>,
        &[listing(&[(SERVICE, "ListInstanceProfiles")])],
    ),
    kind(
        SAML_PROVIDER,
        "arn:{partition}:iam::{account}:saml-provider/{name}",
        schema_of::<facts::SamlProvider>,
        &[listing(&[(SERVICE, "ListSAMLProviders")])],
    ),
    kind(
        OIDC_PROVIDER,
        "arn:{partition}:iam::{account}:oidc-provider/{issuer}",
        schema_of::<facts::OidcProvider>,
        &[listing(&[(SERVICE, "ListOpenIDConnectProviders")])],
    ),
    singleton(
        ORGANIZATIONS_FEATURES,
        "arn:{partition}:iam::{account}:organizations-features",
        schema_of::<facts::OrganizationsFeatures>,
        &[listing(&[(SERVICE, "ListOrganizationsFeatures")])],
    ),
];
