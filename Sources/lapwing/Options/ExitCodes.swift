import ArgumentParser

extension ExitCode {
    /// The configuration is invalid (EX_CONFIG).
    static let badConfiguration = ExitCode(78)
}
