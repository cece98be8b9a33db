/// A sentence being parsed by the arc-hybrid system (Kuhlmann, Gómez-Rodríguez and Satta 2011): words are shifted from a
/// buffer to a stack, and the word on top of the stack is attached to the first of the buffer or to the one below it.
///
/// Words are 0 to `count` - 1; the root is number `count`, the buffer's last.
package struct ParserState: Sendable {
  package enum Action: Int, Sendable, CaseIterable {
    case shift, left, right
  }

  package let count: Int
  package private(set) var stack: [Int] = []
  /// First of the buffer.
  package private(set) var next = 0
  /// By word: head, -1 while it has none; and the relation to it.
  package private(set) var heads: [Int]
  package private(set) var relations: [Int]
  /// By word: outermost dependents so far, -1 for none.
  private var leftmost: [Int]
  private var rightmost: [Int]

  package init(count: Int) {
    self.count = count
    heads = [Int](repeating: -1, count: count)
    relations = [Int](repeating: 0, count: count)
    leftmost = [Int](repeating: -1, count: count + 1)
    rightmost = leftmost
  }

  package var isFinished: Bool { next == count && stack.isEmpty }

  /// Whether an action can be taken. Only the last word of the stack goes to the root, so there is one root.
  package func allows(_ action: Action) -> Bool {
    switch action {
    case .shift: next < count
    case .left: stack.isEmpty == false && (next < count || stack.count == 1)
    case .right: stack.count > 1
    }
  }

  /// The action that has to be taken and needs nobody to choose a relation for it: words are shifted onto an empty stack, and
  /// the last word goes to the root.
  package var forced: Action? {
    if stack.isEmpty { return next < count ? .shift : nil }
    return stack.count == 1 && next == count ? .left : nil
  }

  /// - Parameter relation: of the word that is attached; not looked at for `shift`.
  package mutating func take(_ action: Action, relation: Int) {
    switch action {
    case .shift:
      stack.append(next)
      next += 1
    case .left: attach(stack.removeLast(), to: next, relation)
    case .right:
      let word = stack.removeLast()
      attach(word, to: stack[stack.count - 1], relation)
    }
  }

  private mutating func attach(_ word: Int, to head: Int, _ relation: Int) {
    heads[word] = head
    relations[word] = relation
    if word < head {
      if leftmost[head] < 0 || word < leftmost[head] { leftmost[head] = word }
    } else if word > rightmost[head] {
      rightmost[head] = word
    }
  }

  /// How many places of the state the network looks at.
  package static let slots = 10

  /// The words in those places, -1 where there is none: three of the stack, two of the buffer, outer dependents.
  @inline(__always)
  package func fill(_ slots: UnsafeMutablePointer<Int>) {
    let depth = stack.count
    let top = depth > 0 ? stack[depth - 1] : -1
    let second = depth > 1 ? stack[depth - 2] : -1
    slots[0] = top
    slots[1] = second
    slots[2] = depth > 2 ? stack[depth - 3] : -1
    slots[3] = next
    slots[4] = next < count ? next + 1 : -1
    slots[5] = top >= 0 ? leftmost[top] : -1
    slots[6] = top >= 0 ? rightmost[top] : -1
    slots[7] = second >= 0 ? leftmost[second] : -1
    slots[8] = second >= 0 ? rightmost[second] : -1
    slots[9] = leftmost[next]
  }

  /// How far the top of the stack is from the buffer, in six steps.
  package var distance: Int {
    guard let top = stack.last else { return 0 }
    let gap = next - top
    return gap < 4 ? gap : (gap < 8 ? 4 : 5)
  }
}
