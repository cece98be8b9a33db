import TelexService
import TelexText

/// Word lists and models: are they there and whole?
enum DataCheck {
  static func check(_ configuration: Configuration) -> Check {
    let named = configuration.resources.isEmpty ? nil : ResourceDirectory(root: configuration.resources)
    guard let resources = named ?? ResourceDirectory.located() else {
      return .fail("data", "word lists and models are missing", remedy: "reinstall Telex, or set resources")
    }
    do throws(ResourceError) {
      _ = try Engine(resources: resources, configuration: configuration.fingerprint)
      return .ok("data", resources.root)
    } catch {
      return .fail("data", "\(error.path): \(error.message)", remedy: "reinstall Telex, or set resources")
    }
  }
}
