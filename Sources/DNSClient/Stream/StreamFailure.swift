import NIOCore
import NIOSSL

extension ExchangeFailure {
    /// Translates an error of a stream to a failure of an exchange.
    init(streamError error: any Error) {
        switch error {
        case let failure as ExchangeFailure: self = failure
        case let error as IOError: self.init(systemError: error.errnoCode)
        case let error as ChannelError: self = error.isTimeout ? .timeout : .closed
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: self = .tls("\(error)")
        case is CancellationError: self = .cancelled
        default: self = .local("\(error)")
        }
    }
}

extension ChannelError {
    fileprivate var isTimeout: Bool {
        if case .connectTimeout = self { true } else { false }
    }
}
