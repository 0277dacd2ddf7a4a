import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Keeps a connection from being held for nothing, and lets it go in good order.
///
/// A request, head and body, must be complete within its time from its first byte on, and its head be no larger than allowed; whoever does not take the answer
/// is let go. After an answer that says `Connection: close` only our side is closed at once: closing both while the caller still sends would make the system
/// take the answer back. So is a connection that nobody asks on, and only when nothing has arrived on it: a request that is here is answered.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ServerConfiguration.Connections
    private let meter: Meters
    private let guests: Guests?
    /// Requests that were read and are not answered.
    private var owed = 0
    /// Bytes since the last complete request.
    private var headBytes = 0
    private var isBetweenRequests = true
    private var hasAsked = false
    private var isLastAnswer = false
    private var isOutputClosed = false
    private var idleSince = NIODeadline.now()
    private var requestTimer: Scheduled<Void>?
    private var idleTimer: Scheduled<Void>?
    private var stallTimer: Scheduled<Void>?

    /// - Parameter guests: who is let in from where; nothing where nobody counts.
    init(limits: ServerConfiguration.Connections, meter: Meters, guests: Guests?) {
        self.limits = limits
        self.meter = meter
        self.guests = guests
    }

    func handlerAdded(context: ChannelHandlerContext) {
        meter.connectionOpened()
        letIn(context)
        let watch = NIOLoopBound(self, eventLoop: context.eventLoop)
        let own = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.channel.closeFuture.whenComplete { [meter] _ in meter.connectionClosed() }
        try? context.pipeline.syncOperations.addHandler(
            ByteCount { count in
                if count > 0 { watch.value.received(count, own.value) } else { watch.value.receivedAll(own.value) }
            }, position: .first)
        // Whoever has said nothing yet is no slower than somebody who has begun.
        startRequestTimer(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { cancelTimers() }

    func channelInactive(context: ChannelHandlerContext) {
        cancelTimers()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Whoever goes on sending after the last answer is not heard.
        if isOutputClosed { return }
        switch unwrapInboundIn(data) {
        case .head:
            owed += 1
            (headBytes, isBetweenRequests, hasAsked) = (0, false, true)
        case .body: break
        case .end:
            isBetweenRequests = true
            requestTimer?.cancel()
            requestTimer = nil
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            if head.headerFields[.connection] == "close" { isLastAnswer = true }
            context.write(data, promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            owed -= 1
            context.write(data, promise: promise)
            guard owed <= 0 else { return }
            if isLastAnswer { return closeOutput(context) }
            idleSince = .now()
            if idleTimer == nil { startIdleTimer(context, after: TimeAmount(limits.idle)) }
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            stallTimer?.cancel()
            stallTimer = nil
        } else if stallTimer == nil {
            startStallTimer(context)
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            // Whatever is being answered says `Connection: close` by now, and closes then. Whoever is silent gets a moment, in case something is
            // on its way already; and whoever has only just come a longer one, as nobody comes to say nothing.
            let watch = NIOLoopBound(self, eventLoop: context.eventLoop)
            let own = NIOLoopBound(context, eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: hasAsked ? .milliseconds(20) : .seconds(1)) { watch.value.closeIfSilent(own.value) }
        case ChannelEvent.inputClosed where isOutputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    private func closeOutput(_ context: ChannelHandlerContext) {
        guard !isOutputClosed else { return }
        isOutputClosed = true
        context.flush()
        context.close(mode: .output, promise: nil)
        requestTimer?.cancel()
        requestTimer = closing(context, after: limits.lingering)
    }

    /// Ends a connection that nobody asks on; not one on which something has arrived, were it a moment ago and still unread.
    private func closeIfSilent(_ context: ChannelHandlerContext) {
        guard owed == 0, headBytes == 0, isBetweenRequests, UnreadBytes.count(on: context) == 0 else { return }
        closeOutput(context)
    }

    private func received(_ count: Int, _ context: ChannelHandlerContext) {
        guard isBetweenRequests else { return }
        headBytes += count
    }

    /// After what arrived was read: a request that is still not complete has its time from here on.
    private func receivedAll(_ context: ChannelHandlerContext) {
        guard headBytes > 0 || !isBetweenRequests, !isOutputClosed else { return }
        if headBytes > limits.largestHead { return context.close(promise: nil) }
        if requestTimer == nil { startRequestTimer(context) }
    }

    /// More connections from one address than it may have end before anything is read from them.
    private func letIn(_ context: ChannelHandlerContext) {
        guard let guests else { return }
        let address = ClientAddress(context.remoteAddress)
        guard guests.letIn(address) else {
            meter.connectionRefused()
            isOutputClosed = true
            let own = NIOLoopBound(context, eventLoop: context.eventLoop)
            // Not at once: the connection is not whole before its handlers are.
            return context.eventLoop.execute { own.value.close(promise: nil) }
        }
        context.channel.closeFuture.whenComplete { _ in guests.left(address) }
    }

    private func startRequestTimer(_ context: ChannelHandlerContext) {
        let watch = NIOLoopBound(self, eventLoop: context.eventLoop)
        let own = NIOLoopBound(context, eventLoop: context.eventLoop)
        requestTimer = context.eventLoop.scheduleTask(in: TimeAmount(limits.requestWithin)) {
            // Whoever has said nothing yet is let go as one who has fallen silent.
            watch.value.requestTimer = nil
            watch.value.closeIfSilent(own.value)
            if !watch.value.isOutputClosed, watch.value.headBytes > 0 || !watch.value.isBetweenRequests { own.value.close(promise: nil) }
        }
    }

    /// One timer for all pauses of a connection: it looks how long the last has been, instead of being set anew for each.
    private func startIdleTimer(_ context: ChannelHandlerContext, after time: TimeAmount) {
        let watch = NIOLoopBound(self, eventLoop: context.eventLoop)
        let own = NIOLoopBound(context, eventLoop: context.eventLoop)
        idleTimer = context.eventLoop.scheduleTask(in: time) {
            watch.value.idleTimer = nil
            guard watch.value.owed == 0, !watch.value.isOutputClosed else { return }
            let left = watch.value.idleSince + TimeAmount(watch.value.limits.idle) - .now()
            guard left <= .nanoseconds(0) else { return watch.value.startIdleTimer(own.value, after: left) }
            watch.value.closeIfSilent(own.value)
        }
    }

    /// Lets go whoever takes nothing of an answer. Whoever takes some of it, however slowly, has the time again.
    private func startStallTimer(_ context: ChannelHandlerContext) {
        let waiting = ConnectionWatch.bytesWaiting(context)
        let watch = NIOLoopBound(self, eventLoop: context.eventLoop)
        let own = NIOLoopBound(context, eventLoop: context.eventLoop)
        stallTimer = context.eventLoop.scheduleTask(in: TimeAmount(limits.stalledWrite)) {
            if ConnectionWatch.bytesWaiting(own.value) < waiting { return watch.value.startStallTimer(own.value) }
            own.value.close(promise: nil)
        }
    }

    /// Of what was written, how much the system has not taken yet.
    private static func bytesWaiting(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    private func closing(_ context: ChannelHandlerContext, after time: Duration) -> Scheduled<Void> {
        let own = NIOLoopBound(context, eventLoop: context.eventLoop)
        return context.eventLoop.scheduleTask(in: TimeAmount(time)) { own.value.close(promise: nil) }
    }

    private func cancelTimers() {
        for timer in [requestTimer, idleTimer, stallTimer] { timer?.cancel() }
        (requestTimer, idleTimer, stallTimer) = (nil, nil, nil)
    }
}

/// Tells how many bytes arrived, before anybody has understood them, and then, with zero, that these were all for now.
private final class ByteCount: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let tell: (Int) -> Void

    init(_ tell: @escaping (Int) -> Void) { self.tell = tell }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        tell(unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        tell(0)
    }
}
