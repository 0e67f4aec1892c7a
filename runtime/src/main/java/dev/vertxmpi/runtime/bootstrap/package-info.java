/** How the ranks of a job find each other. */
package dev.vertxmpi.runtime.bootstrap;
