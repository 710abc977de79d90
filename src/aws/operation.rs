//! The table of operations. One row feeds the refusal in the transport, the body check, redaction, the IAM policy that `plan`
//! prints, the `aws` CLI line of exhibits, and the docs. What is not in the table cannot be sent.

/// The protocol in which an operation speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// AWS Query: form body, XML answer with a `<OperationResponse>` root and, where given, a `<OperationResult>`.
    Query,
    /// EC2 Query: form body, XML answer.
    Ec2,
    /// JSON 1.0 with `X-Amz-Target`.
    Json10,
    /// JSON 1.1 with `X-Amz-Target`.
    Json11,
    /// REST with JSON bodies.
    RestJson,
    /// REST with XML bodies.
    RestXml,
    /// Smithy's RPC v2 with CBOR bodies.
    Cbor,
}

/// What an operation does to the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Reads only.
    Read,
    /// One of the two declared exceptions: `iam:GenerateCredentialReport`, `sts:AssumeRole`.
    Declared,
}

/// What is removed from a body before it is stored and before the SDK parses it. Every string of every body is searched for
/// secret patterns in any case, in plain and percent-encoded form; rows add what patterns alone cannot find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redact {
    /// The string at the path becomes a marker with its length and the secret patterns that matched.
    Value,
    /// Only what matches a secret pattern becomes a marker; the rest of the text stays. The name of the value (the key of a
    /// map, or the `Key` beside a `Value`) is read with it: `hunter2` is nothing, `hunter2` under `db_password` is a secret.
    Named,
    /// The bytes at the path, which the body holds in base64, become a marker in base64, so that the member stays what it is.
    Blob,
    /// Only what matches a secret pattern becomes a marker, within a document that is percent-encoded in the body.
    EncodedSecrets,
    /// Nothing: base64 whose content is known to hold no secret, in which a pattern would match by chance.
    Keep,
}

/// One row.
#[derive(Debug)]
pub struct Operation {
    /// The SDK's service id (`Metadata::service`): `IAM`.
    pub service: &'static str,
    /// Operation name: `ListUsers`.
    pub name: &'static str,
    /// Protocol.
    pub wire: Wire,
    /// Effect.
    pub effect: Effect,
    /// IAM actions that allow it; not always the operation's name. Empty for operations that need none.
    pub actions: &'static [&'static str],
    /// Resource pattern of the IAM statement, with `{partition}` and `{region}`: `*`, `arn:{partition}:apigateway:*::/apis`.
    pub resources: &'static [&'static str],
    /// Root element of an XML answer; empty for JSON, also where only the errors of the operation are XML.
    pub root: &'static str,
    /// Members that a whole answer has, as paths from below the root: `ListUsersResult.Users.member[].CreateDate:date`,
    /// `items[].apiId:text`. A list in the path that is present may be empty; one that is absent breaks the answer unless the
    /// path marks it with `?`: `items?[].apiId`. `*` is every value of a map. `A|B` is at least one of both. The form after the
    /// colon is `text` (not empty), `string`, `arn`, `date`, `int`, `number`, `bool`, `list` or `object`; without one, the member
    /// has to be there.
    pub required: &'static [&'static str],
    /// Paths to redact, in the same language without `?`, `|` and forms. `**` is any number of steps, none included.
    pub redact: &'static [(&'static str, Redact)],
    /// Asked again until it says it is done (the credential report).
    pub polled: bool,
    /// The AWS CLI's words: `iam list-users`.
    pub cli: &'static str,
    /// The page of the AWS API reference that it follows.
    pub reference: &'static str,
}
