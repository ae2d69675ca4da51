import Foundation
import Testing

@testable import Engine

/// Zstandard, written here: against frames of the reference, and against the `zstd` program where there is one.
@Suite struct ZstdDecoderTests {
  /// Lines with some chance in them.
  static func text(lines: Int) -> [UInt8] {
    let words = [
      "eventName", "eventSource", "iam.amazonaws.com", "CreateUser", "DeleteBucket", "us-east-1",
      "arn:aws:iam::123456789012:user/", "198.51.100.7",
    ]
    var state = 12345
    var text = ""
    for index in 0..<lines {
      state = (state * 1_103_515_245 + 12345) & 0x7FFF_FFFF
      text +=
        "{\"n\":\(index % 3 == 0 ? state >> 8 : index),\"w\":\"\(words[(state >> 16) % words.count])\"}\n"
    }
    return Array(text.utf8)
  }

  /// Made by zstd 1.5 at the levels 1, 1, 3 without a checksum, 19 and 22, of so many lines.
  private static let frames: [(lines: Int, base64: String)] = [
    (
      0,
      "KLUv/SQAAQAAmenYUQ=="
    ),
    (
      1,
      "KLUv/QRICQEAeyJuIjo1NDk1ODMwLCJ3IjoiRGVsZXRlQnVja2V0In0KBBGT4A=="
    ),
    (
      120,
      "KLUv/QBYZRYAttxIH2BL0wZoY/yv+q+zQjwAAndgYzfZvblys/AEaRAEJwJOAEMANgBXi9MkHIZyFgVOVDWbptHa"
        + "6U+EyIiP6PoWRQJpHBRG8aAsCrIoCmr4VQswGuUINI1ycjAHBEDEwTgLiQbBYRyGY3Akh8MRQKbfe3IwB0R2eTKW"
        + "2fLwWKWIVPg6I8Isq6rDo6VavXP9MrFoKBDwLMoBgzkNx2iopWfzwOI0jaRMq4k/KyfJoigkjYOSMAsFq3QDmLt1"
        + "eZZ5ZJtOTH0hqfE2tL090dROuNfbyYa//mezr3WPnPo8RNo6+c7ueCLKU1Iyoab9dGb2W6R4tnevlrad+vSSU12Y"
        + "ZC/ilvpcpUgmK6V506xoe3uF9t1dY+JXlRb/Ou71pUtHuOlSNXMGgL2ogbUkYmRBCqWNA4DCoSGrDhJIkDEoQSAI"
        + "QQgyiEIhAYKSQZRkMqYDWOXqTFCqFnp2/SD9x5i9h4YlybnWHW+nAaNuQOLE8aK8s6XP2lEnUPegFiX0uLPdKFJ7"
        + "8lmbxhmYC8FgXECiPnQpQmtMhVOS4s/ybSKjMnA2r1CWXdyxnFRshpQsXSTssPSkAMhKjYeJewEXuuiwpU3iIKeU"
        + "tPjaTnXMxxAlfxWXgLTWtH6bXOB80j3001f1wGjTV0mapkWaP80vLnw75DrSZzwb2BD6/K45NsxmJVDNxE+9gWmi"
        + "V/1tZXXpkiKV9mgprDASPnfHrn+z4yl/orXhfJpZOfDYgUYMazH10hmkzCEJ9MHg+D0e6AHZxL6X0OKYaTayZfQ0"
        + "4B1rvCjiqFm+BeTxNl6h6BMxW78gbwlMJSyLOjbjfzGtgVZHeGlqbzD11jF/8sAnn8WUrZ24gpdYyPrsV4RaAhzi"
        + "6bc9MPHNFoul/yJHyNEWAwHWXc/9386pY4vfSzupqWl30nOTGx0uUTKDKXr8Q3Mbmp84wvDo6Py7j6yx4nIvhyo="
    ),
    (
      120,
      "KLUv/QRoxRIA9p9NHWBtig0ocbovtMYKX8izMY4TSOTOFLnZTalgOAmIWgBEADsADGUheUAoScOhnAjTyLE8EhaI"
        + "sjgK2t4Rq4VXk+WxbzHTRb3ArDEcFBYPCKXhEKEwlAVDWcC6EysAeSiLwCNCBZhQQBYGhQjBAlkaFgNFooBQBEyh"
        + "05woGgqJc7UxHJzO8coeq3LZeXqqVp3dTyL8h34yWc38iojGbpMeSjQr2U7BEXFAeBeGcgBpLA9LX0dCa3XAsTwi"
        + "CXUS77aiJkk2H8wSYlXvV5lkZ3ZnZ1N5vRv/0PQ79m75r0qXj15Ynqd9Kk/rtg1taxUZLYs5Tpse+uyfJE/NynzP"
        + "BC3eNHh7216msa6oxR762uwPS79P80/C2nR6RPhPp1Wcq+YRVvHlzKnRy9TM/m5EnLxNR1s9jUaknH+oIUjTCOa0"
        + "IIXSxgEgRKiYMrsBEkhwCDgECELwF3Ecr4lQk4l7OCOiRs8K3ey9ElFZh6RJRITA5OAZF6LsPaTm3Ouu5X6xKO+r"
        + "I9cnQtG+sU8d9KbS1U9NetFkAEr47N1FykfxypEL5EQ8jpzUNxNk/TKXwnvd/BkQ68EJYQMwlSjbrriZQd2e75ev"
        + "KKs5xylawK2JYKGVGxFJBGnS0p4hwZv5K1WiyeBlBPCC+rkekYsFbWoFqPpN9Q2dJwRDRY6DAnAaNf31SbZ6QNSp"
        + "nqvqGNPW4A1a+U1zxxByfkd5b+VD9319yVw0iost+Ll/NO9NTrmA3chbpSNifF0SsKhJeloT7nD9yKLN4WJbcN3B"
        + "aBbR40HmsyXEeu0tBICrWD+JHA=="
    ),
    (
      400,
      "KLUv/QSIHTIA+mDsCxlw2XSQQyFF6bLHC8l4kJQyJZlSJpb8dwMO6gCmAKUAxAqJU81I1G6mVZQRmZGRaM1m/CHz"
        + "c9q9+vK2XA+/Uh0v+6xjvW0hW9bSJDWqcElsyCN/FB0TqfiOiJmEUFAsTlM7pHVlHDu7duR+kfQHf5rSiE9Jhlyi"
        + "HCwSGS0zBxUwUFjwPUhooODChIcMD3tPJFlXoMKDBQwGuCiaW8oZMCChwQMDFjQ0MDChQoOTVMIKDxYYPFxo8FAB"
        + "wbY5UddpVB32EIgYgZkA1UQCBQcELGhoMIHChgYSGhCQ0OAB9S7agAsWGjwMsICBA9AhwIUHCA4wHHi48BDhIUEA"
        + "AwE0BBAQJZfYQIAJATgEM7WoLVYT2pDwQqppQnYjShKtY1k1NBtKyXxmk+58xlnERvSseOI+833kEPLfF6Ouvn+y"
        + "dSU0pC22Jx6HqPTmjUQRLSMZX5JGJgva/CuUTqkyWceYmUxL7T3S7jTSSBedS/zhuCK6XXNCCjEFOY45a412M+jy"
        + "bZsqU6fcaEOeWMU+NH4eq79Ik1hsSPoXi3UU09WQOnpdFRO+5qr2uYmibvNk6ctkCuWiEK2xFitaaTiqiIyFyyGe"
        + "uAh6pBK5WGUUxGIEyXCmtrvsoQwpRRxuyH3+10nSmZCfPsmamZ78vmDFaY4QZTrmTYnSY/oTndXmG99phEXkXsSM"
        + "sJDCCVkbtVUqOyR6Xrpceb6WZX0fHWVRTDqeFBZtFbIk0TrCkUF2Guc4I00cm8cxPFGPG6eXClKQjX3uoIhsHAxW"
        + "GrVHsCo6bmqvdTGltEblJsRXNtVqSRZVV6X6GI/GWtV3h6VWa1pN4kpfKqmUEga1phNrZTOfcjw9p53O7FXZxFQk"
        + "pOTzzl1F+5X7d83/E1FEi8b36bsuIyKkprtFbXdLKiW69FKzxom0UtKMhZOGlII9qdOGh4KutK8Fje1aekXHRSwl"
        + "6CKsGZsVlSUbVAkHW2ttE9q+0jaldpWpcruuQSG/My+K1VGJzqfKRxddOPYqUrEyCXmBl6ghKM4TSRykUNo4UQgh"
        + "AknNOR0SSDAIMBAChGCFYCSMM7agcbEfc1HaP9mTxhO5i1XhkrLhFY4bOcaJnhFIi5ieNBIqt8cpOemUhIZH1f9k"
        + "TgOfWWD4uk9BO2JMJg4omDLEqMCbG14sVVjsKiDb2N6GvwLv27QPuJHUlMTz1Lu60fa8Bi/tnZNpFXIWxacYGyVQ"
        + "silEnsD7sOh+8v9FqefDYmwhRzzeS4mjEYJGckMU4Pl9tznKsRHBnn9nzjJ2DxdQWoyDQtGcl7oDiWlS0ZMPB+f+"
        + "AD5DNClGBl6e1Wk/AOfgMvjezjbRG2nII0n0lk49Rt+x7MfmwLoVyBHS0kKjjIUQ/Nc42pP5WMYPoBq40tqDnyzF"
        + "OTNc/R+J1pSw7or4xYgMTXUi0YCgL3NR9Anjbj3+QUVtf20JUzaOO0hcLLLCn4e/xUGAJQzKTBUp7kr7JmcWtPeP"
        + "MvJaADXEypTDXfyHcEkBEEzWikMM0uIlRfEcepxH0TVEA/gc8rCNHEyPfCQafpmiopVlYqmAmxCCMfLNpIQENfxt"
        + "tb6qkpqczvA6l/fOAa3EJ1QZIkY4eVTxV9fE1y/4zf7wNMgxTFoOHFoqPt8IuaNWWCzdSgCQCsmDljU8S04K7kWc"
        + "JGleamD5Y/w2Dku1cudTqyAXu8+7tqkl9fM27OlayevwKUoEM7Ksm9FhJ8Dx9QM3B+FjygM0QNnBKHhON6AcAqHg"
        + "K3vUBRDqQN9FI9B5CyScBTY5qUuZ2WCvhgaIzqheX1yyD2CGxfJHmkJreicgiq1rbSkRkyX47ISSTA8T3V33Zr+6"
        + "qIDVaRFxikhlHFBXvil0TakFX9Q9AGX85p8mKX70s2Z3IUpkw1FLumcqWx/Exe2UdfNGj14luPkYwKPyatszNhug"
        + "Ov45NrkrqGro43Qt7kGsB8NcQpdlaSHp2pD0m3lVLok28Q7f0Ns4iXoguZaBBrQpqA+YVBqJJxNDXc6OgsWkZtrt"
        + "t9tyEe5UxaBmMvaxxi+0Sm/MOggj7t6X21de0LH/RVIULcbJFikXfGWXj3w5Dpk7UxvqCFN8zUi8SWrJ8w8mRUMm"
        + "UaygIwyLtlIEP8ORSYiUH+ikb+e25z1eIYC3Clu43jU="
    ),
  ]

