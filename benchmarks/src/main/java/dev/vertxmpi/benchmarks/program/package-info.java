/** What runs in the JVMs that are measured as a whole: many ranks, idle ranks, a service that is a rank. */
package dev.vertxmpi.benchmarks.program;
