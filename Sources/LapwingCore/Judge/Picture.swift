/// What the rules look at: the round's snapshot beside the memory.
package struct Picture: Sendable {}
