import Foundation
import Testing

@testable import Engine

/// bzip2, xz and LZ4, written here: against files of the references, and against the programs where they are.
@Suite struct CompressionTests {
  enum Format: String, CaseIterable {
    case bzip2, xz, lz4

    var ending: String { self == .bzip2 ? "bz2" : rawValue }

    var decoder: any FileDecoder.Type {
      switch self {
      case .bzip2: Bzip2Decoder.self
      case .xz: XZDecoder.self
      case .lz4: LZ4Decoder.self
      }
    }
  }

  private static let files: [(format: Format, lines: Int, base64: String)] = [
    (
      .bzip2, 0,
      "QlpoORdyRThQkAAAAAA="
    ),
    (
      .bzip2, 120,
      "QlpoOTFBWSZTWfe6HYgABx1fgAAQEAf/8BwBCgAqL5+aQAMdhtNVVYAYhMEqQAA0AAIZGUylTygNNNAAAMZNMgZN"
        + "DIMjTAjApUghHqnpoI0ANA81TcVeSuoq9hVlFNxViHEVP77/g94+v6iotRXjUMOhBCZm3dRYBptKqsJwQ4TKdlCL"
        + "gsW6NixZFCk2oCsUKtJ0RaqnCYtQ7K9vh4HPd42PHy5x15Z3w0eG6yCBlh8XEZqHtJRZzDsaeJjd1s8IeXZWnmFV"
        + "zLnMbKaZUwpXLUKqansTiHSAP2QA4rirZXhDSHSrjy148e5zbc9MauCsVa883aSTLtDQ9uXu5gTga1in3kAM+em+"
        + "uNvegmshvgCUdWYwxECkSWJKbwYLja0J2QVVSFv3xMpdrzseN5JtGuXBczNmehHMBhjD2sADE9w3bqcqbwGWbk3s"
        + "XzCS98TCk7PUvS22nu9OLGcKrpGMAUzJQhk5lV1uHqsoZlB14AlbrLrMElkM3bueSSdd+Owu2G9FY6ccK6qyskYW"
        + "7qb3FekhmOMtREQXzqbjoJio3LjcxLqxdCpBBYuRKdiShj7ezm4jWhxMq3sC+LaumjsAG63ihi3A6mZFVMXWLNqi"
        + "Tuc0Xm8jVexdcEgnZbk+AIIA4VYUXjV61eVXCr0JqD0iyL9g84fimtWkrlDvq74fBXUnKH8aYxYxjGMYxhjDGLGw"
        + "PjDgXsTtF40v8TqTok51bE6E7Q7FWoq2qzhpFrDeHZWdLzV2Luqyh/QbllVnDUnSHrFkTMtye5XhDpVrFkKtYW4q"
        + "yFX/F3JFOFCQ97odiA=="
    ),
    (
      .xz, 0,
      "/Td6WFoAAATm1rRGAAAAABzfRCEftvN9AQAAAAAEWVo="
    ),
    (
      .xz, 120,
      "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4A7kAmJdAD2IicI3KLrw+ZEFwKX9ujF+mG2ypRYKNU6Ndia1Yp0vjFkA"
        + "dMkOBumEMM4xlRqRm7u+og0ft8BT/Ftp3tilgGxN+ccsCKFsPMoBEDLgDCGbw6f2NQsEtzF1DkNlxQDh3qd5k5Ve"
        + "ywzvyj1nxoslBwyi5vVL1DNg8bc1A1EgadDuu53jwW3hpX/GyL/Pgi0UNBkot06yTZsGrQiONtqeGo3b0jeqdcwX"
        + "KRm1KaRynEV9hoFBLX5nO5d34u4AfvzUDud+ohBLO5RH6YuCIJjCcnFoLLcExLmdOLy/gTOJsdZG270uEqVcbxiZ"
        + "HH1jZfnuQA9bpOY3Jr2KfQsKEPj7YgPWuC+eOykh/wbDU3eLjUcC/adWAlMSBk6lRbJkhwJ/gySjIXwjtAdqYj36"
        + "vI9BFy5XhZlX8wBsVzZKdUfFbmLOH/EJ1FRz7dBarNuoerom/ThqCnxvmSHCUVntWBa6KOLhatT+ApbK3h724csB"
        + "mTvVrsU82iPUmnViJQ6gZ7Yta5sbPhFa1VPGV0awL/9jVSx+kb+51rDJLCxSA2yEa40zkx0drEL0Uo4cGXgFMpOD"
        + "cTUcz0XRywJA8g+XoanxNYoCkCGzcOvDBG/JAxtc22C2982/Qr+mvqbwdWlaO3gXIiJh7kAtKdKPU4Wd3TzIYHwW"
        + "iCOF866XktuihfuoIAqLacjd0iGd+Di+t7PxEhEAT216TXeNagUnyKDiBYjX0OxTUMMCd0ezI6HdOqTiC0fxCayt"
        + "B+Ji+KyTMcb3fcXU5B/IfQ+JU++zpber2cViIDEGwZoGigJW4jUoEmun/hF4iwAAAAAkkrVGSjpMKwAB/gTlHQAA"
        + "XYsS7LHEZ/sCAAAAAARZWg=="
    ),
    (
      .xz, 120,
      "/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj4A7kAqASAD2Izw/gBsqQPH1Vn5ayPb5c9T37REqmtIC7D3aEc7PW6fQC"
        + "/Rpqr4vRXJuc8G/9x/VbJjb7d+5kBN3M2mX8rmqvXyRO9Cb7typ1BqvXmtSyBgiMOGvo6DlY9ZbzeLvY0cnKJGbK"
        + "hREFMS8yL91MOo+Lb+JWKP4e5KBlL2AWdUjptEt8QZ9NdLrfgmp/KJzCAJpYPWqEF/3eWEVJHGDHwmWBaZgcgaIb"
        + "nWoKh+3HfhFrP3h2FH3Z1yQKYpw2lh8kU0avI1v8hqje5WmzTwC8S4Ti035vtKBfomMAfu5UGCbnncHZrhM8niTn"
        + "/90Xa1hFYhJ3BbA8XFdamt+VApiQ4M60gLHn9J3zps++Br02ZMrKW9R5sVP12do6agjWVUl/F5wd0xWJWvfqhxKn"
        + "rIWK376MtB/gpAwttoWcgLJ/ba9ryITd7MK1pVf792nb6j3QqNce2YI6HLgwC5IA/LXnQUX5Bu3JWZPnt1B55/Ct"
        + "gT0f2ZzQ2jMi3X8bwK/lueBGI8YNONNglxvQYL3uCbFI0Z0jlHEd+wzyC/osX5wGJQmE6+B5l6B3r7uU1Z2OJmTd"
        + "u2Op84rHdhr8FekGYDuoVDVQmvvCnFiXt7Dmqyv8ml8yj0+oRcNM1wBCpjY08yvBaYMSPTcO0eVbCOMaVBkSvip6"
        + "iyR0CIBFl0h+GzO5TIg79eKwX84vo0uc3o/wDTWkLn/hG1gm/TuFelPNZH9jstw6CCjiE1It+WKdltF9loaQXV5r"
        + "MNkG8vUn1bPTDea6fueTzypJKc5nRNjHVXR9UDpI3Y5G8oq7eJHqzs/v2t2S2SqHiYvJxh1YPwzgByiP3YDbS/Oz"
        + "o0OvHBH7qb88e56hePyWj0W0pZYX6eW+k9g3j+JuGJdaKSVJheyVGvg2AwD5mqz9AAG4BeUdAACcS3MIPjANiwIA"
        + "AAAAAVla"
    ),
    (
      .lz4, 0,
      "BCJNGGRApwAAAAAFXcwC"
    ),
    (
      .lz4, 120,
      "BCJNGGxA5Q4AAAAAAACjwQMAAPESeyJuIjo1NDk1ODMwLCJ3IjoiRGVsZXRlQnVja2V0In0KIQAfMRsABxIyGwCU"
        + "dXMtZWFzdC0xGABiODk1NjM4HQD0AmlhbS5hbWF6b25hd3MuY29tJQASNCAAxDE5OC41MS4xMDAuNxsAHzVYAAR/"
        + "NTA1MzkwMx4ABB83cQAMD5EADX8zMTM4ODY3XgAEHzEjAQkDJAGlQ3JlYXRlVXNlciIBYjQ5ODIyNh8A9RBhcm46"
        + "YXdzOmlhbTo6MTIzNDU2Nzg5MDEyOnVzZXIvTgAfMxoBBy8xNGoABWM4Mjg2MzaJAJVldmVudE5hbWU4ABc2GQBW"
        + "U291cmMbAB832QAHfzQ1MjE0NDgTAQUfOW4ABC8yMNwBCG85MDQ2NDCPAAYvMjI8AAcvMjNxAAVvNzYwMDM0qAAE"
        + "LzI1wwIIHzYcAAdvNjIwNjY4IQAIHzIaAQUvMjlsAgxvNjU2NDczzQEGLzMxMgIaLzMyiQEGXzYxMDU3ZwAGHzQT"
        + "Aw0fNSEADW8zMzQwNTWzAQcvMzccAAgfOOYAGn82MDEwODA4UAAHLzQwBwEELzQxbwIGfzcwMDA1NjUgAAYvNDOk"
        + "ABovNDRoAwdvMDUyOTA2owAFHzalAQUvNDczAARfNTg3MTCdAwYvNDlFBQYP8gIIbzk4MTk0OMQABi81MhsABx8z"
        + "GwAGbzMxNDU1OPAFCR81ZQEaHzVQBRt/MzEwNTMyNsoCDB81jQIbLzU5zwAHbzYwNTM4M2YBCA+PAgcfNlMHBW83"
        + "NTM1OTP7BgUfNkoEBh82/AQIbzMxNTYxODUDBS82N8QEDQ8oAgdfMjU4NzZpAgkfNxwACQ9OBwZvNzkzMDQ3tQQN"
        + "HzezAxsvNzTiAxtfNzQyOTmjBwgfN8oDBh83UgENfzEzMzg4MjEDAgUfOTQBBx841QMJXzA0MDkyrAkGD9MDBx84"
        + "SQEbfzU4NTk2MzRPAAcPJwYIHzgYBQVvMjU1NjkwiAAaHzgjBggfOEQBCG81Njc2MTkhAAgfOQsLCB85twgIfzUz"
        + "NjI0MTD9AQwfOYgCGx85JQsFfzM2ODEzODKrAAgPUQYFHznRAwd/MTM3MDgxM8ACDR8wJQsJHzD3BAhfNjgyMjfn"
        + "ARs/MTAzMAAcHzQdCwVvODI5NjY5twMFPzEwNhsABx83wwgbbzIxODc2MSUBCQ86Cg0fMUkCDiAxNxoID7ULBi8x"
        + "MhoABh8zugQGbzM4NTk5NwcBBh8x2wMIPzExNqMIBW82ODAyNTbxAA4fOCIADg81AQNQb20ifQoAAAAA1NbhCA=="
    ),
    (
      .lz4, 120,
      "BCJNGHxA5Q4AAAAAAADTwQMAAPESeyJuIjo1NDk1ODMwLCJ3IjoiRGVsZXRlQnVja2V0In0KIQAfMRsABxIyGwCU"
        + "dXMtZWFzdC0xGABiODk1NjM4HQD0AmlhbS5hbWF6b25hd3MuY29tJQASNCAAxDE5OC41MS4xMDAuNxsAHzVYAAR/"
        + "NTA1MzkwMx4ABB83cQAMD5EADX8zMTM4ODY3XgAEHzEjAQkDJAGlQ3JlYXRlVXNlciIBYjQ5ODIyNh8A9RBhcm46"
        + "YXdzOmlhbTo6MTIzNDU2Nzg5MDEyOnVzZXIvTgAfMxoBBy8xNGoABWM4Mjg2MzaJAJVldmVudE5hbWU4ABc2GQBW"
        + "U291cmMbAB832QAHfzQ1MjE0NDgTAQUfOW4ABC8yMNwBCG85MDQ2NDCPAAYvMjI8AAcvMjNxAAVvNzYwMDM0qAAE"
        + "LzI1wwIIHzYcAAdvNjIwNjY4IQAIHzIaAQUvMjlsAgxvNjU2NDczzQEGLzMxMgIaLzMyiQEGXzYxMDU3ZwAGHzQT"
        + "Aw0fNSEADW8zMzQwNTWzAQcvMzccAAgfOOYAGn82MDEwODA4UAAHLzQwBwEELzQxbwIGfzcwMDA1NjUgAAYvNDOk"
        + "ABovNDRoAwdvMDUyOTA2owAFHzalAQUvNDczAARfNTg3MTCdAwYvNDlFBQYP8gIIbzk4MTk0OMQABi81MhsABx8z"
        + "GwAGbzMxNDU1OPAFCR81ZQEaHzVQBRt/MzEwNTMyNsoCDB81jQIbLzU5zwAHbzYwNTM4M2YBCA+PAgcfNlMHBW83"
        + "NTM1OTP7BgUfNkoEBh82/AQIbzMxNTYxODUDBS82N8QEDQ8oAgdfMjU4NzZpAgkfNxwACQ9OBwZvNzkzMDQ3tQQN"
        + "HzezAxsvNzTiAxtfNzQyOTmjBwgfN8oDBh83UgENfzEzMzg4MjEDAgUfOTQBBx841QMJXzA0MDkyrAkGD9MDBx84"
        + "SQEbfzU4NTk2MzRPAAcPJwYIHzgYBQVvMjU1NjkwiAAaHzgjBggfOEQBCG81Njc2MTkhAAgfOQsLCB85twgIfzUz"
        + "NjI0MTD9AQwfOYgCGx85JQsFfzM2ODEzODKrAAgPUQYFHznRAwd/MTM3MDgxM8ACDR8wJQsJHzD3BAhfNjgyMjfn"
        + "ARs/MTAzMAAcHzQdCwVvODI5NjY5twMFPzEwNhsABx83wwgbbzIxODc2MSUBCQ86Cg0fMUkCDiAxNxoID7ULBi8x"
        + "MhoABh8zugQGbzM4NTk5NwcBBh8x2wMIPzExNqMIBW82ODAyNTbxAA4fOCIADg81AQNQb20ifQp9D6ZCAAAAANTW"
        + "4Qg="
    ),
  ]

