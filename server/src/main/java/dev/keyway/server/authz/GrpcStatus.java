package dev.keyway.server.authz;

/** How a gRPC call ended (grpc.io, "Status codes"), as far as this server says it. */
enum GrpcStatus {
  OK(0),
  INVALID_ARGUMENT(3),
  DEADLINE_EXCEEDED(4),
  PERMISSION_DENIED(7),
  RESOURCE_EXHAUSTED(8),
  UNIMPLEMENTED(12),
  INTERNAL(13),
  UNAUTHENTICATED(16);

  private final int code;
  private final String text;

  GrpcStatus(int code) {
    this.code = code;
    this.text = Integer.toString(code);
  }

  int code() {
    return code;
  }

  /** As it is written in a header field. */
  String text() {
    return text;
  }
}
