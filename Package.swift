// swift-tools-version:6.2
import PackageDescription

/// Every target is compiled the same way: warnings are errors, and the language's upcoming rules already hold.
let house: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
]

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1: Target.Dependency = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "os2medlem",
    products: [
        .library(name: "Registry", targets: ["Registry", "Domain"]),
        .executable(name: "os2medlem", targets: ["os2medlem"]),
    ],
    // Patch releases alone: which versions are resolved is not kept here, as is usual with a library.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
        .package(url: "https://github.com/apple/swift-crypto", .upToNextMinor(from: "4.5.2")),
        .package(url: "https://github.com/apple/swift-http-types", .upToNextMinor(from: "1.8.0")),
        .package(url: "https://github.com/apple/swift-log", .upToNextMinor(from: "1.16.2")),
        .package(url: "https://github.com/apple/swift-nio", .upToNextMinor(from: "2.101.2")),
        .package(url: "https://github.com/apple/swift-nio-extras", .upToNextMinor(from: "1.35.2")),
        .package(url: "https://github.com/apple/swift-system", .upToNextMinor(from: "1.8.1")),
        // Without its default traits: neither its reading of configuration nor full Foundation is used.
        .package(url: "https://github.com/hummingbird-project/hummingbird", .upToNextMinor(from: "2.28.1"), traits: []),
        .package(url: "https://github.com/jpsim/Yams", .upToNextMinor(from: "6.2.2")),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", .upToNextMinor(from: "2.13.0")),
        .package(url: "https://github.com/swiftlang/swift-subprocess", .upToNextMinor(from: "1.0.2")),
    ],
    targets: [
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(name: "Postgres", dependencies: ["CLibPQ", logging, lifecycle], swiftSettings: house),
        .target(name: "EmbeddedPostgres", dependencies: ["Postgres", logging, subprocess, systemPackage], swiftSettings: house),
        .target(name: "Domain", swiftSettings: house),
        .target(name: "Wording", dependencies: ["Domain"], swiftSettings: house),
        .target(name: "Interchange", dependencies: ["Domain", "Wording", yams], swiftSettings: house),
        .target(
            name: "Registry", dependencies: ["Domain", "Postgres", crypto, logging],
            resources: [.embedInCode("sql/migrations"), .embedInCode("sql/roles.sql")], swiftSettings: house),
        .target(name: "EInvoice", dependencies: ["Domain"], swiftSettings: house),
        .target(
            name: "Server",
            dependencies: [
                "Registry", "Domain", "EInvoice", "Interchange", "Wording", hummingbird, hummingbirdCore, httpTypes, nioCore, nioHTTP1,
                nioHTTPTypes,
                nioHTTPTypesHTTP1, nioPosix, logging, lifecycle,
            ],
            resources: [.embedInCode("openapi.json")], swiftSettings: house),
        .executableTarget(
            name: "os2medlem",
            dependencies: [
                "Domain", "Wording", "Interchange", "EInvoice", "Registry", "Postgres", "EmbeddedPostgres", "Server", argumentParser,
                logging,
                lifecycle, signals, subprocess,
                systemPackage,
            ],
            resources: [.embedInCode("example")], swiftSettings: house),
        .target(
            name: "TestSupport", dependencies: ["Postgres", "EmbeddedPostgres", logging], path: "Tests/TestSupport",
            swiftSettings: house),
        .target(
            name: "GeneratedAssociation", dependencies: ["Domain", "Registry", "Postgres"], path: "Tests/GeneratedAssociation",
            swiftSettings: house),
        .executableTarget(
            name: "Bench",
            dependencies: [
                "Domain", "Registry", "Postgres", "EmbeddedPostgres", "TestSupport", "GeneratedAssociation", argumentParser, hummingbird,
                logging,
            ],
            path: "Tests/Bench", swiftSettings: house),
        .executableTarget(
            name: "Faults",
            dependencies: [
                "Domain", "Registry", "Postgres", "EmbeddedPostgres", "TestSupport", "GeneratedAssociation", argumentParser, logging,
            ],
            path: "Tests/Faults", swiftSettings: house),
        .testTarget(
            name: "PostgresTests", dependencies: ["Postgres", "EmbeddedPostgres", "TestSupport", logging, lifecycle], swiftSettings: house),
        .testTarget(
            name: "EmbeddedPostgresTests",
            dependencies: ["EmbeddedPostgres", "Postgres", "TestSupport", logging, subprocess, systemPackage],
            swiftSettings: house),
        .testTarget(
            name: "RegistryTests",
            dependencies: ["Registry", "Domain", "Wording", "Interchange", "Postgres", "TestSupport", "GeneratedAssociation", logging],
            swiftSettings: house),
        .testTarget(name: "WordingTests", dependencies: ["Wording", "Domain"], swiftSettings: house),
        .testTarget(name: "InterchangeTests", dependencies: ["Interchange", "Domain", "Wording"], swiftSettings: house),
        .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: house),
        .testTarget(name: "EInvoiceTests", dependencies: ["EInvoice", "Domain"], swiftSettings: house),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Server", "Registry", "Postgres", "EmbeddedPostgres", "TestSupport", "Domain", "Interchange", "Wording", httpTypes, logging,
                lifecycle, nioCore, nioPosix,
            ], swiftSettings: house),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Domain", "Interchange", "Registry", "Server", "Postgres", "EmbeddedPostgres", "TestSupport", "GeneratedAssociation",
                logging,
                subprocess,
                systemPackage,
            ], exclude: ["Access/matrix.csv"], swiftSettings: house),
    ]
)
