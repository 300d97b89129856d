/// The version in `--version` and in the build metric.
enum Version {
    static let text = "0.1.0"
}
