//! SQS. A Region without queues is answered with an empty object, so that `ListQueues` cannot demand a list: what an answer without one is
//! worth is for the collector to prove. The ARN is asked for with every queue's attributes, and whoever has it has been answered.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&LIST_QUEUES, &GET_QUEUE_ATTRIBUTES];

/// `ListQueues`.
pub static LIST_QUEUES: Operation = Operation {
    service: "SQS",
    name: "ListQueues",
    wire: Wire::Json10,
    effect: Effect::Read,
    actions: &["sqs:ListQueues"],
    resources: &["*"],
    root: "",
    required: &["QueueUrls?[]:text"],
    redact: &[],
    polled: false,
    cli: "sqs list-queues",
    reference: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html",
};

/// `GetQueueAttributes`.
pub static GET_QUEUE_ATTRIBUTES: Operation = Operation {
    service: "SQS",
    name: "GetQueueAttributes",
    wire: Wire::Json10,
    effect: Effect::Read,
    actions: &["sqs:GetQueueAttributes"],
    resources: &["arn:{partition}:sqs:*:*:*"],
    root: "",
    required: &["Attributes.QueueArn:arn", "Attributes.Policy?:string"],
    redact: &[],
    polled: false,
    cli: "sqs get-queue-attributes",
    reference: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html",
};
