/**
 * Nodes: a JVM's part in a job. Which processes live where, which link leads to them, who takes their frames, and who
 * is gone.
 */
package dev.vertxmpi.runtime.node;
