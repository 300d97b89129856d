import Foundation
import LapwingCore

/// Results as JSON on stdout.
enum JSONOutput {
    static func print(_ value: some Encodable) throws {
        Swift.print(try text(value, pretty: true))
    }

    static func print(line value: some Encodable) throws {
        Swift.print(try text(value, pretty: false))
    }

    /// Encodes one JSON value with its keys in alphabetical order.
    ///
    /// - Parameter pretty: whether to use several lines.
    static func text(
        _ value: some Encodable, pretty: Bool = false, keys: JSONEncoder.KeyEncodingStrategy = .useDefaultKeys
    ) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = keys
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return visible(try encoder.encode(value))
    }

    /// Escapes characters in strings that would act on a terminal, as `\u009B`.
    private static func visible(_ json: Data) -> String { visible(String(decoding: json, as: UTF8.self)) }

    private static func visible(_ json: String) -> String {
        json.visibleLines { scalar in
            scalar.utf16.map { unit in
                let digits = String(unit, radix: 16, uppercase: true)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
            .joined()
        }
    }
}
