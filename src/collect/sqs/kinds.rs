//! SQS's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "SQS";

/// Queues.
pub const QUEUE: &str = "AWS::SQS::Queue";

/// All kinds of SQS.
pub const KINDS: &[Kind] = &[Kind {
    name: QUEUE,
    scope: KindScope::Regional,
    singleton: false,
    id_grammar: "arn:{partition}:sqs:{region}:{account}:{queue name}",
    schema: schema_of::<facts::Queue>,
    groups: &[
        FactGroup { facts: &[], operations: &[(SERVICE, "ListQueues")] },
        FactGroup { facts: &["policy"], operations: &[(SERVICE, "GetQueueAttributes")] },
    ],
}];
