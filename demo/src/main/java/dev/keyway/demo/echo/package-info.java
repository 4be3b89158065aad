/** An upstream that tells what it was sent, for tests of the gateway. */
@NullMarked
package dev.keyway.demo.echo;

import org.jspecify.annotations.NullMarked;
