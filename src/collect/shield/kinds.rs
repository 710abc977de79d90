//! Shield's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "Shield";

/// The account's use of Shield Advanced, also where it has none.
pub const ACCOUNT: &str = "AWS::Shield::AccountSetting";

const STATE: (&str, &str) = (SERVICE, "GetSubscriptionState");

/// All kinds of Shield.
pub const KINDS: &[Kind] = &[Kind {
    name: ACCOUNT,
    scope: KindScope::Global,
    singleton: true,
    id_grammar: "arn:{partition}:shield::{account}:account-setting",
    schema: schema_of::<facts::AccountSetting>,
    groups: &[
        FactGroup { facts: &[], operations: &[STATE] },
        FactGroup { facts: &["protections"], operations: &[STATE, (SERVICE, "ListProtections")] },
    ],
}];
