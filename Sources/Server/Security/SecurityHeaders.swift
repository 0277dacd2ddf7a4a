import HTTPTypes

/// What every answer carries, so that a browser that comes upon one does nothing with it but show it.
enum SecurityHeaders {
    static let all: HTTPFields = {
        var fields = HTTPFields()
        let values = [
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"),
            ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ]
        for (name, value) in values {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        return fields
    }()

    static let requestID = HTTPField.Name("X-Request-Id")
    static let link = HTTPField.Name("Link")
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")
    static let vary = "Accept, Accept-Language, Authorization"
}
