#!/usr/bin/env python3
"""Runs commands in turn, round after round, and prints what each costs a million answers.

    ratios.py ROUNDS SUBJECT name=command...

CPU is what the kernel accounts to the command and its children. Ratios are medians over the rounds of SUBJECT's CPU
divided by the other's in the same round, so that what else the machine does falls on both sides alike. A command
tells its number of answers in one of the forms in `PATTERNS`.
"""

import os
import re
import statistics
import subprocess
import sys
import time

PATTERNS = (r'"answered":(\d+)', r"answered=(\d+)", r"Queries completed:\s+(\d+)")


def answers(text):
    for pattern in PATTERNS:
        found = re.findall(pattern, text)
        if found:
            return int(found[-1])
    return 0


def run(command):
    start = time.monotonic()
    process = subprocess.Popen(["sh", "-c", "exec " + command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    count = answers(text)
    if status != 0 or count == 0:
        sys.exit(f"{command}: status {status}\n{text[-800:]}")
    return {
        "cpu": (usage.ru_utime + usage.ru_stime) / count * 1e6,
        "rate": count / (time.monotonic() - start),
        "memory": usage.ru_maxrss / 1024,
    }


def main():
    rounds, subject = int(sys.argv[1]), sys.argv[2]
    commands = dict(argument.split("=", 1) for argument in sys.argv[3:])
    results = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            results[name].append(run(command))
            time.sleep(0.2)
    print(f"{'':24}{'CPU s / 1M answers':>20}{'answers / s':>14}{'memory MiB':>12}{subject + ' / it':>16}")
    for name, runs in results.items():
        pairs = [ours["cpu"] / theirs["cpu"] for ours, theirs in zip(results[subject], runs)]
        middle = {key: statistics.median(one[key] for one in runs) for key in ("cpu", "rate", "memory")}
        print(
            f"{name:24}{middle['cpu']:>20.2f}{middle['rate']:>14.0f}{middle['memory']:>12.0f}"
            f"{statistics.median(pairs):>16.2f}"
        )


main()
