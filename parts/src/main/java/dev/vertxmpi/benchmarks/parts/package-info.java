/**
 * Parts that JMH measures one by one, by what anybody may call. Parts that are nobody's business are measured in the
 * packages that hold them.
 */
package dev.vertxmpi.benchmarks.parts;
