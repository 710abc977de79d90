//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use std::collections::BTreeMap;

use aws_sdk_cloudfront::types::{DistributionSummary, LoggingConfig};
use aws_sdk_cloudwatchlogs::types::{Delivery, DeliverySource, DeliverySourceStatus};

use super::facts::{LogDelivery, Logging, Origin};

/// Deliveries by the ARN of the distribution that sends them.
pub type Deliveries = BTreeMap<String, Vec<LogDelivery>>;

/// Joins sources of access logs of CloudFront with the deliveries that they feed. A source without a delivery, or one that is
/// inactive, sends nothing.
pub fn deliveries<'a>(
    sources: impl IntoIterator<Item = &'a DeliverySource>,
    deliveries: impl IntoIterator<Item = &'a Delivery>,
) -> Deliveries {
    let mut by_source: BTreeMap<&str, Vec<LogDelivery>> = BTreeMap::new();
    for told in deliveries {
        if let (Some(source), Some(id)) = (told.delivery_source_name.as_deref(), &told.id) {
            let destination_type = told.delivery_destination_type.as_ref().map(|word| word.as_str().to_owned());
            let delivery = LogDelivery { id: id.clone(), destination_type, destination_arn: told.delivery_destination_arn.clone() };
            by_source.entry(source).or_default().push(delivery);
        }
    }
    let mut by_arn = Deliveries::new();
    for source in sources.into_iter().filter(|source| sends_access_logs(source)) {
        let fed = source.name.as_deref().and_then(|name| by_source.get(name));
        for arn in source.resource_arns.iter().flatten() {
            by_arn.entry(arn.clone()).or_default().extend(fed.into_iter().flatten().cloned());
        }
    }
    by_arn.values_mut().for_each(|fed| fed.sort());
    by_arn
}

fn sends_access_logs(source: &DeliverySource) -> bool {
    source.service.as_deref() == Some("cloudfront")
        && source.log_type.as_deref() == Some("ACCESS_LOGS")
        && source.status != Some(DeliverySourceStatus::Inactive)
}

/// Standard logging, legacy.
pub fn logging(told: &LoggingConfig) -> Logging {
    let named = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Logging { enabled: told.enabled, bucket: named(&told.bucket), prefix: named(&told.prefix), include_cookies: told.include_cookies }
}

/// The origins.
pub fn origins(told: &DistributionSummary) -> Option<Vec<Origin>> {
    let origin = |told: &aws_sdk_cloudfront::types::Origin| Origin {
        id: told.id.clone(),
        domain_name: told.domain_name.clone(),
        origin_path: told.origin_path.clone().filter(|path| !path.is_empty()),
        api_id: api_id(&told.domain_name),
    };
    told.origins.as_ref().map(|origins| origins.items.iter().map(origin).collect())
}

/// The API whose own endpoint a domain name is.
fn api_id(domain_name: &str) -> Option<String> {
    let name = domain_name.to_ascii_lowercase();
    let mut labels = name.split('.');
    let (id, service, region, rest) = (labels.next()?, labels.next()?, labels.next()?, labels.collect::<Vec<_>>().join("."));
    let aws = ["amazonaws.com", "amazonaws.com.cn", "api.aws"].contains(&rest.as_str());
    (service == "execute-api" && aws && ![id, region].contains(&"")).then(|| id.to_owned())
}

/// Real-time log configurations of all behaviors, and whether each behavior has one. `None` where the answer does not show the
/// behaviors.
pub fn real_time_logs(told: &DistributionSummary) -> Option<(Vec<String>, bool)> {
    let default = told.default_cache_behavior.as_ref()?.realtime_log_config_arn.as_deref();
    let behaviors = told.cache_behaviors.as_ref()?;
    let items = behaviors.items.as_deref().unwrap_or_default();
    if usize::try_from(behaviors.quantity).ok()? != items.len() {
        return None;
    }
    let named = |arn: Option<&str>| arn.filter(|arn| !arn.is_empty()).map(str::to_owned);
    let all: Vec<Option<String>> =
        std::iter::once(named(default)).chain(items.iter().map(|one| named(one.realtime_log_config_arn.as_deref()))).collect();
    let every = all.iter().all(Option::is_some);
    let mut arns: Vec<String> = all.into_iter().flatten().collect();
    arns.sort();
    arns.dedup();
    Some((arns, every))
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudwatchlogs::types::DeliveryDestinationType;

    use super::*;

    const ARN: &str = "arn:aws:cloudfront::111122223333:distribution/E1";

    fn source(name: &str, service: &str, log_type: &str) -> aws_sdk_cloudwatchlogs::types::builders::DeliverySourceBuilder {
        DeliverySource::builder().name(name).service(service).log_type(log_type).resource_arns(ARN)
    }

    fn delivery(id: &str, source: &str) -> Delivery {
        Delivery::builder().id(id).delivery_source_name(source).delivery_destination_type(DeliveryDestinationType::S3).build()
    }

    #[test]
    fn only_an_active_source_of_access_logs_with_a_delivery_sends_them() {
        let ids = |source: DeliverySource| {
            let fed = deliveries(&[source], &[delivery("d2", "s"), delivery("d1", "s"), delivery("d3", "other")]);
            fed.get(ARN).map(|fed| fed.iter().map(|one| one.id.clone()).collect::<Vec<_>>())
        };
        let access = |name: &str| source(name, "cloudfront", "ACCESS_LOGS");
        assert_eq!(ids(access("s").build()), Some(vec!["d1".to_owned(), "d2".to_owned()]));
        assert_eq!(ids(access("lonely").build()), Some(Vec::new()));
        assert_eq!(ids(access("s").status(DeliverySourceStatus::Inactive).build()), None);
        assert_eq!(ids(source("s", "cloudfront", "CONNECTION_LOGS").build()), None);
        assert_eq!(ids(source("s", "bedrock", "ACCESS_LOGS").build()), None);
    }

    #[test]
    fn only_the_endpoint_of_an_api_names_one() {
        assert_eq!(api_id("a1b2c3.execute-api.eu-west-1.amazonaws.com").as_deref(), Some("a1b2c3"));
        assert_eq!(api_id("A1B2.Execute-Api.cn-north-1.amazonaws.com.cn").as_deref(), Some("a1b2"));
        for other in [
            "execute-api.eu-west-1.amazonaws.com",
            "a.execute-api.eu-west-1.amazonaws.com.evil.example",
            "example-site.s3.eu-west-1.amazonaws.com",
            "api.example.com",
            ".execute-api.eu-west-1.amazonaws.com",
        ] {
            assert_eq!(api_id(other), None, "{other}");
        }
    }

    #[test]
    fn an_empty_bucket_is_none() {
        let told = LoggingConfig::builder().enabled(false).include_cookies(false).bucket("").prefix("").build();
        assert_eq!(logging(&told), Logging { enabled: false, bucket: None, prefix: None, include_cookies: false });
    }
}
