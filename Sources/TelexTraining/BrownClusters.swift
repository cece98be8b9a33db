import Foundation

/// Brown et al., "Class-Based n-gram Models of Natural Language" (1992): classes that keep most of the mutual information
/// of neighbours, found by merging, with a window of `count` classes that the words enter in order of frequency.
package struct BrownClusters {
  private let count: Int
  private let width: Int
  private var single: [Float]
  private var pair: [Float]
  /// Mutual information lost by merging two classes.
  private var loss: [Float]
  private var live: [Int] = []

  /// The path of each word in the tree of merges, as bits behind a leading 1, at most 15 bits.
  ///
  /// - Parameter sentences: words as numbers in order of frequency (0 the commonest); negative for words left out.
  package static func paths(of sentences: [[Int]], words: Int, count: Int) -> [UInt16] {
    var single = [Float](repeating: 0, count: words)
    var following = [[Int: Float]](repeating: [:], count: words)
    var preceding = [[Int: Float]](repeating: [:], count: words)
    var total: Float = 0
    for sentence in sentences {
      for (left, right) in zip(sentence, sentence.dropFirst()) where left >= 0 && right >= 0 {
        following[left][right, default: 0] += 1
        preceding[right][left, default: 0] += 1
        single[left] += 0.5
        single[right] += 0.5
        total += 1
      }
    }
    var clusters = BrownClusters(count: min(count, words))
    var cluster = [Int](repeating: -1, count: words)
    for word in 0..<words {
      let slot = clusters.freeSlot()
      cluster[word] = slot
      var right = [Float](repeating: 0, count: clusters.width)
      var left = right
      for (other, number) in following[word] where cluster[other] >= 0 { right[cluster[other]] += number / total }
      for (other, number) in preceding[word] where cluster[other] >= 0 && other != word {
        left[cluster[other]] += number / total
      }
      clusters.enter(slot, single: single[word] / total, right: right, left: left)
      if clusters.live.count > clusters.count {
        let (kept, gone) = clusters.cheapest()
        clusters.merge(kept, gone)
        for other in 0...word where cluster[other] == gone { cluster[other] = kept }
      }
    }
    return clusters.tree(cluster)
  }

  private init(count: Int) {
    self.count = count
    width = count + 1
    single = [Float](repeating: 0, count: width)
    pair = [Float](repeating: 0, count: width * width)
    loss = [Float](repeating: 0, count: width * width)
  }

  private func freeSlot() -> Int { (0..<width).first { live.contains($0) == false } ?? 0 }

  @inline(__always)
  private func information(_ both: Float, _ a: Float, _ b: Float) -> Float {
    both > 0 ? both * logf(both / (a * b)) : 0
  }

  /// What two classes, in both orders, add to the mutual information.
  @inline(__always)
  private func share(_ a: Int, _ b: Int) -> Float {
    a == b
      ? information(pair[a * width + a], single[a], single[a])
      : information(pair[a * width + b], single[a], single[b])
        + information(pair[b * width + a], single[b], single[a])
  }

  /// What the union of `a` and `b` would add together with `c`.
  @inline(__always)
  private func merged(_ a: Int, _ b: Int, _ c: Int) -> Float {
    let before = pair[c * width + a] + pair[c * width + b]
    let behind = pair[a * width + c] + pair[b * width + c]
    if before == 0 && behind == 0 { return 0 }
    let sum = single[a] + single[b]
    return information(behind, sum, single[c]) + information(before, single[c], sum)
  }

  private func fullLoss(_ a: Int, _ b: Int) -> Float {
    var result = -share(a, b)
    for c in live {
      result += share(a, c) + share(b, c)
      if c != a && c != b { result -= merged(a, b, c) }
    }
    let inside = pair[a * width + a] + pair[a * width + b] + pair[b * width + a] + pair[b * width + b]
    let sum = single[a] + single[b]
    return result - information(inside, sum, sum)
  }

  private mutating func enter(_ slot: Int, single value: Float, right: [Float], left: [Float]) {
    single[slot] = value
    for other in 0..<width {
      pair[slot * width + other] = right[other]
      if other != slot { pair[other * width + slot] = left[other] }
    }
    adjustLosses(for: slot, sign: 1, except: slot)
    live.append(slot)
    live.sort()
    for other in live where other != slot { setLoss(other, slot, fullLoss(other, slot)) }
  }

  /// Adds or takes away what class `c` does for the loss of every pair of others.
  private mutating func adjustLosses(for c: Int, sign: Float, except other: Int) {
    let shares = (0..<width).map { share($0, c) }
    for (place, a) in live.enumerated() where a != c && a != other {
      for b in live[(place + 1)...] where b != c && b != other {
        let change = shares[a] + shares[b] - merged(a, b, c)
        if change != 0 { setLoss(a, b, loss[a * width + b] + sign * change) }
      }
    }
  }

  private mutating func setLoss(_ a: Int, _ b: Int, _ value: Float) {
    loss[a * width + b] = value
    loss[b * width + a] = value
  }

  private func cheapest() -> (Int, Int) {
    var best = (live[0], live[1])
    var least = Float.infinity
    for (place, a) in live.enumerated() {
      for b in live[(place + 1)...] where loss[a * width + b] < least { (least, best) = (loss[a * width + b], (a, b)) }
    }
    return best
  }

  private mutating func merge(_ kept: Int, _ gone: Int) {
    adjustLosses(for: kept, sign: -1, except: gone)
    adjustLosses(for: gone, sign: -1, except: kept)
    live.removeAll { $0 == gone }
    single[kept] += single[gone]
    for c in live where c != kept {
      pair[kept * width + c] += pair[gone * width + c]
      pair[c * width + kept] += pair[c * width + gone]
    }
    pair[kept * width + kept] +=
      pair[kept * width + gone] + pair[gone * width + kept] + pair[gone * width + gone]
    for c in 0..<width {
      pair[gone * width + c] = 0
      pair[c * width + gone] = 0
    }
    adjustLosses(for: kept, sign: 1, except: gone)
    for other in live where other != kept { setLoss(other, kept, fullLoss(other, kept)) }
  }

  /// Merges what is left down to one class and reads the paths off the tree.
  private mutating func tree(_ cluster: [Int]) -> [UInt16] {
    var members = [Int: [Int]](uniqueKeysWithValues: live.map { ($0, [$0]) })
    var bits = [Int: [UInt8]](uniqueKeysWithValues: live.map { ($0, []) })
    while live.count > 1 {
      let (kept, gone) = cheapest()
      for leaf in members[kept] ?? [] { bits[leaf, default: []].append(0) }
      for leaf in members[gone] ?? [] { bits[leaf, default: []].append(1) }
      members[kept, default: []] += members[gone] ?? []
      merge(kept, gone)
    }
    let paths = bits.mapValues { $0.reversed().prefix(15).reduce(UInt16(1)) { $0 << 1 | UInt16($1) } }
    return cluster.map { paths[$0] ?? 0 }
  }
}
