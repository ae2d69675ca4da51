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

  /// Every scalar that satisfies `holds`: some milliseconds, so asked once per name.
  static func scan(_ holds: (Unicode.Scalar) -> Bool) -> ScalarSet {
    var bounds: [UInt32] = []
    var isOpen = false
    var value: UInt32 = 0
    var blocks = uniformBlocks[...]
    while value <= 0x110000 {
      let isMember = Unicode.Scalar(value).map(holds) ?? false
      if isMember != isOpen {
        bounds.append(isMember ? value : value - 1)
        isOpen = isMember
      }
      if let block = blocks.first, value == block.lowerBound {
        value = block.upperBound
        blocks = blocks.dropFirst()
      }
      value += 1
    }
    return ScalarSet(bounds: bounds)
  }

  /// Ideographs, syllables, private and unassigned planes: what holds of the first scalar holds of all.
  private static let uniformBlocks: [ClosedRange<UInt32>] = [
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xD800...0xDFFF, 0xE000...0xF8FF, 0x20000...0x2A6DF,
    0x2A700...0x2B739, 0x2B820...0x2CEA1, 0x2CEB0...0x2EBE0, 0x30000...0x3134A, 0x40000...0xDFFFF,
    0xE01F0...0xEFFFF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD,
  ]

  private static func categories(_ name: String) -> [Unicode.GeneralCategory]? {
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
