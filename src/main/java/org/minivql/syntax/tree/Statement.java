package org.minivql.syntax.tree;

/** One statement of a program: a {@link Let} or a {@link Select}. */
public sealed interface Statement extends Node permits Let, Select {}
