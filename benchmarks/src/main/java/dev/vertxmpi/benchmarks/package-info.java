/**
 * Benchmarks: JMH for single parts, and programs that measure latency, bandwidth and collectives between ranks.
 * Each names the machine, the buffer kind and the wait style it measured.
 */
package dev.vertxmpi.benchmarks;
