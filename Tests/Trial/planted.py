#!/usr/bin/env python3
"""Plants faults in a copy of the program, and counts the seeds until the trial finds each of them.

A trial that finds nothing proves little as long as nobody knows what it would have found. `Tests/Trial/planted.py [NAME...]`
builds a copy of the tree once, with all faults in it, and switches them on one after the other. `--seeds N` says how many
seeds each of them is given, `--fit` only checks that each fault still has its place in the sources. A built tree
(`make build`) makes it faster.

In the text of a fault `PLANTED` is what switches it on. Where two faults touch the same line, the later one finds the line
as the earlier one has left it.
"""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Name, file, then what stands there and what is planted, once or more often. A fault of two files has two entries.
FAULTS = [
    # The store.
    # One of the two alone does no harm: what is synced later takes what was written before it along.
    ("told-before-it-is-on-the-disk", "LapwingStore/Outbox/Store+outbox.swift",
     "let next = try persist(under: .desk) { database in",
     "let next = try persist(durably: !PLANTED, under: .desk) { database in"),
    ("told-before-it-is-on-the-disk", "LapwingStore/History/Store+rounds.swift",
     "return try persist(durably: somethingHappened,",
     "return try persist(durably: somethingHappened && !PLANTED,"),
    ("what-was-told-from-memory-is-forgotten", "LapwingStore/Upkeep/Store+spare.swift",
     "FROM incident_event JOIN adopted ON event = id WHERE spoken IS NOT NULL\"",
     "FROM incident_event JOIN adopted ON event = id WHERE spoken IS \\(PLANTED ? \"\" : \"NOT\") NULL\""),
    ("notices-in-the-order-of-the-clock", "LapwingStore/Outbox/Store+outbox.swift",
     "WHERE place <= ? ORDER BY place_of_all",
     "WHERE place <= ? ORDER BY \\(PLANTED ? \"created, place_of_all DESC\" : \"place_of_all\")"),
    ("spoken-of-before-the-outbox", "LapwingStore/Outbox/Store+outbox.swift",
     "            for notice in speech.notices {\n                try database.execute(",
     "            if PLANTED { late = speech.notices }\n"
     "            for notice in PLANTED ? [] : speech.notices {\n                try database.execute(",
     "            unread = []", "            unread = []\n            late = []",
     "        var unread: [(", "        var late: [Notice] = []\n        var unread: [(",
     "        for fault in unread { setAside(\"incident_event\"",
     "        if PLANTED {\n            _ = try persist(under: .desk) { database in\n                for notice in late {\n"
     "                    try database.execute(\"INSERT INTO notice (id, channel, incident, created, document, next_try)"
     " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING\", [notice.id, notice.channel, notice.incident, now, Self.encode(notice), now])\n"
     "                }\n            }\n        }\n        for fault in unread { setAside(\"incident_event\""),
    ("journal-without-check-ups", "LapwingStore/People/Store+requests.swift",
     "            try Self.insert(act, database)", "            if !PLANTED || kind != .check { try Self.insert(act, database) }"),
    ("journal-without-acknowledgements", "LapwingStore/People/Store+acknowledgements.swift",
     "                try Self.insert(\n                    Act(\n                        at: acknowledgement.at",
     "                if !PLANTED { try Self.insert(\n                    Act(\n                        at: acknowledgement.at",
     "after: \"by \\(acknowledgement.person) until \\(acknowledgement.until)\"), database)",
     "after: \"by \\(acknowledgement.person) until \\(acknowledgement.until)\"), database) }"),
    # The deliverer.
    ("lost-wake-up", "LapwingEngine/Delivery/Deliverer.swift",
     "passedOver < Engine.longestUnread, nextDue.map({ now < $0 }) ?? true { return [] }",
     "PLANTED || (passedOver < Engine.longestUnread && nextDue.map({ now < $0 }) ?? true) { return [] }"),
    ("silence-without-its-class", "LapwingCore/Notify/Acts/Silence.swift",
     "self.incidentClass.map({ $0 == incidentClass }) ?? true, ",
     "PLANTED || self.incidentClass.map({ $0 == incidentClass }) ?? true, "),
    ("silence-without-its-end", "LapwingCore/Notify/Acts/Silence.swift",
     "guard from <= moment, moment < to, ", "guard from <= moment, PLANTED || moment < to, "),
    ("silence-without-its-end", "LapwingStore/People/Store+silences.swift",
     "WHERE ended > ? ORDER BY id", "WHERE ended > \\(PLANTED ? \"0 * \" : \"\")? ORDER BY id",
     "}.filter { $0.to > now }", "}.filter { PLANTED || $0.to > now }"),
    ("receipt-not-written", "LapwingEngine/Delivery/Deliverer.swift",
     "try store.finish(notice: id, receipt: text, at: now)\n",
     "if !PLANTED { try store.finish(notice: id, receipt: text, at: now) }\n"),
    ("receipt-for-a-failed-send", "LapwingEngine/Delivery/Deliverer.swift",
     "if !Task.isCancelled { note(receipt, of: entry, over: channel) }\n                return",
     "if !Task.isCancelled { note(PLANTED ? .delivered(\"200\") : receipt, of: entry, over: channel) }\n                return"),
    ("receipt-before-the-send", "LapwingEngine/Delivery/Deliverer.swift",
     "            let receipt = await courier(notice, channel)",
     "            if PLANTED { try? store.finish(notice: entry.notice.id, receipt: \"200\", at: clock.now()) }\n"
     "            let receipt = await courier(notice, channel)"),
    ("next-before-the-first", "LapwingEngine/Delivery/Deliverer.swift",
     "                return\n            case .divided(let division) where entry.notice.recipients != nil:",
     "                if PLANTED { continue }\n                return\n            case .divided(let division) where entry.notice.recipients != nil:"),
    ("end-not-for-lists", "LapwingCore/Notify/Speaking/Speaker.swift",
     "notice.isSettled != true || keepsWhatIsOpen(notice.channel)",
     "notice.isSettled != true || (!PLANTED && keepsWhatIsOpen(notice.channel))"),
    # The engine and what it learns.
    ("acceptance-overwritten", "LapwingCore/Turn/DomainTurn.swift",
     "isSteppedIn = isUnderWay", "isSteppedIn = isUnderWay && !PLANTED"),
    ("rounds-by-the-wall-clock", "LapwingEngine/Turns/Engine.swift",
     "        let now = parts.clock.steady()\n", "        let now = PLANTED ? parts.clock.now() : parts.clock.steady()\n"),
    ("blind-rounds-are-judged", "LapwingCore/Flow.swift",
     "        guard !picture.isBlind else { return outcome }\n", "        guard PLANTED || !picture.isBlind else { return outcome }\n"),
    # From the engine to the wire.
    ("answer-to-another-question", "DNSClient/Datagram/QuestionCheck.swift",
     "guard !exactCase, index < questionEnd - 4, folded(left) == folded(right) else",
     "guard !exactCase, index < questionEnd - 4, PLANTED || folded(left) == folded(right) else"),
    ("address-that-outlives-its-time", "LapwingProbes/Rounds/ServerLocator.swift",
     "package static let keepsFor: Int64 = 300", "package static let keepsFor: Int64 = PLANTED ? 86_400 : 300"),
    ("timeout-taken-for-no-data", "LapwingProbes/Resolution/ResolutionDriver+client.swift",
     "            case .failure(.timeout): return .timeout",
     "            case .failure(.timeout) where PLANTED:\n"
     "                var empty = Message.query(query.name, query.type, id: 0, recursionDesired: false, edns: nil)\n"
     "                empty.flags = [.isResponse, .authoritative]\n                return .message(empty)\n"
     "            case .failure(.timeout): return .timeout"),
    ("one-try-for-each-question", "DNSClient/Exchange/Exchange.swift",
     "guard losses < plan.attempts, now", "guard losses < (PLANTED ? 1 : plan.attempts), now"),
    ("addresses-of-one-another", "LapwingProbes/Rounds/RoundDriver.swift",
     "let found = await Self.all(hosts) { ($0, await means.locate($0)) }",
     "var found = await Self.all(hosts) { ($0, await means.locate($0)) }\n"
     "            if PLANTED { found = Array(zip(hosts.reversed(), found.map(\\.1))) }"),
    # Page, API and metrics.
    ("closed-counts-as-open", "lapwing/Daemon/Web/LiveFigures+engine.swift",
     "learntAt: report.learntAt, open: report.open,",
     "learntAt: report.learntAt,\n            open: report.open + (PLANTED ? Array(report.open.suffix(1)) : []),"),
    ("unseen-is-called-well", "LapwingCore/Incident/DomainCondition.swift",
     "        case _ where !isSeen: self = .learning\n", "        case _ where !isSeen && !PLANTED: self = .learning\n"),
    ("board-that-does-not-follow", "LapwingWeb/Pages/BoardIndex.swift",
     "if content.take(changed) { content.sort(at: now) }", "if content.take(changed), !PLANTED { content.sort(at: now) }"),
    ("role-not-asked", "LapwingCore/Watch/Rights.swift", "guard role >= demand.role else", "guard PLANTED || role >= demand.role else"),
    ("tag-not-asked", "LapwingWeb/Sources/SeenStore.swift",
     "        guard let scope else { return filter }\n        var filter = filter",
     "        guard let scope, !(PLANTED && filter.state == .open) else { return filter }\n        var filter = filter"),
]

