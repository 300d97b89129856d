"""Reads the rounds of `Benchmarks/parse` and prints medians, and the medians of the ratios within each round."""

import re
import statistics
import sys

rounds = []
for line in sys.stdin:
    figures = {name: float(value) for name, value in re.findall(r"(\w+) ([\d.]+) ns", line)}
    if "parse" in figures or not rounds:
        rounds.append({})
    rounds[-1].update(figures)

ours, peers = ["parse", "summary", "message"], ["libknot", "ldns"]
for name in ours + peers:
    values = [one[name] for one in rounds if name in one]
    if not values:
        print(f"{name:8} not installed")
        continue
    text = f"{name:8} {statistics.median(values):6.0f} ns a message"
    for peer in peers if name in ours else []:
        ratios = [one[name] / one[peer] for one in rounds if peer in one]
        if ratios:
            text += f", {statistics.median(ratios):.2f} of {peer}"
    print(text)
