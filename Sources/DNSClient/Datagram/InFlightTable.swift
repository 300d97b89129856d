/// Finds the slot of a reply by its socket and ID.
///
/// Open addressing with linear probing. Removing an entry moves later ones back, so that there are no tombstones and
/// the table is as fast after a million questions as after the first.
package struct InFlightTable {
    private static let empty = UInt64.max

    private var keys: [UInt64]
    private var slots: [Int32]
    /// The number of questions that wait for a reply.
    private(set) package var count = 0

    /// - Parameter capacity: rounded up to a power of two; the table doubles when half full.
    package init(capacity: Int = 1024) {
        var size = 16
        while size < capacity { size *= 2 }
        keys = [UInt64](repeating: Self.empty, count: size)
        slots = [Int32](repeating: -1, count: size)
    }

    private static func key(_ socket: Int32, _ id: UInt16) -> UInt64 {
        UInt64(UInt32(bitPattern: socket)) << 16 | UInt64(id)
    }

    private func home(_ key: UInt64) -> Int {
        // Fibonacci hashing: IDs are random already, the product also spreads the socket numbers.
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & (keys.count - 1)
    }

    /// Returns the slot that waits for this ID on this socket; nil if none does.
    package func slot(socket: Int32, id: UInt16) -> Int32? {
        let key = Self.key(socket, id)
        var index = home(key)
        while keys[index] != Self.empty {
            if keys[index] == key { return slots[index] }
            index = (index + 1) & (keys.count - 1)
        }
        return nil
    }

    /// Adds a slot; false if the ID is in use on this socket.
    package mutating func insert(_ slot: Int32, socket: Int32, id: UInt16) -> Bool {
        if count * 2 >= keys.count { grow() }
        return insert(slot, key: Self.key(socket, id))
    }

    private mutating func insert(_ slot: Int32, key: UInt64) -> Bool {
        var index = home(key)
        while keys[index] != Self.empty {
            if keys[index] == key { return false }
            index = (index + 1) & (keys.count - 1)
        }
        keys[index] = key
        slots[index] = slot
        count += 1
        return true
    }

    /// Removes a question; one that is not in the table is ignored.
    package mutating func remove(socket: Int32, id: UInt16) {
        let key = Self.key(socket, id)
        let mask = keys.count - 1
        var hole = home(key)
        while keys[hole] != key {
            if keys[hole] == Self.empty { return }
            hole = (hole + 1) & mask
        }
        var index = (hole + 1) & mask
        while keys[index] != Self.empty {
            let distanceFromHome = (index - home(keys[index])) & mask
            let distanceFromHole = (index - hole) & mask
            if distanceFromHome >= distanceFromHole {
                keys[hole] = keys[index]
                slots[hole] = slots[index]
                hole = index
            }
            index = (index + 1) & mask
        }
        keys[hole] = Self.empty
        count -= 1
    }

    private mutating func grow() {
        let old = (keys, slots)
        keys = [UInt64](repeating: Self.empty, count: old.0.count * 2)
        slots = [Int32](repeating: -1, count: old.0.count * 2)
        count = 0
        for index in old.0.indices where old.0[index] != Self.empty {
            _ = insert(old.1[index], key: old.0[index])
        }
    }
}
