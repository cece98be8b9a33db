import TelexModel
import TelexText

/// French: the immutable models and lexicons, loaded once and shared by every analysis.
package struct Language: Sendable {
  package init() {}
}
