import Foundation
import LapwingCore

/// What is put together once when the daemon starts, so that only a restart can change it.
struct FixedSettings: Sendable {
    private let values: [(key: String, value: String?)]
    /// Files that are read at the start, with what they held then.
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

    /// The keys whose values are others now.
    func changes(to other: FixedSettings) -> [String] {
        zip(values, other.values).filter { $0.value != $1.value }.map(\.0.key)
    }

    /// The keys whose files hold something else now. Other programs renew such files at any time: no reason to refuse.
    func renewals(in other: FixedSettings) -> [String] {
        zip(files, other.files).filter { $0.content != $1.content }.map(\.0.key)
    }
}
