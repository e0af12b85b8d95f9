package org.minivql.yara;

/**
 * One place where a string was found.
 *
 * @param offset where it begins in what was scanned
 * @param length its length in bytes
 */
record Hit(int offset, int length) {}
