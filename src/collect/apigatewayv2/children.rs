//! Facts of routes, authorizers and integrations.

use aws_sdk_apigatewayv2::types::{Authorizer, AuthorizerType, Integration, JwtConfiguration, Route};

use super::facts::{self, ApiCore};
use crate::collect::at::{At, lacks};
use crate::model::Fact;

/// The facts of a route.
pub fn route(at: At<'_>, api: ApiCore, route: Route) -> facts::Route {
    facts::Route {
        api,
        route_id: at.need(route.route_id, "RouteId"),
        route_key: at.need(route.route_key, "RouteKey"),
        authorization_type: at.need(route.authorization_type.map(|word| word.as_str().to_owned()), "AuthorizationType"),
        authorizer_id: route.authorizer_id.filter(|id| !id.is_empty()).into(),
        authorization_scopes: route.authorization_scopes.unwrap_or_default().into(),
        api_key_required: at.need(route.api_key_required, "ApiKeyRequired"),
        target: route.target.into(),
    }
}

/// The facts of an authorizer.
pub fn authorizer(at: At<'_>, api: ApiCore, authorizer: Authorizer, used_by_routes: Fact<Vec<String>>) -> facts::Authorizer {
    let is_jwt = authorizer.authorizer_type == Some(AuthorizerType::Jwt);
    facts::Authorizer {
        api,
        authorizer_id: at.need(authorizer.authorizer_id, "AuthorizerId"),
        name: at.need(authorizer.name, "Name"),
        authorizer_type: at.need(authorizer.authorizer_type.map(|word| word.as_str().to_owned()), "AuthorizerType"),
        authorizer_result_ttl_in_seconds: authorizer.authorizer_result_ttl_in_seconds.map(i64::from).into(),
        identity_source: authorizer.identity_source.unwrap_or_default().into(),
        jwt_configuration: at.read(jwt(is_jwt, authorizer.jwt_configuration)),
        authorizer_payload_format_version: authorizer.authorizer_payload_format_version.into(),
        used_by_routes,
    }
}

/// A JWT authorizer has a configuration with an issuer; one that does not show them was not told whole.
fn jwt(is_jwt: bool, configuration: Option<JwtConfiguration>) -> Result<Option<facts::Jwt>, String> {
    let Some(jwt) = configuration else {
        return if is_jwt { Err(lacks("JwtConfiguration")) } else { Ok(None) };
    };
    let issuer = jwt.issuer.ok_or_else(|| lacks("Issuer"))?;
    Ok(Some(facts::Jwt { issuer: Some(issuer), audience: jwt.audience.unwrap_or_default() }))
}

/// Route keys of the routes that name an authorizer, sorted.
///
/// # Errors
/// When such a route has no key.
pub fn used_by(routes: impl IntoIterator<Item = Route>, authorizer: &str) -> Result<Vec<String>, String> {
    keys(routes.into_iter().filter(|route| route.authorizer_id.as_deref() == Some(authorizer)))
}

/// Route keys of routes, sorted.
///
/// # Errors
/// When a route has no key.
pub fn keys(routes: impl IntoIterator<Item = Route>) -> Result<Vec<String>, String> {
    let keys: Option<Vec<String>> = routes.into_iter().map(|route| route.route_key).collect();
    let mut keys = keys.ok_or_else(|| lacks("RouteKey"))?;
    keys.sort();
    Ok(keys)
}

/// The facts of an integration.
pub fn integration(at: At<'_>, api: ApiCore, integration: Integration) -> facts::Integration {
    facts::Integration {
        api,
        integration_id: at.need(integration.integration_id, "IntegrationId"),
        integration_type: integration.integration_type.map(|word| word.as_str().to_owned()).into(),
        integration_uri: integration.integration_uri.into(),
        integration_method: integration.integration_method.into(),
        connection_type: integration.connection_type.map_or("INTERNET".to_owned(), |word| word.as_str().to_owned()).into(),
        server_name_to_verify: integration.tls_config.and_then(|tls| tls.server_name_to_verify).into(),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_apigatewayv2::types::AuthorizationType;

    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::{CallId, OpenMap};

    fn core() -> ApiCore {
        let text = |text: &str| Fact::Known(text.to_owned());
        let off = || Fact::Known(false);
        ApiCore {
            api_id: text("ab12"),
            name: text("orders"),
            protocol_type: text("HTTP"),
            disable_execute_api_endpoint: off(),
            api_gateway_managed: off(),
            tags: OpenMap::default().into(),
        }
    }

    #[test]
    fn a_route_without_authorization_type_is_absent_and_not_open() {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("ApiGatewayV2", "GetRoutes"), CallId(1));
        let facts = route(at, core(), Route::builder().route_id("r").route_key("GET /").build());
        assert!(facts.authorization_type.known().is_none() && facts.api_key_required.known().is_none());
        assert_eq!(noted.details(), ["failed: the answer lacks `ApiKeyRequired`", "failed: the answer lacks `AuthorizationType`"]);
        let open = Route::builder().route_id("r").route_key("GET /").authorization_type(AuthorizationType::None).build();
        assert_eq!(route(at, core(), open).authorization_type, Fact::Known("NONE".to_owned()));
        let iam = Route::builder().route_id("r").route_key("GET /").authorization_type(AuthorizationType::AwsIam).authorizer_id("").build();
        let facts = route(at, core(), iam);
        assert_eq!((facts.authorization_type, facts.authorizer_id), (Fact::Known("AWS_IAM".to_owned()), Fact::Known(None)));
    }

    #[test]
    fn routes_that_name_an_authorizer_are_listed_by_key() {
        let route = |key: &str, authorizer: &str| Route::builder().route_key(key).authorizer_id(authorizer).build();
        let routes = [route("b", "x"), route("a", "x"), route("c", "y"), Route::builder().route_key("d").build()];
        assert_eq!(used_by(routes, "x"), Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(keys([route("b", "x"), route("$connect", "")]), Ok(vec!["$connect".to_owned(), "b".to_owned()]));
        assert!(used_by([Route::builder().authorizer_id("x").build()], "x").is_err());
    }
}
