/// The functions and operators of SPL, family by family.
package enum SPLFunctionCatalog {
  /// A new family is one more here.
  static let families: [FunctionFamily] = [
    FunctionFamily(
      "Operators", [SPLArithmeticFunctions.all, SPLComparisonFunctions.all, SPLSearchFunctions.all]),
    FunctionFamily("JSON", [SPLJSONFunctions.all]),
    FunctionFamily("Mathematics", [SPLMathFunctions.all, SPLExtremeFunctions.all]),
    FunctionFamily("Multivalues", [SPLMultivalueFunctions.all]),
    FunctionFamily("Text", [SPLTextFunctions.all, SPLPatternFunctions.all, SPLFormatFunctions.all]),
    FunctionFamily("Time", [SPLTimeFunctions.all]),
    FunctionFamily("Types", [SPLTypeFunctions.all]),
  ]
}
