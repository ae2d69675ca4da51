import Testing

@testable import Engine

@Suite struct RecordScannerTests {
  /// The raw text of a field of a record, "<absent>" or "<failed: why>".
  static func scan(_ record: String, _ paths: [String]) -> [String] {
    let components = paths.map { path -> [FieldPath.Component] in
      guard case .field(let components) = FieldPath(path) else { return [] }
      return components
    }
    let scanner = RecordScanner(FieldTrie(paths: components))
    let buffer = PaddedBuffer(Array(record.utf8))
    switch scanner.scan(buffer.base, buffer.base + buffer.count, verdict: { _ in true }) {
    case .failed(let failure):
      return ["<failed: \(failure.reason) at \(failure.position - UnsafePointer(buffer.base))>"]
    case .dropped: return ["<dropped>"]
    case .record:
      for container in 0..<scanner.trie.containerCount where !scanner.extract(container: container) {
        return ["<malformed inside>"]
      }
    }
    return paths.indices.map { slot in
      var texts = [scanner.value(slot)] + scanner.furtherValues.filter { $0.slot == slot }.map(\.value)
      texts.removeAll { $0.kind == .absent }
      if texts.isEmpty { return "<absent>" }
      return texts.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "|")
    }
  }

  @Test(arguments: [
    (#"{"a":"x","b":{"c":1,"d":[1,2]},"e":null}"#, "a", "x"),
    (#"{"a":"x","b":{"c":1,"d":[1,2]},"e":null}"#, "b.c", "1"),
    (#"{"a":"x","b":{"c":1,"d":[1,2]},"e":null}"#, "b.d", "[1,2]"),
    (#"{"a":"x","b":{"c":1,"d":[1,2]},"e":null}"#, "b.d{}", "1|2"),
    (#"{"a":"x","b":{"c":1,"d":[1,2]},"e":null}"#, "b.d[1]", "2"),
    (#"{"a":"x","b":{"c":1,"d":[1,2]},"e":null}"#, "e", "null"),
    (#"{"a":"x","b":{"c":1,"d":[1,2]},"e":null}"#, "z", "<absent>"),
    (#"{"i":{"items":[{"r":[{"c":"1"},{"c":"2"}]},{"r":[{"c":"3"}]}]}}"#, "i.items{}.r{}.c", "1|2|3"),
    (#"{"i":{"items":{"c":"alone"}}}"#, "i.items{}.c", "<absent>"),
    (#"{"i":{"items":"alone"}}"#, "i.items{}", "<absent>"),
    (#"{"r":{"x-amz-acl":"private","q":0}}"#, "r['x-amz-acl']", "private"),
    (#"{"\u0061b":"escaped key"}"#, "ab", "escaped key"),
    (#"{ "a" : [ ] , "b" : { } }"#, "b", "{ }"),
    (#"{"a":"\"}","b":"\\"}"#, "b", #"\\"#),
    (#"{"a":1,"a":2}"#, "a", "1"),
    (#"{"n":9007199254740993123456789}"#, "n", "9007199254740993123456789"),
    (#"{}"#, "a", "<absent>"),
  ])
  func `a field is found by its path`(record: String, path: String, value: String) {
    #expect(Self.scan(record, [path]) == [value])
  }

  @Test(arguments: [
    (#"{"a":1"#, "the record is cut off at 6"), (#"{"a":"x"#, "a string is not closed at 5"),
    (#"{"a":tru}"#, "no JSON value here at 5"), (#"{"a":01}"#, "no JSON value here at 5"),
    (#"{"a" 1}"#, "`:` was expected after a key at 5"),
    (#"{"a":1 "b":2}"#, "`,` or `}` was expected after a value at 7"),
    (#"{"a":1,}"#, "a key in quotes was expected at 7"), (#"{a:1}"#, "a key in quotes was expected at 1"),
    (#"{"a":{"b":1}"#, "the record is cut off at 12"), (#"{"a":{"b":1"#, "an object is not closed at 5"),
    (#"{"#, "the record is cut off at 1"), (#"{"a"#, "a key is not closed at 1"),
    (#"{"a\"#, "a key is not closed at 1"),
  ])
  func `a malformed record says what and where`(record: String, failure: String) {
    #expect(Self.scan(record, ["a"]) == ["<failed: \(failure)>"])
  }

  @Test func `a member beyond the limit of nesting is absent and does not recurse`() {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    #expect(Self.scan(#"{"a":\#(deep)}"#, ["a"]) == ["<absent>"])
    #expect(Self.scan(#"{"z":1,"a":\#(deep) , "b":2}"#, ["a", "b"]) == ["<absent>", "2"])
    #expect(Self.scan(#"{"a":\#(deep) "b":2}"#, ["b"])[0].contains("`,` or `}` was expected"))
    let fine = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(Self.scan(#"{"a":\#(fine),"b":1}"#, ["b"]) == ["1"])
  }

  /// Random trees, written compact or with blanks, must give what the tree parser gives.
  @Test(arguments: 1...40)
  func `random records agree with the tree parser`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<25 {
      let tree = RandomJSON.object(depth: 3, &random)
      let text = RandomJSON.spaced(tree.text, &random)
      for path in ["a", "b", "longer key name", "a.b", "b.a.c", "c[1]", "c[1].a"] {
        guard case .field(let components) = FieldPath(path) else { continue }
        let expected = RandomJSON.find(components[...], in: tree)
        let found = Self.scan(text, [path])[0]
        if let expected {
          let isString = if case .string = expected { true } else { false }
          let parsed = JSONValue(parsing: isString ? "\"\(found)\"" : found)
          #expect(parsed == expected, "\(path) in \(text)")
        } else {
          #expect(found == "<absent>", "\(path) in \(text)")
        }
      }
    }
  }

  @Test(arguments: 1...40)
  func `mutated records never trap, and what the tree parser reads is read the same`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(1000 + seed))
    for _ in 0..<60 {
      var bytes = Array(RandomJSON.spaced(RandomJSON.object(depth: 3, &random).text, &random).utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let interesting = Array(#"{}[]",:\ntf0-e"#.utf8) + [0, 0xFF, 0x0A, 0xC3]
        bytes[place] = interesting.randomElement(using: &random) ?? 0
      }
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
      guard bytes.first == 0x7B else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      let found = Self.scan(text, ["a", "b.a", "a{}.b", "c[0]", "c{}", "b.c{}.a"])
      // Of a key that is there twice the scanner takes the first, the tree parser the last.
      guard let tree = JSONValue(parsing: text), !RandomJSON.repeatsKeys(bytes) else { continue }
      #expect(found.count == 6, "\(found) in \(text)")
      let expected = tree["a"]
      let isString = if case .string = expected { true } else { false }
      if expected == nil {
        #expect(found[0] == "<absent>", "\(text)")
      } else {
        #expect(JSONValue(parsing: isString ? "\"\(found[0])\"" : found[0]) == expected, "\(text)")
      }
    }
  }

  @Test(arguments: 1...20)
  func `nested values end where counting brackets one by one says`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let alphabet = Array(#"{}[]""\\abc "#.utf8)
    for _ in 0..<200 {
      var bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      // Long stretches without brackets are passed over in whole blocks.
      let plain = (0..<Int.random(in: 0...200, using: &random)).map { _ in
        Array(#""\ab"#.utf8).randomElement(using: &random) ?? 0
      }
      bytes.insert(contentsOf: plain, at: Int.random(in: 0...bytes.count, using: &random))
      // What stands behind the end does not count.
      let buffer = PaddedBuffer(bytes + Array("}]\"}{\\".utf8))
      var expected: Int?
      var depth = 1
      var isInside = false
      var position = 0
      while position < bytes.count {
        let byte = bytes[position]
        if byte == 0x5C, !isInside {
          // A backslash outside a string is malformed; both readings only have to agree that it hides a quote.
          position += 2
          continue
        }
        if isInside {
          if byte == 0x5C { position += 1 } else if byte == 0x22 { isInside = false }
        } else if byte == 0x22 {
          isInside = true
        } else if byte == 0x7B || byte == 0x5B {
          depth += 1
        } else if byte == 0x7D || byte == 0x5D {
          depth -= 1
          if depth == 0 {
            expected = position + 1
            break
          }
        }
        position += 1
      }
      guard !String(decoding: bytes, as: UTF8.self).contains(#/\\[{}\[\]]/#) else { continue }
      var found: Int?
      if case .found(let end) = JSONBytes.nestedEnd(buffer.base, buffer.base + bytes.count) {
        found = end - UnsafePointer(buffer.base)
      }
      #expect(found == expected, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}

/// Random JSON for differential tests.
enum RandomJSON {
  /// Whether some text in quotes that is a key of this record may be one of its keys once more.
  static func repeatsKeys(_ bytes: [UInt8]) -> Bool {
    guard case .object(let members)? = JSONValue(parsing: String(decoding: bytes, as: UTF8.self)) else {
      return false
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return members.contains { member in text.ranges(of: "\"\(member.key)\"").count > 1 }
  }

  private static let keys = ["a", "b", "c", "longer key name", "é", "quote\"key"]
  private static let strings = [
    "", "x", "ses.amazonaws.com", "a \"quoted\" text", "back\\slash", "tab\t", "[{", "日本",
  ]

  static func object(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
    var members: [JSONValue.Member] = []
    for key in keys.shuffled(using: &random).prefix(Int.random(in: 0...5, using: &random)) {
      members.append(JSONValue.Member(key, value(depth: depth - 1, &random)))
    }
    return .object(members)
  }

  static func value(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0...(depth > 0 ? 7 : 5), using: &random) {
    case 0: .null
    case 1: .bool(Bool.random(using: &random))
    case 2: .long(Int64.random(in: -1000...9_007_199_254_740_993, using: &random))
    case 3: .real(Double.random(in: -1...1, using: &random))
    case 4, 5: .string(strings.randomElement(using: &random) ?? "")
    case 6:
      .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth - 1, &random) })
    default: object(depth: depth, &random)
    }
  }

  /// Adds blanks where JSON allows them.
  static func spaced(_ text: String, _ random: inout SeededGenerator) -> String {
    guard Bool.random(using: &random) else { return text }
    var result = ""
    var isInside = false
    var isEscaped = false
    for character in text {
      if isInside {
        result.append(character)
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isInside = false
        }
        continue
      }
      if character == "\"" { isInside = true }
      let isMark = "{}[],:".contains(character)
      if isMark { result += [" ", "\n  ", "", "\t"].randomElement(using: &random) ?? "" }
      result.append(character)
      if isMark, !isInside { result += [" ", "\r\n", ""].randomElement(using: &random) ?? "" }
    }
    return result.first == "{" ? result : String(result.drop { $0 != "{" })
  }

  static func find(_ path: ArraySlice<FieldPath.Component>, in value: JSONValue) -> JSONValue? {
    guard let first = path.first else { return value }
    switch (first, value) {
    case (.key(let key), .object): return value[key].flatMap { find(path.dropFirst(), in: $0) }
    case (.index(let index), .array): return value[index].flatMap { find(path.dropFirst(), in: $0) }
    default: return nil
    }
  }
}
