/// A search as it is being written: the terms that find events, then one stage a line.
struct SPLPipeline {
  var terms: [String] = []
  /// Commands behind the terms, without their pipes. A stage may have several lines.
  var stages: [String] = []
  /// The events themselves are still there.
  var hasEvents = false

  /// As a search of its own.
  var text: String {
    let lead = terms.isEmpty ? [] : [terms.joined(separator: " ")]
    return (lead + stages.map { "| \($0)" }).joined(separator: "\n")
  }

  /// In brackets behind a command.
  var subsearch: String {
    let lead = terms.isEmpty ? [] : ["search \(terms.joined(separator: " "))"]
    let lines = (lead + stages.map { "| \($0)" }).joined(separator: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    return "[\(lines.map { "    \($0)" }.joined(separator: "\n").drop { $0 == " " })]"
  }
}
