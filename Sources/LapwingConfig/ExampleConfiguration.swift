/// The configuration that `lapwing config example` prints; a test reads it with the real reader.
package enum ExampleConfiguration {
    package static let text = """
        # Lapwing's configuration. Only `domains` is needed: the present state of a domain is learnt.
        # Durations are 90s 5m 12h 30d. ${VAR} and ${VAR:-default} come from the environment, $$ is a dollar sign.

        # Where the web page, the API, /metrics and /probe listen.
        listen: 127.0.0.1:9053

        # History, incidents and waiting alerts: one SQLite file.
        store: lapwing.db

        # How often each domain is looked at, 10s to 1d.
        interval: 5m

        # How soon a suspicion is looked at again before it is told, 1s to 60s.
        second_look: 5s

        # Modules of /probe, the same file that blackbox_exporter reads.
        # blackbox: blackbox.yml

        # Other roots than the Internet's, for laboratories.
        # root_hints: named.root
        # trust_anchor: root.key

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
          #   expect: {"www/A": [192.0.2.10, 192.0.2.11]}
          #   auto_renew: true
          #   tags: [client-a]
          # - file: domains.txt                    # one name a line

        # Who is told. Without routes, every channel gets warnings and worse.
        # channels:
        #   ops: {webhook: {url: "${OPS_URL}", secret_file: /etc/lapwing/hook.key}}
        #   chat: {slack: {url: "${SLACK_URL}"}}
        #   pager: {pagerduty: {routing_key_file: /etc/lapwing/pager.key}}
        #   mail: {mail: {url: "smtp://mail.example.com:587", from: lapwing@example.com, to: [ops@example.com]}}
        # routes:
        #   - {to: [ops, chat], severity: warning}
        #   - {to: [pager], severity: critical}

        # Announced work: what it changes is told quietly.
        # maintenance:
        #   - {domains: [example.org], from: 2026-12-01T20:00:00Z, to: 2026-12-01T22:00:00Z, reason: moving to the new host}

        """
}
