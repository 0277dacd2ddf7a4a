public import Postgres

/// The SQL the program carries with it: what `sql/` holds, compiled in. A test compares this list with the folder.
public enum EmbeddedSQL {
    /// Every migration, in order.
    public static let migrations: [Migration] = [
        Migration(number: 1, name: "audit", sql: text(PackageResources._001_audit_sql)),
        Migration(number: 2, name: "decisions", sql: text(PackageResources._002_decisions_sql)),
        Migration(number: 3, name: "organisations", sql: text(PackageResources._003_organisations_sql)),
        Migration(number: 4, name: "people", sql: text(PackageResources._004_people_sql)),
        Migration(number: 5, name: "agreements", sql: text(PackageResources._005_agreements_sql)),
        Migration(number: 6, name: "rates", sql: text(PackageResources._006_rates_sql)),
        Migration(number: 7, name: "invoices", sql: text(PackageResources._007_invoices_sql)),
        Migration(number: 8, name: "products", sql: text(PackageResources._008_products_sql)),
        Migration(number: 9, name: "rate_sheets", sql: text(PackageResources._009_rate_sheets_sql)),
        Migration(number: 10, name: "cost_sharing", sql: text(PackageResources._010_cost_sharing_sql)),
        Migration(number: 11, name: "cost_sharing_rules", sql: text(PackageResources._011_cost_sharing_rules_sql)),
        Migration(number: 12, name: "groups", sql: text(PackageResources._012_groups_sql)),
        Migration(number: 13, name: "access", sql: text(PackageResources._013_access_sql)),
        Migration(number: 14, name: "what_documents_tell", sql: text(PackageResources._014_what_documents_tell_sql)),
        Migration(number: 15, name: "one_check_of_rate_rows", sql: text(PackageResources._015_one_check_of_rate_rows_sql)),
        Migration(number: 16, name: "access_log", sql: text(PackageResources._016_access_log_sql)),
        Migration(number: 17, name: "access_retention", sql: text(PackageResources._017_access_retention_sql)),
        Migration(number: 18, name: "an_address_stays", sql: text(PackageResources._018_an_address_stays_sql)),
        Migration(number: 19, name: "notified_ends", sql: text(PackageResources._019_notified_ends_sql)),
        Migration(number: 20, name: "what_postings_stand_on", sql: text(PackageResources._020_what_postings_stand_on_sql)),
        Migration(number: 21, name: "told_prices", sql: text(PackageResources._021_told_prices_sql)),
        Migration(number: 22, name: "uses_by_the_minute", sql: text(PackageResources._022_uses_by_the_minute_sql)),
        Migration(number: 23, name: "credits_follow_invoices", sql: text(PackageResources._023_credits_follow_invoices_sql)),
    ]

    /// The roles, once per server and database.
    public static let roles = text(PackageResources.roles_sql)

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
