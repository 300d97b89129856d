/// The configuration that `lapwing config example` prints; a test reads it with the real reader.
package enum ExampleConfiguration {
    /// The file, which is valid without changes.
    package static let text = """
        # Lapwing's configuration. Only `domains` is needed: the present state of a domain is learnt.
        # Durations are 90s 5m 12h 30d. ${VAR} and ${VAR:-default} come from the environment, $$ is a dollar sign.

        # Where the web page, the API, /metrics and /probe listen.
        listen: 127.0.0.1:9053
        # Authentication and host names; needed if other machines can reach the listener.
        # web:
        #   config_file: web.yml                       # TLS and users, as for Prometheus exporters
        #   tokens: [SHA256_OF_A_TOKEN_IN_HEX]
        #   hosts: [monitor.example.org]               # further names, beside `listen`, loopback and external_url
        #   external_url: https://tools.example.org/dns/

        # History, incidents and waiting alerts: one SQLite file.
        store: lapwing.db

        # How long history, closed incidents and their notices are kept, 7d to 3650d.
        history: {keep: 400d}

        # Interval between checks of a domain, 10s to 1d.
        interval: 5m

        # Time until the second look at a suspicion, before it is reported, 1s to 60s.
        second_look: 5s

        # Severities of findings that differ from their pages; by code, or by family.
        # severities: {ttl.low: warning, "registration.*": critical}

        # How long a fault must last before it is reported: all name servers silent while few resolvers fail, 0s to 1h.
        # confirm: {authority-outage: 2m}

        # Modules of /probe, the same file that blackbox_exporter reads.
        # blackbox: blackbox.yml
        # Limits of its clients, regardless of the scrape's header.
        # probe: {max_timeout: 120s, max_in_flight: 500}

        # Root servers and keys of a laboratory, instead of the Internet's.
        # root_hints: named.root
        # trust_anchor: root.key
        # Addresses that are never asked, even if a zone lists servers there. Default: addresses outside the public
        # Internet, or none if root_hints are given.
        # unasked: [10.0.0.0/8, 127.0.0.0/8, 192.168.0.0/16]

        # Queries a day that a registry grants, if not the usual 4320.
        # registration: {budgets: {rdap.verisign.com: 20000}}

        # Public resolvers to compare; add those of the regions your users are in.
        resolvers:
          google: 8.8.8.8
          cloudflare: 1.1.1.1
          opendns: 208.67.222.222
          # regional: {address: 77.88.8.8, region: east}
          # private: tls://9.9.9.9#dns.quad9.net

        # Settings of every domain without its own.
        defaults:
          names: ["@", "www"]
          records: [A, AAAA, CNAME, MX, NS, TXT, SOA, CAA, DS]
          ttl: {low: 60s}          # lower TTLs are reported; 0s turns that off
          dnssec: auto             # auto: the state found is normal; required; off
          registration: {notice: 60d, warning: 30d, critical: 7d}

        domains:
          - example.com
          # - name: example.org
          #   names: ["@", www, portal, _dmarc]
          #   interval: 1m
          #   sensitive: [NS, MX, portal/A]        # records whose change does most harm
          #   expect: {"www/A": [192.0.2.10, 192.0.2.11], MX: {count: {min: 2}}}
          #   declared: zones/example.org.zone     # differences are reported; also octoDNS, Terraform …
          #   auto_renew: true
          #   tags: [client-a]
          # - file: domains.txt                    # one name a line

        # Groups of domains, of which a number must be well; reported when too few are.
        # health:
        #   shop: {needs: 2, of: [shop-a.example, shop-b.example, shop-c.example]}
        #   client-a: {needs: all, of: {tag: client-a}, fails_at: warning, severity: warning}

        # Clients, with a page and reports of the domains with these tags. `lapwing clients` prints the links.
        # clients:
        #   acme: {tags: [client-a], name: Acme GmbH, logo: acme.png, colour: "#0a5f6b"}

        # Who gets notices. Without routes, every channel gets warnings and worse and each unannounced change of a record at
        # once, and the rest once a day. A route sets the lowest severity, and whether unannounced changes below it are
        # sent too; it may be narrowed to record types, domains, tags, classes, findings and hours.
        # channels:
        #   ops: {webhook: {url: "${OPS_URL}", secret_file: /etc/lapwing/hook.key}}
        #   chat: {slack: {url: "${SLACK_URL}"}}
        #   pager: {pagerduty: {routing_key_file: /etc/lapwing/pager.key}}
        #   mail: {mail: {url: "smtp://mail.example.com:587", from: lapwing@example.com, to: [ops@example.com]}}
        # routes:
        #   - {to: [ops, chat], severity: warning, changes: true, digest: {at: "08:00", zone: Europe/Berlin}}
        #   - {to: [pager], severity: critical, remind: 1h, escalate: {after: 30m, to: [mail]}, fallback: [mail]}
        #   - {to: [mail], severity: notice, types: [MX, TXT], tags: [client-a]}

        # Reports at the end of a month or a week.
        # reports:
        #   - {client: acme, every: month, to: mail, at: "08:00", zone: Europe/Berlin}

        # Announced work: its changes are reported quietly.
        # maintenance:
        #   - {domains: [example.org], from: 2026-12-01T20:00:00Z, to: 2026-12-01T22:00:00Z, reason: moving to the new host}

        """
}
