extension Ratio {
    /// Reads a percentage as it is stated, `9` or `12.5`: 0…100 with at most two decimals, no sign. Nothing for anything else.
    public init?(percent text: some StringProtocol) {
        guard let points = Ratio.basisPoints(percent: text) else { return nil }
        self.init(Int64(points), over: 10_000)
    }

    /// A stated percentage in hundredths of a percent, 0…10000.
    public static func basisPoints(percent text: some StringProtocol) -> Int32? {
        guard let figure = DecimalFigure(text), figure.decimals <= 2, figure.unscaled <= 10_000 else { return nil }
        let points = figure.unscaled * [100, 10, 1][figure.decimals]
        return points <= 10_000 ? Int32(points) : nil
    }

    /// One and this, as a price with a percentage on top is; nothing when it does not fit.
    public var onTop: Ratio? {
        let (sum, overflow) = numerator.addingReportingOverflow(denominator)
        return overflow ? nil : Ratio(sum, over: denominator)
    }

    /// Is it a share, 0…1?
    public var isShare: Bool { numerator >= 0 && numerator <= denominator }
}
