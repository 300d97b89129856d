#if canImport(LapwingProbes)
    import DNSSEC
    import DNSWire
    import Foundation
    import LapwingCrypto

    extension Exercise {
        /// Writes a signed root zone of many names, with hints, its key and the list of names, for a server to serve.
        static func writeZone(algorithm: UInt8, count: Int, folder: String) {
            guard let key = SigningKey(algorithm: algorithm, seed: "chain"), let server = try? Name("ns.") else {
                return
            }
            let moment = UInt32(Date().timeIntervalSince1970)
            var lines: [String] = []
            func add(_ name: Name, _ type: RecordType, _ data: [String]) {
                let set = RRset(
                    name: name, type: type, ttl: 86400, data: data.compactMap { try? RecordData(type: type, text: $0) })
                let signature = key.sign(
                    set, signer: .root, inception: moment - 86400, expiration: moment + 86400)
                for record in set.records + (signature.map { [$0] } ?? []) {
                    lines.append("\(record.name) \(record.ttl) IN \(record.type) \(record.data.text)")
                }
            }
            add(.root, .soa, ["ns. host. 1 3600 600 86400 300"])
            add(.root, .ns, ["ns."])
            add(server, .a, ["127.0.0.1"])
            add(.root, .dnskey, [key.dnskey.data.text])
            var names: [String] = []
            for place in 0..<count {
                guard let name = try? Name("host\(place).") else { continue }
                add(name, .a, ["192.0.2.\(place % 250)", "198.51.100.\(place % 250)"])
                names.append("\(name)")
            }
            let files = [
                "root.zone": lines, "names": names, "hints": [". 86400 IN NS ns.", "ns. 86400 IN A 127.0.0.1"],
                "key": [". 86400 IN DNSKEY \(key.dnskey.data.text)"],
            ]
            for (file, lines) in files {
                let text = lines.joined(separator: "\n") + "\n"
                _ = FileManager.default.createFile(atPath: "\(folder)/\(file)", contents: Data(text.utf8))
            }
        }
    }
#endif
