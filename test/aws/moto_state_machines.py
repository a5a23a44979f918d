"""Step Functions and Lambda for moto_server.py: state machines run, and what they invoke runs in the test.

moto 5.2.1 holds LocalStack's interpreter of the Amazon States Language, with distributed maps, retries and catchers, but
without its JSONata, which ran in a JVM. Here jsonata-python is that.
"""

import json
import re
import time
from copy import copy
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import unquote
from urllib.request import Request, urlopen

import moto.stepfunctions.models as models
import moto.stepfunctions.parser.asl.component.common.retry.retrier_decl as retrier
import moto.stepfunctions.parser.asl.jsonata.jsonata as asl
from jsonata import Jsonata
from moto.core.config import default_user_config
from moto.stepfunctions.parser.models import stepfunctions_parser_backends

RETRIES_PASS = 1000
WHOLE_PERCENTAGE = re.compile(r'("ToleratedFailurePercentage":\s*\d+)(?=\s*[,}])')
INVOCATION = re.compile(r"^/2015-03-31/functions/([^/]+)/invocations/?$")

host = SimpleNamespace(url=None)


def evaluate(expression):
    try:
        # Its lists and null are of its own kinds.
        return json.loads(json.dumps(Jsonata(expression).evaluate(None)))
    except Exception as error:
        raise asl.JSONataException("UNKNOWN", str(error)) from error


def state_machines_run():
    """moto keeps them only, copies the whole of itself (in vain) to run one, evaluates no JSONata, and waits a retry's real
    seconds: here they pass faster."""
    default_user_config["stepfunctions"]["execute_state_machine"] = True
    models.StateMachine.__deepcopy__ = lambda machine, _: copy(machine)
    asl._eval_jsonata = evaluate
    retrier.time = SimpleNamespace(sleep=lambda seconds: time.sleep(seconds / RETRIES_PASS))


def state_machines_come_from_templates():
    """moto puts them where none is run, leaves DefinitionSubstitutions as they are, and takes no whole percentage."""
    create = models.StateMachine.create_from_cloudformation_json.__func__

    def created(cls, resource_name, template, account_id, region_name, **kwargs):
        properties = template["Properties"]
        definition = properties.get("DefinitionString", "")
        for name, value in properties.get("DefinitionSubstitutions", {}).items():
            definition = definition.replace("${" + name + "}", value)
        definition = WHOLE_PERCENTAGE.sub(r"\1.0", definition)
        substituted = {**template, "Properties": {**properties, "DefinitionString": definition}}
        return create(cls, resource_name, substituted, account_id, region_name, **kwargs)

    models.StateMachine.create_from_cloudformation_json = classmethod(created)
    models.stepfunctions_backends = stepfunctions_parser_backends


def set_host(wanted):
    """Who runs functions: POST URL/FUNCTION with the payload; 200 what it returned, 500 what it threw."""
    host.url = wanted["url"]


def invocation(environ, body):
    """moto wants Docker for Lambda. @returns the answer, None for any other request and while nobody runs functions"""
    asked = INVOCATION.match(unquote(environ.get("PATH_INFO", "")))
    if not asked or not host.url:
        return None
    function = asked.group(1).rpartition(":")[2]
    event = environ.get("HTTP_X_AMZ_INVOCATION_TYPE") == "Event"
    try:
        with urlopen(Request(f"{host.url}/{function}", body, {"content-type": "application/json"})) as answer:
            return ("202 Accepted" if event else "200 OK"), "application/json", answer.read().decode()
    except HTTPError as error:
        thrown = () if event else (("x-amz-function-error", "Unhandled"),)
        return "200 OK", "application/json", error.read().decode(), *thrown
