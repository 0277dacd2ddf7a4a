import Domain
import Interchange
import Registry

extension Operation {
    /// Agreements and the papers kept with them.
    package static let agreements: [Operation] = [
        .list(
            .listAgreements,
            { request, caller, work in
                try await Agreements.page(
                    of: try request.optionalIdentifier("organisation"), subject: try request.text("subject"),
                    state: try request.word("state"), on: try request.date("asOf"), request.page, for: caller, in: work)
            }, { $0.write(to: &$1) }),
        .item(.getAgreement, { try await Agreements.find(try $0.identifier("agreement"), for: $1, in: $2) }, { $0.write(to: &$1) }),
        .list(
            .listAgreementDocuments,
            { try await Agreements.papers(of: try $0.identifier("agreement"), $0.page, for: $1, in: $2) }, { $0.write(to: &$1) }),
        Operation(.getAgreementDocument) { request, register in
            let paper = try await request.read(register) { work, caller in
                try await Agreements.paper(
                    try request.identifier("document"), of: try request.identifier("agreement"), for: caller, in: work)
            }
            // As it was stored: whatever it is, no browser is told to open it.
            return .file(paper.content, mediaType: "application/octet-stream", name: paper.fileName)
        },
    ]
}
