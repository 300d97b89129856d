import Foundation

/// The description of the API, OpenAPI 3.1: the file `Assets/openapi.json`.
package enum OpenAPI {
    private static let text = Assets.all["openapi.json"] ?? ""
    /// The list of servers in the file, replaced by the address under which the API is reached.
    private static let servers = #""servers": [{ "url": "/" }]"#

    /// Returns the description for an API below a base path; an empty base is the root.
    package static func document(base: String) -> String {
        guard !base.isEmpty, let place = text.firstRange(of: servers) else { return text }
        let server = JSONText.list([.object([("url", .text(base))])])
        return text.replacingCharacters(in: place, with: "\"servers\": \(server)")
    }

    /// All operations with their summaries, in the order of the paths.
    static let operations: [(method: String, path: String, summary: String)] = {
        let object = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
        let paths = object?["paths"] as? [String: [String: Any]] ?? [:]
        return paths.sorted { $0.key < $1.key }.flatMap { path, methods in
            methods.sorted { $0.key < $1.key }.map { method, operation in
                (method.uppercased(), path, (operation as? [String: Any])?["summary"] as? String ?? "")
            }
        }
    }()
}
