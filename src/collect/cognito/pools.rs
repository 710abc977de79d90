//! User pools: what a pool says of itself, of its second factor and of risks, and the web ACL in front of it.

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::operation::get_user_pool_mfa_config::GetUserPoolMfaConfigOutput;
use aws_sdk_cognitoidentityprovider::types::{RiskConfigurationType, UserPoolDescriptionType, UserPoolType};
use futures::StreamExt as _;

use super::collect::{AT_ONCE, Pools, arn};
use super::facts::{self, PasswordPolicy, RiskConfiguration};
use super::kinds::{SERVICE, USER_POOL};
use crate::aws::{Caller, OrWhen as _};
use crate::collect::at::{At, Operation, sources};
use crate::collect::reading::{Group, answered};
use crate::collect::scope::Run;
use crate::collect::wafv2::listing::of_user_pools;
use crate::model::{CallId, Fact, GapId, OpenMap, Population, Resource};

const DESCRIBE_USER_POOL: Operation = (SERVICE, "DescribeUserPool");
const GET_USER_POOL_MFA_CONFIG: Operation = (SERVICE, "GetUserPoolMfaConfig");
const DESCRIBE_RISK_CONFIGURATION: Operation = (SERVICE, "DescribeRiskConfiguration");
/// What Cognito says of a pool without threat protection.
const NO_ADD_ON: &str = "UserPoolAddOnNotEnabledException";
/// Days that a temporary password is valid where nothing is set.
const TEMPORARY_DAYS: i32 = 7;

type Guarded = (Result<Vec<(String, String)>, GapId>, Vec<CallId>);

/// Collects the user pools of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>, pools: &Pools) -> Population {
    let guarded = match (pools.items.is_empty(), run.wants_fact(USER_POOL, "web_acl_arn")) {
        (true, _) => (Ok(Vec::new()), Vec::new()),
        (false, true) => of_user_pools(caller).await,
        (false, false) => (Err(run.unasked(caller, USER_POOL, "web_acl_arn")), Vec::new()),
    };
    let asked = Asked { caller, run };
    let each = |(call, pool): &(CallId, UserPoolDescriptionType)| {
        // The listing has left out what lacks either.
        let (call, id, name) = (*call, pool.id.clone().unwrap_or_default(), pool.name.clone().unwrap_or_default());
        let (asked, guarded) = (&asked, &guarded);
        async move { asked.one(call, id, name, guarded).await }
    };
    futures::stream::iter(&pools.items).for_each_concurrent(AT_ONCE, each).await;
    pools.proof.population(caller, USER_POOL, pools.items.len() as u64, None)
}

struct Asked<'a> {
    caller: &'a Caller,
    run: &'a Run<'a>,
}

