import Foundation
import TestSupport
import Testing

/// Bad input gets a clear line that names what and where, a fitting exit code, and a database exactly as before. One after another: all at once they would
/// take all connections of the server that the tests share.
@Suite(.serialized) struct BadInputTests {
    @Test(arguments: BadFolder.all)
    func aSpoiltFolderIsRefusedWithItsPlace(_ bad: BadFolder) async throws {
        let folder = try ExampleFolder()
        try bad.spoil(folder)
        let place = try await CommandDatabase.shared.value
        let before = try await place.digest()
        let result = try await place.command("import", folder.path, "--lang", "en")
        #expect(result.status == bad.status)
        let expected = "\(try bad.place(in: folder)): \(bad.rule): "
        #expect(result.errorLines.contains { $0.hasPrefix(expected) }, "\(expected)\n\(result.errors)")
        #expect(result.errors.hasSuffix("nothing was imported\n"))
        #expect(result.output.isEmpty)
        #expect(try await place.digest() == before)
    }

    @Test func faultsInSeveralFilesComeOutTogether() async throws {
        let folder = try ExampleFolder()
        try folder.replace("29189978", with: "29189979", in: "agreements.csv")
        try folder.replace("2026-04-23", with: "2026-02-29", in: "decisions.csv")
        try folder.replace("5790002750595,", with: "5790002750596,", in: "organisations.csv")
        try folder.replace("64942212", with: "64942213", in: "organisations.csv")
        try folder.replace("percent: 25", with: "percent: 25.001", in: "rates.yaml")
        try folder.remove("people.csv")
        let place = try await CommandDatabase.shared.value
        let before = try await place.digest()
        let result = try await place.command("import", folder.path, "--lang", "en")
        let expected = [
            "\(try folder.place(of: "29189979", in: "agreements.csv")): UNKNOWN_ORGANISATION",
            "\(try folder.place(of: "2026-02-29", in: "decisions.csv")): DATE_INVALID",
            "\(try folder.place(of: "5790002750596", in: "organisations.csv")): GLN_INVALID",
            "\(try folder.place(of: "64942213", in: "organisations.csv")): CVR_INVALID",
            "people.csv:1:1: FILE_MISSING",
            "\(try folder.place(of: "25.001", in: "rates.yaml")): PERCENTAGE_INVALID",
        ]
        let found = result.errorLines.dropLast().map { $0.split(separator: ":").prefix(4).joined(separator: ":") }
        // Whatever else follows from them, each is there, and in the order of the files.
        #expect(found.filter(expected.contains) == expected, "\(result.errors)")
        #expect(result.errorLines.last == "\(found.count) problem(s); nothing was imported")
        #expect(try await place.digest() == before)
    }

    @Test func anEmptyFolderMissesEveryFile() async throws {
        let place = try await CommandDatabase.shared.value
        let result = try await place.command("import", ThrowawayFolder.make(), "--lang", "en")
        #expect(result.status == 66)
        #expect(result.errorLines.count == 9)
        #expect(result.errorLines.dropLast().allSatisfy { $0.contains(":1:1: FILE_MISSING: ") })
    }

    /// A name that is written wrong would be a file left out, without a word.
    @Test func aFileThatIsNoneOfTheFormatsIsRefused() async throws {
        let place = try await CommandDatabase.empty()
        let before = try await place.digest()
        let folder = try ExampleFolder()
        try folder.write(try folder.bytes(of: "placements.csv"), to: "Placement.csv")
        try folder.remove("placements.csv")
        // What is no table is somebody's own.
        try folder.write(Array("note".utf8), to: "notes.txt")
        let result = try await place.command("import", folder.path, "--lang", "en")
        #expect(result.status == 65 && result.errorLines.count == 2)
        #expect(result.errorLines.first?.hasPrefix("Placement.csv:1:1: FILE_UNKNOWN: ") == true)
        #expect(try await place.digest() == before)
    }

