package dev.keyway.server.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Skips the interim answers of one upstream connection that Vert.x does not know for such: all but
 * 100, 101 and 103. It would take one for the final answer and miss that (RFC 9110, 15.2: a client
 * must be able to parse any number of them).
 */
final class InterimAnswers extends ChannelInboundHandlerAdapter {
  private boolean isSkipping;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse answer) {
      isSkipping = isUnknownInterim(answer.status().code());
    }
    if (!isSkipping) {
      context.fireChannelRead(message);
      return;
    }
    isSkipping = !(message instanceof LastHttpContent);
    ReferenceCountUtil.release(message);
  }

  private static boolean isUnknownInterim(int status) {
    return status == 102 || (status > 103 && status < 200);
  }
}
