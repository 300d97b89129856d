"""Sources of other forms: octoDNS as its own program writes and reads it, dnscontrol, Terraform; and git."""

import json
import os
import subprocess
import sys

import bind
import yaml
from harness import expect, expect_equal, main
from place import DOMAIN, Place, changed, difference, fresh, kinds


def octodns(place, *words):
    program = os.path.join(os.path.dirname(sys.executable), "octodns-sync")
    done = subprocess.run([program, *words], cwd=place.folder, capture_output=True, text=True, timeout=120, check=False)
    expect_equal(done.returncode, 0, done.stdout[-2000:] + done.stderr[-2000:])


def octodns_place():
    """A folder that octoDNS has written from the zone's file."""
    place = Place()
    place.write("bind/example.test.zone", bind.ZONE)
    os.makedirs(place.path("dns/zones"))
    place.write("dns/production.yaml", f"""\
providers:
  bind: {{class: octodns_bind.ZoneFileSource, directory: {place.path('bind')}, file_extension: .zone}}
  yaml: {{class: octodns.provider.yaml.YamlProvider, directory: {place.path('dns/zones')}, default_ttl: 3600}}
zones:
  example.test.: {{sources: [bind], targets: [yaml]}}
""")
    octodns(place, "--config-file", place.path("dns/production.yaml"), "--doit", "--force")
    return place


@fresh
def octodns_declares_what_is_served():
    place = octodns_place()
    report = place.report("--from", "dns", DOMAIN)
    expect_equal((report["source"]["form"], kinds(report)), ("octodns", {}), "report")
    expect(report["compared"] >= 6, str(report["compared"]))


@fresh
def a_fragment_for_octodns_is_what_octodns_reads():
    """The YAML that is shown, put into the zone, is read by octoDNS and leaves nothing to change."""
    place = octodns_place()
    changed("delete www.example.test. A", "add www.example.test. 30 A 198.51.100.8", "add www.example.test. 30 A 198.51.100.9",
            'delete texts.example.test. TXT', 'add texts.example.test. 12 TXT "v=x; y"', "add mail.example.test. 60 A 198.51.100.20",
            "delete old.example.test.", "add old.example.test. 60 MX 10 mail.example.test.")
    report = place.report("--from", "dns", DOMAIN, status=1)
    expect_equal(kinds(report), {("www", "A"): "changed", ("texts", "TXT"): "changed", ("old", "A"): "missing"}, "differences")
    place_of = difference(report, "www.example.test.", "A")["declared"][0]["place"]
    expect(place_of.startswith("dns/zones/example.test.yaml:") and place_of.endswith("(www)"), place_of)
    file = "dns/zones/example.test.yaml"
    zone = yaml.safe_load(place.read(file))
    for one in report["differences"]:
        for line in one["change"]:
            fragment = yaml.safe_load(line[2:])
            for label, entry in fragment.items():
                if line[0] == "-":
                    expect_equal({key: zone[label][key] for key in entry}, entry, "what is said to be there")
                    del zone[label]
                else:
                    zone[label] = entry
    place.write(file, yaml.safe_dump(zone))
    expect_equal(kinds(place.report("--from", "dns", DOMAIN)), {}, "after the change")
    # octoDNS's own program reads it: it writes a zone from it.
    place.write("again.yaml", f"""\
providers:
  yaml: {{class: octodns.provider.yaml.YamlProvider, directory: {place.path('dns/zones')}, default_ttl: 3600}}
  out: {{class: octodns.provider.yaml.YamlProvider, directory: {place.path('out')}, default_ttl: 3600}}
zones:
  example.test.: {{sources: [yaml], targets: [out]}}
""")
    os.makedirs(place.path("out"))
    octodns(place, "--config-file", place.path("again.yaml"), "--doit", "--force")
    written = yaml.safe_load(place.read("out/example.test.yaml"))
    expect_equal(sorted(written["www"]["values"]), ["198.51.100.8", "198.51.100.9"], "what octoDNS read")


@fresh
def what_octodns_works_out_or_leaves_alone_is_no_drift():
    place = octodns_place()
    file = "dns/zones/example.test.yaml"
    zone = yaml.safe_load(place.read(file))
    zone["www"]["octodns"] = {"ignored": True}
    zone["www"]["value"] = "192.0.2.1"
    zone["old"] = {"type": "ALIAS", "value": "elsewhere.test."}
    place.write(file, yaml.safe_dump(zone))
    expect_equal(kinds(place.report("--from", "dns", DOMAIN)), {}, "differences")


