/// Digests for what stands outside of queries, such as the fingerprints of alerts.
package enum Digest {
  /// SHA-256 in hexadecimal.
  package static func sha256(_ text: String) -> String {
    SHA256.digest(Array(text.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }.joined()
  }
}
