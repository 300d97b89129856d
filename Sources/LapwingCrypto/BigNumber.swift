internal import CCrypto

/// An unsigned number of any size, freed with its last owner.
final class BigNumber {
    let pointer: OpaquePointer

    init() { pointer = BN_new() }

    /// Reads bytes with the most significant first.
    convenience init(_ bytes: [UInt8]) {
        self.init()
        BN_bin2bn(bytes, Int32(clamping: bytes.count), pointer)
    }

    deinit { BN_clear_free(pointer) }

    /// The number as that many bytes, the most significant first; zeros when it does not fit.
    func bytes(count: Int) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: count)
        BN_bn2binpad(pointer, &out, Int32(clamping: count))
        return out
    }

    /// The number in as few bytes as it needs.
    var bytes: [UInt8] { bytes(count: (Int(BN_num_bits(pointer)) + 7) / 8) }
}

/// Working memory that libcrypto wants for arithmetic.
final class Arithmetic {
    private let context: OpaquePointer = BN_CTX_new()

    deinit { BN_CTX_free(context) }

    func product(_ a: BigNumber, _ b: BigNumber) -> BigNumber {
        let result = BigNumber()
        BN_mul(result.pointer, a.pointer, b.pointer, context)
        return result
    }

    func product(_ a: BigNumber, _ b: BigNumber, modulo m: BigNumber) -> BigNumber {
        let result = BigNumber()
        BN_mod_mul(result.pointer, a.pointer, b.pointer, m.pointer, context)
        return result
    }

    func sum(_ a: BigNumber, _ b: BigNumber, modulo m: BigNumber) -> BigNumber {
        let result = BigNumber()
        BN_mod_add(result.pointer, a.pointer, b.pointer, m.pointer, context)
        return result
    }

    func remainder(_ a: BigNumber, modulo m: BigNumber) -> BigNumber {
        let result = BigNumber()
        BN_nnmod(result.pointer, a.pointer, m.pointer, context)
        return result
    }

    /// `nil` when there is no inverse.
    func inverse(_ a: BigNumber, modulo m: BigNumber) -> BigNumber? {
        let result = BigNumber()
        return BN_mod_inverse(result.pointer, a.pointer, m.pointer, context) == nil ? nil : result
    }

    func predecessor(_ a: BigNumber) -> BigNumber {
        let result = BigNumber(a.bytes)
        BN_sub_word(result.pointer, 1)
        return result
    }

    func isPrime(_ a: BigNumber) -> Bool { BN_check_prime(a.pointer, context, nil) == 1 }

    /// A multiple of the curve's base point: its two coordinates, or `nil` at infinity.
    func basePoint(of curve: SigningScheme.Curve, times factor: BigNumber) -> (x: BigNumber, y: BigNumber)? {
        guard let group = EC_GROUP_new_by_curve_name(curve.identifier) else { return nil }
        defer { EC_GROUP_free(group) }
        guard let point = EC_POINT_new(group) else { return nil }
        defer { EC_POINT_free(point) }
        let x = BigNumber()
        let y = BigNumber()
        guard EC_POINT_mul(group, point, factor.pointer, nil, nil, context) == 1,
            EC_POINT_get_affine_coordinates(group, point, x.pointer, y.pointer, context) == 1
        else { return nil }
        return (x, y)
    }

    /// The number of points of the curve.
    func order(of curve: SigningScheme.Curve) -> BigNumber {
        let result = BigNumber()
        if let group = EC_GROUP_new_by_curve_name(curve.identifier) {
            EC_GROUP_get_order(group, result.pointer, context)
            EC_GROUP_free(group)
        }
        return result
    }
}
