/** Results: lines of JSON, tables. */
package dev.vertxmpi.benchmarks.result;
