------------------------------- MODULE Keyway -------------------------------
(***************************************************************************)
(* Lease-and-confirm: how Keyway ends a key on every node before the call  *)
(* that ends it returns, while each node decides from its own memory.      *)
(*                                                                         *)
(* One key is good at head 0 of the sequence of changes, and revoked at    *)
(* head 1.  Nodes verify it all the time; somebody revokes it, once.       *)
(* "Wrong" is a verification that began after the revocation had returned  *)
(* and accepts the key, or a piece of a stream that passes then.           *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
  Nodes,     \* who verifies
  Ttl,       \* how many ticks a lease lasts
  ShortTtl,  \* and how many once leases are made shorter; the same for never
  Margin,    \* what is added to each wait for another node's clock
  Drift,     \* by how many ticks a node's clock may fall behind
  Horizon,   \* the last tick
  Calls,     \* how often a node joins or renews, at most
  FailsOver, \* whether the database's standby may take over
  Mistake    \* "None", or what is built wrongly

VARIABLES
  now,       \* true time; whoever revokes goes by it
  behind,    \* by how much each node's clock is behind
  db,        \* what is committed: head, ttl, longest, and a row for each node
  old,       \* a server that was deposed: still read, never written; a copy of db
  loweredAt, \* since when leases are shorter
  node,      \* each node's lease and memory
  call,      \* what each node has asked and not heard: sentAt, head, ttl, ok, done
  verifying, \* each node's verification under way
  revoker,   \* whoever revokes
  wrong      \* whether somebody accepted what had ended

vars == <<now, behind, db, old, loweredAt, node, call, verifying, revoker, wrong>>

Is(mistake) == Mistake = mistake
Nothing == -1
Name(row) == <<row.life, row.number>>

(***************************************************************************)
(* The beginning                                                           *)
(***************************************************************************)
NoCall == [sentAt |-> 0, head |-> 0, ttl |-> 0, ok |-> FALSE, stage |-> "none",
           count |-> 0]
NoVerification == [stage |-> "none", late |-> FALSE, applied |-> 0, read |-> 0]

\* life: the name under which the node is entered, never given twice.
\* doing: what is under way.  until: when the lease ends, by the node's clock.
\* grant: a lease that waits until what the database knew is applied.
\* slot: what was read before this head counts no more.  memory: the head at
\* which the key in memory was read.
Started == [life |-> 0, doing |-> "out", number |-> 0, applied |-> 0, until |-> 0, grant |-> 0,
            slot |-> 0, memory |-> Nothing, stream |-> FALSE]

NoRow == [in |-> FALSE, life |-> 0, number |-> 0, acked |-> 0]

Init ==
  /\ now = 1
  /\ behind = [n \in Nodes |-> 0]
  /\ db = [head |-> 0, ttl |-> Ttl, longest |-> Ttl, row |-> [n \in Nodes |-> NoRow]]
  /\ old = db
  /\ loweredAt = 0
  /\ node = [n \in Nodes |-> Started]
  /\ call = [n \in Nodes |-> NoCall]
  /\ verifying = [n \in Nodes |-> NoVerification]
  /\ revoker = [stage |-> "none", since |-> 0,
                seen |-> [n \in Nodes |-> [name |-> <<>>, since |-> 0]],
                fence |-> [n \in Nodes |-> <<>>]]
  /\ wrong = FALSE

Clock(n) == now - behind[n]
Held(n) == Clock(n) < node[n].until
Returned == revoker.stage = "returned"
Wait(ttl) == ttl + Margin

\* Until somebody fails over, "old" follows.
Has(state) == /\ db' = state
              /\ old' = IF old = db THEN state ELSE old

\* What a read may see: reads of a server that was deposed are answered, too.
Sources == {db, old}

(***************************************************************************)
(* Time, and the database                                                  *)
(***************************************************************************)
Tick ==
  /\ now < Horizon
  /\ now' = now + 1
  /\ \E slow \in SUBSET {n \in Nodes : behind[n] < Drift} :
       behind' = [n \in Nodes |-> IF n \in slow THEN behind[n] + 1 ELSE behind[n]]
  /\ UNCHANGED <<db, old, loweredAt, node, call, verifying, revoker, wrong>>

\* The standby has every commit that returned.  What differs from now on is
\* that "old" stands still; the version makes the two differ.
FailOver ==
  /\ FailsOver /\ old = db
  /\ old' = [db EXCEPT !.ttl = 0]
  /\ UNCHANGED <<now, behind, db, loweredAt, node, call, verifying, revoker, wrong>>

Lower ==
  /\ ShortTtl < Ttl /\ db.ttl = Ttl
  /\ Has([db EXCEPT !.ttl = ShortTtl])
  /\ loweredAt' = now
  /\ UNCHANGED <<now, behind, node, call, verifying, revoker, wrong>>

\* Longer leases are over by every clock.
Settle ==
  /\ db.longest > db.ttl
  /\ now - loweredAt >= Wait(db.longest) \/ Is("LoweringTooEarly")
  /\ Has([db EXCEPT !.longest = db.ttl])
  /\ UNCHANGED <<now, behind, loweredAt, node, call, verifying, revoker, wrong>>

(***************************************************************************)
(* A node's lease                                                          *)
(***************************************************************************)
Sends(n, ok, stage) ==
  /\ call[n].count < Calls
  /\ call' = [call EXCEPT ![n] = [sentAt |-> Clock(n), head |-> db.head, ttl |-> db.ttl,
                                  ok |-> ok, stage |-> stage, count |-> @.count + 1]]

