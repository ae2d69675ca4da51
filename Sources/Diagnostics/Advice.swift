/// A sentence that may name remedies: they stay values in it, and whoever shows the sentence says what they are called.
///
/// ```
/// let advice: Advice = "load it from a file: \(Remedy.tableFile(name: "Logs"))"
/// advice.text { _ in "`--table Logs=PATH`" }   // load it from a file: `--table Logs=PATH`
/// advice.plainText                              // load it from a file: a file for the table `Logs`
/// ```
public struct Advice: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
  enum Part: Hashable, Sendable {
    case text(String)
    case remedy(Remedy)
  }

  private(set) var parts: [Part]

  public init(_ text: String) { parts = text.isEmpty ? [] : [.text(text)] }
  public init(stringLiteral text: String) { self.init(text) }
  public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  public struct StringInterpolation: StringInterpolationProtocol {
    var parts: [Part] = []

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: String) { parts.add(.text(literal)) }
    public mutating func appendInterpolation(_ remedy: Remedy) { parts.add(.remedy(remedy)) }
    public mutating func appendInterpolation(_ advice: Advice) {
      for part in advice.parts { parts.add(part) }
    }
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      parts.add(.text(value.description))
    }
  }

  public static func + (left: Advice, right: Advice) -> Advice {
    var sum = left
    for part in right.parts { sum.parts.add(part) }
    return sum
  }

  /// What it names.
  public var remedies: [Remedy] {
    parts.compactMap { part in
      switch part {
      case .text: nil
      case .remedy(let remedy): remedy
      }
    }
  }

  /// The sentence, with the remedies by the names that a program has for them.
  public func text(_ spelling: (Remedy) -> String) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .remedy(let remedy): spelling(remedy)
      }
    }.joined()
  }

  /// The sentence, with the remedies in words.
  public var plainText: String { text(\.description) }
  public var description: String { plainText }
}

extension [Advice] {
  /// All of them as one sentence.
  public func joined(separator: Advice) -> Advice {
    guard let first else { return "" }
    return dropFirst().reduce(first) { $0 + separator + $1 }
  }
}

extension [Advice.Part] {
  /// Texts beside each other are one, so that equal sentences are equal however they were put together.
  fileprivate mutating func add(_ part: Advice.Part) {
    switch (last, part) {
    case (_, .text("")): break
    case (.text(let before)?, .text(let text)): self[count - 1] = .text(before + text)
    case (_, .text), (_, .remedy): append(part)
    }
  }
}
