//! IAM. Listings whose `IsTruncated` and lists AWS sends on every page, also empty, require them. Optional (`?`) are the
//! lists that AWS leaves out where a user, group or role has none of them, and dates of what never happened.
//!
//! A virtual MFA device of root has a `User` with `UserId`, `Arn` and `CreateDate` alone, so `UserName` and `Path` are not
//! required there; a device that nobody uses has no `User`.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[
    &GENERATE_CREDENTIAL_REPORT,
    &GET_CREDENTIAL_REPORT,
    &LIST_USERS,
    &GET_ACCOUNT_AUTHORIZATION_DETAILS,
    &LIST_INSTANCE_PROFILES,
    &GET_ACCOUNT_SUMMARY,
    &GET_ACCOUNT_PASSWORD_POLICY,
    &LIST_VIRTUAL_MFA_DEVICES,
    &LIST_SERVER_CERTIFICATES,
    &LIST_SAML_PROVIDERS,
    &LIST_OPEN_ID_CONNECT_PROVIDERS,
    &LIST_ACCOUNT_ALIASES,
    &LIST_ORGANIZATIONS_FEATURES,
];

/// `GenerateCredentialReport`.
pub static GENERATE_CREDENTIAL_REPORT: Operation = Operation {
    service: "IAM",
    name: "GenerateCredentialReport",
    wire: Wire::Query,
    effect: Effect::Declared,
    actions: &["iam:GenerateCredentialReport"],
    resources: &["*"],
    root: "GenerateCredentialReportResponse",
    required: &["GenerateCredentialReportResult.State:text"],
    redact: &[],
    polled: true,
    cli: "iam generate-credential-report",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html",
};

/// `GetCredentialReport`.
pub static GET_CREDENTIAL_REPORT: Operation = Operation {
    service: "IAM",
    name: "GetCredentialReport",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["iam:GetCredentialReport"],
    resources: &["*"],
    root: "GetCredentialReportResponse",
    required: &[
        "GetCredentialReportResult.Content:text",
        "GetCredentialReportResult.ReportFormat:text",
        "GetCredentialReportResult.GeneratedTime:date",
    ],
    redact: &[("GetCredentialReportResult.Content", Redact::Keep)],
    polled: true,
    cli: "iam get-credential-report",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html",
};

/// `ListUsers`.
pub static LIST_USERS: Operation = Operation {
    service: "IAM",
    name: "ListUsers",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["iam:ListUsers"],
    resources: &["*"],
    root: "ListUsersResponse",
    required: &[
        "ListUsersResult.IsTruncated:bool",
        "ListUsersResult.Users.member[].Path:text",
        "ListUsersResult.Users.member[].UserName:text",
        "ListUsersResult.Users.member[].UserId:text",
        "ListUsersResult.Users.member[].Arn:arn",
        "ListUsersResult.Users.member[].CreateDate:date",
        "ListUsersResult.Users.member[].PasswordLastUsed?:date",
    ],
    redact: &[("ListUsersResult.Users.member[].Tags.member[].Value", Redact::Named)],
    polled: false,
    cli: "iam list-users",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html",
};

