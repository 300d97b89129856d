#!/usr/bin/env python3
"""What a script of dnspython costs for the questions that a round of the daemon asks, in the world of `scale.py`.

    script/python Benchmarks/check_script.py [DOMAINS]

Nine types at the apex and six at www at three resolvers, three times those of which the daemon asks every cache (A, AAAA
and MX), and the parent's SOA; the same types and DNSKEY, but not DS, at two name servers; NS, DS, SOA and DNSKEY at the
parent: one after the other, answers parsed and their records sorted and compared with the last ones, as simple scripts
do it.
"""

import os
import subprocess
import sys
import tempfile
import time

import dns.message
import dns.query

HERE = os.path.dirname(os.path.realpath(__file__))
APEX = ["A", "AAAA", "MX", "NS", "TXT", "CAA", "SOA", "DS", "CNAME"]
WWW = ["A", "AAAA", "MX", "TXT", "CAA", "CNAME"]
SERVERS = ["127.0.0.2", "127.0.0.3"]
RESOLVERS = ["127.0.0.53", "127.0.0.54", "127.0.0.55"]


def ask(server, name, kind):
    reply = dns.query.udp(dns.message.make_query(name, kind, use_edns=True), server, timeout=2)
    return sorted(rdata.to_text() for rrset in reply.answer for rdata in rrset)


def measure(domains):
    """CPU seconds and number of questions of a check of each domain."""
    known, count, began = {}, 0, time.process_time()
    for number in range(domains):
        domain = f"d{number}.test"
        names = [(domain, kind) for kind in APEX] + [("www." + domain, kind) for kind in WWW]
        steady = [name for name in names if name[1] in ("A", "AAAA", "MX")]
        owned = [name for name in names if name[1] != "DS"] + [(domain, "DNSKEY")]
        above = [(domain, "NS"), (domain, "DS"), ("test", "SOA"), ("test", "DNSKEY")]
        questions = [(server, *name) for server in RESOLVERS for name in names + 2 * steady + [("test", "SOA")]]
        questions += [(server, *name) for server in SERVERS for name in owned]
        for question in questions + [("127.0.0.1", *name) for name in above]:
            said = ask(*question)
            if known.setdefault(question, said) != said:
                print("changed:", *question)
            count += 1
    return time.process_time() - began, count


def main():
    domains = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    if os.environ.get("LAPWING_SCALE") is None:
        os.environ["LAPWING_SCALE"] = "inside"
        os.execvp("unshare", ["unshare", "-rn", sys.executable, *sys.argv])
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with tempfile.TemporaryDirectory(prefix="lapwing-script-") as folder:
        world = os.path.join(folder, "world")
        subprocess.run(["cc", "-O2", "-o", world, os.path.join(HERE, "world.c")], check=True)
        responder = subprocess.Popen([world])
        time.sleep(0.3)
        used, count = measure(domains)
        responder.kill()
    print(f"{used / count * 1e6:.0f} µs of CPU a question, {count / domains:.0f} questions and "
          f"{used / domains * 1000:.1f} ms a check")


main()
