import LapwingStore
import Logging

extension Logger {
    /// Logs an event of the store.
    func note(_ news: StoreNews) {
        switch news {
        case .unreadable(let table, let row, let reason):
            error(
                "a row of the store cannot be read and is left out",
                metadata: ["table": "\(table)", "row": "\(row)", "reason": "\(reason)"])
        case .failing(let reason):
            critical(
                "the store cannot be written: judging and telling go on from memory", metadata: ["reason": "\(reason)"])
        case .superseded:
            critical("another daemon has taken the store over: this one ends, so that nothing is sent twice")
        case .unreachable(let reason):
            critical(
                "the store cannot be reached: nothing is checked and nothing is sent until it can",
                metadata: ["reason": "\(reason)"])
        case .reached(let seconds):
            notice("the store can be reached again", metadata: ["after_seconds": "\(seconds)"])
        case .rejoined:
            warning("other workers considered this one dead: it has dropped its state, and starts again")
        case .recovered(let seconds):
            notice(
                "the store can be written again, and what was kept in memory is in it",
                metadata: ["after_seconds": "\(seconds)"])
        }
    }
}
