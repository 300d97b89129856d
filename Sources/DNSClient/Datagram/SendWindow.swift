/// The number of questions that may be outstanding at one server; it shrinks while the server, or the path to it, loses
/// some of them.
package struct SendWindow: Sendable {
    /// The minimum, however much is lost.
    private static let least = 32

    private let most: Int
    /// The number of questions that may be outstanding now.
    package private(set) var size: Int
    /// Answers since the size last changed.
    private var answers = 0

    package init(most: Int) {
        self.most = most
        size = most
    }

    /// Enlarges the window a little for a server that answers, once for each window of answers.
    package mutating func noteAnswer() {
        answers &+= 1
        guard size < most, answers >= size else { return }
        size = min(size + max(size / 8, 1), most)
        answers = 0
    }

    /// Shrinks the window if there are losses among answers, since too much was asked at once; losses without answers
    /// mean that the server is down.
    package mutating func noteLoss() {
        guard answers >= size / 4, size > Self.least else { return }
        size = max(size * 3 / 4, Self.least)
        answers = 0
    }
}