HasHeard(n) == call' = [call EXCEPT ![n] = [NoCall EXCEPT !.count = call[n].count]]

\* A row that nobody goes by any more is overwritten here: it could only make
\* somebody wait for longer.
Entered(n, head) ==
  [db EXCEPT !.row[n] = [in |-> TRUE, life |-> call[n].count + 1, number |-> 0, acked |-> head]]

\* Head and row are one step, as a lock on the head makes them.
Join(n) ==
  /\ node[n].doing = "out"
  /\ IF Is("JoinWithoutLock")
       THEN Sends(n, TRUE, "half") /\ UNCHANGED <<db, old>>
       ELSE Sends(n, TRUE, "done") /\ Has(Entered(n, db.head))
  /\ node' = [node EXCEPT ![n].doing = "joining", ![n].life = call[n].count + 1]
  /\ UNCHANGED <<now, behind, loweredAt, verifying, revoker, wrong>>

EnterLate(n) ==
  /\ call[n].stage = "half"
  /\ Has([Entered(n, call[n].head) EXCEPT !.row[n].life = node[n].life])
  /\ call' = [call EXCEPT ![n].stage = "done"]
  /\ UNCHANGED <<now, behind, loweredAt, node, verifying, revoker, wrong>>

From(n) == IF Is("LeaseFromReceipt") THEN Clock(n) ELSE call[n].sentAt

Joined(n) ==
  /\ node[n].doing = "joining" /\ call[n].stage = "done"
  /\ node' = [node EXCEPT
       ![n].doing = "idle", ![n].number = 0, ![n].applied = call[n].head,
       ![n].until = From(n) + call[n].ttl,
       ![n].slot = IF Is("RejoinKeepsMemory") \/ @ > call[n].head THEN @ ELSE call[n].head]
  /\ HasHeard(n)
  /\ UNCHANGED <<now, behind, db, old, loweredAt, verifying, revoker, wrong>>

\* The row is renewed only while it is there, and only under a new number.
Renew(n) ==
  LET number == node[n].number + 1
      row == db.row[n]
      ok == row.in /\ row.life = node[n].life /\ number > row.number
  IN /\ node[n].doing = "idle"
     /\ Sends(n, ok \/ Is("RenewDespiteFence"), "done")
     /\ Has(IF ok
              THEN [db EXCEPT !.row[n].number = number, !.row[n].acked = node[n].applied]
              ELSE db)
     /\ node' = [node EXCEPT ![n].doing = "renewing", ![n].number = number]
     /\ UNCHANGED <<now, behind, loweredAt, verifying, revoker, wrong>>

