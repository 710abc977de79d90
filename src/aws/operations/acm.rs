//! Certificate Manager. A certificate that was never issued has no dates; who uses it is told of every one.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&LIST_CERTIFICATES, &DESCRIBE_CERTIFICATE];

/// `ListCertificates`.
pub static LIST_CERTIFICATES: Operation = Operation {
    service: "ACM",
    name: "ListCertificates",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["acm:ListCertificates"],
    resources: &["*"],
    root: "",
    required: &["CertificateSummaryList[].CertificateArn:arn"],
    redact: &[],
    polled: false,
    cli: "acm list-certificates",
    reference: "https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html",
};

/// `DescribeCertificate`.
pub static DESCRIBE_CERTIFICATE: Operation = Operation {
    service: "ACM",
    name: "DescribeCertificate",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["acm:DescribeCertificate"],
    resources: &["arn:{partition}:acm:*:*:certificate/*"],
    root: "",
    required: &[
        "Certificate.CertificateArn:arn",
        "Certificate.Status:text",
        "Certificate.Type:text",
        "Certificate.KeyAlgorithm:text",
        "Certificate.InUseBy[]:string",
        "Certificate.NotBefore?:date",
        "Certificate.NotAfter?:date",
    ],
    redact: &[],
    polled: false,
    cli: "acm describe-certificate",
    reference: "https://docs.aws.amazon.com/acm/latest/APIReference/API_DescribeCertificate.html",
};
