import DNSWire

/// The zone and record resources of Terraform's providers, with the keys of their data.
enum TerraformTable {
    struct Zone {
        /// Keys of the zone's name, the first one that exists.
        var names: [String]
        /// Keys of the identifier by which records refer to the zone.
        var ids: [String] = ["id"]
        /// The key of the end of a registration.
        var expires: String?
    }

    struct Record {
        /// Keys of the zone's name.
        var zone: [String] = []
        /// Keys of the zone's identifier.
        var zoneID: [String] = []
        var name: [String] = ["name"]
        /// Keys of the type; empty if the resource has a fixed type.
        var type: [String] = ["type"]
        var fixedType: RecordType?
        /// Keys of the values: a text, texts, or objects.
        var values: [String]
        /// Whether a host without a trailing dot is relative to the zone.
        var hasRelativeHosts = false
        /// Keys whose presence means that the provider computes the values.
        var computed: [String] = []
    }

    static func knows(_ type: String) -> Bool { zones[type] != nil || records[type] != nil }

    static let zones: [String: Zone] = [
        "aws_route53_zone": Zone(names: ["name"], ids: ["zone_id", "id"]),
        "aws_route53domains_registered_domain": Zone(names: ["domain_name"], expires: "expiration_date"),
        "aws_route53domains_domain": Zone(names: ["domain_name"], expires: "expiration_date"),
        "cloudflare_zone": Zone(names: ["zone", "name"]),
        "google_dns_managed_zone": Zone(names: ["dns_name"], ids: ["name", "id"]),
        "azurerm_dns_zone": Zone(names: ["name"]),
        "digitalocean_domain": Zone(names: ["name"]),
        "hcloud_zone": Zone(names: ["name"], ids: ["id", "name"]),
        "hetznerdns_zone": Zone(names: ["name"]),
        "ovh_domain_zone": Zone(names: ["name", "zone_name", "zone"]),
        "ovh_domain_name": Zone(names: ["domain_name"]),
        "gandi_livedns_domain": Zone(names: ["name"]),
        "gandi_domain": Zone(names: ["name"]),
        "dnsimple_zone": Zone(names: ["name"]),
        "dnsimple_domain": Zone(names: ["name"]),
        "powerdns_zone": Zone(names: ["name"]),
        "ns1_zone": Zone(names: ["zone"]),
        "linode_domain": Zone(names: ["domain"]),
        "vultr_dns_domain": Zone(names: ["domain"]),
        "scaleway_domain_zone": Zone(names: ["domain"]),
        "desec_domain": Zone(names: ["name"]),
        "namecheap_domain_records": Zone(names: ["domain"]),
    ]

    private static let ofCloudflare = Record(
        zoneID: ["zone_id"], name: ["hostname", "name"], values: ["content", "value", "data"])
    private static let ofDNSimple = Record(
        zone: ["zone_name", "domain"], name: ["qualified_name", "name"], values: ["value"])

    private static func ofAzure(_ type: RecordType, _ values: String) -> Record {
        Record(
            zone: ["zone_name"], type: [], fixedType: type, values: [values], computed: ["target_resource_id"])
    }

    static let records: [String: Record] = [
        "aws_route53_record": Record(
            zoneID: ["zone_id"], name: ["fqdn", "name"], values: ["records"],
            computed: ["alias"]),
        "cloudflare_record": ofCloudflare,
        "cloudflare_dns_record": ofCloudflare,
        "google_dns_record_set": Record(
            zoneID: ["managed_zone"], values: ["rrdatas"], computed: ["routing_policy"]),
        "azurerm_dns_a_record": ofAzure(.a, "records"),
        "azurerm_dns_aaaa_record": ofAzure(.aaaa, "records"),
        "azurerm_dns_cname_record": ofAzure(.cname, "record"),
        "azurerm_dns_ns_record": ofAzure(.ns, "records"),
        "azurerm_dns_ptr_record": ofAzure(.ptr, "records"),
        "azurerm_dns_mx_record": ofAzure(.mx, "record"),
        "azurerm_dns_txt_record": ofAzure(.txt, "record"),
        "azurerm_dns_srv_record": ofAzure(.srv, "record"),
        "azurerm_dns_caa_record": ofAzure(.caa, "record"),
        "digitalocean_record": Record(zone: ["domain"], name: ["fqdn", "name"], values: ["value"]),
        "hcloud_zone_rrset": Record(zoneID: ["zone"], values: ["records"], hasRelativeHosts: true),
        "hcloud_zone_record": Record(zoneID: ["zone"], values: ["value"], hasRelativeHosts: true),
        "hetznerdns_record": Record(zoneID: ["zone_id"], values: ["value"], hasRelativeHosts: true),
        "ovh_domain_zone_record": Record(
            zone: ["zone"], name: ["subdomain"], type: ["fieldtype"], values: ["target"], hasRelativeHosts: true),
        "gandi_livedns_record": Record(zone: ["zone"], values: ["values"], hasRelativeHosts: true),
        "dnsimple_zone_record": ofDNSimple,
        "dnsimple_record": ofDNSimple,
        "powerdns_record": Record(zone: ["zone"], values: ["records"]),
        "ns1_record": Record(zone: ["zone"], name: ["domain"], values: ["answers"], computed: ["filters"]),
        "linode_domain_record": Record(zoneID: ["domain_id"], type: ["record_type"], values: ["target"]),
        "vultr_dns_record": Record(zone: ["domain"], values: ["data"]),
        "scaleway_domain_record": Record(zone: ["dns_zone"], name: ["fqdn", "name"], values: ["data"]),
        "desec_rrset": Record(zone: ["domain"], name: ["subname"], values: ["records"]),
    ]
}
