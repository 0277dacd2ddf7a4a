public import Domain

extension SettingName {
    /// What may stand there, as ``accepts(_:)`` takes it.
    public func values(in language: Language) -> String {
        switch self {
        case .chargesBegin: language("ingen værdi, dagen er indstillingen", "no value, the day is the setting")
        case .paymentDays: language("1 til 30 dage", "1 to 30 days")
        case .creditorNumber: language("otte cifre, det første 8", "eight digits, the first 8")
        case .indexRounding: "whole-kroner-half-up"
        case .sizeBounds: language("tre stigende indbyggertal", "three ascending numbers of inhabitants")
        case .contributionMember, .contributionNonMember:
            language("0 til 100 procent, højst to decimaler", "0 to 100 percent, at most two decimals")
        case .fourEyes: language("on eller off", "on or off")
        case .changeWarning: language("1 til 1000 procent", "1 to 1000 percent")
        case .lineLimit: language("1 til 1000 linjer", "1 to 1000 lines")
        case .associationAccount: language("1 til 40 tegn uden mellemrum", "1 to 40 characters without a space")
        case .governanceModel: language("2016 eller 2025", "2016 or 2025")
        case .accessRetention: language("6 til 60 måneder", "6 to 60 months")
        }
    }
}
