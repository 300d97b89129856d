// swift-tools-version: 6.2
import PackageDescription

// In a build for `make fuzz` our modules tell which way an input took through them; see the end of this file.
let isFuzzed = Context.environment["LAPWING_FUZZ"] != nil
let strict: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (isFuzzed ? [.unsafeFlags(["-sanitize=fuzzer"])] : [])
// The pure half decides and never acts; it also proves that it needs no unsafe code.
let pure: [SwiftSetting] = strict + [.strictMemorySafety(), .treatAllWarnings(as: .error)]
let shell: [SwiftSetting] = strict

// The binary carries Swift's runtime, so that it runs where no Swift is installed, while the same objects serve the
// tests. Compiled against the shared libraries they do not name the static ones' own needs, so these are named here.
let staticRuntime: [LinkerSetting] = [
    .unsafeFlags(
        // The addresses of functions are written once, at the start, and cannot be changed afterwards.
        ["-static-stdlib", "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "now"]
            + ["_FoundationICU", "_FoundationCShims", "_FoundationCollections", "CoreFoundation", "stdc++"].map {
                "-l\($0)"
            },
        .when(platforms: [.linux]))
]

func product(_ name: String, _ package: String) -> Target.Dependency { .product(name: name, package: package) }

let nio = [product("NIOCore", "swift-nio"), product("NIOPosix", "swift-nio")]
let log = product("Logging", "swift-log")
let lifecycle = product("ServiceLifecycle", "swift-service-lifecycle")
let httpClient = product("AsyncHTTPClient", "async-http-client")
let yams = product("Yams", "Yams")

let package = Package(
    name: "lapwing",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "lapwing", targets: ["lapwing"]),
        .library(name: "DNSWire", targets: ["DNSWire"]),
        .library(name: "DNSSEC", targets: ["DNSSEC"]),
        .library(name: "DNSClient", targets: ["DNSClient"]),
        .library(name: "RegistrationData", targets: ["RegistrationData"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // Pure: no async, no clock, no socket, no disk.
        .target(name: "DNSWire", exclude: ["README.md"], swiftSettings: pure),
        .target(name: "DNSSEC", dependencies: ["DNSWire"], swiftSettings: pure),
        // A chain of trust as a picture: no part of the protocol.
        .target(name: "ChainDrawing", dependencies: ["DNSSEC", "DNSWire"], swiftSettings: pure),
        .target(name: "RegistrationData", swiftSettings: pure),
        .target(name: "LapwingCore", dependencies: ["DNSWire", "DNSSEC", "RegistrationData"], swiftSettings: pure),

        // C: thin, each for one library or one kernel interface.
        .target(name: "CDatagramBatch"),
        // The pages about findings, taken from docs/findings when it is compiled.
        .target(name: "CFindingPages"),
        // The templates, style, script and API description of LapwingWeb/Assets, taken when it is compiled.
        .target(name: "CWebAssets"),
        .target(name: "CProcessMemory"),
        .target(name: "CProcessSandbox", linkerSettings: [.linkedLibrary("seccomp", .when(platforms: [.linux]))]),
        .target(name: "CMailTransfer"),
        .target(name: "CProgramStart"),
        .target(name: "CRegularExpression", linkerSettings: [.linkedLibrary("re2")]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CPasswordHash"),
        .systemLibrary(name: "CDeflate", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CPublicSuffix", pkgConfig: "libpsl", providers: [.apt(["libpsl-dev"])]),
        .systemLibrary(name: "CInternationalName", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"])]),

        // Shell: sockets, disk, HTTP.
        .target(name: "LapwingCrypto", dependencies: ["DNSSEC", "DNSWire", "CCrypto"], swiftSettings: shell),
        .target(
            name: "DNSClient",
            dependencies: [
                "DNSWire", "CDatagramBatch", httpClient, product("NIOSSL", "swift-nio-ssl"),
                product("NIOHTTP1", "swift-nio"),
            ] + nio,
            exclude: ["README.md"],
            // One thread owns the engine's state; watching each access to it would cost a seventh of its time.
            swiftSettings: shell + [.unsafeFlags(["-enforce-exclusivity=unchecked"])]),
        .target(
            name: "LapwingOutgoing",
            dependencies: [
                "DNSWire", httpClient, product("NIOHTTP1", "swift-nio"), product("NIOSSL", "swift-nio-ssl"),
            ] + nio,
            swiftSettings: shell),
        .target(name: "LapwingConfig", dependencies: ["LapwingCore", "DNSWire", yams], swiftSettings: shell),
        // What other tools keep of domains: readers of values, no files.
        .target(
            name: "LapwingImport", dependencies: ["LapwingConfig", "LapwingCore", "DNSWire", yams], swiftSettings: shell
        ),
        .target(
            name: "LapwingProbes",
            dependencies: [
                "LapwingCore", "DNSWire", "DNSSEC", "DNSClient", "RegistrationData", "LapwingOutgoing", "CPublicSuffix",
                "CInternationalName", httpClient, log,
            ] + nio,
            swiftSettings: shell),
        .target(
            name: "LapwingStore",
            dependencies: [
                "LapwingCore", "LapwingCrypto", "DNSWire", "DNSSEC", "CDeflate", "CPostgreSQL",
                product("GRDB", "GRDB.swift"),
            ],
            swiftSettings: shell),
        .target(
            name: "LapwingNotify",
            dependencies: [
                "LapwingCore", "LapwingCrypto", "LapwingOutgoing", "DNSWire", "CMailTransfer", "CProgramStart",
                httpClient, log,
                product("NIOHTTP1", "swift-nio"),
            ] + nio,
            swiftSettings: shell),
        .target(
            name: "LapwingEngine",
            dependencies: ["LapwingCore", "LapwingStore", "DNSWire", "DNSSEC", lifecycle, log], swiftSettings: shell),
        .target(
            name: "LapwingSimulation",
            dependencies: [
                "LapwingCore", "DNSWire", "DNSSEC", "LapwingCrypto", "RegistrationData", "DNSClient", "LapwingProbes",
                yams,
            ],
            swiftSettings: shell),
        .target(
            name: "BlackboxProbe",
            dependencies: [
                "DNSWire", "LapwingOutgoing", "CRegularExpression", "CDatagramBatch", yams,
                product("NIOSSL", "swift-nio-ssl"),
            ] + nio,
            swiftSettings: shell),
        .target(
            name: "LapwingWeb",
            dependencies: [
                "LapwingCore", "LapwingStore", "LapwingCrypto", "LapwingImport", "DNSWire", "CFindingPages",
                "CWebAssets",
                "CPasswordHash", "CInternationalName", log, lifecycle, yams,
                product("Hummingbird", "hummingbird"), product("HummingbirdCore", "hummingbird"),
                product("HummingbirdTLS", "hummingbird"),
                product("Mustache", "swift-mustache"), product("NIOSSL", "swift-nio-ssl"),
            ] + nio,
            exclude: ["Assets"],
            swiftSettings: shell),
        .executableTarget(
            name: "lapwing",
            dependencies: [
                "DNSWire", "DNSSEC", "ChainDrawing", "RegistrationData", "LapwingCore", "LapwingCrypto", "DNSClient",
                "LapwingConfig", "LapwingImport",
                "LapwingProbes", "LapwingStore", "LapwingNotify", "LapwingEngine", "LapwingSimulation", "LapwingWeb",
                "LapwingOutgoing", "BlackboxProbe", "CProcessMemory", "CProcessSandbox",
                product("ArgumentParser", "swift-argument-parser"), lifecycle, log,
                httpClient,
                product("NIOHTTP1", "swift-nio"), product("NIOSSL", "swift-nio-ssl"), product("NIOCore", "swift-nio"),
                product("NIOPosix", "swift-nio"), product("NIOTLS", "swift-nio"),
                product("UnixSignals", "swift-service-lifecycle"),
            ],
            swiftSettings: shell, linkerSettings: staticRuntime),

        .testTarget(
            name: "LapwingWebTests",
            dependencies: [
                "LapwingWeb", "LapwingStore", "LapwingCore", "DNSWire", log, product("Hummingbird", "hummingbird"),
                product("HummingbirdTesting", "hummingbird"), product("NIOCore", "swift-nio"),
                product("NIOEmbedded", "swift-nio"),
            ], swiftSettings: strict),
        .testTarget(
            name: "LapwingProbesTests",
            dependencies: ["LapwingProbes", "LapwingCore", "LapwingCrypto", "DNSSEC", "DNSWire"],
            swiftSettings: strict),
        .testTarget(
            name: "LapwingOutgoingTests", dependencies: ["LapwingOutgoing", "DNSWire"],
            swiftSettings: strict),
        .testTarget(
            name: "LapwingNotifyTests",
            dependencies: [
                "LapwingNotify", "LapwingOutgoing", "LapwingCore", "DNSWire", httpClient,
                product("NIOHTTP1", "swift-nio"),
            ] + nio,
            swiftSettings: strict),
        .testTarget(name: "BlackboxProbeTests", dependencies: ["BlackboxProbe"] + nio, swiftSettings: strict),
        .testTarget(name: "ArrowTests"),
        .testTarget(
            name: "DNSSECTests",
            dependencies: ["DNSSEC", "ChainDrawing", "DNSWire", "LapwingCrypto", "LapwingProbes"],
            swiftSettings: strict),
        .testTarget(
            name: "LapwingEngineTests",
            dependencies: [
                "LapwingEngine", "LapwingStore", "LapwingCore", "LapwingCrypto", "DNSSEC", "DNSWire", log,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "LapwingStoreTests",
            dependencies: ["LapwingStore", "LapwingCore", "DNSWire", product("GRDB", "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(
            name: "LapwingCryptoTests", dependencies: ["LapwingCrypto", "DNSSEC", "DNSWire"], swiftSettings: strict),
        .testTarget(
            name: "LapwingSimulationTests",
            dependencies: ["LapwingSimulation", "LapwingStore", "LapwingCore", "LapwingCrypto", "DNSSEC", "DNSWire"],
            swiftSettings: strict),
        .testTarget(
            name: "LapwingCoreTests", dependencies: ["LapwingCore", "DNSWire", "DNSSEC", "RegistrationData"],
            swiftSettings: strict),
        .testTarget(
            name: "LapwingConfigTests", dependencies: ["LapwingConfig", "LapwingCore", "DNSSEC", "DNSWire"],
            swiftSettings: strict),
        .testTarget(
            name: "LapwingImportTests", dependencies: ["LapwingImport", "LapwingConfig", "LapwingCore", "DNSWire"],
            swiftSettings: strict),
        .executableTarget(
            name: "dnswire-exercise", dependencies: ["DNSWire"], path: "Tests/DNSWireExercise", swiftSettings: strict),
        .executableTarget(
            name: "dnssec-exercise",
            dependencies: ["DNSSEC", "DNSWire", "LapwingCrypto", "DNSClient", "LapwingProbes"],
            path: "Tests/DNSSECExercise", swiftSettings: strict),
        .target(name: "CTrialDisk", path: "Tests/Trial/Disk", linkerSettings: [.linkedLibrary("sqlite3")]),
        .executableTarget(
            name: "lapwing-trial",
            dependencies: [
                "CTrialDisk", "DNSClient", "DNSWire", "LapwingCore", "LapwingCrypto", "LapwingEngine", "LapwingProbes",
                "LapwingSimulation", "LapwingStore", "LapwingWeb", log,
            ], path: "Tests/Trial/World", swiftSettings: shell),
        .testTarget(name: "DNSWireTests", dependencies: ["DNSWire"], swiftSettings: strict),
        .testTarget(name: "DNSClientTests", dependencies: ["DNSClient", "DNSWire"], swiftSettings: strict),
        .testTarget(name: "RegistrationDataTests", dependencies: ["RegistrationData"], swiftSettings: strict),
    ]
)

// Each folder of Fuzz is a program that tries one reader of untrusted bytes; `script/fuzz` builds and runs them.
if isFuzzed {
    let targets: [String: [Target.Dependency]] = [
        "message": ["DNSWire"], "name": ["DNSWire"], "rdata": ["DNSWire"], "zone": ["DNSWire"],
        "rdap": ["RegistrationData"], "whois": ["RegistrationData"],
        "config": ["DNSWire", "LapwingConfig", "LapwingCore"], "blackbox": ["BlackboxProbe"],
        "doh": ["DNSClient", "DNSWire"],
        "import": ["DNSWire", "LapwingConfig", "LapwingCore", "LapwingImport"],
        "state": [
            "DNSSEC", "DNSWire", "FuzzStore", "LapwingCore", "LapwingCrypto", "LapwingEngine", "LapwingSimulation",
            "LapwingStore",
        ],
        "http": [
            "DNSWire", "FuzzStore", "LapwingCore", "LapwingEngine", "LapwingSimulation", "LapwingStore", "LapwingWeb",
            log,
        ],
    ]
    package.targets += [
        .target(name: "FuzzDriver", path: "Fuzz/Driver", swiftSettings: shell),
        .target(
            name: "FuzzStore",
            dependencies: ["DNSWire", "LapwingCore", "LapwingCrypto", "LapwingSimulation", "LapwingStore"],
            path: "Fuzz/Store", swiftSettings: shell),
    ]
    package.targets += targets.map { name, parts in
        .executableTarget(
            name: "fuzz-\(name)", dependencies: parts + ["FuzzDriver"], path: "Fuzz/\(name)",
            swiftSettings: shell,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])])
    }
}
