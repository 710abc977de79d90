"""Small accounts, each made for one wrong answer that a tool could give (`tests/it/wrong_answers/`).

The seed `story` takes the option `of`, `MODULE.FUNCTION` of this package; there is no list to keep. A function fills its account and
returns what else the test has to know, or nothing. Two Regions are on, and a credential report is ready at once.
"""

from importlib import import_module

from seeds.builder import Builder

US, EU = "us-east-1", "eu-west-1"


def seed(main: Builder, second: Builder, options: dict) -> dict | None:
    module, function = options["of"].rsplit(".", 1)
    for account in (main, second):
        account.settings.regions = (US, EU)
        account.settings.report_polls = 0
    return getattr(import_module(f"seeds.stories.{module}"), function)(main, second)
