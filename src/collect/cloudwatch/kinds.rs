//! CloudWatch's kinds: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "CloudWatch";

/// Alarms on metrics.
pub const ALARM: &str = "AWS::CloudWatch::Alarm";
/// Alarms on alarms.
pub const COMPOSITE_ALARM: &str = "AWS::CloudWatch::CompositeAlarm";
/// Whether somebody is told of what trails record.
pub const TRAIL_ALERTING: &str = "AWS::CloudWatch::TrailAlerting";

const ALARMS: (&str, &str) = (SERVICE, "DescribeAlarms");

/// All kinds of CloudWatch.
pub const KINDS: &[Kind] = &[
    Kind {
        name: ALARM,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}",
        schema: schema_of::<facts::Alarm>,
        groups: &[FactGroup { facts: &[], operations: &[ALARMS] }],
    },
    Kind {
        name: COMPOSITE_ALARM,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}",
        schema: schema_of::<facts::CompositeAlarm>,
        groups: &[FactGroup { facts: &[], operations: &[ALARMS] }],
    },
    Kind {
        name: TRAIL_ALERTING,
        scope: KindScope::Global,
        singleton: true,
        id_grammar: "arn:{partition}:cloudwatch::{account}:trail-alerting",
        schema: schema_of::<facts::TrailAlerting>,
        groups: &[FactGroup {
            facts: &[],
            operations: &[
                ("CloudTrail", "DescribeTrails"),
                ("CloudTrail", "GetTrailStatus"),
                ("CloudTrail", "GetEventSelectors"),
                ("CloudWatch Logs", "DescribeMetricFilters"),
                ALARMS,
                ("SNS", "ListSubscriptionsByTopic"),
            ],
        }],
    },
];
