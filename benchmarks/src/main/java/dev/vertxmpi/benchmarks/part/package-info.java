/** Runs the benchmarks of JMH and reads what they found. */
package dev.vertxmpi.benchmarks.part;
