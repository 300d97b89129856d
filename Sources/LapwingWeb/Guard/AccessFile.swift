import Foundation
import NIOSSL
import Yams

/// The file with TLS settings and passwords in the format that Prometheus exporters share. Relative paths are relative
/// to its directory.
///
/// Keys that are not implemented are refused, since they would promise a protection that does not exist.
struct AccessFile: Sendable {
    var tls: TLSTerms?
    var headers: [(String, String)] = []
    /// Password hashes by user.
    var users: [String: String] = [:]

    /// The largest file that is read, in bytes.
    private static let largest = 1 << 20

    private static let knownHeaders: Set<String> = [
        "content-security-policy", "x-frame-options", "x-content-type-options", "x-xss-protection",
        "strict-transport-security",
    ]

    init(path: String) throws {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw WebFault.accessFile("\(path):1:1: error: cannot read the file")
        }
        try self.init(yaml: text, path: path)
    }

    init(yaml: String, path: String) throws {
        guard yaml.utf8.count <= Self.largest else {
            throw WebFault.accessFile("\(path):1:1: error: the file is larger than \(Self.largest) bytes")
        }
        do {
            guard let root = try Yams.compose(yaml: yaml) else { return }
            try read(root, folder: URL(filePath: path).deletingLastPathComponent().path)
        } catch let fault as AccessFault {
            throw WebFault.accessFile("\(path):\(fault.line):\(fault.column): error: \(fault.text)")
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            let mark = context.mark
            throw WebFault.accessFile(
                "\(path):\(mark.line):\(mark.column): error: duplicate key \(keys.joined(separator: ", "))")
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw WebFault.accessFile("\(path):\(mark.line):\(mark.column): error: not YAML: \(problem)")
        } catch let fault as WebFault {
            throw fault
        } catch {
            throw WebFault.accessFile("\(path):1:1: error: \(error)")
        }
    }

    private mutating func read(_ root: Node, folder: String) throws {
        for (key, value) in try root.entries() {
            switch key.name {
            case "tls_server_config": tls = try TLSTerms(value, folder: folder)
            case "http_server_config": try readHTTP(value)
            case "basic_auth_users":
                for (user, hash) in try value.entries() {
                    let text = try hash.text(or: "a password hash is required")
                    guard text.hasPrefix("$") else { throw AccessFault(hash, "a password hash is required") }
                    users[user.name] = text
                }
            default: throw AccessFault(key, "unknown key `\(key.name)`")
            }
        }
    }

    private mutating func readHTTP(_ node: Node) throws {
        for (key, value) in try node.entries() {
            switch key.name {
            // HTTP/1.1 is offered either way, and every client with HTTP/2 can use it.
            case "http2": _ = try value.boolean()
            case "headers":
                for (name, value) in try value.entries() {
                    guard Self.knownHeaders.contains(name.name.lowercased()) else {
                        throw AccessFault(name, "the header `\(name.name)` cannot be configured")
                    }
                    headers.append((name.name, try value.text(or: "a text is required")))
                }
            default: throw AccessFault(key, "unknown key `\(key.name)` in http_server_config")
            }
        }
    }
}

/// A fault at a position in the file.
struct AccessFault: Error {
    var line: Int
    var column: Int
    var text: String

    init(_ node: Node, _ text: String) {
        line = node.mark?.line ?? 1
        column = node.mark?.column ?? 1
        self.text = text
    }
}

extension Node {
    /// The text of a key.
    var name: String { scalar?.string ?? "" }

    /// The members of a mapping; an empty value is an empty mapping.
    func entries() throws -> [(key: Node, value: Node)] {
        if let mapping { return mapping.map { ($0.key, $0.value) } }
        guard let scalar, ["", "~", "null"].contains(scalar.string) else {
            throw AccessFault(self, "keys and values are required")
        }
        return []
    }

    func text(or complaint: String) throws -> String {
        guard let text = scalar?.string else { throw AccessFault(self, complaint) }
        return text
    }

    func boolean() throws -> Bool {
        switch scalar?.string.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: throw AccessFault(self, "true or false is required")
        }
    }

    /// The members of a list of texts, each with its position.
    func words() throws -> [(text: String, node: Node)] {
        guard let sequence else { throw AccessFault(self, "a list is required") }
        return try sequence.map { (try $0.text(or: "a text is required"), $0) }
    }
}
