/** The cluster of a job, joined when somebody needs it. */
package dev.vertxmpi.runtime.cluster;
