import Foundation
package import Parity

/// Seeded damage to a text: what a slip, an editor, a torn disk or a stranger could leave.
package struct Mutation {
  /// The seeds of as many mutated files, by the hundred; `DEPTHWIDTH_MUTATIONS` says how many.
  ///
  /// A test for each would take longer to keep the books of than to run.
  package static let seeds: [ClosedRange<UInt64>] = {
    let text = ProcessInfo.processInfo.environment["DEPTHWIDTH_MUTATIONS"] ?? ""
    let count = max(1, UInt64(text) ?? 300)
    return stride(from: 1, through: count, by: 100).map { $0...min($0 + 99, count) }
  }()

  /// The seconds of the processor that reading any file may take.
  package static let patience = 2.0

  private static let alphabet = Array(
    "{}[]()\"',:.-+*/^\\ \n\r0123456789neExX\u{0}\u{1B}\u{301}\u{FEFF}é…😀".unicodeScalars)

  package private(set) var generator: SeededGenerator

  /// The damage that belongs to a seed and a kind of file.
  package init(seed: UInt64, _ kind: String) {
    generator = SeededGenerator(seed: seed, stream: "mutation of \(kind)")
  }

  /// A whole number from 0 to below `count`.
  package mutating func below(_ count: Int) -> Int { Int(generator.below(UInt64(max(count, 1)))) }

  /// Damages some bytes.
  package mutating func bytes(_ text: inout [UInt8]) {
    guard text.count > 1 else { return text = Array("{".utf8) }
    let place = below(text.count - 1)
    let letter = Array(String(Self.alphabet[below(Self.alphabet.count)]).utf8)
    switch below(9) {
    case 0: text[place] ^= 1 << UInt8(below(8))
    case 1: text.remove(at: place)
    case 2: text.insert(contentsOf: letter, at: place)
    case 3: text.replaceSubrange(place...place, with: letter)
    case 4: text.swapAt(place, place + 1)
    case 5: text.removeSubrange(place..<min(place + 1 + below(40), text.count))
    case 6: text.removeLast(text.count - place)
    case 7: text.insert(contentsOf: (0...below(20)).map { _ in UInt8(below(256)) }, at: place)
    default: digit(&text, near: place)
    }
  }

  /// Changes the next digit, which leaves a number that could be one.
  private mutating func digit(_ text: inout [UInt8], near place: Int) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let found = text[place...].firstIndex(where: digits.contains) else { return }
    text[found] = digits.lowerBound + UInt8(below(10))
  }

  /// Damages the order of lines, or of the fields in one.
  package mutating func lines(_ text: inout [UInt8], separator: UInt8 = UInt8(ascii: ",")) {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    guard lines.count > 2 else { return bytes(&text) }
    let (one, other) = (below(lines.count - 1), below(lines.count - 1))
    var fields = lines[one].split(separator: separator, omittingEmptySubsequences: false)
    let (field, place) = (below(fields.count), below(fields.count))
    switch below(7) {
    case 0: lines.swapAt(one, other)
    case 1: lines.insert(lines[one], at: other)
    case 2: lines.remove(at: one)
    case 3: fields.swapAt(field, place)
    case 4: fields.remove(at: field)
    case 5: fields.insert(fields[field], at: place)
    default:
      // The field of another line: the kind is right, the value is not.
      let others = lines[other].split(separator: separator, omittingEmptySubsequences: false)
      if others.indices.contains(field) { fields[field] = others[field] }
    }
    if fields != lines[one].split(separator: separator, omittingEmptySubsequences: false) {
      lines[one] = Array(fields.joined(separator: [separator]))
    }
    text = Array(lines.joined(separator: [0x0A]))
  }

  /// Misspells a key of JSON5.
  package mutating func key(_ text: inout [UInt8]) {
    let string = String(decoding: text, as: UTF8.self)
    let keys = string.matches(of: /[A-Za-z0-9]+(?="?:)/)
    guard !keys.isEmpty else { return }
    let range = keys[below(keys.count)].range
    var key = Array(string[range])
    let place = below(key.count)
    let letter: Character = ["a", "e", "s", "_", "S", "1", "\u{212A}", "é"][below(8)]
    switch below(5) {
    case 0: key.insert(letter, at: place)
    case 1: key[place] = letter
    case 2: key.remove(at: place)
    case 3: key.swapAt(place, key.count - 1)
    default: key = Array(String(string[keys[below(keys.count)].range]))
    }
    text = Array(string.replacingCharacters(in: range, with: String(key)).utf8)
  }
}
