/// Compressed texts in Base64: `gzip_decompress_from_base64_string`, `zlib_compress_to_base64_string`, …
package enum CompressionFunctions {
  package static let all: [ScalarFunction] = [gzipCompress, gzipDecompress, zlibCompress, zlibDecompress]

  private static let storedNote =
    "The result is a valid stream, but not the bytes that the service gives: the text is stored, not packed."

  private static func decompressor(
    _ name: String, _ summary: String, _ decode: @escaping @Sendable ([UInt8]) -> String?,
    examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.string("base64")], returns: .fixed(.string)), summary,
      notes: ["What is damaged or no UTF-8 gives the empty text."],
      kernel: .scalar { values in
        Base64.decode(values.text(0) ?? "").flatMap(decode).map { .string($0) } ?? .null
      }, examples: examples)
  }

  private static func compressor(
    _ name: String, _ summary: String, _ encode: @escaping @Sendable (String) -> [UInt8],
    examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.string("text")], returns: .fixed(.string)), summary, differs: [storedNote],
      kernel: .scalar { .string(Base64.encode(encode($0.text(0) ?? ""))) }, examples: examples)
  }

  static let gzipCompress = compressor(
    "gzip_compress_to_base64_string", "Gives a text in gzip form, in Base64.", TextCompression.gzip,
    examples: [
      .kql(
        #"gzip_decompress_from_base64_string(gzip_compress_to_base64_string("añb"))"#, gives: #""añb""#),
      .kql(#"gzip_decompress_from_base64_string(gzip_compress_to_base64_string(""))"#, gives: #""""#),
    ])

  static let gzipDecompress = decompressor(
    "gzip_decompress_from_base64_string", "Gives the text of gzip data in Base64.", TextCompression.gunzip,
    examples: [
      .kql(
        #"gzip_decompress_from_base64_string("H4sIAAAAAAACA8tIzcnJV8hAkACAiPnlEQAAAA==")"#,
        gives: #""hello hello hello""#),
      .kql(#"gzip_decompress_from_base64_string("eJwLSS0uUSguKcrMSwcAFegEdw==")"#, gives: #""""#),
    ])

  static let zlibCompress = compressor(
    "zlib_compress_to_base64_string", "Gives a text in zlib form, in Base64.", TextCompression.deflateZlib,
    examples: [
      .kql(
        #"zlib_decompress_from_base64_string(zlib_compress_to_base64_string("añb"))"#, gives: #""añb""#),
      .kql(#"zlib_compress_to_base64_string("")"#, gives: #""eAEBAAD//wAAAAE=""#),
    ])

  static let zlibDecompress = decompressor(
    "zlib_decompress_from_base64_string", "Gives the text of zlib data in Base64.",
    TextCompression.inflateZlib,
    examples: [
      .kql(
        #"zlib_decompress_from_base64_string("eJzLSM3JyVfIQJAAOi4GfQ==")"#, gives: #""hello hello hello""#),
      .kql(#"zlib_decompress_from_base64_string("x0x0x0")"#, gives: #""""#),
    ])
}
