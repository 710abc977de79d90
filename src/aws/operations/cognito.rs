//! Cognito: user pools with their clients, and identity pools. The secrets of clients, and the external ids that roles are assumed with,
//! go before anything is stored or read.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

const POOLS: &[&str] = &["arn:{partition}:cognito-idp:*:*:userpool/*"];

/// All rows of both services.
pub static ROWS: &[&Operation] = &[
    &LIST_USER_POOLS,
    &DESCRIBE_USER_POOL,
    &GET_USER_POOL_MFA_CONFIG,
    &DESCRIBE_RISK_CONFIGURATION,
    &LIST_USER_POOL_CLIENTS,
    &DESCRIBE_USER_POOL_CLIENT,
    &LIST_IDENTITY_POOLS,
    &DESCRIBE_IDENTITY_POOL,
];

/// `ListUserPools`.
pub static LIST_USER_POOLS: Operation = Operation {
    service: "Cognito Identity Provider",
    name: "ListUserPools",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["cognito-idp:ListUserPools"],
    resources: &["*"],
    root: "",
    required: &["UserPools[].Id:text", "UserPools[].Name:text"],
    redact: &[],
    polled: false,
    cli: "cognito-idp list-user-pools",
    reference: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPools.html",
};

/// `DescribeUserPool`.
pub static DESCRIBE_USER_POOL: Operation = Operation {
    service: "Cognito Identity Provider",
    name: "DescribeUserPool",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["cognito-idp:DescribeUserPool"],
    resources: POOLS,
    root: "",
    required: &[
        "UserPool.Id:text",
        "UserPool.Name:text",
        "UserPool.Arn:arn",
        "UserPool.CreationDate:date",
        "UserPool.Policies.PasswordPolicy.MinimumLength:int",
        "UserPool.Policies.PasswordPolicy.RequireUppercase:bool",
        "UserPool.Policies.PasswordPolicy.RequireLowercase:bool",
        "UserPool.Policies.PasswordPolicy.RequireNumbers:bool",
        "UserPool.Policies.PasswordPolicy.RequireSymbols:bool",
        "UserPool.UserPoolAddOns?.AdvancedSecurityMode:text",
    ],
    redact: &[("UserPool.SmsConfiguration.ExternalId", Redact::Value), ("UserPool.UserPoolTags.*", Redact::Named)],
    polled: false,
    cli: "cognito-idp describe-user-pool",
    reference: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html",
};

/// `GetUserPoolMfaConfig`.
pub static GET_USER_POOL_MFA_CONFIG: Operation = Operation {
    service: "Cognito Identity Provider",
    name: "GetUserPoolMfaConfig",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["cognito-idp:GetUserPoolMfaConfig"],
    resources: POOLS,
    root: "",
    required: &["MfaConfiguration:text"],
    redact: &[("SmsMfaConfiguration.SmsConfiguration.ExternalId", Redact::Value)],
    polled: false,
    cli: "cognito-idp get-user-pool-mfa-config",
    reference: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolMfaConfig.html",
};

/// `DescribeRiskConfiguration`.
pub static DESCRIBE_RISK_CONFIGURATION: Operation = Operation {
    service: "Cognito Identity Provider",
    name: "DescribeRiskConfiguration",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["cognito-idp:DescribeRiskConfiguration"],
    resources: POOLS,
    root: "",
    required: &[
        "RiskConfiguration.UserPoolId:text",
        "RiskConfiguration.CompromisedCredentialsRiskConfiguration?.Actions.EventAction:text",
        "RiskConfiguration.AccountTakeoverRiskConfiguration?.Actions:object",
    ],
    redact: &[],
    polled: false,
    cli: "cognito-idp describe-risk-configuration",
    reference: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeRiskConfiguration.html",
};

/// `ListUserPoolClients`.
pub static LIST_USER_POOL_CLIENTS: Operation = Operation {
    service: "Cognito Identity Provider",
    name: "ListUserPoolClients",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["cognito-idp:ListUserPoolClients"],
    resources: POOLS,
    root: "",
    required: &["UserPoolClients[].ClientId:text", "UserPoolClients[].ClientName:text", "UserPoolClients[].UserPoolId:text"],
    redact: &[],
    polled: false,
    cli: "cognito-idp list-user-pool-clients",
    reference: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html",
};

/// `DescribeUserPoolClient`.
pub static DESCRIBE_USER_POOL_CLIENT: Operation = Operation {
    service: "Cognito Identity Provider",
    name: "DescribeUserPoolClient",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["cognito-idp:DescribeUserPoolClient"],
    resources: POOLS,
    root: "",
    required: &[
        "UserPoolClient.UserPoolId:text",
        "UserPoolClient.ClientId:text",
        "UserPoolClient.ClientName:text",
        "UserPoolClient.CreationDate:date",
        "UserPoolClient.RefreshTokenValidity:int",
        "UserPoolClient.AccessTokenValidity?:int",
        "UserPoolClient.IdTokenValidity?:int",
        "UserPoolClient.EnableTokenRevocation?:bool",
        "UserPoolClient.AllowedOAuthFlowsUserPoolClient?:bool",
        "UserPoolClient.AllowedOAuthFlows?[]:text",
        "UserPoolClient.CallbackURLs?[]:text",
    ],
    redact: &[("UserPoolClient.ClientSecret", Redact::Value), ("UserPoolClient.AnalyticsConfiguration.ExternalId", Redact::Value)],
    polled: false,
    cli: "cognito-idp describe-user-pool-client",
    reference: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html",
};

/// `ListIdentityPools`.
pub static LIST_IDENTITY_POOLS: Operation = Operation {
    service: "Cognito Identity",
    name: "ListIdentityPools",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["cognito-identity:ListIdentityPools"],
    resources: &["*"],
    root: "",
    required: &["IdentityPools[].IdentityPoolId:text", "IdentityPools[].IdentityPoolName:text"],
    redact: &[],
    polled: false,
    cli: "cognito-identity list-identity-pools",
    reference: "https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_ListIdentityPools.html",
};

/// `DescribeIdentityPool`.
pub static DESCRIBE_IDENTITY_POOL: Operation = Operation {
    service: "Cognito Identity",
    name: "DescribeIdentityPool",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["cognito-identity:DescribeIdentityPool"],
    resources: &["arn:{partition}:cognito-identity:*:*:identitypool/*"],
    root: "",
    required: &["IdentityPoolId:text", "IdentityPoolName:text", "AllowUnauthenticatedIdentities:bool"],
    redact: &[("IdentityPoolTags.*", Redact::Named)],
    polled: false,
    cli: "cognito-identity describe-identity-pool",
    reference: "https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DescribeIdentityPool.html",
};
