/** The driver: starts our ranks and the peers, has them measure in turn, and gathers what they say. */
package dev.vertxmpi.benchmarks.run;
