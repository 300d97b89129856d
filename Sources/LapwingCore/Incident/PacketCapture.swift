import DNSWire

/// Writes exchanges as a capture file (libpcap format, raw IP) for packet analysers.
///
/// The headers below the DNS messages are synthetic, since only the messages were kept. Exchanges over TCP appear as
/// datagrams.
package enum PacketCapture {
    /// The link type of packets that begin with an IP header.
    private static let rawIP: UInt32 = 101
    private static let largestPacket = 65_535

    /// Returns a whole file with the query and the answer of each exchange, as far as they were kept.
    package static func file(_ evidence: [Evidence]) -> [UInt8] {
        var bytes: [UInt8] = []
        append(UInt32(0xa1b2_c3d4), to: &bytes)
        append(UInt16(2), to: &bytes)
        append(UInt16(4), to: &bytes)
        append(UInt32(0), to: &bytes)
        append(UInt32(0), to: &bytes)
        append(UInt32(largestPacket), to: &bytes)
        append(rawIP, to: &bytes)
        for (index, exchange) in evidence.enumerated() {
            let port = UInt16(truncatingIfNeeded: 40_000 + index % 20_000)
            let server = exchange.server ?? .v4(192, 0, 2, 53)
            let monitor: IPAddress = server.isIPv4 ? .v4(192, 0, 2, 1) : .documentation
            if !exchange.wire.query.isEmpty {
                packet(exchange.wire.query, from: monitor, port, to: server, 53, at: exchange.at, into: &bytes)
            }
            if !exchange.wire.answer.isEmpty {
                packet(exchange.wire.answer, from: server, 53, to: monitor, port, at: exchange.at, into: &bytes)
            }
        }
        return bytes
    }

    private static func packet(
        _ message: [UInt8], from source: IPAddress, _ sourcePort: UInt16, to target: IPAddress, _ targetPort: UInt16,
        at moment: Timestamp, into bytes: inout [UInt8]
    ) {
        let message = message.prefix(60_000)
        var datagram: [UInt8] = []
        append(sourcePort, to: &datagram)
        append(targetPort, to: &datagram)
        append(UInt16(truncatingIfNeeded: message.count + 8), to: &datagram)
        append(UInt16(0), to: &datagram)
        datagram += message
        let header = source.isIPv4 ? header4(datagram.count, source, target) : header6(datagram.count, source, target)
        let length = UInt32(truncatingIfNeeded: header.count + datagram.count)
        append(UInt32(truncatingIfNeeded: moment.seconds), to: &bytes)
        append(UInt32(truncatingIfNeeded: (moment.milliseconds - moment.seconds * 1000) * 1000), to: &bytes)
        append(length, to: &bytes)
        append(length, to: &bytes)
        bytes += header + datagram
    }

    private static func header4(_ length: Int, _ source: IPAddress, _ target: IPAddress) -> [UInt8] {
        var header: [UInt8] = [0x45, 0]
        append(UInt16(truncatingIfNeeded: length + 20), to: &header)
        header += [0, 0, 0x40, 0, 64, 17, 0, 0] + source.bytes + target.bytes
        var sum: UInt32 = 0
        for index in stride(from: 0, to: header.count, by: 2) {
            sum += UInt32(header[index]) << 8 | UInt32(header[index + 1])
        }
        while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
        let checksum = UInt16(truncatingIfNeeded: ~sum)
        header[10] = UInt8(checksum >> 8)
        header[11] = UInt8(checksum & 0xff)
        return header
    }

    private static func header6(_ length: Int, _ source: IPAddress, _ target: IPAddress) -> [UInt8] {
        var header: [UInt8] = [0x60, 0, 0, 0]
        append(UInt16(truncatingIfNeeded: length), to: &header)
        return header + [17, 64] + source.bytes + target.bytes
    }

    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt32(24), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private static func append(_ number: UInt16, to bytes: inout [UInt8]) {
        bytes += [UInt8(number >> 8), UInt8(number & 0xff)]
    }
}

extension IPAddress {
    fileprivate static func v4(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> IPAddress {
        IPAddress(bytes: [a, b, c, d]) ?? .documentation
    }

    /// 2001:db8::1, the address that represents the monitor.
    fileprivate static var documentation: IPAddress {
        .v6(0x2001_0db8_0000_0000_0000_0000_0000_0001)
    }
}
