/// The families of functions of dynamic values and of choices among values, in one list.
package enum DynamicCatalog {
  package static let all: [ScalarFunction] = [
    ConditionFunctions.all, PropertyFunctions.all, ArrayFunctions.all, ArraySortFunctions.all,
    BagFunctions.all,
    SetFunctions.all, SequenceFunctions.all,
  ].flatMap { (family: [ScalarFunction]) -> [ScalarFunction] in family }
}
