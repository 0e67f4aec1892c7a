/** How jobs run: their processes, files and variables, and who has joined. */
package dev.vertxmpi.launcher.job;
