import Foundation
import Platform
import Testing

struct AppendFileTests {
  @Test func `lines are in the file as soon as they are appended`() throws {
    try withFolder { folder in
      let path = "\(folder)/file"
      try Files.replace(path, with: Array("head\ntorn".utf8))
      let file = try AppendFile(path)
      #expect(try text(path) == "head\n")
      try file.append("one\n")
      #expect(try text(path) == "head\none\n")
      try file.append("two\n")
      try file.flush()
      #expect(try text(path) == "head\none\ntwo\n")
    }
  }

  @Test(arguments: [0, 1, 10_000])
  func `only what follows the last line feed is cut off`(torn: Int) throws {
    try withFolder { folder in
      let path = "\(folder)/file"
      let half = String(repeating: "x", count: torn)
      for whole in ["", "\n", "one\n", String(repeating: "\"a\n", count: 5000)] {
        try Files.replace(path, with: Array((whole + half).utf8))
        let file = try AppendFile(path)
        #expect(try text(path) == whole)
        try file.append("end\n")
        #expect(try text(path) == whole + "end\n")
      }
    }
  }

  @Test func `appending to a file that was removed or replaced throws`() throws {
    try withFolder { folder in
      for replaces in [false, true] {
        let path = "\(folder)/file"
        try Files.replace(path, with: [])
        let file = try AppendFile(path)
        try file.append("one\n")
        if replaces { try Files.replace(path, with: [0x78]) } else { try Files.remove(path) }
        #expect(throws: SystemError.self) { try file.append("two\n") }
        #expect(replaces == (Files.kind(of: path) == .file))
      }
    }
  }

  @Test func `appending on a full disk throws`() throws {
    try withFolder { folder in
      let path = "\(folder)/full"
      guard Files.kind(of: "/dev/full") != nil else { return }
      // Every write to this device says that the disk is full.
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/full")
      #expect(throws: SystemError.self) {
        let file = try AppendFile(path)
        try file.append("one\n")
      }
    }
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try Files.contents(of: path), as: UTF8.self)
  }
}
