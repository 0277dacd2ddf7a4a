/// What keeps the program itself from its work: its database, its files, the machine. Rules that say no are refusals.
public enum Obstacle: Sendable, Equatable, CaseIterable {
    case databaseNotMigrated(migration: String)
    case databaseNewer(database: Int, program: Int)
    case migrationChanged(String)
    /// `serve` may not connect as this.
    case loginNotBound(String, role: String)
    /// `serve` could not serve as this.
    case loginNotMember(String, role: String)
    /// Migrating needs a superuser once more.
    case statementsLogged
    case notAStateFolder(String)
    /// A database of one's own is not the program's to start or stop.
    case notEmbedded
    case backupUnreadable(path: String, reason: String)
    /// Nobody said that it may be written over.
    case backupExists(path: String)
    case restoreNotEmpty(tables: Int)
    case waitedTooLong(for: String)
    case noConnectionFree
    case databaseLost(reason: String)
    case noTimeZones
    case clockUnusable
    case fileMissing(String)
    case addressUnknown(String)
    case replayDiffers(lines: Int)
    /// The demo's second run, which has nothing to post.
    case demoPostedTwice(documents: Int)
    case demoNotExpected(year: Int)
    case serveEndedEarly
    case serveEndedBadly(how: String)
    case answerBroken

    /// One of each kind, for whoever wants to see them all.
    public static var allCases: [Obstacle] {
        [
            .databaseNotMigrated(migration: "1 audit"), .databaseNewer(database: 2, program: 1), .migrationChanged("1 audit"),
            .loginNotBound("postgres", role: "app"), .loginNotMember("readonly", role: "app"),
            .statementsLogged, .notAStateFolder("folder"), .notEmbedded, .backupUnreadable(path: "file", reason: "gone"),
            .backupExists(path: "file"), .restoreNotEmpty(tables: 3),
            .waitedTooLong(for: "a lock"), .noConnectionFree, .databaseLost(reason: "gone"), .noTimeZones, .clockUnusable,
            .fileMissing("file"), .addressUnknown("host"), .replayDiffers(lines: 1), .demoPostedTwice(documents: 1),
            .demoNotExpected(year: 2027), .serveEndedEarly, .serveEndedBadly(how: "1"), .answerBroken,
        ]
    }

    /// What scripts read.
    public var code: String {
        switch self {
        case .databaseNotMigrated: "DATABASE_NOT_MIGRATED"
        case .databaseNewer, .migrationChanged: "MIGRATION"
        case .loginNotBound: "LOGIN_NOT_BOUND"
        case .loginNotMember: "LOGIN_NOT_MEMBER"
        case .statementsLogged: "STATEMENTS_LOGGED"
        case .notAStateFolder: "NOT_A_STATE_FOLDER"
        case .notEmbedded: "NOT_EMBEDDED"
        case .backupUnreadable: "NO_BACKUP"
        case .backupExists: "FILE_EXISTS"
        case .restoreNotEmpty: "RESTORE_NOT_EMPTY"
        case .waitedTooLong, .noConnectionFree: "BUSY"
        case .databaseLost: "DATABASE_LOST"
        case .noTimeZones: "NO_TIME_ZONES"
        case .clockUnusable: "CLOCK"
        case .fileMissing: "FILE_MISSING"
        case .addressUnknown: "ADDRESS_UNKNOWN"
        case .replayDiffers: "REPLAY_DIFFERS"
        case .demoPostedTwice, .demoNotExpected: "DEMO"
        case .serveEndedEarly, .serveEndedBadly: "SERVE"
        case .answerBroken: "NO_ANSWER"
        }
    }