/// `GetAccountAuthorizationDetails`.
pub static GET_ACCOUNT_AUTHORIZATION_DETAILS: Operation = Operation {
    service: "IAM",
    name: "GetAccountAuthorizationDetails",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["iam:GetAccountAuthorizationDetails"],
    resources: &["*"],
    root: "GetAccountAuthorizationDetailsResponse",
    required: &[
        "GetAccountAuthorizationDetailsResult.IsTruncated:bool",
        "GetAccountAuthorizationDetailsResult.UserDetailList.member[].Path:text",
        "GetAccountAuthorizationDetailsResult.UserDetailList.member[].UserName:text",
        "GetAccountAuthorizationDetailsResult.UserDetailList.member[].UserId:text",
        "GetAccountAuthorizationDetailsResult.UserDetailList.member[].Arn:arn",
        "GetAccountAuthorizationDetailsResult.UserDetailList.member[].CreateDate:date",
        "GetAccountAuthorizationDetailsResult.UserDetailList.member[].UserPolicyList?.member[].PolicyName:text",
        "GetAccountAuthorizationDetailsResult.UserDetailList.member[].UserPolicyList?.member[].PolicyDocument:text",
        "GetAccountAuthorizationDetailsResult.UserDetailList.member[].GroupList?.member[]:text",
        "GetAccountAuthorizationDetailsResult.UserDetailList.member[].AttachedManagedPolicies?.member[].PolicyArn:arn",
        "GetAccountAuthorizationDetailsResult.GroupDetailList.member[].Path:text",
        "GetAccountAuthorizationDetailsResult.GroupDetailList.member[].GroupName:text",
        "GetAccountAuthorizationDetailsResult.GroupDetailList.member[].GroupId:text",
        "GetAccountAuthorizationDetailsResult.GroupDetailList.member[].Arn:arn",
        "GetAccountAuthorizationDetailsResult.GroupDetailList.member[].CreateDate:date",
        "GetAccountAuthorizationDetailsResult.GroupDetailList.member[].GroupPolicyList?.member[].PolicyName:text",
        "GetAccountAuthorizationDetailsResult.GroupDetailList.member[].GroupPolicyList?.member[].PolicyDocument:text",
        "GetAccountAuthorizationDetailsResult.GroupDetailList.member[].AttachedManagedPolicies?.member[].PolicyArn:arn",
        "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].Path:text",
        "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].RoleName:text",
        "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].RoleId:text",
        "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].Arn:arn",
        "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].CreateDate:date",
        "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].AssumeRolePolicyDocument:text",
        "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].RolePolicyList?.member[].PolicyName:text",
        "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].RolePolicyList?.member[].PolicyDocument:text",
        "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].AttachedManagedPolicies?.member[].PolicyArn:arn",
        "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].InstanceProfileList?.member[].Arn:arn",
        "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].InstanceProfileList?.member[].CreateDate:date",
        "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].RoleLastUsed?.LastUsedDate?:date",
        "GetAccountAuthorizationDetailsResult.Policies.member[].PolicyName:text",
        "GetAccountAuthorizationDetailsResult.Policies.member[].PolicyId:text",
        "GetAccountAuthorizationDetailsResult.Policies.member[].Arn:arn",
        "GetAccountAuthorizationDetailsResult.Policies.member[].DefaultVersionId:text",
        "GetAccountAuthorizationDetailsResult.Policies.member[].AttachmentCount:int",
        "GetAccountAuthorizationDetailsResult.Policies.member[].IsAttachable:bool",
        "GetAccountAuthorizationDetailsResult.Policies.member[].CreateDate:date",
        "GetAccountAuthorizationDetailsResult.Policies.member[].UpdateDate:date",
        "GetAccountAuthorizationDetailsResult.Policies.member[].PolicyVersionList.member[].VersionId:text",
        "GetAccountAuthorizationDetailsResult.Policies.member[].PolicyVersionList.member[].IsDefaultVersion:bool",
        "GetAccountAuthorizationDetailsResult.Policies.member[].PolicyVersionList.member[].Document:text",
        "GetAccountAuthorizationDetailsResult.Policies.member[].PolicyVersionList.member[].CreateDate:date",
    ],
    redact: &[
        ("GetAccountAuthorizationDetailsResult.UserDetailList.member[].UserPolicyList.member[].PolicyDocument", Redact::EncodedSecrets),
        ("GetAccountAuthorizationDetailsResult.GroupDetailList.member[].GroupPolicyList.member[].PolicyDocument", Redact::EncodedSecrets),
        ("GetAccountAuthorizationDetailsResult.RoleDetailList.member[].AssumeRolePolicyDocument", Redact::EncodedSecrets),
        ("GetAccountAuthorizationDetailsResult.RoleDetailList.member[].RolePolicyList.member[].PolicyDocument", Redact::EncodedSecrets),
        (
            "GetAccountAuthorizationDetailsResult.RoleDetailList.member[].InstanceProfileList.member[].Roles.member[].AssumeRolePolicyDocument",
            Redact::EncodedSecrets,
        ),
        ("GetAccountAuthorizationDetailsResult.Policies.member[].PolicyVersionList.member[].Document", Redact::EncodedSecrets),
        ("GetAccountAuthorizationDetailsResult.UserDetailList.member[].Tags.member[].Value", Redact::Named),
        ("GetAccountAuthorizationDetailsResult.RoleDetailList.member[].Tags.member[].Value", Redact::Named),
        ("GetAccountAuthorizationDetailsResult.RoleDetailList.member[].InstanceProfileList.member[].Tags.member[].Value", Redact::Named),
    ],
    polled: false,
    cli: "iam get-account-authorization-details",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html",
};

