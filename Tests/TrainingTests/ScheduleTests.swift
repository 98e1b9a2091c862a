import Foundation
import Networks
import Testing
import Training

struct ScheduleTests {
  /// The factor of each step, from what descent at rate 1 does to a gradient of −1.
  private func factors(
    _ schedule: Schedule, stepsPerEpoch: Int = 1, epochs: Int, steps: Int
  ) -> [Double] {
    var options = GradientOptions()
    options.schedule = schedule
    var state = GradientRule.State(
      .gradientDescent(learningRate: 1), Architecture(inputs: 1, hidden: []), options,
      stepsPerEpoch: stepsPerEpoch, epochs: epochs)
    return (0..<steps).map { _ in
      var parameters = [0.0, 0]
      state.step(&parameters, [-1, 0])
      return parameters[0]
    }
  }

  @Test func `a constant rate has the factor 1`() {
    #expect(factors(Schedule(), epochs: 3, steps: 5) == [1, 1, 1, 1, 1])
  }

  @Test func `a warm-up grows from its first step to the whole rate`() {
    #expect(factors(Schedule(warmup: 4), epochs: 9, steps: 6) == [0.25, 0.5, 0.75, 1, 1, 1])
    #expect(
      factors(Schedule(warmup: 2), stepsPerEpoch: 2, epochs: 9, steps: 6)
        == [0.25, 0.5, 0.75, 1, 1, 1])
  }

  @Test func `steps come at whole numbers of epochs after the warm-up`() {
    let steps = Schedule(warmup: 1, .step(every: 2, factor: 0.5))
    #expect(factors(steps, epochs: 9, steps: 7) == [1, 1, 1, 0.5, 0.5, 0.25, 0.25])
    #expect(
      factors(steps, stepsPerEpoch: 2, epochs: 9, steps: 8)
        == [0.5, 1, 1, 1, 1, 1, 0.5, 0.5])
    let far = factors(Schedule(.step(every: 1, factor: 0.9)), epochs: 99, steps: 60)
    for (step, factor) in far.enumerated() {
      #expect(abs(factor / pow(0.9, Double(step)) - 1) < 1e-14)
    }
  }

  @Test func `a line goes from 1 to its end and stays there`() {
    let line = Schedule(.linear(final: 0.5, end: nil))
    #expect(factors(line, epochs: 4, steps: 6) == [1, 0.875, 0.75, 0.625, 0.5, 0.5])
    let early = Schedule(warmup: 2, .linear(final: 0, end: 4))
    #expect(factors(early, epochs: 100, steps: 6) == [0.5, 1, 1, 0.5, 0, 0])
    #expect(
      factors(early, stepsPerEpoch: 2, epochs: 100, steps: 9)
        == [0.25, 0.5, 0.75, 1, 1, 0.75, 0.5, 0.25, 0])
  }

  @Test func `a cosine goes from 1 over the middle to its end`() {
    let wave = Schedule(.cosine(final: 0.5, end: nil))
    let found = factors(wave, epochs: 4, steps: 6)
    #expect([found[0], found[2], found[4], found[5]] == [1, 0.75, 0.5, 0.5])
    for (step, factor) in found.prefix(5).enumerated() {
      #expect(abs(factor - (0.75 + 0.25 * cos(.pi * Double(step) / 4))) < 1e-15)
    }
  }

  @Test func `a course whose end is over is at its end`() {
    let late = Schedule(warmup: 3, .linear(final: 0.25, end: 3))
    #expect(factors(late, epochs: 9, steps: 5)[3...] == [0.25, 0.25])
  }

  @Test func `the cosine is that of the platform, and exact where it should be`() {
    #expect([0, 0.5, 1].map(Elementary.cosPi) == [1, 0, -1])
    for step in 0...10_000 {
      let x = Double(step) / 10_000
      // The platform's argument is rounded, which at π is an error of 2·10^−16 in itself.
      #expect(abs(Elementary.cosPi(x) - cos(.pi * x)) < 4e-16, "\(x)")
    }
  }
}
