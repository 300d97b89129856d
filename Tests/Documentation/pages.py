"""The reference pages against the sources and the binary: nothing left out, nothing that does not exist."""

import glob
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../EndToEnd"))

import markdown
from harness import LAPWING, case, expect, expect_equal, lapwing, main


def sources(pattern):
    for path in sorted(glob.glob(os.path.join(markdown.ROOT, "Sources", pattern), recursive=True)):
        with open(path, encoding="utf-8") as file:
            yield file.read()


def expect_same(written, known, what):
    written, known = set(written), set(known)
    expect(written == known, f"{what}: not written {sorted(known - written)}, not known {sorted(written - known)}")


@case
def every_link_leads_somewhere():
    broken = []
    count = 0
    for page in markdown.pages():
        text = markdown.read(page)
        for link in markdown.links(text):
            if re.match(r"[a-z][a-z0-9+.-]*:", link):
                continue
            count += 1
            path, _, anchor = urllib.parse.unquote(link).partition("#")
            target = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
            if not os.path.exists(os.path.join(markdown.ROOT, target)):
                broken.append(f"{page}: {link}: no such file")
            elif anchor and target.endswith(".md") and anchor not in markdown.anchors(markdown.read(target)):
                broken.append(f"{page}: {link}: no such heading")
    expect(not broken, "\n".join(broken))
    expect(count > 50, f"only {count} links were found")


@case
def the_start_page_names_every_page():
    start = markdown.read("docs/README.md")
    missing = [
        name for name in sorted(os.listdir(os.path.join(markdown.ROOT, "docs")))
        if name.endswith(".md") and name != "README.md" and f"({name}" not in start]
    expect_equal(missing, [], "pages that it does not name")
    expect("(docs/README.md)" in markdown.read("README.md"), "README.md does not lead to it")


@case
def every_promise_has_a_test_beside_it():
    known = {name: os.path.join(folder, name) for folder, _, names in os.walk(os.path.join(markdown.ROOT, "Tests")) for name in names}
    missing, count = [], 0
    for page, column in (("docs/reliability.md", 1), ("SECURITY.md", 3)):
        for heading, text in markdown.sections(markdown.read(page)).items():
            for cells in markdown.rows(text):
                if len(cells) != column + 1 or heading == "What was measured":
                    continue
                count += 1
                named = re.findall(r"`(?:[A-Z]+=\S+ )?(Tests/[\w/]+|\w+Tests|[a-z_]+)(?: [\w ]+)?`", cells[column])
                if not named:
                    missing.append(f"{page}: {cells[0]}: no test is named")
                for name in set(named) - {"make"}:
                    if not (os.path.exists(os.path.join(markdown.ROOT, name)) or f"{name}.swift" in known or f"{name}.py" in known):
                        missing.append(f"{page}: {cells[0]}: there is no {name}")
    expect(not missing, "\n".join(missing))
    expect(count > 30, f"only {count} promises were found")


def documented_metrics():
    """Type and labels by name."""
    found = {}
    for cells in markdown.rows(markdown.read("docs/metrics.md")):
        expect_equal(len(cells), 6, f"cells of the row {cells}")
        name = cells[0].strip("`")
        expect(name not in found, f"{name} stands there twice")
        found[name] = (cells[1], set(re.findall(r"`([a-z_]+)`", cells[2])))
    return found


@case
def the_page_about_metrics_has_the_families_of_the_code():
    endings = {"counter": "_total", "info": "_info"}
    made = {}
    for text in sources("LapwingWeb/Metrics/**/*.swift"):
        for name, kind in re.findall(r"\bbegin\(\s*\"([a-z_]+)\",\s*\.([a-z]+)", text):
            # An info family is a gauge in the text format of Prometheus, by which the page names all.
            made[name + endings.get(kind, "")] = "gauge" if kind == "info" else kind
    expect(len(made) > 15, f"only {len(made)} families were found in the sources")
    documented = {name: kind for name, (kind, _) in documented_metrics().items()}
    expect_same(documented.items(), made.items(), "families")


@case
def the_page_about_the_api_has_its_routes():
    routed = set()
    for text in sources("LapwingWeb/**/*.swift"):
        for method, path in re.findall(r"\bRoute\(\s*\.(\w+),\s*\"([^\"]+)\"", text):
            routed.add((method.upper(), re.sub(r"/:(\w+)", r"/{\1}", path)))
    api = {(method, path) for method, path in routed if path.startswith("/api/")}
    expect(len(api) > 15, f"only {len(api)} routes were found in the sources")
    text = markdown.read("docs/api.md")
    named = set(re.findall(r"`(GET|POST|PUT|DELETE) (/[^`?\s]*)(?:\?[^`]*)?`", text))
    expect_same({route for route in named if route[1].startswith("/api/")}, api, "routes of the API")
    expect_equal(sorted(route for route in named if route not in routed), [], "routes that do not exist")


