//! Methods as edited now: their facts, and what others look up in them.

use std::collections::BTreeSet;

use aws_sdk_apigateway::types::{Authorizer, Integration, Method, RequestValidator, Resource};

use super::facts::{self, RestApiCore};
use crate::collect::at::{At, lacks};
use crate::collect::parts::Part;
use crate::model::{CallId, Fact, OpenMap};

/// A method with the resource that it belongs to.
#[derive(Clone, Debug)]
pub struct Edited {
    /// Id of the resource.
    pub resource_id: Option<String>,
    /// Its path.
    pub path: Option<String>,
    /// The verb.
    pub verb: String,
    /// As AWS gave it.
    pub method: Method,
}

impl Edited {
    /// `GET /orders`.
    pub fn shown(&self) -> String {
        format!("{} {}", self.verb, self.path.as_deref().unwrap_or_default())
    }

    fn integration_type(&self) -> Option<&str> {
        self.method.method_integration.as_ref()?.r#type.as_ref().map(|word| word.as_str())
    }
}

/// The methods of an API's resources, in the order of their paths and verbs, with the proof of the resources.
pub fn methods(resources: &Part<Resource>) -> Part<Edited> {
    let mut items: Vec<(CallId, Edited)> = resources.items.iter().flat_map(|(call, resource)| of(*call, resource)).collect();
    items.sort_by(|(_, a), (_, b)| (&a.path, &a.verb).cmp(&(&b.path, &b.verb)));
    Part { items, proof: resources.proof.clone() }
}

fn of(call: CallId, resource: &Resource) -> impl Iterator<Item = (CallId, Edited)> {
    let one = move |(verb, method): (&String, &Method)| {
        let (resource_id, path) = (resource.id.clone(), resource.path.clone());
        (call, Edited { resource_id, path, verb: verb.clone(), method: method.clone() })
    };
    resource.resource_methods.iter().flatten().map(one)
}

/// Facts of a method that other lists give.
pub struct More {
    /// The authorizer.
    pub authorizer: Fact<Option<facts::NamedAuthorizer>>,
    /// The validator.
    pub request_validator: Fact<Option<facts::RequestValidator>>,
    /// Names of stages.
    pub stage_names: Fact<Vec<String>>,
}

/// The facts of a method.
pub fn facts(at: At<'_>, rest_api: RestApiCore, edited: &Edited, more: More) -> facts::Method {
    let method = &edited.method;
    let required = method.request_parameters.iter().flatten().filter(|(_, required)| **required);
    let required: BTreeSet<String> = required.map(|(name, _)| name.clone()).collect();
    facts::Method {
        rest_api,
        resource_id: at.need(edited.resource_id.clone(), "id"),
        path: at.need(edited.path.clone(), "path"),
        http_method: at.need(method.http_method.clone(), "httpMethod"),
        authorization_type: at.need(method.authorization_type.clone(), "authorizationType"),
        api_key_required: at.need(method.api_key_required, "apiKeyRequired"),
        authorizer_id: set(method.authorizer_id.as_ref()).into(),
        authorizer: more.authorizer,
        authorization_scopes: method.authorization_scopes().to_vec().into(),
        request_validator_id: set(method.request_validator_id.as_ref()).into(),
        request_validator: more.request_validator,
        request_models: OpenMap(method.request_models.clone().unwrap_or_default().into_iter().collect()).into(),
        required_request_parameters: required.into_iter().collect::<Vec<_>>().into(),
        method_integration: at.read(method.method_integration.as_ref().map(integration).transpose()),
        allow_origins: allow_origins(method).into(),
        stage_names: more.stage_names,
    }
}

/// A text that is not empty.
fn set(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.is_empty()).cloned()
}

fn integration(integration: &Integration) -> Result<facts::Integration, String> {
    let kind = integration.r#type.as_ref().ok_or_else(|| lacks("type"))?;
    Ok(facts::Integration {
        r#type: kind.as_str().to_owned(),
        uri: set(integration.uri.as_ref()),
        http_method: set(integration.http_method.as_ref()),
        connection_type: integration.connection_type.as_ref().map_or("INTERNET", |word| word.as_str()).to_owned(),
        connection_id: set(integration.connection_id.as_ref()),
        credentials: set(integration.credentials.as_ref()),
        insecure_skip_verification: integration.tls_config.as_ref().is_some_and(|tls| tls.insecure_skip_verification),
    })
}

