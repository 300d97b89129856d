import Foundation

/// The description of the API, OpenAPI 3.1: the file `Assets/openapi.json`.
package enum OpenAPI {
    private static let text = Assets.all["openapi.json"] ?? ""
    /// The file's list of servers, in whose place comes the address under which the API is reached.
    private static let servers = #""servers": [{ "url": "/" }]"#

    /// The description for those who reach the API below a base path; an empty one is the root.
    package static func document(base: String) -> String {
        guard !base.isEmpty, let place = text.firstRange(of: servers) else { return text }
        let server = JSONText.list([.object([("url", .text(base))])])
        return text.replacingCharacters(in: place, with: "\"servers\": \(server)")
    }

    /// Each request and what it does, in the order of the paths.
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
