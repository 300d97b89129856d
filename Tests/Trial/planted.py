#!/usr/bin/env python3
"""Plants one fault after the other in a copy of the program, and counts the seeds until the trial finds it.

A trial that finds nothing proves little as long as nobody knows what it would have found. `Tests/Trial/planted.py [NAME...]`
takes about two minutes of building for each fault; it needs a built tree (`make build`). Another way to build, and where the
program is then, may be said in LAPWING_PLANTED_BUILD and LAPWING_PLANTED_PROGRAM. `--fit` plants nothing: it checks that
each fault still has its place in the sources.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEEDS = 40

# Name, file, then what stands there and what is planted, once or more often.
FAULTS = [
    # The store.
    ("notices-not-on-the-disk", "LapwingStore/Outbox/Store+outbox.swift",
     "let next = try persist(under: .desk) { database in", "let next = try persist(durably: false, under: .desk) { database in"),
    ("events-not-on-the-disk", "LapwingStore/History/Store+rounds.swift",
     "return try persist(durably: somethingHappened,", "return try persist(durably: false,"),
    ("what-was-told-from-memory-is-forgotten", "LapwingStore/Upkeep/Store+spare.swift",
     "SELECT spoken, held, tellings, origin FROM incident_event JOIN adopted ON event = id WHERE spoken IS NOT NULL",
     "SELECT spoken, held, tellings, origin FROM incident_event JOIN adopted ON event = id WHERE spoken IS NULL"),
    ("notices-in-the-order-of-the-clock", "LapwingStore/Outbox/Store+outbox.swift",
     "WHERE place <= ? ORDER BY place_of_all", "WHERE place <= ? ORDER BY created, place_of_all DESC"),
    ("spoken-of-before-the-outbox", "LapwingStore/Outbox/Store+outbox.swift",
     "        let next = try persist(under: .desk) { database in\n            unread = []",
     "        let later = Mutex<[Notice]>([])\n        let next = try persist(under: .desk) { database in\n            unread = []",
     "            for notice in speech.notices {\n                try database.execute(", "            later.withLock { $0 = speech.notices }\n            for notice in speech.notices.prefix(0) {\n                try database.execute(",
     "        for fault in unread { setAside",
     "        try persist(under: .desk) { database in\n            for notice in later.withLock({ $0 }) {\n"
     "                try database.execute(\"INSERT INTO notice (id, channel, incident, created, document, next_try)"
     " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING\", [notice.id, notice.channel, notice.incident, now, Self.encode(notice), now])\n"
     "            }\n        }\n        for fault in unread { setAside",
     "import Foundation\n", "import Foundation\nimport Synchronization\n"),
    ("journal-without-check-ups", "LapwingStore/People/Store+requests.swift",
     "            try Self.insert(act, database)", "            if kind != .check { try Self.insert(act, database) }"),
    ("journal-without-acknowledgements", "LapwingStore/People/Store+acknowledgements.swift",
     "                try Self.insert(\n                    Act(\n                        at: acknowledgement.at",
     "                _ = try (\n                    Act(\n                        at: acknowledgement.at"),
    # The deliverer.
    ("lost-wake-up", "LapwingEngine/Delivery/Deliverer.swift",
     "passedOver < Engine.longestUnread, nextDue.map({ now < $0 }) ?? true { return [] }", "passedOver >= 0 { return [] }"),
    ("silence-without-its-class", "LapwingCore/Notify/Acts/Silence.swift",
     "self.incidentClass.map({ $0 == incidentClass }) ?? true, ", ""),
    ("silence-without-its-end", "LapwingCore/Notify/Acts/Silence.swift", "guard from <= moment, moment < to, ", "guard from <= moment, "),
    ("receipt-not-written", "LapwingEngine/Delivery/Deliverer.swift",
     "try store.finish(notice: id, receipt: text, at: now)\n", "_ = text\n"),
    ("receipt-for-a-failed-send", "LapwingEngine/Delivery/Deliverer.swift",
     "if !Task.isCancelled { note(receipt, of: entry, over: channel) }\n                return",
     "if !Task.isCancelled { note(.delivered(\"200\"), of: entry, over: channel) }\n                return"),
    ("receipt-before-the-send", "LapwingEngine/Delivery/Deliverer.swift",
     "            let receipt = await courier(notice, channel)",
     "            try? store.finish(notice: entry.notice.id, receipt: \"200\", at: clock.now())\n            let receipt = await courier(notice, channel)"),
    ("next-before-the-first", "LapwingEngine/Delivery/Deliverer.swift",
     "if !Task.isCancelled { note(receipt, of: entry, over: channel) }\n                return",
     "if !Task.isCancelled { note(receipt, of: entry, over: channel) }\n                continue"),
    ("end-not-for-lists", "LapwingCore/Notify/Speaking/Speaker.swift",
     "notice.isSettled != true || keepsWhatIsOpen(notice.channel)", "notice.isSettled != true"),
    # The engine and what it learns.
    ("acceptance-overwritten", "LapwingEngine/Turns/Engine+turns.swift",
     "var memory = states[watch.domain] ?? hand.memory ??", "var memory = hand.memory ??"),
    ("rounds-by-the-wall-clock", "LapwingEngine/Turns/Engine.swift",
     "        let now = parts.clock.steady()\n", "        let now = parts.clock.now()\n"),
    ("blind-rounds-are-judged", "LapwingCore/Flow.swift", "        guard !picture.isBlind else { return outcome }\n", ""),
    # From the engine to the wire.
    ("answer-to-another-question", "DNSClient/Datagram/QuestionCheck.swift",
     "guard !exactCase, index < questionEnd - 4, folded(left) == folded(right) else", "guard !exactCase, index < questionEnd - 4 else"),
    ("address-that-outlives-its-time", "LapwingProbes/Rounds/ServerLocator.swift",
     "static let keepsFor: Int64 = 300", "static let keepsFor: Int64 = 86_400"),
    ("timeout-taken-for-no-data", "LapwingProbes/Resolution/ResolutionDriver+client.swift",
     "case .failure(.timeout): return .timeout",
     "case .failure(.timeout):\n                var empty = Message.query(query.name, query.type, id: 0, recursionDesired: false, edns: nil)\n"
     "                empty.flags = [.isResponse, .authoritative]\n                return .message(empty)"),
    ("one-try-for-each-question", "DNSClient/Exchange/Exchange.swift",
     "guard losses < plan.attempts, now", "guard losses < 1, now"),
    ("addresses-of-one-another", "LapwingProbes/Rounds/RoundDriver.swift",
     "let found = await Self.all(hosts) { ($0, await means.locate($0)) }",
     "let found = Array(zip(hosts.reversed(), await Self.all(hosts) { await means.locate($0) }))"),
    # Page, API and metrics.
    ("closed-counts-as-open", "lapwing/Daemon/Web/LiveFigures+engine.swift",
     "            checkedAt: report.checkedAt, condition: report.condition, learntAt: report.learntAt, open: report.open,\n",
     "            checkedAt: report.checkedAt, condition: report.condition, learntAt: report.learntAt,\n            open: report.open + report.open.suffix(1),\n"),
    ("unseen-is-called-well", "LapwingCore/Incident/DomainCondition.swift", "        case _ where !isSeen: self = .learning\n", ""),
    ("board-that-does-not-follow", "LapwingWeb/Pages/BoardIndex.swift",
     "if content.take(changed) { content.sort(at: now) }", "_ = content.take(changed)"),
    ("role-not-asked", "LapwingCore/Watch/Rights.swift", "guard role >= demand.role else", "guard role >= .look else"),
    ("tag-not-asked", "LapwingWeb/Sources/SeenStore.swift",
     "        guard let scope else { return filter }\n        var filter = filter", "        guard let scope, filter.state != .open else { return filter }\n        var filter = filter"),
]


def plant(tree, file, edits):
    path = tree / "Sources" / file
    text = changed = path.read_text()
    for old, new in zip(edits[::2], edits[1::2]):
        if changed.count(old) != 1:
            raise LookupError(f"{file}: what is to be replaced stands there {changed.count(old)} times: {old}")
        changed = changed.replace(old, new)
    path.write_text(changed)
    return path, text


def fit():
    """Whether each fault can be planted in the sources as they are; prints those that cannot."""
    missing = 0
    for name, file, *edits in FAULTS:
        text = (ROOT / "Sources" / file).read_text()
        for old, new in zip(edits[::2], edits[1::2]):
            if text.count(old) != 1:
                missing += 1
                print(f"{name}: {file} has {text.count(old)} times: {old}")
            text = text.replace(old, new)
    return 1 if missing else 0


def build(tree):
    command = os.environ.get("LAPWING_PLANTED_BUILD") or "swift build -c release --product lapwing-trial"
    done = subprocess.run(command, shell=True, cwd=tree, capture_output=True, text=True)
    if done.returncode:
        raise LookupError((done.stdout + done.stderr)[-1500:])


def found(tree):
    began = time.monotonic()
    for seed in range(1, SEEDS + 1):
        program = tree / os.environ.get("LAPWING_PLANTED_PROGRAM", ".build/release/lapwing-trial")
        try:
            done = subprocess.run([program, str(seed)], capture_output=True, text=True, timeout=900)
            text = (done.stdout.strip().splitlines() or ["?"])[-1]
            fails = done.returncode != 0
        except subprocess.TimeoutExpired:
            text, fails = "does not end", True
        if fails:
            return seed, time.monotonic() - began, text
    return None, time.monotonic() - began, ""


def inside(names):
    """In the copy, which stands where the tree does: nothing but what a fault touches is built anew."""
    missed = 0
    for name, file, *edits in FAULTS:
        if names and name not in names:
            continue
        path = None
        try:
            path, text = plant(ROOT, file, edits)
            build(ROOT)
            seed, seconds, words = found(ROOT)
        except LookupError as fault:
            seed, words = None, ""
            print(f"{name}: CANNOT BE PLANTED: {fault}", flush=True)
        else:
            print(f"{name}: " + (f"seed {seed}, {seconds:.0f} s: {words[:200]}" if seed else f"NOT FOUND in {SEEDS} seeds"), flush=True)
        if path:
            path.write_text(text)
        missed += seed is None
    return 1 if missed else 0


if sys.argv[1:] == ["--fit"]:
    sys.exit(fit())
if os.environ.get("LAPWING_PLANTED"):
    sys.exit(inside(sys.argv[1:]))
with tempfile.TemporaryDirectory() as folder:
    tree = pathlib.Path(folder) / "tree"
    subprocess.run(["cp", "-a", str(ROOT), str(tree)], check=True)
    command = f"mount --bind {tree} {ROOT} && cd {ROOT} && exec Tests/Trial/planted.py \"$@\""
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", command, "planted", *sys.argv[1:]],
        env=os.environ | {"LAPWING_PLANTED": "1", "TMPDIR": folder})
sys.exit(done.returncode)
