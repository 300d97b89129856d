import LapwingCore

/// The parts of a domain's memory that are in the store, so that only changed parts are written.
package struct KeptMemory: Sendable, Hashable {
    /// The epoch of the file, or of the memory in its place, that has the parts.
    var epoch: Int
    /// The hash of each part, valid in this process only.
    var parts: [WatchState.Part: Int] = [:]
    /// The hash of each incident of the book.
    var incidents: [String: Int] = [:]

    init(epoch: Int) { self.epoch = epoch }

    /// Describes a memory that was just read.
    init(_ state: WatchState, epoch: Int) {
        self.epoch = epoch
        for part in WatchState.Part.allCases { parts[part] = state.value(of: part).hashValue }
        for incident in state.book.open + state.book.closed { incidents[incident.id] = incident.hashValue }
    }
}
