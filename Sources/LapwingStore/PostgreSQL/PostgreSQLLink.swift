internal import CPostgreSQL
import Foundation

/// One connection to a server, for use by one thread at a time.
///
/// Statements are sent unnamed and with separate arguments, so that a pooler may use another of its connections for
/// each transaction.
final class PostgreSQLLink {
    private let handle: OpaquePointer
    private let secret: String
    /// The statements with `$1` in place of `?`, by their original text.
    private var numbered: [String: String] = [:]
    /// Whether rows of a statement may still be outstanding, in which case no other statement can be sent.
    private var isInMidstream = false

    private static let mostNumbered = 500

    /// - Throws: ``DatabaseFault`` with the kind `engine` if no server accepts the connection.
    init(_ address: PostgreSQLAddress) throws {
        let parameters = try address.parameters()
        secret = parameters["password"] ?? ""
        let names = parameters.keys.sorted()
        let opened = Self.withTexts(names) { names in
            Self.withTexts(parameters.sorted { $0.key < $1.key }.map(\.value)) { PQconnectdbParams(names, $0, 0) }
        }
        guard let opened else { throw DatabaseFault(.engine, reason: "there is no memory for a connection") }
        handle = opened
        guard PQstatus(handle) == CONNECTION_OK else { throw fault(nil, isStatement: false) }
        // Notices are meant for interactive use.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        guard PQserverVersion(handle) >= 130_000 else {
            throw DatabaseFault(.statement, reason: "the server is older than PostgreSQL 13")
        }
    }

    deinit { PQfinish(handle) }

    private static func withTexts<Value>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value
    ) -> Value {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return (copies.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { list in
            // The list contains at least its terminator.
            list.baseAddress.map(body) ?? body([nil])
        }
    }

    /// Whether the connection can be reused: connected, and in no transaction.
    var isIdle: Bool {
        !isInMidstream && PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    // MARK: Statements

    /// Executes statements without arguments; returns the rows of the last one.
    @discardableResult
    func script(_ sql: String) throws -> [Row] {
        let result = Result(PQexec(handle, sql))
        guard result.isWell else { throw fault(result) }
        return result.rows(limit: .max)
    }

    func execute(_ sql: String, _ arguments: [StoredValue]) throws -> Result {
        let result = Packed(arguments).send { oids, values, lengths, formats in
            Result(PQexecParams(handle, numbered(sql), Int32(arguments.count), oids, values, lengths, formats, 1))
        }
        guard result.isWell else { throw fault(result) }
        return result
    }

    /// Iterates over rows as they arrive.
    func each(_ sql: String, _ arguments: [StoredValue], _ body: (Row) throws -> Void) throws {
        let isSent = Packed(arguments).send { oids, values, lengths, formats in
            PQsendQueryParams(handle, numbered(sql), Int32(arguments.count), oids, values, lengths, formats, 1)
        }
        guard isSent == 1 else { throw fault(nil) }
        PQsetSingleRowMode(handle)
        isInMidstream = true
        var columns: Row.Columns?
        while let next = PQgetResult(handle) {
            let result = Result(next)
            guard result.isWell else {
                while let rest = PQgetResult(handle) { PQclear(rest) }
                isInMidstream = false
                throw fault(result)
            }
            let names = columns ?? result.columns
            columns = names
            for place in 0..<result.count { try body(result.row(place, names)) }
        }
        isInMidstream = false
    }

    /// Replaces question marks outside of quotes by `$1`, `$2` and so on.
    private func numbered(_ sql: String) -> String {
        if let known = numbered[sql] { return known }
        var text: [UInt8] = []
        var number = 0
        var quote: UInt8?
        for byte in sql.utf8 {
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                if quote == nil { quote = byte } else if quote == byte { quote = nil }
            }
            if byte == UInt8(ascii: "?"), quote == nil {
                number += 1
                text += Array("$\(number)".utf8)
            } else {
                text.append(byte)
            }
        }
        if numbered.count >= Self.mostNumbered { numbered = [:] }
        let made = String(decoding: text, as: UTF8.self)
        numbered[sql] = made
        return made
    }

    // MARK: Faults

    /// SQLSTATE classes and codes for temporary failures of the server.
    private static let ofTheServer = ["08", "28", "53", "57", "58", "XX"]
    private static let ofTheServerToo: Set = ["25006", "42501", "55P03", "40001", "40P01", "3D000"]
    /// SQLSTATE codes after which the transaction is repeated, since it conflicted with another one.
    static let repeatable: Set = ["40001", "40P01"]

    /// Returns the error message of libpq without the password.
    private func fault(_ result: Result?, isStatement: Bool = true) -> DatabaseFault {
        let code = result?.code
        let isLost = PQstatus(handle) != CONNECTION_OK
        var text = result?.message ?? String(cString: PQerrorMessage(handle))
        if secret.count > 2 { text = text.replacing(secret, with: "…") }
        text = text.split(whereSeparator: \.isNewline).joined(separator: "; ")
        if text.isEmpty { text = "the connection to the server is lost" }
        let isOfTheServer =
            isLost || code == nil || code.map { Self.ofTheServer.contains(String($0.prefix(2))) } == true
            || code.map(Self.ofTheServerToo.contains) == true
        var fault = DatabaseFault(
            isOfTheServer || !isStatement ? .engine : .statement, reason: text,
            description: "PostgreSQL \(code.map { "error \($0)" } ?? "connection"): \(text)")
        fault.code = code
        return fault
    }

    /// The result of a statement.
    final class Result {
        private let handle: OpaquePointer?

        init(_ handle: OpaquePointer?) { self.handle = handle }

        deinit { PQclear(handle) }

        var isWell: Bool {
            switch PQresultStatus(handle) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE: true
            default: false
            }
        }

        var code: String? {
            // PG_DIAG_SQLSTATE
            PQresultErrorField(handle, Int32(UInt8(ascii: "C"))).map { String(cString: $0) }
        }

        var message: String? {
            // PG_DIAG_MESSAGE_PRIMARY
            PQresultErrorField(handle, Int32(UInt8(ascii: "M"))).map { String(cString: $0) }
        }

        var count: Int { Int(PQntuples(handle)) }
        /// The number of rows that were written or deleted.
        var changes: Int { PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0 }

        var columns: Row.Columns {
            Row.Columns((0..<PQnfields(handle)).map { PQfname(handle, $0).map { String(cString: $0) } ?? "" })
        }

        func rows(limit: Int) -> [Row] {
            let columns = columns
            return (0..<min(count, limit)).map { row($0, columns) }
        }

        func row(_ place: Int, _ columns: Row.Columns) -> Row {
            Row(columns, columns.names.indices.map { value(Int32(place), Int32($0)) })
        }

        private func value(_ row: Int32, _ column: Int32) -> StoredValue {
            guard PQgetisnull(handle, row, column) == 0, let start = PQgetvalue(handle, row, column) else {
                return .null
            }
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, row, column)))
            let isBinary = PQfformat(handle, column) == 1
            func number() -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
            switch PQftype(handle, column) {
            case PostgreSQLType.bigint where isBinary: return .integer(Int64(bitPattern: number()))
            case PostgreSQLType.integer where isBinary:
                return .integer(Int64(Int32(truncatingIfNeeded: number())))
            case PostgreSQLType.boolean where isBinary: return .integer(bytes.first == 0 ? 0 : 1)
            case PostgreSQLType.bytes where isBinary: return .blob(Data(bytes))
            case PostgreSQLType.double where isBinary: return .real(Double(bitPattern: number()))
            case PostgreSQLType.bigint, PostgreSQLType.integer:
                return Int64(String(decoding: bytes, as: UTF8.self)).map { .integer($0) } ?? .null
            default: return .text(String(decoding: bytes, as: UTF8.self))
            }
        }
    }
}

