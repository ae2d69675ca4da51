extension LogicalPlan {
  /// The plan with its constants worked out, as a text has them: `-1`, not the negation of 1.
  package var foldingConstants: LogicalPlan {
    withInputs(\.foldingConstants).mappingExpressions { expression in
      expression.rewritten { node in
        guard case .call(let call) = node, call.type != .bool, call.function.stability == .immutable,
          call.arguments.allSatisfy({ $0.constantValue != nil }),
          let value = try? ConstantFolding.value(of: node, now: nil), !value.isNull
        else { return node }
        return .literal(value, call.type)
      }
    }
  }
}
