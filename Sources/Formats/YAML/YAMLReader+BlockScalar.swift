extension YAMLReader {
  private enum Chomping {
    case clip, strip, keep
  }

  /// `|` keeps its lines, `>` joins them; `-` drops the last line end and `+` keeps all of them.
  mutating func blockScalar(at column: Int, deeperThan parent: Int) throws(YAMLFailure) -> YAMLNode {
    let isFolded = lines[index].characters[column] == ">"
    var chomping = Chomping.clip
    var indentation: Int?
    for (offset, character) in lines[index].characters[(column + 1)...].enumerated() {
      if character == " " || character == "#" { break }
      switch character {
      case "-": chomping = .strip
      case "+": chomping = .keep
      default:
        guard let digit = character.wholeNumberValue, digit > 0, indentation == nil else {
          throw failure(
            "block-header", "`\(character)` does not belong behind a block mark", at: column + 1 + offset)
        }
        indentation = max(0, parent) + digit
      }
    }
    index += 1
    let first = index
    var texts: [String] = []
    while index < lines.count {
      let characters = lines[index].characters
      if lines[index].isEmpty {
        texts.append(indentation.map { String(characters.dropFirst($0)) } ?? "")
        index += 1
        continue
      }
      let blanks = characters.prefix { $0 == " " }.count
      if indentation == nil, blanks > parent { indentation = blanks }
      guard let indentation, blanks >= indentation else { break }
      texts.append(String(characters.dropFirst(indentation)))
      index += 1
    }
    var trailing = 0
    while texts.last?.isEmpty == true {
      texts.removeLast()
      trailing += 1
    }
    var text = isFolded ? YAMLReader.folded(texts) : texts.joined(separator: "\n")
    switch chomping {
    case .strip: break
    case .clip: if !texts.isEmpty { text += "\n" }
    case .keep: text += String(repeating: "\n", count: trailing + (texts.isEmpty ? 0 : 1))
    }
    return YAMLNode(
      content: .scalar(text, isFolded ? .folded : .literal), line: first + 1, column: (indentation ?? 0) + 1)
  }

  /// Neighbouring lines become one; empty lines and lines that are indented further stay.
  private static func folded(_ texts: [String]) -> String {
    var result = ""
    var previous: String?
    var breaks = 0
    for text in texts {
      if text.isEmpty {
        breaks += 1
        continue
      }
      let isFree = text.first == " " || text.first == "\t"
      if let before = previous {
        let wasFree = before.first == " " || before.first == "\t"
        if isFree || wasFree {
          result += String(repeating: "\n", count: breaks + 1)
        } else {
          result += breaks > 0 ? String(repeating: "\n", count: breaks) : " "
        }
      } else {
        result += String(repeating: "\n", count: breaks)
      }
      result += text
      previous = text
      breaks = 0
    }
    return result
  }
}
