/** A page with tables and plots, made from a record of results. */
package dev.vertxmpi.benchmarks.report;