impl Asked<'_> {
    async fn one(&self, listed: CallId, id: String, name: String, (guarded, guards): &Guarded) {
        let arn = arn(self.caller, &id);
        let ((pool, described), (mfa, asked)) = tokio::join!(self.describe(&id), self.mfa(&id));
        let (risk, risks) = self.risk(&id, &pool).await;
        let acl = match guarded {
            Ok(pairs) => Fact::Known(pairs.iter().find(|(pool, _)| *pool == arn).map(|(_, acl)| acl.clone())),
            Err(gap) => Fact::Absent(gap.clone()),
        };
        let at = At::call(self.caller, DESCRIBE_USER_POOL, described.first().copied().unwrap_or(listed));
        let facts = facts_of(at, (id, name.clone(), arn.clone()), &pool, &mfa, (risk, acl));
        let mfa_facts = ["mfa_configuration", "software_token_mfa_enabled", "sms_mfa_configured", "email_mfa_configured"];
        let all = std::iter::once(listed).chain(described.iter().copied()).collect();
        let paths = [("", all), ("id", vec![listed]), ("name", vec![listed]), ("arn", vec![listed])];
        let paths = paths.into_iter().chain(mfa_facts.map(|fact| (fact, asked.clone())));
        let risks = described.iter().copied().chain(risks).collect();
        let paths = paths.chain([("risk_configuration", risks), ("web_acl_arn", guards.clone())]);
        self.run.found(&Resource::new(self.caller.place(), USER_POOL, arn, name, &facts, sources(paths)));
    }

    async fn describe(&self, id: &str) -> Group<UserPoolType> {
        let wanted = ["password_policy", "risk_configuration"].iter().any(|fact| self.run.wants_fact(USER_POOL, fact));
        if !wanted {
            return self.unasked("password_policy");
        }
        let client = self.caller.client(Client::new);
        let send = |tap| client.describe_user_pool().user_pool_id(id).customize().interceptor(tap).send();
        let reply = self.caller.ask(DESCRIBE_USER_POOL, send).await;
        answered(self.caller, DESCRIBE_USER_POOL, reply, |at, output| at.need(output.user_pool, "UserPool"))
    }

    async fn mfa(&self, id: &str) -> Group<GetUserPoolMfaConfigOutput> {
        if !self.run.wants_fact(USER_POOL, "mfa_configuration") {
            return self.unasked("mfa_configuration");
        }
        let client = self.caller.client(Client::new);
        let send = |tap| client.get_user_pool_mfa_config().user_pool_id(id).customize().interceptor(tap).send();
        let reply = self.caller.ask(GET_USER_POOL_MFA_CONFIG, send).await;
        answered(self.caller, GET_USER_POOL_MFA_CONFIG, reply, |_, output| Fact::Known(output))
    }

    /// What is done about risks, where threat protection is on at all.
    async fn risk(&self, id: &str, pool: &Fact<UserPoolType>) -> Group<Option<RiskConfiguration>> {
        if !self.run.wants_fact(USER_POOL, "risk_configuration") {
            return self.unasked("risk_configuration");
        }
        match pool {
            Fact::Absent(gap) => return (Fact::Absent(gap.clone()), Vec::new()),
            Fact::Known(pool) if matches!(mode(pool).as_deref(), None | Some("OFF")) => return (Fact::Known(None), Vec::new()),
            Fact::Known(_) => {}
        }
        let client = self.caller.client(Client::new);
        let send = |tap| client.describe_risk_configuration().user_pool_id(id).customize().interceptor(tap).send();
        let reply = self.caller.ask(DESCRIBE_RISK_CONFIGURATION, send).await;
        let reply = reply.map(|answer| answer.map(Some)).or_when(NO_ADD_ON, None);
        answered(self.caller, DESCRIBE_RISK_CONFIGURATION, reply, |at, output| match output {
            None => Fact::Known(None),
            Some(output) => at.need(output.risk_configuration.as_ref().map(risk), "RiskConfiguration").map(Some),
        })
    }

    fn unasked<T>(&self, fact: &str) -> Group<T> {
        (Fact::Absent(self.run.unasked(self.caller, USER_POOL, fact)), Vec::new())
    }
}

type Asides = (Fact<Option<RiskConfiguration>>, Fact<Option<String>>);

fn facts_of(
    at: At<'_>,
    (id, name, arn): (String, String, String),
    pool: &Fact<UserPoolType>,
    mfa: &Fact<GetUserPoolMfaConfigOutput>,
    (risk_configuration, web_acl_arn): Asides,
) -> facts::UserPool {
    let needed = |told: &GetUserPoolMfaConfigOutput| {
        at.need(told.mfa_configuration.as_ref().map(|word| word.as_str().to_owned()), "MfaConfiguration")
    };
    facts::UserPool {
        id: id.into(),
        name: name.into(),
        arn: arn.into(),
        creation_date: of(pool, |told| at.instant(told.creation_date, "CreationDate")),
        user_pool_tier: of(pool, |told| told.user_pool_tier.as_ref().map(|word| word.as_str().to_owned()).into()),
        deletion_protection: of(pool, |told| told.deletion_protection.as_ref().map(|word| word.as_str().to_owned()).into()),
        password_policy: of(pool, |told| at.need(password_policy(told), "PasswordPolicy")),
        advanced_security_mode: of(pool, |told| mode(told).into()),
        allow_admin_create_user_only: of(pool, |told| {
            told.admin_create_user_config.as_ref().is_some_and(|config| config.allow_admin_create_user_only).into()
        }),
        allowed_first_auth_factors: of(pool, |told| first_factors(told).into()),
        mfa_configuration: of(mfa, needed),
        software_token_mfa_enabled: of(mfa, |told| {
            told.software_token_mfa_configuration.as_ref().is_some_and(|config| config.enabled).into()
        }),
        sms_mfa_configured: of(mfa, |told| told.sms_mfa_configuration.is_some().into()),
        email_mfa_configured: of(mfa, |told| told.email_mfa_configuration.is_some().into()),
        risk_configuration,
        web_acl_arn,
        tags: of(pool, |told| OpenMap(told.user_pool_tags.clone().unwrap_or_default().into_iter().collect()).into()),
    }
}

