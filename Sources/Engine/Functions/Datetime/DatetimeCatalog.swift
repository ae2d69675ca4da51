/// The families of functions about time, in one list.
package enum DatetimeCatalog {
  package static let all: [ScalarFunction] = [
    CurrentTimeFunctions.all, BinFunctions.all, PeriodFunctions.all, DatetimePartFunctions.all,
    DatetimeArithmeticFunctions.all, DatetimeConstructionFunctions.all, TimeFormatFunctions.all,
    TimeZoneFunctions.all, IntervalFunctions.all,
  ].flatMap { (family: [ScalarFunction]) -> [ScalarFunction] in family }
}