\* The lease is longer only once all that the database knew is applied.
Renewed(n) ==
  LET until == From(n) + call[n].ttl
      isBehind == node[n].applied < call[n].head
  IN /\ node[n].doing = "renewing" /\ call[n].stage = "done" /\ call[n].ok
     /\ node' = [node EXCEPT
          ![n].doing = IF isBehind THEN "reading" ELSE "idle",
          ![n].grant = IF isBehind THEN until ELSE 0,
          ![n].until = IF isBehind /\ ~Is("ExtendBeforeApply") THEN @ ELSE until]
     /\ HasHeard(n)
     /\ UNCHANGED <<now, behind, db, old, loweredAt, verifying, revoker, wrong>>

ShutOut(n) ==
  /\ node[n].doing = "renewing" /\ call[n].stage = "done" /\ ~call[n].ok
  /\ node' = [node EXCEPT ![n].doing = "out", ![n].until = 0, ![n].grant = 0,
                          ![n].stream = Is("StreamOutlivesLease") /\ @]
  /\ HasHeard(n)
  /\ UNCHANGED <<now, behind, db, old, loweredAt, verifying, revoker, wrong>>

\* The answer is lost, or comes too late.
HearsNothing(n) ==
  /\ call[n].stage # "none"
  /\ node' = [node EXCEPT ![n].doing = IF @ = "joining" THEN "out" ELSE "idle"]
  /\ HasHeard(n)
  /\ UNCHANGED <<now, behind, db, old, loweredAt, verifying, revoker, wrong>>

\* Woken, or because it looks now and then, or because a renewal told of it.
ReadChanges(n) ==
  /\ node[n].doing \in {"idle", "reading"}
  /\ \E source \in Sources :
       IF source.head > node[n].applied
         THEN /\ node' = [node EXCEPT ![n].doing = "applying"]
              /\ Has(IF Is("AckBeforeApply") /\ db.row[n].in
                       THEN [db EXCEPT !.row[n].acked = 1] ELSE db)
         ELSE /\ node[n].doing = "reading"
              /\ node' = [node EXCEPT ![n].doing = "idle", ![n].grant = 0]
              /\ UNCHANGED <<db, old>>
  /\ UNCHANGED <<now, behind, loweredAt, call, verifying, revoker, wrong>>

\* It counts for whoever looks from now on, and streams under the key are silent.
Apply(n) ==
  /\ node[n].doing = "applying"
  /\ node' = [node EXCEPT
       ![n].doing = "idle", ![n].applied = 1, ![n].slot = 1, ![n].stream = FALSE,
       ![n].memory = IF Is("FillWithoutGuard") THEN Nothing ELSE @,
       ![n].until = IF node[n].grant = 0 THEN @ ELSE node[n].grant, ![n].grant = 0]
  /\ UNCHANGED <<now, behind, db, old, loweredAt, call, verifying, revoker, wrong>>

\* All that it knew is gone.
Crash(n) ==
  /\ node[n].doing # "out"
  /\ node' = [node EXCEPT ![n] = Started]
  /\ HasHeard(n)
  /\ verifying' = [verifying EXCEPT ![n] = NoVerification]
  /\ UNCHANGED <<now, behind, db, old, loweredAt, revoker, wrong>>

Lapse(n) ==
  /\ ~Held(n) /\ node[n].stream /\ ~Is("StreamOutlivesLease")
  /\ node' = [node EXCEPT ![n].stream = FALSE]
  /\ UNCHANGED <<now, behind, db, old, loweredAt, call, verifying, revoker, wrong>>

(***************************************************************************)
(* A verification on a node                                                *)
(***************************************************************************)
IsGuarded == ~Is("FillWithoutGuard") /\ ~Is("FillFromThePast")
Counts(n, head) == head >= node[n].slot \/ ~IsGuarded

