import DNSWire

extension Silence {
    /// Its scope: `ttl-anomaly of example.com.`, `ttl.low and www.example.com. A of example.com.`, `all domains`.
    package var words: String {
        let parts = [incidentClass?.rawValue, code?.rawValue, record?.description]
        let what = parts.compactMap { $0 }.joined(separator: " and ")
        let place = domain.map(\.description) ?? "all domains"
        return what.isEmpty ? place : "\(what) of \(place)"
    }
}
