import DNSWire
import LapwingImport
import Testing

@Suite("States of Terraform")
struct TerraformTests {
    /// A state with the instances of a resource each.
    static func state(_ resources: [(type: String, attributes: String)]) -> String {
        let list = resources.map { type, attributes in
            #"{"mode": "managed", "type": "\#(type)", "name": "a", "instances": [{"attributes": \#(attributes)}]}"#
        }
        let head = #""version": 4, "terraform_version": "1.9.0", "lineage": "x""#
        return "{\(head), \"resources\": [\(list.joined(separator: ",\n"))]}"
    }

    static let providers: [(zone: (String, String), record: (String, String), said: String)] = [
        (
            ("aws_route53_zone", #"{"name": "example.com", "zone_id": "Z1", "id": "Z1"}"#),
            (
                "aws_route53_record",
                #"{"zone_id": "Z1", "fqdn": "mail.example.com", "name": "mail", "type": "MX", "records": ["10 mx.example.net"], "alias": []}"#
            ), "mail.example.com. MX 10 mx.example.net."
        ),
        (
            ("cloudflare_zone", #"{"zone": "example.com", "id": "c1"}"#),
            (
                "cloudflare_record",
                #"{"zone_id": "c1", "hostname": "mail.example.com", "name": "mail", "type": "MX", "content": "mx.example.net", "priority": 10, "proxied": false}"#
            ), "mail.example.com. MX 10 mx.example.net."
        ),
        (
            ("cloudflare_zone", #"{"name": "example.com", "id": "c1"}"#),
            (
                "cloudflare_dns_record",
                #"{"zone_id": "c1", "name": "_x._tcp.example.com", "type": "SRV", "data": {"priority": 1, "weight": 2, "port": 3, "target": "a.example.net"}}"#
            ), "_x._tcp.example.com. SRV 1 2 3 a.example.net."
        ),
        (
            ("google_dns_managed_zone", #"{"name": "main", "dns_name": "example.com.", "id": "projects/p/main"}"#),
            (
                "google_dns_record_set",
                #"{"managed_zone": "main", "name": "t.example.com.", "type": "TXT", "ttl": 60, "rrdatas": ["\"a b\" \"c\""]}"#
            ), #"t.example.com. TXT "a b" "c""#
        ),
        (
            ("azurerm_dns_zone", #"{"name": "example.com", "id": "/x"}"#),
            (
                "azurerm_dns_mx_record",
                #"{"zone_name": "example.com", "name": "@", "ttl": 300, "record": [{"preference": "10", "exchange": "mx.example.net"}]}"#
            ), "example.com. MX 10 mx.example.net."
        ),
        (
            ("digitalocean_domain", #"{"name": "example.com", "id": "example.com"}"#),
            (
                "digitalocean_record",
                #"{"domain": "example.com", "fqdn": "www.example.com", "name": "www", "type": "CNAME", "value": "example.com."}"#
            ), "www.example.com. CNAME example.com."
        ),
        (
            ("hetznerdns_zone", #"{"name": "example.com", "id": "h1"}"#),
            ("hetznerdns_record", #"{"zone_id": "h1", "name": "www", "type": "CNAME", "value": "web"}"#),
            "www.example.com. CNAME web.example.com."
        ),
        (
            ("hcloud_zone", #"{"name": "example.com", "id": 7}"#),
            (
                "hcloud_zone_rrset",
                #"{"zone": "example.com", "name": "www", "type": "A", "records": [{"value": "192.0.2.1"}]}"#
            ), "www.example.com. A 192.0.2.1"
        ),
        (
            ("ovh_domain_zone", #"{"name": "example.com"}"#),
            (
                "ovh_domain_zone_record",
                #"{"zone": "example.com", "subdomain": "", "fieldtype": "A", "target": "192.0.2.1"}"#
            ),
            "example.com. A 192.0.2.1"
        ),
        (
            ("gandi_livedns_domain", #"{"name": "example.com"}"#),
            (
                "gandi_livedns_record",
                #"{"zone": "example.com", "name": "a", "type": "AAAA", "values": ["2001:db8::1"]}"#
            ),
            "a.example.com. AAAA 2001:db8::1"
        ),
        (
            ("dnsimple_zone", #"{"name": "example.com"}"#),
            (
                "dnsimple_zone_record",
                #"{"zone_name": "example.com", "qualified_name": "a.example.com", "name": "a", "type": "A", "value": "192.0.2.1"}"#
            ), "a.example.com. A 192.0.2.1"
        ),
        (
            ("powerdns_zone", #"{"name": "example.com.", "kind": "Native"}"#),
            (
                "powerdns_record",
                #"{"zone": "example.com.", "name": "a.example.com.", "type": "CAA", "records": ["0 issue \"ca.example\""]}"#
            ), #"a.example.com. CAA 0 issue "ca.example""#
        ),
        (
            ("ns1_zone", #"{"zone": "example.com"}"#),
            (
                "ns1_record",
                #"{"zone": "example.com", "domain": "a.example.com", "type": "MX", "answers": [{"answer": "5 mx.example.net"}], "filters": []}"#
            ), "a.example.com. MX 5 mx.example.net."
        ),
    ]

    @Test("records of each provider are read", arguments: providers.indices)
    func provider(_ index: Int) throws {
        let (zone, record, said) = Self.providers[index]
        let result = try Reading.read(Self.state([zone, record]))
        #expect(result.format == .terraform)
        #expect(result.faults.isEmpty, "\(result.faults)")
        let records = result.domains.flatMap(\.records).map { "\($0.name) \($0.type) \($0.data?.text ?? "?")" }
        #expect(result.domains.map(\.name.description) == ["example.com."] && records == [said], "\(records)")
    }

    @Test("what a provider works out is watched without values")
    func computed() throws {
        let result = try Reading.read(
            Self.state([
                ("aws_route53_zone", #"{"name": "example.com", "zone_id": "Z1"}"#),
                (
                    "aws_route53_record",
                    #"{"zone_id": "Z1", "name": "example.com", "type": "A", "alias": [{"name": "x"}], "records": []}"#
                ),
                (
                    "cloudflare_record",
                    #"{"zone_id": "?", "hostname": "www.example.org", "name": "www", "type": "CNAME", "content": "x.example.net", "proxied": true}"#
                ),
                ("aws_route53_zone", #"{"name": "inside.example", "zone_id": "Z2", "vpc": [{"vpc_id": "v"}]}"#),
                (
                    "aws_route53_record",
                    #"{"zone_id": "Z2", "name": "a.inside.example", "type": "A", "records": ["192.0.2.1"]}"#
                ),
            ]))
        #expect(
            Reading.lines(result) == [
                #"example.com. {"names": {"@": null}}"#, #"example.org. {"names": {"@": null, "www": ["A", "AAAA"]}}"#,
            ])
        #expect(result.domains.flatMap(\.records).allSatisfy { $0.data == nil })
        #expect(result.faults.map(\.weight) == [.leftOut, .leftOut])
    }

    @Test("terraform show -json: modules in modules")
    func shown() throws {
        let result = try Reading.read(
            """
            {"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": {"resources": [
              {"address": "data.aws_route53_zone.d", "mode": "data", "type": "aws_route53_zone", "values": {"name": "no.example"}}],
             "child_modules": [{"child_modules": [{"resources": [
              {"address": "module.a.module.b.aws_route53_zone.z", "mode": "managed", "type": "aws_route53_zone",
               "values": {"name": "example.com", "zone_id": "Z"}}]}]}]}}}
            """)
        #expect(Reading.lines(result) == ["example.com. {}"])
        #expect(result.domains.first?.place.path == "module.a.module.b.aws_route53_zone.z")
        #expect(Reading.fault(#"{"terraform_version": "1", "resources": []}"#).contains("no resources"))
        #expect(Reading.fault(#"{"terraform_version": "1"}"#).contains("neither"))
    }
}
