"""HTTP and WebSocket APIs."""

from seeds.apis import ApiBuilder
from seeds.builder import Builder
from seeds.demo_apis import ISSUER
from seeds.stories import EU, US


def unused_authorizer(b: Builder, _second: Builder) -> None:
    """An authorizer exists; one route uses it, one does not."""
    api = ApiBuilder(b, US, "orders")
    jwt = api.jwt("customers", ISSUER)
    api.route("GET /orders", "JWT", api.function("orders"), AuthorizerId=jwt, AuthorizationScopes=["orders"])
    api.route("DELETE /orders", "NONE", api.function("orders"))


def signed_routes(b: Builder, _second: Builder) -> None:
    """All routes are signed with IAM, so there is no authorizer."""
    api = ApiBuilder(b, US, "orders")
    for key in ("GET /orders", "POST /orders"):
        api.route(key, "AWS_IAM", api.function("orders"))


def open_route(b: Builder, _second: Builder) -> None:
    """One route, open to everyone."""
    api = ApiBuilder(b, US, "orders")
    api.route("GET /orders", "NONE", api.function("orders"))


def sockets(b: Builder, _second: Builder) -> None:
    """Three WebSocket APIs: signed, open, and without a connect route."""
    for name, routes in (("signed", {"$connect": "AWS_IAM", "$default": "NONE", "send": "NONE"}),
                         ("open", {"$connect": "NONE", "$default": "NONE"}), ("bare", {"$default": "NONE"})):  # fmt: skip
        api = ApiBuilder(b, US, name, "WEBSOCKET")
        for key, authorization in routes.items():
            api.route(key, authorization, api.integration(IntegrationType="MOCK"))


def signed_socket(b: Builder, _second: Builder) -> None:
    """One WebSocket API that asks at the door and nowhere else."""
    api = ApiBuilder(b, US, "chat", "WEBSOCKET")
    for key, authorization in {"$connect": "AWS_IAM", "$default": "NONE", "send": "NONE"}.items():
        api.route(key, authorization, api.integration(IntegrationType="MOCK"))


def many(b: Builder, _second: Builder) -> dict:
    """Five APIs on pages of two, each with one signed route; the last one's is open. Answers `ids` by name."""
    b.settings.page_sizes = {"*": 2}
    ids = {}
    for number in range(1, 6):
        api = ApiBuilder(b, US, f"api-{number}")
        api.route("GET /", "NONE" if number == 5 else "AWS_IAM", api.function("f"))
        ids[f"api-{number}"] = api.id
    return {"ids": ids}


def namesakes(b: Builder, second: Builder) -> dict:
    """APIs, routes and stages of the same name, twice in a Region, in another Region, and in another account."""
    for owner, region in ((b, US), (b, US), (b, EU), (second, US)):
        api = ApiBuilder(owner, region, "orders")
        api.route("GET /orders", "NONE", api.function("orders"))
        api.stage("prod")
    return {"accounts": 2}
