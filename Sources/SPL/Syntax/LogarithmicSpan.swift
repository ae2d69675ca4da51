/// `log2`, `1.5log10`: spans between powers of a base.
///
/// Example: `2log10` parts at …, 2, 20, 200, ….
struct LogarithmicSpan: Hashable, Sendable {
  let factor: Double
  let base: Double

  init?(_ text: String) {
    let parts = text.lowercased().split(separator: "log", omittingEmptySubsequences: false)
    guard parts.count == 2, let factor = parts[0].isEmpty ? 1 : Double(parts[0]),
      let base = parts[1].isEmpty ? 10 : Double(parts[1]), base > 1, factor >= 1, factor < base, base < 1e9
    else { return nil }
    self.factor = factor
    self.base = base
  }
}
