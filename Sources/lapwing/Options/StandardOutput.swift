import Foundation

/// Lines that must be visible at once, even if stdout is a pipe.
enum StandardOutput {
    static func print(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
