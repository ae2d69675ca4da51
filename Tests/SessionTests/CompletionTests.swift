import Diagnostics
import Engine
import Session
import Testing

/// What front ends offer at a place, which `^` marks. No log is read for it.
@Suite struct CompletionTests {
  private static let workspace = Workspace(WorkspaceConfiguration()).adding(
    rows: Table(fields: [Field("Own", .long)], rows: [[.long(1)]]), named: "_")

  private func complete(_ marked: String, _ language: any FrontEnd) -> (Completions, typed: String) {
    let parts = marked.split(separator: "^", omittingEmptySubsequences: false)
    let text = parts.joined()
    let found = language.complete(
      SourceText(name: "<test>", text: text), at: parts[0].utf8.count, in: Self.workspace)
    return (found, SourceText(name: "<test>", text: text)[found.span])
  }

  private static let cases:
    [(text: String, language: any FrontEnd, typed: String, has: [String], lacks: [String])] =
      [
        ("AWSCloudT^", .kql, "AWSCloudT", ["AWSCloudTrail"], ["where", "count("]),
        ("pri^", .kql, "pri", ["print"], ["project"]),
        ("^", .kql, "", ["_", "AWSCloudTrail", "union"], []),
        (
          "AWSCloudTrail | project-re^", .kql, "project-re", ["project-rename", "project-reorder"],
          ["project"]
        ),
        ("AWSCloudTrail | ^", .kql, "", ["where", "summarize"], ["print", "AWSCloudTrail"]),
        ("AWSCloudTrail | where EventN^", .kql, "EventN", ["EventName"], []),
        ("AWSCloudTrail | where EventName ^", .kql, "", ["==", "has", "in~"], ["EventSource", "strlen("]),
        ("AWSCloudTrail | where EventName has^ \"x\"", .kql, "has", ["has", "has_any"], ["hash("]),
        ("AWSCloudTrail | where strl^", .kql, "strl", ["strlen("], []),
        ("AWSCloudTrail | where cou^", .kql, "cou", ["countof("], ["count("]),
        ("AWSCloudTrail | summarize cou^", .kql, "cou", ["count(", "countif("], []),
        ("AWSCloudTrail | summarize n = count() b^", .kql, "b", ["by"], []),
        ("AWSCloudTrail | extend mine = 1 | where mi^", .kql, "mi", ["mine"], []),
        (
          "AWSCloudTrail | summarize n = count() by EventName | where ^", .kql, "", ["n", "EventName"],
          ["EventSource"]
        ),
        ("let limit = 5; AWSCloudTrail | where lim^", .kql, "lim", ["limit"], []),
        ("let a = AWSCloudTrail | where EventSo^", .kql, "EventSo", ["EventSource"], []),
        ("AWSCloudTrail | join (Signin^", .kql, "Signin", ["SigninLogs"], []),
        (
          "AWSCloudTrail | join (SigninLogs | where UserPri^", .kql, "UserPri", ["UserPrincipalName"],
          ["EventName"]
        ),
        ("_ | where O^", .kql, "O", ["Own"], []),
        ("AWSCloudTrail | evaluate bag^", .kql, "bag", ["bag_unpack("], []),
        ("x | y | z \"open ^", .kql, "\"open ", [], []),
        ("eventN^", .spl, "eventN", ["eventName="], []),
        ("eventName=a | sta^", .spl, "sta", ["stats"], ["eventName"]),
        ("eventName=a | stats d^", .spl, "d", ["dc("], []),
        ("eventName=a | stats count b^", .spl, "b", ["by"], []),
        ("* | eval x=lowe^", .spl, "lowe", ["lower("], []),
        ("* | table userIdentity.a^", .spl, "userIdentity.a", ["userIdentity.arn"], []),
        ("* | eval mine=1 | table mi^", .spl, "mi", ["mine"], []),
        ("`drop_dm^", .spl, "`drop_dm", ["`drop_dm_object_name"], []),
        ("* [ search eventNa^", .spl, "eventNa", ["eventName="], []),
      ]

