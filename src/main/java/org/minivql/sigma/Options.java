package org.minivql.sigma;

import java.util.Map;
import org.minivql.value.Lambda;

/**
 * How rules are read and shown.
 *
 * @param fieldMapping field names and what they are mapped to
 * @param defaultDetails gives the details of a match of a rule without {@code details}; or null
 * @param ruleFilter drops the rules for which it is false; or null
 * @param standard whether rules mean what the standard says instead of what the server does:
 *     comparisons ignore case and know wildcards
 * @param debug whether every event meets every rule and is shown, matched or not
 */
public record Options(
    Map<String, Lambda> fieldMapping,
    Lambda defaultDetails,
    Lambda ruleFilter,
    boolean standard,
    boolean debug) {}
