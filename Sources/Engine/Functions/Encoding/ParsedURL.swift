/// The parts of a URL; a part that is not there is empty.
///
///     ParsedURL("https://h.com:81/a?x=1#end")  // scheme https, host h.com, port 81, path /a, …
struct ParsedURL {
  private(set) var scheme = ""
  private(set) var host = ""
  private(set) var port = ""
  private(set) var path = ""
  private(set) var user = ""
  private(set) var password = ""
  private(set) var query = ""
  private(set) var fragment = ""

  init(_ text: String) {
    var rest = Substring(text)
    if let mark = rest.firstIndex(of: "#") {
      fragment = String(rest[mark...].dropFirst())
      rest = rest[..<mark]
    }
    if let mark = rest.firstIndex(of: "?") {
      query = String(rest[mark...].dropFirst())
      rest = rest[..<mark]
    }
    guard let mark = rest.firstIndex(of: ":"), rest[..<mark].allSatisfy(Self.isSchemeCharacter) else {
      path = String(rest)
      return
    }
    scheme = String(rest[..<mark])
    rest = rest[mark...].dropFirst()
    guard rest.hasPrefix("//") else {
      path = String(rest)
      return
    }
    rest = rest.dropFirst(2)
    let authority = rest.prefix { $0 != "/" && $0 != "\\" }
    path = String(rest[authority.endIndex...])
    readAuthority(authority)
  }

  private static func isSchemeCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "+-.".contains(character))
  }

  /// `user:password@host:port`; the host may be an address in brackets.
  private mutating func readAuthority(_ text: Substring) {
    var text = text
    if let mark = text.lastIndex(of: "@") {
      let login = text[..<mark]
      text = text[mark...].dropFirst()
      user = String(login.prefix { $0 != ":" })
      password = String(login.dropFirst(user.count + 1))
    }
    if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
      host = String(text[...close])
      port = String(text[close...].dropFirst().drop { $0 == ":" })
      return
    }
    guard let mark = text.lastIndex(of: ":") else {
      host = String(text)
      return
    }
    host = String(text[..<mark])
    port = String(text[mark...].dropFirst())
  }

  /// `a=1&b=2` as a bag of texts; keys and values are decoded.
  static func queryParameters(_ query: String) -> JSONValue {
    var members: [JSONValue.Member] = []
    var places: [String: Int] = [:]
    for pair in (query.hasPrefix("?") ? query.dropFirst() : query[...]).split(separator: "&") {
      let key = URLCoding.decode(String(pair.prefix { $0 != "=" }), plusIsBlank: true)
      let value = pair.firstIndex(of: "=").map { String(pair[$0...].dropFirst()) } ?? ""
      let member = JSONValue.Member(key, .string(URLCoding.decode(value, plusIsBlank: true)))
      if let place = places[key] {
        members[place] = member
      } else {
        places[key] = members.count
        members.append(member)
      }
    }
    return .object(members)
  }

  var json: JSONValue {
    .object([
      JSONValue.Member("Scheme", .string(scheme)), JSONValue.Member("Host", .string(host)),
      JSONValue.Member("Port", .string(port)), JSONValue.Member("Path", .string(path)),
      JSONValue.Member("Username", .string(user)), JSONValue.Member("Password", .string(password)),
      JSONValue.Member("Query Parameters", ParsedURL.queryParameters(query)),
      JSONValue.Member("Fragment", .string(fragment)),
    ])
  }
}
