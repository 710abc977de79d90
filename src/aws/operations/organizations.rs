//! AWS Organizations. Mail addresses are personal data and are removed before anything is stored.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[
    &DESCRIBE_ORGANIZATION,
    &LIST_ROOTS,
    &LIST_ORGANIZATIONAL_UNITS_FOR_PARENT,
    &LIST_ACCOUNTS_FOR_PARENT,
    &LIST_POLICIES,
    &LIST_TARGETS_FOR_POLICY,
    &DESCRIBE_POLICY,
    &DESCRIBE_RESOURCE_POLICY,
    &LIST_AWS_SERVICE_ACCESS_FOR_ORGANIZATION,
    &LIST_DELEGATED_ADMINISTRATORS,
    &LIST_DELEGATED_SERVICES_FOR_ACCOUNT,
];

/// `DescribeOrganization`.
pub static DESCRIBE_ORGANIZATION: Operation = Operation {
    service: "Organizations",
    name: "DescribeOrganization",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["organizations:DescribeOrganization"],
    resources: &["*"],
    root: "",
    required: &[
        "Organization.Id:text",
        "Organization.Arn:arn",
        "Organization.FeatureSet:text",
        "Organization.MasterAccountId:text",
        "Organization.MasterAccountArn:arn",
    ],
    redact: &[("Organization.MasterAccountEmail", Redact::Value)],
    polled: false,
    cli: "organizations describe-organization",
    reference: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html",
};

/// `ListRoots`.
pub static LIST_ROOTS: Operation = Operation {
    service: "Organizations",
    name: "ListRoots",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["organizations:ListRoots"],
    resources: &["*"],
    root: "",
    required: &[
        "Roots[].Id:text",
        "Roots[].Arn:arn",
        "Roots[].Name:text",
        "Roots[].PolicyTypes[].Type:text",
        "Roots[].PolicyTypes[].Status:text",
    ],
    redact: &[],
    polled: false,
    cli: "organizations list-roots",
    reference: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html",
};

/// `ListOrganizationalUnitsForParent`.
pub static LIST_ORGANIZATIONAL_UNITS_FOR_PARENT: Operation = Operation {
    service: "Organizations",
    name: "ListOrganizationalUnitsForParent",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["organizations:ListOrganizationalUnitsForParent"],
    resources: &["*"],
    root: "",
    required: &["OrganizationalUnits[].Id:text", "OrganizationalUnits[].Arn:arn", "OrganizationalUnits[].Name:text"],
    redact: &[],
    polled: false,
    cli: "organizations list-organizational-units-for-parent",
    reference: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html",
};

/// `ListAccountsForParent`.
pub static LIST_ACCOUNTS_FOR_PARENT: Operation = Operation {
    service: "Organizations",
    name: "ListAccountsForParent",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["organizations:ListAccountsForParent"],
    resources: &["*"],
    root: "",
    required: &["Accounts[].Id:text", "Accounts[].Arn:arn", "Accounts[].Name:string", "Accounts[].JoinedTimestamp?:date"],
    redact: &[("Accounts[].Email", Redact::Value)],
    polled: false,
    cli: "organizations list-accounts-for-parent",
    reference: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html",
};

/// `ListPolicies`.
pub static LIST_POLICIES: Operation = Operation {
    service: "Organizations",
    name: "ListPolicies",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["organizations:ListPolicies"],
    resources: &["*"],
    root: "",
    required: &["Policies[].Id:text", "Policies[].Arn:arn", "Policies[].Name:text", "Policies[].Type:text", "Policies[].AwsManaged:bool"],
    redact: &[],
    polled: false,
    cli: "organizations list-policies",
    reference: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html",
};

/// `ListTargetsForPolicy`.
pub static LIST_TARGETS_FOR_POLICY: Operation = Operation {
    service: "Organizations",
    name: "ListTargetsForPolicy",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["organizations:ListTargetsForPolicy"],
    resources: &["*"],
    root: "",
    required: &["Targets[].TargetId:text", "Targets[].Type:text", "Targets[].Name:string"],
    redact: &[],
    polled: false,
    cli: "organizations list-targets-for-policy",
    reference: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTargetsForPolicy.html",
};

/// `DescribePolicy`.
pub static DESCRIBE_POLICY: Operation = Operation {
    service: "Organizations",
    name: "DescribePolicy",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["organizations:DescribePolicy"],
    resources: &["*"],
    root: "",
    required: &["Policy.Content:text", "Policy.PolicySummary.Id:text"],
    redact: &[],
    polled: false,
    cli: "organizations describe-policy",
    reference: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html",
};

/// `DescribeResourcePolicy`.
pub static DESCRIBE_RESOURCE_POLICY: Operation = Operation {
    service: "Organizations",
    name: "DescribeResourcePolicy",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["organizations:DescribeResourcePolicy"],
    resources: &["*"],
    root: "",
    required: &["ResourcePolicy.Content:text", "ResourcePolicy.ResourcePolicySummary.Id:text"],
    redact: &[],
    polled: false,
    cli: "organizations describe-resource-policy",
    reference: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeResourcePolicy.html",
};

/// `ListAWSServiceAccessForOrganization`.
pub static LIST_AWS_SERVICE_ACCESS_FOR_ORGANIZATION: Operation = Operation {
    service: "Organizations",
    name: "ListAWSServiceAccessForOrganization",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["organizations:ListAWSServiceAccessForOrganization"],
    resources: &["*"],
    root: "",
    required: &["EnabledServicePrincipals[].ServicePrincipal:text", "EnabledServicePrincipals[].DateEnabled?:date"],
    redact: &[],
    polled: false,
    cli: "organizations list-aws-service-access-for-organization",
    reference: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAWSServiceAccessForOrganization.html",
};

/// `ListDelegatedAdministrators`.
pub static LIST_DELEGATED_ADMINISTRATORS: Operation = Operation {
    service: "Organizations",
    name: "ListDelegatedAdministrators",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["organizations:ListDelegatedAdministrators"],
    resources: &["*"],
    root: "",
    required: &["DelegatedAdministrators[].Id:text", "DelegatedAdministrators[].Arn:arn"],
    redact: &[("DelegatedAdministrators[].Email", Redact::Value)],
    polled: false,
    cli: "organizations list-delegated-administrators",
    reference: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedAdministrators.html",
};

/// `ListDelegatedServicesForAccount`.
pub static LIST_DELEGATED_SERVICES_FOR_ACCOUNT: Operation = Operation {
    service: "Organizations",
    name: "ListDelegatedServicesForAccount",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["organizations:ListDelegatedServicesForAccount"],
    resources: &["*"],
    root: "",
    required: &["DelegatedServices[].ServicePrincipal:text"],
    redact: &[],
    polled: false,
    cli: "organizations list-delegated-services-for-account",
    reference: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedServicesForAccount.html",
};
