//! S3 Control: settings of the account. The account is in a header of the request, which therefore belongs to a call's key.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&GET_PUBLIC_ACCESS_BLOCK];

/// `GetPublicAccessBlock`.
pub static GET_PUBLIC_ACCESS_BLOCK: Operation = Operation {
    service: "S3 Control",
    name: "GetPublicAccessBlock",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetAccountPublicAccessBlock"],
    resources: &["*"],
    root: "PublicAccessBlockConfiguration",
    required: &["BlockPublicAcls:bool", "IgnorePublicAcls:bool", "BlockPublicPolicy:bool", "RestrictPublicBuckets:bool"],
    redact: &[],
    polled: false,
    cli: "s3control get-public-access-block",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html",
};
