"""Amazon Macie: the session with times as RFC 3339 demands, automated discovery, jobs. Where it is off, AWS denies access and says why.

https://docs.aws.amazon.com/macie/latest/APIReference/ : macie.html, automated-discovery-configuration.html, jobs-list.html
"""

from shim.own import Question, Refused, answers


def session(asked: Question) -> dict:
    if "session" not in asked.kept:
        raise Refused(403, "AccessDeniedException", "Macie is not enabled.")
    return asked.kept


@answers("macie2", "GetMacieSession")
def get_macie_session(asked: Question) -> dict:
    return session(asked)["session"]


@answers("macie2", "GetAutomatedDiscoveryConfiguration")
def get_automated_discovery_configuration(asked: Question) -> dict:
    return session(asked)["discovery"]


@answers("macie2", "ListClassificationJobs")
def list_classification_jobs(asked: Question) -> dict:
    return asked.page("items", session(asked)["jobs"])
