import Experiments
import Foundation
import Parity
import Testing

struct ReadingMutationTests {
  @Test(.timeLimit(.minutes(1)), arguments: 1...300)
  func `a mutated experiment is read or refused, never a crash`(seed: UInt64) throws {
    let original = Array(try contents(of: DefaultExperiment.path))
    var generator = SeededGenerator(seed: seed, stream: "mutation")
    var text = original
    for _ in 0...generator.below(4) {
      mutate(&text, &generator)
    }
    do {
      let experiment = try readExperiment(String(text))
      #expect(!experiment.arms.isEmpty && !experiment.bits.isEmpty && !experiment.seeds.isEmpty)
    } catch {
      // One sentence that names the file, whatever was found.
      #expect(error.description.hasPrefix("e.json5: "))
      #expect(error.description.count > 20)
    }
  }

  private func mutate(_ text: inout [Character], _ generator: inout SeededGenerator) {
    let place = Int(generator.below(UInt64(text.count - 1)))
    let alphabet = Array("{}[]()\"',:.-+*/^\\ \n0123456789neE\u{0}\u{301}é…😀")
    let letter = alphabet[Int(generator.below(UInt64(alphabet.count)))]
    switch generator.below(5) {
    case 0: text.remove(at: place)
    case 1: text.insert(letter, at: place)
    case 2: text[place] = letter
    case 3: text.swapAt(place, place + 1)
    default: text.removeSubrange(place..<min(place + 40, text.count - 1))
    }
  }
}
