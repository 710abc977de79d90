//! Lambda. A function is told with its name, ARN, package type and version; variables of its environment, or why they could not be
//! decrypted, where it has any. Their values are removed before anything else sees them.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&LIST_FUNCTIONS, &GET_POLICY, &LIST_FUNCTION_URL_CONFIGS];

/// `ListFunctions`.
pub static LIST_FUNCTIONS: Operation = Operation {
    service: "Lambda",
    name: "ListFunctions",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["lambda:ListFunctions"],
    resources: &["*"],
    root: "",
    required: &[
        "Functions[].FunctionName:text",
        "Functions[].FunctionArn:arn",
        "Functions[].PackageType:text",
        "Functions[].Version:text",
        "Functions[].Environment?.Variables|Error:object",
    ],
    redact: &[("Functions[].Environment.Variables.*", Redact::Value)],
    polled: false,
    cli: "lambda list-functions",
    reference: "https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html",
};

/// `GetPolicy`.
pub static GET_POLICY: Operation = Operation {
    service: "Lambda",
    name: "GetPolicy",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["lambda:GetPolicy"],
    resources: &["arn:{partition}:lambda:*:*:function:*"],
    root: "",
    required: &["Policy:text"],
    redact: &[],
    polled: false,
    cli: "lambda get-policy",
    reference: "https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html",
};

/// `ListFunctionUrlConfigs`.
pub static LIST_FUNCTION_URL_CONFIGS: Operation = Operation {
    service: "Lambda",
    name: "ListFunctionUrlConfigs",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["lambda:ListFunctionUrlConfigs"],
    resources: &["arn:{partition}:lambda:*:*:function:*"],
    root: "",
    required: &["FunctionUrlConfigs[].FunctionUrl:text", "FunctionUrlConfigs[].FunctionArn:arn", "FunctionUrlConfigs[].AuthType:text"],
    redact: &[],
    polled: false,
    cli: "lambda list-function-url-configs",
    reference: "https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html",
};
