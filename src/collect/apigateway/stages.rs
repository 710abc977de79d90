//! Facts of stages. Values of variables are markers by the time they get here: nobody reads them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use aws_sdk_apigateway::types::{AccessLogSettings, CanarySettings, Stage};

use super::facts::{self, RestApiCore};
use super::settings;
use crate::collect::apigatewayv2::facts::AccessLog;
use crate::collect::apigatewayv2::log_format::context_variables;
use crate::collect::apigatewayv2::stages::secrets;
use crate::collect::at::{At, lacks};
use crate::collect::cloudwatch::watching::ErrorAlarms;
use crate::model::{Fact, OpenMap};

/// The facts of a stage. `account` holds what the Region has once: its limits, and the role that writes logs; `alarms` are those on
/// the stage's errors.
pub fn facts(
    at: At<'_>,
    rest_api: RestApiCore,
    stage: &Stage,
    draft_http_integrations: Fact<Vec<String>>,
    account: (Fact<facts::Throttle>, Fact<Option<String>>),
    alarms: ErrorAlarms,
) -> facts::Stage {
    let (account_throttle_settings, account_cloudwatch_role_arn) = account;
    let entries = stage.method_settings.clone().unwrap_or_default();
    let canary = stage.canary_settings.as_ref();
    let (names, secret) = variables(stage.variables.as_ref(), canary.and_then(|canary| canary.stage_variable_overrides.as_ref()));
    facts::Stage {
        rest_api,
        client_error_alarms: alarms.0,
        server_error_alarms: alarms.1,
        stage_name: at.need(stage.stage_name.clone(), "stageName"),
        deployment_id: at.need(stage.deployment_id.clone(), "deploymentId"),
        canary_settings: at.read(canary.map(canary_settings).transpose()),
        access_log_settings: stage.access_log_settings.clone().map(access_log).into(),
        default_method_settings: settings::default(&entries).into(),
        method_settings: settings::overrides(&entries).into(),
        tracing_enabled: stage.tracing_enabled.into(),
        web_acl_arn: stage.web_acl_arn.clone().filter(|arn| !arn.is_empty()).into(),
        client_certificate_id: stage.client_certificate_id.clone().filter(|id| !id.is_empty()).into(),
        cache_cluster_enabled: stage.cache_cluster_enabled.into(),
        cache_cluster_status: stage.cache_cluster_status.as_ref().map(|word| word.as_str().to_owned()).into(),
        variable_names: names.into(),
        secret_variables: at.read(secret),
        draft_http_integrations,
        account_throttle_settings,
        account_cloudwatch_role_arn,
        created_date: at.instant(stage.created_date, "createdDate"),
        last_updated_date: at.instant_if_set(stage.last_updated_date, "lastUpdatedDate"),
        tags: OpenMap(stage.tags.clone().unwrap_or_default().into_iter().collect()).into(),
    }
}

fn canary_settings(canary: &CanarySettings) -> Result<facts::Canary, String> {
    Ok(facts::Canary {
        deployment_id: canary.deployment_id.clone().ok_or_else(|| lacks("canarySettings.deploymentId"))?,
        percent_traffic: canary.percent_traffic,
        use_stage_cache: canary.use_stage_cache,
    })
}

fn access_log(settings: AccessLogSettings) -> AccessLog {
    let context_variables = settings.format.as_deref().map(context_variables).unwrap_or_default();
    AccessLog { destination_arn: settings.destination_arn, format: settings.format, context_variables }
}

/// Names of a stage's variables with those of its canary, and those of them that look like secrets in either.
fn variables(
    own: Option<&HashMap<String, String>>,
    canary: Option<&HashMap<String, String>>,
) -> (Vec<String>, Result<Vec<String>, String>) {
    let (mut names, mut secret) = (BTreeSet::new(), Ok(BTreeSet::new()));
    for variables in [own, canary].into_iter().flatten() {
        let sorted: BTreeMap<String, String> = variables.clone().into_iter().collect();
        let found = secrets(&sorted);
        names.extend(sorted.into_keys());
        secret = secret.and_then(|mut secret| {
            secret.extend(found?);
            Ok(secret)
        });
    }
    (names.into_iter().collect(), secret.map(|secret| secret.into_iter().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_only_the_canary_holds_is_found() {
        let map = |name: &str, value: &str| HashMap::from([(name.to_owned(), value.to_owned())]);
        let (own, canary) = (map("table", "[redacted:6:]"), map("table", "[redacted:20:assignment]"));
        assert_eq!(variables(Some(&own), Some(&canary)), (vec!["table".to_owned()], Ok(vec!["table".to_owned()])));
        assert_eq!(variables(Some(&own), None), (vec!["table".to_owned()], Ok(vec![])));
        assert!(variables(Some(&own), Some(&map("host", "plain"))).1.is_err(), "a value that nobody searched");
        assert_eq!(variables(None, None), (vec![], Ok(vec![])));
    }
}