\* The lease is asked for before memory is read.
Begin(n) ==
  /\ verifying[n].stage = "none"
  /\ Held(n) \/ Is("CheckAfterRead")
  /\ verifying' = [verifying EXCEPT ![n] =
       [NoVerification EXCEPT !.stage = "begun", !.late = Returned]]
  /\ UNCHANGED <<now, behind, db, old, loweredAt, node, call, revoker, wrong>>

\* The answer is "good", and perhaps a stream is opened with it: entered first,
\* and then everything is asked once more that it rests on.
Accepts(n, memory) ==
  /\ wrong' = (wrong \/ verifying[n].late)
  /\ verifying' = [verifying EXCEPT ![n] = NoVerification]
  /\ \E opens \in {FALSE, Held(n) /\ Counts(n, 0)} :
       node' = [node EXCEPT ![n].memory = memory, ![n].stream = @ \/ opens]

Look(n) ==
  /\ verifying[n].stage = "begun"
  /\ IF node[n].memory = 0 /\ Counts(n, 0)
       THEN IF Is("CheckAfterRead")
              THEN /\ verifying' = [verifying EXCEPT ![n].stage = "looked"]
                   /\ UNCHANGED <<node, wrong>>
              ELSE Accepts(n, node[n].memory)
       ELSE /\ verifying' = [verifying EXCEPT ![n].stage = "missed",
                                              ![n].applied = node[n].applied]
            /\ UNCHANGED <<node, wrong>>
  /\ UNCHANGED <<now, behind, db, old, loweredAt, call, revoker>>

ChecksLate(n) ==
  /\ verifying[n].stage = "looked"
  /\ IF Held(n)
       THEN Accepts(n, node[n].memory)
       ELSE /\ verifying' = [verifying EXCEPT ![n] = NoVerification]
            /\ UNCHANGED <<node, wrong>>
  /\ UNCHANGED <<now, behind, db, old, loweredAt, call, revoker>>

\* What is read must be as new as what is applied here.
Fetch(n) ==
  /\ verifying[n].stage = "missed"
  /\ \E source \in Sources :
       /\ source.head >= verifying[n].applied \/ Is("FillFromThePast")
       /\ verifying' = [verifying EXCEPT ![n].stage = "read", ![n].read = source.head]
  /\ UNCHANGED <<now, behind, db, old, loweredAt, node, call, revoker, wrong>>

\* And it must still count when it is kept.
Fill(n) ==
  /\ verifying[n].stage = "read"
  /\ IF ~Counts(n, verifying[n].read)
       THEN /\ verifying' = [verifying EXCEPT ![n].stage = "begun"]
            /\ UNCHANGED <<node, wrong>>
       ELSE IF verifying[n].read = 0
              THEN Accepts(n, 0)
              ELSE /\ verifying' = [verifying EXCEPT ![n] = NoVerification]
                   /\ node' = [node EXCEPT ![n].memory = 1]
                   /\ UNCHANGED wrong
  /\ UNCHANGED <<now, behind, db, old, loweredAt, call, revoker>>

\* Each piece of a stream asks for the lease.
Piece(n) ==
  /\ node[n].stream /\ Returned
  /\ Held(n) \/ Is("StreamOutlivesLease")
  /\ wrong' = TRUE
  /\ UNCHANGED <<now, behind, db, old, loweredAt, node, call, verifying, revoker>>

(***************************************************************************)
(* Whoever revokes                                                         *)
(***************************************************************************)
BeginToWait ==
  /\ Is("WaitFromBeforeCommit") /\ revoker.stage = "none"
  /\ revoker' = [revoker EXCEPT !.stage = "begun", !.since = now]
  /\ UNCHANGED <<now, behind, db, old, loweredAt, node, call, verifying, wrong>>