fn of<S, T>(told: &Fact<S>, read: impl FnOnce(&S) -> Fact<T>) -> Fact<T> {
    match told {
        Fact::Known(told) => read(told),
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
    }
}

/// The mode of threat protection, `None` where the pool has none.
fn mode(told: &UserPoolType) -> Option<String> {
    told.user_pool_add_ons.as_ref().map(|add_ons| add_ons.advanced_security_mode.as_str().to_owned())
}

fn first_factors(told: &UserPoolType) -> Vec<String> {
    let policy = told.policies.as_ref().and_then(|policies| policies.sign_in_policy.as_ref());
    let factors = policy.map(|policy| policy.allowed_first_auth_factors()).unwrap_or_default();
    let mut factors: Vec<String> = factors.iter().map(|factor| factor.as_str().to_owned()).collect();
    factors.sort();
    factors
}

/// The password policy. The SDK reads a number of days that is not there as 0, which Cognito does not take.
fn password_policy(told: &UserPoolType) -> Option<PasswordPolicy> {
    let policy = told.policies.as_ref()?.password_policy.as_ref()?;
    let older = told.admin_create_user_config.as_ref().map_or(0, |config| config.unused_account_validity_days);
    let days = [policy.temporary_password_validity_days, older, TEMPORARY_DAYS].into_iter().find(|days| *days > 0)?;
    Some(PasswordPolicy {
        minimum_length: i64::from(policy.minimum_length?),
        require_uppercase: policy.require_uppercase,
        require_lowercase: policy.require_lowercase,
        require_numbers: policy.require_numbers,
        require_symbols: policy.require_symbols,
        password_history_size: policy.password_history_size.map(i64::from),
        temporary_password_validity_days: i64::from(days),
    })
}

fn risk(told: &RiskConfigurationType) -> RiskConfiguration {
    let compromised = told.compromised_credentials_risk_configuration.as_ref();
    let takeover = told.account_takeover_risk_configuration.as_ref();
    let events = compromised.map(|told| told.event_filter()).unwrap_or_default();
    let mut events: Vec<String> = events.iter().map(|event| event.as_str().to_owned()).collect();
    events.sort();
    let actions = compromised.and_then(|told| told.actions.as_ref());
    let high = takeover.and_then(|told| told.actions.as_ref()).and_then(|actions| actions.high_action.as_ref());
    RiskConfiguration {
        compromised_credentials_action: actions.map(|actions| actions.event_action.as_str().to_owned()),
        compromised_credentials_events: events,
        high_risk_action: high.map(|action| action.event_action.as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_cognitoidentityprovider::types::{AdminCreateUserConfigType, PasswordPolicyType, UserPoolPolicyType};

    use super::*;

    fn pool(days: i32, older: Option<i32>) -> UserPoolType {
        let policy = PasswordPolicyType::builder().minimum_length(12).temporary_password_validity_days(days).build();
        let older = older.map(|days| AdminCreateUserConfigType::builder().unused_account_validity_days(days).build());
        let policies = UserPoolPolicyType::builder().password_policy(policy).build();
        UserPoolType::builder().policies(policies).set_admin_create_user_config(older).build()
    }

    #[test]
    fn temporary_passwords_live_as_long_as_the_newer_setting_says_then_the_older_then_a_week() {
        let days = |pool: &UserPoolType| password_policy(pool).map(|policy| policy.temporary_password_validity_days);
        assert_eq!(days(&pool(3, Some(30))), Some(3));
        assert_eq!(days(&pool(0, Some(30))), Some(30));
        assert_eq!(days(&pool(0, Some(0))), Some(7));
        assert_eq!(days(&pool(0, None)), Some(7));
        assert_eq!(password_policy(&UserPoolType::builder().build()), None);
    }

    #[test]
    fn a_risk_configuration_that_says_nothing_blocks_nothing() {
        let told = risk(&RiskConfigurationType::builder().user_pool_id("p").build());
        assert_eq!((told.compromised_credentials_action, told.high_risk_action), (None, None));
    }
}
