/// What a place of the file may hold.
indirect enum Shape: Sendable {
    case text
    case secret
    case flag
    case integer
    /// Go syntax with a unit; a bare number is refused.
    case duration
    /// A text that must compile as a pattern when the file is read.
    case pattern
    case list(Shape)
    /// Free keys, each with a value of the same shape.
    case table(Shape)
    /// Fixed keys; any other is refused. `type` is Go's name of the section, for the message.
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