@case
def the_page_about_zabbix_has_the_macros_and_triggers_of_the_template():
    template = markdown.read("contrib/zabbix/lapwing.yaml")
    cells = list(markdown.rows(markdown.read("docs/how-to/zabbix.md")))
    macros = dict(re.findall(r"- macro: '(\{\$[A-Z._]+\})'\n +value: '([^']*)'", template)) | {"{$LAPWING.TOKEN}": "empty"}
    written = {row[0].strip("`"): row[1].strip("`") for row in cells if row[0].startswith("`{$")}
    expect_same(written.items(), macros.items(), "macros")
    triggers = {
        (name, severity.lower())
        for name, severity in re.findall(r"\n +name: '([^']*)'\n +event_name: .*\n +priority: (\w+)", template)}
    expect_same([(row[0], row[1]) for row in cells if len(row) == 4], triggers, "triggers")


@case
def the_page_about_icinga_has_the_commands_of_the_definitions():
    cells = [row for row in markdown.rows(markdown.read("docs/how-to/icinga-nagios.md")) if len(row) == 4]
    icinga = re.findall(r'object CheckCommand "([^"]*)"', markdown.read("contrib/icinga/lapwing.conf"))
    nagios = re.findall(r"command_name +(\S+)", markdown.read("contrib/nagios/lapwing.cfg"))
    expect_same([row[0].strip("`") for row in cells], icinga, "commands of Icinga")
    expect_same([row[1].strip("`") for row in cells], nagios, "commands of Nagios")


def commands():
    """Arguments of every command of the binary, by its name."""
    root = json.loads(lapwing("--experimental-dump-help").stdout)["command"]
    found = {}

    def walk(command, before):
        name = f"{before} {command['commandName']}".strip()
        found[name] = command
        for part in command.get("subcommands", []):
            if part["commandName"] != "help":
                walk(part, name)

    for command in root["subcommands"]:
        if command["commandName"] != "help":
            walk(command, "")
    return found


def flags(command):
    names = [name for argument in command.get("arguments", []) for name in argument.get("names", [])]
    return {name["name"] for name in names if name["kind"] == "long"} - {"help", "version"}


@case
def the_page_about_commands_has_all_of_them_with_their_flags():
    shared = ["Network flags", "Output flags", "Store flags"]
    known = commands()
    sections = markdown.sections(markdown.read("docs/commands.md"))

    def named(section):
        cells = [row[0] for row in markdown.rows(section)]
        return {flag for cell in cells for flag in re.findall(r"`--([a-z][a-z0-9.-]*)", cell)}

    problems = []
    for name, command in known.items():
        if name not in sections:
            problems.append(f"{name}: has no section")
            continue
        written = named(sections[name])
        for group in shared:
            if "#" + group.lower().replace(" ", "-") in sections[name]:
                written |= named(sections[group])
        # A command of parts does nothing itself.
        wanted = set() if command.get("subcommands") else flags(command)
        if written != wanted:
            problems.append(f"{name}: not written {sorted(wanted - written)}, not known {sorted(written - wanted)}")
    expect(not problems, "\n".join(problems))
    expect(len(known) > 15, f"only {len(known)} commands")
    first = {name.split()[0] for name in known}
    table = {re.match(r"`([a-z]+)", word).group(1) for word in re.findall(
        r"`[a-z][^`]*`", "\n".join(row[0] for row in markdown.rows(markdown.read("README.md"))))}
    expect_equal(sorted(table - first), [], "commands in README.md that do not exist")
    expect_equal(sorted(first - table), [], "commands that README.md leaves out")


def listings():
    """The lines of every block that may hold commands, with their page; what is carried out stands elsewhere."""
    for page in markdown.pages():
        if page == "README.md" or page.startswith("docs/"):
            for language in ("sh", "console", ""):
                for block in markdown.blocks(page, language):
                    for line in block.replace("\\\n", " ").splitlines():
                        yield page, line


@case
def every_command_line_of_the_pages_is_one_that_the_binary_takes():
    known = commands()
    problems, count = [], 0
    for page, line in listings():
        for found in re.findall(r"(?:^|&& |\| |\$ |sudo (?:-u \w+ )?)lapwing ([a-z].*)", line.strip()):
            words = shlex.split(found.split(" && ")[0].split(" || ")[0].rstrip("&"), comments=True)
            words = words[:next((place for place, word in enumerate(words) if word in "|<>"), len(words))]
            # What follows two dashes by themselves is no flag.
            words = words[:words.index("--")] if "--" in words else words
            name = words[0]
            if len(words) > 1 and f"{name} {words[1]}" in known:
                name = f"{name} {words[1]}"
            count += 1
            if name not in known:
                problems.append(f"{page}: {line}: there is no command {name}")
                continue
            parts = [known[name], *known[name].get("subcommands", [])]
            taken = {flag for part in parts for flag in flags(part)} | {"help"}
            asked = {word[2:].split("=")[0] for word in words if word.startswith("--")}
            problems += [f"{page}: {line}: {name} has no --{flag}" for flag in sorted(asked - taken)]
    expect(not problems, "\n".join(problems))
    expect(count > 25, f"only {count} command lines")


