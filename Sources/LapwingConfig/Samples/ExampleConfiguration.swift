/// The configuration that `lapwing config example` prints; a test reads it with the real reader.
package enum ExampleConfiguration {
    /// The file, which is valid without changes.
    package static let text = """
        # Lapwing's configuration. Only `domains` is needed: the present state of a domain is learnt.
        # Durations are 90s 5m 12h 30d. ${VAR} and ${VAR:-default} come from the environment, $$ is a dollar sign.

        # Where the web page, the API, /metrics and /probe listen.
        listen: 127.0.0.1:9053
        # Who may come in, and under which names; needed where others than this machine can reach it.
        # web:
        #   config_file: web.yml                       # TLS and users, as Prometheus exporters have it
        #   tokens: [SHA256_OF_A_TOKEN_IN_HEX]
        #   hosts: [monitor.example.org]               # names in use beside `listen`, loopback and external_url
        #   external_url: https://tools.example.org/dns/

        # History, incidents and waiting alerts: one SQLite file.
        store: lapwing.db

        # How long history, closed incidents and what was told of them are kept, 7d to 3650d.
        history: {keep: 400d}

        # How often each domain is looked at, 10s to 1d.
        interval: 5m

        # How soon a suspicion is looked at again before it is told, 1s to 60s.
        second_look: 5s

        # How severe findings are to you, where not as their pages have it; by code, or by family.
        # severities: {ttl.low: warning, "registration.*": critical}

        # How long something must last before it is told: all name servers silent while hardly a resolver fails, 0s to 1h.
        # confirm: {authority-outage: 2m}

        # Modules of /probe, the same file that blackbox_exporter reads.
        # blackbox: blackbox.yml
        # What its clients may ask for, whatever the scrape's header says.
        # probe: {max_timeout: 120s, max_in_flight: 500}

        # Other roots than the Internet's, for laboratories.
        # root_hints: named.root
        # trust_anchor: root.key
        # Addresses that are not asked though a zone names its servers there; without the key those that are none of the
        # Internet, and none where root_hints are given.
        # unasked: [10.0.0.0/8, 127.0.0.0/8, 192.168.0.0/16]

        # Questions a day that registries grant, where it is not the usual 4320 each.
        # registration: {budgets: {rdap.verisign.com: 20000}}

        # Public resolvers to compare; add those of the regions your users are in.
        resolvers:
          google: 8.8.8.8
          cloudflare: 1.1.1.1
          opendns: 208.67.222.222
          # regional: {address: 77.88.8.8, region: east}
          # private: tls://9.9.9.9#dns.quad9.net

        # What every domain gets that says nothing else.
        defaults:
          names: ["@", "www"]
          records: [A, AAAA, CNAME, MX, NS, TXT, SOA, CAA, DS]
          ttl: {low: 60s}          # lower TTLs are told; 0s turns that off
          dnssec: auto             # auto: what is found is normal; required; off
          registration: {notice: 60d, warning: 30d, critical: 7d}

        domains:
          - example.com
          # - name: example.org
          #   names: ["@", www, portal, _dmarc]
          #   interval: 1m
          #   sensitive: [NS, MX, portal/A]        # whose change hurts most
          #   expect: {"www/A": [192.0.2.10, 192.0.2.11], MX: {count: {min: 2}}}
          #   declared: zones/example.org.zone     # what is served otherwise is told; also octoDNS, Terraform …
          #   auto_renew: true
          #   tags: [client-a]
          # - file: domains.txt                    # one name a line

        # Whether enough of several domains are well, under a name of its own; told when too few are.
        # health:
        #   shop: {needs: 2, of: [shop-a.example, shop-b.example, shop-c.example]}
        #   client-a: {needs: all, of: {tag: client-a}, fails_at: warning, severity: warning}

        # Who sees a page of some domains and gets reports of them: those with these tags. `lapwing clients` prints the links.
        # clients:
        #   acme: {tags: [client-a], name: Acme GmbH, logo: acme.png, colour: "#0a5f6b"}

        # Who is told. Without routes, every channel gets at once warnings and worse and each change of a record that was
        # not announced, and the rest once a day. A route says the least severity, and whether unannounced changes go that
        # way below it too; it may be narrowed to record types, domains, tags, classes, findings and hours.
        # channels:
        #   ops: {webhook: {url: "${OPS_URL}", secret_file: /etc/lapwing/hook.key}}
        #   chat: {slack: {url: "${SLACK_URL}"}}
        #   pager: {pagerduty: {routing_key_file: /etc/lapwing/pager.key}}
        #   mail: {mail: {url: "smtp://mail.example.com:587", from: lapwing@example.com, to: [ops@example.com]}}
        # routes:
        #   - {to: [ops, chat], severity: warning, changes: true, digest: {at: "08:00", zone: Europe/Berlin}}
        #   - {to: [pager], severity: critical, remind: 1h, escalate: {after: 30m, to: [mail]}, fallback: [mail]}
        #   - {to: [mail], severity: notice, types: [MX, TXT], tags: [client-a]}

        # Reports of a month or a week, when it is over.
        # reports:
        #   - {client: acme, every: month, to: mail, at: "08:00", zone: Europe/Berlin}

        # Announced work: what it changes is told quietly.
        # maintenance:
        #   - {domains: [example.org], from: 2026-12-01T20:00:00Z, to: 2026-12-01T22:00:00Z, reason: moving to the new host}

        """
}
