/// Writes numbers one after another, each exactly, in eight bytes from the lowest to the highest.
package struct CheckpointWriter {
  /// What was written.
  package private(set) var bytes: [UInt8] = []

  /// Nothing is written yet.
  package init() {}

  /// Appends 64 bits.
  package mutating func write(_ word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  /// Appends a whole number.
  package mutating func write(_ number: Int) { write(UInt64(bitPattern: Int64(number))) }

  /// Appends the bit pattern of a number.
  package mutating func write(_ number: Double) { write(number.bitPattern) }

  /// Appends how many numbers there are and the bit pattern of each.
  package mutating func write(_ numbers: [Double]) {
    write(numbers.count)
    for number in numbers { write(number) }
  }

  /// Appends how many whole numbers there are and each of them.
  package mutating func write(_ numbers: [Int]) {
    write(numbers.count)
    for number in numbers { write(number) }
  }

  /// Appends how many bytes there are and each of them.
  package mutating func write(_ more: [UInt8]) {
    write(more.count)
    bytes += more
  }
}

/// Reads back what a ``CheckpointWriter`` wrote; everything is nil from the first number on that is
/// not there.
///
/// No count is believed before as many bytes are there, so that damaged bytes cost no memory.
package struct CheckpointReader {
  private let bytes: [UInt8]
  private var position = 0

  /// Reads from the first byte on.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether every byte was read.
  package var isAtEnd: Bool { position == bytes.count }

  /// 64 bits.
  package mutating func word() -> UInt64? {
    guard bytes.count - position >= 8 else {
      position = bytes.count + 1
      return nil
    }
    var word: UInt64 = 0
    for index in 0..<8 { word |= UInt64(bytes[position + index]) << UInt64(8 * index) }
    position += 8
    return word
  }

  /// A whole number.
  package mutating func whole() -> Int? { word().map { Int(truncatingIfNeeded: $0) } }

  /// A whole number that is not negative.
  package mutating func count() -> Int? { whole().flatMap { $0 >= 0 ? $0 : nil } }

  /// A number.
  package mutating func number() -> Double? { word().map { Double(bitPattern: $0) } }

  /// As many numbers as were written.
  package mutating func numbers() -> [Double]? {
    guard let count = count(ofSize: 8) else { return nil }
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count {
      guard let number = number() else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// As many whole numbers as were written.
  package mutating func wholes() -> [Int]? {
    guard let count = count(ofSize: 8) else { return nil }
    var numbers: [Int] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count {
      guard let number = whole() else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// As many bytes as were written.
  package mutating func block() -> [UInt8]? {
    guard let count = count(ofSize: 1) else { return nil }
    position += count
    return Array(bytes[(position - count)..<position])
  }

  /// A number of elements for which there are bytes.
  private mutating func count(ofSize size: Int) -> Int? {
    guard let count = count(), count <= (bytes.count - position) / size else {
      position = bytes.count + 1
      return nil
    }
    return count
  }
}
