//! SNS's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "SNS";

/// Topics.
pub const TOPIC: &str = "AWS::SNS::Topic";

/// All kinds of SNS.
pub const KINDS: &[Kind] = &[Kind {
    name: TOPIC,
    scope: KindScope::Regional,
    singleton: false,
    id_grammar: "arn:{partition}:sns:{region}:{account}:{name}",
    schema: schema_of::<facts::Topic>,
    groups: &[
        FactGroup { facts: &[], operations: &[(SERVICE, "ListTopics")] },
        FactGroup {
            facts: &["owner", "policy", "kms_master_key_id", "subscriptions_confirmed", "subscriptions_pending"],
            operations: &[(SERVICE, "GetTopicAttributes")],
        },
    ],
}];
