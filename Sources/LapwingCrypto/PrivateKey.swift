internal import CCrypto

/// A private key of one DNSSEC algorithm, grown from a seed: the same seed gives the same key and signatures.
final class PrivateKey: @unchecked Sendable {  // Nothing changes after `init`, and libcrypto's keys may be shared.
    let scheme: SigningScheme
    /// The public key field of the DNSKEY.
    let publicKey: [UInt8]

    private let key: OpaquePointer?
    private let scalar: [UInt8]

    /// Grows a key; `bits` is the size of an RSA modulus, the other schemes have but one size.
    init?(scheme: SigningScheme, seed: [UInt8], bits: Int = 2048) {
        var stream = DeterministicBytes(seed: seed)
        self.scheme = scheme
        switch scheme {
        case .rsa:
            guard let made = Self.rsa(&stream, bits: bits) else { return nil }
            (key, publicKey, scalar) = (made.key, made.publicKey, [])
        case .ecdsa(let curve):
            let arithmetic = Arithmetic()
            let candidate = BigNumber(stream.next(curve.size + 8))
            let secret = arithmetic.remainder(candidate, modulo: arithmetic.order(of: curve))
            guard let point = arithmetic.basePoint(of: curve, times: secret) else { return nil }
            (key, scalar) = (nil, secret.bytes(count: curve.size))
            publicKey = point.x.bytes(count: curve.size) + point.y.bytes(count: curve.size)
        case .ed25519, .ed448:
            let isLong = scheme == .ed448
            scalar = stream.next(isLong ? 57 : 32)
            let type = isLong ? EVP_PKEY_ED448 : EVP_PKEY_ED25519
            guard let made = EVP_PKEY_new_raw_private_key(type, nil, scalar, scalar.count) else { return nil }
            key = made
            var length = scalar.count
            var bytes = [UInt8](repeating: 0, count: length)
            EVP_PKEY_get_raw_public_key(made, &bytes, &length)
            publicKey = bytes
        }
    }

    deinit { EVP_PKEY_free(key) }

    /// The signature in DNS form; `nil` when the key is too small for its digest.
    func sign(_ data: [UInt8]) -> [UInt8]? {
        if case .ecdsa(let curve) = scheme { return signDeterministically(data, curve) }
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var length = 0
        guard EVP_DigestSignInit(context, nil, scheme.digest?.method, nil, key) == 1,
            EVP_DigestSign(context, nil, &length, data, data.count) == 1
        else { return nil }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, data, data.count) == 1 else {
            ERR_clear_error()
            return nil
        }
        return Array(signature.prefix(length))
    }

    /// ECDSA with the nonce of RFC 6979, so that a simulated world is the same in every run.
    private func signDeterministically(_ data: [UInt8], _ curve: SigningScheme.Curve) -> [UInt8]? {
        let arithmetic = Arithmetic()
        let order = arithmetic.order(of: curve)
        let hashed = arithmetic.remainder(BigNumber(curve.digest.of(data)), modulo: order)
        var nonces = DeterministicNonces(curve: curve, secret: scalar, hash: hashed.bytes(count: curve.size))
        for _ in 0..<16 {
            let nonce = BigNumber(nonces.next())
            guard BN_is_zero(nonce.pointer) == 0, BN_cmp(nonce.pointer, order.pointer) < 0,
                let point = arithmetic.basePoint(of: curve, times: nonce),
                let inverse = arithmetic.inverse(nonce, modulo: order)
            else { continue }
            let r = arithmetic.remainder(point.x, modulo: order)
            let secretPart = arithmetic.product(r, BigNumber(scalar), modulo: order)
            let s = arithmetic.product(inverse, arithmetic.sum(hashed, secretPart, modulo: order), modulo: order)
            return r.bytes(count: curve.size) + s.bytes(count: curve.size)
        }
        return nil
    }

    private static func rsa(_ stream: inout DeterministicBytes, bits: Int) -> (key: OpaquePointer, publicKey: [UInt8])?
    {
        guard (512...4096).contains(bits), bits.isMultiple(of: 16) else { return nil }
        let arithmetic = Arithmetic()
        let exponent: [UInt8] = [1, 0, 1]
        for _ in 0..<8 {
            let p = prime(&stream, bytes: bits / 16, arithmetic)
            let q = prime(&stream, bytes: bits / 16, arithmetic)
            let (p1, q1) = (arithmetic.predecessor(p), arithmetic.predecessor(q))
            guard let d = arithmetic.inverse(BigNumber(exponent), modulo: arithmetic.product(p1, q1)),
                let coefficient = arithmetic.inverse(q, modulo: p)
            else { continue }
            let modulus = arithmetic.product(p, q).bytes
            var parameters = KeyParameters()
            parameters.add("n", number: modulus)
            parameters.add("e", number: exponent)
            parameters.add("d", number: d.bytes)
            parameters.add("rsa-factor1", number: p.bytes)
            parameters.add("rsa-factor2", number: q.bytes)
            parameters.add("rsa-exponent1", number: arithmetic.remainder(d, modulo: p1).bytes)
            parameters.add("rsa-exponent2", number: arithmetic.remainder(d, modulo: q1).bytes)
            parameters.add("rsa-coefficient1", number: coefficient.bytes)
            guard let key = parameters.key(type: "RSA", .keyPair) else { return nil }
            return (key, [UInt8(exponent.count)] + exponent + modulus)
        }
        return nil
    }

    private static func prime(_ stream: inout DeterministicBytes, bytes: Int, _ arithmetic: Arithmetic) -> BigNumber {
        var digits = stream.next(bytes)
        digits[0] |= 0xC0  // Two such primes give a modulus of full length.
        digits[bytes - 1] |= 1
        let candidate = BigNumber(digits)
        while !arithmetic.isPrime(candidate) { BN_add_word(candidate.pointer, 2) }
        return candidate
    }
}

/// The nonces of RFC 6979 section 3.2 for one secret and one hash.
private struct DeterministicNonces {
    private let curve: SigningScheme.Curve
    private var key: [UInt8]
    private var value: [UInt8]
    private var started = false

    init(curve: SigningScheme.Curve, secret: [UInt8], hash: [UInt8]) {
        self.curve = curve
        key = [UInt8](repeating: 0, count: curve.size)
        value = [UInt8](repeating: 1, count: curve.size)
        for mark in [UInt8(0), 1] {
            key = curve.digest.authenticate(value + [mark] + secret + hash, key: key)
            value = curve.digest.authenticate(value, key: key)
        }
    }

    mutating func next() -> [UInt8] {
        if started {
            key = curve.digest.authenticate(value + [0], key: key)
            value = curve.digest.authenticate(value, key: key)
        }
        started = true
        value = curve.digest.authenticate(value, key: key)
        return value
    }
}
