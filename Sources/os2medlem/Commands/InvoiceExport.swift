import ArgumentParser
import Domain
import EInvoice
import Foundation
import Interchange
import Registry
import Wording

extension InvoiceCommand {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write posted documents as Peppol BIS Billing 3.0, one file each.",
            discussion: "Files are named invoice-N.xml and credit-note-N.xml; each appears whole or not at all.")
        @OptionGroup var options: GlobalOptions
        @Option(help: "The folder to write to; made when it is not there.") var directory: String
        @Option(help: "From this number.") var from: Int64 = 1
        @Option(help: "Through this number. Default: the last.") var through: Int64?

        func run() async throws {
            let (folder, first, last) = (directory, from, through)
            try await options.withSession { session in
                let files = try await EInvoiceFiles.write(to: folder, from: first, through: last, in: session)
                Console.print(session.language.written(files: files, to: folder))
            }
        }
    }
}

/// E-invoices on disk.
enum EInvoiceFiles {
    private static let stretch: Int64 = 500

    /// Writes a stretch of both series and returns how many files there are now of it.
    static func write(to folder: String, from first: Int64, through last: Int64?, in session: Session) async throws -> Int {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(code: "CANNOT_WRITE", "\(folder): \(error.localizedDescription)", status: .cannotCreate)
        }
        var files = 0
        for kind in DocumentKind.allCases {
            var next = max(first, 1)
            while true {
                let (start, end) = (next, min(last ?? .max, next.addingReportingOverflow(stretch - 1).partialValue))
                if end < start { break }
                let documents = try await session.read { try await Documents.load(kind, from: start, through: end, in: $0) }
                for document in documents {
                    let bytes = try PeppolBilling.write(document) { $0.text(in: .danish) }
                    try AtomicFile.write(bytes, to: "\(folder)/\(document.eInvoiceName)")
                }
                files += documents.count
                if documents.count < Int(stretch) { break }
                next = end + 1
            }
        }
        return files
    }
}