NAMES = list(dict.fromkeys(name for name, *_ in FAULTS))

# What the copy has in each module in which something is planted.
SWITCH = """import Foundation

/// The number of the fault that is switched on.
let plantedFault = ProcessInfo.processInfo.environment["LAPWING_PLANTED_FAULT"].flatMap { Int($0) } ?? 0
"""


def planted(tree):
    """The changed files with their text, and why what could not be planted could not."""
    texts, faults = {}, []
    for name, file, *edits in FAULTS:
        number = NAMES.index(name) + 1
        text = texts.get(file) or (tree / "Sources" / file).read_text()
        for old, new in zip(edits[::2], edits[1::2]):
            if text.count(old) != 1:
                faults.append(f"{name}: {file} has {text.count(old)} times: {old}")
            text = text.replace(old, new.replace("PLANTED", f"(plantedFault == {number})"))
        texts[file] = text
    return texts, faults


def build(tree):
    texts, faults = planted(tree)
    if faults:
        sys.exit("\n".join(faults))
    for file, text in texts.items():
        (tree / "Sources" / file).write_text(text)
    # The trial has some files of the program itself, by links.
    for folder in {f"Sources/{file.split('/')[0]}" for file in texts} | {"Tests/Trial/World"}:
        (tree / folder / "PlantedFault.swift").write_text(SWITCH)
    done = subprocess.run(
        ["swift", "build", "-c", "release", "--product", "lapwing-trial"], cwd=tree, capture_output=True, text=True)
    if done.returncode:
        sys.exit("\n".join(line for line in (done.stdout + done.stderr).splitlines() if "error" in line)[-4000:])


