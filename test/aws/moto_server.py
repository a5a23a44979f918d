"""moto as the AWS API of `npm run test:aws`, with what an auditor of networks needs and moto lacks.

Every correction is in this file, in moto_accounts.py or in moto_state_machines.py, each with what moto 5.2.1 does instead;
docs/testing.md lists them. They reach into moto's private parts, hence the exact version. Prints `ready PORT` when it
listens on 127.0.0.1.

Control, as JSON by POST:
  /_control/target-health  {targetGroupArn, targetId, state, reason?, description?}; state null: moto's own again
  /_control/fail           {operation, code, message, region?}: the operation answers with this error, there or everywhere;
                           code null: no more
  /_control/functions      {url}: who runs functions (moto_state_machines.py)
  /_control/busy           {region}: answers {seconds}, for how long moto was at work on requests to it, however many at once
"""

import ipaddress
import json
import logging
import os
import sys
import time
from collections import defaultdict
from functools import cache
from io import BytesIO
from itertools import product
from threading import Lock
from urllib.parse import parse_qs
from uuid import uuid4

import jsonpath_ng.ext
import moto.backends as backends
import moto.ec2.models as ec2_backends
import moto.ec2.models.elastic_network_interfaces as interfaces
import moto.ec2.models.network_acls as network_acls
import moto.ecs.models as ecs
import moto.elbv2.models as elbv2
import moto.events.models as events
from moto.core.responses import ActionResult
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces
from moto.events.utils import EventTemplateParser
from moto.moto_api import state_manager
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from moto_accounts import roles_are_taken_by_whom_they_trust, sent_on_events_stay_whose_they_are
from moto_state_machines import invocation, set_host, state_machines_come_from_templates, state_machines_run

target_health = {}
failures = {}


def free_address(backend, subnet):
    """AWS keeps the first four addresses of a subnet and the last one."""
    network = ipaddress.ip_network(subnet.cidr_block)
    taken = {eni.private_ip_address for eni in backend.enis.values() if eni.subnet.id == subnet.id}
    return next(str(network[i]) for i in range(4, network.num_addresses - 1) if str(network[i]) not in taken)


def interface_addresses_lie_in_their_subnet():
    """moto gives tasks' and NAT gateways' interfaces a random address, and no DNS name without DNS host names."""
    construct = interfaces.NetworkInterface.__init__

    def constructed(self, ec2_backend, subnet, private_ip_address, *args, **kwargs):
        subnet = ec2_backend.get_subnet(subnet) if isinstance(subnet, str) else subnet
        given = private_ip_address[0] if isinstance(private_ip_address, list) and private_ip_address else private_ip_address
        network = ipaddress.ip_network(subnet.cidr_block)
        if not given or ipaddress.ip_address(given) not in network:
            private_ip_address = free_address(ec2_backend, subnet)
        construct(self, ec2_backend, subnet, private_ip_address, *args, **kwargs)
        if not hasattr(self, "private_dns_name"):
            self.private_dns_name = f"ip-{self.private_ip_address.replace('.', '-')}.ec2.internal"

    interfaces.NetworkInterface.__init__ = constructed


def interfaces_come_in_pages():
    """moto ignores MaxResults of DescribeNetworkInterfaces."""

    def describe(self):
        size = int(self._get_param("MaxResults") or 0)
        start = int(self._get_param("NextToken") or 0)
        found = self.ec2_backend.get_all_network_interfaces(
            self._get_param("NetworkInterfaceIds", []), self._filters_from_querystring()
        )
        end = start + size if size else len(found)
        more = {"NextToken": str(end)} if end < len(found) else {}
        return ActionResult({"NetworkInterfaces": found[start:end], **more})

    ElasticNetworkInterfaces.describe_network_interfaces = describe


def interfaces_are_found_by_public_address():
    """moto knows no filter addresses.association.public-ip."""
    filter_value = interfaces.NetworkInterface.get_filter_value

    def value(self, name, method_name=None):
        return self.public_ip if name == "addresses.association.public-ip" else filter_value(self, name, method_name)

    interfaces.NetworkInterface.get_filter_value = value


