#!/usr/bin/env python3
"""Plants one fault after the other in a copy of the program, and counts the seeds until the trial finds it.

A trial that finds nothing proves little as long as nobody knows what it would have found. `Tests/Trial/planted.py [NAME...]`
takes about two minutes of building for each fault; it needs a built tree (`make build`).
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEEDS = 40

# Name, file, what stands there, what is planted.
FAULTS = [
    ("notices-not-on-the-disk", "LapwingStore/Outbox/Store+outbox.swift",
     "let next = try persist { database in", "let next = try persist(durably: false) { database in"),
    ("events-not-on-the-disk", "LapwingStore/History/Store+rounds.swift",
     "return try persist(durably: somethingHappened)", "return try persist(durably: false)"),
    ("lost-wake-up", "LapwingEngine/Delivery/Deliverer.swift",
     "passedOver < Engine.longestUnread, nextDue.map({ now < $0 }) ?? true { return [] }", "passedOver >= 0 { return [] }"),
    ("silence-without-its-class", "LapwingCore/Notify/Acts/Silence.swift",
     "self.incidentClass.map({ $0 == incidentClass }) ?? true, ", ""),
    ("receipt-not-written", "LapwingEngine/Delivery/Deliverer.swift",
     "try store.finish(notice: id, receipt: text, at: now)\n", "_ = text\n"),
    ("next-before-the-first", "LapwingEngine/Delivery/Deliverer.swift",
     "if !Task.isCancelled { note(receipt, of: entry, over: channel) }\n                return",
     "if !Task.isCancelled { note(receipt, of: entry, over: channel) }\n                continue"),
    ("acceptance-overwritten", "LapwingEngine/Turns/Engine+turns.swift",
     "var memory = states[watch.domain] ?? hand.memory ??", "var memory = hand.memory ??"),
    ("end-not-for-lists", "LapwingCore/Notify/Speaking/Speaker.swift",
     "notice.isSettled != true || keepsWhatIsOpen(notice.channel)", "notice.isSettled != true"),
    ("rounds-by-the-wall-clock", "LapwingEngine/Turns/Engine.swift",
     "let now = parts.clock.steady()\n        ready +=", "let now = parts.clock.now()\n        ready +="),
    ("what-was-told-from-memory-is-forgotten", "LapwingStore/Upkeep/Store+spare.swift",
     "SELECT spoken, held, tellings, origin FROM incident_event JOIN adopted ON event = id WHERE spoken IS NOT NULL",
     "SELECT spoken, held, tellings, origin FROM incident_event JOIN adopted ON event = id WHERE spoken IS NULL"),
]


def plant(tree, file, old, new):
    path = tree / "Sources" / file
    text = path.read_text()
    if text.count(old) != 1:
        sys.exit(f"{file}: what is to be replaced stands there {text.count(old)} times")
    path.write_text(text.replace(old, new))
    return path, text


def build(tree):
    done = subprocess.run(
        ["swift", "build", "-c", "release", "--product", "lapwing-trial"], cwd=tree, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout[-3000:] + done.stderr[-3000:])


def found(tree):
    began = time.monotonic()
    for seed in range(1, SEEDS + 1):
        program = tree / ".build/release/lapwing-trial"
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
    for name, file, old, new in FAULTS:
        if names and name not in names:
            continue
        path, text = plant(ROOT, file, old, new)
        build(ROOT)
        seed, seconds, words = found(ROOT)
        path.write_text(text)
        missed += seed is None
        print(f"{name}: " + (f"seed {seed}, {seconds:.0f} s: {words[:200]}" if seed else f"NOT FOUND in {SEEDS} seeds"), flush=True)
    return 1 if missed else 0


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
