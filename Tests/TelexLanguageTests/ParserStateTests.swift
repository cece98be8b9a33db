import TelexLanguage
import Testing

@Suite struct ParserStateTests {
  /// Two words, the first of which hangs on the second, and that on the root.
  @Test func whatHasToBeDoneIsForced() {
    var state = ParserState(count: 2)
    #expect(state.forced == .shift)
    state.take(.shift, relation: 0)
    #expect(state.forced == nil)
    state.take(.left, relation: 3)
    #expect(state.forced == .shift)
    state.take(.shift, relation: 0)
    #expect(state.forced == .left)
    state.take(.left, relation: 1)
    #expect(state.isFinished && state.forced == nil)
    #expect(state.heads == [1, 2] && state.relations == [3, 1])
  }

  /// What is forced is the only action that is allowed.
  @Test func nothingElseIsAllowedThen() {
    var state = ParserState(count: 4)
    for action in [ParserState.Action.shift, .shift, .right, .shift, .left, .left, .shift, .left] {
      if let forced = state.forced {
        #expect(ParserState.Action.allCases.filter(state.allows) == [forced])
        #expect(forced == action)
      }
      state.take(action, relation: 0)
    }
    #expect(state.isFinished)
  }
}
