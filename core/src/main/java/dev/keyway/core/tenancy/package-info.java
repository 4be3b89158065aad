/** Accounts, workspaces, members and resources: who owns what. */
@NullMarked
package dev.keyway.core.tenancy;

import org.jspecify.annotations.NullMarked;
