/** What is prepared once, so that JVMs start faster. */
package dev.vertxmpi.launcher.cache;
