//! Facts of Cognito's kinds. Member names are the Cognito API's in snake case; named facts say how they are computed. The secret of an app
//! client is removed from the answer before anything reads it; that there is one is a fact.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant, OpenMap};

/// `AWS::Cognito::UserPool`: a user pool.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UserPool {
    /// `Id`.
    pub id: Fact<String>,
    /// `Name`.
    pub name: Fact<String>,
    /// ARN, built of Region, account and id.
    pub arn: Fact<String>,
    /// `CreationDate`.
    pub creation_date: Fact<Instant>,
    /// `UserPoolTier`: `LITE`, `ESSENTIALS`, `PLUS`; null where not given.
    pub user_pool_tier: Fact<Option<String>>,
    /// `DeletionProtection`: `ACTIVE` or `INACTIVE`; null where not given.
    pub deletion_protection: Fact<Option<String>>,
    /// `Policies.PasswordPolicy`.
    pub password_policy: Fact<PasswordPolicy>,
    /// `UserPoolAddOns.AdvancedSecurityMode`: `OFF`, `AUDIT`, `ENFORCED`; null where the pool has no threat protection.
    pub advanced_security_mode: Fact<Option<String>>,
    /// `AdminCreateUserConfig.AllowAdminCreateUserOnly`; false where not given.
    pub allow_admin_create_user_only: Fact<bool>,
    /// `Policies.SignInPolicy.AllowedFirstAuthFactors`, sorted: `PASSWORD`, `EMAIL_OTP`, `SMS_OTP`, `WEB_AUTHN`; empty where not given, when
    /// only passwords are.
    pub allowed_first_auth_factors: Fact<Vec<String>>,
    /// `MfaConfiguration` as it is now (`GetUserPoolMfaConfig`): `OFF`, `OPTIONAL`, `ON`.
    pub mfa_configuration: Fact<String>,
    /// `SoftwareTokenMfaConfiguration.Enabled`; false where not given.
    pub software_token_mfa_enabled: Fact<bool>,
    /// Whether there is an `SmsMfaConfiguration`.
    pub sms_mfa_configured: Fact<bool>,
    /// Whether there is an `EmailMfaConfiguration`.
    pub email_mfa_configured: Fact<bool>,
    /// What threat protection does for all clients that have no settings of their own; null where it is off or not part of the pool.
    pub risk_configuration: Fact<Option<RiskConfiguration>>,
    /// The web ACL in front of the pool (`ListWebACLs`, `ListResourcesForWebACL`); null where no web ACL of the Region names it.
    pub web_acl_arn: Fact<Option<String>>,
    /// `UserPoolTags`.
    pub tags: Fact<OpenMap<String>>,
}

/// `PasswordPolicy`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PasswordPolicy {
    /// `MinimumLength`, characters.
    pub minimum_length: i64,
    /// `RequireUppercase`.
    pub require_uppercase: bool,
    /// `RequireLowercase`.
    pub require_lowercase: bool,
    /// `RequireNumbers`.
    pub require_numbers: bool,
    /// `RequireSymbols`.
    pub require_symbols: bool,
    /// `PasswordHistorySize`: how many former passwords are refused; null where not given, which is none.
    pub password_history_size: Option<i64>,
    /// `TemporaryPasswordValidityDays`, days; where not given, `AdminCreateUserConfig.UnusedAccountValidityDays`, the older name, and where
    /// neither is, AWS's default of 7.
    pub temporary_password_validity_days: i64,
}

/// `RiskConfiguration`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RiskConfiguration {
    /// `CompromisedCredentialsRiskConfiguration.Actions.EventAction`: `BLOCK` or `NO_ACTION`; null where not configured.
    pub compromised_credentials_action: Option<String>,
    /// `CompromisedCredentialsRiskConfiguration.EventFilter`, sorted: `SIGN_IN`, `SIGN_UP`, `PASSWORD_CHANGE`; empty means all of them.
    pub compromised_credentials_events: Vec<String>,
    /// `AccountTakeoverRiskConfiguration.Actions.HighAction.EventAction`: `BLOCK`, `MFA_REQUIRED`, `MFA_IF_CONFIGURED`, `NO_ACTION`; null
    /// where not configured.
    pub high_risk_action: Option<String>,
}

/// What every client carries of its pool, under `user_pool`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PoolCore {
    /// `Id`.
    pub id: String,
    /// `Name`.
    pub name: String,
}

/// `AWS::Cognito::UserPoolClient`: an app client of a user pool.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UserPoolClient {
    /// The pool.
    pub user_pool: PoolCore,
    /// `ClientId`.
    pub client_id: Fact<String>,
    /// `ClientName`.
    pub client_name: Fact<String>,
    /// `CreationDate`.
    pub creation_date: Fact<Instant>,
    /// Whether it has a `ClientSecret`.
    pub has_secret: Fact<bool>,
    /// `AccessTokenValidity` in its unit, as seconds; AWS's default of an hour where not given.
    pub access_token_seconds: Fact<i64>,
    /// `IdTokenValidity` in its unit, as seconds; AWS's default of an hour where not given.
    pub id_token_seconds: Fact<i64>,
    /// `RefreshTokenValidity` in its unit, as seconds; AWS's default of 30 days where it is 0.
    pub refresh_token_seconds: Fact<i64>,
    /// `EnableTokenRevocation`; false where not given.
    pub enable_token_revocation: Fact<bool>,
    /// `PreventUserExistenceErrors`: `ENABLED` or `LEGACY`; null where not given, which is `LEGACY`.
    pub prevent_user_existence_errors: Fact<Option<String>>,
    /// `ExplicitAuthFlows`, sorted.
    pub explicit_auth_flows: Fact<Vec<String>>,
    /// `SupportedIdentityProviders`, sorted: `COGNITO` for the pool's own users.
    pub supported_identity_providers: Fact<Vec<String>>,
    /// `AllowedOAuthFlowsUserPoolClient`: whether the flows below can be used at all; false where not given.
    pub allowed_o_auth_flows_user_pool_client: Fact<bool>,
    /// `AllowedOAuthFlows`, sorted: `code`, `implicit`, `client_credentials`.
    pub allowed_o_auth_flows: Fact<Vec<String>>,
    /// `AllowedOAuthScopes`, sorted.
    pub allowed_o_auth_scopes: Fact<Vec<String>>,
    /// `CallbackURLs`, sorted.
    pub callback_urls: Fact<Vec<String>>,
    /// Those of `CallbackURLs` with `http://` whose host is not the user's own machine (`localhost`, `127.0.0.0/8`, `[::1]`), sorted.
    pub plain_http_callback_urls: Fact<Vec<String>>,
}

/// `AWS::Cognito::IdentityPool`: an identity pool, which gives AWS credentials to users of apps.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IdentityPool {
    /// `IdentityPoolId`.
    pub identity_pool_id: Fact<String>,
    /// `IdentityPoolName`.
    pub identity_pool_name: Fact<String>,
    /// `AllowUnauthenticatedIdentities`: whether guests get credentials.
    pub allow_unauthenticated_identities: Fact<bool>,
    /// `AllowClassicFlow`; false where not given.
    pub allow_classic_flow: Fact<bool>,
    /// `IdentityPoolTags`.
    pub tags: Fact<OpenMap<String>>,
}
