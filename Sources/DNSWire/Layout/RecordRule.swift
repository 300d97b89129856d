/// What the fields of record data must be to each other.
enum RecordRule: Hashable, Sendable {
    /// The digest of DS has the length that its kind has; kind 0 is none (RFC 4034, RFC 4509, RFC 6605).
    case digestLength
    /// As ``digestLength``, and one byte for kind 0, which asks for deletion (RFC 8078 section 4).
    case childDigestLength
    /// The fingerprint of SSHFP has the length that its kind has (RFC 4255, RFC 6594).
    case fingerprintLength
    /// What TLSA compares to has the length of the hash that it names (RFC 6698 section 2.1.3).
    case associationLength
    /// The digest of ZONEMD has the length that its kind has, never less than twelve bytes (RFC 8976 section 2.2).
    case zoneDigestLength
    /// Latitude and longitude are on the globe.
    case geographicalPosition
    /// An alias (priority 0) of SVCB has no parameters.
    case aliasIsBare
    /// There is something after the first bytes.
    case longerThan(Int)

    /// Whether record data that has all its fields is sound.
    func permits(_ data: ArraySlice<UInt8>) -> Bool {
        let start = data.startIndex
        switch self {
        case .digestLength: return Self.digest(kind: data[start + 3], count: data.count - 4)
        case .childDigestLength:
            return data[start + 3] == 0 ? data.count == 5 : Self.digest(kind: data[start + 3], count: data.count - 4)
        case .fingerprintLength: return Self.length(data.count - 2, kind: data[start + 1], [1: 20, 2: 32])
        case .associationLength: return Self.length(data.count - 3, kind: data[start + 2], [1: 32, 2: 64])
        case .zoneDigestLength:
            let (scheme, hash) = (data[start + 4], data[start + 5])
            return scheme != 0 && hash != 0 && data.count - 6 >= 12
                && Self.length(data.count - 6, kind: hash, [1: 48, 2: 64])
        case .geographicalPosition: return GeographicalPosition.isOnGlobe(data)
        case .aliasIsBare:
            guard data[start] == 0, data[start + 1] == 0 else { return true }
            var position = start + 2
            while data[position] != 0 { position += Int(data[position]) + 1 }
            return position + 1 == data.endIndex
        case .longerThan(let count): return data.count > count
        }
    }

    private static func digest(kind: UInt8, count: Int) -> Bool {
        kind != 0 && length(count, kind: kind, [1: 20, 2: 32, 3: 32, 4: 48])
    }

    private static func length(_ count: Int, kind: UInt8, _ lengths: [UInt8: Int]) -> Bool {
        lengths[kind].map { $0 == count } ?? true
    }
}
