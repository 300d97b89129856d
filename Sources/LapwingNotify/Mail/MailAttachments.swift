package import LapwingCore
import Synchronization

/// A file attached to a mail.
package struct MailAttachment: Sendable, Hashable {
    /// The largest file in bytes: a relay with a limit of 10 MB accepts it in base64.
    package static let largest = 5 << 20

    /// Consists of letters, digits, hyphens, underscores and dots: `acme-2026-10.pdf`.
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

/// Files for waiting mails: files that take long to render are stored until they are sent, others are made when they
/// are sent.
package final class MailAttachments: Sendable {
    /// The largest total size of stored files in bytes; beyond it the oldest file is dropped.
    package static let mostBytes = 32 << 20

    private let kept = Mutex<[(id: String, file: MailAttachment)]>([])
    private let make: @Sendable (Notice) -> MailAttachment?

    /// - Parameter make: makes the file of a notice without a stored one, quickly; nil if the notice has no file.
    package init(make: @escaping @Sendable (Notice) -> MailAttachment?) { self.make = make }

    /// Stores the file of a notice, by its ``Notice/commonID``, until ``forget(_:)``.
    package func keep(_ file: MailAttachment, for id: String) {
        kept.withLock { kept in
            kept.removeAll { $0.id == id }
            kept.append((id, file))
            var bytes = kept.reduce(0) { $0 + $1.file.bytes.count }
            while bytes > Self.mostBytes, kept.count > 1 { bytes -= kept.removeFirst().file.bytes.count }
        }
    }

    /// Returns the file of a notice; nil if it has none.
    func file(of notice: Notice) -> MailAttachment? {
        guard notice.purpose == .report else { return nil }
        return kept.withLock { kept in kept.first { $0.id == notice.commonID }?.file } ?? make(notice)
    }

    /// Drops the file after the mail was sent.
    func forget(_ notice: Notice) { kept.withLock { $0.removeAll { $0.id == notice.commonID } } }
}
