import Foundation

/// Lines that are to be seen at once, also when stdout is a pipe.
enum StandardOutput {
    static func print(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
