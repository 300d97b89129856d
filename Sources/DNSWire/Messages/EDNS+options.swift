extension EDNS {
    /// The data of the first option of this number; nil if there is none.
    public func option(_ code: UInt16) -> [UInt8]? { options.first { $0.code == code }?.data }

    /// All extended errors that are long enough to be ones, in order.
    public var extendedErrors: [ExtendedError] {
        options.filter { $0.code == EDNSOption.Code.extendedError }.compactMap { ExtendedError(option: $0.data) }
    }

    /// The server's name for itself, as its bytes; nil without the option.
    public var nsid: [UInt8]? { option(EDNSOption.Code.nsid) }

    /// The cookies; nil without the option, or if a length is not permitted: 8 bytes of the client and none or 8 to 32
    /// of the server are.
    public var cookie: Cookie? { option(EDNSOption.Code.cookie).flatMap(Cookie.init(option:)) }

    /// The client's network; nil without the option, or if it is not sound.
    public var clientSubnet: ClientSubnet? {
        option(EDNSOption.Code.clientSubnet).flatMap(ClientSubnet.init(option:))
    }

    /// How long a connection may idle, in units of 100 milliseconds; nil without the option or in its empty form.
    public var keepalive: UInt16? {
        guard let data = option(EDNSOption.Code.keepalive), data.count == 2 else { return nil }
        return UInt16(data[0]) << 8 | UInt16(data[1])
    }
}

/// Why an answer is as it is (RFC 8914).
public struct ExtendedError: Hashable, Sendable {
    /// The number in the registry of extended errors.
    public var code: UInt16
    /// What the server adds in words, often nothing.
    public var text: String

    /// An extended error.
    public init(code: UInt16, text: String = "") {
        self.code = code
        self.text = text
    }

    /// Reads the option's data; a final zero byte is not part of the text.
    init?(option data: [UInt8]) {
        guard data.count >= 2 else { return nil }
        code = UInt16(data[0]) << 8 | UInt16(data[1])
        let text = data.last == 0 && data.count > 2 ? data[2...].dropLast() : data[2...]
        self.text = String(decoding: text, as: UTF8.self)
    }

    /// The option that carries the error.
    public var option: EDNSOption {
        EDNSOption(
            code: EDNSOption.Code.extendedError,
            data: [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(text.utf8))
    }
}

/// The cookies of client and server (RFC 7873).
public struct Cookie: Hashable, Sendable {
    /// Eight bytes of the client.
    public var client: [UInt8]
    /// None, or 8 to 32 bytes of the server.
    public var server: [UInt8]

    /// Cookies; nil if a length is not permitted.
    public init?(client: [UInt8], server: [UInt8] = []) {
        guard client.count == 8, server.isEmpty || (8...32).contains(server.count) else { return nil }
        self.client = client
        self.server = server
    }

    /// The data of an option as cookies; nil if a length is not permitted.
    package init?(data: [UInt8]) { self.init(client: Array(data.prefix(8)), server: Array(data.dropFirst(8))) }

    init?(option data: [UInt8]) { self.init(data: data) }

    /// The option that carries the cookies.
    public var option: EDNSOption { EDNSOption(code: EDNSOption.Code.cookie, data: client + server) }
}

/// The network that a resolver asks for (RFC 7871).
public struct ClientSubnet: Hashable, Sendable {
    /// The network's first address.
    public var address: IPAddress
    /// How many bits of the address the question gives.
    public var sourceBits: UInt8
    /// For how many bits the answer holds.
    public var scopeBits: UInt8

    /// A client's network.
    public init(address: IPAddress, sourceBits: UInt8, scopeBits: UInt8 = 0) {
        self.address = address
        self.sourceBits = sourceBits
        self.scopeBits = scopeBits
    }

    init?(option data: [UInt8]) {
        guard data.count >= 4, data[0] == 0, data[1] == 1 || data[1] == 2 else { return nil }
        let length = data[1] == 1 ? 4 : 16
        guard data[2...3].allSatisfy({ Int($0) <= length * 8 }), data.count - 4 == (Int(data[2]) + 7) / 8 else {
            return nil
        }
        // Bits past the prefix must be zero (RFC 7871 section 6).
        guard data[2].isMultiple(of: 8) || data[data.count - 1] & (0xFF >> (data[2] % 8)) == 0 else { return nil }
        let bytes = data[4...] + repeatElement(0, count: length - (data.count - 4))
        guard let address = IPAddress(bytes: bytes) else { return nil }
        self.init(address: address, sourceBits: data[2], scopeBits: data[3])
    }

    /// The option that carries the network; bits of the address past `sourceBits` are cleared.
    public var option: EDNSOption {
        let bits = min(Int(sourceBits), address.isIPv4 ? 32 : 128)
        var bytes = Array(address.bytes.prefix((bits + 7) / 8))
        if !bits.isMultiple(of: 8), let last = bytes.indices.last { bytes[last] &= 0xFF << UInt8(8 - bits % 8) }
        return EDNSOption(
            code: EDNSOption.Code.clientSubnet,
            data: [0, address.isIPv4 ? 1 : 2, UInt8(bits), scopeBits] + bytes)
    }
}
