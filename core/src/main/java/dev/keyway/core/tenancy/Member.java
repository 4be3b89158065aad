package dev.keyway.core.tenancy;

import java.time.Instant;

/** A member of a workspace as an owner sees them. */
public record Member(Membership membership, String name, String email, Instant joinedAt) {}
