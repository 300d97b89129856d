import Foundation
import LapwingCore
import Synchronization

/// The events that the store reports to the log.
package enum StoreNews: Sendable, CustomStringConvertible {
    /// An unreadable row is omitted; all others are used.
    case unreadable(table: String, row: String, reason: String)
    /// The file cannot be written: from now on all data is kept in memory.
    case failing(reason: String)
    /// The data that was kept in memory has been written to the file.
    case recovered(seconds: Int64)
    /// Another daemon has taken over the store: this one must end.
    case superseded
    /// A worker cannot reach the server: it makes no rounds and sends no notices until it can.
    case unreachable(reason: String)
    /// The server is reachable again.
    case reached(seconds: Int64)
    /// Others considered this worker dead; it has joined again, without its shards.
    case rejoined

    /// One sentence for the log.
    package var description: String {
        switch self {
        case .unreadable(let table, let row, let reason): "row \(row) of \(table) cannot be read: \(reason)"
        case .failing(let reason): "the store cannot be written: \(reason)"
        case .recovered(let seconds): "the store can be written again, after \(seconds) s"
        case .superseded: "another daemon has taken the store over; this one ends"
        case .unreachable(let reason): "the store cannot be reached: \(reason)"
        case .reached(let seconds): "the store can be reached again, after \(seconds) s"
        case .rejoined: "other workers took this one for dead; it begins anew"
        }
    }
}
