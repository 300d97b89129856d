import DNSWire
import Foundation
import Synchronization

/// A server on loopback that behaves, or misbehaves, as a script says; by UDP and TCP on one port.
final class ScriptedServer: Sendable {
    /// What the script has the server do, one after the other.
    enum Action: Sendable {
        /// Send these bytes: a datagram, or bytes of the stream without any framing.
        case send([UInt8])
        /// Send a datagram from another port.
        case sendFromElsewhere([UInt8])
        case wait(milliseconds: Int)
        /// Close the stream.
        case close
    }

    /// A query as it came.
    struct Query: Sendable {
        var bytes: [UInt8]
        /// How many came before it.
        var number: Int
        var isStream: Bool
    }

    typealias Script = @Sendable (Query) -> [Action]

    let address: ServerAddress
    private let datagrams: Int32
    private let listener: Int32
    private let script: Script
    private let count = Atomic(0)

    init(_ script: @escaping Script) throws {
        self.script = script
        // A port that is free for datagrams may be taken for streams.
        for _ in 0..<20 {
            let datagrams = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var buffer: Int32 = 4 << 20
            setsockopt(datagrams, SOL_SOCKET, SO_RCVBUF, &buffer, 4)
            let port = Self.bind(datagrams, to: 0)
            if port > 0, Self.bind(listener, to: port) == port, listen(listener, 64) == 0 {
                self.datagrams = datagrams
                self.listener = listener
                address = ServerAddress(address: IPAddress("127.0.0.1"), port: port)
                Thread.detachNewThread { [self] in serveDatagrams() }
                Thread.detachNewThread { [self] in serveStreams() }
                return
            }
            close(datagrams)
            close(listener)
        }
        throw CocoaError(.featureUnsupported)
    }

    var queries: Int { count.load(ordering: .relaxed) }

    func stop() {
        shutdown(datagrams, Int32(SHUT_RDWR))
        shutdown(listener, Int32(SHUT_RDWR))
        close(datagrams)
        close(listener)
    }

    // MARK: - Serving

    private func serveDatagrams() {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            var peer = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let received = withUnsafeMutablePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(datagrams, &buffer, buffer.count, 0, $0, &length)
                }
            }
            guard received > 0 else { return }
            let actions = script(next(Array(buffer[..<received]), isStream: false))
            let target = peer
            // A thread of its own only where the script waits, so that other queries do not.
            let waits = actions.contains { if case .wait = $0 { true } else { false } }
            if waits {
                Thread.detachNewThread { [self] in performDatagrams(actions, to: target) }
            } else {
                performDatagrams(actions, to: target)
            }
        }
    }

    private func performDatagrams(_ actions: [Action], to peer: sockaddr_in) {
        for action in actions {
            switch action {
            case .send(let bytes): Self.send(bytes, to: peer, over: datagrams)
            case .sendFromElsewhere(let bytes):
                let other = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
                Self.send(bytes, to: peer, over: other)
                close(other)
            case .wait(let milliseconds): usleep(UInt32(milliseconds) * 1000)
            case .close: break
            }
        }
    }

    private func serveStreams() {
        while true {
            let stream = accept(listener, nil, nil)
            guard stream >= 0 else { return }
            Thread.detachNewThread { [self] in
                serve(stream)
                close(stream)
            }
        }
    }

    private func serve(_ stream: Int32) {
        while let prefix = Self.read(2, from: stream) {
            guard let query = Self.read(Int(prefix[0]) << 8 | Int(prefix[1]), from: stream) else { return }
            for action in script(next(query, isStream: true)) {
                switch action {
                case .send(let bytes): _ = Glibc.send(stream, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                case .wait(let milliseconds): usleep(UInt32(milliseconds) * 1000)
                case .close: return
                case .sendFromElsewhere: break
                }
            }
        }
    }

    private func next(_ bytes: [UInt8], isStream: Bool) -> Query {
        let (number, _) = count.add(1, ordering: .relaxed)
        return Query(bytes: bytes, number: number, isStream: isStream)
    }

    // MARK: - Sockets

    private static func bind(_ descriptor: Int32, to port: UInt16) -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard Glibc.bind(descriptor, generic, length) == 0,
                    getsockname(descriptor, generic, &length) == 0
                else { return 0 }
                return UInt16(bigEndian: pointer.pointee.sin_port)
            }
        }
    }

    private static func send(_ bytes: [UInt8], to peer: sockaddr_in, over descriptor: Int32) {
        var peer = peer
        withUnsafePointer(to: &peer) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, bytes, bytes.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func read(_ count: Int, from stream: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let free = count - filled
            let received = bytes.withUnsafeMutableBytes { recv(stream, $0.baseAddress.map { $0 + filled }, free, 0) }
            guard received > 0 else { return nil }
            filled += received
        }
        return bytes
    }
}
