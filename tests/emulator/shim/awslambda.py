"""Lambda: functions as listed, in pages; the URLs of functions and aliases.

https://docs.aws.amazon.com/lambda/latest/api/ : API_ListFunctions, API_FunctionConfiguration, API_EnvironmentResponse,
API_GetPolicy, API_ListFunctionUrlConfigs, API_FunctionUrlConfig
"""

import base64
import json
from urllib.parse import unquote

import moto.awslambda.urls as urls
from moto.awslambda.exceptions import InvalidParameterValueException
from moto.awslambda.models import LambdaFunction
from moto.awslambda.responses import LambdaResponse

from accounts import ACCOUNTS

# Members that `ListFunctions` does not return.
UNLISTED = ("State", "StateReason", "StateReasonCode", "LastUpdateStatus", "LastUpdateStatusReason", "LastUpdateStatusReasonCode")
PAGE = 50


def install() -> None:
    configuration = LambdaFunction.get_configuration

    def told(self, on_create: bool = False) -> dict:
        """Only members that are set; an environment that Lambda cannot decrypt has an error in the place of its variables."""
        given = {name: value for name, value in configuration(self, on_create).items() if value is not None}
        if self.package_type == "Image":
            given = {name: value for name, value in given.items() if name not in ("Runtime", "Handler", "Layers")}
        error = getattr(self, "environment_error", None)
        return {**given, "Environment": {"Error": error}} if error else given

    LambdaFunction.get_configuration = told
    LambdaResponse.list_functions = list_functions
    LambdaResponse.list_function_url_configs = list_function_url_configs
    urls.url_paths[r"{0}/(?P<api_version>[^/]+)/functions/(?P<function_name>[\w_:%-]+)/urls/?$"] = LambdaResponse.dispatch


def list_functions(self) -> str:
    version = self.querystring.get("FunctionVersion", [None])[0]
    functions = sorted(self.backend.list_functions(version), key=lambda function: function.function_name)
    told = [{name: value for name, value in function.get_configuration().items() if name not in UNLISTED} for function in functions]
    return paged(self, "ListFunctions", "Functions", told)


def list_function_url_configs(self) -> str:
    """Missing in moto. The unpublished version's first, then those of aliases by name."""
    function = self.backend.get_function(unquote(self.path.split("/")[-2]), None)
    configs = [function.url_config] if function.url_config else []
    told = [tidied(config.to_dict(), function.function_arn) for config in configs]
    told += [tidied(config.to_dict(), f"{function.function_arn}:{name}") for name, config in sorted(getattr(function, "alias_urls", {}).items())]
    return paged(self, "ListFunctionUrlConfigs", "FunctionUrlConfigs", told)


def tidied(config: dict, arn: str) -> dict:
    """AWS writes the mode in capitals, ends the URL with a slash and leaves out what is not set."""
    config = {**config, "FunctionArn": arn, "FunctionUrl": config["FunctionUrl"].rstrip("/") + "/", "InvokeMode": config["InvokeMode"].upper()}
    return {name: value for name, value in config.items() if value is not None}


def paged(self, operation: str, member: str, items: list[dict]) -> str:
    """A page of at most `MaxItems`, 50 where more are asked for."""
    asked = min(int(self.querystring.get("MaxItems", [PAGE])[0]), PAGE)
    size, start = ACCOUNTS.account(self.current_account).page_size(operation, asked), 0
    marker = self.querystring.get("Marker", [None])[0]
    if marker:
        try:
            start = int(base64.b64decode(marker).decode().removeprefix("lambda/"))
        except ValueError:
            raise InvalidParameterValueException("Invalid value for Marker") from None
    more = {"NextMarker": base64.b64encode(f"lambda/{start + size}".encode()).decode()} if start + size < len(items) else {}
    return json.dumps({member: items[start : start + size], **more})
