"""Sends real TCP and UDP probes, all at once: a probe passes when it is answered."""

import select
import socket
import struct
import time

SOL_IPV6 = 41
IP_TRANSPARENT = 19
IPV6_TRANSPARENT = 75
KINDS = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def namespace_of(testbed, machine):
    """@param machine None: the internet"""
    return testbed.vpcs[machine["vpc"]].machines[machine["machine"]] if machine else testbed.internet


def new_socket(address, port, protocol):
    """A socket at an address that its namespace need not have (hence "transparent")."""
    ipv6 = ":" in address
    one = socket.socket(socket.AF_INET6 if ipv6 else socket.AF_INET, KINDS[protocol])
    one.setblocking(False)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if ipv6:
        one.setsockopt(SOL_IPV6, IPV6_TRANSPARENT, 1)
    else:
        one.setsockopt(socket.SOL_IP, IP_TRANSPARENT, 1)
    if protocol == "tcp":
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    one.bind((address, port))
    return one


def open_servers(testbed, probes):
    """@returns the sockets, by (machine, protocol, address, port)"""
    servers = {}
    for probe in probes:
        key = (str(probe["to"]), probe["protocol"], probe["destination"], probe["port"])
        if key in servers:
            continue
        with namespace_of(testbed, probe["to"]).entered():
            servers[key] = new_socket(probe["destination"], probe["port"], probe["protocol"])
        if probe["protocol"] == "tcp":
            servers[key].listen(64)
    return list(servers.values())


def start(testbed, probe):
    """@returns the client's socket, and whether there is an answer to wait for"""
    with namespace_of(testbed, probe["from"]).entered():
        client = new_socket(probe["source"], probe["sourcePort"], probe["protocol"])
    try:
        client.connect((probe["target"], probe["port"]))
        if probe["protocol"] == "udp":
            client.send(b"probe")
        return client, True
    except BlockingIOError:
        return client, True
    except OSError:
        return client, False


def answered(client, protocol):
    if protocol == "tcp":
        return client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
    try:
        return client.recv(64) == b"echo"
    except OSError:
        return False


def echo(server):
    try:
        _, sender = server.recvfrom(64)
        server.sendto(b"echo", sender)
    except OSError:
        pass


def fire(testbed, probes, patience):
    """@param patience seconds to wait after the last answer; @returns for each probe whether it was answered"""
    servers = open_servers(testbed, probes)
    passed = [False] * len(probes)
    waiting = {}
    sockets = list(servers)
    poll = select.epoll()
    echoes = {server.fileno(): server for server in servers if server.type == socket.SOCK_DGRAM}
    for number in echoes:
        poll.register(number, select.EPOLLIN)
    for index, probe in enumerate(probes):
        client, under_way = start(testbed, probe)
        sockets.append(client)
        if under_way:
            waiting[client.fileno()] = (index, client, probe["protocol"])
            poll.register(client.fileno(), select.EPOLLOUT if probe["protocol"] == "tcp" else select.EPOLLIN)
    quiet_since = time.monotonic()
    while waiting and (left := quiet_since + patience - time.monotonic()) > 0:
        for number, _ in poll.poll(left):
            quiet_since = time.monotonic()
            if number in echoes:
                echo(echoes[number])
            else:
                index, client, protocol = waiting.pop(number)
                poll.unregister(number)
                passed[index] = answered(client, protocol)
    poll.close()
    for one in sockets:
        one.close()
    return passed
