package import DNSWire
package import LapwingCore

/// The configuration of the monitor in a scenario.
package struct MonitorSettings: Sendable {
    /// The watched domain, case-folded.
    package var domain: Name
    /// Minutes between rounds.
    package var poll: Int
    /// Minutes between look-ups of the registration.
    package var registryPoll: Int
    /// Minutes of learning before minute 0.
    package var learn: Int
    /// The location of the monitor, on which the answers of some servers depend.
    package var region: String
    /// The owner states that the registration renews automatically.
    package var renewsItself: Bool
    /// The watched RRsets.
    package var watch: [RecordSetKey]
    /// The sensitive ones among them.
    package var sensitive: [RecordSetKey]
    /// Names outside the domain, to tell a faulty resolver from a faulty domain.
    package var controls: [Name]
    /// Announced maintenance windows.
    package var maintenance: [MaintenanceWindow]
    /// The records of the domain as a file of the owner's has them; nil where the scenario declares none.
    package var declared: DeclaredZone?
    /// Servers from which the whole zone is fetched; empty where only names are watched.
    package var zoneServers: [IPAddress]
    /// Whether servers are asked if they give the zone to anybody.
    package var asksForZone: Bool
    /// Whether the owner states that the domain is signed.
    package var dnssec: Watch.DNSSECPolicy
    /// The values that the owner expects.
    package var expected: [RecordSetKey: [RecordData]]
    /// What the owner says their times to live are, in seconds.
    package var expectedTTL: [RecordSetKey: UInt32]
    /// The severities of findings that the owner configured.
    package var severities: SeverityPolicy
}

extension TreeReader {
    func monitorSettings(epoch: Timestamp) -> MonitorSettings {
        keys(
            [
                "domain", "poll", "registry_poll", "learn", "watch", "sensitive", "controls", "region", "auto_renew",
                "maintenance", "expected", "expected_ttl", "declared", "whole_zone", "asks_for_zone", "dnssec",
                "severities",
            ], of: "monitor")
        return MonitorSettings(
            domain: required("domain").name.folded, poll: required("poll").integer(1...1440),
            registryPoll: required("registry_poll").integer(1...100_000),
            learn: required("learn").integer(0...1_000_000),
            region: required("region").text, renewsItself: required("auto_renew").boolean,
            watch: required("watch").list.map(\.recordSetKey),
            sensitive: required("sensitive").list.map(\.recordSetKey),
            controls: required("controls").list.map(\.name),
            maintenance: required("maintenance").list.map { $0.maintenanceWindow(epoch: epoch) },
            declared: nil, zoneServers: (optional("whole_zone")?.list ?? []).compactMap(\.address),
            asksForZone: optional("asks_for_zone")?.boolean ?? false,
            dnssec: optional("dnssec")?.word(Watch.DNSSECPolicy.self) ?? .auto,
            expected: Dictionary(
                (optional("expected")?.list ?? []).map(\.expectedSet), uniquingKeysWith: { first, _ in first }),
            expectedTTL: Dictionary(
                (optional("expected_ttl")?.list ?? []).map(\.expectedTTL), uniquingKeysWith: { first, _ in first }),
            severities: SeverityPolicy(
                Dictionary(
                    (optional("severities")?.list ?? []).compactMap(\.severityOfCode), uniquingKeysWith: { $1 })))
    }

    /// `[code or family, severity]`
    private var severityOfCode: (String, Severity)? {
        let parts = list
        guard parts.count == 2, let severity = parts[1].word(Severity.self) else {
            fault("must be [code, severity]")
            return nil
        }
        return (parts[0].text, severity)
    }

    /// `[name, type, rdata...]`
    private var expectedSet: (RecordSetKey, [RecordData]) {
        let parts = list
        guard parts.count > 2 else {
            fault("must be [name, type, rdata...]")
            return (RecordSetKey(.root, .a), [])
        }
        let key = RecordSetKey(parts[0].name.folded, parts[1].recordType)
        return (key, parts[2...].compactMap { $0.data(key.type) })
    }

    /// `[name, type, seconds]`
    private var expectedTTL: (RecordSetKey, UInt32) {
        let parts = list
        guard parts.count == 3 else {
            fault("must be [name, type, seconds]")
            return (RecordSetKey(.root, .a), 0)
        }
        return (RecordSetKey(parts[0].name.folded, parts[1].recordType), UInt32(parts[2].integer(0...604_800)))
    }

    /// `[name, type]`
    private var recordSetKey: RecordSetKey {
        let parts = list
        guard parts.count == 2 else {
            fault("must be [name, type]")
            return RecordSetKey(.root, .a)
        }
        return RecordSetKey(parts[0].name.folded, parts[1].recordType)
    }

    private func maintenanceWindow(epoch: Timestamp) -> MaintenanceWindow {
        keys(["from", "to", "covers", "note", "content"], of: "a maintenance window")
        if let content = optional("content") {
            return MaintenanceWindow(
                from: required("from").moment(epoch: epoch), to: required("to").moment(epoch: epoch),
                content: content.announcedChanges)
        }
        let covers = required("covers").list.compactMap { $0.word(MaintenanceWindow.Subject.self) }
        return MaintenanceWindow(
            from: required("from").moment(epoch: epoch), to: required("to").moment(epoch: epoch), covers: Set(covers))
    }

    /// A list of texts such as `www.example.test A 192.0.2.7`.
    private var announcedChanges: [AnnouncedChange] {
        do throws(AnnouncedText.Fault) {
            return try AnnouncedText.read(list.map { $0.text }).changes
        } catch {
            fault(error.text)
            return []
        }
    }

    /// A minute of the scenario.
    private func moment(epoch: Timestamp) -> Timestamp {
        epoch.adding(seconds: Int64(integer()) * 60)
    }
}
