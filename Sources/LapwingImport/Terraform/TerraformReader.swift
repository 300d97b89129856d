import DNSWire
import LapwingCore

/// Reads a state of Terraform or OpenTofu, or the output of `terraform show -json` for a state or a plan: zones and
/// records of the providers in ``TerraformTable``.
struct TerraformReader {
    private static let deepestModule = 64

    let file: String

    /// One instance of a resource.
    struct Resource {
        var type: String
        var attributes: DocumentValue
        var place: ImportPlace
    }

    func read(_ document: DocumentValue, into gathering: inout DomainGathering) throws(ImportFault) {
        let resources = try self.resources(document)
        let zones = Zones(resources)
        for resource in resources {
            if let row = TerraformTable.zones[resource.type] {
                takeZone(resource, row, into: &gathering)
            }
        }
        for resource in resources {
            guard let row = TerraformTable.records[resource.type] else { continue }
            TerraformRecord(resource: resource, row: row, zones: zones).take(into: &gathering)
        }
        if !resources.contains(where: { TerraformTable.knows($0.type) }) {
            let word =
                resources.isEmpty
                ? "there are no resources in it" : "no resource in it is a zone or record of a known provider"
            throw ImportFault(ImportPlace(file: file, line: 1), word, weight: .fatal)
        }
    }

    private func takeZone(
        _ resource: Resource, _ row: TerraformTable.Zone, into gathering: inout DomainGathering
    ) {
        guard let name = row.names.lazy.compactMap({ resource.attributes.text($0) }).first else {
            return gathering.refuse("its name is not known yet", resource.place)
        }
        let isPrivate =
            resource.attributes["vpc"]?.list?.isEmpty == false || resource.attributes.text("visibility") == "private"
        if isPrivate {
            return gathering.leaveOut("\(name) is a private zone: it cannot be asked from outside", resource.place)
        }
        guard let domain = gathering.domain(name, resource.place) else { return }
        if let text = row.expires.flatMap({ resource.attributes.text($0) }),
            case .moment(let moment) = ColumnOrder.open.date(text)
        {
            gathering.change(domain) { $0.expires = moment }
        }
    }

    private func resources(_ document: DocumentValue) throws(ImportFault) -> [Resource] {
        if let list = document["resources"]?.list { return state(list) }
        var found: [Resource] = []
        let values = document["values"] ?? document["planned_values"]
        guard let root = values?["root_module"] else {
            throw ImportFault(
                ImportPlace(file: file, line: document.line),
                "there are neither `resources` (a state of version 4) nor `values.root_module` (terraform show -json)",
                weight: .fatal)
        }
        shown(root, "root_module", 0, &found)
        return found
    }

    /// Reads a state file of version 4.
    private func state(_ list: [DocumentValue]) -> [Resource] {
        list.enumerated().flatMap { index, resource -> [Resource] in
            guard let type = resource.text("type"), resource.text("mode") != "data" else { return [] }
            return (resource["instances"]?.list ?? []).enumerated().compactMap { number, instance in
                guard let attributes = instance["attributes"] else { return nil }
                let key = instance.text("index_key").map { "[\($0.prefix(60))]" } ?? ""
                let module = resource.text("module").map { "\($0)." } ?? ""
                let address = "\(module)\(type).\(resource.text("name") ?? "\(index)")\(key)"
                return Resource(
                    type: type, attributes: attributes,
                    place: ImportPlace(file: file, line: instance.line, column: instance.column, path: address))
            }
        }
    }

    private func shown(_ module: DocumentValue, _ path: String, _ depth: Int, _ found: inout [Resource]) {
        for resource in module["resources"]?.list ?? [] {
            guard let type = resource.text("type"), resource.text("mode") != "data", let values = resource["values"]
            else { continue }
            found.append(
                Resource(
                    type: type, attributes: values,
                    place: ImportPlace(
                        file: file, line: resource.line, column: resource.column,
                        path: resource.text("address") ?? path)))
        }
        guard depth < Self.deepestModule else { return }
        for child in module["child_modules"]?.list ?? [] { shown(child, path, depth + 1, &found) }
    }

    /// The names of zones by the identifiers that records use.
    struct Zones {
        private var names: [String: String] = [:]
        private(set) var hidden: Set<String> = []

        init(_ resources: [Resource]) {
            for resource in resources {
                guard let row = TerraformTable.zones[resource.type],
                    let name = row.names.lazy.compactMap({ resource.attributes.text($0) }).first
                else { continue }
                let isPrivate =
                    resource.attributes["vpc"]?.list?.isEmpty == false
                    || resource.attributes.text("visibility") == "private"
                for key in row.ids {
                    guard let id = resource.attributes.text(key) else { continue }
                    names[id] = name
                    if isPrivate { hidden.insert(id) }
                }
            }
        }

        func name(_ id: String) -> String? { names[id] }
    }
}
