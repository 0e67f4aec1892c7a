/**
 * What data looks like: datatypes, their packed form, and reductions on it.
 *
 * <p>A {@link dev.vertxmpi.datatype.Datatype} places {@linkplain dev.vertxmpi.datatype.Primitive primitives} in memory
 * or in a file. Programs build datatypes and hand them over. Implementers read them in the form that they need: typed
 * {@linkplain dev.vertxmpi.datatype.Run runs}, {@linkplain dev.vertxmpi.datatype.ByteRuns bytes} from any position on,
 * the {@linkplain dev.vertxmpi.datatype.Signature sequence of primitives} that both sides must share, or
 * {@linkplain dev.vertxmpi.datatype.Packing packed} without gaps.
 */
package dev.vertxmpi.datatype;
