internal import Crypto

extension Configuration {
  /// SHA-256 in hex over the settings that change results. A result carries it; another fingerprint means that the
  /// dispatch is read anew.
  package var fingerprint: String {
    var hash = SHA256()
    for setting in Setting.all where setting.changesResults {
      hash.update(data: Array("\(setting.key)=\(setting.text(in: self))\n".utf8))
    }
    return hash.finalize().reduce(into: "") { text, byte in
      let digits = String(byte, radix: 16)
      text += digits.count == 1 ? "0" + digits : digits
    }
  }
}
