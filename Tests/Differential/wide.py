#!/usr/bin/env python3
"""The wide comparison with the real blackbox_exporter: cases of every kind by chance, from a seed.

Wants a network namespace and /etc/hosts of its own: `Tests/Differential/wide` sees to that.
Exit 0 if both agree in all cases, 1 with the differences listed.
"""

import argparse
import collections
import json
import os
import random
import re
import socket
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cases  # noqa: E402
import files  # noqa: E402
from blackbox import Pair  # noqa: E402
from servers import Names, Resolver, Secure  # noqa: E402
from versions import alike, file_reason, head_text  # noqa: E402

SHARES = {"record": 0.38, "rcode": 0.08, "transport": 0.09, "query": 0.04, "target": 0.12, "timeout": 0.08, "http": 0.08, "tls": 0.05, "file": 0.08}


def ask(port, case, own):
    """The answer to one request, sent as bytes, since some of them are none that a library would send."""
    lines = ["%s %s HTTP/1.1" % (case.method, case.request(own)), "Host: 127.0.0.1:%d" % port, "Connection: close", "Content-Length: 0"]
    lines += ["%s: %s" % pair for pair in case.headers.items()]
    try:
        with socket.create_connection(("127.0.0.1", port), 10) as stream:
            stream.settimeout(150)
            stream.sendall("\r\n".join(lines + ["", ""]).encode("utf-8", "surrogateescape"))
            data = b""
            while more := stream.recv(65536):
                data += more
    except OSError as error:
        return str(error), None, ""
    head, _, body = data.partition(b"\r\n\r\n")
    words = head.split(b"\r\n")
    status = words[0].split(b" ")[1].decode() if words[0].count(b" ") else "no answer"
    headers = {key.strip().lower(): value.strip() for key, _, value in (word.partition(b":") for word in words[1:])}
    if headers.get(b"transfer-encoding") == b"chunked":
        body = unchunked(body)
    return status, headers.get(b"content-type", b"").decode() or None, body.decode("utf-8", "replace")


def unchunked(body):
    text = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        count = int(size or b"0", 16)
        if not count:
            break
        text, body = text + body[:count], body[count + 2 :]
    return text


def drawn(options, kind, index, secure):
    """The case of a kind with a number; the same for the same seed, however many others there are."""
    label = "%s%d" % (kind, index)
    r = random.Random("%s %s" % (options.seed, label))
    if kind == "tls":
        return cases.tls(r, label, secure.ports, secure.folder)
    return cases.KINDS[kind](r, label)


def probes(pair, book, options, report, kinds, names):
    modules = {case.label: case.module for case in book if case.module}
    modules.update(EXTRA)
    names.scripts = {case.label: case.script for case in book if case.script}
    names.scripts["ok"] = cases.Reply(counts=(1, 0, 0), body=b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc0\0\2\1")
    pair.write(json.dumps({"modules": modules}))
    reload = cases.Case("file", "all", path="/-/reload", method="POST", headers={})
    loaded = [ask(port, reload, 0) for port in pair.ports]
    if any(answer[0] != "200" for answer in loaded):
        sys.exit("generated modules do not load: %s" % loaded)

    def one(case):
        return case, [ask(port, case, names.port) for port in pair.ports]

    with ThreadPoolExecutor(options.jobs) as pool:
        for case, (theirs, ours) in pool.map(one, book):
            kinds[case.kind] += 1
            theirs, ours = head_text(theirs), head_text(ours)
            report(case.kind, case.label, case, theirs, ours)
            if case.script and theirs == ours:
                asked = names.queries.get(case.label, [])
                forms = collections.Counter(asked)
                if any(count % 2 for count in forms.values()):
                    report(case.kind, case.label, "queries of %s" % case, "the same", sorted(forms.items()))


EXTRA = {"ok": {"prober": "dns", "timeout": "700ms", "dns": {"query_name": "ok.test", "query_type": "A", "preferred_ip_protocol": "ip4"}},
         "tcp": {"prober": "tcp"}, "with blank": {"prober": "dns", "timeout": "1s", "dns": {"query_name": "ok.x", "query_type": "A"}}, "Üml": {"prober": "dns", "dns": {"query_name": "ok.y"}}}


def check_files(pair, options, count, report, kinds):
    for index in range(count):
        label = "file%d" % index
        if options.only and label not in options.only:
            continue
        kinds["file"] += 1
        text = files.draw("%s %s" % (options.seed, label))
        with open(pair.file, "w", newline="", errors="surrogateescape") as out:
            out.write(text)
        reload = cases.Case("file", label, path="/-/reload", method="POST", headers={})
        theirs, ours = [ask(port, reload, 0) for port in pair.ports]
        if theirs[0] == ours[0] == "200" and files.isPrintedAlike(text):
            config = cases.Case("file", label, path="/config", headers={})
            report("file", label, "/config of %r" % text, *[ask(port, config, 0) for port in pair.ports])
        elif theirs[0] != ours[0] and not file_reason(text, theirs, ours):
            report("file", label, repr(text), theirs, ours)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lapwing", default=".build/release/lapwing")
    parser.add_argument("--subject")
    parser.add_argument("--cases", type=int, default=10000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=8)
    parser.add_argument("--show", type=int, default=40, help="how many differences are shown in full")
    parser.add_argument("--only", action="append", help="a case by its label, as record17; also a kind")
    options = parser.parse_args()
    faults, kinds = collections.Counter(), collections.Counter()

    def report(kind, label, what, theirs, ours):
        if alike(theirs, ours):
            return
        faults[kind] += 1
        if sum(faults.values()) <= options.show:
            print("DIFFERS %s %s" % (label, what))
            print(difference(theirs, ours))

    with tempfile.TemporaryDirectory() as folder:
        Resolver()
        names, secure = Names(), Secure(folder)
        pair = Pair(options, folder)
        try:
            book = []
            for kind, share in SHARES.items():
                count = max(1, round(options.cases * share))
                if options.only and not any(word.startswith(kind) for word in options.only):
                    continue
                wanted = [word for word in options.only or [] if word.startswith(kind) and word != kind]
                if kind == "file":
                    continue
                numbers = [int(word[len(kind) :]) for word in wanted] or range(count)
                book += [drawn(options, kind, number, secure) for number in numbers]
            began = time.time()
            if book:
                probes(pair, book, options, report, kinds, names)
            if not options.only or any(word.startswith("file") for word in options.only):
                if "file" in (options.only or []):
                    options.only = None
                check_files(pair, options, round(options.cases * SHARES["file"]) if not options.only else 10000, report, kinds)
        finally:
            pair.stop()
    print("%s in %.0f s" % (", ".join("%s %d" % pair for pair in sorted(kinds.items())), time.time() - began))
    if faults:
        print("differences: " + ", ".join("%s %d" % pair for pair in faults.most_common()))
    print("%d comparisons, %d differences" % (sum(kinds.values()), sum(faults.values())))
    sys.exit(1 if faults else 0)


def difference(theirs, ours):
    if not (isinstance(theirs, tuple) and isinstance(ours, tuple)):
        return "  exporter: %s\n  lapwing:  %s" % (theirs, ours)
    text = [] if theirs[:2] == ours[:2] else ["  exporter: %s\n  lapwing:  %s" % (theirs[:2], ours[:2])]
    left, right = theirs[2].split("\n"), ours[2].split("\n")
    import difflib
    text += ["  " + line[:1500] for line in difflib.unified_diff(left, right, "exporter", "lapwing", lineterm="", n=0) if not line.startswith("@@")]
    return "\n".join(text)


if __name__ == "__main__":
    main()
