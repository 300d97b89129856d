"""A provider's servers under forty domains of three clients: each client hears of its own domains, once, and of the end."""

import json
import re
import time
import urllib.request

from harness import Daemon, case, change, expect, expect_equal, hook_length, main, notices, wait_for

DOMAINS = [f"d{number:05}.com" for number in range(40)]
CLIENTS = ["alder", "birch", "cedar"]
OWN = {client: [name for number, name in enumerate(DOMAINS) if number % 3 == place]
       for place, client in enumerate(CLIENTS)}
SILENCED = "d00004.com"  # of the second client
SERVER = "ns1.westdns.org"  # one of them; the other is ns2

CONFIG = f"""\
interval: 20s
second_look: 1s
resolvers: {{google: 8.8.8.8}}
domains: {json.dumps([{"name": name, "names": ["@", "www"], "tags": [client]} for client in CLIENTS for name in OWN[client]])}
channels: {json.dumps({client: {"webhook": {"url": f"http://127.0.0.1:8099/{client}"}} for client in CLIENTS})}
routes: {json.dumps([{"to": client, "tags": client} for client in CLIENTS])}
"""

daemon = Daemon(CONFIG)
start = 0


def told(client):
    """What a client's channel was sent since the servers fell silent: notices of faults, with the moment they came."""
    return [{**entry["json"], "received": entry["received"]} for entry in notices(start)
            if entry["path"] == f"/{client}"]


def plain(names):
    return sorted(name.rstrip(".") for name in names)


def wanted(client):
    return sorted(name for name in OWN[client] if name != SILENCED)


def story():
    return {client: [(n["event"], len(n["domains"]), n["title"]) for n in told(client)] for client in CLIENTS}


def api(path):
    return json.loads(daemon.get("/api/v1" + path))


@case
def it_learns():
    global start
    daemon.start()
    wait_for(daemon.is_ready, 20, "not ready")
    wait_for(lambda: all(d["learnt"] for d in api("/domains?limit=100")["domains"]), 120, "not learnt")
    time.sleep(25)
    expect_equal(notices(), [], "told while nothing happened")
    done = daemon.run("silence", SILENCED)
    expect(done.returncode == 0, done.stdout + done.stderr)
    start = hook_length()


@case
def each_client_hears_of_all_its_domains_and_of_no_other():
    change("stop", "west1")
    change("stop", "west2")
    wait_for(lambda: all(told(client) and plain(told(client)[-1]["domains"]) == wanted(client) for client in CLIENTS),
             360, lambda: f"{story()}")
    time.sleep(30)
    for client in CLIENTS:
        messages = told(client)
        expect_equal([n["event"] for n in messages], ["open"] + ["update"] * (len(messages) - 1), f"events of {client}")
        expect(len(messages) <= 4, f"{client} was told {len(messages)} times: {story()}")
        expect_equal(len({n["incident"] for n in messages}), 1, f"incidents of {client}")
        expect_equal({n["severity"] for n in messages}, {"critical"}, f"severity at {client}")
        for notice in messages:
            expect(set(plain(notice["domains"])) <= set(wanted(client)), f"{client} heard of others: {notice['domains']}")
        expect(SERVER in messages[0]["text"], messages[0]["text"])
        sizes = [len(n["domains"]) for n in messages]
        expect(sizes == sorted(set(sizes)), f"{client} was told nothing new: {sizes}")
        if len(messages) > 1:
            expect(f"Now {sizes[-1]} domains share this cause: servers {SERVER}" in messages[-1]["title"],
                   messages[-1]["title"])


@case
def the_first_message_waited_for_its_neighbours():
    for client in CLIENTS:
        first = told(client)[0]
        began = time.mktime(time.strptime(first["at"], "%Y-%m-%dT%H:%M:%SZ")) - time.timezone
        expect(len(first["domains"]) > 1, f"{client}: {first['domains']}")
        # Thirty seconds, and before that the rest of a round in which servers do not answer: its time is its beginning. A machine
        # that does much besides takes longer.
        expect(first["received"] - began < 90, f"{client} waited for {first['received'] - began:.0f} s")


@case
def the_page_of_the_incident_names_every_domain_of_the_cause():
    incident = told("cedar")[0]["incident"]
    full = api(f"/incidents/{incident}")
    expect(SERVER in full["shared"], f"{full['shared']}")
    expect_equal(plain(full["domains"]), DOMAINS, "domains by the API")
    page = daemon.get(f"/incidents/{incident}")
    expect("40 domains share this cause" in page, "the page does not say how many")
    expect(all(f">{name}<" in page for name in DOMAINS), "the page does not name all")


