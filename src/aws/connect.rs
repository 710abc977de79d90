//! The way to the network: proxy settings of the environment, TLS, `*.localhost` as loopback (RFC 6761), which not every system's
//! resolver knows, and labels that an SDK puts before an address. Used by live sessions and, unrecorded, by credential providers.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::{Builder, Connector, tls};
use aws_smithy_runtime_api::client::dns::{DnsFuture, ResolveDns, ResolveDnsError};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// What lies beneath a live session.
#[derive(Clone, Debug)]
pub enum Upstream {
    /// The network.
    Network,
    /// Answers made by a test. Never taken for AWS.
    Scripted(SharedHttpClient),
}

impl Upstream {
    pub(super) fn http_client(&self) -> SharedHttpClient {
        match self {
            Upstream::Network => network(),
            Upstream::Scripted(client) => client.clone(),
        }
    }
}

/// An HTTP client for the network. Connections are pooled; certificates are loaded when the first is opened.
fn network() -> SharedHttpClient {
    Builder::new().build_with_connector_fn(|settings, components| {
        let mut builder = Connector::builder().proxy_config(ProxyConfig::from_env());
        if let Some(settings) = settings {
            builder = builder.connector_settings(settings.clone());
        }
        if let Some(sleep) = components.and_then(|components| components.sleep_impl()) {
            builder = builder.sleep_impl(sleep);
        }
        builder.tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::AwsLc)).build_with_resolver(Resolver)
    })
}

/// The system's resolver, but for `localhost` and everything below it.
#[derive(Clone, Debug)]
struct Resolver;

impl ResolveDns for Resolver {
    fn resolve_dns<'a>(&'a self, name: &'a str) -> DnsFuture<'a> {
        DnsFuture::new(async move {
            if is_localhost(name) {
                return Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)]);
            }
            if let Some(address) = labelled(name) {
                return Ok(vec![address]);
            }
            let found = tokio::net::lookup_host((name, 0)).await.map_err(ResolveDnsError::new)?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

fn is_localhost(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// The address in `111122223333.127.0.0.1`: S3 Control's client puts the account before whatever endpoint it was given.
fn labelled(name: &str) -> Option<IpAddr> {
    let (account, address) = name.split_once('.')?;
    address.parse().ok().filter(|_| is_account(account))
}

/// Whether an endpoint is one of AWS's own, over TLS: `SERVICE.REGION.amazonaws.com` and the like. Anything else can only make a
/// demonstration, also what customers run below AWS's domains (`….execute-api.…`, `BUCKET.s3.amazonaws.com`).
pub(super) fn is_aws(scheme: &str, host: &str) -> bool {
    const DOMAINS: &[&str] = &[".api.amazonwebservices.com.cn", ".amazonaws.com.cn", ".amazonaws.com", ".api.aws"];
    let host = host.strip_suffix(":443").unwrap_or(host).to_ascii_lowercase();
    let Some(name) = DOMAINS.iter().find_map(|domain| host.strip_suffix(domain)) else { return false };
    let labels: Vec<&str> = name.split('.').collect();
    let plain = labels.iter().all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    let known = match labels[..] {
        [_] => true,
        [_, region] => is_region(region),
        [account, "s3-control" | "ddb", region] => is_account(account) && is_region(region),
        [endpoint, service, region, "vpce"] => endpoint.starts_with("vpce-") && !service.starts_with("vpce-svc") && is_region(region),
        _ => false,
    };
    scheme == "https" && plain && known
}

fn is_account(label: &str) -> bool {
    label.len() == 12 && label.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_region(label: &str) -> bool {
    let mut parts = label.split('-');
    let area = parts.next().is_some_and(|area| area.len() == 2);
    let last = parts.next_back();
    label == "us-gov" || (area && last.is_some_and(|last| last.len() == 1 && last.as_bytes()[0].is_ascii_digit()) && parts.count() >= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_aws_over_tls_is_aws() {
        for host in [
            "iam.amazonaws.com",
            "iam.amazonaws.com:443",
            "iam.us-gov.amazonaws.com",
            "sts-fips.us-gov-west-1.amazonaws.com",
            "ec2.cn-north-1.amazonaws.com.cn",
            "ec2.eu-west-1.api.aws",
            "s3.eu-west-1.amazonaws.com",
            "111122223333.s3-control.eu-west-1.amazonaws.com",
            "111122223333.ddb.eu-west-1.amazonaws.com",
            "vpce-0a1b-c2d3.cloudtrail.eu-west-1.vpce.amazonaws.com",
        ] {
            assert!(is_aws("https", host), "{host}");
            assert!(!is_aws("http", host), "{host}");
        }
        for host in [
            "localhost:4566",
            "amazonaws.com.evil.example",
            "evilamazonaws.com",
            "user@iam.amazonaws.com",
            "iam.amazonaws.com:8443",
            "a1b2c3.execute-api.eu-west-1.amazonaws.com",
            "bucket.s3.amazonaws.com",
            "bucket.s3-control.eu-west-1.amazonaws.com",
            "bucket.ddb.eu-west-1.amazonaws.com",
            "bucket.s3.eu-west-1.amazonaws.com",
            "vpce-0a1b.vpce-svc-0c2d.eu-west-1.vpce.amazonaws.com",
        ] {
            assert!(!is_aws("https", host), "{host}");
        }
    }

    #[test]
    fn an_account_before_an_address_is_that_address() {
        assert_eq!(labelled("111122223333.127.0.0.1"), Some(IpAddr::V4(Ipv4Addr::LOCALHOST)));
        assert!(["127.0.0.1", "1.127.0.0.1", "bucket.127.0.0.1", "111122223333.example.com"].iter().all(|name| labelled(name).is_none()));
    }

    #[test]
    fn names_below_localhost_are_loopback() {
        assert!(["localhost", "bucket.localhost", "LocalHost.", "a.b.localhost"].iter().all(|name| is_localhost(name)));
        assert!(!["localhost.example", "notlocalhost", "localhost.com"].iter().any(|name| is_localhost(name)));
    }
}