Commit ==
  /\ revoker.stage \in (IF Is("WaitFromBeforeCommit") THEN {"begun"} ELSE {"none"})
  /\ revoker' = [revoker EXCEPT !.stage = "committed",
                                !.since = IF Is("WaitFromBeforeCommit") THEN @ ELSE now]
  /\ Has([db EXCEPT !.head = 1])
  /\ UNCHANGED <<now, behind, loweredAt, node, call, verifying, wrong>>

\* Every node that is entered has said so, or every lease that was asked for
\* before the commit is over.  A server that does not show the change itself
\* knows nothing about who has applied it.
Return ==
  /\ revoker.stage = "committed"
  /\ \E source \in Sources :
       /\ source.head >= 1 \/ Is("BelieveOldRows")
       /\ \/ /\ ~Is("NoAcks")
             /\ \A n \in Nodes : source.row[n].in => source.row[n].acked >= 1
          \/ now - revoker.since >= Wait(source.longest)
  /\ revoker' = [revoker EXCEPT !.stage = "returned"]
  /\ UNCHANGED <<now, behind, db, old, loweredAt, node, call, verifying, wrong>>

Observe(n) ==
  /\ db.row[n].in /\ Name(db.row[n]) # revoker.seen[n].name
  /\ revoker' = [revoker EXCEPT !.seen[n] = [name |-> Name(db.row[n]), since |-> now]]
  /\ UNCHANGED <<now, behind, db, old, loweredAt, node, call, verifying, wrong>>

\* A row has stood still for as long as any lease can last ...
DecideToFence(n) ==
  /\ db.row[n].in /\ revoker.fence[n] = <<>>
  /\ \/ /\ Name(db.row[n]) = revoker.seen[n].name
        /\ now - revoker.seen[n].since >= Wait(db.longest)
     \/ /\ Is("FenceByImpatience")
        /\ revoker.stage = "committed" /\ now > revoker.since
  /\ revoker' = [revoker EXCEPT !.fence[n] = Name(db.row[n])]
  /\ UNCHANGED <<now, behind, db, old, loweredAt, node, call, verifying, wrong>>

\* ... and still does when it is taken out.
Fence(n) ==
  /\ revoker.fence[n] # <<>>
  /\ revoker' = [revoker EXCEPT !.fence[n] = <<>>, !.seen[n] = [name |-> <<>>, since |-> 0]]
  /\ Has(IF Name(db.row[n]) = revoker.fence[n] \/ Is("FenceWithoutCompare")
           THEN [db EXCEPT !.row[n] = NoRow] ELSE db)
  /\ UNCHANGED <<now, behind, loweredAt, node, call, verifying, wrong>>

(***************************************************************************)
(* All of it                                                               *)
(***************************************************************************)
OfNode(n) ==
  \/ Join(n) \/ EnterLate(n) \/ Joined(n) \/ Renew(n) \/ Renewed(n) \/ ShutOut(n)
  \/ HearsNothing(n) \/ ReadChanges(n) \/ Apply(n) \/ Crash(n) \/ Lapse(n)
  \/ Begin(n) \/ Look(n) \/ ChecksLate(n) \/ Fetch(n) \/ Fill(n) \/ Piece(n)
  \/ Observe(n) \/ DecideToFence(n) \/ Fence(n)

Next ==
  \/ Tick \/ FailOver \/ Lower \/ Settle
  \/ BeginToWait \/ Commit \/ Return
  \/ \E n \in Nodes : OfNode(n)

Spec == Init /\ [][Next]_vars

(***************************************************************************)
(* What must hold                                                          *)
(***************************************************************************)
\* The promise.
NothingLate == ~wrong

\* Why it holds: a lease covers every change that somebody was told holds.
LeaseCovers == Returned => \A n \in Nodes : Held(n) => node[n].slot = 1

\* A node says only what is so.
AckIsTrue ==
  \A n \in Nodes :
    (db.row[n].in /\ node[n].doing \notin {"out", "joining"})
      => db.row[n].acked <= node[n].applied
=============================================================================
