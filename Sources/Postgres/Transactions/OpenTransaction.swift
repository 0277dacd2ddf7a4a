/// What a connection knows of the transaction that is open on it.
struct OpenTransaction {
    /// Which one: a transaction that outlives its end is told apart from the one that came after.
    let id: UInt64
    /// The BEGIN that is still to be sent, together with the first statement; nil once it was.
    var begin: String?
    /// Why the server refuses everything but a rollback.
    var failure: ServerError?
    var savepoints = 0

    init(id: UInt64, begin: String) {
        self.id = id
        self.begin = begin
    }
}
