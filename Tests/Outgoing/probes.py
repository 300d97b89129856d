"""`/probe` and check-ups end with their clients and at limits of their own, and keep nobody else waiting."""

import base64
import concurrent.futures
import http.client
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import world
from harness import LAPWING, case, expect, expect_equal, main, wait_for

PORT = 9155
MODULES = """\
modules:
  udp: {prober: dns, dns: {query_name: example.com, query_type: A, preferred_ip_protocol: ip4}}
  tcp: {prober: dns, dns: {query_name: example.com, query_type: A, preferred_ip_protocol: ip4, transport_protocol: tcp}}
  tls: {prober: dns, dns: {query_name: example.com, query_type: A, preferred_ip_protocol: ip4, transport_protocol: tcp, dns_over_tls: true}}
  valid: {prober: dns, dns: {query_name: example.com, query_type: A, preferred_ip_protocol: ip4}, lapwing: {validate: true}}
  doh: {prober: dns, dns: {query_name: example.com, query_type: A, tls_config: {insecure_skip_verify: true}}, lapwing: {dns_over_https: true}}
  verified: {prober: dns, dns: {query_name: example.com, query_type: A, tls_config: {ca_file: FOLDER/doh.example.crt}}, lapwing: {dns_over_https: true}}
  plain: {prober: dns, dns: {query_name: example.com, query_type: A, tls_config: {insecure_skip_verify: true}}}
"""
names = world.Names()
folder = world.FOLDER


class Daemon:
    def __init__(self, more=""):
        with open(folder + "/blackbox.yml", "w") as file:
            file.write(MODULES.replace("FOLDER", folder))
        with open(folder + "/lapwing.yml", "w") as file:
            file.write(f"listen: 127.0.0.1:{PORT}\nstore: {folder}/lapwing.db\nblackbox: {folder}/blackbox.yml\ndomains: []\n"
                       f"root_hints: {folder}/named.root\ntrust_anchor: {folder}/root.key\nresolvers: {{one: 127.0.0.9}}\n" + more)
        with open(folder + "/named.root", "w") as file:
            file.write(". 3600 NS a.root.test.\na.root.test. 3600 A 127.0.0.9\n")
        with open(folder + "/root.key", "w") as file:
            file.write(". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n")
        self.log = open(folder + "/log", "w")
        self.process = subprocess.Popen([LAPWING, "run", "--config", folder + "/lapwing.yml"], stdout=self.log, stderr=self.log)
        wait_for(self.answers, 20, lambda: open(folder + "/log").read())

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", PORT), 1).close()
            return True
        except OSError:
            return False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))


def get(path, headers=None, timeout=20):
    """Status, body and seconds."""
    began = time.monotonic()
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.status, answer.read().decode(), time.monotonic() - began
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), time.monotonic() - began


def leave_behind(path, headers=""):
    """Sends a request; the caller closes the connection."""
    client = socket.create_connection(("127.0.0.1", PORT), 5)
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\n{headers}\r\n".encode())
    return client


LONG = "X-Prometheus-Scrape-Timeout-Seconds: 1e9\r\n"


@case
def probes_end_with_their_clients():
    datagram, stream = world.silent(), world.silent(socket.SOCK_STREAM)
    targets = {"udp": f"127.0.0.1:{datagram.getsockname()[1]}", "tcp": f"127.0.0.1:{stream.getsockname()[1]}",
               "tls": f"127.0.0.1:{stream.getsockname()[1]}", "valid": f"127.0.0.1:{datagram.getsockname()[1]}"}
    with Daemon() as daemon:
        get("/probe?module=udp&target=127.0.0.1:9")
        time.sleep(0.5)
        usual = daemon.descriptors()
        for module, target in targets.items():
            clients = [leave_behind(f"/probe?module={module}&target={target}", LONG) for _ in range(60)]
            wait_for(lambda: daemon.descriptors() >= usual + 120, 5, lambda: f"{module}: {daemon.descriptors()} of {usual}")
            for client in clients:
                client.close()
            wait_for(lambda: daemon.descriptors() <= usual + 3, 3, lambda: f"{module}: {daemon.descriptors()} of {usual}")
        # A client that closes its half only has gone too, as for the exporter's own server.
        client = leave_behind(f"/probe?module=udp&target={targets['udp']}", LONG)
        client.shutdown(socket.SHUT_WR)
        client.settimeout(3)
        expect(client.recv(100) is not None, "half closed")
        expect_equal(get("/-/healthy")[0], 200, "healthy")


