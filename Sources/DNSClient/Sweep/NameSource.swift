import DNSWire
import Glibc

/// Names read from a file or pipe, one per line, in chunks.
///
/// White space around a name is ignored; empty lines and those that begin with `#` are skipped.
struct NameSource {
    /// The result of reading a line.
    enum Line {
        /// A name of this length in bytes, written to the buffer.
        case name(length: Int)
        /// A line without a valid name.
        case invalid
        /// Nothing yet: the pipe has no complete line.
        case later
        case end
    }

    /// The longest line: a name has up to 255 bytes, each up to four characters long.
    private static let longestLine = 1100

    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 65536)
    private var start = 0
    private var end = 0
    private var isAtEnd = false
    private var isSkipping = false
    /// The number of bytes read from the descriptor.
    private(set) var bytesRead = 0

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Reads the next name, in wire format, into 255 bytes of memory.
    mutating func next(into output: UnsafeMutableRawBufferPointer) -> Line {
        while true {
            var index = start
            while index < end, buffer[index] != UInt8(ascii: "\n") { index += 1 }
            if index == end, !isAtEnd {
                if end - start > Self.longestLine {
                    isSkipping = true
                    start = end
                }
                guard refill() else { return .later }
                continue
            }
            if index == end, start == end { return .end }
            let line = start..<index
            start = min(index + 1, end)
            if isSkipping {
                isSkipping = false
                return .invalid
            }
            if let found = name(in: line, into: output) { return found }
        }
    }

    /// Parses the name on a line; nil for a line to be skipped.
    private func name(in line: Range<Int>, into output: UnsafeMutableRawBufferPointer) -> Line? {
        var line = line
        while let last = line.last, buffer[last] <= 0x20 { line = line.lowerBound..<last }
        while let first = line.first, buffer[first] <= 0x20 { line = first + 1..<line.upperBound }
        guard let first = line.first, buffer[first] != UInt8(ascii: "#") else { return nil }
        if let length = plainName(in: line, into: output) { return .name(length: length) }
        let text = String(decoding: buffer[line], as: UTF8.self)
        guard let wire = try? Name(text).wire, wire.count <= output.count else { return .invalid }
        wire.withUnsafeBytes { output.copyMemory(from: $0) }
        return .name(length: wire.count)
    }

    /// Parses a common name, of letters, digits, hyphens and underscores; nil for anything that needs the full parser.
    private func plainName(in line: Range<Int>, into output: UnsafeMutableRawBufferPointer) -> Int? {
        guard line.count <= 253, output.count >= 255 else { return nil }
        var lengthAt = 0
        var next = 1
        for index in line {
            let byte = buffer[index]
            if byte == UInt8(ascii: ".") {
                let length = next - lengthAt - 1
                guard length > 0, length < 64 else { return nil }
                output[lengthAt] = UInt8(length)
                lengthAt = next
            } else {
                let isPlain =
                    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_")
                guard isPlain else { return nil }
                output[next] = byte
            }
            next += 1
        }
        let length = next - lengthAt - 1
        guard length < 64 else { return nil }
        output[lengthAt] = UInt8(length)
        // A trailing dot has written the root's length already; a single dot is left to the full parser.
        guard length > 0 else { return lengthAt > 0 ? next : nil }
        output[next] = 0
        return next + 1
    }

    /// Reads more; false if a pipe has nothing at the moment.
    private mutating func refill() -> Bool {
        if start > 0 {
            for index in start..<end { buffer[index - start] = buffer[index] }
            end -= start
            start = 0
        }
        var readiness = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&readiness, 1, 0) != 0 else { return false }
        let free = buffer.count - end
        let count = buffer.withUnsafeMutableBytes { bytes in
            read(descriptor, bytes.baseAddress.map { $0 + end }, free)
        }
        if count > 0 {
            end += count
            bytesRead += count
        } else if count == 0 || errno != EINTR {
            isAtEnd = true
        }
        return true
    }
}
