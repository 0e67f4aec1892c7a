/** MPI libraries in C, measured by a program of ours that does what our ranks do. */
package dev.vertxmpi.benchmarks.peer;
