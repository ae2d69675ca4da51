/// The scripts a pattern may name, as in `\p{Greek}`.
enum UnicodeScripts {
  /// The set of a script's long name or four-letter code, folded to lower case without separators.
  static func set(named name: String) -> ScalarSet? {
    bounds(named: name).map(ScalarSet.init(bounds:))
  }

  private static func bounds(named name: String) -> [UInt32]? {
    switch name {
    case "arabic", "arab": arabic
    case "armenian", "armn": armenian
    case "bengali", "beng": bengali
    case "bopomofo", "bopo": bopomofo
    case "cherokee", "cher": cherokee
    case "common", "zyyy": common
    case "cyrillic", "cyrl": cyrillic
    case "devanagari", "deva": devanagari
    case "ethiopic", "ethi": ethiopic
    case "georgian", "geor": georgian
    case "greek", "grek": greek
    case "gujarati", "gujr": gujarati
    case "gurmukhi", "guru": gurmukhi
    case "han", "hani": han
    case "hangul", "hang": hangul
    case "hebrew", "hebr": hebrew
    case "hiragana", "hira": hiragana
    case "inherited", "zinh", "qaai": inherited
    case "kannada", "knda": kannada
    case "katakana", "kana": katakana
    case "khmer", "khmr": khmer
    case "lao", "laoo": lao
    case "latin", "latn": latin
    case "malayalam", "mlym": malayalam
    case "mongolian", "mong": mongolian
    case "myanmar", "mymr": myanmar
    case "oriya", "orya": oriya
    case "sinhala", "sinh": sinhala
    case "syriac", "syrc": syriac
    case "tamil", "taml": tamil
    case "telugu", "telu": telugu
    case "thaana", "thaa": thaana
    case "thai": thai
    case "tibetan", "tibt": tibetan
    case "tifinagh", "tfng": tifinagh
    default: nil
    }
  }
}
