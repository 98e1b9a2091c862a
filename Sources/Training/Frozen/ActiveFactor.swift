/// The triangular factor R of RᵀR = G over the rows that carry weight, updated as rows join and
/// leave.
///
/// Row j of R holds its elements from the diagonal on, so that all loops run along rows. A row that
/// joins costs s² / 2 multiply-adds, one that leaves at most 2 s², and a new factor s³ / 6.
///
/// Source: Gill, Golub, Murray and Saunders, *Methods for modifying matrix factorizations*, 1974.
struct ActiveFactor {
  private let stride: Int
  private var elements: [Double]

  /// R⁻ᵀ·1, updated with R, so that R t = R⁻ᵀ 1 gives the solution of G t = 1.
  private var ones: [Double] = []

  /// The share of a row's own square that must be left outside the span of the others.
  private static let dependence = 1e-14

  /// The factor of no rows, with room for `capacity`.
  init(capacity: Int) {
    stride = capacity
    elements = Array(repeating: 0, count: capacity * capacity)
  }

  /// The number of rows, s.
  var count: Int { ones.count }

  /// Appends a row with products `column` with the rows before and `square` with itself.
  ///
  /// Refuses, with false, a row that lies in the span of the others up to rounding.
  mutating func append(_ column: [Double], square: Double) -> Bool {
    guard count < stride else { return false }
    var (rest, one, left) = (column, 1.0, square)
    for j in 0..<count {
      let value = rest[j] / elements[j * stride + j]
      rest[j] = value
      FrozenKernels.addScaled(
        -value, elements, at: j * stride + j + 1, to: &rest, at: j + 1, count: count - j - 1)
      left -= value * value
      one -= value * ones[j]
    }
    guard left > Self.dependence * square else { return false }
    for j in 0..<count {
      elements[j * stride + count] = rest[j]
    }
    elements[count * stride + count] = left.squareRoot()
    ones.append(one / left.squareRoot())
    return true
  }

  /// Removes the row at `index`; those after it move up by one.
  mutating func remove(at index: Int) {
    for j in 0..<count where count - 1 > index {
      let first = max(j, index + 1)
      FrozenKernels.moveLeft(&elements, from: j * stride + first, count: count - first)
    }
    let last = count - 1
    for j in index..<last {
      let (a, b) = (elements[j * stride + j], elements[(j + 1) * stride + j])
      let r = (a * a + b * b).squareRoot()
      let (c, s) = (a / r, b / r)
      elements[j * stride + j] = r
      FrozenKernels.rotate(
        &elements, at: j * stride + j + 1, at: (j + 1) * stride + j + 1, count: last - j - 1,
        cosine: c, sine: s)
      (ones[j], ones[j + 1]) = (c * ones[j] + s * ones[j + 1], c * ones[j + 1] - s * ones[j])
    }
    ones.removeLast()
  }

  /// t with G t = 1.
  func solutionForOnes() -> [Double] { backward(ones) }

  /// t with G t = c.
  func solution(_ c: [Double]) -> [Double] {
    var rest = c
    for j in 0..<count {
      rest[j] /= elements[j * stride + j]
      FrozenKernels.addScaled(
        -rest[j], elements, at: j * stride + j + 1, to: &rest, at: j + 1, count: count - j - 1)
    }
    return backward(rest)
  }

  private func backward(_ c: [Double]) -> [Double] {
    var t = c
    for j in (0..<count).reversed() {
      let known = FrozenKernels.dot(
        elements, at: j * stride + j + 1, t, at: j + 1, count: count - j - 1)
      t[j] = (t[j] - known) / elements[j * stride + j]
    }
    return t
  }
}
