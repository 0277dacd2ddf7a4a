internal import CLibPQ
internal import Glibc
internal import Logging

// The one file that owns what libpq allocates. Each handle cannot be copied and frees its object exactly once; everything else in the
// module borrows the pointer for the length of a call.

/// Owns a PGconn and the notice sink that libpq calls. After `finish()` there is no pointer left to misuse.
struct ConnectionHandle: ~Copyable {
    private(set) var pointer: OpaquePointer?
    private let notices: Unmanaged<NoticeSink>

    /// Connects, blocking. A connection that failed is still a handle, with its status and message.
    init(connecting parameters: [(keyword: String, value: String)], logger: Logger) {
        let keywords = CStrings(parameters.map(\.keyword))
        let values = CStrings(parameters.map(\.value))
        pointer = PQconnectdbParams(keywords.pointers, values.pointers, 0)
        notices = Unmanaged.passRetained(NoticeSink(logger: logger))
        guard let pointer else { return }
        // The sink lives until deinit, which finishes the connection before it releases the sink, so the address stays valid.
        _ = PQsetNoticeReceiver(
            pointer,
            { context, result in
                guard let context, let result else { return }
                let field = { (code: Int32) in PQresultErrorField(result, code).map { String(cString: $0) } ?? "" }
                Unmanaged<NoticeSink>.fromOpaque(context).takeUnretainedValue().receive(
                    severity: field(ErrorField.severity), sqlState: field(ErrorField.sqlState), message: field(ErrorField.message))
            },
            notices.toOpaque())
    }

    /// True once the server has said, unasked, that it closes the connection.
    var hasServerSaidGoodbye: Bool { notices.takeUnretainedValue().hasSeenFatal }

    mutating func finish() {
        if let pointer { PQfinish(pointer) }
        pointer = nil
    }

    deinit {
        if let pointer { PQfinish(pointer) }
        notices.release()
    }
}

/// Owns a PGresult.
struct ResultHandle: ~Copyable, Sendable {
    /// A number, because the compiler keeps pointers to the thread they came from; a result does not change, and libpq lets all threads read it.
    private let address: UInt

    /// There; optional only as numbers are turned into pointers.
    var pointer: OpaquePointer? { OpaquePointer(bitPattern: address) }

    init(_ pointer: OpaquePointer) { address = UInt(bitPattern: pointer) }

    deinit { PQclear(OpaquePointer(bitPattern: address)) }
}

/// One row handed out by PQgetCopyData.
struct CopyDataHandle: ~Copyable {
    private let pointer: UnsafeMutablePointer<CChar>
    private let count: Int

    init(_ pointer: UnsafeMutablePointer<CChar>, count: Int) {
        self.pointer = pointer
        self.count = count
    }

    /// Valid while the handle is.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: pointer, count: count) }

    deinit { PQfreemem(pointer) }
}

/// Owns a PGcancel: the address of one server process and the secret that lets it be interrupted, usable from any thread.
struct CancelHandle: ~Copyable {
    /// A number, because the compiler keeps pointers to the thread they came from; libpq lets this one be used from all.
    private let address: UInt

    /// Nil when `connection` is not connected.
    init?(_ connection: OpaquePointer) {
        guard let pointer = PQgetCancel(connection) else { return nil }
        address = UInt(bitPattern: pointer)
    }

    /// Asks the server to cancel what the process runs, and waits until the request has been passed on. Blocks: it makes a connection of
    /// its own. Failures are not reported; whether the statement ends is seen where it runs.
    func cancel() {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
            _ = PQcancel(OpaquePointer(bitPattern: address), message.baseAddress, Int32(message.count))
        }
    }

    deinit { PQfreeCancel(OpaquePointer(bitPattern: address)) }
}

/// Owns a descriptor of a connection's socket beside libpq's own, which libpq may close, and the system give to others, at any time.
struct SocketHandle: ~Copyable {
    private let descriptor: Int32

    /// Nil when `connection` has no socket or the process has no descriptor to spare.
    init?(_ connection: OpaquePointer) {
        descriptor = fcntl(PQsocket(connection), F_DUPFD_CLOEXEC, 0)
        if descriptor < 0 { return nil }
    }

    /// Ends the conversation in both directions, also for whoever is blocked in it.
    func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    deinit { Glibc.close(descriptor) }
}

/// Owns a PGnotify.
struct NotifyHandle: ~Copyable {
    private let pointer: UnsafeMutablePointer<PGnotify>

    init(_ pointer: UnsafeMutablePointer<PGnotify>) { self.pointer = pointer }

    var channel: String { String(cString: pointer.pointee.relname) }
    var payload: String { String(cString: pointer.pointee.extra) }

    deinit { PQfreemem(pointer) }
}

/// Owns the options of a connection string that was read.
struct ConnectionOptions: ~Copyable {
    private let pointer: UnsafeMutablePointer<PQconninfoOption>

    init(_ pointer: UnsafeMutablePointer<PQconninfoOption>) { self.pointer = pointer }

    /// Every option that the string gives.
    var given: [String: String] {
        var given: [String: String] = [:]
        var option = pointer
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { given[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return given
    }

    deinit { PQconninfoFree(pointer) }
}

/// A null-terminated array of C strings.
struct CStrings: ~Copyable {
    private let storage: UnsafeMutableBufferPointer<UnsafePointer<CChar>?>

    init(_ strings: [String]) {
        storage = .allocate(capacity: strings.count + 1)
        storage.initialize(repeating: nil)
        for (index, string) in strings.enumerated() {
            let bytes = string.utf8CString
            let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count)
            _ = copy.initialize(from: bytes)
            storage[index] = UnsafePointer(copy.baseAddress)
        }
    }

    /// Valid while this value is.
    var pointers: UnsafePointer<UnsafePointer<CChar>?>? { UnsafePointer(storage.baseAddress) }

    deinit {
        for string in storage { string?.deallocate() }
        storage.deallocate()
    }
}

/// The field codes of an error or notice (macros in libpq's header, which Swift does not see).
enum ErrorField {
    static let severity = Int32(UInt8(ascii: "V"))
    static let sqlState = Int32(UInt8(ascii: "C"))
    static let message = Int32(UInt8(ascii: "M"))
    static let detail = Int32(UInt8(ascii: "D"))
    static let hint = Int32(UInt8(ascii: "H"))
    static let position = Int32(UInt8(ascii: "P"))
    static let schema = Int32(UInt8(ascii: "s"))
    static let table = Int32(UInt8(ascii: "t"))
    static let column = Int32(UInt8(ascii: "c"))
    static let constraint = Int32(UInt8(ascii: "n"))
    static let routine = Int32(UInt8(ascii: "R"))
}
