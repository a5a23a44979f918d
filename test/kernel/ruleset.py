"""One network (test/kernel/plan.ts says its shape) as nftables rules and routes of each namespace."""

from testbed import MACHINES_TABLE

# What an internet gateway carries neither in nor out: RFC 1918 and RFC 6598.
PRIVATE = "{ 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10 }"


def family(address):
    return "ip6" if ":" in address else "ip"


def names(devices):
    return listed(f'"{device}"' for device in devices)


def table(number, chains):
    """Connections are tracked in a zone of their own network, so that none remembers one of a network before."""
    zone = hook("zone", "filter", "prerouting priority raw - 1", [f"ct zone set {number}"])
    return "table inet hca {\n" + "\n".join([zone, *chains]) + "\n}"


def chain(name, rules):
    return f"chain {name} {{\n" + "\n".join(rules) + "\n}"


def hook(name, kind, where, rules):
    """A chain that every packet at this point passes; what no rule drops goes on."""
    return chain(name, [f"type {kind} hook {where};", *rules])


def forward(rules):
    return hook("forward", "filter", "forward priority filter", rules)


def listed(elements):
    return "{ " + ", ".join(elements) + " }"


def matches(rule, side):
    """@param side saddr or daddr: where the other end's address stands"""
    found = f"{family(rule['peer'])} {side} {rule['peer']}"
    if rule["protocol"] == "all":
        return found
    first, last = rule["ports"]
    ports = f"{first}" if first == last else f"{first}-{last}"
    return f"{found} meta l4proto {rule['protocol']} th dport {ports}"


def security_group_chain(name, rules, side):
    """Whatever a rule matches may pass."""
    return chain(name, [*(f"{matches(rule, side)} return" for rule in rules), "drop"])


def network_acl_chain(name, rules, side):
    """The first rule that matches decides."""
    decided = (f"{matches(rule, side)} {'return' if rule['allow'] else 'drop'}" for rule in rules)
    return chain(name, [*decided, "drop"])


def devices_by_subnet(vpc):
    devices = [[] for _ in vpc["subnets"]]
    for number, machine in enumerate(vpc["machines"]):
        devices[machine["subnet"]].append(f"m{number}")
    if vpc["nat"]:
        devices[vpc["nat"]["subnet"]].append("nat")
    return devices


def addresses_by_subnet(vpc):
    addresses = [[] for _ in vpc["subnets"]]
    for machine in vpc["machines"]:
        addresses[machine["subnet"]] += machine["addresses"]
    if vpc["nat"]:
        addresses[vpc["nat"]["subnet"]].append(vpc["nat"]["address"])
    return addresses


def router_rules(vpc, number):
    devices_of = devices_by_subnet(vpc)
    subnets = [(n, vpc["subnets"][n], names(devices)) for n, devices in enumerate(devices_of) if devices]
    chains = []
    acls = []
    for n, subnet, devices in subnets:
        chains.append(network_acl_chain(f"acl_egress_{n}", subnet["egress"], "daddr"))
        chains.append(network_acl_chain(f"acl_ingress_{n}", subnet["ingress"], "saddr"))
        # An ACL is asked by what leaves or enters its subnet only.
        acls.append(f"iifname {devices} oifname != {devices} jump acl_egress_{n}")
        acls.append(f"iifname != {devices} oifname {devices} jump acl_ingress_{n}")
    for m, machine in enumerate(vpc["machines"]):
        chains.append(security_group_chain(f"group_egress_{m}", machine["egress"], "daddr"))
        chains.append(security_group_chain(f"group_ingress_{m}", machine["ingress"], "saddr"))
    groups = [
        f"{device} vmap " + listed(f'"m{m}" : jump {name}_{m}' for m in range(len(vpc["machines"])))
        for device, name in (("iifname", "group_egress"), ("oifname", "group_ingress"))
    ]
    passing = ['iifname "nat" oifname "nat" drop', *acls, "ct state established accept", *groups]
    marked = hook("marks", "filter", "prerouting priority raw", marks(vpc, devices_of))
    return table(number, [*chains, marked, forward(passing)])


def marks(vpc, devices_of):
    """What leaves a machine asks its subnet's table, by the mark; within the subnet no table is asked."""
    tables = [f'"{device}" : {n + 1}' for n, devices in enumerate(devices_of) for device in devices]
    near = [
        f"meta mark {n + 1} {family(address)} daddr {address} meta mark set 0"
        for n, addresses in enumerate(addresses_by_subnet(vpc))
        for address in addresses
    ]
    return [f"meta mark set iifname map {listed(tables)}", *near]


