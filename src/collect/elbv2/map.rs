//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use std::collections::BTreeMap;

use aws_sdk_elasticloadbalancingv2::types::{Listener as Told, LoadBalancerAttribute};

use super::facts::{AccessLogs, Listener};

/// Attributes by name.
pub fn attributes(told: &[LoadBalancerAttribute]) -> BTreeMap<String, String> {
    told.iter().filter_map(|one| Some((one.key.clone()?, one.value.clone().unwrap_or_default()))).collect()
}

/// Where access logs go. Gateway load balancers have none; of the others AWS always says whether they are on.
///
/// # Errors
/// When the attributes do not say it.
pub fn access_logs(load_balancer_type: &str, attributes: &BTreeMap<String, String>) -> Result<Option<AccessLogs>, String> {
    if load_balancer_type == "gateway" {
        return Ok(None);
    }
    let enabled = match attributes.get("access_logs.s3.enabled").map(String::as_str) {
        Some("true") => true,
        Some("false") => false,
        _ => return Err("the attributes do not say whether `access_logs.s3.enabled`".to_owned()),
    };
    let named = |name: &str| attributes.get(name).filter(|text| !text.is_empty()).cloned();
    Ok(Some(AccessLogs { enabled, bucket: named("access_logs.s3.bucket"), prefix: named("access_logs.s3.prefix") }))
}

/// Listeners, by port.
pub fn listeners<'a>(told: impl IntoIterator<Item = &'a Told>) -> Vec<Listener> {
    let listener = |told: &Told| Listener {
        port: told.port.map(i64::from),
        protocol: told.protocol.as_ref().map(|protocol| protocol.as_str().to_owned()),
        ssl_policy: told.ssl_policy.clone(),
    };
    let mut listeners: Vec<Listener> = told.into_iter().map(listener).collect();
    listeners.sort();
    listeners
}

#[cfg(test)]
mod tests {
    use aws_sdk_elasticloadbalancingv2::types::ProtocolEnum;

    use super::*;

    fn told(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        let one = |(key, value): &(&str, &str)| LoadBalancerAttribute::builder().key(*key).value(*value).build();
        attributes(&pairs.iter().map(one).collect::<Vec<_>>())
    }

    #[test]
    fn attributes_that_do_not_speak_of_access_logs_say_nothing() {
        assert!(access_logs("application", &told(&[])).is_err());
        assert!(access_logs("network", &told(&[("access_logs.s3.enabled", "")])).is_err());
        assert_eq!(access_logs("gateway", &told(&[])), Ok(None));
    }

    #[test]
    fn an_empty_bucket_is_none() {
        let logs = |enabled, bucket: Option<&str>| Ok(Some(AccessLogs { enabled, bucket: bucket.map(str::to_owned), prefix: None }));
        let on = [("access_logs.s3.enabled", "true"), ("access_logs.s3.bucket", "example-logs"), ("access_logs.s3.prefix", "")];
        assert_eq!(access_logs("application", &told(&on)), logs(true, Some("example-logs")));
        let off = [("access_logs.s3.enabled", "false"), ("access_logs.s3.bucket", "")];
        assert_eq!(access_logs("network", &told(&off)), logs(false, None));
    }

    #[test]
    fn listeners_are_sorted_by_port() {
        let one = |port, protocol: ProtocolEnum| Told::builder().port(port).protocol(protocol).build();
        let ports: Vec<_> = listeners(&[one(8443, ProtocolEnum::Tls), one(80, ProtocolEnum::Tcp)])
            .into_iter()
            .map(|listener| (listener.port, listener.protocol))
            .collect();
        assert_eq!(ports, [(Some(80), Some("TCP".to_owned())), (Some(8443), Some("TLS".to_owned()))]);
    }
}
