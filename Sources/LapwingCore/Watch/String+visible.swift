extension String {
    /// The text on one line, without characters that affect a terminal or other characters: each control character,
    /// line end, directional mark and invisible character appears as `\u{1B}`.
    ///
    /// For all external text before it is shown to people; applying it twice changes nothing more.
    package var visible: String { visible(keepsLines: false) }

    /// The same for text of several lines; line ends and tabs stay.
    package var visibleLines: String { visible(keepsLines: true) }

    /// Returns the same for text of several lines, with escapes of the caller's choice.
    package func visibleLines(_ escape: (Unicode.Scalar) -> String) -> String {
        visible(keepsLines: true, escape)
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }

    private func visible(keepsLines: Bool, _ escape: (Unicode.Scalar) -> String = Self.escaped) -> String {
        if utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return self }
        var result = ""
        for scalar in unicodeScalars {
            if Self.isHarmless(scalar) || keepsLines && (scalar == "\n" || scalar == "\t") {
                result.unicodeScalars.append(scalar)
            } else {
                result += escape(scalar)
            }
        }
        return result
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