IR = {"registrars": [], "dns_providers": [], "domains": [{"name": "example.test", "registrar": "none", "records": [
    {"type": "A", "name": "www", "target": "198.51.100.1", "ttl": 12},
    {"type": "A", "name": "old", "target": "198.51.100.9", "ttl": 12},
    {"type": "TXT", "name": "texts", "target": "first", "ttl": 12},
    {"type": "A", "name": "ns1", "target": "192.0.2.53", "ttl": 60}, {"type": "A", "name": "ns2", "target": "192.0.2.54", "ttl": 60},
    {"type": "CNAME", "name": "_acme-challenge.host", "target": "challenge.acme.test.", "ttl": 12}],
    "nameservers": [{"name": "ns1.example.test"}, {"name": "ns2.example.test"}]}]}


@fresh
def dnscontrol_on_standard_input():
    place = Place()
    report = place.report("--from", "-", DOMAIN, given=json.dumps(IR))
    expect_equal((report["source"]["form"], kinds(report)), ("dnscontrol", {}), "report")
    changed("delete www.example.test. A", "add www.example.test. 12 A 198.51.100.2", "add new.example.test. 60 A 198.51.100.3")
    report = place.report("--from", "-", DOMAIN, status=1, given=json.dumps(IR, indent=1))
    expect_equal(difference(report, "www.example.test.", "A")["change"],
                 ['- A("www", "198.51.100.1", TTL(12))', '+ A("www", "198.51.100.2", TTL(12))'], "change")


STATE = {"version": 4, "terraform_version": "1.9.0", "lineage": "x", "resources": [
    {"mode": "managed", "type": "aws_route53_zone", "name": "z", "instances": [
        {"attributes": {"name": "example.test", "zone_id": "Z1", "id": "Z1"}}]},
    {"mode": "managed", "type": "aws_route53_record", "name": "www", "instances": [{"attributes": {
        "zone_id": "Z1", "name": "www.example.test", "type": "A", "ttl": 12, "records": ["198.51.100.1"]}}]},
    {"mode": "managed", "type": "aws_route53_record", "name": "front", "instances": [{"attributes": {
        "zone_id": "Z1", "name": "example.test", "type": "A", "alias": [{"name": "lb.example.net"}], "records": []}}]}]}


@fresh
def a_state_of_terraform_declares_only_what_it_has():
    place = Place()
    place.write("terraform.tfstate", json.dumps(STATE, indent=1))
    report = place.report("--from", "terraform.tfstate", DOMAIN)
    expect_equal((report["source"]["form"], kinds(report), report["compared"]), ("terraform", {}, 1), "report")
    changed("delete www.example.test. A", "add www.example.test. 60 A 198.51.100.2")
    report = place.report("--from", "terraform.tfstate", DOMAIN, status=1)
    found = difference(report, "www.example.test.", "A")
    expect_equal(found["change"], [
        'aws_route53_record.www: records = ["198.51.100.1"]'.join(["- ", ""]), "- aws_route53_record.www: ttl = 12",
        '+ aws_route53_record.www: records = ["198.51.100.2"]', "+ aws_route53_record.www: ttl = 60"], "change")
    expect("(aws_route53_record.www)" in found["declared"][0]["place"], str(found["declared"]))


def git(folder, *words):
    environment = os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    done = subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words], cwd=folder, env=environment,
                          capture_output=True, text=True, timeout=60, check=False)
    expect_equal(done.returncode, 0, f"git {words}: {done.stderr}")
    return done.stdout.strip()


@fresh
def the_commit_that_is_checked_out_is_named():
    """The revision is git's own: of a branch, packed, detached, and of a further work tree."""
    place = Place()
    place.write("repository/zones/example.test.zone", bind.ZONE)
    folder = place.path("repository")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "one")

    def revision(path):
        return place.report("--from", f"{path}/zones/example.test.zone", DOMAIN)["source"].get("revision")

    head = git(folder, "rev-parse", "HEAD")[:12]
    expect_equal(revision("repository"), head, "a branch")
    git(folder, "pack-refs", "--all")
    expect_equal(revision("repository"), head, "packed")
    git(folder, "worktree", "add", "-q", "-b", "side/branch", place.path("other"))
    git(place.path("other"), "commit", "-q", "--allow-empty", "-m", "two")
    expect_equal(revision("other"), git(place.path("other"), "rev-parse", "HEAD")[:12], "another work tree")
    git(folder, "checkout", "-q", "--detach")
    expect_equal(revision("repository"), head, "detached")
    place.write("plain/zones/example.test.zone", bind.ZONE)
    expect_equal(revision("plain"), None, "no work tree")


if __name__ == "__main__":
    bind.up()
    main()
