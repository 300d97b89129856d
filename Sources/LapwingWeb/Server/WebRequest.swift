import HTTPTypes
import Hummingbird
import NIOCore

/// A request with its path taken apart.
struct WebRequest: Sendable {
    /// A body beyond this is refused, in bytes.
    static let longestBody = 64 << 10

    var method: HTTPRequest.Method
    /// The path below the base path, with one slash in front.
    var path: String
    var segments: [String]
    var parameters: [(name: String, value: String)]
    var headers: HTTPFields
    var base: String
    var theme: String?
    var body: ByteBuffer = ByteBuffer()
    /// The parts of the path that the route names.
    var captures: [String: String] = [:]
    /// Where the request comes from, without a port.
    var peer = ""
    /// Who waits for the answer; nil where nobody can tell.
    var presence: @Sendable () async -> ClientPresence? = { nil }

    /// Runs work that may take long and is worth nothing once its client has gone.
    func whileClientWaits<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let presence = await presence() else { return try await work() }
        return try await presence.during(work)
    }

    func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// A field of a form that was posted.
    func field(_ name: String) -> String? { Self.pairs(String(buffer: body)).first { $0.name == name }?.value }

    var wantsJSON: Bool { (headers[.contentType] ?? "").hasPrefix("application/json") }

    init?(_ request: Request, base: String) {
        method = request.method
        headers = request.headers
        self.base = base
        let target = request.head.path ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var path = String(parts.first ?? "/")
        if !base.isEmpty, path == base || path.hasPrefix(base + "/") { path = String(path.dropFirst(base.count)) }
        guard path.isEmpty || path.hasPrefix("/") else { return nil }
        let raw = path.split(separator: "/", omittingEmptySubsequences: true)
        let decoded = raw.compactMap { Self.decoded($0, plusIsBlank: false) }
        guard decoded.count == raw.count else { return nil }
        segments = decoded
        self.path = path.isEmpty ? "/" : path
        parameters = parts.count > 1 ? Self.pairs(String(parts[1])) : []
        for cookie in (headers[.cookie] ?? "").split(separator: ";") {
            let pair = cookie.drop { $0 == " " }
            if pair == "lapwing-theme=dark" { theme = "dark" }
            if pair == "lapwing-theme=light" { theme = "light" }
        }
    }

    /// The pairs of a query or a form; what is no pair is left out.
    ///
    /// One that has a `;` is left out too, as others do: it once stood between pairs, and nobody can tell what was meant.
    static func pairs(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: "&").prefix(200).filter { !$0.utf8.contains(UInt8(ascii: ";")) }.compactMap { part in
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(pair[0], plusIsBlank: true) else { return nil }
            guard pair.count > 1 else { return (name, "") }
            return decoded(pair[1], plusIsBlank: true).map { (name, $0) }
        }
    }

    private static func decoded(_ text: Substring, plusIsBlank: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.popFirst().flatMap(hex), let low = rest.popFirst().flatMap(hex) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(plusIsBlank && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
