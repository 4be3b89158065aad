/** Sample accounts, workspaces and upstreams, so that everything can be tried from one command. */
@NullMarked
package dev.keyway.app.demo;

import org.jspecify.annotations.NullMarked;