def endpoints_have_interfaces_of_their_own():
    """moto gives an endpoint's interfaces the default group of the VPC, and no description."""
    create = ec2_backends.EC2Backend.create_vpc_endpoint

    def created(self, *args, **kwargs):
        endpoint = create(self, *args, **kwargs)
        for eni in (self.enis[id] for id in endpoint.network_interface_ids or []):
            eni._group_set = [self.get_security_group_from_id(id) for id in endpoint.security_group_ids or []] or eni._group_set
            eni.description, eni.interface_type = f"VPC Endpoint Interface {endpoint.id}", "vpc_endpoint"
            eni.status, eni.requester_managed = "in-use", True
        return endpoint

    ec2_backends.EC2Backend.create_vpc_endpoint = created


def load_balancers_have_interfaces():
    """moto makes none, and names a Network Load Balancer's ARN `app/`."""
    create = elbv2.ELBv2Backend.create_load_balancer
    kinds = {"network": "net", "gateway": "gwy"}

    def created(self, *args, **kwargs):
        balancer = create(self, *args, **kwargs)
        kind = kinds.get(balancer.type, "app")
        del self.load_balancers[balancer.arn]
        balancer.arn = balancer.arn.replace(":loadbalancer/app/", f":loadbalancer/{kind}/")
        self.load_balancers[balancer.arn] = balancer
        for subnet in balancer.subnets:
            name = balancer.arn.split(":loadbalancer/")[1]
            eni = self.ec2_backend.create_network_interface(
                subnet, None, group_ids=balancer.security_groups, description=f"ELB {name}"
            )
            if not balancer.security_groups:
                eni._group_set = []
            eni.status, eni.requester_id, eni.requester_managed = "in-use", "amazon-elb", True
            eni.interface_type = "network_load_balancer" if kind == "net" else "interface"
        return balancer

    elbv2.ELBv2Backend.create_load_balancer = created


def targets_can_be_unhealthy():
    """moto knows healthy, unused and draining only, and calls a target's health-check port `traffic-port`."""
    health_for = elbv2.FakeTargetGroup.health_for

    def health(self, target, ec2_backend):
        answer = health_for(self, target, ec2_backend)
        if answer.health_check_port == "traffic-port":
            answer.health_check_port = str(answer.port)
        told = target_health.get((self.arn, target["Id"]))
        if told and answer.status not in ("unused", "draining"):
            answer.status, answer.reason, answer.description = told
        return answer

    elbv2.FakeTargetGroup.health_for = health


def tasks_run():
    """moto stops a task step by step each time it is described, gives a running container an exit code, needs a
    container's memory on Fargate too, describes a task's interface as 'moto ECS' where AWS writes its attachment's
    ARN, and does not count a service's tasks."""
    backend = ecs.EC2ContainerServiceBackend
    construct, requirements, run_task = ecs.Task.__init__, backend._calculate_task_resource_requirements, backend.run_task

    def constructed(self, cluster, *args, **kwargs):
        construct(self, cluster, *args, **kwargs)
        for container in self.containers:
            container.last_status, container.exitCode, container.health_status = "RUNNING", None, "UNKNOWN"
        for attachment in self.attachments:
            details = {detail["name"]: detail["value"] for detail in attachment["details"]}
            eni = self._backend_ec2().enis[details["networkInterfaceId"]]
            eni.description = f"arn:aws:ecs:{self.region_name}:{self._account_id}:attachment/{attachment['id']}"

    def with_memory(task_definition):
        for container in task_definition.container_definitions:
            if not any(container.get(key) for key in ("memory", "memoryReservation")):
                container["memory"] = 0
        return requirements(task_definition)

    def run(self, cluster_str, *args, **kwargs):
        tasks = run_task(self, cluster_str, *args, **kwargs)
        for service in self.services.values():
            mine = [task for task in self.tasks[service.cluster_name].values() if task.group == f"service:{service.name}"]
            count_tasks(service, len(mine))
        return tasks

    ecs.Task._backend_ec2 = lambda self: ecs.ec2_backends[self._account_id][self.region_name]
    ecs.Task.__init__ = constructed
    backend._calculate_task_resource_requirements, backend.run_task = staticmethod(with_memory), run
    state_manager.set_transition("ecs::task", {"progression": "manual", "times": 10**9})


