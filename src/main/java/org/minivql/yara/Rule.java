package org.minivql.yara;

import java.util.List;
import org.minivql.value.Dict;

/**
 * A rule.
 *
 * @param name its name
 * @param tags its tags
 * @param meta what it says about itself; null where it says nothing
 * @param hidden whether its matches are not reported
 * @param global whether no rule matches when it does not
 * @param strings its strings in order
 * @param condition when it matches
 */
record Rule(
    String name,
    List<String> tags,
    Dict meta,
    boolean hidden,
    boolean global,
    List<RuleString> strings,
    Condition condition) {}
