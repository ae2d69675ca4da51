#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension NumberText {
  /// A number by one of C's conversions, such as `%.6f` or `%.3e`, in the C locale.
  package static func formatted(_ format: String, _ number: Double) -> String {
    var bytes = [CChar](repeating: 0, count: 64)
    let count = Int(withVaList([number]) { vsnprintf(&bytes, bytes.count, format, $0) })
    if count >= bytes.count {
      bytes = [CChar](repeating: 0, count: count + 1)
      _ = withVaList([number]) { vsnprintf(&bytes, bytes.count, format, $0) }
    }
    return String(decoding: bytes.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
