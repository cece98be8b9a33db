import FoundationEssentials
import Testing

@Suite struct ManifestTests {
  let tree = SourceTree()

  /// Targets of the manifest with the names they depend on.
  private func targets() throws -> [(name: String, dependencies: Set<String>)] {
    let manifest = try tree.text("Package.swift")
    let constants = ["argumentParser": "ArgumentParser", "crypto": "Crypto"]
    var found: [(String, Set<String>)] = []
    for opening in [".target(", ".executableTarget(", ".systemLibrary("] {
      var rest = manifest[...]
      while let start = rest.firstRange(of: opening) {
        rest = rest[start.upperBound...]
        let declaration = balanced(rest, closing: ")")
        guard let name = strings(in: declaration.prefix { $0 != "," }).first else { continue }
        var dependencies: Set<String> = []
        if let list = declaration.firstRange(of: "dependencies: [") {
          let items = balanced(declaration[list.upperBound...], closing: "]")
          dependencies = Set(strings(in: items))
          for (constant, product) in constants where items.contains(constant) { dependencies.insert(product) }
        }
        found.append((name, dependencies))
      }
    }
    return found
  }

  @Test func everyTargetKeepsToTheArrows() throws {
    let targets = try targets()
    #expect(Set(targets.map(\.name)) == Set(arrows.keys), "Arrow.swift and Package.swift name the same targets")
    for (name, dependencies) in targets {
      let forbidden = dependencies.subtracting(arrows[name] ?? [])
      #expect(forbidden.isEmpty, "\(name) may not depend on \(forbidden.sorted())")
    }
  }

  @Test func everyImportKeepsToTheArrows() throws {
    for (target, allowed) in arrows {
      for file in try tree.swiftFiles(under: "Sources/\(target)") {
        for module in imports(in: try tree.text(file)) {
          let isAllowed =
            allowed.contains(module) || openModules.contains(module) || costlyModules[module]?.contains(target) == true
          #expect(isAllowed, "\(file) may not import \(module)")
        }
      }
    }
  }

  @Test func everySourceFolderIsATarget() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: tree.root + "/Sources")
    #expect(Set(folders) == Set(arrows.keys))
  }

  @Test func dependenciesArePinned() throws {
    for line in try tree.text("Package.swift").split(separator: "\n") where line.contains(".package(") {
      #expect(line.contains("exact:"), "\(line)")
    }
  }

  /// Text up to the bracket that closes what was opened before it.
  private func balanced(_ text: Substring, closing: Character) -> Substring {
    var depth = 0
    for index in text.indices {
      switch text[index] {
      case "(", "[": depth += 1
      case ")", "]":
        if depth == 0 { return text[..<index] }
        depth -= 1
      default: continue
      }
    }
    return text
  }

  private func strings(in text: some StringProtocol) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map {
      String($0.element)
    }
  }

  private func imports(in text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let words = code(line).split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place < words.endIndex - 1 else { return nil }
      let before = words[..<place]
      guard before.allSatisfy({ $0.hasPrefix("@") || ["package", "public", "internal", "private"].contains($0) }) else {
        return nil
      }
      let kinds: Set<Substring> = ["struct", "class", "enum", "func", "protocol", "let", "var", "typealias"]
      let name = words[place + 1]
      guard kinds.contains(name), place + 2 < words.endIndex else { return String(name.prefix { $0 != "." }) }
      return String(words[place + 2].prefix { $0 != "." })
    }
  }
}
