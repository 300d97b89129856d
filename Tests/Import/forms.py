"""Each form of input, made here after the documentation of its project: imported, exported, imported again."""

import json

from bringing import Place, comes_back
from harness import case, expect, expect_equal, main

ADDRESSES = ["A", "AAAA", "CNAME"]


@case
def a_zone_file():
    found = comes_back("example.org.zone", """\
$ORIGIN example.org.
$TTL 1h
@ IN SOA ns1 hostmaster ( 2026110501 ; serial
                          2h 30m 2w 5m )
  NS ns1
  NS ns2.example.net.
  MX 10 mail
ns1 A 192.0.2.53
mail A 192.0.2.25
     AAAA 2001:db8::25
*.apps CNAME mail
_dmarc TXT "v=DMARC1; p=reject"
child NS ns.child
ns.child A 192.0.2.54
""")
    expect_equal(found, {"example.org.": {"names": {
        "@": None, "ns1": ["A"], "mail": ["A", "AAAA"], "*.apps": ["CNAME"], "_dmarc": ["TXT"]}}}, "said")


@case
def tables_of_registrars():
    tables = {
        "en.csv": "Domain Name,Registration Date,Expiration Date,Auto Renew\nexample.com,2001-01-01,2027-03-02,On\n",
        "de.csv": "\ufeffDomain;Ablaufdatum\r\nexample.com;02.03.2027\r\n",
        "fr.csv": "Nom de domaine;Date d'expiration\nexample.com;2 mars 2027\n",
        "tabs.tsv": "Domain\tExpires\nexample.com\tMar 02, 2027\n",
        "us.csv": "Domain,Expires\nexample.com,03/02/2027\nexample.net,03/24/2027\n",
    }
    for name, text in tables.items():
        found = comes_back(name, text)
        expect_equal(found["example.com."]["expires"], "2027-03-02", name)
    place = Place()
    place.write("unclear.csv", "Domain,Expires\nexample.com,03/04/2027\n")
    report = place.take("unclear.csv", status=1)
    expect_equal(report["new"][0]["options"], {}, "a date was made up")
    expect("is ambiguous" in report["refused"][0]["reason"] and report["refused"][0]["line"] == 2, report)
    expect_equal(place.take("unclear.csv", "--dates", "day-first")["new"][0]["options"], {"expires": "2027-04-03"}, "said")


@case
def a_list():
    place = Place()
    place.write("names.txt", "example.com\n# no\nexample.org, example.net\n\nxn--bcher-kva.example\nbücher.example\nhttps://a.example/\n")
    report = place.take("names.txt", "--tag", "client-a", "--into", "conf.d", status=1)
    expect_equal([entry["name"] for entry in report["new"]],
                 ["example.com.", "example.org.", "example.net.", "xn--bcher-kva.example."], "names")
    expect_equal([(fault["line"], "is a URL" in fault["reason"]) for fault in report["refused"]], [(7, True)], "refused")
    expect("example.com\n    tags: [client-a]" in place.read("conf.d/imported-names.yml"), "no tag")


@case
def other_monitors():
    found = comes_back("blackbox.yml", """\
modules:
  dns_soa: {prober: dns, timeout: 5s, dns: {query_name: example.com, query_type: SOA, transport_protocol: udp}}
  dns_www: {prober: dns, dns: {query_name: www.example.com, query_type: A, valid_rcodes: [NOERROR]}}
  http_2xx: {prober: http, http: {valid_status_codes: []}}
""")
    expect_equal(found, {"example.com.": {"names": {"@": None, "www": ["A", "CNAME"]}}}, "blackbox.yml")
    found = comes_back("gatus.yaml", """\
endpoints:
  - name: website
    group: client-a
    url: "https://shop.example.com/health"
    interval: 5m
    conditions: ["[STATUS] == 200", "[DOMAIN_EXPIRATION] > 720h"]
  - name: mail
    url: "8.8.8.8"
    dns: {query-name: "example.org", query-type: "MX"}
    conditions: ["[DNS_RCODE] == NOERROR"]
""")
    expect_equal(found, {"example.com.": {"names": {"@": None, "shop": ADDRESSES}, "tags": ["client-a"]},
                         "example.org.": {"names": {"@": None}}}, "Gatus")
    found = comes_back("kuma.json", json.dumps({"version": "1.23.13", "notificationList": [], "proxyList": [], "monitorList": [
        {"id": 1, "name": "a", "type": "dns", "hostname": "example.com", "dns_resolve_type": "CAA", "dns_resolve_server": "1.1.1.1",
         "url": "https://", "active": True, "tags": [{"tag_id": 1, "name": "prod", "value": "", "color": "#059669"}]},
        {"id": 2, "name": "b", "type": "keyword", "url": "https://user@app.example.net:8443/x?y", "hostname": None, "active": True},
        {"id": 3, "name": "c", "type": "ping", "hostname": "192.0.2.1", "url": "https://", "active": True},
        {"id": 4, "name": "d", "type": "group", "active": True}]}))
    expect_equal(found, {"example.com.": {"names": {"@": None}, "tags": ["prod"]},
                         "example.net.": {"names": {"@": None, "app": ADDRESSES}}}, "Uptime Kuma")


