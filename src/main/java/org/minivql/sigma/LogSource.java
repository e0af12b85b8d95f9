package org.minivql.sigma;

/**
 * What kind of log something is about; an empty part means any.
 *
 * @param category such as {@code process_creation}
 * @param product such as {@code windows}
 * @param service such as {@code sysmon}
 */
public record LogSource(String category, String product, String service) {
  /**
   * Reads {@code category/product/service}, each part possibly {@code *}.
   *
   * @return the source, or null where the name has not three parts
   */
  public static LogSource parse(String name) {
    String[] parts = name.split("/", -1);
    if (parts.length != 3) {
      return null;
    }
    return new LogSource(part(parts[0]), part(parts[1]), part(parts[2]));
  }

  private static String part(String text) {
    return text.equals("*") ? "" : text;
  }

  /**
   * Whether a rule for this kind of log runs on a source: each part that the rule sets must be
   * equal. What the source leaves open does not match a part that the rule sets.
   */
  boolean runsOn(LogSource source) {
    return open(category, source.category)
        && open(product, source.product)
        && open(service, source.service);
  }

  private static boolean open(String wanted, String offered) {
    return wanted.isEmpty() || wanted.equals(offered);
  }

  /** The name as it is written in a query. */
  public String text() {
    return shown(category) + "/" + shown(product) + "/" + shown(service);
  }

  private static String shown(String part) {
    return part.isEmpty() ? "*" : part;
  }
}
