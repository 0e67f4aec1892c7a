/** Processes that ranks spawn: a launcher of their own for each spawn. */
package dev.vertxmpi.launcher.spawn;
