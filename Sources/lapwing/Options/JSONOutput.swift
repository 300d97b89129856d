import Foundation

/// Results as JSON on stdout.
enum JSONOutput {
    static func print(_ value: some Encodable) throws {
        Swift.print(try text(value, pretty: true))
    }

    static func print(line value: some Encodable) throws {
        Swift.print(try text(value, pretty: false))
    }

    static func text(_ value: some Encodable, pretty: Bool) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