@case
def probes_end_at_a_limit_of_their_own():
    target = f"127.0.0.1:{world.silent().getsockname()[1]}"
    stream = f"127.0.0.1:{world.silent(socket.SOCK_STREAM).getsockname()[1]}"
    with Daemon("probe: {max_timeout: 2s}\n"):
        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            long = ["1e9", "86400", "9e9", "0x1p32"]
            # More nanoseconds than a number of 64 bits holds are over before they begin, as in the exporter.
            endless = ["inf", "Inf", "+Inf", "1e300", "99999999999999999999", "0x7fffffffffffffffp0"]
            found = pool.map(
                lambda item: (item, get(f"/probe?module={item[0]}&target={item[1]}", {"X-Prometheus-Scrape-Timeout-Seconds": item[2]})),
                [(module, place, header) for header in long + endless
                 for module, place in [("udp", target), ("tcp", stream), ("tls", stream)]])
            for (module, _, header), (status, body, seconds) in found:
                expect_equal(status, 200, header)
                expect("\nprobe_success 0\n" in body, (module, header, body))
                if header in long:
                    expect("\nprobe_timeout_seconds 2\n" in body, (module, header, body))
                expect(seconds < 3.5 and (seconds > 1.8 or header in endless), (module, header, seconds))
        for header in ["-1", "-inf", "-1e9", "nan"]:
            status, body, seconds = get(f"/probe?module=udp&target={target}", {"X-Prometheus-Scrape-Timeout-Seconds": header})
            expect(status == 200 and "\nprobe_success 0\n" in body and seconds < 2.5, (header, status, seconds))
        seconds = get(f"/probe?module=udp&target={target}", {"X-Prometheus-Scrape-Timeout-Seconds": "1"})[2]
        expect(0.4 < seconds < 0.9, f"the scrape's own time-out: {seconds}")


@case
def probes_in_flight_are_few_and_do_not_hold_up_the_end():
    target = f"127.0.0.1:{world.silent().getsockname()[1]}"
    with Daemon("probe: {max_in_flight: 10}\n") as daemon:
        usual = daemon.descriptors()
        clients = [leave_behind(f"/probe?module=udp&target={target}", LONG) for _ in range(10)]
        wait_for(lambda: daemon.descriptors() >= usual + 20, 5, lambda: f"{daemon.descriptors()} of {usual}")
        time.sleep(0.3)
        expect_equal(get(f"/probe?module=udp&target={target}")[0], 503, "one too many")
        clients.pop().close()
        wait_for(lambda: get("/probe?module=udp&target=127.0.0.1:9")[0] == 200, 3, "a place was not given back")
        began = time.monotonic()
        daemon.process.send_signal(signal.SIGTERM)
        expect_equal(daemon.process.wait(5), 0, "exit")
        expect(time.monotonic() - began < 2.5, f"ended after {time.monotonic() - began:.1f} s")
        del clients


@case
def dead_lookups_block_nobody_else():
    password = "correct horse"
    hashed = subprocess.run(["openssl", "passwd", "-6", password], capture_output=True, text=True).stdout.strip()
    with open(folder + "/web.yml", "w") as file:
        file.write(f"basic_auth_users:\n  alice: '{hashed}'\n  bob: '{hashed}'\n")

    def login(user):
        return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}

    with Daemon(f"web: {{config_file: {folder}/web.yml}}\n"):
        alice = "".join(f"{name}: {value}\r\n" for name, value in login("alice").items())
        expect_equal(get("/-/healthy", login("alice"))[0], 200, "alice")
        clients = [leave_behind(f"/probe?module=udp&target=host{index}.slow", alice) for index in range(100)]
        wait_for(lambda: len(names.asked) >= 20, 5, "nothing was looked up")
        for client in clients:
            client.close()
        status, _, seconds = get("/-/healthy", login("bob"))
        expect_equal(status, 200, "bob")
        expect(seconds < 2, f"a login took {seconds:.1f} s")
        # A pool full of dead look-ups says so within the probe's own time.
        status, body, seconds = get("/probe?module=udp&target=other.slow", {**login("bob"), "X-Prometheus-Scrape-Timeout-Seconds": "2"})
        expect(status == 200 and "\nprobe_success 0\n" in body and seconds < 2.5, (status, seconds))


