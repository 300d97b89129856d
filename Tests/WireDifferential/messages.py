"""Compares the decoder with dnspython on generated messages: what is refused, every record, its text, and back.

usage: messages.py PROGRAM [ARGUMENT...] [--count N] [--seed N]
PROGRAM reads messages in hexadecimal and writes JSON, such as `lapwing decode`.
"""
import argparse
import json
import random
import re
import subprocess
import sys

import dns.flags
import dns.message
import dns.opcode
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from generate import message

# Where the two may differ, and why:
# - Type numbers that the IANA registry names but dnspython does not are compared by their number.
# - The error of TSIG has 16 bits; dnspython takes only values of 12 (RFC 8945 section 4.2 has no such limit).
# - Updates: dnspython drops the class of deletions, so only refusals are compared.
# - TKEY, TSIG, NID and L64 are printed as dig prints them; dnspython has a form of its own.
NAMES = {"EID": 31, "NIMLOC": 32, "ATMA": 34, "SINK": 40, "RKEY": 57, "TALINK": 58, "DOA": 259, "UINFO": 100,
         "UID": 101, "GID": 102}


def reference(wire):
    """What dnspython makes of a message: its records in order, or why it refuses."""
    try:
        parsed = dns.message.from_wire(wire, keyring=False, one_rr_per_rrset=True)
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
    return parsed, None


def same_data(recordClass, kind, ours, theirs):
    """Whether our text means the same data: read it back with dnspython, or compare it without case and blanks."""
    ours = re.sub(r"(?<!\S)(%s)(?!\S)" % "|".join(NAMES), lambda found: f"TYPE{NAMES[found[0]]}", ours)
    for word, other in (("NSEC3DSA", "DSANSEC3SHA1"), ("NSEC3RSASHA1", "RSASHA1NSEC3SHA1")):
        ours = ours.replace(f" {word} ", f" {other} ")
    plain = lambda text: "".join(text.lower().split())
    if plain(ours) == plain(theirs.to_text()):
        return True
    try:
        if dns.rdata.from_text(recordClass, kind, ours) == theirs:
            return True
    except Exception:
        pass
    # dig writes node identifiers without leading zeros; dnspython reads them only with.
    if kind in (dns.rdatatype.NID, dns.rdatatype.L64):
        preference, groups = ours.split(" ")
        padded = preference + " " + ":".join(group.zfill(4) for group in groups.split(":"))
        return padded == theirs.to_text()
    if kind == dns.rdatatype.LOC:
        return theirs.to_text().replace(".00m", "m") in (ours, ours.replace(".00m", "m"), short_location(ours))
    if kind in (dns.rdatatype.TKEY, dns.rdatatype.TSIG):
        return True
    return False


def short_location(text):
    """A location without the sizes that dnspython leaves out."""
    return text.removesuffix(" 1m 10000m 10m").replace(".00m", "m")


def records(parsed):
    for section in (parsed.answer, parsed.authority, parsed.additional):
        yield [(rrset, rdata) for rrset in section for rdata in rrset]


def compare(wire, ours):
    parsed, refusal = reference(wire)
    if ours["ok"] and refusal and "rcode must be an int" in refusal:
        return None
    if ours["ok"] != (parsed is not None):
        return f"refusal: ours {ours.get('error')}, theirs {refusal}"
    if not ours["ok"]:
        offset = ours["error"]["offset"]
        return None if 0 <= offset <= len(wire) else f"offset {offset} outside of the message"
    if parsed.id != ours["id"]:
        return "id"
    if dns.flags.to_text(parsed.flags & 0x87B0).lower().split() != ours["flags"]:
        return f"flags {dns.flags.to_text(parsed.flags)} {ours['flags']}"
    opcode = dns.opcode.to_text(parsed.opcode())
    if opcode != ours["opcode"]:
        return f"opcode {opcode} {ours['opcode']}"
    if parsed.opcode() == dns.opcode.UPDATE:
        return None
    questions = [(q.name.to_text(), dns.rdatatype.to_text(q.rdtype), dns.rdataclass.to_text(q.rdclass))
                 for q in parsed.question]
    if questions != [(q["name"], NAMES.get(q["type"]) and f"TYPE{NAMES[q['type']]}" or q["type"], q["class"]) for q in ours["question"]]:
        return f"question {questions} {ours['question']}"
    rcode = dns.rcode.to_text(parsed.rcode())
    if rcode != ours["rcode"]:
        return f"rcode {rcode} {ours['rcode']}"
    if (parsed.opt is not None) != (ours["edns"] is not None):
        return "edns"
    if ours["edns"]:
        edns = ours["edns"]
        if (parsed.edns, parsed.payload, bool(parsed.ednsflags & 0x8000)) != (
                edns["version"], edns["udp"], edns["do"]):
            return "edns header"
        theirs = [(int(option.otype), option.to_wire().hex()) for option in parsed.options]
        mine = [(option["code"], option["data"]) for option in edns["options"]]
        # dnspython forgets a zero byte at the end of an extended error's text.
        strip = lambda items: [(code, data[:-2] if code == 15 and data.endswith("00") and len(data) > 4 else data)
                               for code, data in items]
        if strip(theirs) != strip(mine):
            return f"options {theirs} {mine}"
    for section, theirs in zip(("answer", "authority", "additional"), records(parsed)):
        mine = [record for record in ours[section] if record["type"] != "TSIG"]
        if len(mine) != len(theirs):
            return f"{section}: {len(mine)} records, {len(theirs)} there"
        for record, (rrset, rdata) in zip(mine, theirs):
            head = (rrset.name.to_text(), dns.rdatatype.to_text(rrset.rdtype), dns.rdataclass.to_text(rrset.rdclass),
                    rrset.ttl)
            kind = record["type"] if record["type"] not in NAMES else f"TYPE{NAMES[record['type']]}"
            if head != (record["name"], kind, record["class"], record["ttl"]):
                return f"{section}: {head} {record}"
            if not same_data(rrset.rdclass, rrset.rdtype, record["data"], rdata):
                return f"{section} data: {record['type']}\n  ours   {record['data']}\n  theirs {rdata.to_text()}"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", nargs="+")
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    # Loaded one by one, dnspython remembers a type of class ANY as opaque for all classes.
    dns.rdata.load_all_types()
    r = random.Random(options.seed)
    differences, accepted, done = 0, 0, 0
    while done < options.count:
        batch = [message(r) for _ in range(min(5000, options.count - done))]
        text = "".join(wire.hex() + "\n" for wire in batch)
        result = subprocess.run(options.program, input=text.encode(), capture_output=True)
        answers = result.stdout.decode().splitlines()
        if result.returncode or len(answers) != len(batch):
            sys.exit(f"the program ended with {result.returncode} after {len(answers)} of {len(batch)}: "
                     f"{batch[min(len(answers), len(batch) - 1)].hex()}\n{result.stderr.decode()[-2000:]}")
        for wire, answer in zip(batch, answers):
            ours = json.loads(answer)
            accepted += ours["ok"]
            difference = compare(wire, ours)
            if difference:
                differences += 1
                if differences <= options.show:
                    print(f"{wire.hex()}\n  {difference[:1500]}")
        done += len(batch)
    print(f"{done} messages, {accepted} accepted by both, {differences} differences")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
