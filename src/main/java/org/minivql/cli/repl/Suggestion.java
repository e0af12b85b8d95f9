package org.minivql.cli.repl;

/**
 * One way to go on.
 *
 * @param text what is inserted in place of the word before the cursor
 * @param group what kind of thing it is, in words
 * @param doc one line about it; empty where there is none
 * @param complete whether a blank follows it
 */
record Suggestion(String text, String group, String doc, boolean complete) {}
