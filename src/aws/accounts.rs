//! Credentials: the standard chain, profiles, roles; and whom they belong to. Providers use a connector of their own, so that
//! nothing they send or receive is recorded.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::environment::region::EnvironmentVariableRegionProvider;
use aws_config::imds;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider};
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::error::display::DisplayErrorContext;

use super::error::{SessionError, chain};
use super::limits::Limits;
use super::transport::lock;
use crate::model::Partition;

/// An `[[account]]` of `evidence.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct AccountEntry {
    /// For people.
    pub name: String,
    /// Role to assume.
    pub role_arn: Option<String>,
    /// External id that the role's trust policy asks for. Not written into recordings.
    #[serde(skip_serializing)]
    pub external_id: Option<String>,
    /// Profile whose credentials are used, or assume the role.
    pub profile: Option<String>,
}

/// Credentials and endpoint given instead of read from the process, for tests.
#[derive(Clone, Debug)]
pub struct Given {
    /// Endpoint of all services.
    pub endpoint_url: Option<String>,
    /// Configured Region.
    pub region: String,
    /// One set for each account, by name; a name stands for a profile.
    pub credentials: Vec<(String, Credentials)>,
}

/// Where the credentials of one account come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// In the user's words: ``profile `audit` ``; empty for the default chain.
    pub(super) source: String,
    profile: Option<String>,
    role_arn: Option<String>,
    external_id: Option<String>,
}

impl Entry {
    /// The account a role ARN names.
    pub(super) fn role_account(&self) -> Option<&str> {
        self.role_arn.as_deref().and_then(role_account)
    }

    /// The partition a role ARN names.
    pub(super) fn role_partition(&self) -> Option<Partition> {
        self.role_arn.as_deref().and_then(Partition::of_arn)
    }
}

/// What all entries share.
#[derive(Clone, Debug)]
pub(super) struct Loading<'a> {
    pub(super) limits: &'a Limits,
    pub(super) given: Option<&'a Given>,
    /// The unrecorded connector, for providers.
    pub(super) http_client: SharedHttpClient,
}

/// An entry's configuration, with credentials that worked when it was loaded.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) config: SdkConfig,
    /// False where no Region was found and the default one stands in.
    pub(super) region_configured: bool,
}

/// Why an account's credentials could not be had.
#[derive(Debug)]
pub(super) enum Entering {
    /// The role may not be assumed: a gap of the account.
    Denied(String),
    /// Anything else ends the run.
    Failed(SessionError),
}

/// Makes the entries that the user asked for; one for the default chain, where nothing was asked for.
pub(super) fn entries(profiles: &[String], accounts: &[AccountEntry], given: Option<&Given>) -> Result<Vec<Entry>, SessionError> {
    let of_profile = |profile: &String| Entry {
        source: format!("profile `{profile}`"),
        profile: Some(profile.clone()),
        role_arn: None,
        external_id: None,
    };
    let mut entries: Vec<Entry> = profiles.iter().map(of_profile).collect();
    for account in accounts {
        entries.push(entry_of(account)?);
    }
    if entries.is_empty() {
        match given {
            Some(given) => entries.extend(given.credentials.iter().map(|(name, _)| of_profile(name))),
            None => entries.push(Entry { source: String::new(), profile: None, role_arn: None, external_id: None }),
        }
    }
    Ok(entries)
}

fn entry_of(account: &AccountEntry) -> Result<Entry, SessionError> {
    if let Some(role) = &account.role_arn
        && role_account(role).is_none()
    {
        return Err(SessionError::BadRoleArn(role.clone()));
    }
    let source = match (&account.role_arn, &account.profile) {
        (Some(role), _) => format!("role `{role}`"),
        (None, Some(profile)) => format!("profile `{profile}`"),
        (None, None) => String::new(),
    };
    let (profile, role_arn, external_id) = (account.profile.clone(), account.role_arn.clone(), account.external_id.clone());
    Ok(Entry { source, profile, role_arn, external_id })
}

