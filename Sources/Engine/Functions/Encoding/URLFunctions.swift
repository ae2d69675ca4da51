/// URLs written, read and taken apart: `url_encode`, `url_decode`, `parse_url`, `parse_urlquery`.
package enum URLFunctions {
  package static let all: [ScalarFunction] = [encode, encodeComponent, decode, parse, parseQuery]

  static let encode = ScalarFunction(
    [.kql("url_encode")], Signature([.string("text")], returns: .fixed(.string)),
    "Encodes a text for a URL; a blank becomes `+`.",
    kernel: .scalar { .string(URLCoding.encode($0.text(0) ?? "", blank: "+", kept: "-_.!*()")) },
    examples: [
      .kql(#"url_encode("https://a.b/c d")"#, gives: #""https%3a%2f%2fa.b%2fc+d""#),
      .kql(#"url_encode("é")"#, gives: #""%c3%a9""#),
    ])

  static let encodeComponent = ScalarFunction(
    [.kql("url_encode_component")], Signature([.string("text")], returns: .fixed(.string)),
    "Encodes a text for a part of a URL; a blank becomes `%20`.",
    kernel: .scalar { .string(URLCoding.encode($0.text(0) ?? "", blank: "%20", kept: "-_.~")) },
    examples: [
      .kql(#"url_encode_component("a b/c")"#, gives: #""a%20b%2fc""#),
      .kql(#"url_encode_component("")"#, gives: #""""#),
    ])

  static let decode = ScalarFunction(
    [.kql("url_decode")], Signature([.string("text")], returns: .fixed(.string)),
    "Decodes a text from a URL.",
    kernel: .scalar { .string(URLCoding.decode($0.text(0) ?? "", plusIsBlank: true)) },
    spellings: [.spl("urldecode($1)")],
    examples: [
      .kql(#"url_decode("https%3a%2f%2fa.b%2fc+d")"#, gives: #""https://a.b/c d""#),
      .kql(#"url_decode("100%")"#, gives: #""100%""#),
    ])

  static let parse = ScalarFunction(
    [.kql("parse_url"), .kqlAlias("parseurl")], Signature([.string("url")], returns: .fixed(.dynamic)),
    "Takes a URL apart into a bag of texts.",
    notes: ["Keys: Scheme, Host, Port, Path, Username, Password, Query Parameters (a bag), Fragment."],
    kernel: .scalar { .dynamic(ParsedURL($0.text(0) ?? "").json) },
    examples: [
      .kql(
        #"tostring(parse_url("https://u:p@h.com:81/a/b?x=1&y=2#end"))"#,
        gives:
          #"'{"Scheme":"https","Host":"h.com","Port":"81","Path":"/a/b","Username":"u","Password":"p","Query Parameters":{"x":"1","y":"2"},"Fragment":"end"}'"#
      ),
      .kql(#"tostring(parse_url("s3://bucket/key").Host)"#, gives: #""bucket""#),
    ])

  static let parseQuery = ScalarFunction(
    [.kql("parse_urlquery"), .kqlAlias("parseurlquery")],
    Signature([.string("query")], returns: .fixed(.dynamic)),
    "Takes the query of a URL apart into a bag below the key `Query Parameters`.",
    kernel: .scalar { values in
      .dynamic(
        .object([JSONValue.Member("Query Parameters", ParsedURL.queryParameters(values.text(0) ?? ""))]))
    },
    examples: [
      .kql(
        #"parse_urlquery("k1=v1&k2=v2")"#, gives: #"dynamic({"Query Parameters":{"k1":"v1","k2":"v2"}})"#),
      .kql(#"parse_urlquery("")"#, gives: #"dynamic({"Query Parameters":{}})"#, why: "no parameters"),
    ])
}
