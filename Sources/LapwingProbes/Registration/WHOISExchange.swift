import Glibc
import NIOCore
import NIOPosix

/// One question on port 43 (RFC 3912): send a line, read until the server closes.
struct WHOISExchange: Sendable {
    static let byteLimit = 256 * 1024

    let group: any EventLoopGroup

    /// The bytes of the answer, cut at the limit.
    ///
    /// The server is a host name or address, with `:port` where it is not 43.
    func ask(_ query: String, at server: String) async throws(LookupFailure) -> [UInt8] {
        guard let (host, port) = Self.endpoint(server) else { throw .unreachable("bad address \(server)") }
        do {
            let channel = try await ClientBootstrap(group: group).connectTimeout(.seconds(8))
                .connect(host: host, port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            return try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: query))
                var answer: [UInt8] = []
                for try await buffer in inbound {
                    answer.append(contentsOf: buffer.readableBytesView.prefix(Self.byteLimit - answer.count))
                    if answer.count >= Self.byteLimit { break }
                }
                return answer
            }
        } catch is CancellationError {
            throw .timeout
        } catch {
            throw .unreachable(Self.reason(error))
        }
    }

    private static func endpoint(_ server: String) -> (host: String, port: Int)? {
        if server.hasPrefix("["), let close = server.firstIndex(of: "]") {
            let host = String(server[server.index(after: server.startIndex)..<close])
            let rest = server[server.index(after: close)...]
            return rest.isEmpty ? (host, 43) : Int(rest.dropFirst()).map { (host, $0) }
        }
        let parts = server.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, !host.isEmpty, parts.count <= 2 else { return nil }
        guard parts.count == 2 else { return (String(host), 43) }
        guard let port = Int(parts[1]), (1...65_535).contains(port) else { return nil }
        return (String(host), port)
    }

    static func reason(_ error: any Error) -> String {
        if let connection = error as? NIOConnectionError {
            if let first = connection.connectionErrors.first { return Self.reason(first.error) }
            return "the host name is not found"
        }
        if let system = error as? IOError { return String(cString: strerror(system.errnoCode)) }
        if let channel = error as? ChannelError, case .connectTimeout = channel { return "no connection in time" }
        return "\(error)"
    }
}
