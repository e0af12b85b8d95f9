package org.minivql.builtin.control;

import java.util.Map;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Delegation;
import org.minivql.spi.Evaluator;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Queries;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.Values;

/** Running a query from a text or value in a scope of its own. */
final class Running {
  private static final String ROOT_ORG = "root";

  private Running() {}

  @VqlPlugin(
      name = "query",
      doc =
          "Runs a text or a query in a fresh scope that sees none of the caller's variables but"
              + " those given.",
      version = 2,
      examples = {
        "SELECT * FROM query(query='SELECT A + 1 AS B FROM scope()', env=dict(A=1)) =>"
            + " [{\"B\":2}]",
        "SELECT * FROM query(query={SELECT * FROM range(end=9)}, exit='x=>x._value >= 2') =>"
            + " [{\"_value\":0},{\"_value\":1}]"
      })
  static void query(
      CallContext context,
      Sink out,
      @Arg(value = "One or more statements as text, or a query.", required = true) Object query,
      @Arg("The variables of the scope.") Dict env,
      @Arg(value = "Names of variables of the caller to copy.", name = "copy_env")
          StringList copyEnv,
      @Arg(value = "Percent of a core; not enforced.", name = "cpu_limit") double cpuLimit,
      @Arg(value = "Operations a second; not enforced.", name = "iops_limit") double iopsLimit,
      @Arg("Seconds after which it ends.") double timeout,
      @Arg(value = "Seconds without a row after which it ends.", name = "progress_timeout")
          double progressTimeout,
      @Arg(value = "The organisation; the own one if not given.", name = "org_id") String orgId,
      @Arg("The user to run as.") String runas,
      @Arg("See the caller's variables too.") boolean inherit,
      @Arg("A lambda of the row: true ends the query without that row.") Lambda exit) {
    if (inherit && given(orgId)) {
      throw new ArgumentException(
          "inherit flag is specified at the same time as an org id - these options are not"
              + " compatible!");
    }
    Scope scope = context.scope();
    Delegation.Services services = delegated(scope, orgId, runas);
    if (services.refusal() != null) {
      context.append("ERROR:query: " + services.refusal());
      return;
    }
    Evaluator evaluator = scope.service(Evaluator.class);
    Dict variables = variables(scope, env, copyEnv);
    try (Evaluator.Session session =
        inherit
            ? evaluator.inherited(scope, variables)
            : evaluator.root(scope, variables, services.services())) {
      Deadline deadline = new Deadline(context, session, timeout, progressTimeout);
      Sink limited = deadline.over(row -> !exits(scope, exit, row) && out.row(row));
      if (query instanceof String text) {
        context.log("running query " + text);
        run(context, session, text, limited);
      } else if (Values.isQuery(query)) {
        session.run(Queries.of(query), limited);
      } else {
        context.append("ERROR:query: query should be a string or subquery");
      }
    }
  }

  private static boolean given(String text) {
    return text != null && !text.isEmpty();
  }

  private static Delegation.Services delegated(Scope scope, String orgId, String user) {
    if (!given(orgId) && !given(user)) {
      return new Delegation.Services(Map.of(), null);
    }
    Delegation delegation = scope.service(Delegation.class);
    if (delegation != null) {
      return delegation.services(scope, orgId, user);
    }
    if (given(orgId) && !orgId.equals(ROOT_ORG)) {
      throw new ArgumentException("Org not found");
    }
    String refusal = "impersonation to " + user + ": permission denied";
    return new Delegation.Services(Map.of(), given(user) ? refusal : null);
  }

  private static void run(CallContext context, Evaluator.Session session, String text, Sink out) {
    try {
      session.run(text, out);
    } catch (ArgumentException e) {
      context.append("ERROR:query: " + e.getMessage());
    }
  }

  private static Dict variables(Scope scope, Dict env, StringList copied) {
    Dict.Builder variables = Dict.builder();
    if (copied != null) {
      for (String name : copied) {
        Object value = scope.resolve(name);
        if (value != Absent.ABSENT) {
          variables.set(name, value);
        }
      }
    }
    if (env != null) {
      variables.setAll(env);
    }
    return variables.build();
  }

  private static boolean exits(Scope scope, Lambda exit, Object row) {
    return exit != null && scope.operators().truth(scope, exit.call(scope, row));
  }
}
