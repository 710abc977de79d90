"""DynamoDB: short pages of tables; what AWS leaves out of a description.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/ : API_ListTables, API_DescribeTable, API_SSEDescription
"""

from moto.core.responses import ActionResult
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

from accounts import ACCOUNTS


def install() -> None:
    describe = Table.describe

    def described(self, base_key: str = "TableDescription") -> dict:
        """Lists of indexes only where there are some."""
        told = describe(self, base_key)
        told[base_key] = {k: v for k, v in told[base_key].items() if v != []}
        return told

    Table.describe = described
    DynamoHandler.list_tables = list_tables


def list_tables(self) -> ActionResult:
    limit = ACCOUNTS.account(self.current_account).page_size("ListTables", self.body.get("Limit", 100))
    names = sorted(self.dynamodb_backend.tables)
    rest = [name for name in names if name > self.body.get("ExclusiveStartTableName", "")]
    answer = {"TableNames": rest[:limit]}
    if len(rest) > limit:
        answer["LastEvaluatedTableName"] = rest[limit - 1]
    return ActionResult(answer)
