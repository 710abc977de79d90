//! WAF's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "WAFV2";

/// Web ACLs.
pub const WEB_ACL: &str = "AWS::WAFv2::WebACL";

const GET: (&str, &str) = (SERVICE, "GetWebACL");

/// All kinds of WAF.
pub const KINDS: &[Kind] = &[Kind {
    name: WEB_ACL,
    scope: KindScope::Regional,
    singleton: false,
    id_grammar: "arn:{partition}:wafv2:{region}:{account}:{regional or global}/webacl/{name}/{id}",
    schema: schema_of::<facts::WebAcl>,
    groups: &[
        FactGroup { facts: &[], operations: &[(SERVICE, "ListWebACLs")] },
        FactGroup { facts: &["default_action", "managed_by_firewall_manager", "rules"], operations: &[GET] },
        FactGroup {
            facts: &["sql_injection", "cross_site_scripting", "known_bad_inputs", "rate_limits", "managed_groups_in_force", "modes"],
            operations: &[GET, (SERVICE, "GetRuleGroup")],
        },
        FactGroup { facts: &["logging"], operations: &[(SERVICE, "GetLoggingConfiguration")] },
    ],
}];
