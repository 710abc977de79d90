"""Account Management: alternate contacts and the primary one.

https://docs.aws.amazon.com/accounts/latest/reference/ : API_GetAlternateContact, API_GetContactInformation
"""

from shim.own import Question, Refused, answers, kept


@answers("account", "GetAlternateContact")
def get_alternate_contact(asked: Question) -> dict:
    contact = kept(asked.account, "account").get(asked.get("AlternateContactType"))
    if contact is None:
        raise Refused(404, "ResourceNotFoundException", "No contact of the inputted alternate contact type found.")
    return {"AlternateContact": {"AlternateContactType": asked.get("AlternateContactType"), **contact}}


@answers("account", "GetContactInformation")
def get_contact_information(asked: Question) -> dict:
    """Every account has one: it cannot be opened without."""
    own = {"FullName": "Account Owner", "AddressLine1": "1 Example Street", "City": "Seattle", "PostalCode": "98101", "CountryCode": "US", "PhoneNumber": "+12065550100"}
    return {"ContactInformation": {**own, **kept(asked.account, "account").get("primary", {})}}
