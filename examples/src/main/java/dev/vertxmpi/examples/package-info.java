/**
 * Small programs that show one idea each. Every one of them is also run as a test.
 */
package dev.vertxmpi.examples;
