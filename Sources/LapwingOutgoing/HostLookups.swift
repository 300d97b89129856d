import Foundation
import Glibc
import Synchronization

/// Looks host names up with the system's resolver, on threads of its own.
///
/// Such a look-up cannot be stopped: when its asker has left, it goes on and keeps its thread, a minute or more where
/// name servers are silent. So each kind of asker has a pool to itself, and none waits for the dead look-ups of another.
package final class HostLookups: Sendable {
    /// Why there are no addresses.
    package enum Failure: Error, Hashable, Sendable {
        case notFound, timeout, cancelled
        /// All threads are taken and as many askers wait as may wait.
        case busy
    }

    /// The addresses as text, or why there are none.
    package typealias Outcome = Result<[String], Failure>
    private typealias Asker = CheckedContinuation<Outcome, Never>

    private struct State {
        var nextToken: UInt64 = 0
        var threads = 0
        /// Not yet begun, oldest first.
        var waiting: [(token: UInt64, host: String)] = []
        /// Those who still want an answer.
        var askers: [UInt64: Asker] = [:]
    }

    /// Look-ups of names that the system would take as well, but no name server knows: longer than a name can be.
    private static let longestHost = 255

    private let mostThreads: Int
    private let mostWaiting: Int
    private let find: @Sendable (String) -> [String]
    private let state = Mutex(State())

    /// - Parameters:
    ///   - threads: look-ups under way at once, those that nobody waits for any more among them.
    ///   - waiting: look-ups that may wait for a thread; more are refused at once.
    ///   - find: the look-up itself, which blocks.
    package init(
        threads: Int, waiting: Int, find: @escaping @Sendable (String) -> [String] = HostLookups.systemAddresses
    ) {
        mostThreads = threads
        mostWaiting = waiting
        self.find = find
    }

    /// Addresses of a host in the system's order, as numbers, link-local ones with `%` and their interface.
    ///
    /// Returns at once when the task is cancelled.
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
        // A caller that was cancelled before it was listed has not been noticed yet.
        if Task.isCancelled { settle(token, .failure(.cancelled)) }
    }

    /// A thread's life: its look-up, then those that wait.
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
            // A look-up that has not begun is not made for those who have left.
            if case .failure = outcome { state.waiting.removeAll { $0.token == token } }
            return state.askers.removeValue(forKey: token)
        }
        asker?.resume(returning: outcome)
    }

    /// What `getaddrinfo` says; blocks.
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
