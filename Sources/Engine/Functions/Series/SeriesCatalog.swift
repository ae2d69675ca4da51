/// The families of functions of series, in one list.
package enum SeriesCatalog {
  package static let all: [ScalarFunction] = [
    SeriesFunctions.all, SeriesElementFunctions.all, SeriesModelFunctions.all,
    SeriesPairFunctions.all, SeriesAngleFunctions.all, SeriesFitFunctions.all,
    SeriesTransformFunctions.all,
  ].flatMap { (family: [ScalarFunction]) -> [ScalarFunction] in family }
}