/// `ListInstanceProfiles`.
pub static LIST_INSTANCE_PROFILES: Operation = Operation {
    service: "IAM",
    name: "ListInstanceProfiles",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["iam:ListInstanceProfiles"],
    resources: &["*"],
    root: "ListInstanceProfilesResponse",
    required: &[
        "ListInstanceProfilesResult.IsTruncated:bool",
        "ListInstanceProfilesResult.InstanceProfiles.member[].InstanceProfileName:text",
        "ListInstanceProfilesResult.InstanceProfiles.member[].Arn:arn",
        "ListInstanceProfilesResult.InstanceProfiles.member[].CreateDate:date",
        "ListInstanceProfilesResult.InstanceProfiles.member[].Roles.member[].Arn:arn",
    ],
    redact: &[("ListInstanceProfilesResult.InstanceProfiles.member[].Roles.member[].AssumeRolePolicyDocument", Redact::EncodedSecrets)],
    polled: false,
    cli: "iam list-instance-profiles",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html",
};

/// `GetAccountSummary`.
pub static GET_ACCOUNT_SUMMARY: Operation = Operation {
    service: "IAM",
    name: "GetAccountSummary",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["iam:GetAccountSummary"],
    resources: &["*"],
    root: "GetAccountSummaryResponse",
    required: &["GetAccountSummaryResult.SummaryMap.entry[].key:text", "GetAccountSummaryResult.SummaryMap.entry[].value:int"],
    redact: &[],
    polled: false,
    cli: "iam get-account-summary",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html",
};

/// `GetAccountPasswordPolicy`.
pub static GET_ACCOUNT_PASSWORD_POLICY: Operation = Operation {
    service: "IAM",
    name: "GetAccountPasswordPolicy",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["iam:GetAccountPasswordPolicy"],
    resources: &["*"],
    root: "GetAccountPasswordPolicyResponse",
    required: &[
        "GetAccountPasswordPolicyResult.PasswordPolicy.MinimumPasswordLength:int",
        "GetAccountPasswordPolicyResult.PasswordPolicy.RequireSymbols:bool",
        "GetAccountPasswordPolicyResult.PasswordPolicy.RequireNumbers:bool",
        "GetAccountPasswordPolicyResult.PasswordPolicy.RequireUppercaseCharacters:bool",
        "GetAccountPasswordPolicyResult.PasswordPolicy.RequireLowercaseCharacters:bool",
        "GetAccountPasswordPolicyResult.PasswordPolicy.AllowUsersToChangePassword:bool",
        "GetAccountPasswordPolicyResult.PasswordPolicy.ExpirePasswords:bool",
        "GetAccountPasswordPolicyResult.PasswordPolicy.MaxPasswordAge?:int",
        "GetAccountPasswordPolicyResult.PasswordPolicy.PasswordReusePrevention?:int",
        "GetAccountPasswordPolicyResult.PasswordPolicy.HardExpiry?:bool",
    ],
    redact: &[],
    polled: false,
    cli: "iam get-account-password-policy",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html",
};

