/// What the fields of record data must be to each other.
enum RecordRule: Hashable, Sendable {
    /// The digest of DS has the length that its kind has (RFC 4034 section 5.1, RFC 4509, RFC 6605).
    case digestLength

    /// Whether record data that has all its fields is sound.
    func permits(_ data: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .digestLength:
            let digestCount = data.count - 4
            return switch data[data.startIndex + 3] {
            case 1: digestCount == 20
            case 2, 3: digestCount == 32
            case 4: digestCount == 48
            default: true
            }
        }
    }
}
