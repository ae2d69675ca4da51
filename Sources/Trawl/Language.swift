import Session

extension Trawl {
  /// A language that questions and rules are written in.
  public struct Language: Sendable {
    let frontEnd: any FrontEnd

    init(_ frontEnd: any FrontEnd) { self.frontEnd = frontEnd }

    public static let kql = Language(.kql)
    public static let spl = Language(.spl)

    /// - Throws: `TrawlError` of the kind `wrongSetting` for a name that is no language.
    public init(named name: String) throws(TrawlError) {
      guard let known = FrontEnds.standard.named(name) else {
        let names = Language.allCases.map { "`\($0.name)`" }.joined(separator: ", ")
        throw .wrongSetting("unknown-language", "there is no language `\(name)`: there are \(names)")
      }
      self.init(known)
    }

    /// In lower case, as files end: `kql`.
    public var name: String { frontEnd.name }
  }
}

extension Trawl.Language: Hashable {
  public static func == (left: Trawl.Language, right: Trawl.Language) -> Bool { left.name == right.name }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Trawl.Language: CaseIterable {
  public static var allCases: [Trawl.Language] { FrontEnds.standard.all.map { Trawl.Language($0) } }
}
