import Foundation
import Testing

@testable import Engine

@Suite struct SeriesFitTests {
  @Test func `two lines break where the trend does`() throws {
    let numbers: [Double] = (0..<20).map { (place: Int) -> Double in
      place < 12 ? Double(2 * place + 1) : Double(100 - 3 * place)
    }
    let fit = try #require(SeriesFit.twoLines(through: numbers))
    #expect(fit.splitIndex == 12)
    #expect(abs(fit.left.slope - 2) < 1e-9 && abs(fit.right.slope + 3) < 1e-9)
    #expect(abs(fit.rSquare - 1) < 1e-9)
  }

  /// Against every break tried by hand.
  @Test(arguments: 1...20) func `no other break leaves less`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let numbers = (0..<30).map { _ in Double(Int.random(in: 0...100, using: &random)) }
    func rest(_ part: ArraySlice<Double>) -> Double {
      let line = SeriesStatistics.line(through: Array(part))
      var total = 0.0
      for (number, fitted) in zip(part, line.values) { total += (number - fitted) * (number - fitted) }
      return total
    }
    let rests: [Double] = (1..<30).map { (split: Int) -> Double in
      rest(numbers[..<split]) + rest(numbers[split...])
    }
    let least = rests.min() ?? 0
    let fit = try #require(SeriesFit.twoLines(through: numbers))
    let found = rest(numbers[..<fit.splitIndex]) + rest(numbers[fit.splitIndex...])
    #expect(abs(found - least) < 1e-6 * max(1, least))
  }

  @Test(arguments: 1...5) func `a polynomial is found again`(_ degree: Int) throws {
    let wanted: [Double] = [0.5, -2, 3, 1, -4, 7].suffix(degree + 1)
    let places: [Double] = (0..<40).map { Double($0) / 3 - 2 }
    let numbers: [Double] = places.map { (place: Double) -> Double in
      var value = 0.0
      for coefficient in wanted { value = value * place + coefficient }
      return value
    }
    let fit = try #require(SeriesFit.polynomial(numbers, at: places, degree: degree))
    for (found, coefficient) in zip(fit.coefficients, wanted) { #expect(abs(found - coefficient) < 1e-7) }
    #expect(abs(fit.rSquare - 1) < 1e-9)
  }

  @Test func `too few places determine no polynomial`() {
    #expect(SeriesFit.polynomial([1, 2, 3], at: [1, 1, 1], degree: 1) == nil)
    #expect(SeriesFit.polynomial([1, 2], at: [1, 2], degree: 2) == nil)
    #expect(SeriesFit.polynomial([1, 2, 3], at: [1, 2, 3], degree: 6) == nil)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 12, 16, 31, 100])
  func `a transform is the sum of its definition, and its inverse undoes it`(_ count: Int) {
    var random = SeededRandom(seed: UInt64(count))
    let input: [FourierTransform.Complex] = (0..<count).map { _ in
      FourierTransform.Complex(
        real: Double.random(in: -1...1, using: &random), imaginary: Double.random(in: -1...1, using: &random))
    }
    let output = FourierTransform.forward(input)
    for frequency in 0..<count {
      var real = 0.0
      var imaginary = 0.0
      for (index, value) in input.enumerated() {
        let angle: Double = -2 * .pi * Double(index * frequency) / Double(count)
        let turned = value * FourierTransform.Complex.unit(angle)
        real += turned.real
        imaginary += turned.imaginary
      }
      #expect(abs(output[frequency].real - real) < 1e-9)
      #expect(abs(output[frequency].imaginary - imaginary) < 1e-9)
    }
    for (first, second) in zip(FourierTransform.inverse(output), input) {
      #expect(abs(first.real - second.real) < 1e-9 && abs(first.imaginary - second.imaginary) < 1e-9)
    }
  }

  @Test func `what repeats is the median of its phase, whatever one round did`() throws {
    let cycle: [Double] = [5, 9, 2, 7]
    var numbers: [Double] = (0..<40).map { cycle[$0 % 4] }
    numbers[13] = 500
    let parts = SeriesDecomposition(numbers, seasonality: 4, trend: .none, testPoints: 0, threshold: 0)
    #expect(Array(parts.seasonal.prefix(4)) == [5, 9, 2, 7])
    #expect(parts.residual[13] == 491)
  }
}
