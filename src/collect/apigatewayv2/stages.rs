//! Facts of stages, among them which of their variables look like secrets. Values of variables are markers by the time they get
//! here: nobody reads them.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_apigatewayv2::types::{AccessLogSettings, RouteSettings, Stage};

use super::facts::{self, ApiCore};
use super::log_format::context_variables;
use crate::collect::at::{At, lacks};
use crate::collect::cloudwatch::watching::ErrorAlarms;
use crate::model::OpenMap;
use crate::recording::redact::Marker;

/// The facts of a stage. AWS sends settings and variables also where none was ever set; what it leaves out within the settings has
/// AWS's own default. `alarms` are those on the stage's errors.
pub fn facts(at: At<'_>, api: ApiCore, stage: Stage, alarms: ErrorAlarms) -> facts::Stage {
    let variables: Option<BTreeMap<String, String>> = stage.stage_variables.map(|variables| variables.into_iter().collect());
    let variables = variables.ok_or_else(|| lacks("StageVariables"));
    facts::Stage {
        api,
        client_error_alarms: alarms.0,
        server_error_alarms: alarms.1,
        stage_name: at.need(stage.stage_name, "StageName"),
        auto_deploy: stage.auto_deploy.unwrap_or(false).into(),
        deployment_id: stage.deployment_id.into(),
        access_log_settings: stage.access_log_settings.map(access_log).into(),
        default_route_settings: at.need(stage.default_route_settings.map(default_settings), "DefaultRouteSettings"),
        route_settings: at.need(stage.route_settings.map(overrides), "RouteSettings"),
        secret_stage_variables: at.read(variables.as_ref().map_err(Clone::clone).and_then(secrets)),
        stage_variable_names: at.read(variables.map(|variables| variables.into_keys().collect::<Vec<_>>())),
        tags: OpenMap(stage.tags.unwrap_or_default().into_iter().collect()).into(),
    }
}

fn access_log(settings: AccessLogSettings) -> facts::AccessLog {
    let context_variables = settings.format.as_deref().map(context_variables).unwrap_or_default();
    facts::AccessLog { destination_arn: settings.destination_arn, format: settings.format, context_variables }
}

fn default_settings(settings: RouteSettings) -> facts::RouteSettings {
    facts::RouteSettings {
        data_trace_enabled: settings.data_trace_enabled.unwrap_or(false),
        detailed_metrics_enabled: settings.detailed_metrics_enabled.unwrap_or(false),
        logging_level: settings.logging_level.map(|word| word.as_str().to_owned()),
        throttling_burst_limit: settings.throttling_burst_limit.map(i64::from),
        throttling_rate_limit: settings.throttling_rate_limit,
    }
}

fn overrides(settings: HashMap<String, RouteSettings>) -> Vec<facts::RouteOverride> {
    let one = |(route_key, settings): (String, RouteSettings)| facts::RouteOverride {
        route_key,
        data_trace_enabled: settings.data_trace_enabled,
        detailed_metrics_enabled: settings.detailed_metrics_enabled,
        logging_level: settings.logging_level.map(|word| word.as_str().to_owned()),
        throttling_burst_limit: settings.throttling_burst_limit.map(i64::from),
        throttling_rate_limit: settings.throttling_rate_limit,
    };
    settings.into_iter().collect::<BTreeMap<_, _>>().into_iter().map(one).collect()
}

/// Names of variables whose marker says that a secret pattern matched the value, or the name that it goes by. A value that is not
/// blank and not a marker was not looked at, so nothing is known then.
pub fn secrets(variables: &BTreeMap<String, String>) -> Result<Vec<String>, String> {
    let mut secret = Vec::new();
    for (name, value) in variables.iter().filter(|(_, value)| !value.trim().is_empty()) {
        let marker =
            Marker::parse(value).ok_or_else(|| format!("the value of the stage variable `{name}` was not searched for secrets"))?;
        if !marker.patterns.is_empty() {
            secret.push(name.clone());
        }
    }
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn secret_variables_are_those_whose_marker_names_a_pattern() {
        let seen = variables(&[
            ("host", "[redacted:12:]"),
            ("key", "[redacted:40:aws-secret-access-key]"),
            ("none", ""),
            ("pw", "[redacted:8:assignment]"),
        ]);
        assert_eq!(secrets(&seen), Ok(vec!["key".to_owned(), "pw".to_owned()]));
        assert!(secrets(&variables(&[("host", "db.example.com")])).is_err(), "a value that nobody searched");
    }

    #[test]
    fn settings_left_out_are_those_of_aws_and_overrides_stay_unset() {
        let settings = default_settings(RouteSettings::builder().build());
        assert!(!settings.data_trace_enabled && settings.logging_level.is_none() && settings.throttling_rate_limit.is_none());
        let one = RouteSettings::builder().detailed_metrics_enabled(true).build();
        let overrides = overrides([("b".to_owned(), one.clone()), ("a".to_owned(), one)].into());
        assert_eq!(overrides.iter().map(|route| route.route_key.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((overrides[0].data_trace_enabled, overrides[0].detailed_metrics_enabled), (None, Some(true)));
    }
}
