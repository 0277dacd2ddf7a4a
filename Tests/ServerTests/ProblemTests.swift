import Domain
import HTTPTypes
import Postgres
import Registry
import Testing
import Wording

@testable import Server

struct ProblemTests {
    @Test func everyRuleHasAnAnswer() {
        for rule in Rule.allCases {
            let problem = ProblemTable.problem(for: Refusal(rule, "en", "to", "tre"), log: "5f0c1d2e3a4b5c6d")
            #expect([400, 404, 409, 500].contains(problem.status.code), "\(rule)")
            for language in Language.allCases {
                let body = String(decoding: problem.body(in: language), as: UTF8.self)
                #expect(body.hasPrefix("{\"type\":\"/problems/\(problem.kind.rawValue)\""))
                // What is not there looks like everything else that is not there, and a mistake of ours explains nothing.
                #expect(body.contains(rule.rawValue) == ![404, 500].contains(problem.status.code), "\(rule)")
                #expect(body.contains("5f0c1d2e3a4b5c6d") == (problem.status.code == 500))
            }
        }
    }

    @Test func everyKindIsSaidInBothLanguages() {
        for kind in ProblemKind.allCases {
            #expect((400...599).contains(ProblemTable.status(of: kind).code))
            #expect(kind.title(in: .danish) != kind.title(in: .english))
            #expect(kind.detail(on: "q", in: .danish) != kind.detail(on: "q", in: .english))
        }
    }

    @Test func refusalsOfAccess() {
        let wanted: [(AccessRefusal, Int)] = [(.unauthenticated, 401), (.forbidden, 403), (.notFound, 404)]
        for (refusal, status) in wanted { #expect(ProblemTable.problem(for: refusal, log: "").status.code == status) }
    }

    @Test(
        "What a failing register means to a caller",
        arguments: [
            (PostgresError.poolExhausted, RegisterTrouble.busy, 503),
            (.timeout("a lock"), .busy, 503),
            (.connectionFailed("refused"), .unavailable, 503),
            (.connectionLost("reset"), .unavailable, 503),
            (.poolClosed, .unavailable, 503),
            (.cancelled, .cancelled, 503),
            (.server(ServerError(sqlState: "57P01", message: "stopping")), .unavailable, 503),
            (.server(ServerError(sqlState: "57014", message: "too slow")), .busy, 503),
            (.server(ServerError(sqlState: "53300", message: "too many")), .busy, 503),
            (.server(ServerError(sqlState: "42703", message: "no such column")), .internal, 500),
            (.encoding(EncodingFailure("NUL")), .internal, 500),
        ])
    func troubles(error: PostgresError, trouble: RegisterTrouble, status: Int) {
        #expect(RegisterTrouble(error) == trouble)
        let problem = ProblemTable.problem(for: error, log: "x")
        #expect(problem.status.code == status)
        #expect((problem.retryAfter != nil) == (status == 503))
    }

    @Test func everyTroubleHasAnAnswer() {
        for trouble in RegisterTrouble.allCases { #expect(ProblemTable.problem(for: trouble, log: "x").status.code >= 500) }
    }
}
