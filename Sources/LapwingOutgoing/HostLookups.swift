import Foundation
import Glibc
import Synchronization

/// Resolves host names with the system's resolver, on separate threads.
///
/// Such a look-up cannot be cancelled: if its caller leaves, it continues and occupies its thread for a minute or more
/// if name servers are silent. Each kind of caller therefore has its own pool, so that it does not wait for abandoned
/// look-ups of others.
package final class HostLookups: Sendable {
    /// The reason for missing addresses.
    package enum Failure: Error, Hashable, Sendable {
        case notFound, timeout, cancelled
        /// All threads are busy and the queue is full.
        case busy
    }

    /// The addresses as text, or the reason why there are none.
    package typealias Outcome = Result<[String], Failure>
    private typealias Asker = CheckedContinuation<Outcome, Never>

    private struct State {
        var nextToken: UInt64 = 0
        var threads = 0
        /// Look-ups that have not begun, oldest first.
        var waiting: [(token: UInt64, host: String)] = []
        /// The callers that still wait.
        var askers: [UInt64: Asker] = [:]
    }

    /// A longer host name is not valid in DNS, though the system would accept it.
    private static let longestHost = 255

    private let mostThreads: Int
    private let mostWaiting: Int
    private let find: @Sendable (String) -> [String]
    private let state = Mutex(State())

    /// - Parameters:
    ///   - threads: the largest number of concurrent look-ups, including abandoned ones.
    ///   - waiting: the largest number of queued look-ups; more are refused at once.
    ///   - find: the blocking look-up.
    package init(
        threads: Int, waiting: Int, find: @escaping @Sendable (String) -> [String] = HostLookups.systemAddresses
    ) {
        mostThreads = threads
        mostWaiting = waiting
        self.find = find
    }

    /// Returns the addresses of a host in the system's order, in numeric form, link-local ones with `%` and their
    /// interface.
    ///
    /// Returns at once if the task is cancelled.
    ///
    /// - Throws: `Failure`: no address, no result within the limit, a cancelled task, or too many look-ups.
    package func addresses(of host: String, limit: Duration) async throws(Failure) -> [String] {
        guard !host.isEmpty, host.utf8.count <= Self.longestHost, !host.utf8.contains(0) else { throw .notFound }
        guard limit > .zero else { throw .timeout }
        let token = state.withLock { state in
            state.nextToken += 1
            return state.nextToken
        }
        let timer = Task {
            try await Task.sleep(for: limit)
            settle(token, .failure(.timeout))
        }
        defer { timer.cancel() }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { (asker: Asker) in begin(token, host, asker) }
        } onCancel: {
            settle(token, .failure(.cancelled))
        }
        let found = try outcome.get()
        if found.isEmpty { throw .notFound }
        return found
    }

    private func begin(_ token: UInt64, _ host: String, _ asker: Asker) {
        enum Start { case thread, wait, refuse }
        let start = state.withLock { state -> Start in
            if state.threads < mostThreads {
                state.threads += 1
                state.askers[token] = asker
                return .thread
            }
            guard state.waiting.count < mostWaiting else { return .refuse }
            state.waiting.append((token, host))
            state.askers[token] = asker
            return .wait
        }
        switch start {
        case .thread: Thread.detachNewThread { [self] in work(token, host) }
        case .wait: break
        case .refuse: return asker.resume(returning: .failure(.busy))
        }
        // A cancellation before the caller was registered has not been noticed yet.
        if Task.isCancelled { settle(token, .failure(.cancelled)) }
    }

    /// The loop of a thread: runs its look-up, then queued ones.
    private func work(_ token: UInt64, _ host: String) {
        var (token, host) = (token, host)
        while true {
            settle(token, .success(find(host)))
            let next = state.withLock { state -> (token: UInt64, host: String)? in
                if state.waiting.isEmpty {
                    state.threads -= 1
                    return nil
                }
                return state.waiting.removeFirst()
            }
            guard let next else { return }
            (token, host) = next
        }
    }

    private func settle(_ token: UInt64, _ outcome: Outcome) {
        let asker = state.withLock { state in
            // A queued look-up is dropped if its caller has left.
            if case .failure = outcome { state.waiting.removeAll { $0.token == token } }
            return state.askers.removeValue(forKey: token)
        }
        asker?.resume(returning: outcome)
    }

    /// Returns the result of `getaddrinfo`; blocks.
    package static func systemAddresses(_ host: String) -> [String] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [String] = []
        var next = list
        while let item = next?.pointee {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let status = getnameinfo(
                item.ai_addr, item.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            if status == 0 {
                addresses.append(
                    String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
            }
            next = item.ai_next
        }
        return addresses
    }
}
