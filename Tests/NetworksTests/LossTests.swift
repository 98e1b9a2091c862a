import Networks
import Testing

struct LossTests {
  @Test(arguments: [
    (Loss.hinge, 0.25, UInt8(1), 0.75, -1.0), (.hinge, 0.25, 0, 1.25, 1), (.hinge, 1, 1, 0, 0),
    (.hinge, 3, 1, 0, 0), (.hinge, -3, 1, 4, -1), (.hinge, -1, 0, 0, 0), (.hinge, 0, 0, 1, 1),
    (.squared, 0.25, 1, 0.28125, -0.75), (.squared, 0.25, 0, 0.78125, 1.25), (.squared, 1, 1, 0, 0),
    (.squared, -1, 0, 0, 0), (.squared, 3, 1, 2, 2), (.squared, 0, 1, 0.5, -1),
  ])
  func `a row has the loss and the slope of its definition`(
    loss: Loss, z: Double, y: UInt8, value: Double, slope: Double
  ) {
    #expect(loss(logit: z, label: y) == value)
    #expect(loss.derivative(at: z, output: Elementary.sigmoid(z), label: y) == slope)
  }

  @Test func `the logistic loss is that of the score`() {
    let logits: ArraySlice = [0.5, -1.25, 700, -800, 0, 3]
    let labels: [UInt8] = [1, 1, 1, 0, 0, 0]
    let score = Score(logits: logits, labels: labels)
    #expect(Loss.logistic.mean(logits: logits, labels: labels) == score.loss)
  }

  @Test(arguments: Loss.allCases)
  func `no loss hides a logit that is no number`(loss: Loss) {
    for label: UInt8 in [0, 1] {
      #expect(!loss(logit: .nan, label: label).isFinite)
      #expect(!loss(logit: label == 1 ? -.infinity : .infinity, label: label).isFinite)
    }
  }

  @Test func `labels that do not fit the logits are refused`() async {
    await #expect(processExitsWith: .failure) {
      _ = Loss.hinge.mean(logits: [1], labels: [0, 1])
    }
  }
}
