@NullMarked
package dev.keyway.server.authz;

import org.jspecify.annotations.NullMarked;
