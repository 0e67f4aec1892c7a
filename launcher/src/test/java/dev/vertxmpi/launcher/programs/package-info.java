/** Programs that tests start as ranks. */
package dev.vertxmpi.launcher.programs;
