/** Sample upstreams that stand behind the gateway and trust its identity headers. */
@NullMarked
package dev.keyway.demo;

import org.jspecify.annotations.NullMarked;
