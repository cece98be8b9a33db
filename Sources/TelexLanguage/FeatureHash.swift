/// Hashes of words and features: 64 bits, the same on every machine and in every run.

/// Hash of some bytes (FNV-1a, with a final mix so that all bits are good).
@inline(__always)
package func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
  var value: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  return mixed(value)
}

/// Spreads the bits of a value over all 64 (the finaliser of MurmurHash3).
@inline(__always)
package func mixed(_ value: UInt64) -> UInt64 {
  var value = value
  value = (value ^ (value &>> 33)) &* 0xFF51_AFD7_ED55_8CCD
  value = (value ^ (value &>> 33)) &* 0xC4CE_B9FE_1A85_EC53
  return value ^ (value &>> 33)
}

/// The key of a feature: its template and one to three values.
@inline(__always)
package func feature(_ template: UInt64, _ a: UInt64) -> UInt64 {
  mixed((a &+ template) &* 0x9E37_79B9_7F4A_7C15 ^ template)
}

@inline(__always)
package func feature(_ template: UInt64, _ a: UInt64, _ b: UInt64) -> UInt64 {
  mixed(((a &+ template) &* 0x9E37_79B9_7F4A_7C15 ^ b) &* 0xD6E8_FEB8_6659_FD93 ^ template)
}

@inline(__always)
package func feature(_ template: UInt64, _ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64 {
  feature(template, feature(template, a, b), c)
}
