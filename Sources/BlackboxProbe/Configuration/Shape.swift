/// The allowed values at a place of the file.
indirect enum Shape: Sendable {
    case text
    case secret
    case flag
    case integer
    /// Go's syntax with a unit; a number without a unit is refused.
    case duration
    /// A text that must be a valid pattern when the file is read.
    case pattern
    case list(Shape)
    /// Arbitrary keys, each with a value of the same shape.
    case table(Shape)
    /// Fixed keys; any other is refused. `type` is Go's name of the section, for messages.
    case section(type: String, [Field])

    struct Field: Sendable {
        var key: String
        var shape: Shape
        var standard: ConfigurationValue?

        init(_ key: String, _ shape: Shape, _ standard: ConfigurationValue? = nil) {
            self.key = key
            self.shape = shape
            self.standard = standard
        }
    }
}
