//! Facts of Certificate Manager's kind. Member names are the ACM API's in snake case.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant};

/// `AWS::CertificateManager::Certificate`: a certificate of one Region, issued by Amazon or a private authority, or imported.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Certificate {
    /// `CertificateArn`.
    pub certificate_arn: Fact<String>,
    /// `DomainName`, null where the certificate names none.
    pub domain_name: Fact<Option<String>>,
    /// `SubjectAlternativeNames`, sorted.
    pub subject_alternative_names: Fact<Vec<String>>,
    /// `Status`: `PENDING_VALIDATION`, `ISSUED`, `INACTIVE`, `EXPIRED`, `VALIDATION_TIMED_OUT`, `REVOKED`, `FAILED`.
    pub status: Fact<String>,
    /// `Type`: `AMAZON_ISSUED`, `IMPORTED`, `PRIVATE`.
    pub r#type: Fact<String>,
    /// `KeyAlgorithm`: `RSA_2048`, `EC_prime256v1`; always with `_`, also where AWS writes `-`.
    pub key_algorithm: Fact<String>,
    /// `NotBefore`, null where it was not issued.
    pub not_before: Fact<Option<Instant>>,
    /// `NotAfter`, null where it was not issued.
    pub not_after: Fact<Option<Instant>>,
    /// `InUseBy`: ARNs of what shows it, sorted.
    pub in_use_by: Fact<Vec<String>>,
    /// `RenewalEligibility`: whether ACM can renew it; null where not given.
    pub renewal_eligibility: Fact<Option<String>>,
    /// `RenewalSummary.RenewalStatus`, null where ACM has not begun to renew it.
    pub renewal_status: Fact<Option<String>>,
    /// `CertificateAuthorityArn` of a private certificate, null for others.
    pub certificate_authority_arn: Fact<Option<String>>,
}
