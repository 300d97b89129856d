package import NIOSSL

extension ProbeTLSSettings {
    struct Unusable: Error, CustomStringConvertible {
        var description: String
    }

    /// The settings for a connection, for which the files are read now.
    package var configuration: TLSConfiguration {
        get throws {
            // As in the exporter, this is a fault of each probe rather than of the file.
            if let lowest, let highest, highest.rawValue < lowest.rawValue {
                throw Unusable(
                    description: "tls_config.max_version must be greater than or equal to tls_config.min_version "
                        + "if both are specified")
            }
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.minimumTLSVersion = (lowest ?? .tls12).version
            configuration.maximumTLSVersion = (highest ?? .tls13).version
            if skipsVerification { configuration.certificateVerification = .none }
            switch authority {
            case .text(let text)?:
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(text.utf8)))
            case .file(let path)?:
                // Read even without verification: a missing file, or one without a certificate, is a fault in that case
                // too.
                let certificates = try NIOSSLCertificate.fromPEMFile(path)
                guard !certificates.isEmpty else { throw Unusable(description: "unable to use CA cert \(path)") }
                configuration.trustRoots = .certificates(certificates)
            case .reference?: throw Unusable(description: "secret references are not supported")
            case nil: break
            }
            switch certificate {
            case .text(let text)?:
                configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(text.utf8)).map {
                    .certificate($0)
                }
            case .file(let path)?:
                configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(path).map { .certificate($0) }
            case .reference?: throw Unusable(description: "secret references are not supported")
            case nil: break
            }
            switch key {
            case .text(let text)?:
                configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(text.utf8), format: .pem))
            case .file(let path)?:
                configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: path, format: .pem))
            case .reference?: throw Unusable(description: "secret references are not supported")
            case nil: break
            }
            return configuration
        }
    }
}

extension ProbeTLSSettings.Version {
    fileprivate var version: TLSVersion {
        switch self {
        case .tls10: .tlsv1
        case .tls11: .tlsv11
        case .tls12: .tlsv12
        case .tls13: .tlsv13
        }
    }
}
