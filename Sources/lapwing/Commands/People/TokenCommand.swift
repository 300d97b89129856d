import ArgumentParser
import Foundation
import LapwingConfig
import LapwingCore
import LapwingCrypto
import LapwingStore

/// Tokens by which programs come in. All of it works beside a running daemon, which takes it at once.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Makes, lists and revokes tokens for the API.",
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Makes a token and shows it, once.",
            discussion: """
                It is sent as `Authorization: Bearer TOKEN`. Only its SHA-256 is kept, so that nobody can show it again. A \
                running daemon takes it at once.

                Examples:
                  lapwing token create prometheus --role look
                  lapwing token create client-a --role act --tag client-a --expires 90d
                """)

        @Argument(
            help: "What it is called: letters, digits, dots, hyphens and underscores.", transform: CredentialName.read)
        var name: String

        @OptionGroup var rights: RightsOptions

        @Option(help: "How long it can be used, such as 90d; for ever if not said.", transform: Self.duration)
        var expires: Int64?

        @OptionGroup var storage: StoreOptions

        func run() throws {
            let store = try storage.open()
            let secret = "lapwing_" + Hexadecimal.text((0..<32).map { _ in UInt8.random(in: 0...255) })
            let now = currentTime
            let token = AccessToken(
                name: name, rights: rights.rights, createdAt: now, expires: expires.map { now.adding(seconds: $0) })
            let digest = MessageDigest.sha256.of(Array(secret.utf8))
            guard try store.add(token, digest: digest, by: .atTerminal) else {
                StandardError.print("there is a token `\(name)` already; lapwing token revoke \(name)")
                throw ExitCode.failure
            }
            StandardError.print("\(name) may \(token.terms); it is not shown again:")
            print(secret)
        }

        private static func duration(_ text: String) throws -> Int64 {
            guard let seconds = DurationText.seconds(text), (1...3650 * 86_400).contains(seconds) else {
                throw ValidationError("`\(text)` is no time up to 3650d; write 12h or 90d")
            }
            return seconds
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The tokens: what each may do, until when, and when it was last used.")

        @OptionGroup var storage: StoreOptions
        @OptionGroup var output: OutputOptions

        private struct Line: Encodable {
            var name: String
            var role: String
            var tags: [String]?
            var created: String
            var expires: String?
            var expired: Bool
            var last_use: String?
        }

        func run() throws {
            let now = currentTime
            let lines = try storage.open(.reader).tokens().map { token in
                Line(
                    name: token.name, role: token.rights.role.rawValue, tags: token.rights.tags.map { $0.sorted() },
                    created: "\(token.createdAt)", expires: token.expires?.description,
                    expired: token.expires.map { $0 <= now } ?? false, last_use: token.usedAt?.description)
            }
            switch output.format {
            case .json: try JSONOutput.print(["tokens": lines])
            case .jsonl: for line in lines { try JSONOutput.print(line: line) }
            case .table, .plain, .nagios:
                for line in lines {
                    let end = line.expires.map { (line.expired ? "expired at " : "until ") + $0 } ?? "for ever"
                    let scope = line.tags?.joined(separator: ",") ?? "every domain"
                    let use = line.last_use.map { "last used \($0)" } ?? "never used"
                    print("\(line.name)  \(line.role)  \(scope)  \(end)  \(use)".visible)
                }
            }
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "Refuses a token from now on.")

        @Argument(help: "What it is called.")
        var name: String

        @OptionGroup var storage: StoreOptions

        func run() throws {
            guard try storage.open().revoke(token: name, by: .atTerminal, at: currentTime) else {
                StandardError.print("there is no token `\(name.visible)`")
                throw ExitCode.failure
            }
            print("\(name.visible) is refused from now on")
        }
    }
}

/// What somebody may do, and with which domains.
struct RightsOptions: ParsableArguments {
    @Option(help: "look, act or run.")
    var role: Rights.Role

    @Option(help: "Only domains that carry this tag; repeatable. Every domain if not said.")
    var tag: [String] = []

    var rights: Rights { Rights(role, tags: tag.isEmpty ? nil : Set(tag)) }

    func validate() throws {
        guard tag.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 64 }), tag.count <= 100 else {
            throw ValidationError("--tag: at most 100 tags of 1 to 64 bytes")
        }
    }
}

extension Rights.Role: ExpressibleByArgument {}

/// What tokens and accounts may be called.
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
