package org.minivql.builtin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Origin;
import org.minivql.value.Dict;

class OrgCallsTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void twoOrgs() {
    bench.value("org_create(name='West', org_id='W')");
    bench.value("org_create(name='East', org_id='E')");
    bench.value("user_create(user='ann', roles='administrator', orgs='W')");
    bench.value("user_create(user='bob', roles='reader', orgs=['W', 'root'])");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private String as(String user, String org, String query) {
    return bench.json(
        "SELECT * FROM query(query={" + query + "}, runas='" + user + "', org_id='" + org + "')");
  }

  @Test
  void orgsKnowNothingOfEachOther() {
    bench.client("C.1", "first");
    bench.rows(
        "SELECT * FROM query(query={SELECT client_create(client_id='C.2') FROM scope()},"
            + " org_id='W')");
    assertThat(bench.json("SELECT client_id FROM clients()")).isEqualTo("{\"client_id\":\"C.1\"}");
    assertThat(as("bob", "W", "SELECT client_id, org().id AS Org FROM clients()"))
        .isEqualTo("{\"client_id\":\"C.2\",\"Org\":\"W\"}");
  }

  @Test
  void usersSeeTheirOrgsAndAdministratorsAll() {
    assertThat(bench.json("SELECT OrgId FROM orgs()"))
        .isEqualTo("{\"OrgId\":\"root\"}\n{\"OrgId\":\"E\"}\n{\"OrgId\":\"W\"}");
    assertThat(as("ann", "W", "SELECT Name FROM orgs()")).isEqualTo("{\"Name\":\"West\"}");
    assertThat(as("ann", "W", "SELECT org_create(name='N').id AS I FROM scope()"))
        .isEqualTo("{\"I\":null}");
    assertThat(bench.log).contains("org_create: PermissionDenied: Permission denied: [ORG_ADMIN]");
  }

  @Test
  void impersonationEndsAtTheOwnOrg() {
    String inner = "SELECT whoami() AS W FROM query(query={SELECT 1 FROM scope()}, runas='bob'";
    assertThat(as("ann", "W", inner + ", org_id='W')")).isEqualTo("{\"W\":\"ann\"}");
    assertThat(as("ann", "W", inner + ", org_id='root')")).isEmpty();
    assertThat(bench.log)
        .contains("ERROR:query: User ann (W) impersonation to bob (root): PermissionDenied");
  }

  @Test
  void collectionGoesToTheOrgThatIsNamed() {
    bench.rows(
        "SELECT * FROM query(query={SELECT client_create(client_id='C.2') FROM scope()},"
            + " org_id='W')");
    String collect =
        "collect_client(client_id='C.2', artifacts='Generic.Client.Info', org_id='W').flow_id";
    assertThat(as("ann", "root", "SELECT " + collect + " AS F FROM scope()"))
        .isEqualTo("{\"F\":\"F.01\"}");
    assertThat(as("bob", "root", "SELECT " + collect + " AS F FROM scope()"))
        .isEqualTo("{\"F\":null}");
    assertThat(bench.log)
        .contains(
            "collect_client: PermissionDenied: User bob is not allowed to launch flows"
                + " COLLECT_CLIENT.");
  }

  @Test
  void aHuntRunsInTheOrgsThatAreNamed() {
    for (String org : List.of("W", "E")) {
      bench.rows(
          "SELECT * FROM query(query={SELECT client_create(client_id='C.1') FROM scope()},"
              + " org_id='"
              + org
              + "')");
    }
    String ownOfWest = "SELECT hunt(artifacts='Generic.Client.Info').HuntId AS H FROM scope()";
    assertThat(as("ann", "W", ownOfWest)).isEqualTo("{\"H\":\"H.01\"}");
    bench.rows("LET H <= hunt(artifacts='Generic.Client.Info', org_id=['W', 'E'])");

    assertThat(bench.rows("SELECT * FROM hunts()")).isEmpty();
    assertThat(as("bob", "W", "SELECT hunt_id, org_ids FROM hunts() ORDER BY hunt_id"))
        .isEqualTo(
            "{\"hunt_id\":\"H.01\",\"org_ids\":[]}\n{\"hunt_id\":\"H.02\",\"org_ids\":[\"W\",\"E\"]}");
    assertThat(as("ann", "W", ownOfWest)).isEqualTo("{\"H\":\"H.03\"}");
    for (String org : List.of("W", "E")) {
      ServerModel model = bench.server.orgs().model(org);
      model.hunts().add("H.02", "C.1", "F.9", Origin.SERVER);
      model.results().append("C.1", "F.9", "Generic.Client.Info/Users", List.of(Dict.of("U", org)));
    }
    String read = "artifact='Generic.Client.Info/Users', hunt_id='H.02', orgs=['W', 'E'])";
    String both = "{\"U\":\"W\",\"_OrgId\":\"W\"}\n{\"U\":\"E\",\"_OrgId\":\"E\"}";
    assertThat(bench.json("SELECT U, _OrgId FROM hunt_results(" + read)).isEqualTo(both);
    assertThat(bench.json("SELECT U, _OrgId FROM source(" + read)).isEqualTo(both);
    assertThat(bench.log).isEmpty();

    assertThat(as("ann", "W", "SELECT U FROM hunt_results(" + read)).isEmpty();
    assertThat(
            as(
                "ann",
                "W",
                "SELECT hunt(artifacts='Generic.Client.Info', org_id='W') AS H FROM scope()"))
        .isEqualTo("{\"H\":null}");
    bench.value("hunt(artifacts='Generic.Client.Info', org_id=['W', 'none'])");
    assertThat(bench.log)
        .containsExactly(
            "hunt_results: PermissionDenied: Permission denied: [READ_RESULTS]",
            "hunt: PermissionDenied: Permission denied: [ORG_ADMIN]",
            "hunt: Org not found");
    assertThat(as("bob", "W", "SELECT hunt_id FROM hunts()").lines()).hasSize(3);
  }

  @Test
  void deletedOrgTakesItsDataAndGrantsAlong() {
    bench.rows(
        "SELECT * FROM query(query={SELECT client_create(client_id='C.2') FROM scope()},"
            + " org_id='W')");
    bench.value("org_delete(org='W')");
    assertThat(bench.rows("SELECT * FROM orgs()")).hasSize(3);
    bench.value("org_delete(org='W', really_do_it=TRUE)");
    assertThat(bench.json("SELECT name, org_id FROM gui_users(all_orgs=TRUE)"))
        .isEqualTo("{\"name\":\"bob\",\"org_id\":\"root\"}");
    bench.value("org_create(name='West again', org_id='W')");
    assertThat(bench.json("SELECT * FROM query(query={SELECT * FROM clients()}, org_id='W')"))
        .isEmpty();
  }

  @Test
  void orgsThatCannotBeAreRefused() {
    bench.value("org_create(name='x', org_id='W')");
    bench.value("org_create(name='x', org_id='a/b')");
    bench.value("org_delete(org='root', really_do_it=TRUE)");
    bench.rows("SELECT * FROM query(query={SELECT * FROM scope()}, org_id='none')");
    assertThat(bench.log)
        .contains(
            "org_create: Org already exists: W",
            "org_create: Org id is not valid: a/b",
            "org_delete: The root org can not be deleted",
            "query: Org not found");
    assertThat(bench.value("org_create(name='North').id")).isEqualTo("\"O01\"");
  }
}
