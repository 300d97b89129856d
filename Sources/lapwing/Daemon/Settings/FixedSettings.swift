import Foundation
import LapwingCore

/// The settings that are used only at the start, so that a change needs a restart.
struct FixedSettings: Sendable {
    private let values: [(key: String, value: String?)]
    /// Files that are read at the start, with their content then.
    private let files: [(key: String, content: Data?)]

    init(_ settings: Settings) {
        let paths = [
            ("root_hints", settings.rootHints), ("trust_anchor", settings.trustAnchor),
            ("registration.rdap_bootstrap", settings.rdapBootstrap),
            ("registration.whois_servers", settings.whoisServers),
        ]
        values =
            [
                ("listen", "\(settings.listen.host) \(settings.listen.port)"), ("store", settings.store),
                ("workers", settings.worker.map { "\($0) \(settings.vantage)" }),
                ("web.external_url", settings.web.externalURL), ("blackbox", settings.blackbox),
                ("sandbox", "\(settings.sandbox.isOn) \(settings.sandbox.writable ?? ["-"])"),
                ("notify.listen", settings.notifications.map { "\($0.listen.host) \($0.listen.port)" }),
                ("proxy", settings.proxy.map { "\($0)" }),
                ("unasked", settings.unasked?.map(\.description).joined(separator: " ")),
            ] + paths
        files = paths.map { ($0, $1.flatMap { FileManager.default.contents(atPath: $0) }) }
    }

    /// Returns the keys whose values differ.
    func changes(to other: FixedSettings) -> [String] {
        zip(values, other.values).filter { $0.value != $1.value }.map(\.0.key)
    }

    /// Returns the keys whose files have changed. Other programs renew such files at any time, so a change is no reason
    /// to refuse a reload.
    func renewals(in other: FixedSettings) -> [String] {
        zip(files, other.files).filter { $0.content != $1.content }.map(\.0.key)
    }
}