@case
def every_configuration_of_the_pages_is_read():
    place = tempfile.mkdtemp(prefix="pages-")
    problems, count = [], 0
    for page in markdown.pages():
        # The page about the keys has a test of its own; decisions are history.
        if page == "docs/configuration.md" or not (page == "README.md" or page.startswith("docs/")) or "/decisions/" in page:
            continue
        for block in markdown.blocks(page, "yaml"):
            other = re.match(r"# (\S+\.yml)", block)
            if other and other[1] != "lapwing.yml" or "prober:" in block:
                continue
            # Secrets lie where they can be read, and what a how-to says elsewhere is said here.
            for path in set(re.findall(r"/etc/lapwing/[\w.-]+", block)) | set(re.findall(r"config_file: (web\.yml)", block)):
                with open(os.path.join(place, os.path.basename(path)), "w") as file:
                    file.write("basic_auth_users: {anna: $2y$04$abcdefghijklmnopqrstuu5Lm5Ej0PpS3Yp1W5zY1kqXWk9b8p5bK}\n"
                               if path == "web.yml" else "https://example.com/secret\n")
            for path in re.findall(r"\bdeclared: ([\w./-]+)", block):
                path = os.path.join(place, path + "example.org.yaml" if path.endswith("/") else path)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w") as file:
                    file.write("{}\n" if path.endswith(".yaml") else "@ 60 SOA a b 1 2 3 4 5\n")
            with open(os.path.join(place, "lapwing.yml"), "w") as file:
                file.write(block.replace("/etc/lapwing/", place + "/"))
            environment = {name: "https://example.com/hook" for name in re.findall(r"\$\{(\w+)[}:]", block)}
            done = subprocess.run([LAPWING, "config", "check", os.path.join(place, "lapwing.yml")], capture_output=True,
                                  text=True, timeout=60, env={**os.environ, **environment}, cwd=place)
            count += 1
            if done.returncode:
                problems.append(f"{page}:\n{block}{done.stdout}{done.stderr}")
    expect(not problems, "\n".join(problems))
    expect(count > 30, f"only {count} configurations")


def forms(number):
    """How the page may write a number: plain, with commas, in larger units."""
    units = [(1, ""), (1 << 10, " KiB"), (1 << 20, " MiB"), (3600, " h"), (86_400, " d"), (86_400, " days")]
    whole = [f"{number // size:,}{unit}" for size, unit in units if number >= size and number % size == 0]
    return whole + {3600: ["an hour"], 86_400: ["a day"]}.get(number, [])


@case
def the_bounds_on_the_page_about_limits_are_those_of_the_code():
    files = list(sources("**/*.swift"))
    problems = []
    checked = 0
    for cells in markdown.rows(markdown.sections(markdown.read("docs/limits.md"))["Bounds"]):
        owner = ""
        for constant in re.findall(r"`([\w.]+)`", cells[2]):
            *types, name = constant.split(".")
            owner = types[-1] if types else owner or name
            # A type with the name itself stands for its own default.
            kinds = "struct|class|enum|actor|extension"
            inside = [text for text in files if re.search(rf"\b(?:{kinds}) (?:\w+\.)*{owner}\b", text)]
            if not inside:
                problems.append(f"{constant}: there is no {owner}")
                continue
            if name == owner:
                continue
            found = [
                match for text in inside
                for match in re.findall(rf"\b(?:let|var) {name}\b(?:: ?[\w.<>]+)? = ([\d_.<>* ]+)$", text, re.MULTILINE)]
            declared = any(re.search(rf"\b(?:let|var) {name}\b", text) for text in inside)
            if not declared:
                problems.append(f"{constant}: {owner} has none of this name")
            if not found or "." in found[0]:
                continue
            checked += 1
            number = eval(found[0])  # digits and operators only, by the pattern above
            if not any(re.search(rf"(?<![\d,]){re.escape(form)}(?![\d,]*\d)", cells[1]) for form in forms(number)):
                problems.append(f"{constant} is {number}; the page says: {cells[1]}")
    expect(not problems, "\n".join(problems))
    expect(checked > 25, f"only {checked} numbers were compared")


main()
