/** Links: what they share, above all how two nodes prove to each other who they are. */
package dev.vertxmpi.runtime.link;
