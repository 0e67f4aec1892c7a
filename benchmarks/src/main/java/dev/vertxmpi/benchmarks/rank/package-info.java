/** What runs in the JVMs that are measured. Uses the public API alone. */
package dev.vertxmpi.benchmarks.rank;
