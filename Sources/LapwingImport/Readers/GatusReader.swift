import LapwingCore
import DNSWire

/// Reads the endpoints of Gatus: the questions of DNS endpoints, the hosts of others; a group becomes a tag.
struct GatusReader {
    let file: String

    func read(_ document: DocumentValue, into gathering: inout DomainGathering) throws(ImportFault) {
        var isAny = false
        for key in ["endpoints", "external-endpoints"] {
            guard let list = document[key]?.list else { continue }
            isAny = true
            for (index, entry) in list.enumerated() { take(entry, "\(key)[\(index)]", nil, into: &gathering) }
        }
        for (index, suite) in (document["suites"]?.list ?? []).enumerated() {
            isAny = true
            for (place, entry) in (suite["endpoints"]?.list ?? []).enumerated() {
                take(entry, "suites[\(index)].endpoints[\(place)]", suite.text("group"), into: &gathering)
            }
        }
        guard isAny else {
            throw ImportFault(ImportPlace(file: file, line: document.line), "there are no `endpoints`", weight: .fatal)
        }
    }

    private func take(
        _ entry: DocumentValue, _ path: String, _ group: String?, into gathering: inout DomainGathering
    ) {
        let place = ImportPlace(file: file, line: entry.line, column: entry.column, path: path)
        guard entry.text("enabled")?.lowercased() != "false" else {
            return gathering.leaveOut("it is switched off there", place)
        }
        let domain: Name?
        if let question = entry["dns"] {
            let name = question.text("query-name") ?? ""
            let type = question.text("query-type")
            guard let types = HostText.types(ofQuestion: type) else {
                return gathering.refuse("`\((type ?? "").prefix(40).description.visible)` is no record type", place)
            }
            if case .none(let reason) = HostText.host(name) { return gathering.leaveOut(reason, place) }
            domain = gathering.host(name, types, place)
        } else {
            guard let url = entry.text("url") else { return gathering.leaveOut("it has no `url`", place) }
            switch HostText.host(url) {
            case .none(let reason): return gathering.leaveOut(reason, place)
            case .host(let host): domain = gathering.host(host, HostText.types, place)
            }
        }
        if let domain { gathering.tag(domain, [entry.text("group") ?? group ?? ""]) }
    }
}
