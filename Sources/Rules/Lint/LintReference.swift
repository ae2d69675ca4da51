import Session

/// The page that lists what `trawl check` looks for; made from the lints, so that the two cannot differ.
package enum LintReference {
  package static var markdown: String {
    var lines = [
      "# What trawl check looks for", "",
      "Beside the errors and warnings of reading a rule, `trawl check` looks for mistakes in rules that run.",
      "",
      "A comment allows a finding in its rule: `// trawl: allow never-true` in KQL, ```` ```trawl: allow never-true``` ````",
      "in SPL, `# trawl: allow never-true` in YAML; several names stand with commas between them. An allowance that",
      "suppresses nothing is itself reported, as `\(LintCatalog.unusedAllow)`. Two rules that are checked together and",
      "have one query are reported as `\(LintCatalog.sameQuery)`. A note tells what is missing beside a rule, or what",
      "reads like a slip and changes nothing; it is no warning.",
    ]
    for lint in LintCatalog.all {
      lines += ["", "## \(lint.slug)", "", lint.summary, ""]
      lines += wrapped(lint.why)
      if let example = lint.triggers.first { lines += block("Found in:", example) }
      if let example = lint.quiet.first { lines += block("Not found in:", example) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func block(_ title: String, _ example: LintRule.Example) -> [String] {
    let language = example.language.name
    return ["", title, "", "```\(language)"] + example.text.split(separator: "\n").map(String.init) + ["```"]
  }

  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + word.count < 118 {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