def count_tasks(service, running):
    pending = max(service.desired_count - running, 0)
    service.running_count, service.pending_count = running, pending
    for deployment in service.deployments:
        state = "IN_PROGRESS" if pending else "COMPLETED"
        reason = f"ECS deployment {deployment['id']} {state.lower().replace('_', ' ')}."
        deployment.update(runningCount=running, pendingCount=pending, rolloutState=state, rolloutStateReason=reason)


def custom_network_acls_deny_by_default():
    """moto leaves out the entries 32767 of an ACL that somebody made."""
    create = network_acls.NetworkAclBackend.create_network_acl

    def created(self, *args, **kwargs):
        acl = create(self, *args, **kwargs)
        if not acl.network_acl_entries:
            for egress in (True, False):
                self.create_network_acl_entry(acl.id, 32767, "-1", "deny", egress, "0.0.0.0/0", *[None] * 5)
        return acl

    network_acls.NetworkAclBackend.create_network_acl = created


def event_buses_and_archives_come_from_templates():
    """From a CloudFormation template moto takes no reference to an event bus; an archive's pattern, an object there, it
    wants as text; and it gives the archive a name longer than it takes itself."""
    create = events.EventsBackend.create_archive

    def created(self, name, source_arn, description, event_pattern, retention):
        text = event_pattern if isinstance(event_pattern, (str, type(None))) else json.dumps(event_pattern)
        return create(self, name[-48:], source_arn, description, text, retention)

    events.EventsBackend.create_archive = created
    events.EventBus.physical_resource_id = property(lambda self: self.name)


def events_tell_their_account():
    """moto leaves the account out of the event that a target gets."""
    template = EventTemplateParser.DEFAULT_EVENT_INPUT_TEMPLATE
    EventTemplateParser.DEFAULT_EVENT_INPUT_TEMPLATE = '{"account": "<account>", ' + template.removeprefix("{")


def one_of_each(node):
    """The node with every array of objects replaced by one of its elements, in all ways."""
    if isinstance(node, dict):
        for values in product(*(list(one_of_each(value)) for value in node.values())):
            yield dict(zip(node, values))
    elif isinstance(node, list) and node and all(isinstance(item, dict) for item in node):
        for item in node:
            yield from one_of_each(item)
    else:
        yield node


def patterns_look_into_arrays():
    """A pattern holds for an array of objects when it holds for one of them; moto never looks into it."""
    matches = events.EventPattern.matches_event
    events.EventPattern.matches_event = lambda self, event: any(
        matches(self, one) for one in one_of_each(event)
    )


def what_never_changes_is_worked_out_once():
    """moto generates a JSONPath parser for each field of each event (a quarter of a second an event), and lists its own
    modules' folders at each request."""
    jsonpath_ng.ext.parse = cache(jsonpath_ng.ext.parse)
    modules = list(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: modules


# Operations that moto answers with HTTP 500 and a page of HTML.
LACKING = {
    "DescribeVpcBlockPublicAccessOptions": "<vpcBlockPublicAccessOptions><internetGatewayBlockMode>off"
    "</internetGatewayBlockMode><state>default-state</state></vpcBlockPublicAccessOptions>",
    "DescribeVpcBlockPublicAccessExclusions": "<vpcBlockPublicAccessExclusionSet/>",
    "DescribeSecurityGroupVpcAssociations": "<securityGroupVpcAssociationSet/>",
}

LACKING_JSON = {("aoss", "ListVpcEndpoints"): {"vpcEndpointSummaries": []}}


def ec2_answer(operation, inner):
    space = "http://ec2.amazonaws.com/doc/2016-11-15/"
    body = f'<{operation}Response xmlns="{space}"><requestId>{uuid4()}</requestId>{inner}</{operation}Response>'
    return "200 OK", "text/xml", body


def error_answer(service, code, message):
    """Each protocol has its own envelope: EC2's, ELBv2's (query), ECS's (JSON)."""
    if service == "ecs":
        return "400 Bad Request", "application/x-amz-json-1.1", json.dumps({"__type": code, "message": message})
    error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
    if service == "ec2":
        return "403 Forbidden", "text/xml", f"<Response><Errors>{error}</Errors><RequestID>{uuid4()}</RequestID></Response>"
    return "403 Forbidden", "text/xml", f"<ErrorResponse>{error}<RequestId>{uuid4()}</RequestId></ErrorResponse>"


def scope_of(environ):
    """The Region and the service, from the request's signature."""
    scope = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2].split(",")[0].split("/")
    return scope[2:4] if len(scope) > 3 else ("", "")


