/// A Windows command line cut into its arguments, as programs there see them.
///
///     CommandLine.arguments(#"a.exe "b c" d\"e"#)  // a.exe, b c, d"e
enum CommandLine {
  static func arguments(_ text: String) -> [String] {
    let characters = Array(text.unicodeScalars)
    var result: [String] = []
    var index = 0
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
    while true {
      while index < characters.count, isBlank(characters[index]) { index += 1 }
      guard index < characters.count else { return result }
      // In the program's own name a backslash escapes nothing.
      let isProgram = result.isEmpty
      var argument = String.UnicodeScalarView()
      var isQuoted = false
      while index < characters.count, isQuoted || !isBlank(characters[index]) {
        let scalar = characters[index]
        if scalar == "\\", !isProgram {
          var count = 0
          while index < characters.count, characters[index] == "\\" {
            count += 1
            index += 1
          }
          let isBeforeQuote = index < characters.count && characters[index] == "\""
          argument.append(contentsOf: repeatElement("\\", count: isBeforeQuote ? count / 2 : count))
          if isBeforeQuote, count % 2 == 1 {
            argument.append("\"")
            index += 1
          }
        } else if scalar == "\"" {
          if isQuoted, !isProgram, index + 1 < characters.count, characters[index + 1] == "\"" {
            // Two quotes inside quotes are one.
            argument.append("\"")
            index += 2
          } else {
            isQuoted.toggle()
            index += 1
          }
        } else {
          argument.append(scalar)
          index += 1
        }
      }
      result.append(String(argument))
    }
  }
}