  @Test(arguments: cases.indices) func `words fit their place`(_ index: Int) {
    let (text, language, typed, has, lacks) = Self.cases[index]
    let (found, word) = complete(text, language)
    #expect(word == typed, "\(text)")
    let texts = found.candidates.map(\.text)
    for wanted in has { #expect(texts.contains(wanted), "\(text): \(texts.prefix(20))") }
    for unwanted in lacks { #expect(!texts.contains(unwanted), "\(text): \(unwanted)") }
    #expect(Set(texts).count == texts.count)
  }

  private static let questions:
    [(text: String, language: any FrontEnd, kind: Completions.Candidate.Kind, part: String)] = [
      ("AWSCloudTrail | where EventName == \"Cre^", .kql, .value, "by value_ = EventName"),
      ("AWSCloudTrail | where tolower(EventName) != ^", .kql, .value, "by value_ = tolower(EventName)"),
      ("AWSCloudTrail | where EventName in (\"a\", \"b^\")", .kql, .value, "by value_ = EventName"),
      (
        "let l = 1; AWSCloudTrail | where x > l | where a.b[0].c has '^", .kql, .value, "by value_ = a.b[0].c"
      ),
      (
        "AWSCloudTrail | where parse_json(RequestParameters).buck^", .kql, .member,
        "bag_keys(parse_json(RequestParameters))"
      ),
      ("sourcetype=x eventName=Cre^", .spl, .value, "sourcetype=x  | stats count as count_ by eventName"),
      ("eventName IN (a, b^", .spl, .value, "by eventName"),
      ("* | where 'a.b'=\"Cre^", .spl, .value, "by a.b"),
      ("* | search userIdentity.arn!=^", .spl, .value, "by userIdentity.arn"),
      ("requestParameters.zzz^", .spl, .member, "json_extract(_raw, \"requestParameters\")"),
    ]

  @Test(arguments: questions.indices) func `what only the logs tell is a question that compiles`(_ index: Int)
    throws
  {
    let (text, language, kind, part) = Self.questions[index]
    let question = try #require(complete(text, language).0.question, "\(text)")
    #expect(question.kind == kind)
    #expect(question.queries[0].text.contains(part), "\(question.queries[0].text)")
    if !text.contains("a.b["), !text.contains(" x > l") {
      #expect(throws: Never.self) { try Self.workspace.compile(question.queries[0], language: language) }
    }
  }

  @Test func `values are spelt as the language writes them`() throws {
    let kql = try #require(complete("AWSCloudTrail | where EventName == ^", .kql).0.question)
    #expect(kql.spelling(.string("a\"b\\c"), .string) == #""a\"b\\c""#)
    #expect(kql.spelling(.long(5), .long) == "5")
    let spl = try #require(complete("eventName=^", .spl).0.question)
    #expect(spl.spelling(.string("CreateUser"), .string) == "CreateUser")
    #expect(spl.spelling(.string("a b"), .string) == "\"a b\"")
    let expression = try #require(complete("* | where eventName=^", .spl).0.question)
    #expect(expression.spelling(.string("CreateUser"), .string) == "\"CreateUser\"")
  }

  /// Whatever stands there, nothing traps, and what is replaced ends at the place or behind one quote.
  @Test func `no text is too strange`() {
    let texts = [
      "AWSCloudTrail | where EventName == \"é\u{202E}中", "((([[[{{{", ")))]]]}}}", "|||;;;", "let = = | .",
      "\"", "'",
      "`", "a.b.c.", "x in (((", "| | |", "in (\"", "… where \u{0} \u{1B}", "= ", "!= (", "IN (",
      "* | where ''=",
    ]
    for text in texts {
      for language in FrontEnds.standard.all {
        let bytes = Array(text.utf8)
        for end in 0...bytes.count where end == bytes.count || bytes[end] & 0xC0 != 0x80 {
          let found = language.complete(
            SourceText(name: "<test>", text: text), at: end, in: Self.workspace)
          #expect(found.span.lowerBound <= end && (end...end + 1).contains(found.span.upperBound))
        }
        _ = language.isUnfinished(SourceText(name: "<test>", text: text))
        _ = language.recognises(SourceText(name: "<test>", text: text), in: Self.workspace)
      }
    }
  }

  @Test(arguments: [
    ("AWSCloudTrail |", true), ("AWSCloudTrail | count", false), ("let a = 1;", true),
    ("let a = 1; print a", false),
    ("T | where a in (1,", true), ("T | where a == 1 and", true), ("// only", true), ("print ```a", true),
    ("print \"open", false),
  ]) func `KQL goes on while something is open`(_ text: String, _ isUnfinished: Bool) {
    #expect(FrontEnds.standard.all[0].isUnfinished(SourceText(name: "<test>", text: text)) == isUnfinished)
  }

  @Test(arguments: [
    ("index=x |", true), ("index=x", false), ("index=x [ search y", true), ("eval a=\"x", true),
    ("```a``` x", false),
    ("```a", true), ("\"a|\"", false),
  ]) func `searches go on while something is open`(_ text: String, _ isUnfinished: Bool) {
    #expect(FrontEnds.standard.all[1].isUnfinished(SourceText(name: "<test>", text: text)) == isUnfinished)
  }

  @Test(arguments: [
    ("AWSCloudTrail | count", "kql"), ("AWSCloudTrail | wher", "kql"), ("print 1", "kql"),
    ("_ | count", "kql"),
    ("let x = 1; print x", "kql"), ("AWSCloudTrail | where EvntName == 'x'", "kql"),
    ("sourcetype=aws:cloudtrail | stats count", "spl"), ("| makeresults", "spl"), ("ConsoleLogin", "spl"),
    ("index=* eventName=\"x", "spl"), ("failed login | head 5", "spl"),
    ("union AWSCloudTrail, _ | count", "kql"),
  ]) func `a text tells its language`(_ text: String, _ name: String) {
    let source = SourceText(name: "<test>", text: text)
    #expect(FrontEnds.standard.language(of: source, in: Self.workspace).name == name)
  }
}
