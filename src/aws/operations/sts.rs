//! STS. `AssumeRole` stands here for the policy and the refusal: credential providers send it through a connector of their
//! own, which records nothing.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&GET_CALLER_IDENTITY, &ASSUME_ROLE];

/// `GetCallerIdentity`.
pub static GET_CALLER_IDENTITY: Operation = Operation {
    service: "STS",
    name: "GetCallerIdentity",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &[],
    resources: &[],
    root: "GetCallerIdentityResponse",
    required: &["GetCallerIdentityResult.UserId:text", "GetCallerIdentityResult.Account:text", "GetCallerIdentityResult.Arn:arn"],
    redact: &[],
    polled: false,
    cli: "sts get-caller-identity",
    reference: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html",
};

/// `AssumeRole`.
pub static ASSUME_ROLE: Operation = Operation {
    service: "STS",
    name: "AssumeRole",
    wire: Wire::Query,
    effect: Effect::Declared,
    actions: &["sts:AssumeRole"],
    resources: &["*"],
    root: "AssumeRoleResponse",
    required: &[
        "AssumeRoleResult.Credentials.AccessKeyId:text",
        "AssumeRoleResult.Credentials.SecretAccessKey:text",
        "AssumeRoleResult.Credentials.SessionToken:text",
        "AssumeRoleResult.Credentials.Expiration:date",
    ],
    redact: &[
        ("AssumeRoleResult.Credentials.SecretAccessKey", Redact::Value),
        ("AssumeRoleResult.Credentials.SessionToken", Redact::Value),
    ],
    polled: false,
    cli: "sts assume-role",
    reference: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
};
