"""AWS Organizations as the accounts' settings say (`organization`): moto gives members ids of its own.

Every account may ask for the organization's name. All else is answered to the management account and to delegated administrators alone;
others are refused with Organizations' own short sentence, which names no policy.

https://docs.aws.amazon.com/organizations/latest/APIReference/ : the page of each operation
"""

from accounts import ACCOUNTS
from shim.own import Question, Refused, answers

SHORT = "You don't have permissions to access this resource."
SCP = "SERVICE_CONTROL_POLICY"


def organization(asked: Question) -> dict:
    told = asked.settings.organization
    if told is None:
        raise Refused(400, "AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")
    return told


def managed(asked: Question) -> dict:
    """What the management account has, for those who may ask."""
    told = organization(asked)
    kept = ACCOUNTS.account(told["management"]).kept.setdefault("organizations/", {})
    if asked.account != told["management"] and asked.account not in kept.get("administrators", {}):
        raise Refused(400, "AccessDeniedException", SHORT)
    return kept


def arn(asked: Question, what: str) -> str:
    return f"arn:aws:organizations::{organization(asked)['management']}:{what}"


def root_of(asked: Question) -> str:
    return "r-" + organization(asked)["id"][2:6]


def paged(asked: Question, member: str, items: list) -> dict:
    return asked.page(member, items, usual=20, token="NextToken", limit="MaxResults")


@answers("organizations", "DescribeOrganization")
def describe_organization(asked: Question) -> dict:
    told = organization(asked)
    manager = told["management"]
    return {"Organization": {
        "Id": told["id"], "Arn": arn(asked, f"organization/{told['id']}"), "FeatureSet": told.get("feature_set", "ALL"),
        "MasterAccountId": manager, "MasterAccountArn": arn(asked, f"account/{told['id']}/{manager}"),
        "MasterAccountEmail": f"root+{manager}@example.com", "AvailablePolicyTypes": [{"Type": SCP, "Status": "ENABLED"}]}}  # fmt: skip


@answers("organizations", "ListRoots")
def list_roots(asked: Question) -> dict:
    types = [{"Type": kind, "Status": "ENABLED"} for kind in managed(asked).get("policy_types", [])]
    root = root_of(asked)
    return {"Roots": [{"Id": root, "Arn": arn(asked, f"root/{organization(asked)['id']}/{root}"), "Name": "Root", "PolicyTypes": types}]}


def parent(asked: Question) -> str:
    """The parent that is asked about, which has to exist."""
    wanted, units = asked.get("ParentId"), managed(asked).get("units", {})
    if wanted != root_of(asked) and wanted not in units:
        raise Refused(400, "ParentNotFoundException", "You provided a value for a field that doesn't exist.")
    return wanted


@answers("organizations", "ListOrganizationalUnitsForParent")
def list_units(asked: Question) -> dict:
    above, ident = parent(asked), organization(asked)["id"]
    units = [{"Id": unit, "Arn": arn(asked, f"ou/{ident}/{unit}"), "Name": told["name"]}
             for unit, told in managed(asked).get("units", {}).items() if (told["parent"] or root_of(asked)) == above]  # fmt: skip
    return paged(asked, "OrganizationalUnits", units)


@answers("organizations", "ListAccountsForParent")
def list_accounts(asked: Question) -> dict:
    above = parent(asked)
    found = [account(asked, number, told) for number, told in managed(asked).get("accounts", {}).items() if (told["parent"] or root_of(asked)) == above]
    return paged(asked, "Accounts", found)


def account(asked: Question, number: str, told: dict) -> dict:
    return {"Id": number, "Arn": arn(asked, f"account/{organization(asked)['id']}/{number}"), "Email": f"root+{number}@example.com",
            "Name": told["name"], "Status": "ACTIVE", "State": "ACTIVE", "JoinedMethod": "CREATED", "JoinedTimestamp": told["joined"]}  # fmt: skip


