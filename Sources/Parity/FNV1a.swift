/// The 64-bit FNV-1a hash of bytes: small, stable and the same on every machine.
package enum FNV1a {
  /// The hash of a text's UTF-8 bytes.
  package static func hash(_ text: String) -> UInt64 { hash(Array(text.utf8)) }

  /// The hash of `bytes`: an array, since a generic sequence would be asked for its bytes one by one.
  package static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The hash as 16 hexadecimal digits.
  package static func digits(of bytes: [UInt8]) -> String {
    let digits = String(hash(bytes), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
