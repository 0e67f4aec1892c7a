package dev.vertxmpi;

/**
 * A received value and its status.
 *
 * @param <T> type of the value
 * @param body the value, owned by the receiver
 * @param status who sent it, with which tag, how long it was on the wire
 */
public record Received<T>(T body, Status status) {
}