/// `ListVirtualMFADevices`.
pub static LIST_VIRTUAL_MFA_DEVICES: Operation = Operation {
    service: "IAM",
    name: "ListVirtualMFADevices",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["iam:ListVirtualMFADevices"],
    resources: &["*"],
    root: "ListVirtualMFADevicesResponse",
    required: &[
        "ListVirtualMFADevicesResult.IsTruncated:bool",
        "ListVirtualMFADevicesResult.VirtualMFADevices.member[].SerialNumber:text",
        "ListVirtualMFADevicesResult.VirtualMFADevices.member[].EnableDate?:date",
        "ListVirtualMFADevicesResult.VirtualMFADevices.member[].User?.Arn:arn",
        "ListVirtualMFADevicesResult.VirtualMFADevices.member[].User?.CreateDate:date",
    ],
    redact: &[
        ("ListVirtualMFADevicesResult.VirtualMFADevices.member[].Base32StringSeed", Redact::Value),
        ("ListVirtualMFADevicesResult.VirtualMFADevices.member[].QRCodePNG", Redact::Value),
        ("ListVirtualMFADevicesResult.VirtualMFADevices.member[].Tags.member[].Value", Redact::Named),
        ("ListVirtualMFADevicesResult.VirtualMFADevices.member[].User.Tags.member[].Value", Redact::Named),
    ],
    polled: false,
    cli: "iam list-virtual-mfa-devices",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html",
};

/// `ListServerCertificates`.
pub static LIST_SERVER_CERTIFICATES: Operation = Operation {
    service: "IAM",
    name: "ListServerCertificates",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["iam:ListServerCertificates"],
    resources: &["*"],
    root: "ListServerCertificatesResponse",
    required: &[
        "ListServerCertificatesResult.IsTruncated:bool",
        "ListServerCertificatesResult.ServerCertificateMetadataList.member[].Path:text",
        "ListServerCertificatesResult.ServerCertificateMetadataList.member[].ServerCertificateName:text",
        "ListServerCertificatesResult.ServerCertificateMetadataList.member[].ServerCertificateId:text",
        "ListServerCertificatesResult.ServerCertificateMetadataList.member[].Arn:arn",
        "ListServerCertificatesResult.ServerCertificateMetadataList.member[].UploadDate:date",
        "ListServerCertificatesResult.ServerCertificateMetadataList.member[].Expiration:date",
    ],
    redact: &[],
    polled: false,
    cli: "iam list-server-certificates",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html",
};

/// `ListSAMLProviders`.
pub static LIST_SAML_PROVIDERS: Operation = Operation {
    service: "IAM",
    name: "ListSAMLProviders",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["iam:ListSAMLProviders"],
    resources: &["*"],
    root: "ListSAMLProvidersResponse",
    required: &[
        "ListSAMLProvidersResult.SAMLProviderList.member[].Arn:arn",
        "ListSAMLProvidersResult.SAMLProviderList.member[].CreateDate:date",
        "ListSAMLProvidersResult.SAMLProviderList.member[].ValidUntil?:date",
    ],
    redact: &[],
    polled: false,
    cli: "iam list-saml-providers",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html",
};

/// `ListOpenIDConnectProviders`.
pub static LIST_OPEN_ID_CONNECT_PROVIDERS: Operation = Operation {
    service: "IAM",
    name: "ListOpenIDConnectProviders",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["iam:ListOpenIDConnectProviders"],
    resources: &["*"],
    root: "ListOpenIDConnectProvidersResponse",
    required: &["ListOpenIDConnectProvidersResult.OpenIDConnectProviderList.member[].Arn:arn"],
    redact: &[],
    polled: false,
    cli: "iam list-open-id-connect-providers",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html",
};

/// `ListAccountAliases`.
pub static LIST_ACCOUNT_ALIASES: Operation = Operation {
    service: "IAM",
    name: "ListAccountAliases",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["iam:ListAccountAliases"],
    resources: &["*"],
    root: "ListAccountAliasesResponse",
    required: &["ListAccountAliasesResult.IsTruncated:bool", "ListAccountAliasesResult.AccountAliases.member[]:text"],
    redact: &[],
    polled: false,
    cli: "iam list-account-aliases",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html",
};

/// `ListOrganizationsFeatures`.
pub static LIST_ORGANIZATIONS_FEATURES: Operation = Operation {
    service: "IAM",
    name: "ListOrganizationsFeatures",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["iam:ListOrganizationsFeatures"],
    resources: &["*"],
    root: "ListOrganizationsFeaturesResponse",
    required: &["ListOrganizationsFeaturesResult.OrganizationId:text", "ListOrganizationsFeaturesResult.EnabledFeatures.member[]:text"],
    redact: &[],
    polled: false,
    cli: "iam list-organizations-features",
    reference: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html",
};
