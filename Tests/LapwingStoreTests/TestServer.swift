import Foundation
import LapwingStore
import Synchronization

/// A PostgreSQL server for this run of the tests, from Debian's package; it ends with the process, however that ends.
final class TestServer: Sendable {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private static let shared = Result { try TestServer() }
    private static let folder = "/tmp/lapwing-postgresql-\(getpid())"

    /// The server; a test without it fails.
    static func get() throws -> TestServer { try shared.get() }

    /// Where stores in a schema are.
    static func address(schema: String) -> String {
        "postgresql://lapwing@/lapwing?host=\(folder)&options=-csearch_path%3D\(schema)&application_name=\(schema)"
    }

    private let binaries: String
    private let count = Mutex(0)
    /// While it is open, the server runs.
    private let leash = Pipe()

    /// Waits for what the shell says, makes a server of its own, and takes it away when the leash is let go.
    ///
    /// PostgreSQL refuses to run for root.
    private static let script = """
        set -e
        as=; [ "$(id -u)" != 0 ] || as="setpriv --reuid=nobody --regid=nogroup --clear-groups"
        rm -rf "$FOLDER"; mkdir -m 700 "$FOLDER"; [ -z "$as" ] || chown nobody "$FOLDER"
        cd "$FOLDER"
        $as "$BINARIES/initdb" -U postgres -A trust -E UTF8 --locale=C -N "$FOLDER/data" >"$FOLDER.log" 2>&1
        $as "$BINARIES/postgres" -D "$FOLDER/data" -k "$FOLDER" -h '' -F -c max_connections=300 \\
            -c synchronous_commit=off >>"$FOLDER.log" 2>&1 </dev/null &
        server=$!
        trap 'kill -INT $server; wait $server; rm -rf "$FOLDER" "$FOLDER.log"' EXIT
        for i in $(seq 100); do
            "$BINARIES/psql" -h "$FOLDER" -U postgres -qc "CREATE ROLE lapwing LOGIN" >/dev/null 2>&1 && break
            kill -0 $server; sleep 0.1
        done
        "$BINARIES/psql" -h "$FOLDER" -U postgres -qc "CREATE DATABASE lapwing OWNER lapwing"
        echo ready
        exec >/dev/null 2>&1
        cat
        """

    private init() throws {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        guard let newest = versions.compactMap({ Int($0) }).max() else {
            throw Failure(description: "there is no PostgreSQL: install the package postgresql")
        }
        binaries = "/usr/lib/postgresql/\(newest)/bin"
        let (process, said) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.script]
        process.environment = ["PATH": "/usr/bin:/bin:/usr/sbin", "FOLDER": Self.folder, "BINARIES": binaries]
        process.standardInput = leash
        process.standardOutput = said
        process.standardError = said
        try process.run()
        let text = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        guard text.hasSuffix("ready\n") else {
            let log = (try? String(contentsOfFile: Self.folder + ".log", encoding: .utf8)) ?? ""
            throw Failure(description: "PostgreSQL does not start: \(text) \(log.suffix(2000))")
        }
    }

    /// A schema that nobody else uses.
    func makeSchema() throws -> String {
        let name = "store_\(count.withLock { $0 += 1; return $0 })"
        let process = Process()
        process.executableURL = URL(filePath: binaries + "/psql")
        process.arguments = ["-h", Self.folder, "-U", "lapwing", "-qc", "CREATE SCHEMA \(name)"]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "no schema can be made") }
        return name
    }
}
