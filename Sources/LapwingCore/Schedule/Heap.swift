/// A binary heap with access to the least element; adding an element and removing the least take logarithmic time.
package struct Heap<Element: Comparable & Sendable>: Sendable {
    private var elements: [Element] = []

    package init() {}

    /// The number of elements.
    package var count: Int { elements.count }

    /// The least element; nil if there is none.
    package var first: Element? { elements.first }

    /// Adds an element.
    package mutating func add(_ element: Element) {
        elements.append(element)
        rise(from: elements.count - 1)
    }

    /// Removes and returns the least element; nil if there is none.
    @discardableResult
    package mutating func removeFirst() -> Element? {
        guard let first = elements.first, let last = elements.popLast() else { return nil }
        if !elements.isEmpty {
            elements[0] = last
            sink(from: 0)
        }
        return first
    }

    /// Removes the least element repeatedly while it meets a condition.
    package mutating func dropFirst(while goes: (Element) -> Bool) {
        while let first, goes(first) { removeFirst() }
    }

    /// Removes all elements that meet a condition.
    package mutating func removeAll(where goes: (Element) -> Bool) {
        elements.removeAll(where: goes)
        for place in stride(from: elements.count / 2 - 1, through: 0, by: -1) { sink(from: place) }
    }

    private mutating func rise(from start: Int) {
        let element = elements[start]
        var place = start
        while place > 0, element < elements[(place - 1) / 2] {
            elements[place] = elements[(place - 1) / 2]
            place = (place - 1) / 2
        }
        elements[place] = element
    }

    private mutating func sink(from start: Int) {
        let element = elements[start]
        var place = start
        while true {
            var child = 2 * place + 1
            guard child < elements.count else { break }
            if child + 1 < elements.count, elements[child + 1] < elements[child] { child += 1 }
            guard elements[child] < element else { break }
            elements[place] = elements[child]
            place = child
        }
        elements[place] = element
    }
}
