import Testing

@Suite struct DatasetTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
  }

  @Test func `dataset writes the whole table of three bits`() throws {
    let expected = """
      row,x0,x1,x2,label
      0,0,0,0,0
      1,1,0,0,1
      2,0,1,0,1
      3,1,1,0,0
      4,0,0,1,1
      5,1,0,1,0
      6,0,1,1,0
      7,1,1,1,1

      """
    #expect(try place.run("dataset --bits 3").output == expected)
  }

  @Test func `dataset labels by a subset of bits, and codes bits as plus and minus one`() throws {
    let outcome = try place.run("dataset --bits 2 --subset 1 --coding plusMinusOne")
    #expect(outcome.output == "row,x0,x1,label\n0,-1,-1,0\n1,1,-1,0\n2,-1,1,1\n3,1,1,1\n")
  }

  @Test func `a sample of 2^40 rows has true labels`() throws {
    let outcome = try place.run("dataset --bits 40 --k 5 --sample 50 --seed 3")
    let lines = outcome.output.split(separator: "\n").dropFirst()
    #expect(lines.count == 50)
    for line in lines {
      let fields = line.split(separator: ",").compactMap { UInt64($0) }
      let bits = (0..<40).map { (fields[0] >> UInt64($0)) & 1 }
      #expect(Array(fields[1...40]) == bits)
      #expect(fields[41] == bits[..<5].reduce(0, ^))
    }
  }

  @Test func `noise flips a share of the labels, a split marks a share of the rows`() throws {
    let line = "dataset --bits 8 --noise 0.25 --held-out 0.5 --seed 9"
    let outcome = try place.run(line)
    let rows = outcome.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    #expect(rows.count { $0[11] == "held-out" } == 128)
    let flipped = rows.count { $0[9] != $0[10] }
    // 64 expected of 256, standard deviation 7.
    #expect((36...92).contains(flipped))
    #expect(try place.run(line).output == outcome.output)
    #expect(try place.run(line + "1").output != outcome.output)
  }

  @Test func `label noise flips an exact share of the labels of rows not held out`() throws {
    let line = "dataset --bits 6 --label-noise 0.25 --held-out 0.25 --seed 9"
    let outcome = try place.run(line)
    let rows = outcome.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    #expect(rows.count { $0[9] == "held-out" } == 16)
    #expect(rows.count { $0[7] != $0[8] } == 12)
    #expect(rows.allSatisfy { $0[9] == "training" || $0[7] == $0[8] })
    let both = try place.run(line + " --noise 0.1")
    #expect(both.status == 64 && both.errors.contains("--label-noise"))
    let many = try place.run("dataset --bits 25 --label-noise 0.25")
    #expect(many.status == 64 && many.errors.contains("at most 16777216 rows"))
  }

  @Test func `a file gets the same bytes as stdout`() throws {
    _ = try place.run("dataset --bits 4 --output four.csv")
    #expect(try place.text("four.csv") == place.run("dataset --bits 4").output)
  }
}