/// The account of `arn:PARTITION:iam::ACCOUNT:role/NAME`.
fn role_account(arn: &str) -> Option<&str> {
    let mut parts = arn.splitn(6, ':');
    let (head, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
    let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
    Partition::of_arn(arn)?;
    let name = resource.strip_prefix("role/")?;
    let digits = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    (head == "arn" && !partition.is_empty() && service == "iam" && region.is_empty() && digits && !name.is_empty()).then_some(account)
}

impl Loading<'_> {
    /// Loads an entry's configuration with credentials that work at this moment.
    pub(super) async fn load(&self, entry: &Entry) -> Result<Loaded, Entering> {
        let (base, region_configured) = match self.given {
            Some(given) => (self.given_config(given, entry)?, true),
            None => self.process_config(entry).await?,
        };
        let provider = match &entry.role_arn {
            None => base.credentials_provider(),
            Some(role) => {
                let mut builder = AssumeRoleProvider::builder(role).session_name("evidence").configure(&base);
                if let Some(id) = &entry.external_id {
                    builder = builder.external_id(id);
                }
                Some(SharedCredentialsProvider::new(builder.build().await))
            }
        };
        let source_name = entry.source.clone();
        let Some(provider) = provider else { return Err(Entering::Failed(SessionError::NoCredentials { source_name })) };
        let loaded = tokio::time::timeout(self.limits.credentials, provider.provide_credentials()).await;
        let first = match loaded {
            Ok(Ok(credentials)) => credentials,
            Ok(Err(error)) => return Err(classify(entry, &error)),
            Err(_) => {
                let detail = format!("the provider did not answer within {} s", self.limits.credentials.as_secs());
                return Err(Entering::Failed(SessionError::Credentials { source_name, detail }));
            }
        };
        let primed = Primed { first: Arc::new(Mutex::new(Some(first))), inner: provider };
        let config = base.into_builder().credentials_provider(SharedCredentialsProvider::new(primed)).build();
        Ok(Loaded { config, region_configured })
    }

    fn given_config(&self, given: &Given, entry: &Entry) -> Result<SdkConfig, Entering> {
        let named = |name: &String| given.credentials.iter().find(|(given, _)| given == name);
        let found = match &entry.profile {
            Some(profile) => named(profile),
            None => given.credentials.first(),
        };
        let Some((_, credentials)) = found else {
            let profile = entry.profile.clone().unwrap_or_default();
            return Err(Entering::Failed(SessionError::UnknownProfile { profile, nearest: None }));
        };
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(given.region.clone()))
            .credentials_provider(SharedCredentialsProvider::new(credentials.clone()))
            .http_client(self.http_client.clone())
            .time_source(aws_smithy_async::time::SystemTimeSource::new())
            .timeout_config(timeouts(self.limits))
            .retry_config(retries(self.limits));
        config.set_sleep_impl(aws_smithy_async::rt::sleep::default_async_sleep());
        config.set_endpoint_url(given.endpoint_url.clone());
        Ok(config.build())
    }

    async fn process_config(&self, entry: &Entry) -> Result<(SdkConfig, bool), Entering> {
        let profile = entry.profile.as_deref();
        check_profile(profile).await.map_err(Entering::Failed)?;
        let provider_config = ProviderConfig::without_region().with_http_client(self.http_client.clone());
        let region = self.region(profile, &provider_config).await;
        let (provider_config, configured) = (provider_config.with_region(region.clone()), region.is_some());
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .http_client(self.http_client.clone())
            .timeout_config(timeouts(self.limits))
            .retry_config(retries(self.limits))
            .region(region.unwrap_or(Region::from_static("us-east-1")))
            .identity_cache(aws_config::identity::IdentityCache::lazy().load_timeout(self.limits.credentials).build());
        loader = match profile {
            // The chain would prefer keys of the environment to the profile that the user named.
            Some(name) => {
                let provider = ProfileFileCredentialsProvider::builder().configure(&provider_config).profile_name(name).build();
                loader.profile_name(name).credentials_provider(provider)
            }
            None => {
                let chain = DefaultCredentialsChain::builder().configure(provider_config.clone());
                loader.credentials_provider(chain.imds_client(metadata(&provider_config)).build().await)
            }
        };
        Ok((loader.load().await, configured))
    }

    async fn region(&self, profile: Option<&str>, config: &ProviderConfig) -> Option<Region> {
        let mut of_profile = ProfileFileRegionProvider::builder().configure(config);
        if let Some(name) = profile {
            of_profile = of_profile.profile_name(name);
        }
        let of_machine = imds::region::ImdsRegionProvider::builder().configure(config).imds_client(metadata(config)).build();
        RegionProviderChain::first_try(EnvironmentVariableRegionProvider::new())
            .or_else(of_profile.build())
            .or_else(of_machine)
            .region()
            .await
    }
}

/// The instance metadata service, asked once and briefly: where it exists, it answers within milliseconds; where it does not,
/// packets to it may vanish.
fn metadata(config: &ProviderConfig) -> imds::Client {
    let brief = Duration::from_secs(1);
    let client = imds::Client::builder().configure(config).max_attempts(1);
    client.connect_timeout(brief).read_timeout(brief).operation_attempt_timeout(brief).operation_timeout(2 * brief).build()
}