/// Types by their OIDs in `pg_type`, which never change.
enum PostgreSQLType {
    static let boolean: Oid = 16
    static let bytes: Oid = 17
    static let bigint: Oid = 20
    static let integer: Oid = 23
    static let text: Oid = 25
    static let double: Oid = 701
}

/// Arguments in the binary format of libpq.
private struct Packed {
    private var oids: [Oid] = []
    private var bytes: [UInt8] = []
    /// The offset of each argument; nil for null.
    private var starts: [Int?] = []
    private var lengths: [Int32] = []

    init(_ values: [StoredValue]) {
        for value in values {
            starts.append(value.isNull ? nil : bytes.count)
            let start = bytes.count
            switch value {
            case .null: oids.append(0)
            case .integer(let number):
                oids.append(PostgreSQLType.bigint)
                append(UInt64(bitPattern: number))
            case .real(let number):
                oids.append(PostgreSQLType.double)
                append(number.bitPattern)
            case .text(let text):
                oids.append(PostgreSQLType.text)
                // PostgreSQL does not accept a zero character in a text.
                if text.utf8.contains(0) {
                    bytes += Array(text.replacing("\0", with: "\u{fffd}").utf8)
                } else {
                    bytes += text.utf8
                }
            case .blob(let data):
                oids.append(PostgreSQLType.bytes)
                bytes += data
            }
            lengths.append(Int32(bytes.count - start))
        }
        // An empty text still needs an address.
        bytes.append(0)
    }

    private mutating func append(_ number: UInt64) {
        withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }

    func send<Value>(
        _ body: (
            UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Value
    ) -> Value {
        let formats = [Int32](repeating: 1, count: starts.count)
        return bytes.withUnsafeBytes { bytes in
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = starts.map { start in start.flatMap { base?.advanced(by: $0) } }
            return body(oids, values, lengths, formats)
        }
    }
}