def play(program, number, seed):
    """Whether the trial holds, and its last line."""
    environment = os.environ | {"LAPWING_PLANTED_FAULT": str(number)}
    try:
        done = subprocess.run([program, str(seed)], capture_output=True, text=True, timeout=900, env=environment)
    except subprocess.TimeoutExpired:
        return False, "does not end"
    return done.returncode == 0, (done.stdout.strip().splitlines() or ["?"])[-1]


def found(program, number, seeds):
    began = time.monotonic()
    for seed in range(1, seeds + 1):
        holds, text = play(program, number, seed)
        if not holds:
            return f"seed {seed}, {time.monotonic() - began:.0f} s: {text[:200]}"
    return None


def run(tree, names, seeds):
    if not os.environ.get("LAPWING_PLANTED_IS_BUILT"):
        build(tree)
    program = tree / ".build/release/lapwing-trial"
    wanted = [(number, name) for number, name in enumerate(NAMES, 1) if not names or name in names]
    missed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        # Without a fault it must hold, or what is found says nothing.
        for seed, (holds, text) in zip(range(1, 4), pool.map(lambda seed: play(program, 0, seed), range(1, 4))):
            if not holds:
                print(f"without a fault: seed {seed}: {text}", flush=True)
                missed += 1
        for (_, name), words in zip(wanted, pool.map(lambda one: found(program, one[0], seeds), wanted)):
            print(f"{name}: {words or f'NOT FOUND in {seeds} seeds'}", flush=True)
            missed += words is None
    print(f"{len(wanted) - missed} passed, {missed} failed")
    return 1 if missed else 0


parser = argparse.ArgumentParser()
parser.add_argument("names", nargs="*", metavar="NAME")
parser.add_argument("--seeds", type=int, default=40)
parser.add_argument("--fit", action="store_true")
options = parser.parse_args()
if options.fit:
    unfit = planted(ROOT)[1]
    print("\n".join(unfit))
    sys.exit(1 if unfit else 0)
if os.environ.get("LAPWING_PLANTED"):
    sys.exit(run(ROOT, options.names, options.seeds))
# The copy stands where the tree does, so that nothing but what the faults touch is built anew.
with tempfile.TemporaryDirectory() as folder:
    copy = pathlib.Path(os.environ.get("LAPWING_PLANTED_TREE") or f"{folder}/tree")
    if not copy.exists():
        subprocess.run(["cp", "-a", str(ROOT), str(copy)], check=True)
    command = f"mount --bind {copy} {ROOT} && cd {ROOT} && exec Tests/Trial/planted.py \"$@\""
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", command, "planted", *sys.argv[1:]],
        env=os.environ | {"LAPWING_PLANTED": "1", "TMPDIR": folder})
sys.exit(done.returncode)
