import LapwingCrypto
import Synchronization

/// All derived key pairs, shared by all worlds of the process: deriving an RSA key takes longer than a whole scenario.
enum KeyPool {
    private struct ID: Hashable {
        var label: String
        var specification: KeySpecification
    }

    private static let keys = Mutex<[ID: SigningKey]>([:])

    static func key(_ label: String, _ specification: KeySpecification) -> SigningKey? {
        let id = ID(label: label, specification: specification)
        if let known = keys.withLock({ $0[id] }) { return known }
        let made = SigningKey(
            algorithm: specification.algorithm, seed: label, flags: specification.flags,
            bits: specification.flags == 257 ? 2048 : 1024)
        keys.withLock { $0[id] = made }
        return made
    }
}