  private static func frame(_ index: Int) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: frames[index].base64)))
  }

  @Test(arguments: frames.indices)
  func `frames of the reference are decoded`(index: Int) throws {
    let frame = try Self.frame(index)
    let (bytes, damage) = try decoded(frame, by: ZstdDecoder.self)
    #expect(damage == nil)
    #expect(bytes == Self.text(lines: Self.frames[index].lines))
    // Frames behind each other, and one to be passed over.
    let skipped: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let joined = try decoded(skipped + frame + skipped + frame, by: ZstdDecoder.self)
    #expect(joined.damage == nil && joined.bytes == bytes + bytes)
  }

  @Test(arguments: frames.indices)
  func `a cut frame says so and keeps whole blocks`(index: Int) throws {
    let frame = try Self.frame(index)
    let whole = Self.text(lines: Self.frames[index].lines)
    for end in stride(from: 1, to: frame.count, by: max(1, frame.count / 40)) {
      let (bytes, damage) = try decoded(Array(frame.prefix(end)), by: ZstdDecoder.self)
      #expect(damage != nil, "\(end)")
      #expect(whole.starts(with: bytes), "\(end)")
    }
  }

  @Test func `a changed byte is found, and limits are kept`() throws {
    let frame = try Self.frame(3)
    let whole = Self.text(lines: Self.frames[3].lines)
    for place in stride(from: 5, to: frame.count, by: 3) {
      var changed = frame
      changed[place] ^= 0x10
      let (bytes, damage) = try decoded(changed, by: ZstdDecoder.self)
      #expect(damage != nil || bytes == whole, "\(place)")
    }
    let limited = try decoded(frame, limit: 1000, by: ZstdDecoder.self)
    #expect(limited.damage?.isLimit == true && limited.bytes.count <= 1000)
    var withDictionary = frame
    withDictionary[4] |= 1
    #expect(try decoded(withDictionary, by: ZstdDecoder.self).damage != nil)
  }

  @Test(arguments: 1...6)
  func `mutated frames are read within their bounds`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(6100 + seed))
    for _ in 0..<300 {
      var bytes = try Self.frame(Int.random(in: 1..<Self.frames.count, using: &random))
      for _ in 0..<Int.random(in: 1...5, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 2: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
        default: bytes.remove(at: place)
        }
      }
      _ = try decoded(bytes, limit: 1 << 20, by: ZstdDecoder.self)
    }
  }

  @Test(arguments: ["-1", "-3", "-12", "-19", "--fast=5"])
  func `what the program writes is read`(level: String) throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/zstd") else { return }
    var random = SeededGenerator(seed: 77)
    for letters in [1, 7, 60, 250] {
      for length in [0, 1, 500, level == "-19" ? 150_000 : 30_000] {
        let noise = (0..<length).map { _ in UInt8(Int.random(in: 0..<letters, using: &random)) }
        let text = noise + Self.text(lines: length / 100) + noise.prefix(length / 2)
        let logs = try TemporaryLogs(["in": text])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/zstd")
        process.arguments = ["-q", level, logs.path("in"), "-o", logs.path("out")]
        try process.run()
        process.waitUntilExit()
        let stored = Array(try Data(contentsOf: URL(fileURLWithPath: logs.path("out"))))
        let (bytes, damage) = try decoded(stored, by: ZstdDecoder.self)
        #expect(damage == nil && bytes == text, "\(level) \(letters) \(length)")
      }
    }
  }

  @Test func `a file of logs is read`() throws {
    let block = Array(TemporaryLogs.event("A").utf8)
    // One raw block, whose size stands in a byte.
    let header = block.count << 3 | 1
    let frame =
      ZstdDecoder.magic + [0x20, UInt8(block.count)]
      + [UInt8(truncatingIfNeeded: header), UInt8(truncatingIfNeeded: header >> 8), 0] + block
    let logs = try TemporaryLogs(["a.json.zst": frame, "no.zst": block])
    let (table, report) = logs.load()
    #expect(table.texts("EventName") == ["A", "A"] && report.damaged.isEmpty)
    let cut = try TemporaryLogs(["a.json.zst": Array(frame.dropLast(3))]).load().report
    #expect(cut.damaged.map(\.reason) == ["Zstandard data is cut off"] && cut.rejected == 1)
  }
}
