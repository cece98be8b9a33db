/// The drop folder as a queue.
package final class Spool {
  package private(set) var configuration: SpoolConfiguration
  private let handler: any Handler
  private let loop: EventLoop
  private let observer: (SpoolEvent) -> Void
  private var counters = SpoolSnapshot()

  package init(
    configuration: SpoolConfiguration, handler: any Handler, loop: EventLoop,
    observer: @escaping (SpoolEvent) -> Void
  ) {
    self.configuration = configuration
    self.handler = handler
    self.loop = loop
    self.observer = observer
  }

  /// Locks, opens and watches the folder, and begins the first listing; `SpoolEvent.ready` follows. Returns at once.
  package func start() throws(SpoolError) {}

  /// Takes over what a reload may change, and rescans.
  package func reconfigure(_ configuration: SpoolConfiguration) throws(SpoolError) {
    self.configuration = configuration
  }

  /// Compares the whole folder with the results, as soon as possible.
  package func requestRescan() {}

  /// The handler's capacity has grown by itself.
  package func handlerHasRoom() {}

  /// Takes nothing more; calls `completion` once everything in hand is published and the state saved.
  package func beginDraining(_ completion: @escaping () -> Void) { loop.deferToEndOfTick(completion) }

  /// Drops everything in hand and closes the folder. Nothing needs repair afterwards.
  package func stop() {}

  package var snapshot: SpoolSnapshot { counters }
}
