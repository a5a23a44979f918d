"""Several accounts for moto_server.py: who may become whom, and events that are sent on to another account."""

import json
import threading

import moto.events.models as events
import moto.sts.models as sts
from moto.iam.models import iam_backends
from moto.sts.exceptions import STSClientError
from moto.utilities.utils import get_partition

# Organizations makes it in every account: the tests become another account by it.
# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html
OF_ORGANIZATIONS = "OrganizationAccountAccessRole"

OF_THE_SENDER = ("id", "account", "region", "time", "resources")
sending = threading.local()


def sent_on_events_stay_whose_they_are():
    """moto gives an event that a rule sends on to another account's bus that account, and no resources."""
    send = events.Rule.send_to_targets

    def sent(self, event, *args, **kwargs):
        before = getattr(sending, "event", None)
        sending.event = {**event, **{key: before[key] for key in OF_THE_SENDER}} if before else event
        try:
            return send(self, sending.event, *args, **kwargs)
        finally:
            sending.event = before

    events.Rule.send_to_targets = sent


def trusts(role, account_id, external_id):
    document = role.assume_role_policy_document
    for statement in (json.loads(document) if isinstance(document, str) else document)["Statement"]:
        wanted = statement.get("Condition", {}).get("StringEquals", {}).get("sts:ExternalId", external_id)
        if account_id in json.dumps(statement.get("Principal", {}).get("AWS", "")) and wanted == external_id:
            return True
    return False


def roles_are_taken_by_whom_they_trust():
    """moto lets anybody become any role, whether or not it is there."""
    assume = sts.STSBackend.assume_role

    def assumed(self, region_name, role_session_name, role_arn, policy, duration, external_id):
        account_id, name = role_arn.split(":")[4], role_arn.rpartition("/")[2]
        roles = iam_backends[account_id][get_partition(region_name)].roles.values()
        role = next((role for role in roles if role.name == name), None)
        if name != OF_ORGANIZATIONS and not (role and trusts(role, self.account_id, external_id)):
            who = f"User: arn:aws:iam::{self.account_id}:user/moto"
            message = f"{who} is not authorized to perform: sts:AssumeRole on resource: {role_arn}"
            raise STSClientError("AccessDenied", message)
        return assume(self, region_name, role_session_name, role_arn, policy, duration, external_id)

    sts.STSBackend.assume_role = assumed
