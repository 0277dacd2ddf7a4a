import Testing

/// A way to spoil the example's folder, and what the import must say to it.
struct BadFolder: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var status: Int32 = 65
    let rule: String
    /// Where the fault is: a text of the spoilt file, or a place.
    let fault: Fault
    let spoil: @Sendable (ExampleFolder) throws -> Void

    enum Fault: Sendable {
        case text(String, file: String)
        case place(String)
    }

    init(_ what: String, _ rule: String, at fault: Fault, status: Int32 = 65, _ spoil: @escaping @Sendable (ExampleFolder) throws -> Void) {
        testDescription = what
        self.rule = rule
        self.fault = fault
        self.status = status
        self.spoil = spoil
    }

    /// One replacement; the fault is where the new text stands.
    init(_ what: String, _ rule: String, _ file: String, _ old: String, to new: String, at needle: String? = nil) {
        self.init(what, rule, at: .text(needle ?? new, file: file)) { try $0.replace(old, with: new, in: file) }
    }

    /// The same the other way round, where the folder is made ready first.
    init(
        _ what: String, _ rule: String, _ file: String, _ new: String, of old: String,
        prepare: @escaping @Sendable (ExampleFolder) throws -> Void = { _ in }
    ) {
        self.init(what, rule, at: .text(new, file: file)) { folder in
            try prepare(folder)
            try folder.replace(old, with: new, in: file)
        }
    }

    func place(in folder: ExampleFolder) throws -> String {
        switch fault {
        case .text(let needle, let file): try folder.place(of: needle, in: file)
        case .place(let place): place
        }
    }

    private static let overlap =
        "example-overlap,29189811,association,2018-11-20,2018-11-20,S,T,2018-12-01,C,T,2019-01-01,2019-12-31,2019-12-31,,,,,,,,\n"

    static let all: [BadFolder] = [
        BadFolder("CVR check digit", "CVR_INVALID", "organisations.csv", "58271713", to: "58271714"),
        BadFolder("GLN check digit", "GLN_INVALID", "organisations.csv", "5790002750595,", to: "5790002750596,"),
        BadFolder("29 February 2026", "DATE_INVALID", "decisions.csv", "2026-04-23", to: "2026-02-29"),
        BadFolder("29 February 2026 in YAML", "DATE_INVALID", "association.yaml", "2027-01-01", to: "2026-02-29"),
        BadFolder("a date in another order", "DATE_INVALID", "agreements.csv", "2012-12-01", to: "01-12-2012"),
        BadFolder("overlapping agreement", "OVERLAPPING_AGREEMENT", at: .text("example-overlap", file: "agreements.csv")) {
            try $0.append(overlap, to: "agreements.csv")
        },
        BadFolder("unknown organisation", "UNKNOWN_ORGANISATION", "contacts.csv", "29189978", to: "Nowhere Kommune"),
        BadFolder("unknown decision", "UNKNOWN_DECISION", "rates.yaml", "EKS-GF-2026-1", to: "EKS-GF-2099-1"),
        BadFolder(
            "a role twice at once", "OVERLAPPING_CONTACT",
            at: .text("58271713,digitalisering@ballerup.example,primary,2026-03-01", file: "contacts.csv")
        ) {
            try $0.append("58271713,digitalisering@ballerup.example,primary,2026-03-01,\n", to: "contacts.csv")
        },
        BadFolder("unknown person", "UNKNOWN_PERSON", "contacts.csv", "digitalisering@syddjurs.example", to: "nobody@syddjurs.example"),
        BadFolder("negative amount", "AMOUNT_INVALID", "rates.yaml", "25000.00", to: "-25000.00"),
        BadFolder("over-precise amount", "AMOUNT_INVALID", "rates.yaml", "25000.00", to: "25000.005"),
        BadFolder("amount with a comma", "AMOUNT_INVALID", "rates.yaml", "25000.00", to: "25.000,00"),
        BadFolder("negative inhabitants", "NUMBER_INVALID", "inhabitants.csv", "632340", to: "-632340"),
        BadFolder("address that is none", "EMAIL_INVALID", "people.csv", "digitalisering@ballerup.example", to: "digitalisering"),
        BadFolder("unknown word", "VALUE_UNKNOWN", "contacts.csv", "primary", to: "main"),
        BadFolder("Latin-1", "FILE_ENCODING", at: .place("people.csv:4:28")) { folder in
            let latin = try folder.text(of: "people.csv").unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
            try folder.write(latin, to: "people.csv")
        },
        BadFolder("NUL", "FILE_ENCODING", "people.csv", "Ballerup", to: "Ball\0rup", at: "\0"),
        BadFolder("a cell of a million characters", "CELL_TOO_LONG", at: .place("decisions.csv:2:42")) { folder in
            try folder.replace("Made-up example", with: String(repeating: "x", count: 1_000_000), in: "decisions.csv")
        },
        BadFolder("a text that is too long", "TEXT_INVALID", "decisions.csv", "Binding", to: String(repeating: "y", count: 600)),
        BadFolder("a file missing", "FILE_MISSING", at: .place("rates.yaml:1:1"), status: 66) { try $0.remove("rates.yaml") },
        BadFolder("an empty file", "CSV_MALFORMED", at: .place("people.csv:1:1")) { try $0.write([], to: "people.csv") },
        BadFolder("ragged row", "ROW_RAGGED", "decisions.csv", "EKS-GF-2012-1,", to: "EKS-GF-2012-1,,"),
        BadFolder("doubled header", "COLUMN_DOUBLED", at: .place("people.csv:1:12")) {
            try $0.replace("name,email,phone", with: "name,email,email", in: "people.csv")
        },
        BadFolder("unknown column", "COLUMN_UNKNOWN", "people.csv", "phone", to: "telephone"),
        BadFolder("missing column", "COLUMN_MISSING", at: .place("inhabitants.csv:1:1")) { folder in
            try folder.write(Array("organisation,counted_on,inhabitants\n".utf8), to: "inhabitants.csv")
        },
        BadFolder("unclosed quote", "CSV_MALFORMED", at: .text("\"Unclosed", file: "people.csv")) {
            try $0.append("\"Unclosed,unclosed@nowhere.example,\n", to: "people.csv")
        },
        BadFolder("quote in a bare cell", "CSV_MALFORMED", "decisions.csv", "EKS-GF-2012-1", to: "EKS\"GF", at: "\"GF"),
        BadFolder("text after a quote", "CSV_MALFORMED", "people.csv", "(eksempel)\",", to: "(eksempel)\"x,", at: "x,digi"),
        BadFolder("a row twice", "ROW_DOUBLED", at: .text("EKS-GF-2012-1,board", file: "decisions.csv")) {
            try $0.append("EKS-GF-2012-1,board,2012-04-24,Once more\n", to: "decisions.csv")
        },
        BadFolder("YAML anchor", "YAML_MALFORMED", at: .place("rates.yaml:7:13")) {
            try $0.replace("25000.00", with: "&a 25000.00", in: "rates.yaml")
        },
        BadFolder("YAML alias", "YAML_MALFORMED", at: .place("rates.yaml:7:13")) { folder in
            try folder.replace("25000.00", with: "&a 25000.00", in: "rates.yaml")
            try folder.replace("amount: 25000.00", with: "amount: *a", in: "rates.yaml")
        },
        BadFolder("doubled YAML key", "YAML_MALFORMED", at: .place("rates.yaml:6:5")) {
            try $0.replace("  - year: 2026\n", with: "  - year: 2026\n    year: 2026\n", in: "rates.yaml")
        },
        BadFolder("unknown YAML key", "COLUMN_UNKNOWN", "rates.yaml", "percent", to: "procent"),
        BadFolder("YAML that is none", "YAML_MALFORMED", at: .place("association.yaml:5:3")) {
            try $0.replace("settings:", with: "settings: [", in: "association.yaml")
        },
        BadFolder("an unknown product", "UNKNOWN_PRODUCT", "agreements.csv", "OS2valghalla", to: "OS2nothing"),
        BadFolder("an unknown product of a role", "UNKNOWN_PRODUCT", "supplier_roles.csv", "Eksempelprodukt A", to: "Eksempelprodukt C"),
        BadFolder("an unknown role", "VALUE_UNKNOWN", "supplier_roles.csv", "maintenance", to: "maintaining"),
        BadFolder("a role twice at once", "OVERLAPPING_SUPPLIER_ROLE", at: .place("supplier_roles.csv:6:1")) {
            try $0.append("eksempelleverandoer,Eksempelprodukt A,operation,2025-12-31,\n", to: "supplier_roles.csv")
        },
        BadFolder("a word that is no product", "PRODUCT_NAME_RESERVED", "products.csv", "OS2kravmotor", to: "Project:1"),
        BadFolder("a product twice", "ROW_DOUBLED", at: .place("products.csv:36:1")) { try $0.append("os2MO,,,,\n", to: "products.csv") },
        BadFolder("a level that is none", "NUMBER_INVALID", at: .text("4,koordinator", file: "products.csv")) {
            try $0.replace("1,koordinator", with: "4,koordinator", in: "products.csv")
        },
        BadFolder(
            "a coordinator nobody knows", "UNKNOWN_PERSON", "products.csv", "koordinator@eksempelprodukt-a", to: "nobody@eksempelprodukt-a"),
        BadFolder("61 months of notice", "NOTICE_MONTHS_INVALID", "agreements.csv", "61,halfYear", of: "3,halfYear"),
        BadFolder("notice to the end of nothing", "VALUE_UNKNOWN", "agreements.csv", "weekend", of: "halfYear"),
        BadFolder("an unknown form", "VALUE_UNKNOWN", "agreements.csv", "asleep,2028", of: "passive,2028"),
        BadFolder(
            "active from before it began", "FORM_OUTSIDE_TERM", "agreements.csv", "2020-03-01,,,\nexample-gentofte",
            of: "2028-01-01,,,\nexample-gentofte"),
        BadFolder("a last day that the notice does not give", "LAST_DAY_MISMATCH", "agreements.csv", "2021-12-30", of: "2021-12-31"),
        BadFolder("a notice before its agreement", "NOTICE_BEFORE_START", at: .place("agreements.csv:41:1")) {
            try $0.replace("2026-09-15", with: "2022-12-31", in: "agreements.csv")
        },
        BadFolder("a succession by row", "VALUE_UNKNOWN", "agreements.csv", "succeeded", of: "exclusion") {
            try $0.append(
                "x,29189811,OS2mo,2018-11-20,2018-11-20,S,T,2018-12-01,C,T,2019-01-01,,2019-12-31,exclusion,EKS-B-2026-7,,,,,,\n",
                to: "agreements.csv")
        },
        BadFolder("a passive membership", "PASSIVE_ONLY_ON_PRODUCTS", at: .place("agreements.csv:2:1")) {
            try $0.replace("2013-01-01,,,,,,,", with: "2013-01-01,,,,,,passive,", in: "agreements.csv")
        },
        BadFolder(
            "four eyes off without a decision", "VALUE_MISSING", "association.yaml", "value: off, decision: EKS-B-2026-8", to: "value: off",
            at: "{ name: four-eyes"),
        BadFolder("a setting's value", "SETTING_INVALID", "association.yaml", "80000000", to: "70000000"),
        BadFolder("a percentage over 100 as a setting", "SETTING_INVALID", "association.yaml", "value: 35", to: "value: 135", at: "135"),
        BadFolder(
            "overlapping rate rows", "OVERLAPPING_RATE_ROW", "rates.yaml", "from: 2020-02-02", to: "from: 2020-02-01",
            at: "{ component: Tilslutning, charge: joiningFee, from: 2020-02-01"),
        BadFolder(
            "overlapping brackets", "OVERLAPPING_BRACKETS", "rates.yaml", "small: 25000, medium: 60000", to: "small: 25000, medium: 25000",
            at: "{ small: 25000, medium: 25000"),
        BadFolder("a passive share over one", "FRACTION_INVALID", "rates.yaml", "passive: 1/3", to: "passive: 4/3", at: "4/3"),
        BadFolder("a negative price", "AMOUNT_INVALID", "rates.yaml", "small: 22000", to: "small: -22000", at: "-22000"),
        BadFolder(
            "a sheet that ends inside a year", "RATE_PERIOD_NOT_WHOLE", "rates.yaml", "until: 2026-12-31", to: "until: 2026-11-30",
            at: "2026-11-30"),
        BadFolder(
            "weights that are all zero", "WEIGHTS_ALL_ZERO", "rates.yaml", "by: inhabitants", to: "by: class, weights: { small: 0 }",
            at: "{ small: 0 }"),
        BadFolder(
            "a sheet of no product", "UNKNOWN_PRODUCT", "rates.yaml", "product: Eksempelprodukt A", to: "product: Nothing", at: "Nothing"),
        BadFolder("a group of no kind", "VALUE_UNKNOWN", "groups.csv", "interestGroup", to: "club"),
        BadFolder(
            "a group of no product", "UNKNOWN_PRODUCT", "groups.csv", "steeringGroup,OS2iot", to: "steeringGroup,OS2nothing",
            at: "OS2nothing"),
        BadFolder("a second board", "GROUP_KIND_TAKEN", at: .text("Anden bestyrelse", file: "groups.csv")) {
            try $0.append("Anden bestyrelse,board,,,,,\n", to: "groups.csv")
        },
        BadFolder("a seat in no group", "UNKNOWN_GROUP", "seats.csv", "Styregruppen for OS2iot", to: "Styregruppen for OS2nothing"),
        BadFolder("a seat for nobody", "VALUE_MISSING", at: .place("seats.csv:2:43")) {
            try $0.replace("digitalisering@viborg.example,29189846,chair", with: "digitalisering@viborg.example,,chair", in: "seats.csv")
        },
        BadFolder("a second chair", "CHAIR_TAKEN", at: .text("Bestyrelsen,digitalisering@ishoej", file: "seats.csv")) {
            try $0.append("Bestyrelsen,digitalisering@ishoej.example,11931316,chair,,2026-05-01,,,,\n", to: "seats.csv")
        },
        BadFolder(
            "a contact with votes", "ROLE_WITHOUT_VOTES", at: .text("Bestyrelsen,sekretariat@os2.example,os2,contact", file: "seats.csv")
        ) {
            try $0.replace("os2,contact,,2024", with: "os2,contact,1,2024", in: "seats.csv")
        },
        BadFolder(
            "a link that is none", "LINK_INVALID", "meetings.csv", "https://os2medlem.example/moeder/b-2026-09-dagsorden.pdf",
            to: "b-2026-09.pdf"),
        BadFolder(
            "a meeting without somebody's seat", "NO_SEAT_THAT_DAY", at: .text("digitalisering@viborg.example digi", file: "meetings.csv")
        ) {
            try $0.replace(
                "digitalisering@ballerup.example digitalisering@gentofte", with: "digitalisering@viborg.example digitalisering@gentofte",
                in: "meetings.csv")
        },
        BadFolder("a version that is none", "VERSION_INVALID", "commissions.csv", "1.1", to: "v1.1"),
        BadFolder("a model of governance", "SETTING_INVALID", "association.yaml", "value: 2025", to: "value: 2024", at: "2024"),
        BadFolder("a placement in no class", "VALUE_UNKNOWN", "placements.csv", "veryLarge", to: "huge"),
    ]
}
