import Testing

@testable import Server

struct CursorTests {
    @Test(arguments: [Int64.min, -1, 0, 1, 17, 1_000_000, .max])
    func comesBack(row: Int64) {
        let text = Cursor(row: row).text(of: "listThings")
        #expect(text.utf8.count == 18)
        #expect(Cursor(text, of: "listThings")?.row == row)
        #expect(Cursor(text, of: "listOthers") == nil)
    }

    @Test func oneRowHasOneCursor() {
        let text = Array(Cursor(row: 17).text(of: "listThings"))
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ")
        for place in text.indices {
            for letter in letters where letter != text[place] {
                var other = text
                other[place] = letter
                let row = Cursor(String(other), of: "listThings")?.row
                #expect(row != 17)
            }
        }
        #expect(Cursor("", of: "listThings") == nil)
        #expect(Cursor(String(text) + "A", of: "listThings") == nil)
    }
}

struct EntityTagTests {
    @Test func isTheSameEverywhereAndChangesWithEveryBit() {
        var bytes = Array("{\"items\":[],\"next\":null}".utf8)
        let tag = EntityTag(of: bytes)
        #expect(tag.text == EntityTag(of: bytes).text && tag.text.utf8.count == 34)
        var seen: Set<String> = [tag.text]
        for bit in 0..<bytes.count * 8 {
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(seen.insert(EntityTag(of: bytes).text).inserted)
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        }
        // Zeros at the end count.
        for count in 0..<40 { #expect(seen.insert(EntityTag(of: Array(repeating: 0, count: count)).text).inserted) }
    }

    @Test func isFoundInWhatACallerKnows() {
        let tag = EntityTag(of: [1, 2, 3])
        for known in [tag.text, "*", "W/\(tag.text)", "\"x\", \(tag.text)", "  \(tag.text) "] { #expect(tag.isNamed(in: known)) }
        for known in ["", "\"x\"", String(tag.text.dropFirst())] { #expect(!tag.isNamed(in: known)) }
    }
}
