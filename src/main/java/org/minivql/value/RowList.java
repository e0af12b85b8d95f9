package org.minivql.value;

import java.util.List;

/**
 * A list that knows its elements to be rows: those with members stand for themselves where a query
 * goes over it, instead of being wrapped as any other value is.
 *
 * @since 0.1.0
 */
public interface RowList extends List<Object> {}