@case
def https_targets_are_asked_for_and_redirects_refused():
    inside = world.Web(lambda path: (200, {}, b"secret"))
    to = f"http://127.0.0.1:{inside.port}/latest/meta-data/"
    codes = {"/301": 301, "/302": 302, "/303": 303, "/307": 307, "/308": 308}
    front = world.Web(lambda path: (codes[path], {"Location": to}, b""), certificate=world.certificate("front.test"))
    with Daemon():
        for path, code in codes.items():
            _, body, _ = get(f"/probe?module=doh&target=https://127.0.0.1:{front.port}{path}&debug=true")
            expect("probe_success 0" in body and f"refused: the server redirects to {to}" in body, body)
        expect_equal(len(front.seen), 5, "asked once each")
        expect_equal(inside.seen, [], "nobody went on")
        _, body, _ = get(f"/probe?module=plain&target=https://127.0.0.1:{front.port}/307")
        expect("\nprobe_success 0\n" in body and "\nprobe_ip_protocol 0\n" in body, body)
        expect_equal(len(front.seen), 5, "a module that does not ask for it")


@case
def a_server_of_dns_over_https_is_found_by_its_name():
    def answer(_):
        query = server.seen[-1][3]
        reply = query[:2] + b"\x81\x80" + query[4:6] + b"\0\1" + query[8:]
        return 200, {"Content-Type": "application/dns-message"}, reply + b"\xc0\x0c\0\1\0\1\0\0\1\x2c\0\4\xc0\0\2\1"

    server = world.Web(answer, certificate=world.certificate("doh.example"))
    names.table.update({"doh.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]})
    with Daemon():
        _, body, _ = get(f"/probe?module=verified&target=https://doh.example:{server.port}/dns-query&debug=true")
        expect("\nprobe_success 1\n" in body and "\nprobe_dns_answer_rrs 1\n" in body, body)
        expect_equal(server.seen[0][2], f"doh.example:{server.port}", "the host asked for")
        _, body, _ = get(f"/probe?module=verified&target=https://other.example:{server.port}/dns-query")
        expect("\nprobe_success 0\n" in body, "a certificate of another name was taken")
        _, body, seconds = get(f"/probe?module=verified&target=https://doh.slow/", {"X-Prometheus-Scrape-Timeout-Seconds": "1.5"})
        expect("\nprobe_success 0\n" in body and seconds < 2, seconds)


@case
def check_ups_spare_the_registries():
    registry = world.Web(lambda path: (200, {"Content-Type": "application/rdap+json"}, world.document(path.rpartition("/")[2])))
    with open(folder + "/dns.json", "w") as file:
        file.write('{"version": "1.0", "services": [[["zz"], ["http://127.0.0.1:%d/"]]]}' % registry.port)
    with Daemon(f"registration: {{rdap_bootstrap: {folder}/dns.json}}\n") as daemon:
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            equal = list(pool.map(lambda _: get("/api/v1/check?name=same.zz", timeout=40), range(6)))
        expect_equal([status for status, _, _ in equal], [200] * 6, "equal check-ups")
        expect_equal(len(registry.seen), 1, "look-ups of six equal check-ups")
        expect('"outcome" : "registered"' in equal[0][1] or '"outcome":"registered"' in equal[0][1], equal[0][1][-600:])
        statuses, last = [], ""
        for index in range(24):
            status, body, _ = get(f"/api/v1/check?name=name{index}.zz", timeout=40)
            statuses.append(status)
            last = body if status == 200 else last
        expect(len(registry.seen) <= 6, f"{len(registry.seen)} look-ups")
        expect("not asked: too many check-ups" in last, last[-800:])
        expect(429 in statuses, statuses)


@case
def check_ups_end_with_their_clients():
    """The silent server of the root is asked as long as somebody waits for the answer, and no longer."""
    root = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    root.bind(("127.0.0.9", 53))
    root.settimeout(0.1)

    def questions(seconds):
        count, end = 0, time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                root.recv(4096)
                count += 1
            except TimeoutError:
                pass
        return count

    with Daemon():
        for accept in ("application/json", "text/event-stream"):
            stays = leave_behind("/api/v1/check?name=stays.zz", f"Accept: {accept}\r\n")
            questions(1)
            expect(questions(2) > 0, "a check-up takes longer than a second here")
            stays.close()
            time.sleep(0.3)
            questions(0.1)
            expect_equal(questions(2), 0, f"questions after the client of {accept} left")
        page = leave_behind("/check?name=page.zz")
        expect(questions(1) > 0, "the page's check-up")
        page.close()
        time.sleep(0.3)
        questions(0.1)
        expect_equal(questions(2), 0, "questions after the reader of the page left")


main()
