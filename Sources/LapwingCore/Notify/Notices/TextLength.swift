/// How a service measures the length of a text.
package enum TextLength: Sendable, Hashable {
    case characters(Int)
    /// UTF-16 code units, as services in JavaScript and Java count.
    case utf16(Int)
    case bytes(Int)

    var limit: Int {
        switch self {
        case .characters(let limit), .utf16(let limit), .bytes(let limit): limit
        }
    }

    func size(of text: String) -> Int {
        switch self {
        case .characters: text.count
        case .utf16: text.utf16.count
        case .bytes: text.utf8.count
        }
    }
}