/// The bounds of every call.
pub(super) fn timeouts(limits: &Limits) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(limits.connect)
        .operation_attempt_timeout(limits.attempt)
        .operation_timeout(limits.call)
        .build()
}

/// Standard retries. (`adaptive` holds a fresh client back for half a minute after two throttled answers.)
pub(super) fn retries(limits: &Limits) -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(limits.attempts)
        .with_initial_backoff(limits.first_pause)
        .with_max_backoff(limits.longest_pause)
}

/// The configuration whose clients send through `http_client` of a transport.
pub(super) fn recorded(config: &SdkConfig, http_client: SharedHttpClient) -> SdkConfig {
    let builder = config.to_builder().http_client(http_client);
    builder.stalled_stream_protection(StalledStreamProtectionConfig::disabled()).build()
}

/// The configuration for replay, made from nothing: no environment, no files, no network. The SDK wants to sign, so it gets a key.
pub(super) fn replayed(http_client: SharedHttpClient) -> SdkConfig {
    let credentials = Credentials::new("REPLAY", "replay", None, None, "replay");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(http_client)
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build()
}

/// Hands out the credentials that were loaded to see whether they can be, then asks the provider as usual.
#[derive(Debug)]
struct Primed {
    first: Arc<Mutex<Option<Credentials>>>,
    inner: SharedCredentialsProvider,
}

impl ProvideCredentials for Primed {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        match lock(&self.first).take() {
            Some(credentials) => future::ProvideCredentials::ready(Ok(credentials)),
            None => self.inner.provide_credentials(),
        }
    }
}

/// Refuses a profile that no file defines, with the nearest name.
async fn check_profile(profile: Option<&str>) -> Result<(), SessionError> {
    let named = profile.map(str::to_owned).or_else(|| std::env::var("AWS_PROFILE").ok()).filter(|name| !name.is_empty());
    let Some(named) = named else { return Ok(()) };
    // A file that cannot be read or parsed is reported by the provider, with its path.
    let Ok(set) = aws_config::profile::load(&Default::default(), &Default::default(), &Default::default(), None).await else {
        return Ok(());
    };
    if set.get_profile(&named).is_some() || named == "default" {
        return Ok(());
    }
    Err(SessionError::UnknownProfile { nearest: nearest(&named, set.profiles()), profile: named })
}

/// The name most like `wanted`, if any is like it at all.
pub(super) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let scored = names.into_iter().map(|name| (strsim::jaro_winkler(wanted, name), name));
    let best = scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, name)| name.to_owned())
}

/// Tells the failures of credential providers apart. The SDK's types for them are private below [`CredentialsError`], so its
/// words decide; what is not recognised keeps them.
fn classify(entry: &Entry, error: &CredentialsError) -> Entering {
    let source_name = entry.source.clone();
    let detail = chain(error);
    // Kept here: the debug form may hold a provider's answer.
    let lower = DisplayErrorContext(error).to_string().to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(&word.to_ascii_lowercase()));
    if entry.role_arn.is_some() && says(&["AccessDenied", "not authorized to perform: sts:AssumeRole"]) {
        return Entering::Denied(detail);
    }
    Entering::Failed(if says(&["sso"]) && says(&["expired", "not found", "no such file", "invalid", "unauthorized", "failed to read"]) {
        SessionError::SsoExpired { source_name }
    } else if says(&["ExpiredToken"]) {
        SessionError::ExpiredAtStart { source_name }
    } else if matches!(error, CredentialsError::CredentialsNotLoaded(_)) {
        SessionError::NoCredentials { source_name }
    } else {
        SessionError::Credentials { source_name, detail }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn role_arns_are_read_exactly() {
        assert_eq!(role_account("arn:aws:iam::111122223333:role/audit"), Some("111122223333"));
        assert_eq!(role_account("arn:aws-cn:iam::111122223333:role/path/audit"), Some("111122223333"));
        for bad in ["", "audit", "arn:aws:iam::1111:role/audit", "arn:aws:iam::111122223333:user/audit", "arn:aws:iam::111122223333:role/"]
        {
            assert_eq!(role_account(bad), None, "{bad}");
        }
    }

    #[test]
    fn without_profiles_and_accounts_the_default_chain_is_asked() {
        let entries = entries(&[], &[], None).expect("nothing to refuse");
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].source, "");
    }

    #[test]
    fn a_bad_role_arn_is_refused_before_anything_is_asked() {
        let account = AccountEntry { role_arn: Some("audit".into()), ..AccountEntry::default() };
        assert!(matches!(entries(&[], &[account], None), Err(SessionError::BadRoleArn(_))));
    }
}
