import LapwingCore

/// What the store has of a domain's memory already, so that only what is another is written.
package struct KeptMemory: Sendable, Hashable {
    /// Which file, or memory in its place, has it.
    var epoch: Int
    /// Hashes of what each part held; they mean something in this process only.
    var parts: [WatchState.Part: Int] = [:]
    /// The same of each incident of the book.
    var incidents: [String: Int] = [:]

    init(epoch: Int) { self.epoch = epoch }

    /// The marks of a memory that has just been read.
    init(_ state: WatchState, epoch: Int) {
        self.epoch = epoch
        for part in WatchState.Part.allCases { parts[part] = state.value(of: part).hashValue }
        for incident in state.book.open + state.book.closed { incidents[incident.id] = incident.hashValue }
    }
}
