import DNSClient
import DNSWire
import LapwingCore

/// One transfer from one server, message by message: the question for the version, then for the changes or for all.
struct Transfer: Sendable {
    /// Bytes of one transfer for each record that it may have.
    private static let bytesOfRecord = 256
    /// Bytes that any transfer may have.
    private static let leastBytes = 1 << 20

    let request: ZoneRequest
    let key: TransactionKey?
    let now: @Sendable () -> Timestamp

    /// Asks for the version, and for what there is of a newer one; nil when changes were asked for and not to be had.
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

    /// Asks for all of it.
    func whole(_ stream: inout MessageStream, _ server: ServerAddress) async throws -> ZoneReceipt {
        let question = Message.query(request.domain, .axfr, id: Self.id(), recursionDesired: false)
        return try await receive(&stream, question, .whole, server)
    }

    /// Asks for the changes since a version; nil when the server says that there are none.
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

    /// The serial by the server's SOA record.
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
                // The SOA record comes first of the rest, whatever was taken before.
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
            // What is refused need not be signed.
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
