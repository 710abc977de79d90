//! Certificate Manager's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "ACM";

/// Certificates.
pub const CERTIFICATE: &str = "AWS::CertificateManager::Certificate";

/// All kinds of Certificate Manager.
pub const KINDS: &[Kind] = &[Kind {
    name: CERTIFICATE,
    scope: KindScope::Regional,
    singleton: false,
    id_grammar: "arn:{partition}:acm:{region}:{account}:certificate/{certificate id}",
    schema: schema_of::<facts::Certificate>,
    groups: &[
        FactGroup { facts: &[], operations: &[(SERVICE, "ListCertificates")] },
        FactGroup {
            facts: &[
                "domain_name",
                "subject_alternative_names",
                "status",
                "type",
                "key_algorithm",
                "not_before",
                "not_after",
                "in_use_by",
                "renewal_eligibility",
                "renewal_status",
                "certificate_authority_arn",
            ],
            operations: &[(SERVICE, "DescribeCertificate")],
        },
    ],
}];