def policies(asked: Question) -> list[dict]:
    """AWS's own policy of each type, and the organization's."""
    full = [("p-FullAWSAccess", "FullAWSAccess", SCP), ("p-RCPFullAWSAccess", "RCPFullAWSAccess", "RESOURCE_CONTROL_POLICY")]
    aws = [{"Id": i, "Arn": f"arn:aws:organizations::aws:policy/{kind.lower()}/{i}", "Name": name, "Description": "Allows access to every operation",
            "Type": kind, "AwsManaged": True} for i, name, kind in full]  # fmt: skip
    ident = organization(asked)["id"]
    own = [{"Id": i, "Arn": arn(asked, f"policy/{ident}/{told['type'].lower()}/{i}"), "Name": told["name"], "Description": told.get("description", ""),
            "Type": told["type"], "AwsManaged": False} for i, told in managed(asked).get("policies", {}).items()]  # fmt: skip
    return aws + own


def policy(asked: Question) -> dict:
    managed(asked)
    found = next((one for one in policies(asked) if one["Id"] == asked.get("PolicyId")), None)
    if found is None:
        raise Refused(400, "PolicyNotFoundException", "You specified a policy that doesn't exist.")
    return found


@answers("organizations", "ListPolicies")
def list_policies(asked: Question) -> dict:
    managed(asked)
    return paged(asked, "Policies", [one for one in policies(asked) if one["Type"] == asked.get("Filter")])


@answers("organizations", "ListTargetsForPolicy")
def list_targets(asked: Question) -> dict:
    wanted, kept = policy(asked)["Id"], managed(asked)
    targets = kept.get("policies", {}).get(wanted, {}).get("targets", [])
    return paged(asked, "Targets", [target(asked, kept, one or root_of(asked)) for one in targets])


def target(asked: Question, kept: dict, wanted: str) -> dict:
    ident = organization(asked)["id"]
    if wanted in kept.get("units", {}):
        return {"TargetId": wanted, "Arn": arn(asked, f"ou/{ident}/{wanted}"), "Name": kept["units"][wanted]["name"], "Type": "ORGANIZATIONAL_UNIT"}
    if wanted in kept.get("accounts", {}):
        return {"TargetId": wanted, "Arn": arn(asked, f"account/{ident}/{wanted}"), "Name": kept["accounts"][wanted]["name"], "Type": "ACCOUNT"}
    return {"TargetId": wanted, "Arn": arn(asked, f"root/{ident}/{wanted}"), "Name": "Root", "Type": "ROOT"}


@answers("organizations", "DescribePolicy")
def describe_policy(asked: Question) -> dict:
    found = policy(asked)
    full = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
    return {"Policy": {"PolicySummary": found, "Content": managed(asked).get("policies", {}).get(found["Id"], {}).get("content", full)}}


@answers("organizations", "DescribeResourcePolicy")
def describe_resource_policy(asked: Question) -> dict:
    content = managed(asked).get("resource_policy")
    if content is None:
        raise Refused(400, "ResourcePolicyNotFoundException", "We can't find a resource policy request with the parameter that you specified.")
    summary = {"Id": "rp-12345678", "Arn": arn(asked, f"resourcepolicy/{organization(asked)['id']}/rp-12345678")}
    return {"ResourcePolicy": {"ResourcePolicySummary": summary, "Content": content}}


@answers("organizations", "ListAWSServiceAccessForOrganization")
def list_service_access(asked: Question) -> dict:
    services = managed(asked).get("trusted", {})
    return paged(asked, "EnabledServicePrincipals", [{"ServicePrincipal": name, "DateEnabled": since} for name, since in sorted(services.items())])


@answers("organizations", "ListDelegatedAdministrators")
def list_delegated_administrators(asked: Question) -> dict:
    kept = managed(asked)
    found = [{**account(asked, number, kept["accounts"][number]), "DelegationEnabledDate": kept["accounts"][number]["joined"]} for number in kept.get("administrators", {})]
    return paged(asked, "DelegatedAdministrators", found)


@answers("organizations", "ListDelegatedServicesForAccount")
def list_delegated_services(asked: Question) -> dict:
    kept = managed(asked)
    services = kept.get("administrators", {}).get(asked.get("AccountId"))
    if services is None:
        raise Refused(400, "AccountNotRegisteredException", "The specified account is not a delegated administrator for this AWS service.")
    since = kept["accounts"][asked.get("AccountId")]["joined"]
    return paged(asked, "DelegatedServices", [{"ServicePrincipal": name, "DelegationEnabledDate": since} for name in sorted(services)])
