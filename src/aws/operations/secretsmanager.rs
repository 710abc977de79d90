//! Secrets Manager. What is asked tells of secrets and never holds one: `GetSecretValue` and `BatchGetSecretValue` have no row, so they
//! cannot be sent. A secret that never had a rotation has no `RotationEnabled`, one without a policy no `ResourcePolicy`.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&LIST_SECRETS, &GET_RESOURCE_POLICY];

/// `ListSecrets`.
pub static LIST_SECRETS: Operation = Operation {
    service: "Secrets Manager",
    name: "ListSecrets",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["secretsmanager:ListSecrets"],
    resources: &["*"],
    root: "",
    required: &[
        "SecretList[].ARN:arn",
        "SecretList[].Name:text",
        "SecretList[].CreatedDate:date",
        "SecretList[].RotationEnabled?:bool",
        "SecretList[].RotationRules?.AutomaticallyAfterDays?:int",
        "SecretList[].NextRotationDate?:date",
        "SecretList[].LastRotatedDate?:date",
        "SecretList[].LastChangedDate?:date",
    ],
    redact: &[("SecretList[].Tags[].Value", Redact::Value)],
    polled: false,
    cli: "secretsmanager list-secrets",
    reference: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html",
};

/// `GetResourcePolicy`.
pub static GET_RESOURCE_POLICY: Operation = Operation {
    service: "Secrets Manager",
    name: "GetResourcePolicy",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["secretsmanager:GetResourcePolicy"],
    resources: &["arn:{partition}:secretsmanager:*:*:secret:*"],
    root: "",
    required: &["ARN:arn", "Name:text", "ResourcePolicy?:string"],
    redact: &[],
    polled: false,
    cli: "secretsmanager get-resource-policy",
    reference: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html",
};
