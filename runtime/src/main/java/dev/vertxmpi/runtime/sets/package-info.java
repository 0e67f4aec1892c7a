/**
 * Process sets: who is in them, how that changes, and how members make a communicator that has no parent.
 *
 * <pre>
 *   ProcessSets (a rank's) --- SetService: one roll for each set, in the cluster or in this JVM
 *        |-- LocalSet          one set as this rank knows it; streams of changes
 *        '-- Desk              where the other members knock
 *              |-- Gathering   a communicator being made, at its rank 0: decides
 *              '-- Attendance  the same at another rank: waits for the word
 * </pre>
 */
package dev.vertxmpi.runtime.sets;