    @Test(arguments: ["/nowhere/at/all", "/etc/passwd"])
    func whatIsNoFolderIsNamed(path: String) async throws {
        let place = try await CommandDatabase.shared.value
        let result = try await place.command("import", path)
        #expect(result.status == 66)
        #expect(result.code == "NO_FOLDER")
        #expect(result.errors.contains(path))
    }

    @Test func oneBadRowKeepsAllOthersOut() async throws {
        let place = try await CommandDatabase.empty()
        let before = try await place.digest()
        let folder = try ExampleFolder()
        try folder.replace("2012-11-10,2012-11-10", with: "2012-11-10,2012-11-31", in: "agreements.csv")
        #expect(try await place.command("import", folder.path).status == 65)
        #expect(try await place.digest() == before)
        #expect(try await place.command("import", ExampleFolder.path).status == 0)
    }

    /// Refusals of single commands: the arguments, the rule's code, the status, and a text the line must name.
    struct Refused: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let code: String
        var status: Int32 = 65
        let names: String
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ arguments: String..., code: String, status: Int32 = 65, names: String) {
            self.arguments = arguments
            self.code = code
            self.status = status
            self.names = names
        }
    }

    private static let nothing = String(repeating: "0", count: 64)

    static let refused: [Refused] = [
        Refused("invoice", "show", "999", code: "UNKNOWN_INVOICE", names: "999"),
        Refused("invoice", "explain", "1", "--kind", "creditNote", code: "UNKNOWN_CREDIT_NOTE", names: "1"),
        Refused("organisation", "show", "Nowhere Kommune", code: "UNKNOWN_ORGANISATION", names: "Nowhere Kommune"),
        Refused("agreement", "show", "999999", code: "UNKNOWN_AGREEMENT", names: "999999"),
        Refused("agreement", "draft", "os2", code: "NOT_ELIGIBLE", names: "OS2"),
        Refused("agreement", "draft", "0151", "--subject", "OS2nothing", code: "UNKNOWN_PRODUCT", names: "OS2nothing"),
        Refused("agreement", "draft", "0151", "--form", "passive", code: "PASSIVE_ONLY_ON_PRODUCTS", names: "passive"),
        Refused("agreement", "draft", "0151", "--notice-months", "3", code: "NOTICE_ANY_DAY", names: "membership"),
        Refused("agreement", "draft", "0151", "--subject", "OS2mo", "--notice-months", "61", code: "NOTICE_MONTHS_INVALID", names: "61"),
        Refused("agreement", "draft", "eksempelleverandoer", "--subject", "OS2mo", code: "NOT_ELIGIBLE", names: "Eksempelleverandør"),
        Refused("agreement", "form", "1", "passive", code: "PASSIVE_ONLY_ON_PRODUCTS", names: "product"),
        Refused("product", "show", "OS2nothing", code: "UNKNOWN_PRODUCT", names: "OS2nothing"),
        Refused("group", "show", "Nothing", code: "UNKNOWN_GROUP", names: "Nothing"),
        Refused("group", "create", "bestyrelsen", "--kind", "interestGroup", code: "GROUP_NAME_TAKEN", names: "Bestyrelsen"),
        Refused("group", "create", "X", "--kind", "coordinationGroup", code: "GROUP_PRODUCT_UNFIT", names: "product"),
        Refused("group", "join", "Bestyrelsen", "x@y.example", "--for", "0151", code: "UNKNOWN_PERSON", names: "x@y.example"),
        Refused(
            "group", "join", "Bestyrelsen", "digitalisering@rebild.example", "--for", "0840", "--role", "chair", code: "CHAIR_TAKEN",
            names: "Ballerup"),
        Refused(
            "group", "join", "Bestyrelsen", "digitalisering@rebild.example", "--for", "0840", "--role", "observer", "--votes", "1",
            code: "ROLE_WITHOUT_VOTES", names: "observer"),
        Refused(
            "group", "join", "Bestyrelsen", "digitalisering@rebild.example", "--for", "0840", "--from", "2027-02-01", "--until",
            "2027-01-31",
            code: "END_BEFORE_START", names: "2027-01-31"),
        Refused(
            "group", "leave", "Bestyrelsen", "digitalisering@viborg.example", code: "UNKNOWN_SEAT", names: "digitalisering@viborg.example"),
        Refused("group", "elect", "Bestyrelsen", "digitalisering@ishoej.example", code: "VALUE_MISSING", names: "organisation"),
        Refused(
            "group", "step-in", "Bestyrelsen", "digitalisering@aarhus.example", "--for", "digitalisering@syddjurs.example",
            code: "NOT_AN_ALTERNATE", names: "digitalisering@aarhus.example"),
        Refused("group", "meeting", "Bestyrelsen", "2027-01-05", "--agenda", "x.pdf", code: "LINK_INVALID", names: "x.pdf"),
        Refused("group", "meeting", "Bestyrelsen", "2027-01-06", "--cancel", code: "UNKNOWN_MEETING", names: "2027-01-06"),
        Refused(
            "group", "meeting", "Bestyrelsen", "2027-01-21", "--present", "digitalisering@aarhus.example", code: "MEETING_NOT_HELD",
            names: "2027-01-21"),
        Refused("group", "commission", "Bestyrelsen", "one", "--by", "N", "--title", "T", code: "VERSION_INVALID", names: "one"),
        Refused(
            "group", "commission", "Styregruppen for OS2mo", "1", "--by", "N", "--title", "T", code: "COMMISSION_EXISTS",
            names: "2021-01-15"),
        Refused(
            "group", "commission", "Bestyrelsen", "1", "--by", "N", "--title", "T", "--on", "2027-01-11", code: "DAY_IN_FUTURE",
            names: "a signed commission cannot be recorded as of 2027-01-11"),
        Refused(
            "group", "commission", "Bestyrelsen", "1", "--by", "N", "--title", "T", "--document", "/nowhere/k.pdf", code: "FILE_MISSING",
            status: 66, names: "/nowhere/k.pdf"),
        Refused("group", "list", "--product", "OS2nothing", code: "UNKNOWN_PRODUCT", names: "OS2nothing"),
        Refused("agreement", "attach", "1", "/nowhere/paper.pdf", code: "FILE_MISSING", status: 66, names: "/nowhere/paper.pdf"),
        Refused(
            "invoice", "run", "--year", "2027", "--only", "dues", "--expect-inputs", nothing, code: "STALE_PREVIEW", status: 65,
            names: nothing),
        Refused("organisation", "billing", "0151", "--gln", "5798009811579", code: "GLN_INVALID", names: "5798009811579"),
        Refused(
            "register", "--name", "X", "--cvr", "12345678", "--signed-by", "S", "--signer-title", "T", code: "CVR_INVALID",
            names: "12345678"),
        Refused(
            "invoice", "credit", "1", "--amount=-1", "--reason", "r", "--decision", "EKS-GF-2026-1", code: "AMOUNT_NOT_POSITIVE",
            names: "-1"),
        Refused(
            "invoice", "credit", "1", "--amount", "0", "--reason", "r", "--decision", "EKS-GF-2026-1", code: "AMOUNT_NOT_POSITIVE",
            names: "more than zero"),
        Refused(
            "pledge", "add", "Eksempelprojekt", "0153", "--amount", "-5", "--decision", "EKS-B-2026-7", code: "AMOUNT_NOT_POSITIVE",
            names: "-5"),
        Refused(
            "invoice", "credit", "1", "--amount", "1.005", "--reason", "r", "--decision", "EKS-GF-2026-1", code: "AMOUNT_INVALID",
            names: "1.005"),
        Refused(
            "invoice", "credit", "999", "--amount", "1", "--reason", "r", "--decision", "EKS-GF-2026-1", code: "UNKNOWN_INVOICE",
            names: "999"),
        Refused("agreement", "notice", "1", "--received", "2027-01-11", code: "NOTICE_IN_FUTURE", names: "2027-01-11"),
        Refused("database", "restore", "/nowhere/backup", code: "NO_BACKUP", status: 66, names: "/nowhere/backup"),
        Refused("database", "start", code: "NOT_EMBEDDED", status: 78, names: "server"),
    ]

    @Test(arguments: refused)
    func aRefusedCommandChangesNothing(_ refused: Refused) async throws {
        let place = try await CommandDatabase.shared.value
        let before = try await place.digest()
        let result = try await place.command.run(refused.arguments + ["--lang", "en", "--today", "2027-01-10"])
        #expect(result.status == refused.status)
        #expect(result.code == refused.code, "\(result.errors)")
        #expect(result.errorLines.first?.contains(refused.names) == true)
        #expect(result.output.isEmpty)
        #expect(try await place.digest() == before)
    }

    /// An alias may hold the usual day: what is said behind the command counts.
    @Test func anOptionBehindTheCommandOutranksOneBeforeIt() async throws {
        let place = try await CommandDatabase.shared.value
        let early = ["--today", "2026-12-01", "--lang=en"]
        let result = try await Command.runProgram(
            early + ["agreement", "notice", "1", "--received", "2027-01-11", "--today", "2027-01-10"] + place.command.place)
        #expect(result.errors.contains("when it is 2027-01-10"))
    }

    @Test func anEmptyPaperIsSaidToBeEmpty() async throws {
        let place = try await CommandDatabase.shared.value
        let path = ThrowawayFolder.make() + "/agreement.pdf"
        try Data().write(to: URL(fileURLWithPath: path))
        for arguments in [
            ["register", "--name", "X", "--signed-by", "S", "--signer-title", "T", "--document", path], ["agreement", "attach", "1", path],
            ["group", "commission", "Styregruppen for OS2mo", "9", "--by", "S", "--title", "T", "--document", path],
        ] {
            let result = try await place.command.run(arguments + ["--lang", "en"])
            #expect(result.status == 65 && result.code == "PAPER_EMPTY" && result.errors.contains(path))
        }
    }

    @Test(arguments: [["invoice", "bogus", "--lang", "en"], ["--lang", "en", "invoice", "bogus"], ["bogus", "--year", "2027"]])
    func aCommandThatThereIsNoneOfIsNamed(_ arguments: [String]) async throws {
        let result = try await Command.runProgram(arguments)
        #expect(result.status == 64)
        #expect(result.errors.contains("there is no command") && result.errors.contains("bogus'; there are: "))
    }

    @Test(arguments: [
        ["invoice", "run", "--year", "1999"], ["invoice", "run", "--year", "2027", "--half", "3"], ["invoice", "run"],
        ["invoice", "preview", "--year", "2027", "--today", "2026-02-29"], ["invoice", "list", "--as", ""], ["nonsense"],
        ["agreement", "notice", "1", "--received", "2027-02-31T10:00:00Z"], ["agreement", "notice", "1", "--received", "yesterday"],
        ["agreement", "notice", "1", "--received", "2027-09-30T24:00:00Z"],
        ["agreement", "notice", "1", "--received", "2027-09-30T23:30:00"],
        ["agreement", "form", "1", "asleep"], ["agreement", "draft", "0151", "--notice-to", "weekend"],
        ["group", "join", "Bestyrelsen", "a@b.example", "--for", "0151", "--role", "king"],
        ["group", "join", "Bestyrelsen", "a@b.example", "--for", "0151", "--votes", "101"],
        ["group", "create", "X", "--kind", "club"], ["group", "create", "X", "--kind", "interestGroup", "--seat-limit", "0"],
        ["group", "meeting", "Bestyrelsen", "2027-02-30"],
        ["group", "meeting", "Bestyrelsen", "2027-02-03", "--cancel", "--moved-to", "2027-02-04"],
        ["group", "roster", "--on", "yesterday"], ["group", "leave", "Bestyrelsen"],
        ["invoice", "run", "--year", "2027", "--expect-inputs", "abc"], ["invoice", "list", "--format", "xml"],
    ])
    func argumentsThatCannotBeReadAreUsageErrors(_ arguments: [String]) async throws {
        let place = try await CommandDatabase.shared.value
        let result = try await place.command.run(arguments)
        #expect(result.status == 64)
        #expect(result.errors.contains("Usage") || result.errors.contains("usage"))
    }
}
