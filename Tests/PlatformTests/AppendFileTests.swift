import Foundation
import Platform
import Testing

struct AppendFileTests {
  @Test func `pieces are in the file as soon as they are appended`() throws {
    try withFolder { folder in
      let path = "\(folder)/file"
      try Files.replace(path, with: Array("head\ntorn".utf8))
      let file = try AppendFile(path, keeping: 5)
      #expect(try text(path) == "head\n")
      try file.append("one\n")
      #expect(try text(path) == "head\none\n")
      try file.append("two\n")
      try file.flush()
      #expect(try text(path) == "head\none\ntwo\n")
    }
  }

  @Test func `a file that was removed or replaced is noticed at once`() throws {
    try withFolder { folder in
      for replaces in [false, true] {
        let path = "\(folder)/file"
        try Files.replace(path, with: [])
        let file = try AppendFile(path, keeping: 0)
        try file.append("one\n")
        if replaces { try Files.replace(path, with: [0x78]) } else { try Files.remove(path) }
        #expect(throws: SystemError.self) { try file.append("two\n") }
        #expect(replaces == (Files.kind(of: path) == .file))
      }
    }
  }

  @Test func `a full disk is said at once`() throws {
    try withFolder { folder in
      let path = "\(folder)/full"
      guard Files.kind(of: "/dev/full") != nil else { return }
      // Every write to this device says that the disk is full.
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/full")
      #expect(throws: SystemError.self) {
        let file = try AppendFile(path, keeping: 0)
        try file.append("one\n")
      }
    }
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try Files.contents(of: path), as: UTF8.self)
  }
}
