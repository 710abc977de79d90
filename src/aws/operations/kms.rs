//! KMS. `DescribeKey` sends manager, state, spec, usage, origin and whether a key is multi-Region for every key.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&LIST_KEYS, &LIST_ALIASES, &DESCRIBE_KEY, &GET_KEY_ROTATION_STATUS, &GET_KEY_POLICY];

/// `ListKeys`.
pub static LIST_KEYS: Operation = Operation {
    service: "KMS",
    name: "ListKeys",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["kms:ListKeys"],
    resources: &["*"],
    root: "",
    required: &["Keys[].KeyId:text", "Keys[].KeyArn:arn", "Truncated:bool"],
    redact: &[],
    polled: false,
    cli: "kms list-keys",
    reference: "https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html",
};

/// `ListAliases`.
pub static LIST_ALIASES: Operation = Operation {
    service: "KMS",
    name: "ListAliases",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["kms:ListAliases"],
    resources: &["*"],
    root: "",
    required: &["Aliases[].AliasName:text", "Aliases[].AliasArn:arn", "Truncated:bool"],
    redact: &[],
    polled: false,
    cli: "kms list-aliases",
    reference: "https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html",
};

/// `DescribeKey`.
pub static DESCRIBE_KEY: Operation = Operation {
    service: "KMS",
    name: "DescribeKey",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["kms:DescribeKey"],
    resources: &["arn:{partition}:kms:*:*:key/*"],
    root: "",
    required: &[
        "KeyMetadata.KeyId:text",
        "KeyMetadata.Arn:arn",
        "KeyMetadata.CreationDate:date",
        "KeyMetadata.Enabled:bool",
        "KeyMetadata.KeyManager:text",
        "KeyMetadata.KeyState:text",
        "KeyMetadata.KeySpec:text",
        "KeyMetadata.KeyUsage:text",
        "KeyMetadata.Origin:text",
        "KeyMetadata.MultiRegion:bool",
        "KeyMetadata.DeletionDate?:date",
    ],
    redact: &[],
    polled: false,
    cli: "kms describe-key",
    reference: "https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html",
};

/// `GetKeyRotationStatus`.
pub static GET_KEY_ROTATION_STATUS: Operation = Operation {
    service: "KMS",
    name: "GetKeyRotationStatus",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["kms:GetKeyRotationStatus"],
    resources: &["arn:{partition}:kms:*:*:key/*"],
    root: "",
    required: &["KeyRotationEnabled:bool", "RotationPeriodInDays?:int", "NextRotationDate?:date"],
    redact: &[],
    polled: false,
    cli: "kms get-key-rotation-status",
    reference: "https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html",
};

/// `GetKeyPolicy`.
pub static GET_KEY_POLICY: Operation = Operation {
    service: "KMS",
    name: "GetKeyPolicy",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["kms:GetKeyPolicy"],
    resources: &["arn:{partition}:kms:*:*:key/*"],
    root: "",
    required: &["Policy:text"],
    redact: &[],
    polled: false,
    cli: "kms get-key-policy",
    reference: "https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html",
};
