"""The namespaces that random networks are loaded into: made once, without names, so that nothing outlives the process.

Per VPC a router (longest-prefix routing, rules), its machines, its NAT gateway and its internet gateway; one internet.

  machine e0 -- m0..m11 router pcx0..pcx2 -- router of another VPC
  NAT     e0 -- nat     router igw -- vpc internet gateway world -- w0..w2 internet

Machines and the internet answer at every address that a router sends to them, so only routers know addresses.
"""

import ctypes
import os
import subprocess
from contextlib import contextmanager

VPCS = 3
MACHINES = 12
SUBNETS = 4
MACHINES_TABLE = 200
ANY_ADDRESS_TABLE = 100
CLONE_NEWNET = 0x40000000
# Both ends of a link have the same hardware address, so that links need neither ARP nor neighbour discovery.
HARDWARE_ADDRESS = "02:00:00:00:00:01"

libc = ctypes.CDLL(None, use_errno=True)
nftables = ctypes.CDLL("libnftables.so.1")
nftables.nft_ctx_new.restype = ctypes.c_void_p
nftables.nft_ctx_buffer_error.argtypes = [ctypes.c_void_p]
nftables.nft_run_cmd_from_buffer.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
nftables.nft_ctx_get_error_buffer.argtypes = [ctypes.c_void_p]
nftables.nft_ctx_get_error_buffer.restype = ctypes.c_char_p


def checked(result, what):
    if result != 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


class Namespace:
    def __init__(self):
        home = open_current()
        checked(libc.unshare(CLONE_NEWNET), "a new network namespace")
        self.fd = open_current()
        self.nft_context = nftables.nft_ctx_new(0)
        nftables.nft_ctx_buffer_error(self.nft_context)
        self.routes = []
        enter(home)
        os.close(home)

    @contextmanager
    def entered(self):
        back = open_current()
        enter(self.fd)
        try:
            yield
        finally:
            enter(back)
            os.close(back)

    def ip(self, commands):
        """Runs commands of `ip`, all in one process."""
        if commands:
            with self.entered():
                ip_batch(commands)

    def sysctl(self, settings):
        with self.entered():
            for name, value in settings.items():
                with open(f"/proc/sys/net/{name}", "w") as file:
                    file.write(value)

    def load_rules(self, ruleset):
        """One transaction: all of the new rules, and none of the old."""
        with self.entered():
            failed = nftables.nft_run_cmd_from_buffer(self.nft_context, f"flush ruleset\n{ruleset}".encode())
        if failed:
            raise RuntimeError(f"{nftables.nft_ctx_get_error_buffer(self.nft_context).decode()}\n{ruleset}")

    def load_routes(self, routes):
        """Replaces the routes that were loaded before."""
        removed = [f"route del {route}" for route in self.routes if route not in routes]
        added = [f"route add {route}" for route in routes if route not in self.routes]
        self.routes = routes
        self.ip(removed + added)


def enter(fd):
    checked(libc.setns(fd, CLONE_NEWNET), "entering a network namespace")


def open_current():
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)


def ip_batch(commands):
    done = subprocess.run(["ip", "-batch", "-"], input="\n".join(commands), text=True, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError(f"ip: {done.stderr}{commands}")


class Vpc:
    def __init__(self):
        self.router = Namespace()
        self.machines = [Namespace() for _ in range(MACHINES)]
        self.nat = Namespace()
        self.internet_gateway = Namespace()


class Testbed:
    def __init__(self):
        self.internet = Namespace()
        self.vpcs = [Vpc() for _ in range(VPCS)]
        for namespace in self.namespaces():
            namespace.sysctl(SETTINGS)
        ip_batch([link(*ends) for ends in self.links()])
        for namespace in self.namespaces():
            up = [f"link set {device} up arp off addrgenmode none" for device in self.devices(namespace)]
            namespace.ip(["link set lo up", *up])
        for index, vpc in enumerate(self.vpcs):
            set_up(vpc)
            answers_at_every_address(self.internet, f"w{index}")

    def namespaces(self):
        of_vpcs = [[vpc.router, vpc.nat, vpc.internet_gateway, *vpc.machines] for vpc in self.vpcs]
        return [self.internet, *sum(of_vpcs, [])]

    def links(self):
        """(namespace, device, namespace, device)"""
        links = []
        for index, vpc in enumerate(self.vpcs):
            links += [(machine, "e0", vpc.router, f"m{n}") for n, machine in enumerate(vpc.machines)]
            links.append((vpc.nat, "e0", vpc.router, "nat"))
            links.append((vpc.internet_gateway, "vpc", vpc.router, "igw"))
            links.append((vpc.internet_gateway, "world", self.internet, f"w{index}"))
            for other in range(index):
                links.append((vpc.router, f"pcx{other}", self.vpcs[other].router, f"pcx{index}"))
        return links

    def devices(self, namespace):
        return [
            device
            for one, one_device, other, other_device in self.links()
            for end, device in ((one, one_device), (other, other_device))
            if end is namespace
        ]


# Routers forward; paths may differ there and back; nothing is announced.
SETTINGS = {
    "ipv4/ip_forward": "1",
    "ipv4/conf/all/rp_filter": "0",
    "ipv4/conf/default/rp_filter": "0",
    "ipv6/conf/all/disable_ipv6": "0",
    "ipv6/conf/default/disable_ipv6": "0",
    "ipv6/conf/default/accept_ra": "0",
    "ipv6/conf/default/accept_dad": "0",
    "ipv6/conf/all/forwarding": "1",
    "ipv6/conf/default/forwarding": "1",
}


def link(one, one_device, other, other_device):
    def end(device, namespace):
        return f"{device} address {HARDWARE_ADDRESS} netns /proc/{os.getpid()}/fd/{namespace.fd}"

    return f"link add {end(one_device, one)} type veth peer name {end(other_device, other)}"


def ip_for_both_families(namespace, commands):
    with namespace.entered():
        for family in ("-4", "-6"):
            subprocess.run(["ip", family, "-batch", "-"], input="\n".join(commands), text=True, check=True)


def answers_at_every_address(namespace, device):
    rule = f"rule add pref 10 iif {device} lookup {ANY_ADDRESS_TABLE}"
    ip_for_both_families(namespace, [rule, f"route replace local default dev lo table {ANY_ADDRESS_TABLE}"])


def set_up(vpc):
    for machine in vpc.machines:
        answers_at_every_address(machine, "e0")
        ip_for_both_families(machine, ["route add default dev e0"])
    ip_for_both_families(vpc.nat, ["route add default dev e0"])
    directions = [("vpc", "world", 101), ("world", "vpc", 102)]
    across = [f"rule add pref {table} iif {to} lookup {table}" for to, _, table in directions]
    across += [f"route add default dev {out} table {table}" for _, out, table in directions]
    ip_for_both_families(vpc.internet_gateway, across)
    # A packet from subnet n has the mark n + 1 and asks table n + 1; local routes there lead on to the machines.
    subnets = range(1, SUBNETS + 1)
    rules = [f"rule add pref {mark} fwmark {mark} lookup {mark}" for mark in subnets]
    rules.append(f"rule add pref {MACHINES_TABLE} lookup {MACHINES_TABLE}")
    nowhere = [f"route add blackhole default metric 9999 table {table}" for table in (*subnets, MACHINES_TABLE)]
    ip_for_both_families(vpc.router, [*rules, *nowhere])
