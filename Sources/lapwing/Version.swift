/// What `--version` and the build metric say.
enum Version {
    static let text = "0.1.0"
}
