/// How many questions may be in flight at one server: fewer while it, or the way to it, loses some of them.
package struct SendWindow: Sendable {
    /// However much is lost, so many may be in flight.
    private static let least = 32

    private let most: Int
    /// Questions that may be in flight now.
    package private(set) var size: Int
    /// Answers since the size last changed.
    private var answers = 0

    package init(most: Int) {
        self.most = most
        size = most
    }

    /// A server that answers is trusted with a little more, once for each window of answers.
    package mutating func noteAnswer() {
        answers &+= 1
        guard size < most, answers >= size else { return }
        size = min(size + max(size / 8, 1), most)
        answers = 0
    }

    /// Loss among answers means that too much was asked at once; loss alone means that nobody is there.
    package mutating func noteLoss() {
        guard answers >= size / 4, size > Self.least else { return }
        size = max(size * 3 / 4, Self.least)
        answers = 0
    }
}