@case
def the_board_has_one_row_for_the_cause_and_one_page():
    rows = re.findall(r'<a class="name" href="([^"]*)">([^<]*)</a>', daemon.get("/"))
    causes = [(path, words) for path, words in rows if path.endswith("/cause")]
    expect_equal(len(causes), 1, f"rows of causes: {rows}")
    path, words = causes[0]
    expect("ns1.westdns.org" in words and words.endswith(": 40 domains"), words)
    expect_equal([words for _, words in rows if words in DOMAINS], [], "rows of single domains")
    board = daemon.get("/")
    expect(all(f'href="/domains/{name}"' in board for name in DOMAINS), "the row does not name all")
    # Whoever asks for few gets a row for those, or the domain itself.
    expect("10 domains</a>" in daemon.get("/?q=d0001"), "those whose name fits")
    expect(">d00011.com</a>" in daemon.get("/?q=d00011"), "one alone")
    for order in ("", "?sort=name"):
        expect_equal(daemon.get("/domains" + order).count('<a class="name"'), 40, f"the table of domains{order}")
    for incident in {told(client)[0]["incident"] for client in CLIENTS}:
        page = daemon.get(f"/incidents/{incident}/cause")
        expect_equal(page, daemon.get(path), f"the page of {incident}'s cause")
    expect("open for 40 of 40" in page and "Acknowledge all 40" in page, page[:3000])
    expect(all(f">{name}</a>" in page for name in DOMAINS), "the page of the cause does not name all")
    expect_equal({i["shared"] for i in api("/incidents?status=open&limit=100")["incidents"] if i["code"] == "servers.silent"},
                 {api(f"/incidents/{incident}")["shared"]}, "shared, by the API")
    request = urllib.request.Request("http://127.0.0.1:9053" + path + "/acknowledge", data=b"by=anna&hours=1", method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        expect(answer.status == 200, f"{answer.status}")
    for name in (DOMAINS[0], DOMAINS[39]):
        known = next(i for i in api(f"/incidents?domain={name}&status=open")["incidents"] if i["code"] == "servers.silent")
        expect_equal(api(f"/incidents/{known['id']}")["acknowledged"]["by"], "anna", name)


@case
def each_client_hears_that_all_of_it_is_back_and_of_the_end_once():
    before = {client: len(told(client)) for client in CLIENTS}
    change("start", "west1")
    change("start", "west2")
    wait_for(lambda: all(told(client)[-1]["event"] == "close" for client in CLIENTS), 300, lambda: f"{story()}")
    time.sleep(20)
    for client in CLIENTS:
        after = told(client)[before[client]:]
        # That it is back for some may be told once before; that it is back at all, and the end, once each.
        partly = [n for n in after if n["title"].startswith("Partly back: ")]
        expect(len(partly) <= 1 and all(n.get("state") is None and n["event"] == "update" for n in partly), f"{partly}")
        after = after[len(partly):]
        expect_equal([(n["event"], n.get("state")) for n in after], [("update", "reverted"), ("close", "reverted")],
                     f"{client} after the server was back")
        back = after[0]
        expect(back["title"].startswith("Back: Servers ns1.westdns.org, ns2.westdns.org answer again."), back["title"])
        expect_equal((plain(back["domains"]), back["page"], back["severity"]), (wanted(client), False, "notice"), "back")
        end, first = after[1], told(client)[0]
        expect_equal((plain(end["domains"]), end["incident"]), (wanted(client), first["incident"]), "the end")
        expect(end["title"].startswith("Over: ") and SERVER in end["text"], end["text"])
    page = daemon.get(f"/incidents/{told('alder')[0]['incident']}/cause")
    expect("✓ Closed" in page and "Acknowledge all" not in page, "the page of the cause after its end")
    expect("/cause" not in daemon.get("/"), "still a row of the board")
    expect(all(SILENCED not in json.dumps(n) for client in CLIENTS for n in told(client)), "told of the silenced one")


@case
def it_says_of_each_domain_who_was_told_what():
    incident = next(i for i in api(f"/incidents?domain={OWN['cedar'][3]}")["incidents"] if i["code"] == "servers.silent")
    explained = daemon.run("explain", incident["id"]).stdout
    expect("that share servers" in explained or "part of the message over cedar" in explained, explained)
    silenced = next(i for i in api(f"/incidents?domain={SILENCED}")["incidents"] if i["code"] == "servers.silent")
    expect("muted by silence" in daemon.run("explain", silenced["id"]).stdout, "the silenced one")


@case
def it_ends():
    expect_equal(daemon.stop(), 0, "exit status")


main()
