/// The supported formats of inputs.
package enum ImportFormat: String, CaseIterable, Sendable {
    case lapwing, zone, csv, list, blackbox, gatus
    case uptimeKuma = "uptime-kuma"
    case octoDNS = "octodns"
    case dnsControl = "dnscontrol"
    case terraform

    /// The name of the format in sentences.
    package var title: String {
        switch self {
        case .lapwing: "Lapwing's own form"
        case .zone: "a zone file"
        case .csv: "a table of domains"
        case .list: "a list of names"
        case .blackbox: "a configuration of blackbox_exporter"
        case .gatus: "a configuration of Gatus"
        case .uptimeKuma: "a backup of Uptime Kuma"
        case .octoDNS: "octoDNS"
        case .dnsControl: "output of dnscontrol print-ir"
        case .terraform: "a state of Terraform"
        }
    }
}
