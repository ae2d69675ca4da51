import Formats

/// Two versions of a rule; one is missing where a rule was added or taken away.
package struct RulePair: Sendable {
  package var old: DetectionRule?
  package var new: DetectionRule?

  package init(old: DetectionRule?, new: DetectionRule?) {
    self.old = old
    self.new = new
  }

  /// The rule as it is now.
  package var title: String { (new ?? old)?.metadata.title ?? "" }
}

/// Finds which rule of one folder is which rule of another.
///
/// Single rules are always a pair. In folders a rule is known by its path within the folder, without the ending; else
/// by its id, then its file's name, then its title, each where only one rule on either side has it.
package enum RulePairing {
  package static func pairs(
    old: [DetectionRule], below oldRoot: String, new: [DetectionRule], below newRoot: String
  ) -> [RulePair] {
    if let first = old.first, let second = new.first, old.count == 1, new.count == 1 {
      return [RulePair(old: first, new: second)]
    }
    var partner: [Int: Int] = [:]
    var taken: Set<Int> = []
    let names: [(DetectionRule, String) -> String?] = [
      { path($0, below: $1) }, { rule, _ in rule.metadata.id }, { rule, _ in FilePath(rule.path).stem },
      { rule, _ in rule.metadata.title },
    ]
    for name in names {
      let oldRules = old.indices.filter { partner[$0] == nil }
      let newRules = new.indices.filter { !taken.contains($0) }
      let oldNames = Dictionary(grouping: oldRules) { name(old[$0], oldRoot) }
      let newNames = Dictionary(grouping: newRules) { name(new[$0], newRoot) }
      for (name, rules) in oldNames where name != nil && rules.count == 1 {
        guard let only = rules.first, let found = newNames[name], found.count == 1, let second = found.first
        else { continue }
        partner[only] = second
        taken.insert(second)
      }
    }
    let kept = old.indices.map { index in
      RulePair(old: old[index], new: partner[index].map { new[$0] })
    }
    let added = new.indices.filter { !taken.contains($0) }.map { RulePair(old: nil, new: new[$0]) }
    return kept + added
  }

  private static func path(_ rule: DetectionRule, below root: String) -> String {
    var root = root
    while root.count > 1, root.hasSuffix("/") { root.removeLast() }
    let inner = rule.path.hasPrefix(root + "/") ? String(rule.path.dropFirst(root.count + 1)) : rule.path
    return FilePath(inner).withoutEnding
  }
}
