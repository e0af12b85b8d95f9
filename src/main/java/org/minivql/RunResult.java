package org.minivql;

/**
 * How a run ended.
 *
 * @param rows how many rows were delivered
 * @param errors how many log lines were errors
 * @param timedOut whether the time was over before the program
 * @param cancelled whether it was cancelled
 */
public record RunResult(long rows, long errors, boolean timedOut, boolean cancelled) {}
