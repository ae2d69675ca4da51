/// The SHA-1 digest of bytes, as `hash_sha1` gives it. A fingerprint, not a protection.
///
///     SHA1.digest(Array("abc".utf8))  // a9993e364706816aba3e25717850c26c9cd0d89d
enum SHA1 {
  static func digest(_ message: [UInt8]) -> [UInt8] {
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
    MessageBlocks.forEach(of: message, .big) { block in
      var words = block
      for index in 16..<80 {
        words.append(
          MessageBlocks.rotatedLeft(
            words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1))
      }
      var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
      for step in 0..<80 {
        let mixed: UInt32
        let constant: UInt32
        switch step / 20 {
        case 0: (mixed, constant) = ((b & c) | (~b & d), 0x5A82_7999)
        case 1: (mixed, constant) = (b ^ c ^ d, 0x6ED9_EBA1)
        case 2: (mixed, constant) = ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC)
        default: (mixed, constant) = (b ^ c ^ d, 0xCA62_C1D6)
        }
        let sum = MessageBlocks.rotatedLeft(a, 5) &+ mixed &+ e &+ constant &+ words[step]
        (e, d, c, b, a) = (d, c, MessageBlocks.rotatedLeft(b, 30), a, sum)
      }
      state = [state[0] &+ a, state[1] &+ b, state[2] &+ c, state[3] &+ d, state[4] &+ e]
    }
    return MessageBlocks.bytes(of: state, .big)
  }
}
