/// A plan as JSON, to be kept, compared or run elsewhere.
///
/// ```
///   {"trawlPlan":1,"plan":{"limit":{"input":{"scan":{"table":"AWSCloudTrail",…}},"count":10,…}}}
/// ```
/// The same plan always gives the same bytes, and they give the same plan back. Functions and operators stand by their
/// names; what they need beside their arguments, such as a table of places, is the run's.
package enum PlanDocument {
  /// Goes up whenever an older version could not read, or would misread, what this one writes.
  package static let version = 1

  /// Expressions and plans that may stand inside each other in what is read.
  package static let depthLimit = 4_000

  package static func text(of plan: LogicalPlan) -> String { text(of: plan, "plan", kind: "trawlPlan") }

  /// - Throws: what is wrong with the text, and where.
  package static func plan(
    from text: String, depthLimit: Int = PlanDocument.depthLimit
  ) throws(PlanReadingFailure) -> LogicalPlan {
    let plan = try read(LogicalPlan.self, "plan", kind: "trawlPlan", from: text, depthLimit: depthLimit)
    try PlanCheck.check(plan)
    return plan
  }

  /// A document of another kind, of which plans are parts; `name` is the member that holds it.
  package static func text<Body: PlanCodable>(of whole: Body, _ name: String, kind: String) -> String {
    let writer = PlanWriter()
    let body = Body.form.write(whole, writer)
    var members = [JSONValue.Member(kind, .long(Int64(version)))]
    if !writer.parts.isEmpty { members.append(.init("parts", .array(writer.parts))) }
    members.append(.init(name, body))
    var bytes: [UInt8] = []
    // What could drive a terminal is escaped, as in every JSON that is printed.
    JSONCell(dialect: .own).append(.dynamic(.object(members)), to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whoever reads plans that are parts of it checks them (``PlanCheck``).
  package static func read<Body: PlanCodable>(
    _ type: Body.Type, _ name: String, kind: String, from text: String,
    depthLimit: Int = PlanDocument.depthLimit
  ) throws(PlanReadingFailure) -> Body {
    guard let json = JSONValue(parsing: text) else {
      throw PlanReadingFailure("invalid-json", "this is no JSON, or it nests too deep")
    }
    guard case .object(let members) = json, let written = json[kind] else {
      throw PlanReadingFailure("invalid-plan", "this is no written \(name): it has no `\(kind)`")
    }
    guard written == .long(Int64(version)) else {
      throw PlanReadingFailure(
        "plan-version", "the \(name) has the format \(written.text), and this version reads \(version)")
    }
    let reader = PlanReader(depthLimit: depthLimit)
    if let unknown = members.first(where: { ![kind, "parts", name].contains($0.key) }) {
      throw reader.failure("`\(unknown.key)` is not known here")
    }
    if let parts = json["parts"] {
      guard case .array(let list) = parts else { throw reader.failure("`parts` is no list") }
      try reader.readParts(list)
    }
    guard let body = json[name] else { throw reader.failure("`\(name)` is missing") }
    return try reader.within(name) { () throws(PlanReadingFailure) in
      try Body.form.read(body, reader)
    }
  }
}
