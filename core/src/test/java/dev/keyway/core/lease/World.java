package dev.keyway.core.lease;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of the model: a store, one node that serves a key from memory, somebody who revokes it,
 * and everything that is on its way between them. Nodes do not talk to each other, and whoever
 * revokes waits for each alone: one of them is enough.
 */
final class World {
  static final int NONE = -1;

  /** Where a call to the store is. */
  enum Stage {
    NONE,
    /** The head is read, and the node not entered: only where a join is not one step. */
    HALF,
    DONE,
    REFUSED
  }

  /** Where a verification is. */
  enum Verifying {
    NONE,
    BEGUN,
    LOOKED,
    MISSED,
    FILLED
  }

  // Time: the true one, and by how much the node's clock is behind.
  int now = 1;
  int behind;

  // The store.
  int head;
  int rowIncarnation = NONE;
  long rowNumber;
  long rowAcked;
  boolean rowFenced;

  // The node.
  NodeLease lease = NodeLease.start();
  Stage call = Stage.NONE;
  long callSentAt;
  int callHead;
  boolean isApplying;
  int slot;
  int slotsApplied;
  int entry = NONE;
  boolean hasStream;
  int incarnations;
  int losses;

  // A verification on the node.
  int verifications;
  Verifying verifying = Verifying.NONE;
  boolean isLate;
  boolean isTrusted;
  int capturedAt;
  int readAt;

  // Whoever revokes.
  boolean isCommitted;
  boolean isWaiting;
  boolean isReturned;
  int committedSince;
  Confirmations confirmations = Confirmations.start();
  int questions;
  boolean isAsked;
  int questionAt;
  int questionHead;
  List<NodeRow> questionRows = List.of();
  @Nullable NodeRow fence;

  World copy() {
    var copy = new World();
    copy.now = now;
    copy.behind = behind;
    copy.head = head;
    copy.rowIncarnation = rowIncarnation;
    copy.rowNumber = rowNumber;
    copy.rowAcked = rowAcked;
    copy.rowFenced = rowFenced;
    copy.lease = lease;
    copy.call = call;
    copy.callSentAt = callSentAt;
    copy.callHead = callHead;
    copy.isApplying = isApplying;
    copy.slot = slot;
    copy.slotsApplied = slotsApplied;
    copy.entry = entry;
    copy.hasStream = hasStream;
    copy.incarnations = incarnations;
    copy.losses = losses;
    copy.verifications = verifications;
    copy.verifying = verifying;
    copy.isLate = isLate;
    copy.isTrusted = isTrusted;
    copy.capturedAt = capturedAt;
    copy.readAt = readAt;
    copy.isCommitted = isCommitted;
    copy.isWaiting = isWaiting;
    copy.isReturned = isReturned;
    copy.committedSince = committedSince;
    copy.confirmations = confirmations;
    copy.questions = questions;
    copy.isAsked = isAsked;
    copy.questionAt = questionAt;
    copy.questionHead = questionHead;
    copy.questionRows = questionRows;
    copy.fence = fence;
    return copy;
  }

  /** What tells two states apart, as far as it can matter for what follows. */
  String identity() {
    var text = new StringBuilder(256);
    text.append(now).append(' ').append(behind).append(' ').append(head);
    text.append(" row ").append(rowIncarnation).append(' ').append(rowNumber);
    text.append(' ').append(rowAcked).append(' ').append(rowFenced);
    text.append(" lease ").append(lease.activity()).append(' ').append(lease.incarnation());
    text.append(' ').append(lease.number()).append(' ').append(lease.applied());
    text.append(' ').append(lease.acked()).append(' ').append(ahead(lease.heldUntil()));
    text.append(' ').append(lease.isCut()).append(' ').append(lease.grant());
    text.append(' ').append(lease.isWoken()).append(' ').append(ahead(lease.renewAt()));
    text.append(' ').append(ahead(lease.restsUntil()));
    text.append(" call ").append(call).append(' ').append(callSentAt).append(' ').append(callHead);
    text.append(' ').append(isApplying);
    text.append(" memory ").append(slot).append(' ').append(slotsApplied).append(' ').append(entry);
    text.append(' ').append(hasStream).append(' ').append(incarnations).append(' ').append(losses);
    text.append(" verify ").append(verifications).append(' ').append(verifying);
    text.append(' ').append(isLate).append(' ').append(capturedAt).append(' ').append(readAt);
    text.append(" revoke ").append(isCommitted).append(' ').append(isWaiting);
    text.append(' ').append(isReturned).append(' ').append(committedSince);
    text.append(' ').append(questions).append(' ').append(isAsked).append(' ').append(questionAt);
    text.append(' ').append(questionHead);
    text.append(' ').append(questionRows).append(' ').append(fence);
    text.append(' ').append(Math.max(0, confirmations.askAt() - now));
    text.append(' ').append(confirmations.seen()).append(' ').append(confirmations.waiting());
    return text.toString();
  }

  /** A time that is over is like any other such. */
  private long ahead(long at) {
    return Math.max(0, at - nodeNow());
  }

  int nodeNow() {
    return now - behind;
  }
}
