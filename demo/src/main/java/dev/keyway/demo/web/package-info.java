/** What every sample needs of HTTP: the caller, answers, refusals, JSON, event streams. */
@NullMarked
package dev.keyway.demo.web;

import org.jspecify.annotations.NullMarked;
