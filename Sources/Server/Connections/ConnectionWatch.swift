import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Keeps a connection from being held for nothing, and lets it go in good order.
///
/// A head must be complete within its time from its first byte on, and be no larger than allowed; whoever does not take the answer is let go. After an answer
/// that says `Connection: close` only our side is closed at once: closing both while the caller still sends would make the system take the answer back.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ServerConfiguration.Connections
    private let meter: Meters
    /// Requests that were read and are not answered.
    private var owed = 0
    /// Bytes since the last complete request.
    private var headBytes = 0
    private var isBetweenRequests = true
    private var isLastAnswer = false
    private var isOutputClosed = false
    private var headTimer: Scheduled<Void>?
    private var stallTimer: Scheduled<Void>?

    init(limits: ServerConfiguration.Connections, meter: Meters) {
        self.limits = limits
        self.meter = meter
    }

    func handlerAdded(context: ChannelHandlerContext) {
        meter.connectionOpened()
        let watch = NIOLoopBound(self, eventLoop: context.eventLoop)
        let own = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.channel.closeFuture.whenComplete { [meter] _ in meter.connectionClosed() }
        try? context.pipeline.syncOperations.addHandler(
            ByteCount { count in
                if count > 0 { watch.value.received(count, own.value) } else { watch.value.receivedAll(own.value) }
            }, position: .first)
        startHeadTimer(context)
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
            (headBytes, isBetweenRequests) = (0, false)
            headTimer?.cancel()
            headTimer = nil
        case .body: break
        case .end: isBetweenRequests = true
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
            if isLastAnswer && owed <= 0 { closeOutput(context) }
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            stallTimer?.cancel()
            stallTimer = nil
        } else if stallTimer == nil {
            stallTimer = closing(context, after: limits.stalledWrite)
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            // Whatever is being answered says `Connection: close` by now, and closes then. Whoever is silent gets a moment, in case something is
            // on its way already.
            let watch = NIOLoopBound(self, eventLoop: context.eventLoop)
            let own = NIOLoopBound(context, eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: .milliseconds(20)) {
                if watch.value.owed == 0 && watch.value.headBytes == 0 { watch.value.closeOutput(own.value) }
            }
        case ChannelEvent.inputClosed where isOutputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    private func closeOutput(_ context: ChannelHandlerContext) {
        guard !isOutputClosed else { return }
        isOutputClosed = true
        context.flush()
        context.close(mode: .output, promise: nil)
        headTimer?.cancel()
        headTimer = closing(context, after: limits.lingering)
    }

    private func received(_ count: Int, _ context: ChannelHandlerContext) {
        guard isBetweenRequests else { return }
        headBytes += count
    }

    /// After what arrived was read: a head that is still not complete has its time from here on.
    private func receivedAll(_ context: ChannelHandlerContext) {
        guard isBetweenRequests, headBytes > 0, !isOutputClosed else { return }
        if headBytes > limits.largestHead { return context.close(promise: nil) }
        if headTimer == nil { startHeadTimer(context) }
    }

    private func startHeadTimer(_ context: ChannelHandlerContext) { headTimer = closing(context, after: limits.headWithin) }

    private func closing(_ context: ChannelHandlerContext, after time: Duration) -> Scheduled<Void> {
        let own = NIOLoopBound(context, eventLoop: context.eventLoop)
        return context.eventLoop.scheduleTask(in: TimeAmount(time)) { own.value.close(promise: nil) }
    }

    private func cancelTimers() {
        headTimer?.cancel()
        stallTimer?.cancel()
        (headTimer, stallTimer) = (nil, nil)
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
