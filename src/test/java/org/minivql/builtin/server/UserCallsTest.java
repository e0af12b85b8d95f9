package org.minivql.builtin.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserCallsTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void grantReplacesWhatWasGrantedBefore() {
    bench.value("user_create(user='ann', roles=['reader', 'analyst'])");
    bench.value("user_grant(user='ann', roles='api', policy=dict(start_hunt=TRUE))");
    assertThat(bench.value("user(user='ann')"))
        .isEqualTo(
            "{\"name\":\"ann\",\"org_id\":\"root\",\"org_name\":\"\\u003croot\\u003e\",\"picture\":\"\","
                + "\"email\":false,\"stats\":null,\"roles\":[\"api\"],"
                + "\"_policy\":{\"start_hunt\":true,\"roles\":[\"api\"]},"
                + "\"effective_policy\":{\"any_query\":true,\"read_results\":true,"
                + "\"start_hunt\":true}}");
  }

  @Test
  void administratorsOfAnOrgDoNotAdministrateOrgs() {
    bench.value("org_create(name='West', org_id='W')");
    bench.value("user_create(user='bob', roles='administrator', orgs=['root', 'W'])");
    assertThat(
            bench.json(
                "SELECT org_id, effective_policy.org_admin AS A FROM gui_users(all_orgs=TRUE)"))
        .isEqualTo("{\"org_id\":\"root\",\"A\":true}\n{\"org_id\":\"W\",\"A\":null}");
  }

  @Test
  void userIsForgottenWithTheLastOrg() {
    bench.value("org_create(name='West', org_id='W')");
    bench.value("user_create(user='cat', roles='reader', orgs=['root', 'W'])");
    assertThat(bench.value("user_delete(user='cat')")).isEqualTo("\"cat\"");
    assertThat(bench.rows("SELECT * FROM gui_users(all_orgs=TRUE)")).hasSize(2);
    bench.value("user_delete(user='cat', really_do_it=TRUE)");
    assertThat(bench.json("SELECT org_id FROM gui_users(all_orgs=TRUE)"))
        .isEqualTo("{\"org_id\":\"W\"}");
    bench.value("user_delete(user='cat', orgs='W', really_do_it=TRUE)");
    assertThat(bench.server.orgs().accounts().knows("cat")).isFalse();
  }

  @Test
  void publishingIsGrantedForAnArtifact() {
    bench.value("user_create(user='ann', roles='reader')");
    bench.value(
        "user_grant(user='ann', policy=dict(publish_queues='Server.Internal.ArtifactModification'))");
    assertThat(bench.value("user(user='ann')._policy"))
        .isEqualTo("{\"publish_queues\":[\"Server.Internal.ArtifactModification\"],\"roles\":[]}");
    for (String queue :
        new String[] {
          "Server.Internal.ArtifactModification", "Server.Internal.MetadataModifications"
        }) {
      bench.rows(
          "SELECT * FROM query(query={SELECT send_event(artifact='"
              + queue
              + "', client_id='server', row=dict(a=1)) FROM scope()}, runas='ann')");
    }
    assertThat(bench.log)
        .filteredOn(line -> line.contains("Denied"))
        .containsExactly("send_event: PermissionDenied: Permission denied: [PUBLISH]");
    assertThat(bench.server.bus().count("Server.Internal.ArtifactModification")).isPositive();
    assertThat(bench.server.bus().count("Server.Internal.MetadataModifications")).isZero();
  }

  @Test
  void callsForUsersAndOrgsThatAreNotThereAreRefused() {
    bench.value("user_grant(user='nobody', roles='reader')");
    bench.value("user_create(user='dan', roles='reader', orgs='Nowhere')");
    bench.value("user_create(user='VelociraptorServer', roles='reader')");
    bench.value("user_create(user='dan', roles='boss')");
    bench.value("user_create(user='eve', roles='reader')");
    bench.value("user_grant(user='eve', policy=dict(fly=TRUE))");
    assertThat(bench.log)
        .contains(
            "user_grant: User not found: nobody",
            "user_create: Org not found",
            "user_create: Username is reserved: VelociraptorServer",
            "user_create: unknown role boss",
            "user_grant: Unknown permission fly");
    assertThat(bench.server.orgs().accounts().knows("dan")).isFalse();
  }

  @Test
  void readersSeeThemselvesOnly() {
    bench.value("user_create(user='ann', roles='reader')");
    bench.value("user_create(user='bob', roles='reader')");
    assertThat(
            bench.json(
                "SELECT * FROM query(query={SELECT name, whoami() AS W FROM gui_users()},"
                    + " runas='bob')"))
        .isEqualTo("{\"name\":\"bob\",\"W\":\"bob\"}");
    bench.rows(
        "SELECT * FROM query(query={SELECT user_create(user='x', roles='reader') FROM scope()},"
            + " runas='bob')");
    assertThat(bench.log)
        .contains("user_create: PermissionDenied: Permission denied: [SERVER_ADMIN]");
  }

  @Test
  void optionsAreKeptForTheUser() {
    bench.value("user_options(user=whoami(), lang='de')");
    assertThat(bench.value("user_options(user=whoami(), theme='dark', links=[dict(text='A')])"))
        .isEqualTo("{\"lang\":\"de\",\"theme\":\"dark\",\"links\":[{\"text\":\"A\"}]}");
  }

  @Test
  void messagesWaitForUsers() {
    bench.value("user_message(user='ann', message=dict(a=1))");
    bench.value("user_message(user='ann', b=2)");
    String all =
        "SELECT len(list=`From`) > 0 AS F, Message FROM user_messages(user='ann', clear=%s)";
    String both = "{\"F\":true,\"Message\":{\"a\":1}}\n{\"F\":true,\"Message\":{\"b\":2}}";
    assertThat(bench.json(String.format(all, "FALSE"))).isEqualTo(both);
    assertThat(bench.json(String.format(all, "TRUE"))).isEqualTo(both);
    assertThat(bench.json(String.format(all, "TRUE"))).isEmpty();
  }
}
