/// The Walsh–Hadamard transform of `values`, in place: n·2^n additions and subtractions.
///
/// `values` has 2^n elements, one a row. Afterwards element S (a set of inputs, written as a mask)
/// is Σ_x values[x]·(−1)^{|x ∧ S|}: 2^n times the correlation with the parity of S. The transform is
/// its own inverse up to the factor 2^n, and the parity of S has its whole weight at S.
///
/// Source: O'Donnell, *Analysis of Boolean Functions*, 2014, chapter 1.
public func walshHadamardTransform(_ values: inout [Double]) {
  let count = values.count
  precondition(count > 0 && count & (count - 1) == 0, "the length must be 2^n, got \(count)")
  var half = 1
  while half < count {
    for start in stride(from: 0, to: count, by: 2 * half) {
      for index in start..<(start + half) {
        let (low, high) = (values[index], values[index + half])
        values[index] = low + high
        values[index + half] = low - high
      }
    }
    half *= 2
  }
}
