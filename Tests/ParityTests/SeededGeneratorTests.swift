import Parity
import Testing

struct SeededGeneratorTests {
  /// The first outputs of the authors' own C program (xoshiro256starstar.c) from this state, as the
  /// Rust crate rand_xoshiro holds them too.
  @Test func `xoshiro256starstar gives its authors' numbers`() {
    var generator = SeededGenerator(state: (1, 2, 3, 4))
    let expected: [UInt64] = [
      11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
      607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
      10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
    ]
    #expect(expected.map { _ in generator.next() } == expected)
  }

  @Test func `SplitMix64 gives its authors' numbers`() {
    var mix = SplitMix64(state: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in mix.next() } == expected)
  }

  @Test(
    arguments: [
      ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8),
    ] as [(String, UInt64)])
  func `FNV-1a gives the hashes of its reference list`(text: String, hash: UInt64) {
    #expect(FNV1a.hash(text) == hash)
  }

  /// Every published result hangs on these numbers: they were computed by a second program, in
  /// Python from the three published algorithms, and must never change.
  @Test(
    arguments: [
      (
        7, "order",
        [
          0xC72A_E848_A609_15F1, 0xB953_7C31_3299_98EE, 0x86AE_891F_D84B_E0DA,
          0x9047_F823_1B0C_82EE,
        ]
      ),
      (
        0, "data",
        [
          0xF742_CC8E_2E36_3EFF, 0xB9AB_E772_CC5B_96E0, 0x1A9C_B43B_3AC1_AC39,
          0x906D_8BCA_F4FA_4F12,
        ]
      ),
      (
        UInt64.max, "initialization",
        [
          0xD348_196C_3081_F7F9, 0x5990_F463_9492_88EA, 0xEA2B_D76B_E7E9_3D98,
          0x9599_E587_92B9_DC89,
        ]
      ),
      (
        7, "größe",
        [
          0xBC76_E0C7_9341_2674, 0x2424_91BA_35ED_E247, 0x1135_3866_8235_11F0,
          0x54A0_5995_B0D2_8308,
        ]
      ),
    ] as [(UInt64, String, [UInt64])])
  func `a named stream begins with its golden numbers`(
    seed: UInt64, stream: String, expected: [UInt64]
  ) {
    var generator = SeededGenerator(seed: seed, stream: stream)
    #expect(expected.map { _ in generator.next() } == expected)
  }

  @Test func `streams of different seeds and names have nothing in common`() {
    var seen: Set<UInt64> = []
    for seed in UInt64(0)..<10 {
      for stream in ["data", "initialization", "order", "noise", ""] {
        var generator = SeededGenerator(seed: seed, stream: stream)
        for _ in 0..<20 {
          seen.insert(generator.next())
        }
      }
    }
    #expect(seen.count == 1000, "two equal words of 64 bits among 1000 are no chance")
  }

  @Test func `a copy goes on with the same numbers without touching the original`() {
    var original = SeededGenerator(seed: 1, stream: "data")
    var copy = original
    let fromCopy = (0..<5).map { _ in copy.next() }
    #expect((0..<5).map { _ in original.next() } == fromCopy)
  }

  @Test func `the state in which nothing moves is refused`() async {
    await #expect(processExitsWith: .failure) {
      _ = SeededGenerator(state: (0, 0, 0, 0))
    }
  }
}
