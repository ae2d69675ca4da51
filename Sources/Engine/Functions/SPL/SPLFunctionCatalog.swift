/// The functions and operators of SPL, family by family.
package enum SPLFunctionCatalog {
  package static let all: [ScalarFunction] = [
    SPLArithmeticFunctions.all,
    SPLBitFunctions.all,
    SPLComparisonFunctions.all,
    SPLConversionFunctions.all,
    SPLExtremeFunctions.all,
    SPLFormatFunctions.all,
    SPLJSONFunctions.all,
    SPLMathFunctions.all,
    SPLMultivalueFunctions.all,
    SPLPatternFunctions.all,
    SPLSearchFunctions.all,
    SPLTextFunctions.all,
    SPLTimeFunctions.all,
    SPLTypeFunctions.all,
  ].flatMap { (family: [ScalarFunction]) -> [ScalarFunction] in family }
}
