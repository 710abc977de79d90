//! DynamoDB. `TableNames` is there also where it is empty; a table with a key that AWS owns has no `SSEDescription`.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&LIST_TABLES, &DESCRIBE_TABLE];

/// `ListTables`.
pub static LIST_TABLES: Operation = Operation {
    service: "DynamoDB",
    name: "ListTables",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["dynamodb:ListTables"],
    resources: &["*"],
    root: "",
    required: &["TableNames[]:text"],
    redact: &[],
    polled: false,
    cli: "dynamodb list-tables",
    reference: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html",
};

/// `DescribeTable`.
pub static DESCRIBE_TABLE: Operation = Operation {
    service: "DynamoDB",
    name: "DescribeTable",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["dynamodb:DescribeTable"],
    resources: &["arn:{partition}:dynamodb:*:*:table/*"],
    root: "",
    required: &[
        "Table.TableName:text",
        "Table.TableArn:arn",
        "Table.TableStatus:text",
        "Table.CreationDateTime?:date",
        "Table.SSEDescription?.Status:text",
        "Table.SSEDescription?.InaccessibleEncryptionDateTime?:date",
    ],
    redact: &[],
    polled: false,
    cli: "dynamodb describe-table",
    reference: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html",
};
