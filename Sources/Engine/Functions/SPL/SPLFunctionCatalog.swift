/// The functions and operators of SPL, family by family.
package enum SPLFunctionCatalog {
  package static let all: [ScalarFunction] = [
    SPLArithmeticFunctions.all,
    SPLComparisonFunctions.all,
    SPLSearchFunctions.all,
    SPLTimeFunctions.all,
  ].flatMap { (family: [ScalarFunction]) -> [ScalarFunction] in family }
}
