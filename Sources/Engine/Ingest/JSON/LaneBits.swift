#if hasFeature(BuiltinModule)
  import Builtin
#endif

extension SIMDMask<SIMD16<Int8>> {
  /// Bit n is set where lane n is true.
  ///
  /// Processors do this in one instruction, but the standard library has no name for it: the compiler's own module
  /// is asked where it may be, and two multiplications gather the bits elsewhere.
  ///
  /// ```
  ///   [34, 97, 34, 0, …] .== SIMD16<UInt8>(repeating: 34)     bits = 0b101
  /// ```
  @inline(__always)
  var bits: UInt16 {
    #if hasFeature(BuiltinModule)
      let lanes = unsafeBitCast(self, to: SIMD16<Int8>.self)._storage._value
      return UInt16(Builtin.bitcast_Vec16xInt1_Int16(Builtin.trunc_Vec16xInt8_Vec16xInt1(lanes)))
    #else
      let words = unsafeBitCast(self, to: SIMD2<UInt64>.self)
      let low = ((words[0] & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) &>> 56
      let high = ((words[1] & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) &>> 56
      return UInt16(truncatingIfNeeded: low | high &<< 8)
    #endif
  }
}
