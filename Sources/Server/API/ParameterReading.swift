import Domain
import Hummingbird
import Wording

/// Turns what was sent into the values an operation takes. Whatever is not declared, doubled or not what it should be is refused here, so that it costs no
/// connection to the database.
struct ParameterReading: Sendable {
    private(set) var values: [ParameterValue]

    init(_ shape: OperationShape, path: Parameters, target: RequestTarget) throws(RequestFault) {
        let parameters = shape.parameters
        values = Array(repeating: .absent, count: parameters.count)
        for (index, parameter) in parameters.enumerated() where parameter.place == .path {
            // A number that cannot be is a thing that does not exist.
            guard let text = path[parameter.name[...]], let number = ParameterReading.number(text), number > 0 else { throw .notFound }
            values[index] = .number(number)
        }
        for (name, value) in try target.pairs() {
            guard let index = parameters.firstIndex(where: { $0.place == .query && $0.name == name }) else {
                throw .parameterUnknown(name)
            }
            guard values[index] == .absent else { throw .parameterDoubled(name) }
            values[index] = try ParameterReading.value(value, of: parameters[index], in: shape)
        }
        for (index, parameter) in parameters.enumerated() where parameter.isRequired && values[index] == .absent {
            throw .parameterMissing(parameter.name)
        }
        if let first = day("from", of: parameters), let last = day("to", of: parameters), last < first {
            throw .parameterInvalid("to", .notBefore("from"))
        }
    }

    private func day(_ name: String, of parameters: [OperationParameter]) -> ParameterValue.DayNumber? {
        guard let index = parameters.firstIndex(where: { $0.place == .query && $0.name == name }), case .day(let day) = values[index] else {
            return nil
        }
        return day
    }

    private static func value(
        _ text: String, of parameter: OperationParameter, in shape: OperationShape
    ) throws(RequestFault) -> ParameterValue {
        switch parameter.kind {
        case .id:
            if let number = number(text[...]), number > 0 { return .number(number) }
        case .year:
            if let number = number(text[...]), OperationParameter.years.contains(number) { return .number(number) }
        case .limit:
            if let number = number(text[...]), OperationParameter.limits.contains(number) { return .number(number) }
        case .date:
            if let day = CivilDate(text) { return .day(day.daysSince2000) }
        case .word(let words):
            if words.contains(text) { return .text(text) }
        case .text(let least):
            let length = text.unicodeScalars.count
            if length >= least, length <= OperationParameter.longestText,
                text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
            {
                return .text(text)
            }
        case .cursor:
            guard let cursor = Cursor(text, of: shape.id) else { throw .cursorInvalid }
            return .number(cursor.row)
        }
        throw .parameterInvalid(parameter.name, parameter.kind.valid)
    }

    /// Digits only: no sign, no leading zero, nothing beyond 64 bits.
    private static func number(_ text: Substring) -> Int64? {
        guard let first = text.utf8.first, first != 0x30 || text.utf8.count == 1, text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int64(text)
    }
}
