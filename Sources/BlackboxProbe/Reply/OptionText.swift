/// The OPT record, which prints as a block of its own rather than as a line.
enum OptionText {
    static func options(_ data: inout ReplyCursor) throws(ReplyFault) -> [(code: UInt16, bytes: ArraySlice<UInt8>)] {
        var options: [(code: UInt16, bytes: ArraySlice<UInt8>)] = []
        while !data.isAtEnd {
            let code = try data.short()
            options.append((code, try data.bytes(Int(try data.short()))))
        }
        return options
    }

    static func text(ttl: UInt32, size: UInt16, options: [(code: UInt16, bytes: ArraySlice<UInt8>)]) -> String {
        var text = "\n;; OPT PSEUDOSECTION:\n; EDNS: version \(ttl >> 16 & 0xff); "
        text += ttl & 0x8000 != 0 ? "flags: do; " : "flags:; "
        if ttl & 0x7fff != 0 {
            let hex = String(ttl & 0x7fff, radix: 16)
            text += "MBZ: 0x" + String(repeating: "0", count: 4 - hex.count) + hex + ", "
        }
        text += "udp: \(size)"
        for option in options {
            let hex = Presentation.hex(option.bytes)
            switch option.code {
            case 3:
                let letters = option.bytes.map { "(" + String(UnicodeScalar($0)) + ")" }.joined()
                text += "\n; NSID: \(hex)  \(letters)"
            case 10: text += "\n; COOKIE: \(hex)"
            case 12: text += "\n; PADDING: \(hex)"
            default: text += "\n; LOCAL OPT: \(option.code):0x\(hex)"
            }
        }
        return text
    }
}
