/// The verbs that this build can run.
enum VerbRegistry {
  static let all: [any Verb.Type] = [HelpVerb.self, QueryVerb.self]

  static func verb(_ name: VerbName) -> (any Verb.Type)? { all.first { $0.name == name } }
}
