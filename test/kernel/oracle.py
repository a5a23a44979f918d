"""The Linux kernel as oracle: one network a line (JSON, test/kernel/plan.ts) on stdin, one answer a line on stdout.

In:  {"vpcs": [...], "probes": [...], "patience": seconds}
Out: {"passed": [true, false, ...]}, for each probe whether it was answered, or {"error": "..."}
Prints {"ready": true} when the namespaces stand. Root only; everything happens in namespaces of its own.
"""

import json
import sys
import traceback

import probes
import ruleset
from testbed import Testbed

ZONES = 65535


def judge(testbed, line, number):
    try:
        network = json.loads(line)
        ruleset.load(testbed, network, number % ZONES + 1)
        return {"passed": probes.fire(testbed, network["probes"], network["patience"])}
    except Exception:
        return {"error": traceback.format_exc()}


def main():
    testbed = Testbed()
    print(json.dumps({"ready": True}), flush=True)
    for number, line in enumerate(sys.stdin):
        print(json.dumps(judge(testbed, line, number)), flush=True)


main()
