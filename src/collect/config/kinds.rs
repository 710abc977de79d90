//! AWS Config's kinds: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "Config Service";

/// Recorders.
pub const RECORDER: &str = "AWS::Config::ConfigurationRecorder";
/// The state of Config in a Region, also where there is no recorder.
pub const REGION: &str = "AWS::Config::RegionSetting";

const RECORDERS: (&str, &str) = (SERVICE, "DescribeConfigurationRecorders");
const STATUS: (&str, &str) = (SERVICE, "DescribeConfigurationRecorderStatus");

/// All kinds of AWS Config.
pub const KINDS: &[Kind] = &[
    Kind {
        name: RECORDER,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:config:{region}:{account}:configuration-recorder/{name}/{recorder id}",
        schema: schema_of::<facts::ConfigurationRecorder>,
        groups: &[
            FactGroup { facts: &[], operations: &[RECORDERS] },
            FactGroup { facts: &["recording", "last_status", "last_error_code", "last_status_change_time"], operations: &[STATUS] },
        ],
    },
    Kind {
        name: REGION,
        scope: KindScope::Regional,
        singleton: true,
        id_grammar: "arn:{partition}:config:{region}:{account}:region-setting",
        schema: schema_of::<facts::RegionSetting>,
        groups: &[
            FactGroup { facts: &[], operations: &[RECORDERS] },
            FactGroup { facts: &["recorder"], operations: &[RECORDERS, STATUS] },
            FactGroup { facts: &["delivery_channel"], operations: &[(SERVICE, "DescribeDeliveryChannels")] },
            FactGroup { facts: &["resource_counts"], operations: &[RECORDERS, STATUS, (SERVICE, "GetDiscoveredResourceCounts")] },
        ],
    },
];