@case
def tools_that_write_dns():
    found = comes_back("ir.json", json.dumps({"registrars": [{"name": "none", "type": "NONE"}], "dns_providers": [], "domains": [
        {"name": "example.com", "registrar": "none", "dnsProviders": {"bind": -1}, "meta": {}, "records": [
            {"type": "A", "name": "@", "ttl": 300, "target": "192.0.2.1"},
            {"type": "TXT", "name": "_dmarc", "ttl": 300, "target": "v=DMARC1; p=none"},
            {"type": "TLSA", "name": "_25._tcp.mail", "tlsausage": 3, "tlsaselector": 1, "tlsamatchingtype": 1, "target": "ab" * 32}]}]}))
    expect_equal(found, {"example.com.": {"names": {"@": None, "_dmarc": ["TXT"], "_25._tcp.mail": ["TLSA"]}}}, "dnscontrol")
    state = {"version": 4, "terraform_version": "1.9.8", "serial": 3, "lineage": "a", "outputs": {}, "resources": [
        {"mode": "managed", "type": "aws_route53_zone", "name": "main", "provider": "p", "instances": [
            {"schema_version": 0, "attributes": {"name": "example.com", "zone_id": "Z1", "id": "Z1", "vpc": []}}]},
        {"mode": "managed", "type": "aws_route53_record", "name": "mx", "provider": "p", "instances": [
            {"index_key": 0, "attributes": {"zone_id": "Z1", "name": "mail", "fqdn": "mail.example.com", "type": "MX", "ttl": 60,
                                            "records": ["10 a.example.net."]}}]}]}
    expect_equal(comes_back("terraform.tfstate", json.dumps(state)),
                 {"example.com.": {"names": {"@": None, "mail": ["MX"]}}}, "a state")
    shown = {"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": {"child_modules": [{
        "address": "module.dns", "resources": [
            {"address": "module.dns.cloudflare_record.www", "mode": "managed", "type": "cloudflare_record", "name": "www",
             "values": {"zone_id": "c", "hostname": "www.example.com", "name": "www", "type": "CNAME", "content": "a.example.net",
                        "proxied": True}}]}]}}}
    expect_equal(comes_back("shown.json", json.dumps(shown)),
                 {"example.com.": {"names": {"@": None, "www": ["A", "AAAA"]}}}, "terraform show")


@case
def lapwings_own():
    place = Place("""\
store: lapwing.db
defaults: {interval: 1m, tags: [all]}
domains:
  - example.com
  - {name: example.org, names: ["@", www, portal], interval: 5m, expect: {"www/A": [192.0.2.10, 192.0.2.11]}, sensitive: [NS, portal/A]}
  - {name: example.net, dnssec: required, tags: [], registration: {notice: 90d, warning: 30d, critical: 7d}, ttl: {low: 5m}}
  - {name: co.uk, suffix: true, registration: false, expires: 2027-03-02T04:05:06Z, auto_renew: yes, controls: [a.example]}
""")
    for form in ("yaml", "csv", "json"):
        text = place.run("export", "--format", form).stdout
        report = place.take("-", given=text)
        expect_equal((report["unchanged"], report["elsewhere"], report["new"]), (4, [], []), f"{form}: {text}")
        other = Place()
        other.write("all." + form, text)
        expect_equal(len(other.take("all." + form, "--into", "conf.d")["new"]), 4, form)
        expect_equal(other.take("-", given=text)["unchanged"], 4, f"{form}, in another place")


@case
def what_changes_is_shown_and_what_is_gone_stays_until_it_is_pruned():
    place = Place()
    for target in ("conf.d", "store"):
        place.write("list.csv", "Domain,Expires\na.example,2027-01-01\nb.example,2027-01-01\n")
        words = ("list.csv", "--into", target, "--source", target)
        place.take(*words)
        place.write("list.csv", "Domain,Expires\na.example,2028-01-01\nc.example,\n")
        shown = place.run("import", "list.csv", "--source", target)
        for line in ("~ a.example  expires: 2027-01-01 → 2028-01-01", "+ c.example", "? b.example  is no longer in it",
                     "1 new, 1 changed, 1 gone", "nothing was written: --into"):
            expect(line in shown.stdout, f"{target}: {line} is not in {shown.stdout}")
        before = place.files()
        report = place.take("list.csv", "--source", target)
        expect_equal(place.files(), before, "looking has changed something")
        place.take(*words)
        expect("b.example" in place.run("export").stdout, "what is gone was dropped unasked")
        report = place.take(*words, "--prune")
        expect_equal(report["gone"], ["b.example."], "gone")
        expect("b.example" not in place.run("export").stdout, "what is gone is still there")
        place.take("-", "--into", target, "--source", target, "--prune", given="z.example\n")


@case
def nothing_is_written_where_it_could_not_be_taken():
    place = Place("store: lapwing.db\ndomains: [{name: a.example, interval: 1m}]\n")
    report = place.take("-", "--into", "conf.d", given="a.example\nb.example\n")
    expect_equal((report["elsewhere"], [entry["name"] for entry in report["new"]]), (["a.example."], ["b.example."]), "apart")
    before = place.files()
    report = place.take("-", "--into", "conf.d", "--strict", "--source", "s", given="c.example\nhttp://d.example\n", status=1)
    expect_equal(place.files(), before, "--strict")
    place.write("lapwing.yml", "intervall: 1m\n")
    before = place.files()
    done = place.run("import", "-", "--into", "conf.d", given="e.example\n")
    expect(done.returncode == 78 and "lapwing.yml:1:1: error:" in done.stderr, done.stderr)
    expect_equal(place.files(), before, "a configuration with a fault")


main()