def called(environ, body):
    """The Region, the service and the operation that a request calls."""
    region, service = scope_of(environ)
    target = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
    return region, service, target or parse_qs(body.decode("utf-8", "replace")).get("Action", [""])[0]


def set_target_health(wanted):
    key = (wanted["targetGroupArn"], wanted["targetId"])
    target_health.pop(key, None)
    if wanted.get("state"):
        target_health[key] = (wanted["state"], wanted.get("reason"), wanted.get("description"))


def set_failure(wanted):
    failures.pop(wanted["operation"], None)
    if wanted.get("code"):
        failures[wanted["operation"]] = (wanted.get("region"), wanted["code"], wanted.get("message", ""))


class Busy:
    """The time in which at least one request was worked on."""

    def __init__(self):
        self.lock, self.inside, self.since, self.total = Lock(), 0, 0.0, 0.0

    def __enter__(self):
        with self.lock:
            self.since = self.since if self.inside else time.perf_counter()
            self.inside += 1

    def __exit__(self, *_):
        with self.lock:
            self.inside -= 1
            self.total += 0 if self.inside else time.perf_counter() - self.since


busy = defaultdict(Busy)
CONTROLS = {
    "/_control/target-health": set_target_health,
    "/_control/fail": set_failure,
    "/_control/functions": set_host,
    "/_control/busy": lambda wanted: {"seconds": busy[wanted["region"]].total},
}


class Corrected:
    """Answers what moto cannot, and passes everything else on."""

    def __init__(self, moto):
        self.moto = moto

    def __call__(self, environ, start_response):
        if environ.get("PATH_INFO", "").startswith("/_control/"):
            return self.answer(environ, start_response)
        with busy[scope_of(environ)[0]]:
            return self.answer(environ, start_response)

    def answer(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        own = self.own_answer(environ, body) or invocation(environ, body)
        if own is None:
            environ["wsgi.input"] = BytesIO(body)
            return self.moto(environ, start_response)
        status, kind, text, *headers = own
        start_response(status, [("content-type", kind), *headers])
        return [text.encode()]

    def own_answer(self, environ, body):
        control = CONTROLS.get(environ.get("PATH_INFO", ""))
        if control:
            return "200 OK", "application/json", json.dumps(control(json.loads(body)) or {})
        region, service, operation = called(environ, body)
        where, *error = failures.get(operation, ("nowhere",))
        if where in (None, region):
            return error_answer(service, *error)
        if (service, operation) in LACKING_JSON:
            return "200 OK", "application/x-amz-json-1.0", json.dumps(LACKING_JSON[service, operation])
        return ec2_answer(operation, LACKING[operation]) if service == "ec2" and operation in LACKING else None


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    for correct in (
        interface_addresses_lie_in_their_subnet,
        interfaces_come_in_pages,
        interfaces_are_found_by_public_address,
        endpoints_have_interfaces_of_their_own,
        load_balancers_have_interfaces,
        targets_can_be_unhealthy,
        tasks_run,
        custom_network_acls_deny_by_default,
        event_buses_and_archives_come_from_templates,
        events_tell_their_account,
        patterns_look_into_arrays,
        what_never_changes_is_worked_out_once,
        sent_on_events_stay_whose_they_are,
        roles_are_taken_by_whom_they_trust,
        state_machines_run,
        state_machines_come_from_templates,
    ):
        correct()
    app = Corrected(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    # Where its state machines call AWS.
    os.environ["MOTO_PORT"] = str(server.server_port)
    print(f"ready {server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
