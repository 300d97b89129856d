"""Reads the project's pages: links and headings, tables, blocks of code."""

import os
import re

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "../.."))
# What is built or fetched is not ours.
STRANGE = {".build", ".git", "node_modules", ".venv"}


def pages():
    """Every Markdown file of the project, relative to its root."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in STRANGE)
        for name in sorted(files):
            if name.endswith(".md"):
                yield os.path.relpath(os.path.join(folder, name), ROOT)


def read(page):
    with open(os.path.join(ROOT, page), encoding="utf-8") as file:
        return file.read()


def blocks(page, language):
    """The fenced blocks of a language, in their order; those in lists are indented."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", read(page), re.MULTILINE | re.DOTALL)
    return [re.sub(f"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


def prose(text):
    """The text without fenced blocks, where brackets and pound signs mean other things."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(text):
    """The anchors of a page's headings, as GitHub makes them."""
    found = set()
    for title in re.findall(r"^#+ +(.*?) *#*$", prose(text), re.MULTILINE):
        title = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title)
        plain = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        number, anchor = 0, plain
        while anchor in found:
            number += 1
            anchor = f"{plain}-{number}"
        found.add(anchor)
    return found


def links(text):
    """The targets of a page's links and pictures; code between backticks is none."""
    plain = re.sub(r"`[^`\n]*`", "", prose(text))
    yield from re.findall(r"\]\(<?([^)\s>]+)>?(?: +\"[^\"]*\")?\)", plain)
    yield from re.findall(r"^\[[^]]+\]: +(\S+)", plain, re.MULTILINE)


def rows(text):
    """The cells of every row of every table, without heads and rules."""
    lines = text.splitlines()
    for index, line in enumerate(lines):
        if not line.startswith("|") or re.fullmatch(r"[|\s:-]+", line):
            continue
        if index + 1 < len(lines) and re.fullmatch(r"\|[|\s:-]+", lines[index + 1]):
            continue
        yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def sections(text):
    """The text below each heading, by the heading."""
    parts = re.split(r"^#+ +(.*)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))
