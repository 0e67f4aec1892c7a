/**
 * Files that the ranks of a communicator read and write together.
 *
 * <p>An {@link dev.vertxmpi.io.MpiFile} is seen through a {@link dev.vertxmpi.io.FileView}: datatypes say which bytes a
 * rank sees. Access goes by explicit offset or by a file pointer, alone or together with all ranks. An implementation
 * comes with the module {@code io}.
 */
package dev.vertxmpi.io;
