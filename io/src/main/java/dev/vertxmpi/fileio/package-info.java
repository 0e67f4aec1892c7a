/**
 * Parallel files in the manner of MPI-IO: views, independent, collective and shared-pointer access. Everything here
 * is built on the public interfaces: communicators, collectives and windows.
 */
package dev.vertxmpi.fileio;
