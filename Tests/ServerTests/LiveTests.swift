import Testing

/// What runs over real sockets, one after the other: some of it measures time, on machines with few cores.
@Suite(.serialized)
struct LiveTests {}
