import ArgumentParser
import LapwingCore

/// The options for rights: a role and the tags of domains.
struct RightsOptions: ParsableArguments {
    @Option(help: "look, act or run.")
    var role: Rights.Role

    @Option(help: "Only domains with this tag; repeatable. Default: every domain.")
    var tag: [String] = []

    var rights: Rights { Rights(role, tags: tag.isEmpty ? nil : Set(tag)) }

    func validate() throws {
        guard tag.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 64 }), tag.count <= 100 else {
            throw ValidationError("--tag: at most 100 tags of 1 to 64 bytes")
        }
    }
}

extension Rights.Role: ExpressibleByArgument {}

/// Validates names of tokens and accounts.
enum CredentialName {
    static func read(_ text: String) throws -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "@")].contains(byte)
        }
        guard isPlain, (1...64).contains(text.utf8.count) else {
            throw ValidationError("`\(text)` is no name: up to 64 letters, digits, `.`, `-`, `_` and `@`")
        }
        return text
    }
}

/// One token or account in a list.
protocol CredentialLine: Encodable {
    var name: String { get }
    var role: String { get }
    /// Nil for all domains.
    var tags: [String]? { get }
    /// Further columns for the table.
    var further: [String] { get }
}

extension OutputOptions {
    /// Prints a list of tokens or accounts in the selected format.
    func print(_ lines: [some CredentialLine], under key: String) throws {
        switch format {
        case .json: try JSONOutput.print([key: lines])
        case .jsonl: for line in lines { try JSONOutput.print(line: line) }
        case .table, .plain, .nagios:
            for line in lines {
                let words = [line.name, line.role, line.tags?.joined(separator: ",") ?? "every domain"] + line.further
                Swift.print(words.joined(separator: "  ").visible)
            }
        }
    }
}

extension ExitCode {
    /// Prints an error and returns the exit code of a failed command.
    static func failure(saying text: String) -> ExitCode {
        StandardError.print(text)
        return .failure
    }
}
