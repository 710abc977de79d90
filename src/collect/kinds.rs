//! All kinds this tool knows, gathered from the services. What a kind's facts mean stands in the services' `facts`; how they are
//! read, in the services' collectors.

use std::sync::LazyLock;

use schemars::{JsonSchema, Schema, generate::SchemaSettings};

use super::{
    accessanalyzer, account, acm, apigateway, apigatewayv2, auditmanager, cloudfront, cloudtrail, cloudwatch, cognito, config, dynamodb,
    ec2, efs, elbv2, guardduty, iam, inspector2, kms, lambda, logs, macie2, organizations, rds, s3, secretsmanager, securityhub, shield,
    sns, sqs, wafv2,
};
use crate::model::Kind;

/// Every kind, ordered by name.
pub fn kinds() -> &'static [Kind] {
    static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
        let services = [
            accessanalyzer::KINDS,
            account::KINDS,
            acm::KINDS,
            apigateway::KINDS,
            apigatewayv2::KINDS,
            auditmanager::KINDS,
            cloudfront::KINDS,
            cloudtrail::KINDS,
            cloudwatch::KINDS,
            cognito::KINDS,
            config::KINDS,
            dynamodb::KINDS,
            ec2::KINDS,
            efs::KINDS,
            elbv2::KINDS,
            guardduty::KINDS,
            iam::KINDS,
            inspector2::KINDS,
            kms::KINDS,
            lambda::KINDS,
            logs::KINDS,
            macie2::KINDS,
            organizations::KINDS,
            rds::KINDS,
            s3::KINDS,
            secretsmanager::KINDS,
            securityhub::KINDS,
            shield::KINDS,
            sns::KINDS,
            sqs::KINDS,
            wafv2::KINDS,
        ];
        let mut kinds = services.concat();
        kinds.sort_by_key(|kind| kind.name);
        kinds
    });
    &KINDS
}

/// The kind of a name, if this tool knows it.
pub fn kind(name: &str) -> Option<&'static Kind> {
    kinds().binary_search_by_key(&name, |kind| kind.name).ok().map(|index| &kinds()[index])
}

/// The schema of a fact struct as it is written (see [`crate::model::fact`] for its marks), without references, so that a reader of
/// paths only follows `properties`, `items` and `anyOf` with `null`.
pub(super) fn schema_of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator()
        .into_root_schema_for::<T>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(kind: &Kind) -> Vec<String> {
        let schema = serde_json::json!((kind.schema)());
        schema["properties"].as_object().map(|facts| facts.keys().cloned().collect()).unwrap_or_default()
    }

    #[test]
    fn every_kind_is_declared_once_with_a_listing() {
        let names: Vec<_> = kinds().iter().map(|kind| kind.name).collect();
        let mut unique = names.clone();
        unique.dedup();
        assert_eq!(names, unique);
        assert_eq!(names.len(), 82);
        for kind in kinds() {
            assert!(!kind.groups.is_empty() && kind.groups[0].facts.is_empty(), "{kind:?} has no listing");
            assert!(kind.groups.iter().all(|group| !group.operations.is_empty()), "{kind:?} has a group without operation");
            assert!(kind.id_grammar.starts_with("arn:{partition}:"), "{kind:?} has an id without partition");
        }
        assert!(kind("AWS::IAM::User").is_some() && kind("AWS::IAM::Nobody").is_none());
    }

    #[test]
    fn every_group_speaks_of_facts_that_exist_and_claims_each_once() {
        for kind in kinds() {
            let facts = facts(kind);
            let claimed: Vec<&str> = kind.groups.iter().flat_map(|group| group.facts).copied().collect();
            let mut unique = claimed.clone();
            unique.sort_unstable();
            unique.dedup();
            assert_eq!(unique.len(), claimed.len(), "{kind:?} claims a fact twice");
            for fact in claimed {
                assert!(facts.iter().any(|name| name == fact), "{kind:?} has no fact `{fact}`");
            }
        }
    }

    #[test]
    fn schemas_hold_no_references_and_describe_every_fact() {
        for kind in kinds() {
            let schema = serde_json::json!((kind.schema)());
            assert!(!schema.to_string().contains("\"$ref\""), "{kind:?}");
            describe(kind.name, &schema);
        }
    }

    fn describe(path: &str, schema: &serde_json::Value) {
        let Some(facts) = schema["properties"].as_object() else { return };
        for (name, fact) in facts {
            assert!(fact["description"].is_string(), "`{path}.{name}` has no description");
            describe(&format!("{path}.{name}"), fact);
        }
    }
}
