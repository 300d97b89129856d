/// Reads Lapwing's own form: `domains` as in lapwing.yml and in the output of `lapwing export`, or a list of such
/// entries.
package struct LapwingReader {
    let file: String

    package init(file: String) {
        self.file = file
    }

    /// Enters the domains of a document; entries that cannot be read are noted as faults.
    ///
    /// - Throws: a fatal `ImportFault` if the document has no list of domains.
    package func read(_ document: DocumentValue, into gathering: inout DomainGathering) throws(ImportFault) {
        let list = document.list ?? document["domains"]?.list
        guard let list else {
            throw ImportFault(
                ImportPlace(file: file, line: document.line, column: document.column), "there is no list `domains`",
                weight: .fatal)
        }
        for (index, entry) in list.enumerated() {
            let place = ImportPlace(file: file, line: entry.line, column: entry.column, path: "domains[\(index)]")
            if let text = entry.text {
                _ = gathering.domain(text, place)
                continue
            }
            guard let name = entry.text("name") else {
                let isFile = entry["file"] != nil
                gathering.refuse(
                    isFile ? "it names another file; import that file by itself" : "key `name` is missing", place)
                continue
            }
            let isSuffix = ["true", "yes", "on"].contains(entry.text("suffix")?.lowercased() ?? "")
            guard let domain = gathering.domain(name, meansSuffix: isSuffix, place) else { continue }
            gathering.change(domain) { $0.said = DomainOptions(entry, without: ["name"]) }
        }
        for key in ["defaults", "maintenance"] where document[key] != nil {
            let value = document[key] ?? document
            gathering.leaveOut(
                "`\(key)` is not taken; domains are",
                ImportPlace(file: file, line: value.line, column: value.column, path: key))
        }
    }
}