  private static func file(_ index: Int) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: files[index].base64)))
  }

  @Test(arguments: files.indices)
  func `files of the references are decoded, also one behind the other`(index: Int) throws {
    let (format, lines, _) = Self.files[index]
    let file = try Self.file(index)
    let text = ZstdDecoderTests.text(lines: lines)
    for (bytes, expected) in [(file, text), (file + file, text + text)] {
      let (found, damage) = try decoded(bytes, by: format.decoder)
      #expect(damage == nil && found == expected, "\(String(describing: damage))")
    }
    let limited = try decoded(file, limit: 100, by: format.decoder)
    #expect(lines == 0 || limited.damage?.isLimit == true)
  }

  @Test(arguments: files.indices)
  func `a cut or changed file says so`(index: Int) throws {
    let (format, lines, _) = Self.files[index]
    let file = try Self.file(index)
    let text = ZstdDecoderTests.text(lines: lines)
    for end in stride(from: 1, to: file.count, by: max(1, file.count / 60)) {
      let (found, damage) = try decoded(Array(file.prefix(end)), by: format.decoder)
      #expect(damage != nil && text.starts(with: found), "\(end)")
      // Blocks of these are read from their beginning; those of bzip2 only as a whole.
      if format != .bzip2, lines > 0, end > file.count / 4 { #expect(found.count > 200, "\(end)") }
    }
    for place in stride(from: 0, to: file.count, by: max(1, file.count / 150)) {
      var changed = file
      changed[place] ^= 0x20
      let (found, damage) = try decoded(changed, limit: 1 << 20, by: format.decoder)
      #expect(damage != nil || found == text, "\(place)")
    }
  }

  @Test(arguments: 1...4)
  func `mutated files are read within their bounds`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(7300 + seed))
    for _ in 0..<200 {
      let index = Int.random(in: 0..<Self.files.count, using: &random)
      var bytes = try Self.file(index)
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 2: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
        default: bytes.remove(at: place)
        }
      }
      _ = try decoded(bytes, limit: 1 << 20, by: Self.files[index].format.decoder)
    }
  }

  @Test(arguments: Format.allCases, ["-1", "-6", "-9"])
  func `what the programs write is read`(format: Format, level: String) throws {
    let program = ["/usr/bin", "/bin"].map { "\($0)/\(format.rawValue)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let program else { return }
    var random = SeededGenerator(seed: 78)
    for letters in [1, 60, 250] {
      for length in [0, 1, 500, level == "-9" ? 130_000 : 20_000] {
        let noise = (0..<length).map { _ in UInt8(Int.random(in: 0..<letters, using: &random)) }
        let text = noise + ZstdDecoderTests.text(lines: length / 100) + noise.prefix(length / 2)
        let logs = try TemporaryLogs(["in": text])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        // One of them writes to a pipe unless a file is named.
        process.arguments =
          ["-q", "-k", level, logs.path("in")] + (format == .lz4 ? [logs.path("in.lz4")] : [])
        try process.run()
        process.waitUntilExit()
        let stored = try Data(contentsOf: URL(fileURLWithPath: logs.path("in.\(format.ending)")))
        let (found, damage) = try decoded(Array(stored), by: format.decoder)
        #expect(damage == nil && found == text, "\(letters) \(length) \(String(describing: damage))")
      }
    }
  }

  @Test func `files of logs are read`() throws {
    let bzip2 =
      "QlpoOTFBWSZTWQBSyScAACIfgBAGdBAgAQwQKiOfCiAAVFaAA0ADQNCmT1GZTQMTTVffkjiMIyhp0iJh3IKaISA7"
      + "hT0peo9wWxNa3gbJnQJYeV8XckU4UJAAUskn"
    let xz =
      "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4ABFADddAD2IiKejlK+N2ymjQwLB6K/Uu/ZvTjGxtEt7YGwzj+y3Mg3K"
      + "Ww1meTw/SpMgcPpfsOzwIBBUnaUAADCcwoypYiQyAAFTRhlfry4ftvN9AQAAAAAEWVo="
    let stored = [bzip2, xz].compactMap { Data(base64Encoded: $0).map { Array($0) } }
    try #require(stored.count == 2)
    let logs = try TemporaryLogs(["a.json.bz2": stored[0], "b.json.xz": stored[1]])
    let (table, report) = logs.load()
    #expect(table.texts("EventName") == ["A", "A"] && report.damaged.isEmpty)
    let cut = try TemporaryLogs([
      "a.json.bz2": Array(stored[0].dropLast(3)), "b.json.xz": Array(stored[1].dropLast(9)),
    ])
    let (kept, damage) = cut.load()
    #expect(kept.texts("EventName") == ["A", "A"] && damage.damaged.count == 2)
  }
}
