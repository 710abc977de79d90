//! Elastic Load Balancing v2's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "Elastic Load Balancing v2";

/// Load balancers.
pub const LOAD_BALANCER: &str = "AWS::ElasticLoadBalancingV2::LoadBalancer";

/// All kinds of Elastic Load Balancing v2.
pub const KINDS: &[Kind] = &[Kind {
    name: LOAD_BALANCER,
    scope: KindScope::Regional,
    singleton: false,
    id_grammar: "arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{app|net|gwy}/{name}/{load balancer id}",
    schema: schema_of::<facts::LoadBalancer>,
    groups: &[
        FactGroup { facts: &[], operations: &[(SERVICE, "DescribeLoadBalancers")] },
        FactGroup { facts: &["attributes", "access_logs"], operations: &[(SERVICE, "DescribeLoadBalancerAttributes")] },
        FactGroup { facts: &["listeners"], operations: &[(SERVICE, "DescribeListeners")] },
    ],
}];
