"""Keys of whole zones: where they are fetched from, with which secrets, and who may say that they changed."""

import os
import sys
import time

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TREE, "Tests/Zones"))

import dns.exception
import dns.message
import dns.rcode
import dns.tsigkeyring

import lab
from standin import StandIn, host
from table import Table, api, ask, in_parallel
from observer import Lapwing

FIRST, SECOND = "Zmlyc3RmaXJzdGZpcnN0", "c2Vjb25kc2Vjb25kc2Vj"
lab.up()
# Each zone has a primary of its own: what is asked there says what the daemon goes by.
places = {name: f"127.0.1.{number}" for number, name in enumerate(("default", "default-two", "own", "secret", "algorithm", "file", "limit"), 1)}
primaries = {
    name: StandIn(address, f"{name.split('-')[0]}.test.",
                  [host(f"h{n}.{name.split('-')[0]}.test.") for n in range(300 if name == "limit" else 3)])
    for name, address in places.items()}
primaries["limit"].moves = True
daemon = Lapwing([])
for name, secret in (("one.secret", FIRST), ("two.secret", SECOND)):
    with open(os.path.join(daemon.directory, name), "w") as file:
        file.write(secret + "\n")


def config(changed):
    pick = lambda *values: values[changed]  # noqa: E731
    return f"""interval: 1h
second_look: 1s
resolvers: {{local: {lab.RESOLVER}}}
keys:
  one.key: {{secret: {FIRST}}}
  two.key: {{secret: {SECOND}}}
  secret.key: {{secret: {pick(FIRST, SECOND)}}}
  algorithm.key: {{algorithm: {pick('hmac-sha256', 'hmac-sha512')}, secret: {FIRST}}}
  file.key: {{secret_file: {pick('one', 'two')}.secret}}
notify: {{listen: '{lab.OWN}:{lab.NOTIFY_PORT}', allow: {pick(lab.OWN, '127.0.0.1')}, key: {pick('one', 'two')}.key}}
defaults:
  registration: false
  names: ['@']
  transfer: {{from: {places[pick('default', 'default-two')]}, key: {pick('one', 'two')}.key}}
  open_transfer: {pick('true', 'false')}
domains:
  - default.test
  - {{name: own.test, transfer: {pick(f"{{from: {places['own']}}}", 'false')}}}
  - {{name: limit.test, transfer: {{from: {places['limit']}, max_records: {pick(1000, 100)}}}}}
  - {{name: open.test, transfer: false}}
  - {{name: openly.test, transfer: false, open_transfer: {pick('false', 'true')}}}
""" + "".join(f"  - {{name: {name}.test, transfer: {{from: {places[name]}, key: {name}.key}}}}\n" for name in ("secret", "algorithm", "file"))


def nudge():
    in_parallel(lambda domain: ask(f"/api/v1/domains/{domain}.test/check", "POST"),
                ["default", "own", "open", "openly", "secret", "algorithm", "file", "limit"])


def asked(name):
    """Whether a primary was asked within the last seconds."""
    return lambda: time.monotonic() - primaries[name].at < 6


def latest():
    return max(("default", "default-two"), key=lambda name: primaries[name].at)


def question(name):
    return dns.message.from_wire(primaries[name].last, keyring=False)


def signed(name, secret):
    """Whether the last question to a primary was signed with a secret."""
    try:
        dns.message.from_wire(primaries[name].last, keyring=dns.tsigkeyring.from_text({f"{name}.key": secret}))
        return True
    except dns.exception.DNSException:
        return False


def is_open(name):
    return lambda: any(one["code"] == "zone.open" for one in api(f"/domains/{name}.test")["findings"])


def answers():
    """What is said to a NOTIFY from one place with one key, and from another with the other."""
    def code(source, key, secret):
        message = dns.message.make_query("own.test.", "SOA")
        message.set_opcode(dns.opcode.NOTIFY)
        message.use_tsig(dns.tsigkeyring.from_text({key: secret}), key, algorithm="hmac-sha256")
        try:
            return dns.rcode.to_text(dns.query.udp(message, lab.OWN, timeout=2, port=lab.NOTIFY_PORT, source=source).rcode())
        except dns.exception.FormError:
            # Who is refused gets an answer without a signature.
            return "REFUSED"
    return [code(lab.OWN, "one.key", FIRST), code("127.0.0.1", "two.key", SECOND)]


table = Table(daemon, config, nudge, seconds=60)
table.row("defaults.transfer", "defaults.transfer.from", seen=latest, was="default", becomes="default-two")
table.row("defaults.transfer.key", seen=lambda: str(question(latest()).keyname), was="one.key.", becomes="two.key.")
table.row("defaults.transfer.max_records",
          seen=lambda: any("more records" in one["text"] for one in api("/domains/limit.test")["findings"]), was=False, becomes=True)
table.row("domains[].transfer", seen=asked("own"), was=True, becomes=False)
table.row("defaults.open_transfer", seen=is_open("open"), was=True, becomes=False)
table.row("domains[].open_transfer", seen=is_open("openly"), was=False, becomes=True)
table.row("keys", "keys.NAME.secret", seen=lambda: [signed("secret", one) for one in (FIRST, SECOND)], was=[True, False], becomes=[False, True])
table.row("keys.NAME.algorithm", seen=lambda: str(question("algorithm").keyalgorithm), was="hmac-sha256.", becomes="hmac-sha512.")
table.row("keys.NAME.secret_file", seen=lambda: [signed("file", one) for one in (FIRST, SECOND)], was=[True, False], becomes=[False, True])
table.row("notify.allow", "notify.key", seen=answers, was=["NOERROR", "REFUSED"], becomes=["REFUSED", "NOERROR"])
table.cases("whole zones")
