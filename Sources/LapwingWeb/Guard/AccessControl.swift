package import Logging
import Synchronization

/// The access rules in force. Requests may read them at any time while a reload replaces them.
package final class AccessControl: Sendable {
    /// Time between two checks of the certificate files, which other programs renew without notice.
    private static let pause: Duration = .seconds(10)

    private struct State {
        var access: Access
        /// Called when the new rules admit other people than the old ones.
        var onChange: (@Sendable () -> Void)?
    }

    private let state: Mutex<State>
    private let log: Logger

    package init(_ access: Access, log: Logger) {
        state = Mutex(State(access: access))
        self.log = log
    }

    var current: Access { state.withLock { $0.access } }

    /// Puts new rules into force. If they admit other people, everyone who was admitted by the old ones must
    /// authenticate again.
    package func take(_ access: Access) {
        let onChange = state.withLock { state in
            let isOther = !state.access.admitsTheSame(as: access)
            state.access = access
            return isOther ? state.onChange : nil
        }
        onChange?()
    }

    func whenChanged(_ act: @escaping @Sendable () -> Void) { state.withLock { $0.onChange = act } }

    /// Puts renewed certificates into force until the task is cancelled.
    func followFiles() async {
        var told: [Access.FileMark?] = []
        while (try? await Task.sleep(for: Self.pause)) != nil {
            let access = current
            guard let files = access.terms?.files else { continue }
            let marks = files.map(Access.FileMark.init(path:))
            guard marks != access.fileMarks, marks != told else { continue }
            do {
                let renewed = try access.withFilesReadAgain()
                // A reload in the meantime has read the files itself.
                guard state.withLock({ $0.access.gate === access.gate }) else { continue }
                take(renewed)
                log.notice("renewed certificates are in force", metadata: ["files": "\(files)"])
            } catch {
                // Certificate and key are written one after the other; an incomplete pair is read again once it
                // changes.
                told = marks
                log.error("changed certificates cannot be used", metadata: ["fault": "\(error)"])
            }
        }
    }
}