/// What stands beside a method as deployed.
///
/// # Errors
/// When AWS left out what it always sends.
pub fn beside(edited: &Edited) -> Result<facts::Draft, String> {
    let method = &edited.method;
    Ok(facts::Draft {
        authorization_type: method.authorization_type.clone().ok_or_else(|| lacks("authorizationType"))?,
        api_key_required: method.api_key_required.ok_or_else(|| lacks("apiKeyRequired"))?,
        authorizer_id: set(method.authorizer_id.as_ref()),
        authorization_scopes: method.authorization_scopes().to_vec(),
        request_validator_id: set(method.request_validator_id.as_ref()),
        method_integration: method.method_integration.as_ref().map(integration).transpose()?,
    })
}

fn allow_origins(method: &Method) -> Vec<String> {
    let responses = method.method_integration.iter().filter_map(|integration| integration.integration_responses.as_ref());
    let headers = responses.flat_map(|responses| responses.values()).filter_map(|response| response.response_parameters.as_ref()).flatten();
    origins(headers.map(|(name, value)| (name.as_str(), value.as_str())), "method.response.header.")
}

/// Values that `Access-Control-Allow-Origin` is set to, sorted and without the quotes of a constant.
pub fn origins<'a>(headers: impl Iterator<Item = (&'a str, &'a str)>, prefix: &str) -> Vec<String> {
    let origin = |name: &str| name.strip_prefix(prefix).is_some_and(|header| header.eq_ignore_ascii_case("access-control-allow-origin"));
    let values: BTreeSet<String> = headers.filter(|(name, _)| origin(name)).map(|(_, value)| unquoted(value)).collect();
    values.into_iter().collect()
}

fn unquoted(value: &str) -> String {
    value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(value).to_owned()
}

/// The methods that name an authorizer, as `GET /orders`, sorted.
pub fn used_by(methods: &[Edited], authorizer: &str) -> Vec<String> {
    shown(methods.iter().filter(|edited| edited.method.authorizer_id.as_deref() == Some(authorizer)))
}

/// The methods that hand requests to an HTTP backend, as `GET /orders`, sorted.
pub fn over_http(methods: &[Edited]) -> Vec<String> {
    shown(methods.iter().filter(|edited| matches!(edited.integration_type(), Some("HTTP" | "HTTP_PROXY"))))
}

fn shown<'a>(methods: impl Iterator<Item = &'a Edited>) -> Vec<String> {
    methods.map(Edited::shown).collect::<BTreeSet<_>>().into_iter().collect()
}

/// An authorizer as a method shows it.
///
/// # Errors
/// When AWS left out what it always sends.
pub fn named_authorizer(authorizer: &Authorizer) -> Result<facts::NamedAuthorizer, String> {
    Ok(facts::NamedAuthorizer {
        name: authorizer.name.clone().ok_or_else(|| lacks("name"))?,
        r#type: authorizer.r#type.as_ref().ok_or_else(|| lacks("type"))?.as_str().to_owned(),
    })
}

/// A validator as a method shows it.
pub fn validator(validator: &RequestValidator) -> facts::RequestValidator {
    facts::RequestValidator {
        name: validator.name.clone(),
        validate_request_body: validator.validate_request_body,
        validate_request_parameters: validator.validate_request_parameters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_read_without_quotes_in_any_spelling_of_the_header() {
        let headers = [
            ("method.response.header.access-control-allow-origin", "'*'"),
            ("method.response.header.Access-Control-Allow-Origin", "'https://app.example.com'"),
            ("method.response.header.Access-Control-Allow-Methods", "'GET'"),
            ("method.response.header.Access-Control-Allow-Origin", "integration.response.header.origin"),
            ("gatewayresponse.header.Access-Control-Allow-Origin", "'null'"),
        ];
        let found = origins(headers.into_iter(), "method.response.header.");
        assert_eq!(found, ["*", "https://app.example.com", "integration.response.header.origin"]);
    }

    #[test]
    fn users_of_an_authorizer_and_of_plain_backends_are_shown_by_verb_and_path() {
        let edited = |path: &str, verb: &str, authorizer: &str, kind: &str| {
            let integration = Integration::builder().r#type(kind.into()).build();
            let method = Method::builder().authorizer_id(authorizer).method_integration(integration).build();
            Edited { resource_id: None, path: Some(path.to_owned()), verb: verb.to_owned(), method }
        };
        let methods = [edited("/b", "GET", "x", "HTTP"), edited("/a", "PUT", "x", "HTTP_PROXY"), edited("/a", "GET", "y", "MOCK")];
        assert_eq!(used_by(&methods, "x"), ["GET /b", "PUT /a"]);
        assert_eq!(used_by(&methods, "z"), [""; 0]);
        assert_eq!(over_http(&methods), ["GET /b", "PUT /a"]);
    }
}
