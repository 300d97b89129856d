/// The reason why a reply cannot be parsed.
package enum ReplyFault: Error, Hashable, Sendable {
    case short
    case overflow
    case badName
    case badLength
    case badData
    case unknownSecret
}
