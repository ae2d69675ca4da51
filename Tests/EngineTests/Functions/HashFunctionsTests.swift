import Testing

@testable import Engine

@Suite struct HashFunctionsTests {
  private static let alphabet =
    "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"

  @Test func `digests of known messages`() {
    let message = Array(Self.alphabet.utf8)
    #expect(
      MessageBlocks.hex(SHA256.digest(message))
        == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1")
    #expect(MessageBlocks.hex(SHA1.digest(message)) == "a49b2446a02c645bf419f995b67091253a04a259")
    #expect(MessageBlocks.hex(MD5.digest(message)) == "03dd8807a93175fb062dfb55dc7d359c")
    #expect(MessageBlocks.hex(SHA1.digest(Array("abc".utf8))) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000)
    #expect(MessageBlocks.hex(MD5.digest(million)) == "0d0c9c4db6953fee9e03f528cafd7d3e")
  }

  @Test func `xxHash64 of known messages`() {
    #expect(XXHash64.hash([]) == 0xEF46_DB37_51D8_E999)
    #expect(XXHash64.hash(Array("abc".utf8)) == 0x44BC_2CF5_AD77_0999)
    #expect(XXHash64.hash(Array("Nobody inspects the spammish repetition".utf8)) == 0xFBCE_A83C_8A37_8BF1)
  }

  @Test func `digests are of a value's text, numbers of its bytes`() throws {
    let start: Int64 = 637_134_336_000_000_000
    #expect(
      try FunctionCheck.call("hash_md5", [.datetime(start)]) == .string("786c530672d1f8db31fee25ea8a9390b"))
    #expect(
      try FunctionCheck.call("hash_sha1", [.datetime(start)])
        == .string("e903e533f4d636b4fc0dcf3cf81e7b7f330de776"))
    #expect(
      try FunctionCheck.call("hash", [.datetime(635_556_672_000_000_000)]) == .long(1_380_966_698_541_616_202)
    )
    #expect(try FunctionCheck.call("hash", [.string("World"), .long(100)]) == .long(51))
    #expect(try FunctionCheck.call("hash", [.string("World"), .long(0)]) == .null)
  }

  @Test func `Base64 there and back`() {
    for text in ["", "f", "fo", "foo", "foob", "fooba", "foobar"] {
      #expect(Base64.decode(Base64.encode(Array(text.utf8))) == Array(text.utf8))
    }
    #expect(Base64.encode(Array("fooba".utf8)) == "Zm9vYmE=")
    for bad in ["*", "A", "AB=C", "=", "AB===", "ABC=="] { #expect(Base64.decode(bad) == nil, "\(bad)") }
  }

  @Test func `URLs there and back`() throws {
    let text = "a b+c/é%?"
    for name in ["url_encode", "url_encode_component"] {
      let encoded = try FunctionCheck.call(name, [.string(text)])
      #expect(try FunctionCheck.call("url_decode", [encoded]) == .string(text))
    }
    #expect(try FunctionCheck.call("url_decode", [.string("%zz%4")]) == .string("%zz%4"))
  }

  @Test(arguments: [
    ("https://user:p:w@host.com:8080/a/b?x=1#f", "https", "host.com", "8080", "/a/b"),
    ("http://[::1]:80/x", "http", "[::1]", "80", "/x"), ("mailto:a@b.c", "mailto", "", "", "a@b.c"),
    ("/only/path", "", "", "", "/only/path"), ("", "", "", "", ""), ("https://host", "https", "host", "", ""),
  ])
  func `URLs are taken apart`(text: String, scheme: String, host: String, port: String, path: String) {
    let url = ParsedURL(text)
    #expect(url.scheme == scheme)
    #expect(url.host == host)
    #expect(url.port == port)
    #expect(url.path == path)
  }

  @Test func `compressed texts there and back`() {
    for text in ["", "a", "añb", String(repeating: "x", count: 200_000)] {
      #expect(TextCompression.gunzip(TextCompression.gzip(text)) == text)
      #expect(TextCompression.inflateZlib(TextCompression.deflateZlib(text)) == text)
    }
    var damaged = TextCompression.deflateZlib("abc")
    damaged[damaged.count - 1] ^= 1
    #expect(TextCompression.inflateZlib(damaged) == nil)
    #expect(TextCompression.gunzip([0x1F, 0x8B, 8]) == nil)
    #expect(TextCompression.gunzip([]) == nil)
  }
}
