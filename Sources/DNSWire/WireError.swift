/// Why bytes or text could not be read as DNS, and where.
public struct WireError: Error, Hashable, Sendable {
    /// What is wrong; the raw value is stable text for programs.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The bytes end before the thing they began.
        case truncated
        /// A compression pointer that leads to itself or to a place already passed, or one too many in a row.
        case pointerLoop = "pointer-loop"
        /// A compression pointer that leads forward.
        case pointerForward = "pointer-forward"
        /// A compression pointer where none may stand.
        case pointerNotAllowed = "pointer-not-allowed"
        /// The two highest bits of a label's length are `01` or `10`.
        case labelType = "label-type"
        /// A label of no bytes inside a name, or of more than 63.
        case labelLength = "label-length"
        /// A name of more than 255 bytes.
        case nameTooLong = "name-too-long"
        /// A backslash that begins no valid escape.
        case badEscape = "bad-escape"
        /// A character that must be escaped or encoded before it can stand in a name.
        case badCharacter = "bad-character"
        /// The record data has bytes left over after its last field.
        case recordDataTooLong = "rdata-too-long"
        /// A field of the record data has a value its type does not permit.
        case recordDataInvalid = "rdata-invalid"
        /// More than one OPT record, or one outside the additional section or not at the root.
        case optMisplaced = "opt-misplaced"
        /// A TSIG record that is not the last of the additional section, or not of class ANY.
        case tsigMisplaced = "tsig-misplaced"
        /// An option of EDNS whose bytes its number does not permit.
        case optionInvalid = "option-invalid"
        /// An update without exactly one zone, asked for as SOA, or with data where none may be (RFC 2136).
        case updateInvalid = "update-invalid"
        /// Bytes follow the last record that the header counts.
        case trailingBytes = "trailing-bytes"
        /// The value does not fit into the message or field that should carry it.
        case tooLarge = "too-large"
        /// Text that names nothing known.
        case unknownText = "unknown-text"
    }

    /// What is wrong.
    public var code: Code
    /// Where: bytes from the start of the message, record data or text.
    public var offset: Int

    /// An error of this kind at this place.
    public init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}

extension WireError: CustomStringConvertible {
    /// One sentence for a person, with the offset.
    public var description: String { "\(code.text) at byte \(offset)" }
}

extension WireError.Code {
    /// The error in words, without a place.
    public var text: String {
        switch self {
        case .truncated: "the bytes end too early"
        case .pointerLoop: "a compression pointer leads to no earlier place, or too many follow each other"
        case .pointerForward: "a compression pointer leads forward"
        case .pointerNotAllowed: "a compression pointer where none may stand"
        case .labelType: "a label of an unknown kind"
        case .labelLength: "a label is empty or longer than 63 bytes"
        case .nameTooLong: "a name is longer than 255 bytes"
        case .badEscape: "a backslash begins no valid escape"
        case .badCharacter: "a character that must be encoded first"
        case .recordDataTooLong: "record data with bytes left over"
        case .recordDataInvalid: "record data that its type does not permit"
        case .optMisplaced: "an OPT record that is not alone, not at the root or not in the additional section"
        case .tsigMisplaced: "a TSIG record that is not last in the additional section or not of class ANY"
        case .optionInvalid: "an EDNS option that its number does not permit"
        case .updateInvalid: "an update without its zone or with data where none may be"
        case .trailingBytes: "bytes follow the last record"
        case .tooLarge: "a value is too large for its place"
        case .unknownText: "a word that names nothing known"
        }
    }
}
