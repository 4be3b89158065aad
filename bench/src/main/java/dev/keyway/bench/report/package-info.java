/** What a benchmark leaves behind: sentences, tables, a chart, and all figures as JSON. */
@NullMarked
package dev.keyway.bench.report;

import org.jspecify.annotations.NullMarked;
