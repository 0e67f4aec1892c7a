/** Jobs: how ranks begin and end. */
package dev.vertxmpi.runtime.job;
