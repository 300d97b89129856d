"""The documentation as a site: every link and anchor leads somewhere, every page is reached, the search works from a disk."""

import html
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../EndToEnd"))

import markdown
from harness import case, expect, expect_equal, main

FOLDER = tempfile.mkdtemp(prefix="site-")


class Page(html.parser.HTMLParser):
    """What links from a page and what can be linked to in it."""

    def __init__(self, path):
        super().__init__()
        self.links, self.anchors, self.text = [], [], []
        with open(path, encoding="utf-8") as file:
            self.source = file.read()
        self.feed(self.source)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.anchors.append(values["id"])
        for name in ("href", "src", "action"):
            if name in values:
                self.links.append(values[name])

    def handle_data(self, data):
        self.text.append(data)


def pages():
    return {os.path.relpath(os.path.join(folder, name), FOLDER): Page(os.path.join(folder, name))
            for folder, _, names in os.walk(FOLDER) for name in names if name.endswith(".html")}


@case
def it_is_made():
    done = subprocess.run([os.path.join(markdown.ROOT, "script/site"), FOLDER], capture_output=True, text=True, timeout=120)
    expect_equal(done.returncode, 0, done.stdout + done.stderr)
    expect(len(pages()) > 100, done.stdout)


@case
def every_link_and_anchor_of_it_leads_somewhere():
    all_pages = pages()
    broken, count = [], 0
    for name, page in all_pages.items():
        expect_equal(len(page.anchors), len(set(page.anchors)), f"anchors of {name} that stand there twice")
        for link in page.links:
            if re.match(r"https?:|mailto:", link):
                continue
            count += 1
            path, _, anchor = urllib.parse.unquote(link).partition("#")
            goal = os.path.normpath(os.path.join(os.path.dirname(name), path.split("?")[0])) if path else name
            if not os.path.exists(os.path.join(FOLDER, goal)):
                broken.append(f"{name}: {link}: no such file")
            elif anchor and anchor not in all_pages[goal].anchors:
                broken.append(f"{name}: {link}: no such heading")
    expect(not broken, "\n".join(broken[:30]))
    expect(count > 5000, f"only {count} links")


@case
def nothing_of_it_comes_from_elsewhere():
    for name, page in pages().items():
        for found in re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*", page.source):
            expect(not re.search(r"(?:https?:)?//", found), f"{name}: {found}")


@case
def every_page_of_the_documentation_is_in_it_with_all_its_words():
    all_pages = pages()
    for path in [page for page in markdown.pages() if page.startswith("docs/")]:
        where = "index.html" if path == "docs/README.md" else path.removeprefix("docs/").removesuffix(".md") + ".html"
        expect(where in all_pages, f"{path} is not in the site")
        shown = set(re.findall(r"\w+", "".join(all_pages[where].text)))
        written = re.sub(r"\]\([^)]*\)|<[^>]*>|^ *```\w*", " ", markdown.read(path), flags=re.M)
        missing = {word for word in re.findall(r"\w+", written) if not word.startswith("_") and not word.isdigit()} - shown
        expect(len(missing) < 5, f"{path}: words that are not shown: {sorted(missing)[:20]}")
        # A table that was not understood shows its rules.
        expect("|---" not in "".join(all_pages[where].text), f"{path}: a table is shown as it was written")


@case
def every_page_is_reached_from_the_first():
    all_pages = pages()
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in all_pages:
            continue
        reached.add(name)
        waiting += [os.path.normpath(os.path.join(os.path.dirname(name), urllib.parse.unquote(link).partition("#")[0].split("?")[0]))
                    for link in all_pages[name].links]
    expect_equal(sorted(set(all_pages) - reached), [], "pages that nothing leads to")


def browser(address, *options):
    return subprocess.run(
        ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={FOLDER}/profile", *options,
         "--dump-dom", address], capture_output=True, text=True, timeout=90).stdout


@case
def the_search_finds_things_from_a_disk():
    for question, goal in (("second_look", "configuration.html#the-file"), ("zabbix template", "how-to/zabbix.html"),
                           ("ttl.low", "findings/ttl.low.html"), ("lapwing_schedule_lag_seconds", "metrics.html")):
        shown = browser(f"file://{FOLDER}/search.html?q={urllib.parse.quote(question)}")
        found = [html.unescape(link) for link in re.findall(r'<li><a href="([^"]*)"', shown.partition('id="found"')[2])]
        expect(any(link.startswith(goal) for link in found[:5]), f"{question}: {found[:10]}")
    shown = browser(f"file://{FOLDER}/search.html?q=" + urllib.parse.quote("<img src=x onerror=alert(1)> nosuchword"))
    expect("<img src=x" not in shown and "Nothing has" in shown, "a question without an answer")


@case
def no_page_is_wider_than_a_phone():
    # 390 px in a frame, since a headless window cannot be made so narrow.
    for name in ("index.html", "configuration.html", "how-to/zabbix.html", "commands.html", "findings/ttl.low.html"):
        frame = os.path.join(FOLDER, "frame.html")
        with open(frame, "w") as file:
            file.write(f"""<iframe id=f src="{name}" style="width:390px;height:900px;border:0"></iframe><p id=w></p><script>
document.getElementById("f").onload = (event) => document.getElementById("w").textContent =
  JSON.stringify([event.target.contentDocument.documentElement.scrollWidth])</script>""")
        shown = browser(f"file://{frame}", "--allow-file-access-from-files")
        os.remove(frame)
        width = json.loads(re.search(r'id="w">(\[.*?\])', shown).group(1))[0]
        expect(width <= 390, f"{name} is {width} px wide")


main()