def router_routes(vpc):
    routes = []
    for n, subnet in enumerate(vpc["subnets"]):
        for route in subnet["routes"]:
            where = f"table {n + 1} metric {route['metric']}"
            routes.append(f"{leads(route)} {where}")
    for m, machine in enumerate(vpc["machines"]):
        routes += [f"{address} dev m{m} table {MACHINES_TABLE}" for address in machine["addresses"]]
    if vpc["nat"]:
        routes.append(f"{vpc['nat']['address']} dev nat table {MACHINES_TABLE}")
    return routes


def leads(route):
    through, to = route["through"], route["to"]
    if through == "local":
        return f"throw {to}"
    if through == "nowhere":
        return f"blackhole {to}"
    return f"{to} dev pcx{route['vpc']}" if through == "peering" else f"{to} dev {through}"


def nat_rules(vpc, number, probes):
    """A new connection gets the port that its probe names, any other one a random port."""
    nat = vpc["nat"]
    if not nat:
        return table(number, [forward(["drop"])])
    address = nat["address"]
    lent = [
        f"ip saddr {probe['source']} ip daddr {probe['target']} {probe['protocol']} sport {probe['sourcePort']} "
        f"{probe['protocol']} dport {probe['port']} snat ip to {address}:{probe['natPort']}"
        for probe in probes
    ]
    lent.append(f"meta l4proto {{ tcp, udp }} snat ip to {address}:1024-65535 random")
    foreign = ["ct state invalid drop", f"ip daddr {address} drop"]
    return table(number, [forward(foreign), hook("lend", "nat", "postrouting priority srcnat", lent)])


def internet_gateway_rules(vpc, number):
    """Each private address goes by its public one; IPv6 addresses are public."""
    both = public_addresses(vpc)
    if not vpc["internetGateway"]:
        return table(number, [forward(["drop"])])
    if not both:
        return table(number, [forward(["meta nfproto ipv4 drop"])])
    private = listed(private for private, _ in both)
    public = listed(public for _, public in both)
    to_private = listed(f"{public} : {private}" for private, public in both)
    to_public = listed(f"{private} : {public}" for private, public in both)
    arriving = [f'iifname "world" ip daddr != {public} drop']
    leaving = [f'iifname "vpc" ip daddr {PRIVATE} drop', f'iifname "vpc" ip saddr != {private} drop']
    inward = [f'iifname "world" dnat ip to ip daddr map {to_private}']
    outward = [f'oifname "world" snat ip to ip saddr map {to_public}']
    return table(
        number,
        [
            hook("arrive", "filter", "prerouting priority raw", arriving),
            hook("inward", "nat", "prerouting priority dstnat", inward),
            forward(leaving),
            hook("outward", "nat", "postrouting priority srcnat", outward),
        ],
    )


def public_addresses(vpc):
    """(private, public)"""
    machines = [(machine["addresses"][0], machine["publicAddress"]) for machine in vpc["machines"]]
    nat = [(vpc["nat"]["address"], vpc["nat"]["publicAddress"])] if vpc["nat"] else []
    return [(private, public) for private, public in machines + nat if public]


def internet_routes(vpcs):
    routes = []
    for index, vpc in enumerate(vpcs):
        public = [public for _, public in public_addresses(vpc)]
        routes += [f"{block} dev w{index}" for block in [*vpc["blocks"], *public]]
    return routes


def load(testbed, network, number):
    """@param number 1-65535, another one for each network"""
    for index, vpc in enumerate(network["vpcs"]):
        bed = testbed.vpcs[index]
        bed.router.load_routes(router_routes(vpc))
        bed.router.load_rules(router_rules(vpc, number))
        bed.nat.load_rules(nat_rules(vpc, number, lending_probes(network, index)))
        bed.internet_gateway.load_rules(internet_gateway_rules(vpc, number))
    testbed.internet.load_routes(internet_routes(network["vpcs"]))


def lending_probes(network, vpc):
    """The IPv4 probes of a VPC's machines, any of which may meet its NAT gateway."""
    own = (probe for probe in network["probes"] if probe["from"] and probe["from"]["vpc"] == vpc)
    return [probe for probe in own if ":" not in probe["source"]]
