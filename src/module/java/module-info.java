/**
 * MiniVQL: an interpreter of VQL and a test bench for VQL automation.
 *
 * <p>An application needs {@link org.minivql}, and {@link org.minivql.value} for the values in
 * rows; {@link org.minivql.spi} is for functions and plugins of its own, {@link
 * org.minivql.artifact} for artifacts, {@link org.minivql.fleet} for dry runs on recorded fleets,
 * {@link org.minivql.fleet.source} for what a fleet is, {@link org.minivql.fleet.plan} for what a
 * dry run says, {@link org.minivql.fleet.expect} for tests of fleets, {@link org.minivql.registry}
 * for a server model, {@link org.minivql.accessor} and {@link org.minivql.accessor.standard} to say
 * which files a query may read, and {@link org.minivql.cli.repl} for a shell of its own.
 *
 * <p>Functions declared by annotated methods are called by reflection: open their package to this
 * module; likewise the packages of records and beans that are given to queries.
 *
 * @since 0.1.0
 */
module org.minivql {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires info.picocli;
  requires java.naming;
  requires java.net.http;
  requires java.xml;
  requires org.antlr.antlr4.runtime;
  requires org.yaml.snakeyaml;
  requires transitive re2j;
  requires static java.sql;
  requires static transitive org.jspecify;

  // Optional: what they are for says so when they are missing.
  requires static com.fasterxml.jackson.databind;
  requires static com.h2database.mvstore;
  requires static com.maxmind.db;
  requires static com.networknt.schema;
  requires static dd.plist;
  requires static org.apache.commons.compress;
  requires static org.xerial.sqlitejdbc;
  requires static zip4j;
  requires static transitive org.jline;

  exports org.minivql;
  exports org.minivql.accessor;
  exports org.minivql.accessor.standard;
  exports org.minivql.artifact;
  exports org.minivql.cli.repl;
  exports org.minivql.fleet;
  exports org.minivql.fleet.expect;
  exports org.minivql.fleet.plan;
  exports org.minivql.fleet.source;
  exports org.minivql.registry;
  exports org.minivql.registry.client;
  exports org.minivql.registry.event;
  exports org.minivql.registry.flow;
  exports org.minivql.registry.record;
  exports org.minivql.registry.store;
  exports org.minivql.spi;
  exports org.minivql.value;
}
