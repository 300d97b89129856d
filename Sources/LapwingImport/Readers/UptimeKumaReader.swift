import LapwingCore
/// Reads a backup of Uptime Kuma: the questions of its DNS monitors, the hosts of others, and their tags.
struct UptimeKumaReader {
    let file: String

    func read(_ document: DocumentValue, into gathering: inout DomainGathering) throws(ImportFault) {
        guard let monitors = document["monitorList"] else {
            throw ImportFault(ImportPlace(file: file, line: document.line), "there is no `monitorList`", weight: .fatal)
        }
        // A list in backups; an object by identifier if a program has queried the server.
        let list = monitors.list ?? monitors.members?.map(\.value) ?? []
        for (index, monitor) in list.enumerated() {
            let name = monitor.text("name").map { ": \($0.prefix(60))" } ?? ""
            let place = ImportPlace(
                file: file, line: monitor.line, column: monitor.column, path: "monitorList[\(index)]\(name)")
            take(monitor, place, into: &gathering)
        }
    }

    private func take(_ monitor: DocumentValue, _ place: ImportPlace, into gathering: inout DomainGathering) {
        let kind = monitor.text("type") ?? ""
        guard !["0", "false"].contains(monitor.text("active") ?? "1") else {
            return gathering.leaveOut("it is paused there", place)
        }
        var types = HostText.types
        if kind == "dns" {
            let type = monitor.text("dns_resolve_type")
            guard let asked = HostText.types(ofQuestion: type) else {
                return gathering.refuse("`\((type ?? "").prefix(40).description.visible)` is no record type", place)
            }
            types = asked
        }
        let hosts = [
            "dns", "ping", "port", "tcp", "steam", "gamedig", "mqtt", "radius", "smtp", "snmp", "tailscale-ping",
        ]
        let target = hosts.contains(kind) ? monitor.text("hostname") : monitor.text("url") ?? monitor.text("hostname")
        guard let target, !["push", "group", "docker", "manual"].contains(kind), target != "https://" else {
            return gathering.leaveOut(
                "a monitor of the kind `\(kind.prefix(40).description.visible)` has no host", place)
        }
        switch HostText.host(target) {
        case .none(let reason): gathering.leaveOut(reason, place)
        case .host(let host):
            guard let domain = gathering.host(host, types, place) else { return }
            gathering.tag(domain, (monitor["tags"]?.list ?? []).compactMap(Self.tag))
        }
    }

    /// `name`, or `name:value` if the tag has a value.
    private static func tag(_ tag: DocumentValue) -> String? {
        guard let name = tag.text("name"), !name.isEmpty else { return nil }
        guard let value = tag.text("value"), !value.isEmpty else { return name }
        return "\(name):\(value)"
    }
}