    /// What is wrong and, where there is something to do, what. What the system or another program says of it stays in its own words.
    public func sentence(in language: Language) -> String {
        switch self {
        case .databaseNotMigrated(let migration):
            language(
                "migrering \(migration) er ikke udført: kør 'os2medlem database migrate'",
                "migration \(migration) is not applied: run 'os2medlem database migrate'")
        case .databaseNewer(let database, let program):
            language(
                "databasen er på migrering \(database), programmet kender \(program): brug et nyere program",
                "the database is at migration \(database), the program knows \(program): use a newer program")
        case .migrationChanged(let migration):
            language(
                "migrering \(migration) er ændret, efter den blev udført",
                "migration \(migration) was changed after it had been applied")
        case .loginNotBound(let login, let role):
            language(
                "serve er logget ind som \(login), som rækkesikkerheden ikke binder, eller som kan blive en, den ikke binder; giv den login \(role)",
                "serve connects as the login \(login), which row-level security does not bind, or which can become one that it does not; "
                    + "give it the login \(role)")
        case .loginNotMember(let login, let role):
            language(
                "serve er logget ind som \(login), som ikke kan blive rollen \(role); giv den login \(role), eller et, der er medlem af den og intet andet",
                "serve connects as the login \(login), which may not become the role \(role); give it the login \(role), or one that is a member of it "
                    + "and of nothing else")
        case .statementsLogged:
            language(
                "databasen kan skrive det, sætninger medbringer (også tokens), i serverens log; kun en superbruger kan slå det fra: kør "
                    + "'os2medlem database migrate' én gang som en",
                "the database may write what statements carry, tokens among it, into the server's log, and only a superuser can keep it from that: run "
                    + "'os2medlem database migrate' as one once")
        case .notAStateFolder(let folder):
            language(
                "\(folder) rummer også andet; den er ikke rørt", "\(folder) holds other things as well; it has not been touched")
        case .notEmbedded:
            language(
                "en navngivet database startes og stoppes af sin egen server",
                "a named database is started and stopped by its own server")
        case .backupExists(let path):
            language(
                "\(path) findes allerede; skriv et andet navn, eller --overwrite for at skrive den over",
                "\(path) exists already; give another name, or --overwrite to write over it")
        case .backupUnreadable(let path, let reason):
            language("\(path) kan ikke åbnes: \(reason)", "\(path) cannot be opened: \(reason)")
        case .restoreNotEmpty(let tables):
            language(
                "databasen har allerede \(tables) tabeller; giv en ny --state eller en tom database",
                "the database already holds \(tables) tables; give a new --state or an empty database")
        case .waitedTooLong(let what):
            language("ventede for længe på \(what); prøv igen", "waited too long for \(what); try again")
        case .noConnectionFree: language("ingen forbindelse blev ledig; prøv igen", "no connection became free; try again")
        case .databaseLost(let reason):
            language(
                "\(reason). Kør kommandoen igen: intet bogføres to gange.",
                "\(reason). Run the command again: nothing is ever posted twice.")
        case .noTimeZones:
            language(
                "maskinen mangler tidszoner: apt-get install tzdata, eller giv --today",
                "time zone data is missing: apt-get install tzdata, or give --today")
        case .clockUnusable:
            language(
                "maskinens ur viser ingen brugbar dato; giv --today", "the machine's clock shows no usable date; give --today")
        case .fileMissing(let path): language("filen \(path) findes ikke", "there is no file \(path)")
        case .addressUnknown(let host): language("\(host) er ikke en adresse på denne maskine", "\(host) is no address of this machine")
        case .replayDiffers(let lines): language("\(lines) linjer afviger", "\(lines) lines differ")
        case .demoPostedTwice(let documents):
            language("anden kørsel bogførte \(documents) dokumenter", "a second run posted \(documents) documents")
        case .demoNotExpected(let year):
            language("det er ikke beregnet, hvad \(year) ventes at koste", "what \(year) is expected to cost was not calculated")
        case .serveEndedEarly: language("serve sluttede, før den lyttede", "serve ended before it listened")
        case .serveEndedBadly(let how):
            language("serve blev bedt om at stoppe og sluttede med \(how)", "serve was asked to stop and ended with \(how)")
        case .answerBroken: language("svaret var ikke et helt HTTP-svar", "the answer was no whole answer of HTTP")
        }
    }
}
