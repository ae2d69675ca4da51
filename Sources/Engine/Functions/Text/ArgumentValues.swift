/// The argument values of a row, read by kind; what is absent or of another kind is nil.
extension Array<Value> {
  func text(_ index: Int) -> String? {
    guard index < count else { return nil }
    switch self[index] {
    case .string(let text), .dynamic(.string(let text)): return text
    case .null, .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .dynamic: return nil
    }
  }

  func integer(_ index: Int) -> Int64? {
    guard index < count else { return nil }
    switch self[index] {
    case .long(let number), .dynamic(.long(let number)): return number
    case .real(let number), .dynamic(.real(let number)): return Int64(saturating: number)
    case .null, .bool, .string, .decimal, .datetime, .timespan, .guid, .dynamic: return nil
    }
  }

  func json(_ index: Int) -> JSONValue? {
    guard index < count, case .dynamic(let json) = self[index] else { return nil }
    return json
  }
}
