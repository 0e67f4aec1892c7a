/**
 * Collectives: {@link dev.vertxmpi.runtime.coll.Plans} writes schedules of send, receive and work steps,
 * {@link dev.vertxmpi.runtime.coll.CollectiveEngine} runs and checks them.
 */
package dev.vertxmpi.runtime.coll;
