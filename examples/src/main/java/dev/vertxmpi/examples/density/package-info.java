/**
 * The demo: where are the points of a CSV file dense?
 *
 * <pre>
 *   job 1: N ranks                                                 job 2: one rank
 *   ------------------------------------------------------         -----------------------
 *   CSV --views--> records --allreduce--> bounds                   lookup "density"
 *   points --accumulate--> grid in a window                        connect
 *   grid --subarray view, collective write--> grid file            receive the grid
 *   publish "density", accept  &lt;-----------------------------&gt;   draw picture and table
 * </pre>
 *
 * {@link dev.vertxmpi.examples.density.DensityServer} reads top-down as job 1,
 * {@link dev.vertxmpi.examples.density.DensityClient} as job 2,
 * {@link dev.vertxmpi.examples.density.DemoCommand} starts both.
 */
package dev.vertxmpi.examples.density;
