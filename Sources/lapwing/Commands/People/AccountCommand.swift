import ArgumentParser
import Foundation
import LapwingCore
import LapwingStore
import LapwingWeb

/// Accounts for people. All subcommands work beside a running daemon, which notices changes within a second.
struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Creates, lists and closes accounts of people, who log in on the page.",
        subcommands: [Create.self, List.self, Password.self, Close.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Creates an account; the password is asked for, or read from standard input.",
            discussion: """
                Once there is an account, the page requires a log-in. The password has 10 to 72 bytes.

                Examples:
                  lapwing account create anna --role run
                  lapwing account create client-a --role look --tag client-a <password.txt
                """)

        @Argument(help: "The name to log in with.", transform: CredentialName.read)
        var name: String

        @OptionGroup var rights: RightsOptions
        @OptionGroup var storage: StoreOptions

        func run() throws {
            let store = try storage.openForAccounts()
            let account = Account(name: name, rights: rights.rights, createdAt: currentTime)
            guard try !store.accounts().contains(where: { $0.name == name }),
                try store.add(account, hash: try Passphrase.hash(), by: .atTerminal)
            else {
                throw ExitCode.failure(saying: "there is an account `\(name)` already; lapwing account close \(name)")
            }
            print("\(name) may \(account.rights.sentence); the page asks who comes from now on")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists the accounts, with role and tags.")

        @OptionGroup var storage: StoreOptions
        @OptionGroup var output: OutputOptions

        private struct Line: CredentialLine {
            var name: String
            var role: String
            var tags: [String]?
            var created: String

            var further: [String] { [] }
        }

        func run() throws {
            let lines = try storage.open(.reader).accounts().map { account in
                Line(
                    name: account.name, role: account.rights.role.rawValue,
                    tags: account.rights.tags.map { $0.sorted() }, created: "\(account.createdAt)")
            }
            try output.print(lines, under: "accounts")
        }
    }

    struct Password: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password", abstract: "Changes the password of an account, and ends its sessions.")

        @Argument(help: "The account.")
        var name: String

        @OptionGroup var storage: StoreOptions

        func run() throws {
            let store = try storage.open()
            guard try store.accounts().contains(where: { $0.name == name }),
                try store.keep(hash: try Passphrase.hash(), ofAccount: name, by: .atTerminal, at: currentTime)
            else { throw AccountCommand.missing(name) }
            print("\(name.visible) has a new password")
        }
    }

    struct Close: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "close", abstract: "Closes an account, and ends its sessions.")

        @Argument(help: "The account.")
        var name: String

        @OptionGroup var storage: StoreOptions

        func run() throws {
            guard try storage.open().remove(account: name, by: .atTerminal, at: currentTime) else {
                throw AccountCommand.missing(name)
            }
            print("\(name.visible) is closed")
        }
    }

    private static func missing(_ name: String) -> ExitCode {
        .failure(saying: "there is no account `\(name.visible)`")
    }
}

/// Reads a password: typed without echo, or the first line of standard input.
private enum Passphrase {
    /// bcrypt uses no more bytes.
    private static let lengths = 10...72

    /// - Returns: the hash of the password.
    static func hash() throws -> String {
        let isTerminal = isatty(STDIN_FILENO) == 1
        let first = try line(isTerminal ? "Password: " : nil)
        guard lengths.contains(first.utf8.count), !first.utf8.contains(0) else {
            throw ExitCode.failure(saying: "a password has \(lengths.lowerBound) to \(lengths.upperBound) bytes")
        }
        if isTerminal, try line("Once more: ") != first {
            throw ExitCode.failure(saying: "these are two")
        }
        let random = (0..<16).map { _ in UInt8.random(in: 0...255) }
        guard let hash = PasswordHash.make(first, random: random) else {
            throw ExitCode.failure(saying: "the password cannot be hashed")
        }
        return hash
    }

    private static func line(_ prompt: String?) throws -> String {
        guard let prompt else { return readLine() ?? "" }
        FileHandle.standardError.write(Data(prompt.utf8))
        var terms = termios()
        let isKnown = tcgetattr(STDIN_FILENO, &terms) == 0
        var hidden = terms
        hidden.c_lflag &= ~tcflag_t(ECHO)
        if isKnown { tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) }
        defer {
            if isKnown { tcsetattr(STDIN_FILENO, TCSAFLUSH, &terms) }
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return readLine() ?? ""
    }
}
