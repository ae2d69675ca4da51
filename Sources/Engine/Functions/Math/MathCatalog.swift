/// The families of functions of numbers and bits, in one list.
package enum MathCatalog {
  package static let all: [ScalarFunction] = [
    RoundingFunctions.all, RealFunctions.all, BitFunctions.all, RandomFunctions.all,
    DistributionFunctions.all, UnitFunctions.all,
  ].flatMap { (family: [ScalarFunction]) -> [ScalarFunction] in family }
}
