import Synchronization

/// The sets behind `\p{name}`: general categories, binary properties and scripts.
///
///     UnicodeProperties.set(named: "Lu")            // upper-case letters
///     UnicodeProperties.set(named: "Script=Greek")
enum UnicodeProperties {
  private static let cache = Mutex<[String: ScalarSet]>([:])

  /// Nil for a name nobody knows. Case, blanks, `-` and `_` in the name do not matter.
  static func set(named name: String) -> ScalarSet? {
    let (key, value) = split(name)
    let id = "\(key)=\(value)"
    if let known = cache.withLock({ $0[id] }) { return known }
    guard let set = find(key: key, value: value) else { return nil }
    cache.withLock { $0[id] = set }
    return set
  }

  private static func split(_ name: String) -> (key: String, value: String) {
    let parts = name.split(whereSeparator: { $0 == "=" || $0 == ":" }).map { part in
      String(part.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " })
    }
    return parts.count == 2 ? (parts[0], parts[1]) : ("", parts.first ?? "")
  }

  private static func find(key: String, value: String) -> ScalarSet? {
    switch key {
    case "": category(value) ?? binary(value) ?? UnicodeScripts.set(named: value)
    case "gc", "generalcategory": category(value)
    case "sc", "script", "scx", "scriptextensions": UnicodeScripts.set(named: value)
    default: nil
    }
  }

  private static func binary(_ name: String) -> ScalarSet? {
    switch name {
    case "any": .all
    case "ascii": .ascii
    case "assigned": category("cn")?.inverted
    case "alphabetic", "alpha": scan { $0.properties.isAlphabetic }
    case "lowercase", "lower": scan { $0.properties.isLowercase }
    case "uppercase", "upper": scan { $0.properties.isUppercase }
    case "whitespace", "wspace", "space": UnicodeClasses.space
    case "emoji": scan { $0.properties.isEmoji }
    case "math": scan { $0.properties.isMath }
    case "hexdigit", "hex": scan { $0.properties.isHexDigit }
    case "asciihexdigit", "ahex": scan { $0.properties.isASCIIHexDigit }
    case "idstart", "ids": scan { $0.properties.isIDStart }
    case "idcontinue", "idc": scan { $0.properties.isIDContinue }
    case "xidstart", "xids": scan { $0.properties.isXIDStart }
    case "xidcontinue", "xidc": scan { $0.properties.isXIDContinue }
    default: nil
    }
  }

  private static func category(_ name: String) -> ScalarSet? {
    if name == "nd" || name == "decimalnumber" || name == "digit" { return UnicodeClasses.digit }
    guard let wanted = categories(name) else { return nil }
    return scan { wanted.contains($0.properties.generalCategory) }
  }

  /// Every scalar that satisfies `holds`: about ten milliseconds, so asked once per name.
  private static func scan(_ holds: (Unicode.Scalar) -> Bool) -> ScalarSet {
    var bounds: [UInt32] = []
    var isOpen = false
    for value in UInt32(0)...0x110000 {
      let isMember = Unicode.Scalar(value).map(holds) ?? false
      guard isMember != isOpen else { continue }
      bounds.append(isMember ? value : value - 1)
      isOpen = isMember
    }
    return ScalarSet(bounds: bounds)
  }

  private static func categories(_ name: String) -> Set<Unicode.GeneralCategory>? {
    switch name {
    case "l", "letter":
      [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter]
    case "lc", "l&", "casedletter": [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter]
    case "lu", "uppercaseletter": [.uppercaseLetter]
    case "ll", "lowercaseletter": [.lowercaseLetter]
    case "lt", "titlecaseletter": [.titlecaseLetter]
    case "lm", "modifierletter": [.modifierLetter]
    case "lo", "otherletter": [.otherLetter]
    case "m", "mark", "combiningmark": [.nonspacingMark, .spacingMark, .enclosingMark]
    case "mn", "nonspacingmark": [.nonspacingMark]
    case "mc", "spacingmark": [.spacingMark]
    case "me", "enclosingmark": [.enclosingMark]
    case "n", "number": [.decimalNumber, .letterNumber, .otherNumber]
    case "nl", "letternumber": [.letterNumber]
    case "no", "othernumber": [.otherNumber]
    case "p", "punctuation", "punct":
      [
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .otherPunctuation,
      ]
    case "pc", "connectorpunctuation": [.connectorPunctuation]
    case "pd", "dashpunctuation": [.dashPunctuation]
    case "ps", "openpunctuation": [.openPunctuation]
    case "pe", "closepunctuation": [.closePunctuation]
    case "pi", "initialpunctuation": [.initialPunctuation]
    case "pf", "finalpunctuation": [.finalPunctuation]
    case "po", "otherpunctuation": [.otherPunctuation]
    case "s", "symbol": [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol]
    case "sm", "mathsymbol": [.mathSymbol]
    case "sc", "currencysymbol": [.currencySymbol]
    case "sk", "modifiersymbol": [.modifierSymbol]
    case "so", "othersymbol": [.otherSymbol]
    case "z", "separator": [.spaceSeparator, .lineSeparator, .paragraphSeparator]
    case "zs", "spaceseparator": [.spaceSeparator]
    case "zl", "lineseparator": [.lineSeparator]
    case "zp", "paragraphseparator": [.paragraphSeparator]
    case "c", "other": [.control, .format, .surrogate, .privateUse, .unassigned]
    case "cc", "control", "cntrl": [.control]
    case "cf", "format": [.format]
    case "co", "privateuse": [.privateUse]
    case "cn", "unassigned": [.unassigned]
    default: nil
    }
  }
}
