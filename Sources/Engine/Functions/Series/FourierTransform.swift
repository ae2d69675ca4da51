#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The discrete Fourier transform of any length.
///
/// A power of two is halved again and again; another length becomes a convolution of such a length (Bluestein).
enum FourierTransform {
  struct Complex {
    var real: Double
    var imaginary: Double

    static func * (left: Complex, right: Complex) -> Complex {
      Complex(
        real: left.real * right.real - left.imaginary * right.imaginary,
        imaginary: left.real * right.imaginary + left.imaginary * right.real)
    }

    /// The point of the unit circle at an angle.
    static func unit(_ angle: Double) -> Complex { Complex(real: cos(angle), imaginary: sin(angle)) }

    var conjugate: Complex { Complex(real: real, imaginary: -imaginary) }
  }

  static func forward(_ input: [Complex]) -> [Complex] {
    if input.count < 2 { return input }
    return input.count & (input.count - 1) == 0 ? powerOfTwo(input) : bluestein(input)
  }

  static func inverse(_ input: [Complex]) -> [Complex] {
    let scale = 1 / Double(max(1, input.count))
    return forward(input.map(\.conjugate)).map { value in
      Complex(real: value.real * scale, imaginary: -value.imaginary * scale)
    }
  }

  private static func powerOfTwo(_ input: [Complex]) -> [Complex] {
    var values = input
    let count = values.count
    var target = 0
    for source in 1..<count {
      var bit = count >> 1
      while target & bit != 0 {
        target ^= bit
        bit >>= 1
      }
      target |= bit
      if source < target { values.swapAt(source, target) }
    }
    var span = 2
    while span <= count {
      let turns = (0..<span / 2).map { Complex.unit(-2 * .pi * Double($0) / Double(span)) }
      for start in stride(from: 0, to: count, by: span) {
        for offset in 0..<span / 2 {
          let low = values[start + offset]
          let high = values[start + offset + span / 2] * turns[offset]
          values[start + offset] = Complex(
            real: low.real + high.real, imaginary: low.imaginary + high.imaginary)
          values[start + offset + span / 2] = Complex(
            real: low.real - high.real, imaginary: low.imaginary - high.imaginary)
        }
      }
      span *= 2
    }
    return values
  }

  private static func bluestein(_ input: [Complex]) -> [Complex] {
    let count = input.count
    var length = 1
    while length < 2 * count { length *= 2 }
    // The square is taken modulo 2n, so that the angle stays exact for long series.
    let chirp = (0..<count).map { Complex.unit(-.pi * Double($0 * $0 % (2 * count)) / Double(count)) }
    let zero = Complex(real: 0, imaginary: 0)
    var first = [Complex](repeating: zero, count: length)
    var second = first
    for index in 0..<count {
      first[index] = input[index] * chirp[index]
      second[index] = chirp[index].conjugate
      if index > 0 { second[length - index] = chirp[index].conjugate }
    }
    let product = zip(powerOfTwo(first), powerOfTwo(second)).map { $0 * $1 }
    return zip(inverse(product), chirp).map { $0 * $1 }
  }
}
