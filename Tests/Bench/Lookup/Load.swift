import ArgumentParser
import Domain
import Foundation
import FoundationNetworking
import GeneratedAssociation
import Postgres
import Registry

/// What one measurement came to.
struct Figures {
    var rate: Double
    /// Seconds.
    var p50 = 0.0
    var p99 = 0.0
    /// Answers other than 2xx, and connections that broke.
    var errors = 0
    /// CPU seconds for each answer: of the program that gave it (pgbench itself, where there is none between), and of the database.
    var server = 0.0
    var database = 0.0
    var cpu: Double { server + database }
    /// CPU seconds of the program that made the load, where it counts.
    var own = 0.0
    var count = 0.0
}

/// wrk and pgbench, from Debian.
enum Load {
    static func wrk(_ url: String, script: String?, connections: Int, seconds: Int) throws -> Figures {
        var words = ["-t1", "-c\(connections)", "-d\(seconds)s", "--latency"]
        if let script { words += ["-s", script] }
        let (text, _) = try output("wrk", words + [url])
        guard let rate = number(after: "Requests/sec:", in: text), let p50 = time(after: " 50%", in: text),
            let p99 = time(after: " 99%", in: text), let count = number(before: " requests in ", in: text)
        else { throw ValidationError("wrk said: \(text)") }
        var figures = Figures(rate: rate, p50: p50, p99: p99, count: count)
        figures.errors = Int(number(after: "Non-2xx or 3xx responses:", in: text) ?? 0)
        if let broken = text.split(separator: "\n").first(where: { $0.contains("Socket errors:") }) {
            figures.errors += broken.split { !$0.isNumber }.compactMap { Int($0) }.reduce(0, +)
        }
        return figures
    }

    /// So many look-ups rather than so many seconds: pgbench ends by an alarm, which a program started from here never hears.
    static func pgbench(_ script: String, _ database: ConnectionConfiguration, clients: Int, count: Int) throws -> Figures {
        let parameters = database.parameters
        let (text, cost) = try output(
            "pgbench",
            [
                "-n", "-M", "prepared", "-c", "\(clients)", "-j", "1", "-t", "\(max(count / clients, 1))", "-f", script, "-U", "app", "-h",
                parameters["host"] ?? "", "-p", parameters["port"] ?? "5432", parameters["dbname"] ?? "",
            ], environment: ["PGOPTIONS": "-c plan_cache_mode=force_generic_plan -c jit=off"])
        guard let rate = number(after: "tps =", in: text), let count = number(after: "actually processed:", in: text) else {
            throw ValidationError("pgbench said: \(text)")
        }
        return Figures(rate: rate, own: cost, count: count)
    }

    /// wrk asks for one organisation after the other, each with its own token.
    static func writeWrkScript(_ holders: [Holder], folder: String) throws -> String {
        let rows = holders.map { "{\($0.organisation), \"\(GeneratedAssociation.token(Int($0.place)))\"}" }.joined(separator: ",\n")
        let text = """
            local holders = {
            \(rows)
            }
            math.randomseed(1)
            request = function()
                local holder = holders[math.random(#holders)]
                return wrk.format("GET", "/api/v1/organisations/" .. holder[1] .. "/groups", {["Authorization"] = "Bearer " .. holder[2]})
            end

            """
        return try write(text, to: "lookup.lua", in: folder)
    }

    /// The very statements of the look-up, in one pipeline.
    static func writePgbenchScript(folder: String) throws -> String {
        guard let day = CivilDate("2026-11-26"), let token = AccessToken(GeneratedAssociation.token(0)) else {
            throw ValidationError("what the look-up is of")
        }
        let kinds = "'{\(GroupKind.allCases.map(\.rawValue).joined(separator: ","))}'::text[]"
        let roles = "'{\(SeatRole.allCases.map(\.rawValue).joined(separator: ","))}'::text[]"
        let lookup = try filled(
            GroupLookup.statement(of: Identifier(1), on: day).text,
            [":org", "'\(day)'::date", "'\(day)'::date", ":org", ":org", "'\(day)'::date", "'\(day)'::date", kinds, roles])
        let session = try filled(
            Sessions.statement(token).text, ["'os2m_' || lpad((:place)::text, 8, '0') || '\(String(repeating: "A", count: 35))'"])
        let text = """
            \\set place random(0, 9999)
            \\set org :place + 2
            \\startpipeline
            \(session);
            \(lookup);
            \\endpipeline

            """
        return try write(text, to: "lookup.sql", in: folder)
    }

    /// Puts values where the parameters are.
    private static func filled(_ statement: String, _ values: [String]) throws -> String {
        var text = statement
        for (index, value) in values.enumerated().reversed() {
            guard text.contains("$\(index + 1)") else { throw ValidationError("the statement has no parameter \(index + 1)") }
            text = text.replacingOccurrences(of: "$\(index + 1)", with: value)
        }
        guard !text.contains("$") else { throw ValidationError("the statement has more parameters than \(values.count)") }
        return text
    }

    /// Waits until the server answers, and shows that the answer is one.
    static func firstAnswer(port: Int, _ holders: [Holder]) async throws -> Data {
        guard let holder = holders.last,
            let url = URL(string: "http://127.0.0.1:\(port)/api/v1/organisations/\(holder.organisation)/groups")
        else { throw ValidationError("nobody to ask for") }
        var request = URLRequest(url: url)
        request.setValue("Bearer \(GeneratedAssociation.token(Int(holder.place)))", forHTTPHeaderField: "Authorization")
        for _ in 0..<200 {
            if let (data, response) = try? await URLSession.shared.data(for: request) {
                guard (response as? HTTPURLResponse)?.statusCode == 200 else {
                    throw ValidationError(String(decoding: data, as: UTF8.self))
                }
                return data
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw ValidationError("the server does not answer")
    }

    private static func write(_ text: String, to name: String, in folder: String) throws -> String {
        let path = "\(folder)/\(name)"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private static func output(_ program: String, _ words: [String], environment: [String: String] = [:]) throws -> (String, Double) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + words
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        let before = CPUTime.ofChildren()
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ValidationError("\(program) (apt-get install wrk postgresql-contrib): \(String(decoding: data, as: UTF8.self))")
        }
        return (String(decoding: data, as: UTF8.self), CPUTime.ofChildren() - before)
    }

    private static func number(after mark: String, in text: String) -> Double? {
        guard let range = text.range(of: mark) else { return nil }
        return Double(text[range.upperBound...].drop { $0 == " " }.prefix { $0.isNumber || $0 == "." })
    }

    private static func number(before mark: String, in text: String) -> Double? {
        guard let range = text.range(of: mark) else { return nil }
        return Double(String(text[..<range.lowerBound].reversed().prefix { $0.isNumber }.reversed()))
    }

    /// `1.23ms`, `456.00us`, `1.02s`.
    private static func time(after mark: String, in text: String) -> Double? {
        guard let range = text.range(of: mark), let value = number(after: mark, in: text) else { return nil }
        let unit = text[range.upperBound...].drop { $0 == " " || $0.isNumber || $0 == "." }.prefix { $0.isLetter }
        switch unit {
        case "us": return value / 1e6
        case "ms": return value / 1e3
        default: return value
        }
    }
}
