//! Facts of authorizers.

use aws_sdk_apigateway::types::Authorizer;

use super::facts::{self, RestApiCore};
use crate::collect::at::At;
use crate::model::{Fact, Reason};

/// The facts of an authorizer.
pub fn facts(at: At<'_>, rest_api: RestApiCore, authorizer: &Authorizer, used_by_methods: Fact<Vec<String>>) -> facts::Authorizer {
    let kind = authorizer.r#type.as_ref().map(|word| word.as_str().to_owned());
    facts::Authorizer {
        rest_api,
        id: at.need(authorizer.id.clone(), "id"),
        name: at.need(authorizer.name.clone(), "name"),
        jwt_configuration: match kind.as_deref() {
            Some("JWT") => at.absent(Reason::Failed, "the members of a `JWT` authorizer are not read by this version"),
            _ => Fact::Known(None),
        },
        r#type: at.need(kind, "type"),
        provider_arns: authorizer.provider_arns().to_vec().into(),
        authorizer_uri: authorizer.authorizer_uri.clone().filter(|uri| !uri.is_empty()).into(),
        authorizer_credentials: authorizer.authorizer_credentials.clone().filter(|role| !role.is_empty()).into(),
        identity_source: identity_sources(authorizer.identity_source.as_deref().unwrap_or_default()).into(),
        identity_validation_expression: authorizer.identity_validation_expression.clone().filter(|text| !text.is_empty()).into(),
        authorizer_result_ttl_in_seconds: authorizer.authorizer_result_ttl_in_seconds.map(i64::from).into(),
        used_by_methods,
    }
}

/// AWS writes several sources in one text, with commas.
fn identity_sources(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|source| !source.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_sources_are_taken_apart_in_their_order() {
        assert_eq!(
            identity_sources("method.request.header.Auth, context.identity.sourceIp,"),
            ["method.request.header.Auth", "context.identity.sourceIp"]
        );
        assert_eq!(identity_sources(""), [""; 0]);
    }
}
