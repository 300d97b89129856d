import Foundation

/// Encodes one segment of a path, so that nothing in it is a separator.
enum URLPart {
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~"))) ?? ""
    }
}
