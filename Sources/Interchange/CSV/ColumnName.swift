/// The name of a column in a CSV file. One rule for the import folder and for every list that is written: small English words with an underscore between.
public enum ColumnName {
    /// The column of a JSON member (`signedOn`), or of a heading as people read it (`left incl. vat`).
    public static func of(_ name: String) -> String {
        var column = ""
        var last: Unicode.Scalar?
        for letter in name.unicodeScalars {
            let isWord = letter.properties.isAlphabetic || letter.properties.numericType != nil
            // A capital begins a word, unless it goes on an abbreviation.
            let beginsWord = letter.properties.isUppercase && last.map { $0.properties.isLowercase } ?? false
            if !column.isEmpty && !column.hasSuffix("_") && (!isWord || beginsWord) { column += "_" }
            if isWord { column += letter.properties.lowercaseMapping }
            last = letter
        }
        return column.hasSuffix("_") ? String(column.dropLast()) : column
    }
}
