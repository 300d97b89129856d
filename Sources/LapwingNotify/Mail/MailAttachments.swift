package import LapwingCore
import Synchronization

/// A file that goes with a mail.
package struct MailAttachment: Sendable, Hashable {
    /// The largest file that is sent, in bytes: a relay that takes 10 MB takes it in base64.
    package static let largest = 5 << 20

    /// Of letters, digits, hyphens, underscores and dots: `acme-2026-10.pdf`.
    package let name: String
    /// `application/pdf`
    package let type: String
    /// The content of the file, at most ``largest`` bytes.
    package let bytes: [UInt8]

    /// Nil for a file that is too large.
    package init?(name: String, type: String, bytes: [UInt8]) {
        guard bytes.count <= Self.largest else { return nil }
        self.name = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "_" })
        self.type = type
        self.bytes = bytes
    }
}

/// Files for mails that wait: what took long to make is kept until it is sent, other files are made when they are sent.
package final class MailAttachments: Sendable {
    /// Bytes that are kept; beyond them the oldest file goes.
    package static let mostBytes = 32 << 20

    private let kept = Mutex<[(id: String, file: MailAttachment)]>([])
    private let make: @Sendable (Notice) -> MailAttachment?

    /// - Parameter make: makes the file of a notice that none is kept for, quickly; nil where none belongs to it.
    package init(make: @escaping @Sendable (Notice) -> MailAttachment?) { self.make = make }

    /// Keeps the file of a notice, by its ``Notice/commonID``, until ``forget(_:)``.
    package func keep(_ file: MailAttachment, for id: String) {
        kept.withLock { kept in
            kept.removeAll { $0.id == id }
            kept.append((id, file))
            var bytes = kept.reduce(0) { $0 + $1.file.bytes.count }
            while bytes > Self.mostBytes, kept.count > 1 { bytes -= kept.removeFirst().file.bytes.count }
        }
    }

    /// The file of a notice; nil where it has none.
    func file(of notice: Notice) -> MailAttachment? {
        guard notice.purpose == .report else { return nil }
        return kept.withLock { kept in kept.first { $0.id == notice.commonID }?.file } ?? make(notice)
    }

    /// The mail is with its receivers.
    func forget(_ notice: Notice) { kept.withLock { $0.removeAll { $0.id == notice.commonID } } }
}
