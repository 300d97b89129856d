import DNSClient
import DNSWire
import LapwingCore

/// One zone transfer from one server, message by message: the query for the serial, then for the differences or the
/// whole zone.
struct Transfer: Sendable {
    /// Bytes of a transfer for each record of its limit.
    private static let bytesOfRecord = 256
    /// Bytes that any transfer may have.
    private static let leastBytes = 1 << 20

    let request: ZoneRequest
    let key: TransactionKey?
    let now: @Sendable () -> Timestamp

    /// Asks for the serial, and for a newer version if there is one; nil if differences were requested and are not
    /// available.
    func begin(_ stream: inout MessageStream, _ server: ServerAddress) async throws -> ZoneReceipt? {
        let serial = try await version(&stream)
        guard let known = request.known, !request.wantsWhole else { return try await whole(&stream, server) }
        if serial == known { return .same }
        guard serial.isAfter(known) else {
            throw ZoneFailure(
                "\(server)", .older, "has an older version (serial \(serial)) than was fetched before (\(known))")
        }
        do {
            return try await changes(&stream, since: known, server)
        } catch {
            return nil
        }
    }

    /// Requests the whole zone.
    func whole(_ stream: inout MessageStream, _ server: ServerAddress) async throws -> ZoneReceipt {
        let question = Message.query(request.domain, .axfr, id: Self.id(), recursionDesired: false)
        return try await receive(&stream, question, .whole, server)
    }

    /// Requests the differences since a version; nil if the server has none.
    private func changes(
        _ stream: inout MessageStream, since known: SerialNumber, _ server: ServerAddress
    ) async throws -> ZoneReceipt? {
        var question = Message.query(request.domain, .ixfr, id: Self.id(), recursionDesired: false)
        let soa = SOA(
            mname: .root, rname: .root, serial: known, refresh: 0, retry: 0, expire: 0, minimum: 0)
        question.authorities = [Record(name: request.domain, ttl: 0, data: soa.data)]
        let receipt = try await receive(&stream, question, .changes(since: known), server)
        if case .same = receipt { return nil }
        return receipt
    }

    // MARK: Messages

    /// Returns the serial in the server's SOA record.
    private func version(_ stream: inout MessageStream) async throws -> SerialNumber {
        let question = Message.query(request.domain, .soa, id: Self.id(), recursionDesired: false)
        var check = try await send(question, on: stream)
        let message = try await next(&stream, question.id, &check)
        guard message.responseCode == .noError else { throw ZoneTransfer.Fault.refused(message.responseCode) }
        guard message.questions == question.questions else { throw ZoneTransfer.Fault.otherQuestion }
        let soa = message.answers.first { $0.name == request.domain && $0.type == .soa }.flatMap { SOA($0.data) }
        guard let soa else { throw ZoneTransfer.Fault.noStart }
        return soa.serial
    }

    private func receive(
        _ stream: inout MessageStream, _ question: Message, _ kind: ZoneTransfer.Kind, _ server: ServerAddress
    ) async throws -> ZoneReceipt {
        var check = try await send(question, on: stream)
        var transfer = ZoneTransfer(zone: request.domain, kind: kind, limit: request.source.mostRecords)
        var content = ZoneContent()
        let began = stream.received
        let mostBytes = max(Self.leastBytes, request.source.mostRecords * Self.bytesOfRecord)
        while true {
            let message = try await next(&stream, question.id, &check)
            guard stream.received - began <= mostBytes else { throw ZoneTransfer.Fault.tooLarge }
            let progress = try transfer.receive(message)
            guard case .done(let outcome) = progress else {
                content.take(transfer.takeRecords())
                continue
            }
            guard check?.isComplete ?? true else { throw TransactionFault.notSigned }
            switch outcome {
            case .upToDate: return .same
            case .changes(let changes): return .changes(changes, from: "\(server)")
            case .whole(let records):
                // The SOA record is the first one of the remaining records, even if it was consumed already.
                content.take(records)
                return .whole(content, from: "\(server)")
            }
        }
    }

    private func send(_ question: Message, on stream: MessageStream) async throws -> TransactionCheck? {
        let bytes = try question.encoded()
        guard let key else {
            try await stream.send(bytes)
            return nil
        }
        let signed = try key.sign(bytes, at: UInt64(max(0, now().seconds)))
        try await stream.send(signed.message)
        return TransactionCheck(key: key, requestCode: signed.code)
    }

    private func next(
        _ stream: inout MessageStream, _ id: UInt16, _ check: inout TransactionCheck?
    ) async throws -> Message {
        let bytes = try await stream.next()
        do {
            try check?.check(bytes, at: UInt64(max(0, now().seconds)))
        } catch TransactionFault.notSigned {
            // A refusal need not be signed.
            let message = try Message(decoding: bytes)
            guard message.responseCode == .noError else { throw ZoneTransfer.Fault.refused(message.responseCode) }
            throw TransactionFault.notSigned
        }
        let message = try Message(decoding: bytes)
        guard message.id == id else { throw ZoneTransfer.Fault.otherQuestion }
        return message
    }

    private static func id() -> UInt16 { UInt16.random(in: 0...UInt16.max) }
}
