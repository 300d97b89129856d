package import DNSWire
import LapwingCore

/// Reads an input in any format.
package struct ImportReading: Sendable {
    /// The result of a format's reader.
    package struct Result: Sendable {
        /// The recognised or stated form; ``ImportFormat/list`` for a folder with files of several forms.
        package var format: ImportFormat
        /// In the order of the input.
        package var domains: [ImportedDomain]
        /// The kept faults; ``faultCount`` is the total number.
        package var faults: [ImportFault]
        /// The number of all faults, including those beyond the limit of the list.
        package var faultCount: Int

        /// Whether a part of the input is invalid, rather than only useless.
        package var isRefusedInPart: Bool { faults.contains { $0.weight != .leftOut } }
    }

    let rules: DomainGathering.Rules
    /// The format that the user states; nil to recognise it.
    var format: ImportFormat?
    /// The origin of a zone file that does not state it.
    var origin: Name?
    /// The order in dates such as 03/04/2027; nil to infer it from the column.
    var dates: DateOrder?

    package init(
        _ rules: DomainGathering.Rules, format: ImportFormat? = nil, origin: Name? = nil, dates: DateOrder? = nil
    ) {
        self.rules = rules
        self.format = format
        self.origin = origin
        self.dates = dates
    }

    /// Returns the domains of an input.
    ///
    /// - Throws: the reason if nothing of it can be used.
    package func read(_ input: ImportInput) throws(ImportFault) -> Result {
        var gathering = DomainGathering(rules)
        let found: ImportFormat
        if input.isFolder {
            found = try readFolder(input, into: &gathering)
        } else {
            guard let file = input.files.first else { throw ImportFault(ImportPlace(file: input.name), "it is empty") }
            found = try readFile(file, into: &gathering)
        }
        let domains = gathering.finished()
        return Result(
            format: found, domains: domains, faults: gathering.faults, faultCount: gathering.faultCount)
    }

    private func readFolder(
        _ input: ImportInput, into gathering: inout DomainGathering
    ) throws(ImportFault) -> ImportFormat {
        guard input.files.count <= ImportInput.mostFiles else {
            throw ImportFault(
                ImportPlace(file: input.name), "more than \(ImportInput.mostFiles) files", weight: .fatal)
        }
        if format == nil || format == .octoDNS {
            gathering.form = .octoDNS
            var reader = OctoDNSReader(gathering, folder: input)
            if try reader.read(isCertain: format == .octoDNS) {
                gathering = reader.gathering
                return .octoDNS
            }
        }
        var found: ImportFormat?
        for file in input.files.sorted(by: { $0.name < $1.name }) {
            let one = try readFile(file, into: &gathering)
            found = found == nil || found == one ? one : .list
        }
        guard let found else {
            throw ImportFault(ImportPlace(file: input.name), "there are no files in it", weight: .fatal)
        }
        return found
    }

    private func readFile(
        _ file: ImportInput.File, into gathering: inout DomainGathering
    ) throws(ImportFault) -> ImportFormat {
        let text = try file.text()
        let recogniser = Recogniser(file: file, text: text)
        let shape = try recogniser.shape(format)
        gathering.form = DeclaredZone.Form(shape.format)
        switch shape.format {
        case .lapwing: try LapwingReader(file: file.name).read(try shape.tree(), into: &gathering)
        case .zone:
            try ZoneFileReader(file: file, origin: origin).read(text, into: &gathering)
        case .csv: try TableReader(file: file.name, order: dates).read(text, into: &gathering)
        case .list: ListReader(file: file.name).read(text, into: &gathering)
        case .blackbox: try BlackboxReader(file: file.name).read(try shape.tree(), into: &gathering)
        case .gatus: try GatusReader(file: file.name).read(try shape.tree(), into: &gathering)
        case .uptimeKuma: try UptimeKumaReader(file: file.name).read(try shape.tree(), into: &gathering)
        case .octoDNS: try OctoDNSZone(file: file.name).read(try shape.tree(), named: nil, into: &gathering)
        case .dnsControl: try DNSControlReader(file: file.name).read(try shape.tree(), into: &gathering)
        case .terraform: try TerraformReader(file: file.name).read(try shape.tree(), into: &gathering)
        }
        return shape.format
    }
}
