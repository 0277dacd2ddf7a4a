// What a command says of its own work.

extension Language {
    public func nothingImported(problems: Int) -> String {
        self("\(problems) fejl; intet er indlæst", "\(problems) problem(s); nothing was imported")
    }

    public func nothingTried(problems: Int) -> String {
        self("\(problems) fejl; intet er prøvet og intet gemt", "\(problems) problem(s); nothing was tried and nothing saved")
    }

    public func holding(invariants: Int, lines: Int) -> String {
        self(
            "\(invariants) invarianter holder; \(lines) bogførte linjer er regnet efter",
            "\(invariants) invariants hold; \(lines) posted lines recomputed")
    }

    public func violations(_ count: Int) -> String { self("\(count) brud", "\(count) violation(s)") }

    public func written(files: Int, to folder: String) -> String { self("\(files) filer i \(folder)", "\(files) file(s) in \(folder)") }

    public func noDatabase(under folder: String) -> String {
        self("endnu ingen database under \(folder)", "no database yet under \(folder)")
    }

    public func stopped(version: String) -> String { self("PostgreSQL \(version), stoppet", "PostgreSQL \(version), stopped") }

    public func unresponsive(processes: String) -> String {
        self("PostgreSQL svarer ikke; processer \(processes)", "PostgreSQL does not answer; processes \(processes)")
    }

    public func foreign(version: String, installed: String) -> String {
        self(
            "lavet af PostgreSQL \(version), installeret: \(installed); konvertér med pg_upgrade",
            "made by PostgreSQL \(version), installed: \(installed); convert it with pg_upgrade")
    }

    public func running(version: String, process: String) -> String {
        self("PostgreSQL \(version), kører som proces \(process)", "PostgreSQL \(version), running as process \(process)")
    }

    public func migrations(applied: Int, missing: Int) -> String {
        self("migreringer: \(applied) udført, \(missing) mangler", "migrations: \(applied) applied, \(missing) missing")
    }

    public var nothingToMigrate: String { self("databasen er allerede som programmet", "nothing to migrate") }

    public func applied(migration: String) -> String { self("udført: \(migration)", "applied \(migration)") }

    public func backedUp(to file: String) -> String { self("sikkerhedskopien er skrevet til \(file)", "backed up to \(file)") }

    public func restored(from file: String) -> String { self("genskabt fra \(file)", "restored from \(file)") }

    /// What changed on a line was told on others already.
    public func changedAs(line: Int32) -> String { self("Ændret som på linje \(line).", "Changed as on line \(line).") }

    /// What a scenario's sums hold, which is more than what a preview comes to.
    public var scenarioSums: String {
        self(
            "Beløbene er hele årets: det, der er bogført (med kreditter i hånden trukket fra), og det, der mangler at blive faktureret, også for dem, der er parkeret, "
                + "fordi modtager eller reference mangler. En forhåndsvisnings total er kun det, der ville blive bogført nu.",
            "The sums are the whole year's: what stands posted (less credits by hand) and what is still to be invoiced, also for those who are parked for want of a receiver or a "
                + "reference. A preview's total is only what would be posted now.")
    }
}
