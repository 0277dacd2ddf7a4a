import Domain
import Registry
import Wording

/// One command's work: the register, who acts, what day it is, and how to answer.
struct Session: Sendable {
    let registry: Registry
    let actor: Actor
    let today: CivilDate
    let language: Language
    let format: OutputFormat
}

extension GlobalOptions {
    var access: DatabaseAccess { DatabaseAccess(.init(url: databaseURL, stateFolder: stateFolder)) }

    /// Opens the register for one command.
    func withSession<Value: Sendable>(_ body: (Session) async throws -> Value) async throws -> Value {
        let actor = try actor()
        let today = try day()
        let (lang, format) = (lang, format)
        return try await access.withRegistry { registry in
            try await body(Session(registry: registry, actor: actor, today: today, language: lang, format: format))
        }
    }
}

extension Session {
    func perform<Value: Sendable>(_ useCase: String, _ body: @Sendable (Work) async throws -> Value) async throws -> Value {
        try await registry.perform(useCase, as: actor, on: today, body)
    }

    /// Shows one state of the register and writes down what came of it.
    func record<Value: Sendable>(_ useCase: String, _ body: @Sendable (Work) async throws -> Value) async throws -> Value {
        try await registry.recordPreview(useCase, as: actor, on: today, body)
    }

    func read<Value: Sendable>(_ body: @Sendable (Work) async throws -> Value) async throws -> Value {
        try await registry.read(as: actor, on: today, body)
    }

    func rehearse<Value: Sendable>(_ useCase: String, _ body: @Sendable (Work) async throws -> Value) async throws -> Value {
        try await registry.rehearse(useCase, as: actor, on: today, body)
    }

    func post<Value: Sendable>(_ useCase: String, _ body: @Sendable (Work) async throws -> Value) async throws -> Value {
        try await registry.post(useCase, as: actor, on: today, body)
    }
}

extension Session {
    /// An amount as people read it in a table; programs that read CSV find a point and no groups.
    func amount(_ amount: Money) -> String { format == .csv ? amount.description : amount.text(in: language) }

    /// A state as people read it in a table; programs that read CSV find the code.
    func word(_ state: AgreementState) -> String { format == .csv ? state.rawValue : state.text(in: language) }

    func word(_ change: AuditRecord.Change) -> String { format == .csv ? change.rawValue : change.text(in: language) }

    func word(_ kind: GroupKind) -> String { format == .csv ? kind.rawValue : kind.text(in: language) }

    func word(_ role: SeatRole) -> String { format == .csv ? role.rawValue : role.text(in: language) }

    func word(_ state: PreparedRun.State) -> String { format == .csv ? state.rawValue : state.text(in: language) }

    func word(_ kind: OrganisationKind) -> String { format == .csv ? kind.rawValue : kind.text(in: language) }

    func word(_ role: ContactRole) -> String { format == .csv ? role.rawValue : role.text(in: language) }

    func word(_ role: SupplierRole) -> String { format == .csv ? role.rawValue : role.text(in: language) }

    func word(_ reduction: PledgeReduction) -> String { format == .csv ? reduction.rawValue : reduction.text(in: language) }

    func word(_ state: ProjectStanding.State) -> String { format == .csv ? state.rawValue : state.text(in: language) }

    func word(_ scope: ChargeScope) -> String { format == .csv ? scope.description : scope.text(in: language) }

    /// What an agreement is about.
    func subject(of agreement: AgreementRecord) -> String {
        format == .csv ? agreement.subjectName : agreement.subjectText(in: language)
    }

    /// What something is about: a name as it is, and the association and the supplier partnership in the language of people.
    func subject(named name: String) -> String { format == .csv ? name : language.subject(named: name) }

    func word(_ form: AgreementForm) -> String { format == .csv ? form.rawValue : form.text(in: language) }
}
