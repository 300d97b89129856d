"""`lapwing resolve` beside two other validators, Unbound and delv, on every name of the lab and its faulty zones."""

import collections
import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import dns.flags
import dns.message
import dns.query
import dns.rcode

from harness import LAB, ROOT, case, expect, lapwing, main

from internet import world, zoo

# Where Unbound and delv do not agree with each other, and what ours rests on.
OPT_OUT = "RFC 5155 section 9.2: what an opt-out span denies is not authenticated, so not secure"
EXPLAINED = [
    (r"second-signature", "RFC 4035 section 5.3.3: one good signature is enough; BIND gives up after a bad one"),
    (r"^dangling\.iterations-(151|500)\.", "RFC 9276 section 3.2: a denial by that many iterations is not believed; delv "
                                           "gives the verdict on the alias"),
    (r"^out\.unsigned\.", "RFC 4035 section 3.2.3: an answer is as secure as its least secure set; delv gives the last one's"),
    (r"^www\.sub\.bad-(expired|stripped)-soa\.", "RFC 4035 section 5.4: the NSEC denies the DS; the SOA beside it proves "
                                                "nothing, BIND wants it signed all the same"),
]


def healthy():
    asked = []
    for zone in world.domains():
        owners = {(record[0], record[2]) for record in zone.records}
        asked += [(owner, kind) for owner, kind in sorted(owners) if not owner.startswith("*") and "\\" not in owner]
        asked += [(zone.origin, "SOA"), (zone.origin, "NS"), (zone.origin, "DS"), (zone.origin, "DNSKEY"),
                  ("nothing-here." + zone.origin, "A"), (zone.origin, "LOC")]
    asked += [("x.wild.dogwood.com.", "A"), ("x.y.wild.dogwood.com.", "TXT"), ("x.wild.dogwood.com.", "MX"),
              ("x.wild.elm.co.uk.", "A"), ("a.old.dogwood.com.", "A"), ("b.old.dogwood.com.", "A"),
              ("below.here.dogwood.com.", "A"), ("any.customers.cedar.net.", "A"), ("nothing.example.", "A"),
              ("com.", "NS"), (".", "NS"), (".", "DNSKEY"), ("ns1.northdns.com.", "A"), ("a.root-servers.net.", "A")]
    return asked


def ours(question):
    name, kind = question
    done = lapwing("resolve", name, kind, "--json", *ROOT, timeout=30)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return "failed", done.stderr[-200:], frozenset(), None
    expected = {"secure": 0, "insecure": 0, "bogus": 2, "indeterminate": 3}[answer["dnssec"]]
    if done.returncode != expected:
        return "failed", f"status {done.returncode} with {answer['dnssec']}", frozenset(), None
    return answer["dnssec"], answer["rcode"], content(answer["answer"]), answer["reason"]


def content(records):
    return frozenset((r["name"].lower(), r["type"]) for r in records if r["type"] != "RRSIG")


def unbound(question):
    """Verdict, response code and what is in the answer, from the resolver at 8.8.8.8."""
    name, kind = question
    asked = dns.message.make_query(name, kind, want_dnssec=True)
    asked.flags |= dns.flags.AD
    answer = dns.query.udp_with_fallback(asked, "8.8.8.8", timeout=20)[0]
    code = dns.rcode.to_text(answer.rcode())
    found = frozenset((str(rrset.name).lower(), dns.rdatatype.to_text(rrset.rdtype))
                      for rrset in answer.answer for _ in rrset if rrset.rdtype != dns.rdatatype.RRSIG)
    if code == "SERVFAIL":
        return "bogus", code, found
    return "secure" if answer.flags & dns.flags.AD else "insecure", code, found


def delv(question):
    name, kind = question
    done = subprocess.run(
        ["delv", "@1.1.1.1", "-a", os.path.join(LAB, "bind.keys"), "+root=.", name, kind],
        capture_output=True, text=True, timeout=30)
    said = done.stdout + done.stderr
    if "fully validated" in said:
        return "secure"
    if "unsigned answer" in said or "negative response, unsigned" in said:
        return "insecure"
    if "resolution failed" in said or "broken trust chain" in said:
        return "bogus"
    return said.strip()[-80:]


def explanation(question, why):
    if why and why["code"] == "nsec3-opt-out":
        return OPT_OUT
    return next((reason for pattern, reason in EXPLAINED if re.search(pattern, question[0])), None)


def compare(questions, title):
    with ThreadPoolExecutor(2) as pool:
        mine = list(pool.map(ours, questions))
        first = list(pool.map(unbound, questions))
        second = list(pool.map(delv, questions))
    table, reasons, wrong = collections.OrderedDict(), collections.Counter(), []
    for question, our, theirs, other in zip(questions, mine, first, second):
        row = table.setdefault(".".join(question[0].split(".")[-3:]), collections.Counter())
        row[our[0]] += 1
        agrees = our[0] == theirs[0] and our[1] == theirs[1] and (our[0] == "bogus" or our[2] == theirs[2])
        if our[0] != other:
            # A busy machine makes delv give up at times.
            other = delv(question)
        if agrees and our[0] == other:
            continue
        row["explained" if agrees and explanation(question, our[3]) else "DIFFERENT"] += 1
        if agrees and explanation(question, our[3]):
            reasons[explanation(question, our[3])] += 1
        else:
            wrong.append(f"{' '.join(question)}: ours {our[0]} {our[1]} {our[3]}, Unbound {theirs[0]} {theirs[1]}, "
                         f"delv {other}" + ("" if our[2] == theirs[2] else f" answers {our[2] ^ theirs[2]}"))
    print(f"        {title}: {len(questions)} questions in {len(table)} zones")
    for zone, row in table.items():
        print(f"        {zone:30} " + ", ".join(f"{count} {word}" for word, count in sorted(row.items())))
    for reason, count in reasons.items():
        print(f"        {count} times delv alone differs. {reason}")
    expect(not wrong, f"{len(wrong)} of {len(questions)} differ\n" + "\n".join(wrong[:60]))


@case
def verdicts_on_the_healthy_world():
    compare(healthy(), "healthy zones")


@case
def verdicts_on_every_algorithm_and_fault():
    compare(zoo.questions(), "algorithms, denials and faults")


main()
