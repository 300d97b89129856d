internal import CCrypto

/// Collects the parts of a key under libcrypto's parameter names and builds the key.
struct KeyParameters: ~Copyable {
    /// Which parts a key is made of; the values are libcrypto's, whose macros Swift cannot read.
    enum Parts: Int32 {
        case publicKey = 0x86
        case keyPair = 0x87
    }

    private let builder: OpaquePointer?
    private var numbers: [OpaquePointer] = []
    private var octetStrings: [UnsafeMutableBufferPointer<UInt8>] = []
    private var complete = true

    init() { builder = OSSL_PARAM_BLD_new() }

    deinit {
        for number in numbers { BN_clear_free(number) }
        for octets in octetStrings { octets.deallocate() }
        OSSL_PARAM_BLD_free(builder)
    }

    /// Adds an unsigned number, most significant byte first.
    mutating func add(_ name: StaticString, number bytes: [UInt8]) {
        guard let number = BN_bin2bn(bytes, Int32(clamping: bytes.count), nil) else { return complete = false }
        numbers.append(number)  // The builder keeps a reference to it until the key is made.
        complete = OSSL_PARAM_BLD_push_BN(builder, Self.pointer(name), number) == 1 && complete
    }

    mutating func add(_ name: StaticString, text: String) {
        // The builder keeps the pointer, so the bytes need an owner; a count of zero would mean "measure it".
        let bytes = Self.copy(Array(text.utf8) + [0])
        octetStrings.append(bytes)
        let pushed = bytes.withMemoryRebound(to: CChar.self) {
            OSSL_PARAM_BLD_push_utf8_string(builder, Self.pointer(name), $0.baseAddress, text.utf8.count)
        }
        complete = pushed == 1 && complete
    }

    mutating func add(_ name: StaticString, octets: [UInt8]) {
        let bytes = Self.copy(octets)
        octetStrings.append(bytes)
        complete =
            OSSL_PARAM_BLD_push_octet_string(builder, Self.pointer(name), bytes.baseAddress, bytes.count) == 1
            && complete
    }

    /// The key, owned by the caller, or `nil` when libcrypto refuses the parts.
    func key(type: String, _ parts: Parts) -> OpaquePointer? {
        guard complete, let parameters = OSSL_PARAM_BLD_to_param(builder) else { return nil }
        defer { OSSL_PARAM_free(parameters) }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_fromdata_init(context) == 1 else { return nil }
        var key: OpaquePointer?
        return EVP_PKEY_fromdata(context, &key, parts.rawValue, parameters) == 1 ? key : nil
    }

    /// The builder keeps the pointer to the name, so the name must live as long as the program.
    private static func pointer(_ name: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    private static func copy(_ bytes: [UInt8]) -> UnsafeMutableBufferPointer<UInt8> {
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        _ = buffer.initialize(from: bytes)
        return buffer
    }
}
